import type { Book } from '../book.ts';
import type { AskerFacts, Reason } from '../clauses/treatment-entitlement/asked.ts';
import type { EntitlementDecision, EntitlementOutcome, ReasonCategory } from '../decision.ts';
import type { EntitlementCase, OtherCover, Person, StandingClass } from '../facts.ts';
import type { OverlapRank, OverlapTable } from '../parameters/continuation.ts';
import { endOfTime, isoDay, plusDays, type Day } from '../words/day.ts';
import { On } from '../words/on.ts';
import { Minutes } from './minutes.ts';
import { treatmentEntitlement as law } from './questions.ts';
import { judgeStandings, speakOf, type PersonJudgement, type StandingJudgement } from './standings.ts';

/** What is answered, before it is cut to what this asker is told. */
type Answer = {
  readonly outcome: EntitlementOutcome;
  readonly reasons: readonly Reason[];
  readonly acting: readonly StandingJudgement[];
  readonly actingClass: StandingClass | null;
  readonly entitledUntil: Day | null;
  readonly endedOn: Day | null;
};

const nothingElse = { reasons: [], acting: [], actingClass: null, entitledUntil: null, endedOn: null } as const;

/** Hears a case of the treatment entitlement (T). */
export function hearEntitlement(
  facts: EntitlementCase,
  book: Book,
): { decision: EntitlementDecision; minutes: Minutes } {
  const minutes = new Minutes();
  const asker = askerFacts(facts);
  const admitted = law.admission
    .hear(asker, On.day(facts.on, book.treatmentEntitlement.on(facts.on)))
    .answer('admits', minutes);
  const answer = admitted === 'yes' ? judge(facts, book, minutes) : { ...nothingElse, outcome: admitted };
  return { decision: told(facts, asker, book, minutes, answer), minutes };
}

/** The contract of one who does not ask as a provider is not looked at. */
function askerFacts({ asker, provider }: EntitlementCase): AskerFacts {
  if (asker !== 'provider' || provider === null) {
    return { asker, ownership: null, contractFrom: null, contractUntil: null, suspended: false };
  }
  const { ownership, contractFrom, contractUntil, suspended } = provider;
  return { asker, ownership, contractFrom, contractUntil, suspended };
}

/** The person, the standings, and for inpatients the overlap with other insurers. */
function judge(facts: EntitlementCase, book: Book, minutes: Minutes): Answer {
  const { person, links, asker } = facts;
  const on = On.day(facts.on, book.treatmentEntitlement.on(facts.on));
  const living = law.life.hear(person, On.day(facts.on, on.edition));
  if (!living.get('lives')) {
    living.speak('lives', minutes);
    const endedOn = asker === 'self' ? findLastEntitledDay(facts, book, plusDays(person.diedOn ?? facts.on, -1)) : null;
    return { ...nothingElse, outcome: 'NOT_ENTITLED', reasons: ['DECEASED'], endedOn };
  }
  const judgement = judgeStandings(person, links, on);
  const { outcome, acting } = judgement;
  if (outcome === 'ENTITLED') {
    return afterOverlap(facts, on, minutes, judgement, asker === 'self' ? findEndOfEntitlement(facts, book, on) : null);
  }
  const reasons = acting.flatMap((standing) => standing.reasons);
  if (outcome === 'NOT_ENTITLED') {
    const endedOn = asker === 'self' ? findLastEntitledDay(facts, book, plusDays(on.holdsFrom, -1)) : null;
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
  const otherCovers = ranksInForce(person.otherCovers, day, on.figures.overlapTable);
  const { outcome, reasons } = law.overlap.hear({ otherCovers }, on).answer('leaves', minutes);
  const until = outcome === 'NOT_ENTITLED' ? null : entitledUntil;
  return { outcome, reasons, acting, actingClass, entitledUntil: until, endedOn: null };
}

function ranksInForce(covers: Person['otherCovers'], day: Day, table: OverlapTable): readonly OverlapRank[] | null {
  if (covers === null || covers === 'unavailable') return null;
  const inForce = covers.filter(({ from, until }) => from <= day && (until === null || day <= until));
  return inForce.map(({ insurer, fund }: OtherCover) => table[`${insurer}/${fund ?? ''}`] ?? table['*'] ?? 'elect');
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

const categories: Readonly<Partial<Record<Reason, ReasonCategory>>> = {
  SON_AGE_NO_CERT: 'DOCUMENT_MISSING',
  DAUGHTER_NO_ID_SIGHT: 'DOCUMENT_MISSING',
  OVERLAP_OTHER_INSURER: 'OTHER_INSURER',
  ELECTION_REQUIRED: 'OVERLAP_PENDING',
  OVERLAP_UNCHECKED: 'OVERLAP_PENDING',
};

function categoryOf(reason: Reason): ReasonCategory {
  return categories[reason] ?? 'NOT_COVERED';
}

function withoutRepetition<T>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...new Set(items)];
}

/** Cuts the answer to what this asker is told (T-24, T-25, T-38). */
function told(
  facts: EntitlementCase,
  asker: AskerFacts,
  book: Book,
  minutes: Minutes,
  answer: Answer,
): EntitlementDecision {
  const telling = law.telling.hear(asker, On.day(facts.on, book.treatmentEntitlement.on(facts.on)));
  const tells = telling.get('tells');
  const { outcome, reasons, acting, actingClass, entitledUntil, endedOn } = answer;
  for (const standing of acting) if (tells !== 'minimum' || namesADocument(standing)) speakOf(standing, minutes);
  if (tells !== 'all' || entitledUntil !== null || endedOn !== null) telling.speak('tells', minutes);
  const { caseId, setting } = facts;
  const day = isoDay(facts.on);
  const clauses = minutes.cites();
  const lawVersion = book.version;
  if (tells === 'minimum') {
    const categoriesTold = withoutRepetition(reasons.map(categoryOf));
    return { kind: 'entitlement', caseId, outcome, on: day, setting, reasons: categoriesTold, clauses, lawVersion };
  }
  const reasonsTold = withoutRepetition(reasons);
  const needs = acting.flatMap((standing) =>
    standing.needs.map((fact) => `/person/standings/${String(standing.index)}/${fact}`),
  );
  if (tells === 'withoutDates') {
    return {
      kind: 'entitlement',
      caseId,
      outcome,
      on: day,
      setting,
      reasons: reasonsTold,
      clauses,
      lawVersion,
      actingClass,
      needs,
    };
  }
  return {
    kind: 'entitlement',
    caseId,
    outcome,
    on: day,
    setting,
    reasons: reasonsTold,
    clauses,
    lawVersion,
    actingClass,
    needs,
    entitledUntil: entitledUntil === null ? null : isoDay(entitledUntil),
    endedOn: endedOn === null ? null : isoDay(endedOn),
  };
}

/** Of the clauses about a person, a provider hears those that say which document is missing. */
function namesADocument({ reasons }: StandingJudgement): boolean {
  return reasons.some((reason) => categoryOf(reason) === 'DOCUMENT_MISSING');
}
