import { once } from 'node:events';
import type { Command } from 'commander';

/**
 * Writes to standard output, and waits where the reader is slower.
 * @throws the system's error where it cannot be written
 */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** A reader that has seen enough ends the command quietly; a full disk or an unreadable input ends it with its reason. */
export function endOnBrokenStreams(command: Command): void {
  process.stdout.on('error', (error) => {
    endFor(command, error);
  });
}

/** Ends the command for an error of the system, such as a full disk. @throws any other error */
export function endFor(command: Command, error: unknown): never {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) throw error;
  if (code === 'EPIPE') process.exit(0);
  const what = syscall === 'write' ? 'the output could not be written' : 'the input could not be read';
  command.error(`error: ${what}: ${(error as Error).message}`);
}
