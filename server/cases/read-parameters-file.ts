import { readFile } from 'node:fs/promises';
import { InvalidActs, layOver, readLaterActs, shippedBook, type Book, type LaterActs } from '@estehqaq/law';

/** A parameters file that cannot be laid over the shipped book; the message says where and why. */
export class InvalidParametersFile extends Error {
  override readonly name = 'InvalidParametersFile';
}

export const noLaterActs: LaterActs = { parameters: {}, suspensions: [] };

/**
 * The rows of a file, which can be laid over the shipped book (see docs/parameters.md).
 * @throws InvalidParametersFile where the file cannot be read, is no JSON, or holds a row that cannot stand
 */
export async function readLaterActsFile(path: string): Promise<LaterActs> {
  return (await read(path)).acts;
}

/**
 * The shipped book with the rows of a file laid over it.
 * @throws InvalidParametersFile as `readLaterActsFile`
 */
export async function readParametersFile(path: string): Promise<Book> {
  return (await read(path)).book;
}

async function read(path: string): Promise<{ acts: LaterActs; book: Book }> {
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InvalidParametersFile(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const acts = readLaterActs(document);
  if ('message' in acts)
    throw new InvalidParametersFile(`${path}: ${acts.path === '' ? 'the file' : acts.path}: ${acts.message}`);
  try {
    return { acts, book: layOver(shippedBook, acts) };
  } catch (error) {
    if (error instanceof InvalidActs) throw new InvalidParametersFile(`${path}: ${error.path}: ${error.message}`);
    throw error;
  }
}
