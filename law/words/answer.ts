/** The facts, by name, without which a question has no answer. Never a yes and never a no. */
export class Unknown {
  readonly facts: readonly string[];

  constructor(facts: readonly string[]) {
    this.facts = facts;
  }
}

/** Yes, no, or the facts that are still needed. */
export type Answer = boolean | Unknown;

function both(one: Unknown | undefined, other: Unknown): Unknown {
  return one === undefined ? other : new Unknown([...new Set([...one.facts, ...other.facts])]);
}

/** Yes if all say yes; no if one says no, whatever is unknown beside it. */
export function all(...answers: readonly Answer[]): Answer {
  let unknown: Unknown | undefined;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer !== true) unknown = both(unknown, answer);
  }
  return unknown ?? true;
}

/** Yes if one says yes, whatever is unknown beside it; no if all say no. */
export function any(...answers: readonly Answer[]): Answer {
  let unknown: Unknown | undefined;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer !== false) unknown = both(unknown, answer);
  }
  return unknown ?? false;
}

/** Yes if one of the answers that are known says yes, no if none of them does; unknown only where nothing is known. */
export function anyKnown(...answers: readonly Answer[]): Answer {
  return answers.includes(false) && !answers.includes(true) ? false : any(...answers);
}

export function not(answer: Answer): Answer {
  return typeof answer === 'boolean' ? !answer : answer;
}
