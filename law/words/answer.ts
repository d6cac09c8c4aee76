/** The facts, by name, without which a question has no answer. Never a yes and never a no. */
export class Unknown {
  readonly facts: readonly string[];

  constructor(facts: readonly string[]) {
    this.facts = facts;
  }
}

/** Yes, no, or the facts that are still needed. */
export type Answer = boolean | Unknown;

function unknownOf(answers: readonly Answer[]): Unknown | undefined {
  const facts = answers.flatMap((answer) => (answer instanceof Unknown ? answer.facts : []));
  return facts.length === 0 ? undefined : new Unknown([...new Set(facts)]);
}

/** Yes if all say yes; no if one says no, whatever is unknown beside it. */
export function all(...answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return unknownOf(answers) ?? true;
}

/** Yes if one says yes, whatever is unknown beside it; no if all say no. */
export function any(...answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return unknownOf(answers) ?? false;
}

/** Yes if one of the answers that are known says yes, no if none of them does; unknown only where nothing is known. */
export function anyKnown(...answers: readonly Answer[]): Answer {
  const known = answers.filter((answer) => !(answer instanceof Unknown));
  return known.length === 0 ? any(...answers) : any(...known);
}

export function not(answer: Answer): Answer {
  return typeof answer === 'boolean' ? !answer : answer;
}
