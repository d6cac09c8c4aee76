import { decide, explain, invalidCase, readCaseText, type Book } from '@estehqaq/law';
import { mostBytesOfALine } from './blocks.ts';

/** How many cases were read, and how many of them were no valid case. */
export interface Decided {
  readonly read: number;
  readonly invalid: number;
}

export interface DecidedBlock<Text> extends Decided {
  /** The answers, each with its line end. */
  readonly text: Text;
}

const tooLong = JSON.stringify(invalidCase(null, { path: '', message: 'expected a case of at most 1 MB' }));

/** One JSON case a line in, one JSON decision a line out, in the same order; blank lines are skipped. */
export function decideBlock(block: Uint8Array, book: Book, withExplanation: boolean): DecidedBlock<string> {
  const answers: string[] = [];
  let invalid = 0;
  for (const line of Buffer.from(block.buffer, block.byteOffset, block.byteLength).toString().split('\n')) {
    if (isTooLong(line)) {
      invalid += 1;
      answers.push(tooLong);
    } else if (line.trim() !== '') {
      const facts = readCaseText(line);
      const decided = 'error' in facts ? facts : withExplanation ? explain(facts, book) : decide(facts, book);
      if ('error' in decided) invalid += 1;
      answers.push(JSON.stringify(decided));
    }
  }
  return { text: answers.map((answer) => `${answer}\n`).join(''), read: answers.length, invalid };
}

const mostBytesOfACharacter = 3;

function isTooLong(line: string): boolean {
  return line.length * mostBytesOfACharacter > mostBytesOfALine && Buffer.byteLength(line) > mostBytesOfALine;
}
