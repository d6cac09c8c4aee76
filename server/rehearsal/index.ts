/* The door of the rehearsal: two years of the mandatory insurance on a handed-in clock, with people and machines that fail. */

export { invariants, type Breach, type Invariant } from './invariants.ts';
export { rehearse, type Rehearsal, type RehearsalOptions } from './rehearse.ts';
export { reportOf } from './report.ts';
export { dayText, linesOf } from './told.ts';
