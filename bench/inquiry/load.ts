import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What the load generator is told. */
export interface LoadPlan {
  readonly target: 'inquiries' | 'bare';
  readonly port: number;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  /** Requests a second, sent at even intervals; absent: as soon as the answer before is there, on every connection. */
  readonly rate?: number;
  /** Part of every request id, so that no two runs have the same. */
  readonly name: string;
  readonly tokens: readonly string[];
  /** National ids, one a line. */
  readonly personsFile?: string;
}

export interface LoadResult {
  readonly sent: number;
  /** Due while every connection waited for an answer. */
  readonly unsent: number;
  /** Never answered, also not some seconds later. */
  readonly unanswered: number;
  /** How many, by status; other ones than 200 with the code of the problem. */
  readonly answers: Readonly<Record<string, number>>;
  /** Of those with status 503. */
  readonly withoutRetryAfter: number;
  /** With status 200, a second. */
  readonly rate: number;
  /** Milliseconds until the answer, of those with status 200. */
  readonly p50: number;
  readonly p99: number;
  /** What sending and measuring cost, the whole time. */
  readonly cpuSeconds: number;
}

export async function sendLoad(plan: LoadPlan): Promise<LoadResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load-generator.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(plan));
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return JSON.parse(printed) as LoadResult;
}
