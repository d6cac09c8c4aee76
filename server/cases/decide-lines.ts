import type { Book } from '@estehqaq/law';
import { Blocks } from './blocks.ts';
import { decideBlock, type Decided } from './decide-block.ts';

export interface DecideLinesOptions {
  readonly book: Book;
  readonly withExplanation: boolean;
  /** Called after every block of lines, with the counts so far. */
  readonly onProgress?: (decided: Decided) => void;
}

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
  let [read, invalid] = [0, 0];
  const answer = async (block: Uint8Array): Promise<void> => {
    const decided = decideBlock(block, book, withExplanation);
    read += decided.read;
    invalid += decided.invalid;
    if (decided.text !== '') await write(decided.text);
    onProgress?.({ read, invalid });
  };
  const blocks = new Blocks();
  for await (const piece of input) await answer(blocks.take(piece));
  await answer(blocks.rest());
  return { read, invalid };
}
