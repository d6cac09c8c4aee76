import { runStandIn, type StandIn } from './stand-in.ts';

/** By the number: those that end in 00000 are somebody else's by now; every other one belongs to whoever is named. */
export const shahkarStandIn: StandIn = {
  name: 'shahkar',
  answers: {
    '/inquiry/mobile/owner/v2': (_nationalId, { mobileNumber }) => ({
      isMatched: typeof mobileNumber === 'string' && !mobileNumber.endsWith('00000'),
      responseContext: { status: { code: 0, message: 'stand-in' } },
    }),
  },
};

if (import.meta.main) await runStandIn(shahkarStandIn);
