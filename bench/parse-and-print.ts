import { once } from 'node:events';
import { Lines } from './lines.ts';

/* The least that anything could do that reads JSON lines and prints JSON lines. */

const lines = new Lines();

async function print(some: readonly (string | undefined)[]): Promise<void> {
  const printed = some
    .filter((line) => line !== undefined && line !== '')
    .map((line) => JSON.stringify(JSON.parse(line ?? '')));
  if (printed.length > 0 && !process.stdout.write(`${printed.join('\n')}\n`)) await once(process.stdout, 'drain');
}

for await (const piece of process.stdin) await print(lines.take(piece as Buffer));
await print(lines.rest());
