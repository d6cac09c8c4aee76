import type {
  CompulsoryInsured,
  ContractInsured,
  Dependant,
  DependantRecord,
  DependantRelation,
  EntitlementCase,
  Insured,
  Links,
  OtherCover,
  Pensioner,
  Person,
  PersonRecord,
  Principal,
  Provider,
  Sex,
  Standing,
  StandingRecord,
  UnemployedInsured,
} from '../facts.ts';
import type { Incomplete } from './incomplete.ts';
import type { Reading } from './reading.ts';
import {
  flag,
  listOf,
  objectOf,
  oneOf,
  optional,
  required,
  requiredWhere,
  text,
  variantBy,
  wordOr,
  type Fields,
  type Shape,
} from './shape.ts';
import { day, fund, month, otherInsurer } from './words.ts';

const contractInsured: Shape<ContractInsured> = objectOf<ContractInsured>({
  class: required(oneOf(['insured'])),
  basis: required(oneOf(['voluntary', 'selfEmployed'])),
  paidUntil: required(day, 'last day that is paid for'),
  treatmentOption: required(flag, 'the contract includes treatment'),
});

const insured: Shape<Insured> = variantBy<Insured>('basis', {
  compulsory: objectOf<CompulsoryInsured>({
    class: required(oneOf(['insured'])),
    basis: required(oneOf(['compulsory'])),
    lastContributionMonth: required(month, 'last month listed as employed, paid by the employer or not'),
  }),
  voluntary: contractInsured,
  selfEmployed: contractInsured,
  unemploymentBenefit: objectOf<UnemployedInsured>({
    class: required(oneOf(['insured'])),
    basis: required(oneOf(['unemploymentBenefit'])),
    until: required(day, 'last day of the benefit'),
  }),
});

const pensioner: Shape<Pensioner> = objectOf<Pensioner>({
  class: required(oneOf(['pensioner'])),
  pension: required(oneOf(['oldAge', 'disability', 'survivor'])),
  from: required(day),
  until: optional(day, 'null: open-ended', null),
});

const principal: Shape<Principal> = objectOf<Principal>({
  diedOn: optional(day, 'day of death', null),
  standings: required(listOf(variantBy<Insured | Pensioner>('class', { insured, pensioner }), 1)),
});

const kindOfDependant = {
  class: required<'dependant'>(oneOf(['dependant'])),
  relation: required<DependantRelation>(
    oneOf(['wife', 'husband', 'son', 'daughter', 'father', 'mother']),
    'to the principal; agrees with sex',
  ),
};

const evidenceOfDependant = {
  endedOn: optional(day, 'last day of dependency', null),
  maintained: optional(flag, 'null: unknown', null),
  disabled: optional(flag, 'registered only when true', false),
  married: optional(flag, 'registered only when true', false),
  employed: optional(flag, 'registered only when true', false),
  ownPension: optional(flag, 'registered only when true', false),
  studyCertificateUntil: optional(day, 'last day of the certificate', null),
  idSightedOn: optional(day, 'day on which the birth certificate was sighted', null),
} satisfies Fields<Omit<Dependant, 'class' | 'relation' | 'principal'>>;

const dependant: Shape<Dependant> = objectOf<Dependant>({
  ...kindOfDependant,
  principal: required(principal),
  ...evidenceOfDependant,
});

const dependantRecord: Shape<DependantRecord> = objectOf<DependantRecord>({
  ...kindOfDependant,
  principalNationalId: required(text, 'national id of the principal'),
  ...evidenceOfDependant,
});

const kindsOfProvider = ['physician', 'pharmacy', 'paraclinic', 'clinic', 'hospital'] as const;

const providerOfAnyKind: Shape<Provider> = objectOf<Provider>({
  kind: required(oneOf(kindsOfProvider)),
  ownership: required(oneOf(['owned', 'contracted'])),
  contractFrom: requiredWhere(({ ownership }) => ownership === 'contracted', day, 'required where contracted'),
  contractUntil: optional(day, 'null: open-ended', null),
  suspended: optional(flag, '', false),
});

const provider: Shape<Provider> = variantBy<Provider>(
  'kind',
  Object.fromEntries(kindsOfProvider.map((kind) => [kind, providerOfAnyKind])),
);

const otherCover: Shape<OtherCover> = objectOf<OtherCover>({
  insurer: required(otherInsurer),
  fund: optional(fund, 'fund of the Health Insurance Organization', null),
  from: required(day),
  until: optional(day, 'null: open-ended', null),
});

const sex = required<Sex>(oneOf(['male', 'female']));
const otherCovers = optional(wordOr('unavailable', listOf(otherCover)), 'null: not asked', null);

const person: Shape<Person> = objectOf<Person>({
  sex,
  birthDate: required(day, 'on or before on'),
  diedOn: optional(day, 'day of death', null),
  standings: required(listOf(variantBy<Standing>('class', { insured, pensioner, dependant }))),
  otherCovers,
});

/** A person as a register keeps it: a dependant names its principals, whose own facts stand under their own ids. */
export const personRecord: Shape<PersonRecord> = objectOf<PersonRecord>({
  sex,
  birthDate: required(day),
  diedOn: optional(day, 'day of death', null),
  standings: required(listOf(variantBy<StandingRecord>('class', { insured, pensioner, dependant: dependantRecord }))),
  otherCovers: optional(listOf(otherCover), 'covers of other base insurers', null),
});

const links: Shape<Links> = objectOf<Links>({
  msrt: optional(flag, 'science ministry', false),
  sabtAsnad: optional(flag, 'deeds registry', false),
});

export const entitlementCase: Shape<EntitlementCase> = objectOf<EntitlementCase>({
  kind: required(oneOf(['entitlement'])),
  caseId: optional(text, 'echoed in the decision', null),
  on: required(day, 'day asked about'),
  setting: required(oneOf(['outpatient', 'inpatient'])),
  asker: required(oneOf(['provider', 'self', 'staff'])),
  provider: requiredWhere(({ asker }) => asker === 'provider', provider, 'required where a provider asks'),
  person: required(person),
  links: optional(links, 'registry interoperation in force on that day', { msrt: false, sabtAsnad: false }),
});

const sexOfRelation = {
  wife: 'female',
  husband: 'male',
  son: 'male',
  daughter: 'female',
  father: 'male',
  mother: 'female',
} as const satisfies Record<DependantRelation, Sex>;

/** Writes down the facts that are well-formed, but cannot stand together. */
export function clashesOfEntitlement(facts: NonNullable<Incomplete<EntitlementCase>>, reading: Reading): void {
  const { on, person: asked } = facts;
  if (!asked) return;
  if (asked.birthDate !== undefined && on !== undefined && asked.birthDate > on) {
    reading.clash(['person', 'birthDate'], 'expected a day on or before the day asked about');
  }
  clashesOfStandings(asked, ['person'], reading);
}

/** Relation and sex must agree; `path` leads to the person. */
export function clashesOfStandings(
  {
    sex: ownSex,
    standings,
  }: NonNullable<Incomplete<Pick<PersonRecord, 'sex' | 'standings'>>> | NonNullable<Incomplete<Person>>,
  path: readonly string[],
  reading: Reading,
): void {
  standings?.forEach((standing, index) => {
    if (standing?.class !== 'dependant' || standing.relation === undefined || ownSex === undefined) return;
    const expected = sexOfRelation[standing.relation];
    if (expected !== ownSex) {
      reading.clash(
        [...path, 'standings', index, 'relation'],
        `expected a relation of a ${ownSex} person: ${standing.relation} is ${expected}`,
      );
    }
  });
}
