import { openDatabase, type OpenOptions } from '../index.ts';
import { findFaultCode } from '../sqlstate.ts';

/** A program for the tests: opens a database, says so in a line of JSON, and serves until it is told to end. */

const options = JSON.parse(process.argv[2] ?? '{}') as OpenOptions;
const say = (event: object): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`);
};

try {
  const database = await openDatabase({
    ...options,
    onProgress: (step, detail) => {
      say({ step, detail });
    },
  });
  process.once('SIGTERM', () => {
    void database.close().then(() => process.exit(0));
  });
  say({ ready: database.describe() });
} catch (error) {
  say({ fault: findFaultCode(error), message: (error as Error).message });
  process.exitCode = 1;
}
