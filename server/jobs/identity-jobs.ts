import type { Identity } from '../identity/index.ts';
import type { Job } from './job.ts';

/** What signing in needs from time to time. */
export function identityJobs(identity: Pick<Identity, 'sendWaitingCodes' | 'forgetOld'>): readonly Job[] {
  return [
    {
      // Each process hands its own on at once; this is for one that died in between.
      name: 'one-time-codes',
      everySeconds: 5,
      run: () => identity.sendWaitingCodes(),
    },
    {
      name: 'sign-ins-forgotten',
      everySeconds: 10 * 60,
      run: (now) => identity.forgetOld(now),
    },
  ];
}
