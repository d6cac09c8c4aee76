/* Households and persons that stand for all others in the sweep over every day: one for every way through the law. */

const head = { id: 'head', relation: 'head', birthDate: '1975-03-21' };
const wife = { id: 'wife', relation: 'spouse', birthDate: '1978-06-22' };
const grown = { id: 'grown', relation: 'child', birthDate: '1996-03-20' };
const family = [head, wife, grown];
const tamin = { insurer: 'tamin' };
const exempt = { insurer: 'ihio', fund: 'otherStrata' };
const supported = { insurer: 'ihio', fund: 'otherStrata', supportiveBody: true };

function household(changes: object): object {
  return { kind: 'enrolment', requestedOn: '2019-10-23', route: 'selfDeclared', members: family, ...changes };
}

function tested(decile: number | null, changes: object = {}): object {
  const meansTest = decile === null ? null : { determinedOn: '2019-12-01', decile };
  return household({ route: 'meansTest', meansTest, ...changes });
}

const lateEntrant = { expiresOn: '2021-04-30', lateEntrant: true, meansTestRequestedOn: '2021-04-30' };

export const representativeHouseholds: readonly object[] = [
  household({}),
  household({ termMonths: 1 }),
  household({ lostCover: { endedOn: '2020-09-21', cause: 'marriage' } }),
  household({ lostCover: { endedOn: '2020-06-20', cause: 'unemployed' }, termMonths: 6 }),
  household({ lostCover: { endedOn: '2021-01-19', cause: 'ageLimit' } }),
  household({ members: [{ ...head, baseCover: tamin }, wife] }),
  household({ members: [{ ...head, baseCover: tamin }] }),
  household({
    members: [
      { ...head, baseCover: exempt },
      { ...wife, baseCover: tamin },
    ],
  }),
  household({ members: [{ ...head, baseCover: supported }] }),
  household({ members: [head, { ...wife, inApplication: false }, { ...grown, inApplication: false }] }),
  household({ members: [head, { ...grown, hospitalisedFromBirth: true }] }),
  household({ members: [{ ...head, emergency: true }, wife] }),
  household({ renewal: { expiresOn: '2020-10-21' } }),
  household({ renewal: { ...lateEntrant, meansTestRequestedOn: null } }),
  tested(null),
  tested(1),
  tested(4),
  tested(5),
  household({ route: 'meansTest', meansTest: { determinedOn: '2018-03-21', incomeMonthly: 5_000_000 } }),
  tested(2, { members: [head, { ...wife, inApplication: false }] }),
  tested(null, { members: [head, { ...grown, hospitalisedFromBirth: true, emergency: true }] }),
  tested(null, { members: [{ ...head, emergency: true }] }),
  tested(null, { lostCover: { endedOn: '2020-09-21', cause: 'separation' } }),
  tested(1, { lostCover: { endedOn: '2020-09-21', cause: 'other' } }),
  tested(null, { renewal: { expiresOn: '2020-10-21' } }),
  tested(2, { renewal: { expiresOn: '2020-10-21' } }),
  tested(4, { renewal: { expiresOn: '2020-10-21' } }),
  tested(9, { renewal: { expiresOn: '2020-10-21' } }),
  tested(null, { renewal: lateEntrant }),
  tested(1, { renewal: lateEntrant }),
  tested(9, { renewal: lateEntrant }),
];

const compulsory = { class: 'insured', basis: 'compulsory', lastContributionMonth: '1400-05' };
const pensioner = { class: 'pensioner', pension: 'oldAge', from: '2020-06-10', until: '2024-06-10' };
const principal = { standings: [compulsory, { ...pensioner, until: null }] };

function person(sex: 'male' | 'female', birthDate: string, standings: readonly object[], changes: object = {}): object {
  return {
    kind: 'entitlement',
    on: '2020-05-21',
    setting: 'outpatient',
    asker: 'staff',
    person: { sex, birthDate, standings },
    ...changes,
  };
}

function dependant(relation: string, changes: object = {}): object {
  return { class: 'dependant', relation, principal, maintained: true, ...changes };
}

const born = '1975-03-21';

function inpatient(otherCovers: unknown): object {
  return {
    kind: 'entitlement',
    on: '2020-05-21',
    setting: 'inpatient',
    asker: 'self',
    person: { sex: 'male', birthDate: born, standings: [pensioner], otherCovers },
  };
}

function provider(changes: object): object {
  return {
    asker: 'provider',
    provider: { kind: 'clinic', ownership: 'contracted', contractFrom: '2020-06-01', ...changes },
  };
}

const children = [
  person('male', '2002-05-22', [dependant('son')]),
  person('male', '2002-05-22', [dependant('son', { employed: true })]),
  person('male', '2002-05-22', [dependant('son', { studyCertificateUntil: '2023-09-22' })], { links: { msrt: true } }),
  person('female', '2006-05-22', [dependant('daughter', { idSightedOn: '2022-01-01' })]),
  person('female', '2006-05-22', [dependant('daughter', { married: true, employed: true })]),
  person('female', '2006-05-22', [dependant('daughter')], { links: { sabtAsnad: true } }),
] as const;

const others = [
  person('female', born, [dependant('wife', { endedOn: '2022-02-02' })]),
  person('female', born, [dependant('wife', { principal: { ...principal, diedOn: '2021-03-03' } })]),
  person('male', '1962-05-22', [dependant('husband')]),
  person('male', born, [dependant('husband', { maintained: null, disabled: true })]),
  person('male', '1962-05-22', [dependant('father')]),
  person('female', '1967-05-22', [dependant('mother', { maintained: null })]),
  person('female', '1967-05-22', [dependant('mother', { ownPension: true })]),
] as const;

export const representativePersons: readonly object[] = [
  person('male', born, []),
  person('male', born, [compulsory]),
  person('male', born, [{ class: 'insured', basis: 'voluntary', paidUntil: '2022-01-01', treatmentOption: true }]),
  person('male', born, [{ class: 'insured', basis: 'selfEmployed', paidUntil: '2022-01-01', treatmentOption: false }]),
  person('male', born, [{ class: 'insured', basis: 'unemploymentBenefit', until: '2021-01-01' }]),
  person('male', born, [pensioner], { asker: 'self' }),
  person('male', born, [pensioner], provider({})),
  person('male', born, [pensioner], provider({ contractUntil: '2023-01-01' })),
  person('male', born, [pensioner], provider({ ownership: 'owned', suspended: true })),
  person('male', born, [pensioner], provider({ ownership: 'owned' })),
  {
    ...person('male', born, []),
    person: { sex: 'male', birthDate: born, diedOn: '2021-05-05', standings: [pensioner] },
  },
  inpatient(null),
  inpatient('unavailable'),
  inpatient([{ insurer: 'ihio', fund: 'employees', from: '2021-01-01', until: '2022-01-01' }]),
  inpatient([
    { insurer: 'ihio', fund: 'rural', from: '2020-01-01' },
    { insurer: 'armedForces', from: '2021-01-01' },
  ]),
  ...children,
  ...others,
];
