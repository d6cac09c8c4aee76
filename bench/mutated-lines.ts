import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import fc from 'fast-check';
import { exampleCases } from './cases.ts';

/* Breaks so many lines in every way that comes to mind and sends them through `decide`: `node bench/mutated-lines.ts 200000`. */

const count = Number(process.argv[2] ?? '200000');
const seed = Number(process.argv[3] ?? '1398');
const lines = exampleCases().map((one) => JSON.stringify(one));

type Edit = (line: string, at: number) => string;

const edits: readonly Edit[] = [
  (line, at) => line.slice(0, at) + line.slice(at + 1),
  (line, at) => line.slice(0, at),
  (line, at) => line.slice(0, at) + line.slice(at, at + 20) + line.slice(at),
  (line, at) => line.slice(0, at) + '"\\\u06f1\u200f{}[],:0-9eE.nulltruefalse'.charAt(at % 34) + line.slice(at),
  (line, at) => line.replace(/\d/g, (digit, place: number) => (place === at ? '9' : digit)),
  (line, at) => line.replaceAll(/"[a-zA-Z]+":/g, (key, place: number) => (place % 7 === at % 7 ? '"unknown":' : key)),
  (line, at) =>
    line.replaceAll(/:("[^"]*"|\d+|true|false)/g, (pair, _, place: number) => (place % 5 === at % 5 ? ':null' : pair)),
  (line, at) =>
    line.replaceAll(/:(\d+|true|false|null)/g, (pair, _, place: number) => (place % 3 === at % 3 ? ':1e400' : pair)),
  (line, at) =>
    line.replaceAll(/\d{4}-\d\d-\d\d/g, (day, place: number) => (place % 4 === at % 4 ? '1399-12-30' : day)),
  (line, at) =>
    line.replaceAll(/\d{4}-\d\d-\d\d/g, (day, place: number) => (place % 3 === at % 3 ? '2121-03-20' : day)),
];

const mutated = fc
  .tuple(
    fc.nat(lines.length - 1),
    fc.array(fc.tuple(fc.nat(edits.length - 1), fc.nat(2000)), { minLength: 1, maxLength: 4 }),
  )
  .map(([which, chosen]) =>
    chosen
      .reduce((line, [edit, at]) => edits[edit]?.(line, at % (line.length + 1)) ?? line, lines[which] ?? '')
      .replaceAll('\n', ' '),
  )
  .filter((line) => line.trim() !== '');

const child = spawn(process.execPath, [join(import.meta.dirname, '../server/law-main.ts'), 'decide'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const counts = { decided: 0, invalid: 0, neither: 0 };
createInterface({ input: child.stdout }).on('line', (line) => {
  const answer = JSON.parse(line) as { readonly outcome?: string; readonly error?: { readonly code: string } };
  if (answer.outcome !== undefined) counts.decided += 1;
  else if (answer.error?.code === 'INVALID_CASE') counts.invalid += 1;
  else counts.neither += 1;
});
const ended = once(child, 'close');
for (const line of fc.sample(mutated, { numRuns: count, seed })) {
  if (!child.stdin.write(`${line}\n`)) await once(child.stdin, 'drain');
}
child.stdin.end();
const [status] = (await ended) as [number | null];

console.log(
  `${String(count)} mutated lines, seed ${String(seed)}: ${JSON.stringify(counts)}, exit status ${String(status)}`,
);
const isWell = counts.neither === 0 && counts.decided + counts.invalid === count && status === 1;
process.exitCode = isWell ? 0 : 1;
