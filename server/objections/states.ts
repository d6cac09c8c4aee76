/**
 * The states of an objection and what leads from one to another.
 *
 * - `needsEvidence`: the person is asked for a document; whoever takes the case up again (`assign`) waits no longer.
 * - `upheld`: the status stands. `corrected`: a fact was corrected, and the next inquiry answers by it.
 * - A correction is proposed by one and approved by another; between the two the case stays `assigned`.
 *
 * None of them changes an answer: a refusal stands until a fact is corrected (T-29, read so).
 */
export type State = 'opened' | 'assigned' | 'needsEvidence' | 'upheld' | 'corrected' | 'withdrawn';

export type Action =
  'assign' | 'requestEvidence' | 'bringEvidence' | 'uphold' | 'proposeCorrection' | 'approveCorrection' | 'withdraw';

type Way = Readonly<Partial<Record<Action, State>>>;

const states = {
  opened: { assign: 'assigned', withdraw: 'withdrawn' },
  assigned: {
    assign: 'assigned',
    requestEvidence: 'needsEvidence',
    uphold: 'upheld',
    proposeCorrection: 'assigned',
    approveCorrection: 'corrected',
    withdraw: 'withdrawn',
  },
  needsEvidence: { assign: 'assigned', bringEvidence: 'assigned', withdraw: 'withdrawn' },
  upheld: {},
  corrected: {},
  withdrawn: {},
} as const satisfies Record<State, Way>;

interface ActionRule {
  /** Whether the person may do it, or staff alone. */
  readonly byPerson: boolean;
  readonly needsReason: boolean;
  /** Whether the person is told of it, with its reason. */
  readonly isTold: boolean;
}

export const actions = {
  assign: { byPerson: false, needsReason: false, isTold: false },
  requestEvidence: { byPerson: false, needsReason: true, isTold: true },
  bringEvidence: { byPerson: true, needsReason: true, isTold: true },
  uphold: { byPerson: false, needsReason: true, isTold: true },
  proposeCorrection: { byPerson: false, needsReason: true, isTold: false },
  approveCorrection: { byPerson: false, needsReason: true, isTold: true },
  withdraw: { byPerson: true, needsReason: false, isTold: true },
} as const satisfies Record<Action, ActionRule>;

export const stateNames = Object.keys(states) as readonly State[];

/** Those in which something can still be done. */
export const openStates = stateNames.filter((state) => Object.keys(states[state]).length > 0);

/** The state that the action leads to; undefined where it cannot be done. */
export function findNextState(state: State, action: Action): State | undefined {
  const way: Way = states[state];
  return way[action];
}
