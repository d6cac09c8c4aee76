import type { EntitlementDecision, EntitlementOutcome } from '../../decision.ts';
import type { Reason } from './asked.ts';
import {
  compulsory,
  dependant,
  entitledTo,
  inquiry,
  notInForce,
  onBenefit,
  refusedFor,
  referredFor,
  needsMaintained,
  type Circumstances,
  type Json,
  type Row,
  type Table,
} from './written.cases.ts';

const day = '1399/03/15';
const lastDay = '1399/04/31';
const insured = compulsory('1399-02');

function cover(insurer: string, fund: string | null, rest: Json = {}): Json {
  return { insurer, fund, from: '1398/01/01', ...rest };
}

function inHospital(
  on: string,
  otherCovers?: Circumstances['otherCovers'],
  standings: readonly Json[] = [insured],
): Json {
  return inquiry(on, standings, { setting: 'inpatient', ...(otherCovers !== undefined && { otherCovers }) });
}

const stays = entitledTo('insured', lastDay, ['T-21', 'T-18', 'T-19', 'T-04', 'T-24']);

function provisional(reason: Reason, outcome: EntitlementOutcome = 'PROVISIONAL'): Partial<EntitlementDecision> {
  return { ...stays, outcome, reasons: [reason] };
}

const chooses = provisional('ELECTION_REQUIRED');
const unchecked = provisional('OVERLAP_UNCHECKED');

/** The acting class is told, though the person is not entitled: a standing entitled, and the other insurer prevails. */
const otherPrevails: Partial<EntitlementDecision> = {
  ...provisional('OVERLAP_OTHER_INSURER', 'NOT_ENTITLED'),
  entitledUntil: null,
  clauses: ['T-21', 'T-18', 'T-19', 'T-04'],
};

const ofEveryFund: readonly Row[] = (
  [
    ['ihio', 'employees', otherPrevails],
    ['ihio', 'otherStrata', otherPrevails],
    ['ihio', 'rural', stays],
    ['ihio', 'universal', stays],
    ['ihio', null, chooses],
    ['armedForces', null, chooses],
    ['armedForces', 'employees', chooses],
    ['armedForces', 'rural', chooses],
    ['other', null, chooses],
    ['other', 'otherStrata', chooses],
    ['other', 'universal', chooses],
  ] as const
).flatMap(([insurer, fund, decision]) => [
  {
    name: `also covered by ${insurer}, fund ${fund ?? 'unknown'}, on the last day of that cover`,
    case: inHospital(day, [cover(insurer, fund, { until: day })]),
    decision,
  },
  {
    name: `covered by ${insurer}, fund ${fund ?? 'unknown'}, until yesterday`,
    case: inHospital(day, [cover(insurer, fund, { until: '1399/03/14' })]),
    decision: stays,
  },
]);

export const overlapTable: Table = {
  subject: 'overlap with the other base insurers (T-18, T-19)',
  rows: [
    {
      name: 'in hospital the day before the order',
      case: inHospital('1399/02/31', [cover('ihio', 'employees')]),
      decision: notInForce,
    },
    ...ofEveryFund,
    {
      name: 'the first day of the other cover',
      case: inHospital(day, [cover('ihio', 'employees', { from: day })]),
      decision: otherPrevails,
    },
    {
      name: 'the day before the other cover begins',
      case: inHospital(day, [cover('ihio', 'employees', { from: '1399/03/16' })]),
      decision: stays,
    },
    {
      name: 'another cover without an end',
      case: inHospital(day, [cover('ihio', 'otherStrata', { until: null })]),
      decision: otherPrevails,
    },
    { name: 'no other cover', case: inHospital(day, []), decision: stays },
    { name: 'the other insurers did not answer', case: inHospital(day, 'unavailable'), decision: unchecked },
    { name: 'the other insurers were not asked', case: inHospital(day), decision: unchecked },
    {
      name: 'rural and universal together yield',
      case: inHospital(day, [cover('ihio', 'rural'), cover('ihio', 'universal')]),
      decision: stays,
    },
    {
      name: 'rural, and the armed forces: the person chooses',
      case: inHospital(day, [cover('ihio', 'rural'), cover('armedForces', null)]),
      decision: chooses,
    },
    {
      name: 'the armed forces, and the employees fund: the employees fund prevails',
      case: inHospital(day, [cover('armedForces', null), cover('ihio', 'employees')]),
      decision: otherPrevails,
    },
    {
      name: 'the employees fund, and rural: the employees fund prevails',
      case: inHospital(day, [cover('ihio', 'employees'), cover('ihio', 'rural')]),
      decision: otherPrevails,
    },
    {
      name: 'the employees fund of last year, and the armed forces of today',
      case: inHospital(day, [cover('ihio', 'employees', { until: '1398/12/29' }), cover('armedForces', null)]),
      decision: chooses,
    },
    {
      name: 'the last day is told as it is before the overlap, though the other cover prevails from tomorrow',
      case: inHospital(day, [cover('ihio', 'employees', { from: '1399/03/16' })]),
      decision: stays,
    },
  ],
};

export const settings: Table = {
  subject: 'the setting decides (T-18, T-28)',
  rows: [
    {
      name: 'outpatient the day before the order',
      case: inquiry('1399/02/31', [insured], { otherCovers: [cover('ihio', 'employees')] }),
      decision: notInForce,
    },
    {
      name: 'outpatient: a cover that would prevail is not looked at',
      case: inquiry(day, [insured], { otherCovers: [cover('ihio', 'employees')] }),
      decision: entitledTo('insured', lastDay),
    },
    {
      name: 'inpatient: it is',
      case: inHospital(day, [cover('ihio', 'employees')]),
      decision: otherPrevails,
    },
    {
      name: 'outpatient: that the other insurers did not answer is of no account',
      case: inquiry(day, [insured], { otherCovers: 'unavailable' }),
      decision: entitledTo('insured', lastDay),
    },
    {
      name: 'inpatient and not entitled: the overlap table is not applied',
      case: inHospital('1399/05/01', 'unavailable'),
      decision: refusedFor(['CONTRIBUTION_ENDED'], lastDay, ['T-21', 'T-08']),
    },
    {
      name: 'inpatient and referred: the overlap table is not applied',
      case: inquiry(day, [dependant('son')], {
        setting: 'inpatient',
        birthDate: '1370/01/01',
        otherCovers: [cover('ihio', 'employees')],
      }),
      decision: referredFor(['SON_AGE_NO_CERT'], ['T-21', 'T-04', 'T-31', 'T-35']),
    },
    {
      name: 'inpatient with facts missing: the overlap table is not applied',
      case: inHospital(day, [cover('ihio', 'employees')], [dependant('father')]),
      decision: needsMaintained(0),
    },
    {
      name: 'inpatient, on the last day of the standing: provisional, and it ends today',
      case: inHospital(day, 'unavailable', [onBenefit(day)]),
      decision: { ...unchecked, entitledUntil: day },
    },
    {
      name: 'inpatient, through a principal: the acting class is named though the other insurer prevails',
      case: inquiry(day, [dependant('wife')], {
        sex: 'female',
        setting: 'inpatient',
        otherCovers: [cover('ihio', 'employees')],
      }),
      decision: { ...otherPrevails, actingClass: 'dependant' },
    },
  ],
};
