import { describe, expect, it } from 'vitest';
import { readImport, type ReadLine } from './import-input.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  const bytes = Buffer.from(text);
  for (let begin = 0; begin < bytes.length; begin += size) yield bytes.subarray(begin, begin + size);
}

async function readAll(text: string, size = 3): Promise<readonly ReadLine[]> {
  const read: ReadLine[] = [];
  const columns = { a: (value: string) => value };
  for await (const lines of readImport({ file: '-', standardInput: inPieces(text, size) }, columns))
    read.push(...lines);
  return read;
}

describe('lines of NDJSON', () => {
  it.each([1, 2, 3, 7, 1000])('are found however the bytes are cut: %i', async (size) => {
    expect(await readAll('{"نام":"علی"}\n\n  \r\n{"b":2}\r\nrubbish\n{"c":3}', size)).toEqual([
      { line: 1, document: { نام: 'علی' } },
      { line: 4, document: { b: 2 } },
      { line: 5, fault: 'expected one JSON object' },
      { line: 6, document: { c: 3 } },
    ]);
  });

  it('may follow a byte order mark', async () => {
    expect(await readAll('\uFEFF{"a":1}\n', 100)).toEqual([{ line: 1, document: { a: 1 } }]);
  });

  it('are not kept when they are too long', async () => {
    const long = `{"a":"${'x'.repeat(3_000_000)}"}`;
    const fault = 'expected a line of at most 1 MB';
    expect(await readAll(`{"a":1}\n${long}\n{"b":2}\n${long}`, 65_536)).toEqual([
      { line: 1, document: { a: 1 } },
      { line: 2, fault },
      { line: 3, document: { b: 2 } },
      { line: 4, fault },
    ]);
    expect(await readAll(`{"a":1}\n${long}\n{"b":2}`, 10_000_000)).toMatchObject([
      { line: 1 },
      { line: 2, fault },
      { line: 3 },
    ]);
  });
});

describe('records of CSV', () => {
  it('are recognised, and faults named by their line', async () => {
    expect(await readAll('a\n1\n\n"x\ny"\n1,2\n3\n', 4)).toEqual(
      expect.arrayContaining([
        { line: 2, document: { a: '1' } },
        { line: 7, document: { a: '3' } },
      ]) as ReadLine[],
    );
  });

  it('end with a quote that is never closed, and do not take up memory', async () => {
    const read = await readAll(`a\n1\n"${'x'.repeat(3_000_000)}`, 65_536).catch((error: unknown) => error);
    expect(read).toMatchObject({ code: 'IMPORT_FILE_UNREADABLE' });
  });
});
