import type { Edition } from '../edition.ts';
import { Unknown } from '../words/answer.ts';
import type { ClauseId } from '../words/clause-id.ts';
import type { Clause } from '../words/clause.ts';
import type { On } from '../words/on.ts';
import type { Minutes } from './minutes.ts';

/** The law contradicts itself, or is silent, where it must answer: a fault in the clauses, never in a case. */
export class LawFault extends Error {
  override readonly name = 'LawFault';
}

const mostClauses = 30;
const noFacts: readonly string[] = [];

function namesOf(clauses: readonly { readonly cite: ClauseId }[]): string {
  return clauses.map((clause) => clause.cite).join(', ');
}

/** The clauses over which a clause prevails: those it is an exception to, and those that they prevail over. */
function overcome<Facts, Then>(clause: Clause<Facts, Then>): ReadonlySet<Clause<Facts, Then>> {
  return new Set(clause.exceptionTo.flatMap((general) => [general, ...overcome(general)]));
}

/** For each clause, as bits, the clauses of the same question over which it prevails. */
function defeatsOf<Facts, Then>(clauses: readonly Clause<Facts, Then>[]): readonly number[] {
  return clauses.map((clause) => {
    const beaten = overcome(clause);
    return clauses.reduce((bits, other, index) => (beaten.has(other) ? bits | (1 << index) : bits), 0);
  });
}

/** The place of the clause on which a clause rests; -1 where it rests on none. */
function basisOf<Facts, Then>(
  clause: Clause<Facts, Then>,
  index: number,
  clauses: readonly Clause<Facts, Then>[],
): number {
  if (clause.restsOn === undefined) return -1;
  const basis = clauses.indexOf(clause.restsOn);
  if (basis === -1 || basis > index)
    throw new LawFault(`${clause.cite} rests on ${clause.restsOn.cite}, which does not stand before it`);
  return basis;
}

/**
 * One question to the law, and the clauses that may answer it: general rules, and named exceptions to them. A clause may
 * answer in several respects (the keys of `Then`).
 */
export class Question<Facts, Then extends object> {
  readonly clauses: readonly Clause<Facts, Then>[];
  readonly #defeats: readonly number[];
  readonly #restsOn: readonly number[];
  readonly #answering = new Map<keyof Then, number>();
  /** What was found to prevail before, by respect and by the clauses that hold: the same few come again and again. */
  readonly #prevailing = new Map<keyof Then, Map<number, Clause<Facts, Then>>>();
  readonly #inForce = new WeakMap<Edition, number>();
  #lastEdition: Edition | undefined;
  #lastInForce = 0;

  /** @param clauses a clause stands after the one on which it rests */
  constructor(clauses: readonly Clause<Facts, Then>[]) {
    if (clauses.length > mostClauses)
      throw new LawFault(`a question has room for ${String(mostClauses)} clauses: ${namesOf(clauses)}`);
    this.clauses = clauses;
    this.#defeats = defeatsOf(clauses);
    this.#restsOn = clauses.map(basisOf);
    clauses.forEach((clause, index) => {
      for (const respect of Object.keys(clause.then) as (keyof Then)[]) {
        this.#answering.set(respect, (this.#answering.get(respect) ?? 0) | (1 << index));
      }
    });
  }

  /** Asks every clause in force whether it holds. */
  hear(facts: Facts, on: On): Hearing<Facts, Then> {
    const inForce = this.#inForceUnder(on.edition);
    let holding = 0;
    let doubtful = 0;
    let needs = noFacts;
    for (let index = 0; index < this.clauses.length; index += 1) {
      const clause = this.clauses[index];
      if (clause === undefined || (inForce & (1 << index)) === 0) continue;
      const basis = this.#restsOn[index] ?? -1;
      if (basis !== -1 && (holding & (1 << basis)) === 0) continue;
      const answer = clause.when(facts, on);
      if (answer === true) holding |= 1 << index;
      else if (answer instanceof Unknown) {
        doubtful |= 1 << index;
        needs = [...needs, ...answer.facts];
      }
    }
    return new Hearing(this, facts, on, holding, doubtful, needs);
  }

  /**
   * The clause that prevails among `holding` in one respect: the one left when every clause has been struck out over which
   * another prevails.
   * @throws LawFault where two are left, or none
   */
  prevailing(respect: keyof Then, holding: number): Clause<Facts, Then> {
    const answered = this.#prevailing.get(respect)?.get(holding);
    if (answered !== undefined) return answered;
    const left = this.undefeated(respect, holding, holding);
    const clause = this.clauses[31 - Math.clz32(left)];
    if (clause === undefined || (left & (left - 1)) !== 0) {
      const names = namesOf(this.clauses.filter((_, index) => (left & (1 << index)) !== 0));
      throw new LawFault(
        `${String(respect)}: ${names === '' ? 'no clause answers' : `${names} hold together, and neither prevails`}`,
      );
    }
    const known = this.#prevailing.get(respect) ?? new Map<number, Clause<Facts, Then>>();
    this.#prevailing.set(respect, known.set(holding, clause));
    return clause;
  }

  /** Of the clauses `among` that answer in this respect, those over which none of the clauses `holding` in it prevails. */
  undefeated(respect: keyof Then, among: number, holding: number): number {
    const answering = this.#answering.get(respect) ?? 0;
    let left = among & answering;
    for (let rest = holding & answering; rest !== 0; rest &= rest - 1) {
      left &= ~(this.#defeats[31 - Math.clz32(rest & -rest)] ?? 0);
    }
    return left;
  }

  #inForceUnder(edition: Edition): number {
    if (edition === this.#lastEdition) return this.#lastInForce;
    let mask = this.#inForce.get(edition);
    if (mask === undefined) {
      mask = this.clauses.reduce((bits, clause, index) => (edition.hasInForce(clause) ? bits | (1 << index) : bits), 0);
      this.#inForce.set(edition, mask);
    }
    this.#lastEdition = edition;
    this.#lastInForce = mask;
    return mask;
  }
}

/** A question heard: which clauses hold for these facts on this day, and which would need facts that are unknown. */
export class Hearing<Facts, Then extends object> {
  readonly question: Question<Facts, Then>;
  readonly facts: Facts;
  readonly on: On;
  /** The clauses, as bits. */
  readonly holding: number;
  readonly doubtful: number;
  readonly needs: readonly string[];

  constructor(
    question: Question<Facts, Then>,
    facts: Facts,
    on: On,
    holding: number,
    doubtful: number,
    needs: readonly string[],
  ) {
    this.question = question;
    this.facts = facts;
    this.on = on;
    this.holding = holding;
    this.doubtful = doubtful;
    this.needs = needs;
  }

  /** The facts that are needed before it can be said which clause prevails; none where it can. */
  unknownFor(respect: keyof Then): readonly string[] {
    if (this.doubtful === 0 || this.question.undefeated(respect, this.doubtful, this.holding) === 0) return noFacts;
    return this.needs;
  }

  prevailing(respect: keyof Then): Clause<Facts, Then> {
    return this.question.prevailing(respect, this.holding);
  }

  /** What the clause says that prevails. */
  get<Respect extends keyof Then>(respect: Respect): Required<Then>[Respect] {
    return this.prevailing(respect).then[respect];
  }

  /** The clause that prevails speaks, and is written down. */
  speak(respect: keyof Then, minutes: Minutes): void {
    minutes.write(this.prevailing(respect), this.facts, this.on);
  }

  /** The clauses that would need facts, and over which none of those that hold prevails, say so. */
  speakOfDoubts(respect: keyof Then, minutes: Minutes): void {
    const left = this.question.undefeated(respect, this.doubtful, this.holding);
    this.question.clauses.forEach((clause, index) => {
      if ((left & (1 << index)) !== 0) minutes.write(clause, this.facts, this.on);
    });
  }

  answer<Respect extends keyof Then>(respect: Respect, minutes: Minutes): Required<Then>[Respect] {
    this.speak(respect, minutes);
    return this.get(respect);
  }
}
