import { parentPort, workerData } from 'node:worker_threads';
import { layOver, shippedBook } from '@estehqaq/law';
import { decideBlock, type DecidedBlock } from './decide-block.ts';
import type { DecidingTask } from './deciding-thread.ts';
import { releaseMemory } from './release-memory.ts';

/* What a DecidingThread runs. */

const { acts, withExplanation } = workerData as DecidingTask;
const book = layOver(shippedBook, acts);
const encoder = new TextEncoder();

parentPort?.on('message', (block: Uint8Array) => {
  const { text, ...counts } = decideBlock(block, book, withExplanation);
  releaseMemory(block);
  const bytes = encoder.encode(text);
  const decided: DecidedBlock<Uint8Array> = { ...counts, text: bytes };
  parentPort?.postMessage(decided, [bytes.buffer]);
});
