import {
  escalateOverdue,
  fetchResults,
  followDeciles,
  sendInquiries,
  type MeansTestParts,
  type OnUnpaid,
} from '../enrolment/index.ts';
import type { Log } from '../platform/index.ts';
import type { Job } from './job.ts';

const minute = 60;
const atOnce = 500;

/** What the means test needs from time to time. @param onUnpaid what follows where deciles 8 to 10 do not pay (M-59) */
export function meansTestJobs(
  parts: MeansTestParts,
  { onUnpaid, log }: { readonly onUnpaid: OnUnpaid; readonly log: Pick<Log, 'warn'> },
): readonly Job[] {
  return [
    {
      name: 'means-test-inquiries',
      everySeconds: 10,
      run: async (now, signal) => {
        for (let seen = atOnce; seen >= atOnce;) {
          signal.throwIfAborted();
          const { sent, refused } = await sendInquiries(parts, now, atOnce);
          if (refused > 0) log.warn({ refused }, 'inquiries that the ministry does not take');
          seen = sent + refused;
        }
      },
    },
    {
      name: 'means-test-results',
      everySeconds: 10,
      run: async (now) => {
        const { contradictory, unmatched } = await fetchResults(parts, now, atOnce);
        if (contradictory + unmatched > 0) log.warn({ contradictory, unmatched }, 'results that were not taken');
      },
    },
    {
      name: 'means-test-overdue',
      everySeconds: 30 * minute,
      run: async (_now, signal) => {
        while ((await escalateOverdue(parts, atOnce)) >= atOnce) signal.throwIfAborted();
      },
    },
    {
      name: 'deciles-8-to-10',
      everySeconds: 10 * minute,
      run: async (now, signal) => {
        while ((await followDeciles({ ...parts, onUnpaid }, now, atOnce)) === atOnce) signal.throwIfAborted();
      },
    },
  ];
}
