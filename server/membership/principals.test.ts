import { readPersonRecord, type PersonRecord } from '@estehqaq/law';
import { describe, expect, it } from 'vitest';
import { findMobile, mobileText } from './mobile.ts';
import { asPerson, principalsOf } from './principals.ts';
import { asNumber, principal, principalId, son, strangerId } from './testing.ts';

function read({
  sex,
  birthDate,
  standings,
}: {
  sex: string;
  birthDate: string;
  standings: readonly unknown[];
}): PersonRecord {
  const record = readPersonRecord({ sex, birthDate, standings });
  if ('message' in record) throw new RangeError(record.message);
  return record;
}

const child = read({
  ...son,
  standings: [
    { ...son.standings[0], principalNationalId: strangerId },
    ...son.standings,
    { ...son.standings[0], endedOn: '2026-01-01' },
  ],
});

describe('principals', () => {
  it('are each named once', () => {
    expect(principalsOf(child)).toEqual([asNumber(strangerId), asNumber(principalId)]);
    expect(principalsOf(read(principal))).toEqual([]);
  });

  it('are put into the standings that name them, with their own standings alone; who is unknown is left out', () => {
    const father = read({ ...principal, standings: [...principal.standings, { ...son.standings[0] }] });
    const person = asPerson(child, (id) => (id === asNumber(principalId) ? father : undefined));
    expect(person.standings).toHaveLength(2);
    expect(person.standings[0]).toMatchObject({
      class: 'dependant',
      principal: { diedOn: null, standings: [{ class: 'insured', basis: 'compulsory' }] },
    });
    expect(person.standings[0]).not.toHaveProperty('principalNationalId');
  });
});

describe('a mobile', () => {
  it.each(['09121234567', '+989121234567', '00989121234567', '989121234567', '9121234567', '۰۹۱۲ ۱۲۳-۴۵۶۷'])(
    'is read: %s',
    (text) => {
      expect(findMobile(text)).toBe(989121234567n);
    },
  );

  it.each(['', '0912123456', '02112345678', '+449121234567', '0912123456a'])('is refused: %s', (text) => {
    expect(findMobile(text)).toBeUndefined();
  });

  it('is written with the country', () => {
    expect(mobileText(989121234567n)).toBe('+989121234567');
  });
});
