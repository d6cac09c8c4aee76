import { describe, expect, it } from 'vitest';
import { csvOf, readService, tellUnchecked } from './reports.ts';

const written = { nationalId: '0012345679', provider: '100001', day: '2026-11-23' };

describe('a service of a list', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['1405/09/02', '2026-11-23'],
  ])('of the day %s is of %s, and outpatient if nothing is said', (day, on) => {
    const service = readService({ ...written, day });
    if (typeof service !== 'object') throw new Error(service);
    expect(tellUnchecked({ service, place: 0, check: 'unchecked' })).toEqual({
      ...written,
      day: on,
      setting: 'outpatient',
      check: 'unchecked',
    });
  });

  it('takes digits of any script and says the id in ten', () => {
    const service = readService({ ...written, nationalId: '۱۲۳۴۵۶۷۹', setting: 'inpatient' });
    expect(service).toMatchObject({ person: 12345679n, setting: 'inpatient' });
  });

  it.each([
    [{ nationalId: '0012345678' }, 'nationalId'],
    [{ day: '2026-02-30' }, 'day'],
    [{ day: '1405/12/31' }, 'day'],
  ])('that is not understood names its field: %j', (more, field) => {
    expect(readService({ ...written, ...more })).toBe(field);
  });
});

it('a table as CSV quotes what would be read as something else', () => {
  const rows = [
    { code: 'a,b', name: 'the "clinic"', count: 3 },
    { code: 'c\nd', name: null, count: 0 },
  ];
  expect(csvOf(['code', 'name', 'count'], rows)).toBe('code,name,count\r\n"a,b","the ""clinic""",3\r\n"c\nd",,0\r\n');
});
