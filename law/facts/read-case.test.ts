import { describe, expect, it } from 'vitest';
import { decide } from '../decide.ts';
import { documentFaults, enrolmentFaults } from './enrolment-case.cases.ts';
import { entitlementFaults } from './entitlement-case.cases.ts';
import { readCase, readCaseText } from './read-case.ts';

const head = { id: 'head', relation: 'head', birthDate: '1981-08-01' };
const household = { kind: 'enrolment', requestedOn: '2019-11-06', route: 'meansTest', members: [head] };

function withIncome(written: string): string {
  const meansTest = `{"determinedOn":"2019-12-01","incomeMonthly":${written}}`;
  return JSON.stringify({ ...household, meansTest: 0 }).replace('"meansTest":0', `"meansTest":${meansTest}`);
}

function pathOf(read: object): string | undefined {
  return 'error' in read ? (read.error as { readonly path: string }).path : undefined;
}

describe('reading of cases', () => {
  it.each([...documentFaults, ...enrolmentFaults, ...entitlementFaults])('%s', (_, document, path) => {
    const read = readCase(document);
    expect(pathOf(read)).toBe(path);
    expect(read).toMatchObject({ caseId: null, error: { code: 'INVALID_CASE', message: /^expected |^unknown key/ } });
  });

  it.each([...enrolmentFaults, ...entitlementFaults])('from a line of JSON: %s', (_, document, path) => {
    expect(pathOf(readCaseText(JSON.stringify(document)))).toBe(path);
  });

  it('a fault says what was expected there', () => {
    expect(readCase({ ...household, requestedOn: 5 })).toMatchObject({
      error: { message: 'expected a Gregorian day like "2019-11-06" from 1921-03-21 to 2121-03-20, not 5' },
    });
    expect(readCase({ ...household, route: 'x'.repeat(100) })).toMatchObject({
      error: { message: `expected one of "selfDeclared", "meansTest", not "${'x'.repeat(39)}…` },
    });
  });

  it.each([Infinity, -Infinity, Number.NaN])('an income of %s is none', (incomeMonthly) => {
    const meansTest = { determinedOn: '2019-12-01', incomeMonthly };
    expect(pathOf(readCase({ ...household, meansTest }))).toBe('/meansTest/incomeMonthly');
  });

  it('a text answers for a case only where it is one', () => {
    expect(readCase({ ...household, caseId: 'پرونده', route: 1 })).toMatchObject({ caseId: 'پرونده' });
    expect(readCase({ ...household, caseId: 7, route: 'meansTest' })).toMatchObject({ caseId: null });
    expect(readCase({ caseId: 'one' })).toMatchObject({ caseId: 'one', error: { path: '/kind' } });
  });

  it('__proto__ is a key like any other', () => {
    expect(pathOf(readCaseText('{"__proto__":null,"kind":"enrolment"}'))).toBe('/__proto__');
    const inMember = JSON.stringify(household).replace('"id":', '"__proto__":{"id":"x"},"id":');
    expect(pathOf(readCaseText(inMember))).toBe('/members/0/__proto__');
  });

  it('facts are not taken from a prototype', () => {
    const line = '{"kind":"enrolment","__proto__":{"requestedOn":"2019-11-06","route":"meansTest"}}';
    expect(pathOf(readCaseText(line))).toBe('/__proto__');
  });

  it('absent and null are the same, and defaults are those of the contract', () => {
    const bare = readCase(household);
    const nulls = readCase({
      ...household,
      caseId: null,
      paidOn: null,
      termMonths: null,
      meansTest: null,
      lostCover: null,
      renewal: null,
      members: [{ ...head, baseCover: null, hospitalisedFromBirth: null, emergency: null, inApplication: null }],
    });
    expect(nulls).toEqual(bare);
    expect(bare).toMatchObject({
      caseId: null,
      termMonths: 12,
      paidOn: null,
      members: [{ baseCover: null, hospitalisedFromBirth: false, emergency: false, inApplication: true }],
    });
    expect(readCase({ ...household, renewal: { expiresOn: '2019-11-06' } })).toMatchObject({
      renewal: { lateEntrant: false, meansTestRequestedOn: null },
    });
    expect(readCase({ ...household, members: [{ ...head, baseCover: { insurer: 'ihio' } }] })).toMatchObject({
      members: [{ baseCover: { fund: null, supportiveBody: false } }],
    });
  });

  it('an entitlement case has its defaults, too', () => {
    const person = { sex: 'female', birthDate: '1990-01-01', standings: [] };
    const inquiry = { kind: 'entitlement', on: '2020-06-01', setting: 'outpatient', asker: 'self', person };
    expect(readCase(inquiry)).toMatchObject({
      provider: null,
      links: { msrt: false, sabtAsnad: false },
      person: { diedOn: null, otherCovers: null },
    });
    expect(readCase({ ...inquiry, links: { msrt: true } })).toMatchObject({ links: { msrt: true, sabtAsnad: false } });
  });

  it('the first and the last day that can be written, and days that just do not clash', () => {
    const born = { ...household, members: [{ ...head, birthDate: '1921-03-21' }], requestedOn: '2121-03-20' };
    expect(readCase(born)).not.toHaveProperty('error');
    const sameDay = { ...household, paidOn: '2019-11-06', members: [{ ...head, birthDate: '2019-11-06' }] };
    expect(readCase(sameDay)).not.toHaveProperty('error');
    expect(readCase({ ...household, meansTest: { determinedOn: '2018-03-21' } })).not.toHaveProperty('error');
  });

  it('a household in which nobody is in application is no case, once nothing else is wrong', () => {
    const facts = readCase({ ...household, caseId: 'one', members: [{ ...head, inApplication: false }] });
    expect(facts).not.toHaveProperty('error');
    if ('error' in facts) return;
    expect(decide(facts)).toMatchObject({ caseId: 'one', error: { code: 'INVALID_CASE', path: '/members' } });
  });
});

describe('reading of lines', () => {
  it.each(['', ' ', '{', '{"kind":"enrolment",}', "{'kind':'enrolment'}", 'NaN', 'undefined', '{}{}', '\ufeff{}'])(
    '%j is no JSON',
    (line) => {
      expect(readCaseText(line)).toEqual({
        caseId: null,
        error: { code: 'INVALID_CASE', path: '', message: 'expected one JSON object' },
      });
    },
  );

  it.each(['null', '[]', '[{}]', '5', '"enrolment"', 'true'])('%s is no object', (line) => {
    expect(readCaseText(line)).toMatchObject({ caseId: null, error: { code: 'INVALID_CASE', path: '' } });
  });

  it('an income of 2^53 is the largest: one rial more is refused, though JSON.parse rounds it away', () => {
    expect(readCaseText(withIncome('9007199254740991'))).not.toHaveProperty('error');
    expect(readCaseText(withIncome('9007199254740992'))).toMatchObject({ meansTest: { incomeMonthly: 2 ** 53 } });
    expect(pathOf(readCaseText(withIncome('9007199254740993')))).toBe('/meansTest/incomeMonthly');
    expect(pathOf(readCaseText(withIncome('9007199254740994')))).toBe('/meansTest/incomeMonthly');
    expect(pathOf(readCaseText(withIncome('1e300')))).toBe('/meansTest/incomeMonthly');
    expect(pathOf(readCaseText(withIncome('-9007199254740993')))).toBe('/meansTest/incomeMonthly');
  });

  it('a line of more than 1 MB is no case, one of 1 MB is read', () => {
    const line = JSON.stringify({ ...household, caseId: 'large' });
    expect(readCaseText(line.padEnd(1_000_000))).toMatchObject({ caseId: 'large', kind: 'enrolment' });
    expect(readCaseText(line.padEnd(1_000_001))).toEqual({
      caseId: null,
      error: { code: 'INVALID_CASE', path: '', message: 'expected a case of at most 1 MB' },
    });
  });

  it('deep nesting is refused, not followed', () => {
    const deep = `${'{"principal":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const line = `{"kind":"enrolment","requestedOn":${deep},"route":"meansTest","members":[${JSON.stringify(head)}]}`;
    expect(pathOf(readCaseText(line))).toBe('/requestedOn');
    expect(pathOf(readCaseText('['.repeat(400_000)))).toBe('');
  });

  it('a line is read like the document that it writes', () => {
    expect(readCaseText(JSON.stringify(household))).toEqual(readCase(household));
  });
});
