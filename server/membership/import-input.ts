import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { parse as csvParser, CsvError } from 'csv-parse';
import { Fault } from '../platform/index.ts';

/** One line of a file (of several, where a CSV value has line ends in it): its JSON document, or why there is none. */
export type ReadLine =
  { readonly line: number; readonly document: unknown } | { readonly line: number; readonly fault: string };

export type ImportFormat = 'ndjson' | 'csv';

/** How the text of a CSV value becomes JSON, by the name of its column. An empty value is absent. */
export type CsvColumns = Readonly<Record<string, (text: string) => unknown>>;

export interface ImportInput {
  /** `-` is standard input. */
  readonly file: string;
  /** By default what the name ends in, else what the first character says: `{` begins NDJSON. */
  readonly format?: ImportFormat | undefined;
  /** In the place of standard input. */
  readonly standardInput?: AsyncIterable<Uint8Array> | undefined;
}

const mostCharacters = 1_000_000;
const bytesAtOnce = 2 ** 18;
const csvRowsAtOnce = 1000;
const mostFaultsInARow = 10_000;

/**
 * The lines of a file, in constant memory; blank lines are passed over. They come in pieces, each of which is read once
 * and to its end before the next one is asked for.
 * @throws Fault IMPORT_FILE_UNREADABLE
 */
export async function* readImport(input: ImportInput, columns: CsvColumns): AsyncGenerator<Iterable<ReadLine>> {
  const { file, standardInput = process.stdin } = input;
  const pieces: AsyncIterable<Uint8Array> =
    file === '-' ? standardInput : createReadStream(file, { highWaterMark: bytesAtOnce });
  const source = pieces[Symbol.asyncIterator]();
  try {
    const first = await source.next();
    if (first.done === true) return;
    const isCsv = (input.format ?? findFormat(file) ?? sniff(first.value)) === 'csv';
    const all = resume(first.value, source);
    yield* isCsv ? readCsv(all, columns) : readNdjson(all);
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof CsvError || isFileError(error)) {
      throw new Fault('IMPORT_FILE_UNREADABLE', `${file} cannot be read: ${(error as Error).message}`, error);
    }
    throw error;
  } finally {
    await source.return?.();
  }
}

function findFormat(file: string): ImportFormat | undefined {
  if (/\.csv$/i.test(file)) return 'csv';
  return /\.(?:ndjson|jsonl|json)$/i.test(file) ? 'ndjson' : undefined;
}

function sniff(first: Uint8Array): ImportFormat {
  return Buffer.from(first.subarray(0, 1024)).toString().replace('\uFEFF', '').trimStart().startsWith('{')
    ? 'ndjson'
    : 'csv';
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

async function* resume(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

async function* readNdjson(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Iterable<ReadLine>> {
  const decoder = new StringDecoder('utf8');
  let line = 0;
  let begun = '';
  let isTooLong = false;
  const cut = function* (text: string, isLast: boolean): Generator<ReadLine> {
    const texts = text.split('\n');
    const unfinished = isLast ? '' : (texts.pop() ?? '');
    for (const [index, each] of texts.entries()) {
      line += 1;
      const found = index > 0 ? readText(line, each) : isTooLong ? tooLong(line) : readText(line, begun + each);
      if (found !== undefined) yield found;
    }
    const before = texts.length > 0 ? '' : begun;
    isTooLong = (texts.length === 0 && isTooLong) || before.length + unfinished.length > mostCharacters;
    begun = isTooLong ? '' : before + unfinished;
  };
  for await (const piece of pieces)
    yield cut(decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length)), false);
  yield cut(decoder.end(), true);
}

function tooLong(line: number): ReadLine {
  return { line, fault: 'expected a line of at most 1 MB' };
}

function readText(line: number, text: string): ReadLine | undefined {
  if (text.length > mostCharacters) return tooLong(line);
  try {
    return { line, document: JSON.parse(text) };
  } catch {
    // Some editors begin a file with a byte order mark, which trimming takes for a blank.
    const trimmed = text.trim();
    if (trimmed === '') return undefined;
    return trimmed === text ? { line, fault: 'expected one JSON object' } : readText(line, trimmed);
  }
}

async function* readCsv(pieces: AsyncIterable<Uint8Array>, columns: CsvColumns): AsyncGenerator<readonly ReadLine[]> {
  const faults: ReadLine[] = [];
  const parser = csvParser({
    bom: true,
    columns: (header: string[]) => header.map((name) => knownColumn(name, columns)),
    info: true,
    max_record_size: mostCharacters,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      faults.push({ line: Number(error?.['lines'] ?? 0), fault: error?.message ?? 'expected a CSV record' });
      // A quote that is never closed makes one endless record of the rest; a file of such faults alone is no CSV.
      const isHopeless = error?.code === 'CSV_MAX_RECORD_SIZE' || faults.length > mostFaultsInARow;
      if (isHopeless) parser.destroy(error);
      return undefined;
    },
  });
  const feeding = feed(pieces, parser);
  let rows: ReadLine[] = [];
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    rows.push(readRecord(info.lines, record, columns));
    if (rows.length < csvRowsAtOnce) continue;
    yield [...faults.splice(0), ...rows];
    rows = [];
  }
  await feeding;
  yield [...faults, ...rows];
}

interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

async function feed(pieces: AsyncIterable<Uint8Array>, parser: ReturnType<typeof csvParser>): Promise<void> {
  try {
    for await (const piece of pieces) {
      if (!parser.write(piece)) await untilWritable(parser);
      if (parser.destroyed) return;
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

function untilWritable(parser: ReturnType<typeof csvParser>): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      parser.off('drain', go).off('close', go);
      resolve();
    };
    parser.on('drain', go).on('close', go);
    if (parser.destroyed) go();
  });
}

function knownColumn(name: string, columns: CsvColumns): string {
  const trimmed = name.trim();
  if (Object.hasOwn(columns, trimmed)) return trimmed;
  throw new Fault(
    'IMPORT_FILE_UNREADABLE',
    `There is no column "${trimmed.slice(0, 40)}". The first line names them: ${Object.keys(columns).join(', ')}.`,
  );
}

function readRecord(line: number, record: CsvRecord['record'], columns: CsvColumns): ReadLine {
  const document: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(record)) {
    if (text.trim() === '') continue;
    try {
      document[name] = columns[name]?.(text);
    } catch {
      return { line, fault: `expected JSON in the column ${name}` };
    }
  }
  return { line, document };
}
