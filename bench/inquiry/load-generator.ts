import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Connection } from './connection.ts';
import { requestsFor } from './requests.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/* Sends requests and measures. A process of its own, which takes a plan as JSON on standard input and prints the result. */

const plan = JSON.parse(await text(process.stdin)) as LoadPlan;
const persons = plan.personsFile === undefined ? [] : readFileSync(plan.personsFile, 'utf8').trim().split('\n');
const next = requestsFor(plan, persons);

const latenciesMs: number[] = [];
const answers: Record<string, number> = {};
let sent = 0;
let unsent = 0;
let answered = 0;
let withoutRetryAfter = 0;
let measuredFrom = Infinity;

const idle: Connection[] = [];

function count(connection: Connection, name: string, askedAt: number): void {
  const now = performance.now();
  answered += 1;
  if (now >= measuredFrom && now < end) {
    answers[name] = (answers[name] ?? 0) + 1;
    if (name === '200') latenciesMs.push(now - askedAt);
    else if (name.startsWith('503') && !connection.hasRetryAfter) withoutRetryAfter += 1;
  }
  if (plan.rate === undefined && now < end) ask(connection, now);
  else idle.push(connection);
}

function ask(connection: Connection, askedAt: number): void {
  sent += 1;
  connection.send(next(), askedAt);
}

const all = await Promise.all(Array.from({ length: plan.connections }, () => Connection.open(plan.port, count)));
const begun = performance.now();
const end = begun + (plan.warmUpSeconds + plan.seconds) * 1000;
measuredFrom = begun + plan.warmUpSeconds * 1000;
const cpuBefore = process.cpuUsage();

if (plan.rate === undefined) for (const connection of all) ask(connection, begun);
else await askSteadily(plan.rate);

/** Requests fall due at even intervals, whatever becomes of those before; each is measured from when it was due. */
async function askSteadily(rate: number): Promise<void> {
  idle.push(...all);
  let due = begun;
  for (;;) {
    const now = performance.now();
    if (now >= end) return;
    for (; due <= now; due += 1000 / rate) {
      const connection = idle.pop();
      if (connection === undefined) unsent += 1;
      else ask(connection, due);
    }
    await new Promise((later) => setTimeout(later, 1));
  }
}

const patienceMs = 10_000;
while (performance.now() < end || (answered < sent && performance.now() < end + patienceMs)) {
  await new Promise((later) => setTimeout(later, 20));
}
const { user, system } = process.cpuUsage(cpuBefore);
const sorted = Float64Array.from(latenciesMs).sort();
const result: LoadResult = {
  sent,
  unsent,
  unanswered: sent - answered,
  answers,
  withoutRetryAfter,
  rate: (answers['200'] ?? 0) / plan.seconds,
  p50: sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN,
  p99: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
  cpuSeconds: (user + system) / 1e6,
};
process.stdout.write(JSON.stringify(result));
for (const connection of all) connection.close();
