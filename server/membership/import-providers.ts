import type { Pool } from 'pg';
import { asFault, transaction } from '../database/index.ts';
import { readImport, type CsvColumns, type ReadLine } from './import-input.ts';
import { takeImportLock } from './import-lock.ts';
import { rejectedFileOf, type ImportCounts, type ImportOptions } from './import-people.ts';
import type { LineFault } from './person-line.ts';
import type { Provider } from './provider.ts';
import { readProviderLine, type ProviderLine } from './provider-line.ts';
import { raiseProviderVersion, readProviders, writeProviders } from './provider-store.ts';
import { RejectedFile } from './rejected-file.ts';

const asText = (text: string): string => text.trim();
/** A word that is neither stays a text, and is refused as one. */
const asFlag = (text: string): unknown => ({ true: true, false: false })[text.trim().toLowerCase()] ?? text;

const columns: CsvColumns = {
  code: asText,
  name: asText,
  kind: asText,
  ownership: asText,
  contractFrom: asText,
  contractUntil: asText,
  suspended: asFlag,
  mobiles: (text) => (text.trim().startsWith('[') ? (JSON.parse(text) as unknown) : text.trim().split(/[\s;]+/)),
  licence: asText,
};

/** What is known of a provider while the file is read: its line, and whether another line says something else. */
interface Told {
  readonly line: number;
  readonly provider: ProviderLine;
  readonly others: number[];
  isDisputed: boolean;
}

/**
 * Imports providers: NDJSON, or CSV with the mobiles divided by blanks or semicolons. A line replaces all that was known
 * of its provider; providers that the file does not name stay as they are. All of it is one transaction: every process
 * keeps the whole directory in memory anyway, and so does this.
 * @throws Fault IMPORT_FILE_UNREADABLE, DATABASE_…
 */
export async function importProviders(pool: Pool, options: Omit<ImportOptions, 'source'>): Promise<ImportCounts> {
  const rejected = new RejectedFile(options.rejectedFile ?? rejectedFileOf(options.file, 'providers'));
  const lock = await takeImportLock(pool);
  try {
    const { read, told } = await readAll(options, rejected);
    const repeated = rejectDisputed(told, rejected);
    options.onProgress?.({ step: 'writing', read, written: 0, rejected: rejected.count });
    const counts = await write(
      pool,
      [...told.values()].map(({ provider }) => provider),
    );
    return { read, ...counts, unchanged: counts.unchanged + repeated, rejected: rejected.count };
  } catch (error) {
    throw asFault(error);
  } finally {
    rejected.close();
    await lock.release();
  }
}

async function readAll(
  options: Omit<ImportOptions, 'source'>,
  rejected: RejectedFile,
): Promise<{ read: number; told: Map<string, Told> }> {
  const told = new Map<string, Told>();
  let read = 0;
  for await (const lines of readImport(options, columns)) {
    for (const each of lines) {
      read += 1;
      const provider = readLine(each);
      if ('path' in provider) rejected.add(each.line, provider);
      else note(told, each.line, provider);
    }
    options.onProgress?.({ step: 'reading', read, written: 0, rejected: rejected.count });
  }
  return { read, told };
}

function readLine(read: ReadLine): ProviderLine | LineFault {
  return 'fault' in read ? { code: 'INVALID_LINE', path: '', message: read.fault } : readProviderLine(read.document);
}

function note(told: Map<string, Told>, line: number, provider: ProviderLine): void {
  const before = told.get(provider.code);
  if (before === undefined) {
    told.set(provider.code, { line, provider, others: [], isDisputed: false });
    return;
  }
  before.others.push(line);
  before.isDisputed ||= !saysTheSame(before.provider, provider);
}

/** Lines that say different things about one provider are all rejected. @returns how many lines only said it again */
function rejectDisputed(told: Map<string, Told>, rejected: RejectedFile): number {
  let repeated = 0;
  for (const [code, { line, others, isDisputed }] of told) {
    if (!isDisputed) repeated += others.length;
    else {
      const message = 'expected one line for this provider, or lines that say the same';
      for (const each of [line, ...others]) {
        rejected.add(each, { code: 'DUPLICATE_PROVIDER', path: '/code', message });
      }
      told.delete(code);
    }
  }
  return repeated;
}

type Written = Pick<ImportCounts, 'created' | 'changed' | 'unchanged'>;

async function write(pool: Pool, told: readonly ProviderLine[]): Promise<Written> {
  return transaction(pool, async (client) => {
    const known = new Map((await readProviders(client)).map((provider) => [provider.code, provider]));
    const next: Provider[] = [];
    let created = 0;
    for (const provider of told) {
      const before = known.get(provider.code);
      if (before !== undefined && saysTheSame(before, provider)) continue;
      next.push({ ...provider, version: (before?.version ?? 0n) + 1n });
      if (before === undefined) created += 1;
    }
    if (next.length > 0) {
      await writeProviders(client, next);
      await raiseProviderVersion(client);
    }
    return { created, changed: next.length - created, unchanged: told.length - next.length };
  });
}

function saysTheSame(one: ProviderLine, other: ProviderLine): boolean {
  return asComparable(one) === asComparable(other);
}

function asComparable({ mobiles, ...provider }: ProviderLine): string {
  const { code, name, kind, ownership, contractFrom, contractUntil, suspended, licence } = provider;
  const facts = [code, name, kind, ownership, contractFrom, contractUntil, suspended, licence];
  return JSON.stringify([...facts, mobiles.map(String)]);
}
