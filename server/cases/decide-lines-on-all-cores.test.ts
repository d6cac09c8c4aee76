import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOver, shippedBook, type LaterActs } from '@estehqaq/law';
import { describe, expect, it } from 'vitest';
import { decideLinesOnAllCores, type AllCoresOptions } from './decide-lines-on-all-cores.ts';
import { noLaterActs } from './read-parameters-file.ts';

const examples = readFileSync(join(import.meta.dirname, '../../law/examples/cases.ndjson'), 'utf8')
  .trimEnd()
  .split('\n');
const manyLines = 20_000;
const pieceBytes = 65_536;

/** Valid cases with ids of their own in two scripts, blank lines, no JSON, CR LF, a line over 1 MB, a byte order mark. */
function mixedLines(): Buffer {
  const lines = Array.from({ length: manyLines }, (_, index) => {
    const line = examples[index % examples.length] ?? '';
    if (index % 97 === 0) return ' \t';
    if (index % 89 === 0) return `{"caseId":"نادرست ${String(index)}"`;
    if (index % 83 === 0) return `${line}\r`;
    if (index === 10_000 || index === manyLines - 1) return `{"caseId":"${'ش'.repeat(700_000)}"}`;
    return JSON.stringify({ ...(JSON.parse(line) as object), caseId: `پرونده ${String(index)}` });
  });
  return Buffer.from(`\uFEFF${lines.join('\n')}`);
}

const suspended: LaterActs = {
  parameters: {},
  suspensions: [
    {
      clause: 'M-20',
      from: '1398/01/01',
      until: '1404/12/29',
      reference: { fa: 'بخشنامه', en: 'circular' },
      provenance: 'assumed',
    },
  ],
};

async function* cut(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield await Promise.resolve(Uint8Array.from(bytes.subarray(start, start + pieceBytes)));
  }
}

async function decideOnThreads(input: Uint8Array, options: Partial<AllCoresOptions> = {}) {
  const output: Uint8Array[] = [];
  const deciding = decideLinesOnAllCores(
    cut(input),
    async (text) => {
      await Promise.resolve();
      output.push(Buffer.from(text));
    },
    { acts: noLaterActs, withExplanation: false, threads: 2, ...options },
  );
  return { decided: await deciding, text: Buffer.concat(output).toString() };
}

const program = (text: string): URL => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
const receive = `import { parentPort } from 'node:worker_threads'; let blocks = 0; parentPort.on('message', `;

describe('lines on threads', () => {
  it.each([
    ['without explanation', noLaterActs, false],
    ['with explanation', noLaterActs, true],
    ['under later acts', suspended, true],
  ])('are answered as on one thread, byte by byte: %s', async (_, acts, withExplanation) => {
    const input = mixedLines();
    const here = await decideOnThreads(input, { acts, withExplanation, threads: 0 });
    const onThreads = await decideOnThreads(input, { acts, withExplanation });
    expect(onThreads.text === here.text).toBe(true);
    expect(onThreads.decided).toEqual(here.decided);
    expect(here.decided.invalid).toBeGreaterThan(200);
  });

  it('are decided under the later acts there', async () => {
    const input = mixedLines();
    const [shipped, later] = [await decideOnThreads(input), await decideOnThreads(input, { acts: suspended })];
    const version = (text: string): unknown =>
      (JSON.parse(text.split('\n').at(-3) ?? '') as { lawVersion: string }).lawVersion;
    expect(version(shipped.text)).toBe(shippedBook.version);
    expect(version(later.text)).toBe(layOver(shippedBook, suspended).version);
  });

  it('are counted along', async () => {
    const progress: number[] = [];
    const { decided } = await decideOnThreads(mixedLines(), { onProgress: ({ read }) => progress.push(read) });
    expect(progress).toEqual(progress.toSorted((one, other) => one - other));
    expect(progress.at(-1)).toBe(decided.read);
  });

  it('need no thread where they are few, or the machine has one core', async () => {
    const failing = program(`throw new Error('begun');`);
    const few = Buffer.from(examples.join('\n'));
    expect((await decideOnThreads(few, { program: failing })).decided.read).toBe(examples.length);
    const many = await decideOnThreads(mixedLines(), { program: failing, threads: 0 });
    expect(many.decided.read).toBe(many.text.trimEnd().split('\n').length);
  });

  it('are answered at once where the asker waits for the answer', async () => {
    let answered = Promise.withResolvers<unknown>();
    const rounds = 8;
    const conversation = async function* (): AsyncGenerator<Uint8Array> {
      for (let round = 0; round < rounds; round += 1) {
        answered = Promise.withResolvers();
        yield Buffer.from(`${examples[0] ?? ''}\n`.repeat(200));
        await answered.promise;
      }
    };
    const write = async (): Promise<void> => {
      await Promise.resolve();
      answered.resolve(undefined);
    };
    const options = { acts: noLaterActs, withExplanation: false, threads: 2 };
    expect((await decideLinesOnAllCores(conversation(), write, options)).read).toBe(rounds * 200);
  });
});

describe('a thread', () => {
  it.each([
    ['throws when it begins', `throw new Error('out of order');`, 'out of order'],
    ['throws at a block', `${receive}() => { throw new Error('out of order'); });`, 'out of order'],
    ['ends without a word', `${receive}() => process.exit(0));`, 'a thread that decides ended with 0'],
    [
      'needs too much memory',
      `${receive}() => { const all = []; for (;;) all.push(new Array(100_000).fill({})); });`,
      'memory limit',
    ],
  ])('that %s ends all with its error', async (_, text, message) => {
    await expect(decideOnThreads(mixedLines(), { program: program(text) })).rejects.toThrow(message);
  });

  it('that fails takes nothing with it that stood before its block', async () => {
    const echo = `${receive}(block) => {
      blocks += 1;
      if (blocks > 3) throw new Error('out of order');
      parentPort.postMessage({ text: block, read: 1, invalid: 0 });
    });`;
    const input = mixedLines();
    const output: Uint8Array[] = [];
    const write = async (text: string | Uint8Array): Promise<void> => {
      await Promise.resolve();
      if (typeof text !== 'string') output.push(Uint8Array.from(text));
    };
    const options = { acts: noLaterActs, withExplanation: false, threads: 1, program: program(echo) };
    await expect(decideLinesOnAllCores(cut(input), write, options)).rejects.toThrow('out of order');
    expect(output).toHaveLength(3);
    expect(input.includes(Buffer.concat(output))).toBe(true);
  });

  it('that fails while the input pauses ends all', async () => {
    const pausing = async function* (): AsyncGenerator<Uint8Array> {
      yield* cut(mixedLines().subarray(0, 400_000));
      await new Promise(() => undefined);
    };
    const failing = program(`${receive}() => { throw new Error('out of order'); });`);
    const options = { acts: noLaterActs, withExplanation: false, threads: 1, program: failing };
    await expect(decideLinesOnAllCores(pausing(), () => Promise.resolve(), options)).rejects.toThrow('out of order');
  });
});

describe('what goes wrong outside', () => {
  const options = { acts: noLaterActs, withExplanation: false, threads: 2 };

  it('in writing ends all with its error', async () => {
    const full = Promise.reject(new Error('no space left'));
    full.catch(() => undefined);
    await expect(decideLinesOnAllCores(cut(mixedLines()), () => full, options)).rejects.toThrow('no space left');
  });

  it('in reading ends all with its error, after the answers to what was read', async () => {
    let writtenBytes = 0;
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield* cut(mixedLines().subarray(0, 1_000_000));
      throw new Error('the input broke');
    };
    const write = async (text: string | Uint8Array): Promise<void> => {
      await Promise.resolve();
      writtenBytes += Buffer.from(text).length;
    };
    await expect(decideLinesOnAllCores(breaking(), write, options)).rejects.toThrow('the input broke');
    expect(writtenBytes).toBeGreaterThan(800_000);
  });

  it('a slow reader holds the input back', async () => {
    const pieces = 60;
    let [taken, written, mostAhead] = [0, 0, 0];
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for (; taken < pieces; taken += 1) {
        mostAhead = Math.max(mostAhead, taken - written);
        yield await Promise.resolve(Buffer.from(`${examples[0] ?? ''}\n`.repeat(200)));
      }
    };
    const write = async (): Promise<void> => {
      await new Promise((isTime) => setTimeout(isTime, 10));
      written += 1;
    };
    await decideLinesOnAllCores(counted(), write, options);
    expect(written).toBe(pieces);
    expect(mostAhead).toBeLessThanOrEqual(4);
  });
});
