import { runStandIn, type StandIn } from './stand-in.ts';

/** By the national id's last but one digit: six unmarried, two married, of two nothing is known. */
export const sabtAsnadStandIn: StandIn = {
  name: 'sabt-asnad',
  answers: {
    '/marriages': (nationalId) => {
      const digit = Number(nationalId.at(-2));
      return { marriage: digit < 6 ? 'unmarried' : digit < 8 ? 'married' : null };
    },
  },
};

if (import.meta.main) await runStandIn(sabtAsnadStandIn);
