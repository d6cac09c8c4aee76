import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { faultCodes, meaningOf } from '../server/platform/errors.ts';
import { root } from './tracked-files.ts';

/**
 * The table of faults in the operations guide: codes and meanings are those of the code, what to do is written by hand.
 * `node checks/fault-table.ts` (with the Node that came along) writes it anew and keeps what was written by hand.
 */
export const guide = 'docs/operations.md';

export interface FaultRow {
  readonly code: string;
  readonly meaning: string;
  readonly whatToDo: string;
}

const begin = '<!-- faults: begin -->';
const end = '<!-- faults: end -->';
const headings = '| code | what it means | what to do |\n| --- | --- | --- |';

export function readFaultRows(text: string): readonly FaultRow[] {
  const table = text.slice(text.indexOf(begin), text.indexOf(end));
  return table.split('\n').flatMap((line) => {
    const [, code, meaning = '', whatToDo = ''] = /^\| `(\w+)` *\| (.*?) *\| (.*?) *\|$/.exec(line) ?? [];
    return code === undefined ? [] : [{ code, meaning, whatToDo }];
  });
}

/** What is wrong with the rows: codes that are missing or gone, other meanings, nothing to do. */
export function findFaultRowBreaches(rows: readonly FaultRow[]): readonly string[] {
  const known = new Map<string, FaultRow>(rows.map((row) => [row.code, row]));
  return [
    ...faultCodes.flatMap((code) => {
      const row = known.get(code);
      if (row === undefined) return [`${code} is missing`];
      if (row.meaning !== meaningOf(code)) return [`${code} has another meaning in the code`];
      return row.whatToDo === '' ? [`${code} does not say what to do`] : [];
    }),
    ...rows.filter(({ code }) => !faultCodes.some((each) => each === code)).map(({ code }) => `${code} is gone`),
  ];
}

export function writeFaultRows(text: string): string {
  const known = new Map(readFaultRows(text).map(({ code, whatToDo }) => [code, whatToDo]));
  const lines = faultCodes.map((code) => `| \`${code}\` | ${meaningOf(code)} | ${known.get(code) ?? ''} |`);
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  return `${before}${begin}\n\n${headings}\n${lines.join('\n')}\n\n${after}`;
}

if (import.meta.main) {
  const path = join(root, guide);
  const text = writeFaultRows(readFileSync(path, 'utf8'));
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  for (const breach of findFaultRowBreaches(readFaultRows(text))) process.stderr.write(`${breach}\n`);
}
