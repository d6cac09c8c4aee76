import type { EntitlementDecision, EntitlementOutcome, ReasonCategory } from '../../decision.ts';
import type { ClauseId } from '../../words/clause-id.ts';
import type { Reason } from './asked.ts';
import {
  compulsory,
  dependant,
  entitledTo,
  forLife,
  hospital,
  inquiry,
  notInForce,
  onBenefit,
  pension,
  pharmacy,
  principalDied,
  principalWith,
  selfEmployed,
  voluntary,
  type Circumstances,
  type Json,
  type Row,
  type Table,
} from './written.cases.ts';

const day = '1399/06/10';
const lapsed = voluntary('1399/06/09');
const grown: Circumstances = { birthDate: '1370/01/01' };
const grownWoman: Circumstances = { ...grown, sex: 'female' };

type Told = Pick<EntitlementDecision, 'outcome' | 'clauses'> & {
  readonly reasons: readonly (Reason | ReasonCategory)[];
};

function toProvider(standings: readonly Json[], more: Circumstances = {}): Json {
  return inquiry(day, standings, { asker: 'provider', provider: pharmacy, ...more });
}

/** Nothing of a refusal reaches a provider but that there is one: not even the clause on which it rests. */
const notCovered: Told = { outcome: 'NOT_ENTITLED', reasons: ['NOT_COVERED'], clauses: ['T-21', 'T-25'] };

function refusedByAll(): readonly Row[] {
  const married = dependant('daughter', { married: true });
  const refusals: readonly (readonly [Reason, readonly Json[], Circumstances])[] = [
    ['CONTRIBUTION_ENDED', [compulsory('1399-01')], {}],
    ['NO_TREATMENT_OPTION', [selfEmployed('1400/01/01', false)], {}],
    ['NOT_PAID_THROUGH', [lapsed], {}],
    ['UNEMPLOYMENT_BENEFIT_ENDED', [onBenefit('1399/06/09')], {}],
    ['PENSION_NOT_STARTED', [pension('1399/06/11')], {}],
    ['PENSION_ENDED', [pension('1390/01/01', '1399/06/09')], {}],
    ['LEFT_DEPENDENCY', [dependant('wife', { endedOn: '1399/06/09' })], grownWoman],
    ['PRINCIPAL_NOT_ENTITLED', [dependant('wife', {}, principalWith(lapsed))], grownWoman],
    ['PRINCIPAL_NOT_ENTITLED', [dependant('wife', {}, principalDied('1398/12/01', forLife))], grownWoman],
    ['DECEASED', [forLife], { diedOn: '1399/06/09' }],
    ['SPOUSE_RULE', [dependant('husband', { maintained: false })], {}],
    ['DEPENDANT_EMPLOYED', [dependant('son', { employed: true })], grown],
    ['DAUGHTER_MARRIED', [married], grownWoman],
    ['PARENT_RULE', [dependant('father', { maintained: false })], {}],
  ];
  return refusals.map(([reason, standings, more], index) => ({
    name: `told to a pharmacy: ${reason} (${String(index + 1)}) is "not covered"`,
    case: toProvider(standings, more),
    decision: notCovered,
  }));
}

function documentMissing(outcome: EntitlementOutcome, clauses: readonly ClauseId[]): Told {
  return { outcome, reasons: ['DOCUMENT_MISSING'], clauses: ['T-21', ...clauses, 'T-25'] };
}

export const categories: Table = {
  subject: 'a provider learns a category (T-21, T-25, T-38)',
  rows: [
    {
      name: 'the day before the order',
      case: inquiry('1399/02/31', [forLife], { asker: 'provider', provider: pharmacy }),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-25'] },
    },
    {
      name: 'entitled: neither the end nor the clauses about the person',
      case: toProvider([compulsory('1399-05')]),
      decision: { outcome: 'ENTITLED', reasons: [], clauses: ['T-21', 'T-25'] },
    },
    {
      name: 'entitled through a principal: the same',
      case: toProvider([dependant('wife')], grownWoman),
      decision: { outcome: 'ENTITLED', reasons: [], clauses: ['T-21', 'T-25'] },
    },
    {
      name: 'on no record: refused without a category',
      case: toProvider([]),
      decision: { outcome: 'NOT_ENTITLED', reasons: [], clauses: ['T-21', 'T-25'] },
    },
    {
      name: 'facts are missing: which ones is not told',
      case: toProvider([dependant('father')]),
      decision: { outcome: 'NEEDS_FACTS', reasons: [], clauses: ['T-21', 'T-25'] },
    },
    ...refusedByAll(),
    {
      name: 'several refusals are one category',
      case: toProvider([lapsed, pension('1399/06/11'), dependant('wife', {}, principalWith(lapsed))], grownWoman),
      decision: notCovered,
    },
    {
      name: 'a son of age: a document is missing',
      case: toProvider([dependant('son')], grown),
      decision: documentMissing('REFER_CURRENT_PROCEDURE', ['T-31', 'T-35']),
    },
    {
      name: 'a daughter never sighted: a document is missing',
      case: toProvider([dependant('daughter')], grownWoman),
      decision: documentMissing('REFER_CURRENT_PROCEDURE', ['T-32', 'T-35']),
    },
    {
      name: 'a son of age, the science ministry linked',
      case: toProvider([dependant('son')], { ...grown, links: { msrt: true } }),
      decision: documentMissing('NOT_ENTITLED', ['T-31', 'T-33']),
    },
    {
      name: 'a daughter never sighted, the deeds registry linked',
      case: toProvider([dependant('daughter')], { ...grownWoman, links: { sabtAsnad: true } }),
      decision: documentMissing('NOT_ENTITLED', ['T-32', 'T-34']),
    },
    {
      name: 'linked, and another standing that refuses: two categories in the order of the standings',
      case: toProvider([lapsed, dependant('son')], { ...grown, links: { msrt: true } }),
      decision: {
        outcome: 'NOT_ENTITLED',
        reasons: ['NOT_COVERED', 'DOCUMENT_MISSING'],
        clauses: ['T-21', 'T-31', 'T-33', 'T-25'],
      },
    },
    {
      name: 'the same the other way round',
      case: toProvider([dependant('son'), lapsed], { ...grown, links: { msrt: true } }),
      decision: {
        outcome: 'NOT_ENTITLED',
        reasons: ['DOCUMENT_MISSING', 'NOT_COVERED'],
        clauses: ['T-21', 'T-31', 'T-33', 'T-25'],
      },
    },
  ],
};

const inHospital: Circumstances = { provider: hospital, setting: 'inpatient' };
const overlapClauses: readonly ClauseId[] = ['T-21', 'T-18', 'T-19', 'T-25'];

export const overlapTold: Table = {
  subject: 'a hospital learns of an overlap (T-19, T-25)',
  rows: [
    {
      name: 'the day before the order',
      case: inquiry('1399/02/31', [forLife], { ...inHospital, asker: 'provider', otherCovers: 'unavailable' }),
      decision: { outcome: 'NOT_IN_FORCE', reasons: [], clauses: ['T-07', 'T-25'] },
    },
    {
      name: 'no other cover',
      case: toProvider([forLife], { ...inHospital, otherCovers: [] }),
      decision: { outcome: 'ENTITLED', reasons: [], clauses: overlapClauses },
    },
    {
      name: 'the other insurer prevails: that there is one, not which',
      case: toProvider([forLife], {
        ...inHospital,
        otherCovers: [{ insurer: 'ihio', fund: 'otherStrata', from: '1398/01/01' }],
      }),
      decision: { outcome: 'NOT_ENTITLED', reasons: ['OTHER_INSURER'], clauses: overlapClauses },
    },
    {
      name: 'the person has to choose: pending',
      case: toProvider([forLife], { ...inHospital, otherCovers: [{ insurer: 'armedForces', from: '1398/01/01' }] }),
      decision: { outcome: 'PROVISIONAL', reasons: ['OVERLAP_PENDING'], clauses: overlapClauses },
    },
    {
      name: 'the other insurers did not answer: pending, too',
      case: toProvider([forLife], { ...inHospital, otherCovers: 'unavailable' }),
      decision: { outcome: 'PROVISIONAL', reasons: ['OVERLAP_PENDING'], clauses: overlapClauses },
    },
    {
      name: 'the other insurers were not asked: pending, too',
      case: toProvider([forLife], inHospital),
      decision: { outcome: 'PROVISIONAL', reasons: ['OVERLAP_PENDING'], clauses: overlapClauses },
    },
    {
      name: 'a centre of the organisation’s own',
      case: toProvider([forLife], { ...inHospital, provider: { kind: 'hospital', ownership: 'owned' } }),
      decision: { outcome: 'PROVISIONAL', reasons: ['OVERLAP_PENDING'], clauses: ['T-05', 'T-18', 'T-19', 'T-25'] },
    },
    {
      name: 'outpatient at a hospital: no overlap is looked at',
      case: toProvider([forLife], { provider: hospital, otherCovers: 'unavailable' }),
      decision: { outcome: 'ENTITLED', reasons: [], clauses: ['T-21', 'T-25'] },
    },
  ],
};

function toStaff(standings: readonly Json[], more: Circumstances = {}): Json {
  return inquiry(day, standings, { asker: 'staff', ...more });
}

export const staffAndPerson: Table = {
  subject: 'staff learn all but the dates, the person all (T-24, T-25, T-38)',
  rows: [
    { name: 'the person, the day before the order', case: inquiry('1399/02/31', [forLife]), decision: notInForce },
    {
      name: 'the person, entitled without an end: no date, and so nothing rests on T-24',
      case: inquiry(day, [forLife]),
      decision: entitledTo('pensioner', null),
    },
    {
      name: 'the person, entitled with an end',
      case: inquiry(day, [compulsory('1399-05')]),
      decision: entitledTo('insured', '1399/07/30'),
    },
    {
      name: 'staff, entitled with an end: the end is not told',
      case: toStaff([compulsory('1399-05')]),
      decision: {
        outcome: 'ENTITLED',
        reasons: [],
        clauses: ['T-21', 'T-04', 'T-38'],
        actingClass: 'insured',
        needs: [],
      },
    },
    {
      name: 'staff, refused: the reasons in full',
      case: toStaff([dependant('wife', {}, principalWith(lapsed))], grownWoman),
      decision: {
        outcome: 'NOT_ENTITLED',
        reasons: ['PRINCIPAL_NOT_ENTITLED', 'NOT_PAID_THROUGH'],
        clauses: ['T-21', 'T-09', 'T-38'],
        actingClass: null,
        needs: [],
      },
    },
    {
      name: 'staff, deceased',
      case: toStaff([forLife], { diedOn: day }),
      decision: {
        outcome: 'NOT_ENTITLED',
        reasons: ['DECEASED'],
        clauses: ['T-21', 'T-09', 'T-38'],
        actingClass: null,
        needs: [],
      },
    },
    {
      name: 'staff, referred',
      case: toStaff([dependant('son')], grown),
      decision: {
        outcome: 'REFER_CURRENT_PROCEDURE',
        reasons: ['SON_AGE_NO_CERT'],
        clauses: ['T-21', 'T-04', 'T-31', 'T-35', 'T-38'],
        actingClass: 'dependant',
        needs: [],
      },
    },
    {
      name: 'staff, facts are missing: which ones is told',
      case: toStaff([lapsed, dependant('father')]),
      decision: {
        outcome: 'NEEDS_FACTS',
        reasons: [],
        clauses: ['T-21', 'T-04', 'T-09', 'T-38'],
        actingClass: 'dependant',
        needs: ['/person/standings/1/maintained'],
      },
    },
    {
      name: 'staff, inpatient, the other insurers did not answer',
      case: toStaff([forLife], { setting: 'inpatient', otherCovers: 'unavailable' }),
      decision: {
        outcome: 'PROVISIONAL',
        reasons: ['OVERLAP_UNCHECKED'],
        clauses: ['T-21', 'T-18', 'T-19', 'T-04', 'T-38'],
        actingClass: 'pensioner',
        needs: [],
      },
    },
    {
      name: 'staff, inpatient, the other insurer prevails: the acting class is told',
      case: toStaff([forLife], {
        setting: 'inpatient',
        otherCovers: [{ insurer: 'ihio', fund: 'employees', from: day }],
      }),
      decision: {
        outcome: 'NOT_ENTITLED',
        reasons: ['OVERLAP_OTHER_INSURER'],
        clauses: ['T-21', 'T-18', 'T-19', 'T-04', 'T-38'],
        actingClass: 'pensioner',
        needs: [],
      },
    },
  ],
};
