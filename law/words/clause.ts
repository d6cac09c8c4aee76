import type { FigureName, Figures } from '../parameters/index.ts';
import type { Answer } from './answer.ts';
import type { ClauseId, Period } from './clause-id.ts';
import type { Words } from './dated.ts';
import type { On } from './on.ts';

/** A sentence of a regulation: its own Persian words, how it is read in English, and what is unclear in it. */
export type Provision = {
  readonly cite: ClauseId;
  readonly fa: string;
  readonly en: string;
  readonly doubts?: readonly string[];
};

/** A rule that the sentence refers to without stating it; `reference` says where it was found. */
export type FoundRule = Words & { readonly reference: Words };

/** A sentence together with the same sentence in code. `Then` is what it says where it holds. */
export type Clause<Facts = never, Then = unknown> = Provision & {
  readonly kind: 'rule';
  readonly rule?: FoundRule;
  /** The days on which it is law; a day between two periods is a gap, of which `suspendedBy` of the earlier names the cause. */
  readonly inForce: readonly Period[];
  /** An act may suspend it for a period: it is known what holds then (docs/parameters.md). */
  readonly suspendable?: true;
  /** It is law on the days for which its clause is suspended, and on no others. */
  readonly speaksWhenSuspended?: true;
  /** It prevails over these clauses where it holds together with one of them. */
  readonly exceptionTo: readonly Clause<Facts, Then>[];
  /** It can hold only where this clause holds, and speaks together with it. */
  readonly restsOn?: Clause<Facts, Then>;
  /** The facts and figures that `when` and `then` look at: the compiler lets them look at no others. */
  readonly facts: readonly string[];
  readonly figures: readonly FigureName[];
  readonly when: (facts: Facts, on: On) => Answer;
  readonly then: Then;
};

/** A sentence that another clause's rule carries out. */
export type SaidByAnother = Provision & {
  readonly kind: 'saidBy';
  readonly by: readonly ClauseId[];
  readonly how: string;
};

/** A sentence that the system around the law keeps: the feature that must keep it, and what it must do. */
export type KeptBySystem = Provision & { readonly kind: 'kept'; readonly by: string; readonly how: string };

/** A sentence from which no rule follows. */
export type NoRule = Provision & { readonly kind: 'noRule'; readonly because: string };

/** A sentence in somebody's hands: the law's own code, another clause's, the system's; or it holds no rule. */
export type Handled = Clause | SaidByAnother | KeptBySystem | NoRule;

type Written<Facts, Then, F extends keyof Facts, G extends FigureName> = Provision & {
  readonly rule?: FoundRule;
  readonly inForce: readonly Period[];
  readonly suspendable?: true;
  readonly speaksWhenSuspended?: true;
  readonly exceptionTo?: readonly Clause<Facts, Then>[];
  readonly restsOn?: Clause<Facts, Then>;
  readonly facts?: readonly F[];
  readonly figures?: readonly G[];
  readonly when: (facts: Pick<Facts, F>, on: On<Pick<Figures, G>>) => Answer;
  readonly then: Then;
};

/** The constructor of clauses over one kind of facts. */
export function clausesOver<Facts, Then>() {
  return <F extends keyof Facts & string = never, G extends FigureName = never>(
    written: Written<Facts, Then, F, G>,
  ): Clause<Facts, Then> => ({ kind: 'rule', exceptionTo: [], facts: [], figures: [], ...written });
}

export function saidBy(sentence: Omit<SaidByAnother, 'kind'>): SaidByAnother {
  return { kind: 'saidBy', ...sentence };
}

export function keptBy(sentence: Omit<KeptBySystem, 'kind'>): KeptBySystem {
  return { kind: 'kept', ...sentence };
}

export function noRule(sentence: Omit<NoRule, 'kind'>): NoRule {
  return { kind: 'noRule', ...sentence };
}

/** It holds wherever no exception to it does. */
export function always(): Answer {
  return true;
}
