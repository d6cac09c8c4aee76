import { writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const reportTo = 3;

/** Loaded into a measured process: tells its peak memory with all its threads, in kilobytes, when it ends. */
if (isMainThread) {
  process.on('exit', () => {
    writeSync(reportTo, String(process.resourceUsage().maxRSS));
  });
}
