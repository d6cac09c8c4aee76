import { AttemptSpool } from './attempt-spool.ts';
import { attempts } from './testing-attempts.ts';

/* For tests: a process that keeps attempts, says so, and waits to be killed. */

const [folder = '', count = '0', first = '0'] = process.argv.slice(2);
new AttemptSpool(folder, (error) => {
  throw error;
}).keep(attempts(Number(count), Number(first)));
process.stdout.write('kept\n');
setInterval(() => undefined, 60_000);
