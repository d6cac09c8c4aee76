import { runStandIn, type StandIn } from './stand-in.ts';
import type { CoverAnswer } from './other-insurers.ts';

const open = { from: '2018-03-21', until: null } as const;

/** By the national id's last but one digit: seven in ten have no other cover, and each row of the overlap table occurs. */
const covers: Readonly<Record<string, readonly CoverAnswer[]>> = {
  '7': [{ insurer: 'ihio', fund: 'rural', ...open }],
  '8': [{ insurer: 'armedForces', fund: null, ...open }],
  '9': [{ insurer: 'ihio', fund: 'employees', ...open }],
};

export const otherInsurersStandIn: StandIn = {
  name: 'other-insurers',
  answers: { '/covers': (nationalId) => ({ covers: covers[nationalId.at(-2) ?? ''] ?? [] }) },
};

if (import.meta.main) await runStandIn(otherInsurersStandIn);
