import type {
  DependantFacts,
  Reason,
  StandingAnswer,
  StandingOutcome,
} from '../clauses/treatment-entitlement/asked.ts';
import type { Dependant, Insured, Links, Pensioner, Person, Principal, Standing, StandingClass } from '../facts.ts';
import { plusDays } from '../words/day.ts';
import type { On } from '../words/on.ts';
import type { Minutes } from './minutes.ts';
import type { Hearing, Question } from './question.ts';
import { treatmentEntitlement as law } from './questions.ts';

/** What one standing gives its holder on a day. */
export type StandingJudgement = {
  readonly class: StandingClass;
  readonly outcome: StandingOutcome | 'NEEDS_FACTS';
  readonly reasons: readonly Reason[];
  /** Names of the facts without which nothing can be said. */
  readonly needs: readonly string[];
  readonly index: number;
  readonly heard: Pick<Hearing<never, StandingAnswer>, 'speak' | 'speakOfDoubts'>;
  /** Through these standings of the principal. */
  readonly through: readonly StandingJudgement[];
};

/** What all standings together give; `acting` are those on which the outcome rests. */
export type PersonJudgement = {
  readonly outcome: StandingJudgement['outcome'];
  readonly acting: readonly StandingJudgement[];
};

const rankOfClass = { insured: 0, pensioner: 1, dependant: 2 } as const satisfies Record<StandingClass, number>;

const rankOfOutcome = {
  ENTITLED: 0,
  REFER_CURRENT_PROCEDURE: 1,
  NEEDS_FACTS: 2,
  NOT_ENTITLED: 3,
} as const satisfies Record<StandingJudgement['outcome'], number>;

const nobody: readonly StandingJudgement[] = [];
const nothing: readonly never[] = [];

/** One standing that entitles is enough; else one that refers; else one that needs facts (T-04). */
export function judgeStandings(person: Person, links: Links, on: On): PersonJudgement {
  let outcome: StandingJudgement['outcome'] = 'NOT_ENTITLED';
  const judged: StandingJudgement[] = [];
  for (const standing of person.standings) {
    const judgement = judgeStanding(standing, judged.length, person, links, on);
    if (rankOfOutcome[judgement.outcome] < rankOfOutcome[outcome]) outcome = judgement.outcome;
    judged.push(judgement);
  }
  const acting = judged.length === 1 ? judged : judged.filter((judgement) => judgement.outcome === outcome);
  if (outcome === 'ENTITLED' && acting.length > 1) {
    acting.sort((one, other) => rankOfClass[one.class] - rankOfClass[other.class]);
  }
  return { outcome, acting };
}

/** Writes down what was said about a standing, and about the principal's before it. */
export function speakOf(judgement: StandingJudgement, minutes: Minutes): void {
  for (const ofPrincipal of judgement.through) speakOf(ofPrincipal, minutes);
  if (judgement.outcome === 'NEEDS_FACTS') judgement.heard.speakOfDoubts('gives', minutes);
  else judgement.heard.speak('gives', minutes);
}

function judgeStanding(standing: Standing, index: number, person: Person, links: Links, on: On): StandingJudgement {
  if (standing.class !== 'dependant') return judgeOwnStanding(standing, index, on);
  const ofPrincipal = judgePrincipal(standing.principal, on);
  const entitling = ofPrincipal.find((judged) => judged.outcome === 'ENTITLED');
  const facts = dependantFacts(standing, person, links, entitling !== undefined);
  const judgement = judged(
    'dependant',
    law.dependant[standing.relation],
    facts,
    on,
    index,
    entitling === undefined ? ofPrincipal : [entitling],
  );
  if (entitling !== undefined || judgement.reasons[0] !== 'PRINCIPAL_NOT_ENTITLED') return judgement;
  return { ...judgement, reasons: [...judgement.reasons, ...ofPrincipal.flatMap(({ reasons }) => reasons)] };
}

function judgeOwnStanding(standing: Insured | Pensioner, index: number, on: On): StandingJudgement {
  if (standing.class === 'pensioner') return judged('pensioner', law.pensioner, standing, on, index, nobody);
  switch (standing.basis) {
    case 'compulsory':
      return judged('insured', law.compulsory, standing, on, index, nobody);
    case 'voluntary':
    case 'selfEmployed':
      return judged('insured', law.contract, standing, on, index, nobody);
    case 'unemploymentBenefit':
      return judged('insured', law.unemploymentBenefit, standing, on, index, nobody);
  }
}

/** After death the principal's standings are looked at on the day before it: who entitled then carries the survivors. */
function judgePrincipal({ diedOn, standings }: Principal, on: On): readonly StandingJudgement[] {
  const lookedAt = diedOn !== null && on.isNotBefore(diedOn) ? on.lookingBackTo(plusDays(diedOn, -1)) : on;
  return standings.map((standing, index) => judgeOwnStanding(standing, index, lookedAt));
}

function dependantFacts(standing: Dependant, person: Person, links: Links, principalEntitled: boolean): DependantFacts {
  return {
    relation: standing.relation,
    birthDate: person.birthDate,
    endedOn: standing.endedOn,
    maintained: standing.maintained,
    disabled: standing.disabled,
    married: standing.married,
    employed: standing.employed,
    ownPension: standing.ownPension,
    studyCertificateUntil: standing.studyCertificateUntil,
    idSightedOn: standing.idSightedOn,
    msrt: links.msrt,
    sabtAsnad: links.sabtAsnad,
    principalDiedOn: standing.principal.diedOn,
    principalEntitled,
  };
}

function judged<Facts extends object>(
  ofClass: StandingClass,
  question: Question<Facts, StandingAnswer>,
  facts: Facts,
  on: On,
  index: number,
  through: readonly StandingJudgement[],
): StandingJudgement {
  const heard = question.hear(facts, on);
  const needs = heard.unknownFor('gives');
  if (needs.length > 0)
    return { class: ofClass, outcome: 'NEEDS_FACTS', reasons: nothing, needs, index, heard, through };
  const { outcome, reasons } = heard.get('gives');
  return { class: ofClass, outcome, reasons, needs: nothing, index, heard, through };
}
