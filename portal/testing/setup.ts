import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Named in the configuration of vitest: what the tests look at is built from what stands here. */
export function setup(): void {
  execFileSync(process.execPath, [join(import.meta.dirname, '../build.ts')], { stdio: 'inherit' });
}
