import type { Command } from 'commander';

/**
 * Writes to standard output.
 * @returns a promise that is kept when it is written, which is later where the reader is slower
 * @throws the system's error where it cannot be written
 */
export function print(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
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
