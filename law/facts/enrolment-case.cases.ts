/* Households that are no cases of the mandatory insurance, and where the first fault is. */

/** What is wrong, the case, and the JSON pointer to the first fault. */
export type Fault = readonly [name: string, document: unknown, path: string];

const head = { id: 'head', relation: 'head', birthDate: '1981-08-01' };
const wife = { id: 'wife', relation: 'spouse', birthDate: '1985-04-21' };

function household(changes: object): object {
  return {
    kind: 'enrolment',
    requestedOn: '2019-11-06',
    route: 'selfDeclared',
    paidOn: null,
    members: [head, wife],
    ...changes,
  };
}

function members(...others: readonly unknown[]): object {
  return household({ members: [head, ...others] });
}

function test(meansTest: unknown): object {
  return household({ route: 'meansTest', meansTest });
}

export const documentFaults: readonly Fault[] = [
  ['nothing', null, ''],
  ['a number', 5, ''],
  ['a text', 'enrolment', ''],
  ['true', true, ''],
  ['a list', [], ''],
  ['a list of cases', [household({})], ''],
  ['no kind', { requestedOn: 5, members: 'none' }, '/kind'],
  ['an empty object', {}, '/kind'],
  ['kind null', { kind: null, x: 1 }, '/kind'],
  ['an unknown kind is the only fault', { wrong: 1, kind: 'enrolement', members: 5 }, '/kind'],
  ['kind a number', household({ kind: 1 }), '/kind'],
  ['kind of the prototype', household({ kind: 'toString' }), '/kind'],
];

const keyFaults: readonly Fault[] = [
  ['a misspelt fact', household({ paidon: '2019-11-07' }), '/paidon'],
  ['a misspelt fact that is null', household({ paidon: null }), '/paidon'],
  ['a key of the other kind', household({ person: null }), '/person'],
  ['a key of the other kind, null', household({ on: null }), '/on'],
  ['a pointer with a slash', household({ 'a/b': 1 }), '/a~1b'],
  ['a pointer with a tilde', household({ 'a~b': 1 }), '/a~0b'],
  ['a pointer with both', household({ '~/~1': 1 }), '/~0~1~01'],
  ['an empty key', household({ '': 1 }), '/'],
  ['a Persian key', household({ تاریخ: 1 }), '/تاریخ'],
  ['a key of the prototype', household({ constructor: 1 }), '/constructor'],
  ['toString', household({ toString: null }), '/toString'],
  ['an unknown key of a member', members({ ...wife, emergancy: true }), '/members/1/emergancy'],
  ['an unknown key of a member, null', members({ ...wife, emergancy: null }), '/members/1/emergancy'],
  [
    'an unknown key of the cover',
    members({ ...wife, baseCover: { insurer: 'tamin', from: null } }),
    '/members/1/baseCover/from',
  ],
  ['an unknown key of the test', test({ determined: null }), '/meansTest/determined'],
  [
    'an unknown key of lost cover',
    household({ lostCover: { endedOn: '2019-11-01', cause: 'other', why: null } }),
    '/lostCover/why',
  ],
  ['an unknown key of the renewal', household({ renewal: { expiresOn: '2019-11-01', x: 1 } }), '/renewal/x'],
];

const missingFaults: readonly Fault[] = [
  ['no day of the request', household({ requestedOn: undefined }), '/requestedOn'],
  ['day of the request null', household({ requestedOn: null }), '/requestedOn'],
  ['no route', household({ route: undefined }), '/route'],
  ['no members', household({ members: null }), '/members'],
  ['a list without members', household({ members: [] }), '/members'],
  ['several are missing: in the order of the contract', { kind: 'enrolment' }, '/requestedOn'],
  ['no id', members({ ...wife, id: null }), '/members/1/id'],
  ['no day of birth', members({ ...wife, birthDate: undefined }), '/members/1/birthDate'],
  ['an empty member', members({}), '/members/1/id'],
  ['a cover without insurer', members({ ...wife, baseCover: {} }), '/members/1/baseCover/insurer'],
  ['insurer null', members({ ...wife, baseCover: { insurer: null } }), '/members/1/baseCover/insurer'],
  ['lost cover without its day', household({ lostCover: { cause: 'other' } }), '/lostCover/endedOn'],
  ['lost cover without its cause', household({ lostCover: { endedOn: '2019-11-01' } }), '/lostCover/cause'],
  ['a renewal without its day', household({ renewal: {} }), '/renewal/expiresOn'],
  ['a decile without its day', test({ decile: 3 }), '/meansTest/determinedOn'],
  ['an income without its day', test({ incomeMonthly: 0 }), '/meansTest/determinedOn'],
  ['a result whose day is null', test({ determinedOn: null, incomeMonthly: 5, decile: 3 }), '/meansTest/determinedOn'],
];

const valueFaults: readonly Fault[] = [
  ['a number where a day belongs', household({ requestedOn: 20191106 }), '/requestedOn'],
  ['no such day', household({ requestedOn: '2021-02-29' }), '/requestedOn'],
  ['a Solar Hijri day in a Gregorian field', household({ requestedOn: '1399-12-30' }), '/requestedOn'],
  ['a day with an hour', household({ requestedOn: '2019-11-06T00:00' }), '/requestedOn'],
  ['a day with slashes', household({ requestedOn: '2019/11/06' }), '/requestedOn'],
  ['a day with one digit', household({ requestedOn: '2019-11-6' }), '/requestedOn'],
  ['Persian digits', household({ requestedOn: '۲۰۱۹-۱۱-۰۶' }), '/requestedOn'],
  ['the day before 1300/01/01', members({ ...wife, birthDate: '1921-03-20' }), '/members/1/birthDate'],
  ['the day after 1499/12/29', household({ requestedOn: '2121-03-21' }), '/requestedOn'],
  ['an unknown route', household({ route: 'means' }), '/route'],
  ['a paid day that is a list', household({ paidOn: ['2019-11-07'] }), '/paidOn'],
  ['a term of 3 months', household({ termMonths: 3 }), '/termMonths'],
  ['a term that is a text', household({ termMonths: '12' }), '/termMonths'],
  ['a test that is a number', test(3), '/meansTest'],
  ['a test that is a list', test([]), '/meansTest'],
  ['decile 0', test({ determinedOn: '2019-12-01', decile: 0 }), '/meansTest/decile'],
  ['decile 11', test({ determinedOn: '2019-12-01', decile: 11 }), '/meansTest/decile'],
  ['decile 3.5', test({ determinedOn: '2019-12-01', decile: 3.5 }), '/meansTest/decile'],
  ['a decile that is a text', test({ determinedOn: '2019-12-01', decile: '3' }), '/meansTest/decile'],
  ['a wrong decile, and its day missing', test({ decile: 11 }), '/meansTest/decile'],
  ['a negative income', test({ determinedOn: '2019-12-01', incomeMonthly: -1 }), '/meansTest/incomeMonthly'],
  ['an income with a fraction', test({ determinedOn: '2019-12-01', incomeMonthly: 1.5 }), '/meansTest/incomeMonthly'],
  [
    'an income above 2^53',
    test({ determinedOn: '2019-12-01', incomeMonthly: 2 ** 53 + 2 }),
    '/meansTest/incomeMonthly',
  ],
  ['an unknown cause', household({ lostCover: { endedOn: '2019-11-01', cause: 'fired' } }), '/lostCover/cause'],
  ['a renewal that is true', household({ renewal: true }), '/renewal'],
  ['late entrant 1', household({ renewal: { expiresOn: '2019-11-01', lateEntrant: 1 } }), '/renewal/lateEntrant'],
  [
    'asked for the test on no day',
    household({ renewal: { expiresOn: '2019-11-01', meansTestRequestedOn: '' } }),
    '/renewal/meansTestRequestedOn',
  ],
  ['members that are an object', household({ members: { 0: head } }), '/members'],
  ['a member that is null', members(null), '/members/1'],
  ['a member that is a list', members([]), '/members/1'],
  ['an id that is a number', members({ ...wife, id: 2 }), '/members/1/id'],
  ['an unknown relation', members({ ...wife, relation: 'father' }), '/members/1/relation'],
  ['a flag that is a text', members({ ...wife, emergency: 'true' }), '/members/1/emergency'],
  ['in application 0', members({ ...wife, inApplication: 0 }), '/members/1/inApplication'],
  ['hospitalised yes', members({ ...wife, hospitalisedFromBirth: 'yes' }), '/members/1/hospitalisedFromBirth'],
  ['a cover that is a text', members({ ...wife, baseCover: 'tamin' }), '/members/1/baseCover'],
  ['an unknown insurer', members({ ...wife, baseCover: { insurer: 'TAMIN' } }), '/members/1/baseCover/insurer'],
  ['an unknown fund', members({ ...wife, baseCover: { insurer: 'ihio', fund: 'city' } }), '/members/1/baseCover/fund'],
  [
    'supportive body 1',
    members({ ...wife, baseCover: { insurer: 'ihio', supportiveBody: 1 } }),
    '/members/1/baseCover/supportiveBody',
  ],
  ['an id of the case that is a number', household({ caseId: 7 }), '/caseId'],
];

const clashes: readonly Fault[] = [
  ['paid before it was requested', household({ paidOn: '2019-11-05' }), '/paidOn'],
  ['determined before 1397', test({ determinedOn: '2018-03-20', decile: 3 }), '/meansTest/determinedOn'],
  ['determined before 1397, without a result', test({ determinedOn: '2018-03-20' }), '/meansTest/determinedOn'],
  ['born after the request', members({ ...wife, birthDate: '2019-11-07' }), '/members/1/birthDate'],
  ['the same id twice: the later one', members({ ...wife, id: 'head' }), '/members/1/id'],
  ['the same id three times', members(wife, { ...wife, id: 'head' }, { ...wife, id: 'head' }), '/members/2/id'],
  ['two heads', members({ ...head, id: 'another' }), '/members'],
  ['no head', household({ members: [wife] }), '/members'],
  ['two heads of the same id: the list comes before its contents', members(head), '/members'],
];

const orderFaults: readonly Fault[] = [
  ['two faults: the route first', { kind: 'enrolment', route: 1, requestedOn: 1, members: [head] }, '/route'],
  ['two faults: the day first', { kind: 'enrolment', requestedOn: 1, route: 1, members: [head] }, '/requestedOn'],
  ['a missing key comes after a wrong one', { kind: 'enrolment', members: [head], route: 1 }, '/route'],
  [
    'a missing key comes after what is inside',
    { kind: 'enrolment', route: 'meansTest', members: [{ ...head, x: 1 }] },
    '/members/0/x',
  ],
  [
    'a null counts as missing, at the end',
    { kind: 'enrolment', requestedOn: null, route: 1, members: [head] },
    '/route',
  ],
  [
    'a clash comes where it stands: before',
    household({ paidOn: '2019-11-05', members: [{ ...head, x: 1 }] }),
    '/paidOn',
  ],
  [
    'a clash comes where it stands: after',
    {
      kind: 'enrolment',
      members: [{ ...head, x: 1 }],
      requestedOn: '2019-11-06',
      route: 'meansTest',
      paidOn: '2019-11-05',
    },
    '/members/0/x',
  ],
  [
    'two members: the first',
    household({
      members: [
        { ...head, x: 1 },
        { ...wife, y: 1 },
      ],
    }),
    '/members/0/x',
  ],
  [
    'a missing key of the first member comes before the second',
    household({
      members: [
        { ...head, birthDate: null },
        { ...wife, y: 1 },
      ],
    }),
    '/members/0/birthDate',
  ],
  [
    'in a member: in its own order',
    members({ emergency: 1, id: 2, relation: 'spouse', birthDate: '1985-04-21' }),
    '/members/1/emergency',
  ],
  [
    'the tenth member comes after the second',
    household({
      members: [
        head,
        ...Array.from({ length: 9 }, (_, index) => ({
          ...wife,
          id: String(index),
          ...(index === 1 || index === 8 ? { x: 1 } : {}),
        })),
      ],
    }),
    '/members/2/x',
  ],
  [
    'an unknown key before a wrong one',
    { kind: 'enrolment', zzz: 1, requestedOn: 1, route: 'meansTest', members: [head] },
    '/zzz',
  ],
  [
    'a wrong one before an unknown key',
    { kind: 'enrolment', requestedOn: 1, zzz: 1, route: 'meansTest', members: [head] },
    '/requestedOn',
  ],
  [
    'nobody in application is named only if nothing else is',
    household({ members: [{ ...head, inApplication: false, x: 1 }] }),
    '/members/0/x',
  ],
];

export const enrolmentFaults: readonly Fault[] = [
  ...keyFaults,
  ...missingFaults,
  ...valueFaults,
  ...clashes,
  ...orderFaults,
];
