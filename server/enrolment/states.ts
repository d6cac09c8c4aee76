/**
 * The states of an application and what leads from one to another (M-22).
 *
 * - `submitted`: the day of it decides the regime. `declared`: priced without a means test; `tested`: by its result.
 * - `waiting`: covered, and not everybody entitled yet. `expiring`: the last thirty days.
 * - Group one pays nothing: it goes from `tested` to its cover.
 * - `corrected`: another application, with what was wrong put right, stands in its place.
 *
 * None of them says whether somebody is covered: the rows of `cover_member` do.
 */
export type State =
  | 'draft'
  | 'submitted'
  | 'declared'
  | 'tested'
  | 'billed'
  | 'paid'
  | 'waiting'
  | 'active'
  | 'expiring'
  | 'renewed'
  | 'lapsed'
  | 'withdrawn'
  | 'refused'
  | 'corrected';

export type Action =
  | 'change'
  | 'submit'
  | 'requestMeansTest'
  | 'payMeanwhile'
  | 'declare'
  | 'test'
  | 'refuse'
  | 'hold'
  | 'bill'
  | 'billExpired'
  | 'pay'
  | 'wait'
  | 'begin'
  | 'nearEnd'
  | 'renew'
  | 'lapse'
  | 'recheck'
  | 'replaceKey'
  | 'memberLeft'
  | 'withdraw'
  | 'correct';

type Way = Readonly<Partial<Record<Action, State>>>;

const states = {
  draft: { change: 'draft', submit: 'submitted', withdraw: 'withdrawn' },
  submitted: {
    requestMeansTest: 'submitted',
    payMeanwhile: 'submitted',
    declare: 'declared',
    test: 'tested',
    refuse: 'refused',
    recheck: 'submitted',
    withdraw: 'withdrawn',
    correct: 'corrected',
  },
  declared: {
    hold: 'declared',
    bill: 'billed',
    test: 'tested',
    refuse: 'refused',
    recheck: 'declared',
    withdraw: 'withdrawn',
    correct: 'corrected',
  },
  tested: {
    hold: 'tested',
    bill: 'billed',
    wait: 'waiting',
    begin: 'active',
    test: 'tested',
    refuse: 'refused',
    recheck: 'tested',
    withdraw: 'withdrawn',
    correct: 'corrected',
  },
  billed: {
    bill: 'billed',
    billExpired: 'billed',
    hold: 'billed',
    pay: 'paid',
    test: 'tested',
    refuse: 'refused',
    recheck: 'billed',
    withdraw: 'withdrawn',
    correct: 'corrected',
  },
  paid: { wait: 'waiting', begin: 'active' },
  waiting: { begin: 'active', recheck: 'waiting', replaceKey: 'waiting', memberLeft: 'waiting' },
  active: { nearEnd: 'expiring', renew: 'renewed', recheck: 'active', replaceKey: 'active', memberLeft: 'active' },
  expiring: { renew: 'renewed', lapse: 'lapsed', recheck: 'expiring', replaceKey: 'expiring', memberLeft: 'expiring' },
  renewed: {},
  lapsed: { renew: 'renewed' },
  withdrawn: {},
  refused: { correct: 'corrected' },
  corrected: {},
} as const satisfies Record<State, Way>;

export const stateNames = Object.keys(states) as readonly State[];

/** A household has one application at a time in these. */
export const openStates = ['draft', 'submitted', 'declared', 'tested', 'billed', 'paid'] as const satisfies State[];

/** The state that the action leads to; undefined where it cannot be done. */
export function findNextState(state: State, action: Action): State | undefined {
  const way: Way = states[state];
  return way[action];
}
