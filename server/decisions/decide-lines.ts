import { decide, explain, readCaseText, invalidCase, type Book } from '@estehqaq/law';
import { Lines } from './lines.ts';

export interface Decided {
  readonly read: number;
  readonly invalid: number;
}

export interface DecideLinesOptions {
  readonly book: Book;
  readonly withExplanation: boolean;
  /** Called after every piece of input, with the counts so far. */
  readonly onProgress?: (decided: Decided) => void;
}

const tooLong = JSON.stringify(invalidCase(null, { path: '', message: 'expected a case of at most 1 MB' }));

/**
 * One JSON case a line in, one JSON decision a line out, in the same order; blank lines are skipped.
 * @param input pieces of UTF-8 text, cut anywhere
 * @param write takes the answers to one piece; the next piece is read when its promise is kept
 * @returns how many cases were read, and how many of them were no valid case
 */
export async function decideLines(
  input: AsyncIterable<Uint8Array>,
  write: (text: string) => Promise<void>,
  { book, withExplanation, onProgress }: DecideLinesOptions,
): Promise<Decided> {
  let read = 0;
  let invalid = 0;
  const answer = (line: string | undefined): string => {
    read += 1;
    if (line === undefined || isTooLong(line)) {
      invalid += 1;
      return tooLong;
    }
    const facts = readCaseText(line);
    const decided = 'error' in facts ? facts : withExplanation ? explain(facts, book) : decide(facts, book);
    if ('error' in decided) invalid += 1;
    return JSON.stringify(decided);
  };
  const answerAll = async (lines: readonly (string | undefined)[]): Promise<void> => {
    const answers = lines.filter((line) => line === undefined || !isBlank(line)).map(answer);
    if (answers.length > 0) await write(`${answers.join('\n')}\n`);
    onProgress?.({ read, invalid });
  };
  const lines = new Lines();
  for await (const piece of input) await answerAll(lines.take(piece));
  await answerAll(lines.rest());
  return { read, invalid };
}

const mostBytes = 1_000_000;
const mostBytesOfACharacter = 3;

function isTooLong(line: string): boolean {
  return line.length * mostBytesOfACharacter > mostBytes && Buffer.byteLength(line) > mostBytes;
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}
