import type { Day } from './words/day.ts';
import type { HijriMonth } from './words/solar-hijri.ts';

/*
 * What the law may ask about a household or a person. Types only. Dates are days; money is whole rials; `null` is unknown,
 * or, where the field says so, "not so" or "open-ended".
 */

export type Insurer = 'tamin' | 'ihio' | 'armedForces' | 'other';
export type Fund = 'employees' | 'otherStrata' | 'universal' | 'rural';

export type BaseCover = { insurer: Insurer; fund: Fund | null; supportiveBody: boolean };

export type MemberRelation = 'head' | 'spouse' | 'child';

export type HouseholdMember = {
  id: string;
  relation: MemberRelation;
  birthDate: Day;
  /** `null`: no cover of any kind. */
  baseCover: BaseCover | null;
  hospitalisedFromBirth: boolean;
  emergency: boolean;
  inApplication: boolean;
};

export type Route = 'selfDeclared' | 'meansTest';
export type TermMonths = 1 | 6 | 12;
export type LostCoverCause = 'militaryServiceEnded' | 'unemployed' | 'marriage' | 'separation' | 'ageLimit' | 'other';

/** The ministry's answer: the income of the whole household (rial a month), its decile, or both. */
export type MeansTest = { determinedOn: Day | null; incomeMonthly: number | null; decile: number | null };

/** `endedOn` is the last covered day. */
export type LostCover = { endedOn: Day; cause: LostCoverCause };

/** `expiresOn` is the last covered day. */
export type Renewal = { expiresOn: Day; lateEntrant: boolean; meansTestRequestedOn: Day | null };

export type EnrolmentCase = {
  kind: 'enrolment';
  caseId: string | null;
  requestedOn: Day;
  route: Route;
  /** `null`: not paid yet. */
  paidOn: Day | null;
  termMonths: TermMonths;
  meansTest: MeansTest | null;
  lostCover: LostCover | null;
  renewal: Renewal | null;
  members: readonly HouseholdMember[];
};

export type Sex = 'male' | 'female';
export type Setting = 'outpatient' | 'inpatient';
export type Asker = 'provider' | 'self' | 'staff';

export type Provider = {
  kind: 'physician' | 'pharmacy' | 'paraclinic' | 'clinic' | 'hospital';
  ownership: 'owned' | 'contracted';
  contractFrom: Day | null;
  /** `null`: open-ended. */
  contractUntil: Day | null;
  suspended: boolean;
};

/** The last month for which the person is listed as employed, whether or not the employer has paid. */
export type CompulsoryInsured = { class: 'insured'; basis: 'compulsory'; lastContributionMonth: HijriMonth };
export type ContractInsured = {
  class: 'insured';
  basis: 'voluntary' | 'selfEmployed';
  paidUntil: Day;
  treatmentOption: boolean;
};
export type UnemployedInsured = { class: 'insured'; basis: 'unemploymentBenefit'; until: Day };
export type Insured = CompulsoryInsured | ContractInsured | UnemployedInsured;

/** `until: null` is open-ended. */
export type Pensioner = {
  class: 'pensioner';
  pension: 'oldAge' | 'disability' | 'survivor';
  from: Day;
  until: Day | null;
};

export type Principal = { diedOn: Day | null; standings: readonly (Insured | Pensioner)[] };

export type DependantRelation = 'wife' | 'husband' | 'son' | 'daughter' | 'father' | 'mother';

export type Dependant = {
  class: 'dependant';
  relation: DependantRelation;
  principal: Principal;
  /** The last day of dependency. */
  endedOn: Day | null;
  /** `null` is unknown. The four facts after it are registered only when true. */
  maintained: boolean | null;
  disabled: boolean;
  married: boolean;
  employed: boolean;
  ownPension: boolean;
  studyCertificateUntil: Day | null;
  idSightedOn: Day | null;
};

export type Standing = Insured | Pensioner | Dependant;
export type StandingClass = Standing['class'];

/** `until: null` is open-ended. */
export type OtherCover = { insurer: Exclude<Insurer, 'tamin'>; fund: Fund | null; from: Day; until: Day | null };

export type Person = {
  sex: Sex;
  birthDate: Day;
  diedOn: Day | null;
  standings: readonly Standing[];
  /** `null`: nobody has asked; `'unavailable'`: the other insurers did not answer. */
  otherCovers: readonly OtherCover[] | 'unavailable' | null;
};

/** A dependant as a register keeps it. */
export type DependantRecord = Omit<Dependant, 'principal'> & { principalNationalId: string };
export type StandingRecord = Insured | Pensioner | DependantRecord;

export type PersonRecord = {
  sex: Sex;
  birthDate: Day;
  diedOn: Day | null;
  standings: readonly StandingRecord[];
  otherCovers: readonly OtherCover[] | null;
};

/** Registry interoperation in force on the day asked about: science ministry and deeds registry. */
export type Links = { msrt: boolean; sabtAsnad: boolean };

export type EntitlementCase = {
  kind: 'entitlement';
  caseId: string | null;
  on: Day;
  setting: Setting;
  asker: Asker;
  provider: Provider | null;
  person: Person;
  links: Links;
};

export type Case = EnrolmentCase | EntitlementCase;
