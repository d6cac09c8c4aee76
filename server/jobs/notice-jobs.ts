import type { NoticeSender } from '../notices/index.ts';
import type { Job } from './job.ts';

const atOnce = 200;

/**
 * What was said in some transaction goes out: within seconds, for a one-time code is waited for.
 * @param sender absent where there is nothing to send over
 */
export function noticeJobs(sender: Pick<NoticeSender, 'sendDue'> | undefined): readonly Job[] {
  if (sender === undefined) return [];
  return [
    {
      name: 'notices-due',
      everySeconds: 2,
      run: async (now, signal) => {
        while ((await sender.sendDue(now, atOnce)).claimed === atOnce) signal.throwIfAborted();
      },
    },
  ];
}
