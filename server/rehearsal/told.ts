import { hijriDate, type Day } from '@estehqaq/law';
import { invariants, type Invariant } from './invariants.ts';
import type { Rehearsal } from './rehearse.ts';
import type { MonthTally } from './tally.ts';

/** A Solar Hijri day as people write it: 1398/08/01. */
export function dayText(day: Day): string {
  const { year, month, day: ofMonth } = hijriDate(day);
  return [year, String(month).padStart(2, '0'), String(ofMonth).padStart(2, '0')].join('/');
}

export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const barWidth = 40;

/** One line a month: how many persons are entitled at its end, as a bar, and how many applications came. */
export function drawMonths(months: readonly MonthTally[]): readonly string[] {
  const most = Math.max(1, ...months.map(({ entitled }) => entitled));
  return months.map(({ month, entitled, applications, paid, lapsed }) => {
    const bar = '█'.repeat(Math.round((entitled / most) * barWidth)).padEnd(barWidth, '·');
    const came = String(sumOf(applications)).padStart(6);
    return `${month}  ${bar} ${String(entitled).padStart(7)} ${came} ${String(lapsed).padStart(6)} ${inRials(paid).padStart(18)}`;
  });
}

export function inRials(amount: bigint): string {
  return amount.toLocaleString('en');
}

const shownBreaches = 50;

/** What happened, for a terminal. */
export function linesOf(rehearsal: Rehearsal): readonly string[] {
  const { from, to, households, seed, faults, months, totals, killed, refused, breaches, seconds, isWhole } = rehearsal;
  const counts = (all: readonly { readonly name: string; readonly count: number }[]): string =>
    all.length === 0 ? 'none' : all.map(({ name, count }) => `${name} ${count}`).join(', ');
  const named = Object.entries(invariants).map(([name, says]) => {
    const found = breaches.filter(({ invariant }) => invariant === (name as Invariant)).length;
    return found === 0 ? `  holds   ${says}` : `  BROKEN  ${says}: ${found}`;
  });
  return [
    `${dayText(from)} to ${dayText(to)}, ${households} made-up households, seed ${seed}, ${faults ? 'with' : 'without'} faults`,
    ...(isWhole ? [] : ['ended early: what follows is what happened up to then']),
    '',
    `${'month'.padEnd(7)}  ${'persons entitled at its end'.padEnd(barWidth)} ${'persons'.padStart(7)} ${'came'.padStart(6)} ${'lapsed'.padStart(6)} ${'paid (rial)'.padStart(18)}`,
    ...drawMonths(months),
    '',
    'by regime and group: number, payable, share of the state (rial)',
    ...totals.byRegimeAndGroup.map(
      ({ name, count, payable, stateShare }) =>
        `  ${name.padEnd(28)} ${String(count).padStart(7)} ${inRials(payable).padStart(20)} ${inRials(stateShare).padStart(20)}`,
    ),
    '',
    `applications: ${counts(totals.byState)}`,
    `bills: ${counts(totals.bills)}`,
    `payments: ${counts(totals.payments)}`,
    `to give back: ${totals.refunds.count}, ${inRials(totals.refunds.amount)} rial`,
    `deciles 8 to 10: ${counts(totals.deciles)}`,
    `notices: ${counts(totals.notices)}`,
    `refused: ${counts(refused.map(([name, count]) => ({ name, count })))}`,
    `workers killed: ${killed}`,
    '',
    'what must hold:',
    ...named,
    ...breaches.slice(0, shownBreaches).map(({ invariant, day, detail }) => `  ${day} ${invariant}: ${detail}`),
    ...(breaches.length > shownBreaches ? [`  and ${breaches.length - shownBreaches} more`] : []),
    '',
    `${seconds.toFixed(0)} seconds`,
  ];
}
