import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startStandIns } from '../../registries/index.ts';

/** The whole system as a process of its own, as an operator starts it. */

const main = join(import.meta.dirname, '../../main.ts');
const root = mkdtempSync(join(tmpdir(), 'estehqaq-serve-'));
const running: ChildProcess[] = [];

afterAll(async () => {
  for (const each of running) await stop(each);
  rmSync(root, { recursive: true, force: true });
}, 60_000);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Started {
  readonly program: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What stands on standard output once it is ready. */
  readonly ready: Promise<string>;
}

function start(folder: string, args: readonly string[], more: Record<string, string> = {}): Started {
  const environment = { PATH: process.env['PATH'], METRICS_PORT: '0', ESTEHQAQ_DATA: join(root, folder), ...more };
  const program = spawn(process.execPath, [main, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(program);
  let out = '';
  let err = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ready = new Promise<string>((resolve, reject) => {
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.includes('estehqaq ready ')) resolve(out);
    });
    program.once('exit', () => {
      reject(new Error(`it ended: ${err}`));
    });
  });
  ready.catch(() => undefined);
  const ended = once(program, 'exit').then(([code]): Ended => ({ code: code as number | null, out, err }));
  return { program, ended, ready };
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  await ended;
}

const urlIn = (out: string): string => /estehqaq ready (\S+)/.exec(out)?.[1] ?? '';
const tokenIn = (out: string, who: string): string => new RegExp(` ${who}  (\\S+)`).exec(out)?.[1] ?? '';

async function ask(
  url: string,
  token: string,
  question: object,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${url}/v1/inquiries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(question),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('serve', () => {
  it('--demo answers its first request, and the same after it was killed', { timeout: 120_000 }, async () => {
    const first = start('demo', ['serve', '--demo', '--port', '0']);
    const out = await first.ready;
    expect(out.match(/^estehqaq ready http:\/\/127\.0\.0\.1:\d+$/gm)).toHaveLength(1);
    expect(out).toContain('آزمایشی');
    const nationalId = /"nationalId":"(\d{10})"/.exec(out)?.[1] ?? '';
    const token = tokenIn(out, 'provider 100001');
    const question = { nationalId, requestId: 'first' };
    const answer = await ask(urlIn(out), token, question);
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'ENTITLED' } });
    expect(answer.body['trackingCode']).toMatch(/^\d{16}$/);
    const run = join(root, 'demo', 'run.json');
    expect(statSync(run).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(run, 'utf8'))).toMatchObject({ pid: first.program.pid, isDemo: true });

    first.program.kill('SIGKILL');
    await first.ended;
    const second = start('demo', ['serve', '--demo', '--port', '0']);
    const url = urlIn(await second.ready);
    expect(await ask(url, token, question)).toEqual(answer);
    const made = await start('demo', ['token', '--staff', 'auditor', '--as', 'reza']).ended;
    const headers = { authorization: `Bearer ${made.out.trim()}` };
    const found = await fetch(`${url}/v1/inquiries/${String(answer.body['trackingCode'])}`, { headers });
    expect(await found.json()).toMatchObject({ outcome: 'ENTITLED' });

    const unanswered = Array.from({ length: 50 }, () => ask(url, token, { nationalId, setting: 'inpatient' }));
    await Promise.race(unanswered);
    second.program.kill('SIGTERM');
    for (const each of await Promise.allSettled(unanswered)) {
      if (each.status === 'fulfilled') expect(each.value.status).toBe(200);
    }
    expect(await second.ended).toMatchObject({ code: 0 });
    expect(existsSync(run)).toBe(false);

    const real = await start('demo', ['serve', '--port', '0']).ended;
    expect(real).toMatchObject({ code: 3, out: '' });
    expect(real.err).toContain('INSTALLATION_OTHER_KIND');
  });

  it('starts empty, prints one line, and knows nobody', { timeout: 120_000 }, async () => {
    const { otherInsurers, close } = await startStandIns();
    const refused = await start('real', ['serve', '--port', '0'], { OTHER_INSURERS_URL: otherInsurers }).ended;
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toContain('STAND_IN_REFUSED');
    await close();

    const system = start('real', ['serve', '--port', '0']);
    const out = await system.ready;
    expect(out).toMatch(/^estehqaq ready http:\/\/127\.0\.0\.1:\d+\n$/);
    const url = urlIn(out);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const made = await start('real', ['token', '--person', '0012345679']).ended;
    const answer = await ask(url, made.out.trim(), { nationalId: '0012345679' });
    expect(answer).toMatchObject({
      status: 200,
      body: { outcome: 'UNKNOWN_PERSON', trackingCode: expect.any(String) as unknown },
    });

    const taken = await start('other', ['serve', '--port', new URL(url).port]).ended;
    expect(taken).toMatchObject({ code: 3, out: '' });
    expect(taken.err).toContain('PORT_TAKEN');
    await stop(system.program);
    const demo = await start('real', ['serve', '--demo', '--port', '0']).ended;
    expect(demo.err).toContain('INSTALLATION_OTHER_KIND');
  });
});
