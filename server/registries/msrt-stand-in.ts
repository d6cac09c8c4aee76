import { runStandIn, type StandIn } from './stand-in.ts';

const lastDay = '2029-09-22';

/** By the national id's last but one digit: half of the people study. */
export const msrtStandIn: StandIn = {
  name: 'msrt',
  answers: { '/students': (nationalId) => ({ studentUntil: Number(nationalId.at(-2)) < 5 ? lastDay : null }) },
};

if (import.meta.main) await runStandIn(msrtStandIn);
