import type { Fault } from './enrolment-case.cases.ts';

/* Inquiries that are no cases of the treatment entitlement, and where the first fault is. */

const compulsory = { class: 'insured', basis: 'compulsory', lastContributionMonth: '1399-02' };
const voluntary = { class: 'insured', basis: 'voluntary', paidUntil: '2020-06-01', treatmentOption: true };
const benefit = { class: 'insured', basis: 'unemploymentBenefit', until: '2020-06-01' };
const pensioner = { class: 'pensioner', pension: 'oldAge', from: '2010-01-01' };
const son = { class: 'dependant', relation: 'son', principal: { standings: [compulsory] } };

function inquiry(changes: object): object {
  return {
    kind: 'entitlement',
    on: '2020-06-01',
    setting: 'outpatient',
    asker: 'self',
    person: { sex: 'male', birthDate: '1981-08-01', standings: [] },
    ...changes,
  };
}

function person(changes: object): object {
  return inquiry({ person: { sex: 'male', birthDate: '1981-08-01', standings: [], ...changes } });
}

function standing(value: unknown): object {
  return person({ standings: [value] });
}

function principalOf(principal: unknown): object {
  return standing({ ...son, principal });
}

function provider(value: unknown, asker = 'provider'): object {
  return inquiry({ asker, provider: value });
}

function cover(value: unknown): object {
  return person({ otherCovers: [value] });
}

const contracted = { kind: 'clinic', ownership: 'contracted', contractFrom: '2020-01-01' };
const inStanding = '/person/standings/0';
const inPrincipal = `${inStanding}/principal`;

const askerFaults: readonly Fault[] = [
  ['no day', inquiry({ on: null }), '/on'],
  ['an unknown setting', inquiry({ setting: 'home' }), '/setting'],
  ['no asker', inquiry({ asker: undefined }), '/asker'],
  ['an unknown asker', inquiry({ asker: 'doctor' }), '/asker'],
  ['a key of the other kind', inquiry({ members: null }), '/members'],
  ['a provider that nobody named', provider(null), '/provider'],
  ['a provider without kind', provider({ ownership: 5, x: 1 }), '/provider/kind'],
  ['an unknown kind of provider is its only fault', provider({ x: 1, kind: 'bank', suspended: 5 }), '/provider/kind'],
  ['an unknown ownership', provider({ kind: 'clinic', ownership: 'state' }), '/provider/ownership'],
  ['a contract without its first day', provider({ kind: 'clinic', ownership: 'contracted' }), '/provider/contractFrom'],
  ['a contract whose first day is null', provider({ ...contracted, contractFrom: null }), '/provider/contractFrom'],
  ['a provider that did not ask is read all the same', provider({ kind: 'clinic' }, 'self'), '/provider/ownership'],
  ['suspended 1', provider({ ...contracted, suspended: 1 }), '/provider/suspended'],
  ['an unknown key of a provider, null', provider({ ...contracted, name: null }), '/provider/name'],
  ['a provider that is a text', provider('clinic'), '/provider'],
  ['links that are a list', inquiry({ links: [] }), '/links'],
  ['a link that is a text', inquiry({ links: { msrt: 'yes' } }), '/links/msrt'],
  ['an unknown link', inquiry({ links: { nocr: null } }), '/links/nocr'],
];

const personFaults: readonly Fault[] = [
  ['no person', inquiry({ person: null }), '/person'],
  ['an empty person', inquiry({ person: {} }), '/person/sex'],
  ['an unknown sex', person({ sex: 'm' }), '/person/sex'],
  ['standings missing', person({ standings: null }), '/person/standings'],
  ['standings that are an object', person({ standings: {} }), '/person/standings'],
  ['born after the day', person({ birthDate: '2020-06-02' }), '/person/birthDate'],
  ['a standing that is null', standing(null), inStanding],
  ['a standing without class', standing({ basis: 'compulsory', x: 1 }), `${inStanding}/class`],
  ['an unknown class is its only fault', standing({ x: 1, class: 'guest' }), `${inStanding}/class`],
  ['a class of the prototype', standing({ class: 'constructor' }), `${inStanding}/class`],
  ['no basis', standing({ class: 'insured', x: 1 }), `${inStanding}/basis`],
  ['an unknown basis is its only fault', standing({ x: 1, class: 'insured', basis: 'rural' }), `${inStanding}/basis`],
  ['a key of another basis', standing({ ...compulsory, paidUntil: '2020-06-01' }), `${inStanding}/paidUntil`],
  ['a key of another basis, null', standing({ ...benefit, treatmentOption: null }), `${inStanding}/treatmentOption`],
  ['a key of another class', standing({ ...pensioner, basis: 'compulsory' }), `${inStanding}/basis`],
  ['a key of another class, null', standing({ ...pensioner, maintained: null }), `${inStanding}/maintained`],
  ['no month', standing({ class: 'insured', basis: 'compulsory' }), `${inStanding}/lastContributionMonth`],
  [
    'a Gregorian month',
    standing({ ...compulsory, lastContributionMonth: '2020-05' }),
    `${inStanding}/lastContributionMonth`,
  ],
  ['month 13', standing({ ...compulsory, lastContributionMonth: '1399-13' }), `${inStanding}/lastContributionMonth`],
  ['month 0', standing({ ...compulsory, lastContributionMonth: '1399-00' }), `${inStanding}/lastContributionMonth`],
  [
    'the year 1299',
    standing({ ...compulsory, lastContributionMonth: '1299-12' }),
    `${inStanding}/lastContributionMonth`,
  ],
  [
    'the year 1500',
    standing({ ...compulsory, lastContributionMonth: '1500-01' }),
    `${inStanding}/lastContributionMonth`,
  ],
  ['paid until missing', standing({ ...voluntary, paidUntil: null }), `${inStanding}/paidUntil`],
  ['treatment option missing', standing({ ...voluntary, treatmentOption: null }), `${inStanding}/treatmentOption`],
  ['a benefit without its last day', standing({ ...benefit, until: null }), `${inStanding}/until`],
  ['a pension without its first day', standing({ ...pensioner, from: undefined }), `${inStanding}/from`],
  ['an unknown pension', standing({ ...pensioner, pension: 'old' }), `${inStanding}/pension`],
];

const dependantFaults: readonly Fault[] = [
  ['no principal', standing({ class: 'dependant', relation: 'son' }), inPrincipal],
  ['no relation', standing({ ...son, relation: null }), `${inStanding}/relation`],
  ['an unknown relation', standing({ ...son, relation: 'uncle' }), `${inStanding}/relation`],
  ['a daughter who is a man', standing({ ...son, relation: 'daughter' }), `${inStanding}/relation`],
  [
    'a husband who is a woman, and a fault after it',
    person({ sex: 'female', standings: [{ ...son, relation: 'husband' }, null] }),
    `${inStanding}/relation`,
  ],
  ['a principal without standings', principalOf({ diedOn: null }), `${inPrincipal}/standings`],
  ['a principal with an empty list', principalOf({ standings: [] }), `${inPrincipal}/standings`],
  ['a principal who is a dependant', principalOf({ standings: [son] }), `${inPrincipal}/standings/0/class`],
  ['a nested principal', principalOf({ standings: [compulsory], principal: {} }), `${inPrincipal}/principal`],
  [
    'an unknown basis of a principal',
    principalOf({ standings: [{ class: 'insured' }] }),
    `${inPrincipal}/standings/0/basis`,
  ],
  ['maintained 1', standing({ ...son, maintained: 1 }), `${inStanding}/maintained`],
  [
    'a certificate that is true',
    standing({ ...son, studyCertificateUntil: true }),
    `${inStanding}/studyCertificateUntil`,
  ],
];

const otherCoverFaults: readonly Fault[] = [
  ['other covers unknown', person({ otherCovers: 'unknown' }), '/person/otherCovers'],
  ['other covers an object', person({ otherCovers: {} }), '/person/otherCovers'],
  ['another cover by Tamin', cover({ insurer: 'tamin', from: '2020-01-01' }), '/person/otherCovers/0/insurer'],
  ['another cover without its first day', cover({ insurer: 'ihio' }), '/person/otherCovers/0/from'],
  [
    'another cover, and a key of a base cover',
    cover({ insurer: 'ihio', supportiveBody: null }),
    '/person/otherCovers/0/supportiveBody',
  ],
];

export const entitlementFaults: readonly Fault[] = [
  ...askerFaults,
  ...personFaults,
  ...dependantFaults,
  ...otherCoverFaults,
];
