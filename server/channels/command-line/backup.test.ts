import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

/** Backups as an operator takes them: of a demo that runs, by the command line, and back into an empty folder. */

const main = join(import.meta.dirname, '../../main.ts');
const root = mkdtempSync(join(tmpdir(), 'estehqaq-operator-'));
const folder = (name: string): string => join(root, name);
const environmentOf = (data: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  METRICS_PORT: '0',
  ESTEHQAQ_DATA: folder(data),
});

let running: ChildProcess | undefined;

async function serveDemo(): Promise<string> {
  const program = spawn(process.execPath, [main, 'serve', '--demo', '--port', '0'], {
    env: environmentOf('data'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running = program;
  let out = '';
  for await (const text of program.stdout.setEncoding('utf8')) {
    out += String(text);
    if (out.includes('estehqaq ready ')) return out;
  }
  throw new Error(`it ended: ${out}`);
}

async function stop(): Promise<void> {
  if (running === undefined || running.exitCode !== null) return;
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  await ended;
}

/** @param shell what a shell does first, such as setting a limit */
function estehqaq(data: string, args: readonly string[], shell = 'true') {
  const { status, stdout, stderr } = spawnSync(
    '/bin/sh',
    ['-c', `${shell} && exec "$@"`, 'sh', process.execPath, main, ...args],
    { env: environmentOf(data), encoding: 'utf8' },
  );
  return { status, out: stdout, error: stderr };
}

describe('backup and restore', { timeout: 240_000 }, () => {
  afterAll(async () => {
    await stop();
    rmSync(root, { recursive: true, force: true });
  }, 60_000);

  const passphrase = folder('passphrase');
  const withPassphrase = ['--passphrase-file', passphrase];

  it('ask what becomes of the keys', () => {
    for (const args of [[], ['--keys', 'leave-out', ...withPassphrase]]) {
      const { status, error } = estehqaq('data', ['backup', folder('none'), ...args]);
      expect(status).toBe(2);
      expect(error).toContain('--keys');
    }
    expect(existsSync(folder('none'))).toBe(false);
  });

  it('carry a running system into another folder', async () => {
    writeFileSync(passphrase, 'correct horse battery\n');
    const out = await serveDemo();
    const first = out.split('\n').find((line) => line.trim().startsWith('curl ')) ?? '';
    const asked = spawnSync('/bin/sh', ['-c', first], { encoding: 'utf8' });
    const { trackingCode, outcome } = JSON.parse(asked.stdout) as { trackingCode: string; outcome: string };

    const full = estehqaq('data', ['backup', folder('full'), '--keys', 'leave-out'], 'ulimit -f 16');
    expect(full).toMatchObject({ status: 3, out: '' });
    expect(full.error).toContain('(BACKUP_DISK_FULL)');
    expect(readdirSync(folder('full'))).toEqual([]);

    const made = estehqaq('data', ['backup', folder('whole'), '--keys', 'encrypt', ...withPassphrase, '--json']);
    expect(made).toMatchObject({ status: 0, error: '' });
    expect(JSON.parse(made.out)).toMatchObject({ release: '0.1.0', keys: 'encrypted' });
    expect(estehqaq('data', ['backup', '--verify', folder('whole')]).out).toContain('whole, and as it was written');

    const inUse = estehqaq('data', ['restore', folder('whole'), ...withPassphrase]);
    expect(inUse).toMatchObject({ status: 3 });
    expect(inUse.error).toContain('(DATABASE_FOLDER_IN_USE)');
    await stop();

    const restored = estehqaq('other', ['restore', folder('whole'), ...withPassphrase]);
    expect(restored).toMatchObject({ status: 0, error: '' });
    const verified = estehqaq('other', ['verify', trackingCode, '--json']);
    expect(JSON.parse(verified.out)).toMatchObject({ trackingCode, outcome });
    expect(estehqaq('other', ['replay', trackingCode])).toMatchObject({ status: 0 });
    expect(estehqaq('other', ['retention', '--keep-years', '1', '--dry-run']).out).toContain('that would go: none');
  });
});
