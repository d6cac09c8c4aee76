import type { Book } from '../book.ts';
import type { Group, Regime } from '../clauses/mandatory-insurance/asked.ts';
import {
  daysOfJoining,
  premiumOfJoining,
  waitsAfterJoining,
  type JoinedCover,
} from '../clauses/mandatory-insurance/joining.ts';
import type { ClauseId } from '../words/clause-id.ts';
import type { EnrolmentDecision } from '../decision.ts';
import { invalidCase, type InvalidCase } from '../facts/read-case.ts';
import type { EnrolmentCase } from '../facts.ts';
import { later, type Day } from '../words/day.ts';
import { hearEnrolment } from './enrolment.ts';

/** What a household's decision says of the cover that somebody joins, and from which day the premium is reckoned. */
export type JoinedHousehold = JoinedCover & {
  readonly regime: Regime;
  readonly group: Group | null;
  readonly reckonedOn: Day;
};

const always: readonly ClauseId[] = ['M-28', 'M-30', 'M-31'];

/**
 * Members who join a household that is covered (M-31): whether they can is decided as of every household; what they pay,
 * whether they wait and until when they are covered goes by the household's own decision.
 * @param facts with the whole household; who is covered already has that cover as base cover
 */
export function decideJoining(
  facts: EnrolmentCase,
  joined: JoinedHousehold,
  book: Book,
): EnrolmentDecision | InvalidCase {
  const { requestedOn, paidOn } = facts;
  if ((paidOn ?? requestedOn) > joined.until) {
    return invalidCase(facts.caseId, { path: '/paidOn', message: 'expected a day of the cover that is joined' });
  }
  const asked = { ...facts, route: 'selfDeclared', meansTest: null, lostCover: null, renewal: null } as const;
  const { decision } = hearEnrolment(asked, book);
  if ('error' in decision || decision.outcome !== 'TERMS') return decision;
  const joining = facts.members.filter(({ id }) => decision.members.some((member) => member.id === id));
  const { payable, stateShare } = premiumOfJoining(joined, {
    members: joining.length,
    reckonedOn: joined.reckonedOn,
  });
  const isFree = joined.payablePercent === 0;
  const settledOn = isFree ? later(requestedOn, joined.reckonedOn) : paidOn;
  const { waitingDays } = book.mandatoryInsurance.on(requestedOn).figures;
  const nobody = { coverFrom: null, coverUntil: null, entitledFrom: null };
  const elsewhere = decision.notices.includes('MEMBER_ALREADY_COVERED');
  return {
    ...decision,
    regime: joined.regime,
    group: joined.group,
    payablePercent: joined.payablePercent,
    payable,
    stateShare,
    perCapitaMonthly: joined.perCapitaMonthly,
    termMonths: joined.termMonths,
    members: joining.map((member) => {
      const waits = waitsAfterJoining(joined, member, waitingDays);
      const days = settledOn === null ? nobody : daysOfJoining(settledOn, joined, waits);
      return { id: member.id, waitingDays: waits, ...days };
    }),
    notices: elsewhere ? ['MEMBER_ALREADY_COVERED'] : [],
    clauses: [...(elsewhere ? (['M-03'] as const) : []), ...(isFree ? (['M-24'] as const) : []), ...always].toSorted(),
  };
}
