import type { Payments } from '../contributions/index.ts';
import type { Log } from '../platform/index.ts';
import type { Job } from './job.ts';

const minute = 60;
const atOnce = 100;

/** What payments need from time to time: nothing of it depends on a browser coming back. */
export function paymentJobs(
  payments: Pick<Payments, 'verifyPending' | 'compareUnverified' | 'expireBills' | 'refundsDue'>,
  log: Pick<Log, 'info' | 'warn'>,
): readonly Job[] {
  return [
    {
      name: 'payments-pending',
      everySeconds: 10,
      run: async (now, signal) => {
        // What is looked after is due later: a full part means that there may be more.
        while ((await payments.verifyPending(now, atOnce)) === atOnce) signal.throwIfAborted();
      },
    },
    {
      name: 'payments-unverified',
      everySeconds: 10 * minute,
      run: async () => {
        const compared = await payments.compareUnverified();
        if (compared === undefined) log.warn('the gateway does not say what was paid and not verified');
      },
    },
    {
      name: 'bills-expired',
      everySeconds: 10 * minute,
      run: async (now, signal) => {
        while ((await payments.expireBills(now, atOnce)) === atOnce) signal.throwIfAborted();
      },
    },
    {
      name: 'refunds-due',
      everySeconds: 60 * minute,
      run: async () => {
        const { count, oldestAt } = await payments.refundsDue();
        if (count > 0) log.warn({ count, oldestAt }, 'money that staff are to give back');
      },
    },
  ];
}
