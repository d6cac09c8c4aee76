import { ConfigurationInvalid } from '../../config.ts';
import { Fault } from '../../platform/index.ts';

const notDone = 3;

/** What is in the way and what to do, in one line; a stack is for mistakes of our own. */
export function reportFault(error: unknown): void {
  if (!(error instanceof Fault || error instanceof ConfigurationInvalid)) throw error;
  process.stderr.write(`estehqaq: ${error.message} (${error.code})\n`);
  process.exitCode = notDone;
}
