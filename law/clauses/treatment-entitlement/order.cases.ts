import type { EntitlementDecision } from '../../decision.ts';
import {
  compulsory,
  entitledTo,
  forLife,
  inquiry,
  notInForce,
  pharmacy,
  type Json,
  type Row,
  type Table,
} from './written.cases.ts';

const lastDayBefore = '1399/02/31';
const firstDay = '1399/03/01';

const refused: Partial<EntitlementDecision> = { outcome: 'NOT_CONTRACTED', reasons: [], clauses: ['T-20', 'T-25'] };
const served: Partial<EntitlementDecision> = { outcome: 'ENTITLED', reasons: [], clauses: ['T-21', 'T-25'] };
const servedAsOwned: Partial<EntitlementDecision> = { outcome: 'ENTITLED', reasons: [], clauses: ['T-05', 'T-25'] };

function asked(on: string, provider: Json): Json {
  return inquiry(on, [forLife], { asker: 'provider', provider });
}

const ofEveryKind: readonly Row[] = ['physician', 'pharmacy', 'paraclinic', 'clinic', 'hospital'].flatMap((kind) => [
  {
    name: `a ${kind} with a contract is answered`,
    case: asked(firstDay, { ...pharmacy, kind }),
    decision: served,
  },
  {
    name: `a ${kind} whose contract is suspended is told nothing`,
    case: asked(firstDay, { ...pharmacy, kind, suspended: true }),
    decision: refused,
  },
]);

export const effectiveDate: Table = {
  subject: 'from the beginning of Khordad 1399 (T-07)',
  rows: [
    {
      name: 'the day before the order: the stamp still governs',
      case: inquiry(lastDayBefore, [compulsory('1399-02')]),
      decision: notInForce,
    },
    {
      name: 'the first day of the order',
      case: inquiry(firstDay, [compulsory('1399-02')]),
      decision: entitledTo('insured', '1399/04/31'),
    },
    {
      name: 'years before the order',
      case: inquiry('1370/05/05', [compulsory('1399-02')], { birthDate: '1330/01/01' }),
      decision: notInForce,
    },
    {
      name: 'the day before the order, inpatient: the overlap is not looked at',
      case: inquiry(lastDayBefore, [forLife], { setting: 'inpatient', otherCovers: 'unavailable' }),
      decision: notInForce,
    },
    {
      name: 'the day before the order, told to staff',
      case: inquiry(lastDayBefore, [forLife], { asker: 'staff' }),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-38'], actingClass: null, needs: [] },
    },
    {
      name: 'the day before the order, of one who has died: not even that is said',
      case: inquiry(lastDayBefore, [forLife], { diedOn: '1399/01/01' }),
      decision: notInForce,
    },
    {
      name: 'the day before the order, told to a pharmacy',
      case: asked(lastDayBefore, pharmacy),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-25'] },
    },
    {
      name: 'the day before the order, told to a suspended pharmacy: the order comes first',
      case: asked(lastDayBefore, { ...pharmacy, suspended: true }),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-25'] },
    },
    {
      name: 'the day before the order, told to a centre of the organisation’s own',
      case: asked(lastDayBefore, { kind: 'clinic', ownership: 'owned' }),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-25'] },
    },
  ],
};

export const providers: Table = {
  subject: 'providers with a contract in force (T-05, T-20)',
  rows: [
    {
      name: 'before the order a contract changes nothing',
      case: asked(lastDayBefore, { ...pharmacy, contractFrom: firstDay }),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-25'] },
    },
    {
      name: 'the day before the contract begins',
      case: asked('1399/05/09', { ...pharmacy, contractFrom: '1399/05/10' }),
      decision: refused,
    },
    {
      name: 'the day on which the contract begins',
      case: asked('1399/05/10', { ...pharmacy, contractFrom: '1399/05/10' }),
      decision: served,
    },
    {
      name: 'the last day of the contract',
      case: asked('1399/12/30', { ...pharmacy, contractUntil: '1399/12/30' }),
      decision: served,
    },
    {
      name: 'the day after the last day of the contract',
      case: asked('1400/01/01', { ...pharmacy, contractUntil: '1399/12/30' }),
      decision: refused,
    },
    {
      name: 'a contract of one day, on that day',
      case: asked('1399/05/10', { ...pharmacy, contractFrom: '1399/05/10', contractUntil: '1399/05/10' }),
      decision: served,
    },
    {
      name: 'a contract without an end, many years later',
      case: asked('1450/01/01', { ...pharmacy, contractUntil: null }),
      decision: served,
    },
    {
      name: 'a contract that is suspended',
      case: asked('1399/05/10', { ...pharmacy, suspended: true }),
      decision: refused,
    },
    {
      name: 'the same, not suspended',
      case: asked('1399/05/10', { ...pharmacy, suspended: false }),
      decision: served,
    },
    {
      name: 'a centre of the organisation’s own without any contract',
      case: asked('1399/05/10', { kind: 'clinic', ownership: 'owned' }),
      decision: servedAsOwned,
    },
    {
      name: 'a centre of the organisation’s own that is suspended',
      case: asked('1399/05/10', { kind: 'clinic', ownership: 'owned', suspended: true }),
      decision: refused,
    },
    {
      name: 'a person who asks is no centre, whatever contract stands in the case',
      case: inquiry('1399/05/10', [forLife], { asker: 'self', provider: { kind: 'clinic', ownership: 'owned' } }),
      decision: { outcome: 'ENTITLED', clauses: ['T-21', 'T-04'] },
    },
    {
      name: 'a centre of the organisation’s own whose old contract has ended',
      case: asked('1399/05/10', {
        kind: 'hospital',
        ownership: 'owned',
        contractFrom: '1390/01/01',
        contractUntil: '1398/12/29',
      }),
      decision: servedAsOwned,
    },
    {
      name: 'a centre of the organisation’s own whose contract has not begun',
      case: asked('1399/05/10', { kind: 'hospital', ownership: 'owned', contractFrom: '1399/05/11' }),
      decision: servedAsOwned,
    },
    {
      name: 'without a contract not even a death is told',
      case: inquiry('1399/05/10', [forLife], {
        asker: 'provider',
        provider: { ...pharmacy, suspended: true },
        diedOn: '1399/04/01',
      }),
      decision: refused,
    },
    {
      name: 'without a contract not even the overlap is told',
      case: inquiry('1399/05/10', [forLife], {
        asker: 'provider',
        provider: { ...pharmacy, kind: 'hospital', contractUntil: '1399/05/09' },
        setting: 'inpatient',
        otherCovers: 'unavailable',
      }),
      decision: refused,
    },
    {
      name: 'a person who names a suspended pharmacy is answered all the same',
      case: inquiry('1399/05/10', [forLife], { provider: { ...pharmacy, suspended: true } }),
      decision: entitledTo('pensioner', null),
    },
    {
      name: 'a member of staff who names a pharmacy of yesterday is answered all the same',
      case: inquiry('1399/05/10', [forLife], {
        asker: 'staff',
        provider: { ...pharmacy, contractUntil: '1399/05/09' },
      }),
      decision: {
        outcome: 'ENTITLED',
        reasons: [],
        clauses: ['T-21', 'T-04', 'T-38'],
        actingClass: 'pensioner',
        needs: [],
      },
    },
    ...ofEveryKind,
  ],
};
