import { availableParallelism } from 'node:os';
import { layOver, shippedBook } from '@estehqaq/law';
import { AnswersInOrder } from './answers-in-order.ts';
import { Blocks } from './blocks.ts';
import { decideBlock, type Decided, type DecidedBlock } from './decide-block.ts';
import { DecidingThread, type DecidingTask } from './deciding-thread.ts';
import { releaseMemory } from './release-memory.ts';

export interface AllCoresOptions extends DecidingTask {
  /** Called after every block of lines, with the counts so far. */
  readonly onProgress?: (decided: Decided) => void;
  /** How many threads decide beside this one; 0 where there is one core. */
  readonly threads?: number;
  /** What the threads run. */
  readonly program?: URL;
}

/** Each further one costs some 30 MB, most of it for reading the law; two beside this one stay under 250 MB together. */
const mostThreads = 2;
const blocksPerThread = 2;

/** So much is decided before other threads would have begun. */
const fewBytes = 200_000;

/**
 * One JSON case a line in, one JSON decision a line out, in the same order; blank lines are skipped. On more than one core:
 * this thread cuts the input into blocks and writes the answers in order.
 * @param input pieces of UTF-8 text, cut anywhere; their memory is released when they are read, where they share it with
 *   nobody
 * @param write its promise is kept when the answers are written; their memory is released then
 * @returns how many cases were read, and how many of them were no valid case
 * @throws what a thread, the input or `write` throws, when everything before it is written
 */
export async function decideLinesOnAllCores(
  input: AsyncIterable<Uint8Array>,
  write: (text: string | Uint8Array) => Promise<void>,
  { acts, withExplanation, onProgress, threads: count = threadsHere(), program }: AllCoresOptions,
): Promise<Decided> {
  const book = layOver(shippedBook, acts);
  const threads: DecidingThread[] = [];
  let bytes = 0;
  const decide = async (block: Uint8Array<ArrayBuffer>): Promise<DecidedBlock<string | Uint8Array>> => {
    bytes += block.length;
    if (count === 0 || bytes <= fewBytes || block.length === 0) return decideBlock(block, book, withExplanation);
    while (threads.length < count) threads.push(new DecidingThread({ acts, withExplanation }, program));
    return await idlest(threads).decide(block);
  };
  const answers = new AnswersInOrder({ write, onProgress, mostUnderWay: Math.max(1, count * blocksPerThread) });
  const decideAll = async (): Promise<Decided> => {
    const blocks = new Blocks();
    try {
      for await (const piece of input) {
        const block = blocks.take(piece);
        releaseMemory(piece);
        await answers.take(decide(block));
      }
      await answers.take(decide(blocks.rest()));
    } finally {
      await answers.end();
    }
    return answers.end();
  };
  try {
    return await Promise.race([decideAll(), answers.failure]);
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

function threadsHere(): number {
  const cores = availableParallelism();
  return cores === 1 ? 0 : Math.min(cores, mostThreads);
}

function idlest(threads: readonly DecidingThread[]): DecidingThread {
  return threads.reduce((one, other) => (other.underWay < one.underWay ? other : one));
}
