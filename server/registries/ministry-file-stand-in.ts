import { createInterface } from 'node:readline';
import { once } from 'node:events';

/**
 * A stand-in of the ministry for files: reads the list of a batch (NDJSON), and writes results for all of it, in the three
 * forms that the ministry's answers may have, with the control totals at the end.
 *
 *     node server/registries/ministry-file-stand-in.ts < batch.ndjson > results.ndjson
 */
if (import.meta.main) {
  let rows = 0;
  let headSum = 0n;
  let pending: string[] = [];
  const write = async (): Promise<void> => {
    if (!process.stdout.write(pending.join(''))) await once(process.stdout, 'drain');
    pending = [];
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { reference, head, requestedOn } = JSON.parse(line) as Readonly<Record<string, string>>;
    if (reference === undefined || head === undefined) continue;
    rows += 1;
    headSum += BigInt(head);
    const digit = Number(head.at(-2));
    const form = Number(head.at(-3)) % 3;
    const said = {
      ...(form !== 1 && { decile: digit === 0 ? 10 : digit }),
      ...(form !== 0 && { incomeMonthly: 30_000_000 * digit }),
    };
    pending.push(`${JSON.stringify({ reference, head, determinedOn: requestedOn, ...said })}\n`);
    if (pending.length >= 1_000) await write();
  }
  pending.push(`${JSON.stringify({ rows, headSum: String(headSum) })}\n`);
  await write();
}
