import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { openKeys } from './keys.ts';

const root = mkdtempSync(join(tmpdir(), 'estehqaq-keys-test-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe('keys', () => {
  it('are made once, for this account alone', () => {
    const folder = join(root, 'data', 'keys');
    const made = openKeys(folder);
    expect(readdirSync(folder).sort()).toEqual(['pepper.key', 'token.pem', 'tracking.key']);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect([made.trackingKey.length, made.pepper.length]).toEqual([16, 32]);
    chmodSync(join(folder, 'pepper.key'), 0o644);
    const again = openKeys(folder);
    expect(again.trackingKey).toEqual(made.trackingKey);
    expect(again.pepper).toEqual(made.pepper);
    expect(again.tokenKey.check.export({ format: 'jwk' })).toEqual(made.tokenKey.check.export({ format: 'jwk' }));
    expect(statSync(join(folder, 'pepper.key')).mode & 0o777).toBe(0o600);
  });

  it('are the same for all that start at once', async () => {
    const folder = join(root, 'race');
    const program =
      `import { openKeys } from ${JSON.stringify(join(import.meta.dirname, 'keys.ts'))};` +
      `const keys = openKeys(${JSON.stringify(folder)});` +
      `process.stdout.write(keys.trackingKey.toString('hex') + keys.pepper.toString('hex'))`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
    const seen = await Promise.all(Array.from({ length: 4 }, run));
    expect(new Set(seen.map(({ stdout }) => stdout)).size).toBe(1);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('that are damaged are refused and left as they are', () => {
    const folder = join(root, 'damaged');
    openKeys(folder);
    const path = join(folder, 'tracking.key');
    writeFileSync(path, 'short');
    expect(() => openKeys(folder)).toThrow(expect.objectContaining({ code: 'KEYS_UNREADABLE' }));
    expect(readFileSync(path, 'utf8')).toBe('short');
    writeFileSync(join(root, 'file'), '');
    expect(() => openKeys(join(root, 'file', 'keys'))).toThrow(expect.objectContaining({ code: 'KEYS_UNREADABLE' }));
  });
});
