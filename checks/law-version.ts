import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './tracked-files.ts';

const versionFile = 'law/version.ts';
const nameLength = 16;

/** The text that every decision carries as the version of the law: it changes with any line of the law's code. */
export function textVersionNow(): string {
  const hash = createHash('sha256');
  for (const path of readdirSync(join(root, 'law'), { recursive: true, encoding: 'utf8' }).toSorted()) {
    const isLaw = path.endsWith('.ts') && !/\.(?:test|cases)\.ts$/.test(path) && !path.includes('node_modules');
    if (isLaw && `law/${path}` !== versionFile) hash.update(path).update(readFileSync(join(root, 'law', path)));
  }
  return hash.digest('hex').slice(0, nameLength);
}

if (import.meta.main) {
  const path = join(root, versionFile);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/'[0-9a-f]{16}'/, `'${textVersionNow()}'`));
}
