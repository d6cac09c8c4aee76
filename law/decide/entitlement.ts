import type { Book } from '../book.ts';
import type { AskerFacts, Reason } from '../clauses/treatment-entitlement/asked.ts';
import type { EntitlementDecision, EntitlementOutcome, FullDecision } from '../decision.ts';
import type { EntitlementCase, Person, StandingClass } from '../facts.ts';
import { endOfTime, isoDay, plusDays, type Day } from '../words/day.ts';
import { On } from '../words/on.ts';
import { Minutes } from './minutes.ts';
import { treatmentEntitlement as law } from './questions.ts';
import { judgeStandings, speakOf, type PersonJudgement, type StandingJudgement } from './standings.ts';
import { tellTo, withoutRepetition } from './telling.ts';

/** What is answered about the person. */
type Answer = {
  readonly outcome: EntitlementOutcome;
  readonly reasons: readonly Reason[];
  readonly acting: readonly StandingJudgement[];
  readonly actingClass: StandingClass | null;
  readonly entitledUntil: Day | null;
  readonly endedOn: Day | null;
};

const nothingElse = {
  reasons: [],
  needs: [],
  acting: [],
  actingClass: null,
  entitledUntil: null,
  endedOn: null,
} as const;

/** Hears a case of the treatment entitlement (T). */
export function hearEntitlement(
  facts: EntitlementCase,
  book: Book,
): { decision: EntitlementDecision; minutes: Minutes } {
  const { full, minutes } = judgeInFull(facts, book, facts.asker === 'self');
  return { decision: tellTo(facts.asker, full, book, minutes), minutes };
}

/**
 * The whole decision, of which each asker is told a part.
 * @param withDates whether the end of the entitlement is looked for; else both dates are null
 */
export function judgeInFull(
  facts: EntitlementCase,
  book: Book,
  withDates = true,
): { full: FullDecision; minutes: Minutes } {
  const minutes = new Minutes();
  const admission = law.admission.hear(contractFacts(facts), On.day(facts.on, book.treatmentEntitlement.on(facts.on)));
  const admitted = admission.answer('admits', minutes);
  const answer = admitted === 'yes' ? judge(facts, book, minutes, withDates) : { ...nothingElse, outcome: admitted };
  for (const standing of answer.acting) speakOf(standing, minutes);
  const { entitledUntil, endedOn, acting } = answer;
  const full: FullDecision = {
    kind: 'entitlement',
    caseId: facts.caseId,
    outcome: answer.outcome,
    on: isoDay(facts.on),
    setting: facts.setting,
    reasons: withoutRepetition(answer.reasons),
    clauses: minutes.cites(),
    lawVersion: book.version,
    actingClass: answer.actingClass,
    needs: answer.outcome === 'NEEDS_FACTS' ? pointersOf(acting) : nothingElse.needs,
    entitledUntil: entitledUntil === null ? null : isoDay(entitledUntil),
    endedOn: endedOn === null ? null : isoDay(endedOn),
  };
  return { full, minutes };
}

/** JSON pointers to the facts without which nothing can be said. */
function pointersOf(acting: readonly StandingJudgement[]): readonly string[] {
  return acting.flatMap(({ needs, index }) => needs.map((fact) => `/person/standings/${String(index)}/${fact}`));
}

/** The contract of one who does not ask as a provider is not looked at. */
function contractFacts({ asker, provider }: EntitlementCase): AskerFacts {
  if (asker !== 'provider' || provider === null) {
    return { asker, ownership: null, contractFrom: null, contractUntil: null, suspended: false };
  }
  const { ownership, contractFrom, contractUntil, suspended } = provider;
  return { asker, ownership, contractFrom, contractUntil, suspended };
}

/** The person, the standings, and for inpatients the overlap with other insurers. */
function judge(facts: EntitlementCase, book: Book, minutes: Minutes, withDates: boolean): Answer {
  const { person, links } = facts;
  const on = On.day(facts.on, book.treatmentEntitlement.on(facts.on));
  const living = law.life.hear(person, person.diedOn === null ? on : On.day(facts.on, on.edition));
  if (!living.get('lives')) {
    living.speak('lives', minutes);
    const endedOn = withDates ? findLastEntitledDay(facts, book, plusDays(person.diedOn ?? facts.on, -1)) : null;
    return { ...nothingElse, outcome: 'NOT_ENTITLED', reasons: ['DECEASED'], endedOn };
  }
  const judgement = judgeStandings(person, links, on);
  const { outcome, acting } = judgement;
  if (outcome === 'ENTITLED') {
    return afterOverlap(facts, on, minutes, judgement, withDates ? findEndOfEntitlement(facts, book, on) : null);
  }
  const reasons = acting.flatMap((standing) => standing.reasons);
  if (outcome === 'NOT_ENTITLED') {
    const endedOn = withDates ? findLastEntitledDay(facts, book, plusDays(on.holdsFrom, -1)) : null;
    return { outcome, reasons, acting, actingClass: null, entitledUntil: null, endedOn };
  }
  return { outcome, reasons, acting, actingClass: acting[0]?.class ?? null, entitledUntil: null, endedOn: null };
}

/** Outpatient answers stand; for inpatients the covers of other base insurers are looked at (T-18, T-19). */
function afterOverlap(
  { person, setting, on: day }: EntitlementCase,
  on: On,
  minutes: Minutes,
  { acting }: PersonJudgement,
  entitledUntil: Day | null,
): Answer {
  const actingClass = acting[0]?.class ?? null;
  if (setting === 'outpatient') {
    return { outcome: 'ENTITLED', reasons: nothingElse.reasons, acting, actingClass, entitledUntil, endedOn: null };
  }
  const otherCovers = coversInForce(person.otherCovers, day);
  const { outcome, reasons } = law.overlap.hear({ otherCovers }, on).answer('leaves', minutes);
  const until = outcome === 'NOT_ENTITLED' ? null : entitledUntil;
  return { outcome, reasons, acting, actingClass, entitledUntil: until, endedOn: null };
}

function coversInForce(covers: Person['otherCovers'], day: Day): readonly string[] | null {
  if (covers === null || covers === 'unavailable') return null;
  const inForce = covers.filter(({ from, until }) => from <= day && (until === null || day <= until));
  return inForce.map(({ insurer, fund }) => (fund === null ? insurer : `${insurer}/${fund}`));
}

/** The last of the days that are entitled without a gap from the one that `on` judged; absent where there is no end. */
function findEndOfEntitlement({ person, links }: EntitlementCase, book: Book, on: On): Day | null {
  let until = on.holdsUntil;
  while (until < endOfTime) {
    const nextDay = plusDays(until, 1);
    const next = On.day(nextDay, book.treatmentEntitlement.on(nextDay));
    if (judgeStandings(person, links, next).outcome !== 'ENTITLED') return until;
    until = next.holdsUntil;
  }
  return null;
}

/** The last entitled day on or before `latest`, since birth and since the order; absent where there is none. */
function findLastEntitledDay({ person, links }: EntitlementCase, book: Book, latest: Day): Day | null {
  let day = latest;
  while (day >= person.birthDate) {
    const on = On.day(day, book.treatmentEntitlement.on(day));
    if (!on.figures.treatmentEntitlementInForce) return null;
    if (judgeStandings(person, links, on).outcome === 'ENTITLED') return day;
    day = plusDays(on.holdsFrom, -1);
  }
  return null;
}
