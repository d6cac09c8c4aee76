import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findDayInEitherCalendar, findProvisions, parametersOn } from './read-law.ts';
import { InvalidParametersFile, readParametersFile } from './read-parameters-file.ts';

describe('clauses', () => {
  it('are found by their id in either case, and all without one', () => {
    expect(findProvisions('m-24').map(({ clause }) => clause)).toEqual(['M-24']);
    expect(findProvisions()).toHaveLength(102);
    expect(findProvisions('M-65')).toEqual([]);
  });

  it('say of what they are an exception, and where a found rule is from', () => {
    expect(findProvisions('M-24')[0]?.rules).toMatchObject([
      { exceptionTo: ['M-10'], figures: ['payablePercentGroupOne'] },
    ]);
    expect(findProvisions('T-08')[0]?.rules[0]?.found?.reference.en).toBe('practice of the Organization, 1398/09/09');
  });
});

describe('figures', () => {
  const wageOn = (day: string): unknown =>
    parametersOn(findDayInEitherCalendar(day)).find(({ name }) => name === 'minimumWageMonthly')?.rows;

  it('are those in force on a day, in either calendar', () => {
    expect(wageOn('1399/03/31')).toMatchObject([{ value: 18_354_270 }]);
    expect(wageOn('1399/04/01')).toMatchObject([{ value: 19_104_270, provenance: 'assumed' }]);
    expect(wageOn('2020-06-21')).toEqual(wageOn('1399/04/01'));
  });

  it('are absent before their first day', () => {
    expect(wageOn('1396/12/29')).toEqual([]);
  });

  it.each(['1399/13/01', '2021-02-29', 'today'])('%s is no day', (day) => {
    expect(findDayInEitherCalendar(day)).toBeUndefined();
  });
});

describe('a parameters file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'estehqaq-acts-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const read = async (content: string) => {
    const path = join(folder, 'acts.json');
    writeFileSync(path, content);
    return readParametersFile(path);
  };
  const row = { from: '1405/01/01', value: 3_000_000, reference: 'a decree', provenance: 'source' };
  const withRow = (changed: object): string =>
    JSON.stringify({ parameters: { perCapitaMonthly: [{ ...row, ...changed }] } });

  it('is laid over the shipped figures', async () => {
    const book = await read(withRow({}));
    const premium = parametersOn(findDayInEitherCalendar('1405/02/01'), book).find(
      ({ name }) => name === 'perCapitaMonthly',
    );
    expect(premium?.rows).toEqual([
      { from: '1405/01/01', value: 3_000_000, reference: { fa: 'a decree', en: 'a decree' }, provenance: 'source' },
    ]);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['a list', '[]', /the file: expected an object/],
    ['an unknown figure', '{"parameters":{"perCapitaMonthy":[]}}', /\/parameters\/perCapitaMonthy: unknown key/],
    [
      'a day that does not exist',
      withRow({ from: '1405/12/30' }),
      /\/parameters\/perCapitaMonthly\/0\/from: expected a Solar Hijri day/,
    ],
    ['a fraction of a rial', withRow({ value: 0.5 }), /\/value: expected a whole number/],
    ['a text for a number', withRow({ value: '3000000' }), /\/value: expected a whole number/],
    ['no reference', withRow({ reference: null }), /\/reference: expected a value/],
    ['another provenance', withRow({ provenance: 'rumour' }), /\/provenance: expected one of/],
    [
      'a row before the regulation',
      withRow({ from: '1390/01/01' }),
      /\/0\/from: perCapitaMonthly begins on 1397\/01\/01/,
    ],
    [
      'two rows of one day',
      JSON.stringify({ parameters: { perCapitaMonthly: [row, { ...row, value: 1 }] } }),
      /\/parameters\/perCapitaMonthly\/1\/from: two rows/,
    ],
    ['an effective date', '{"parameters":{"mandatoryInsuranceInForce":[]}}', /mandatoryInsuranceInForce: unknown key/],
    [
      'an overlap table without a rank for all others',
      JSON.stringify({ parameters: { overlapTable: [{ ...row, value: { 'ihio/rural': 'yields' } }] } }),
      /\/overlapTable\/0\/value: expected an object/,
    ],
    [
      'an insurer that does not exist',
      JSON.stringify({ parameters: { overlapTable: [{ ...row, value: { '*': 'elect', 'ihoi/rural': 'yields' } }] } }),
      /\/overlapTable\/0\/value\/ihoi~1rural: expected/,
    ],
    [
      'a suspended general rule',
      '{"suspensions":[{"clause":"M-10","from":"1405/01/01","until":"1405/02/01","reference":"x","provenance":"found"}]}',
      /\/suspensions\/0\/clause: M-10 cannot be suspended; these can: T-31, T-32, M-20/,
    ],
    [
      'a suspension that ends before it begins',
      '{"suspensions":[{"clause":"M-33","from":"1405/02/01","until":"1405/01/31","reference":"x","provenance":"found"}]}',
      /\/suspensions\/0\/until: 1405\/01\/31 lies before/,
    ],
  ])('is refused for %s, saying where', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(InvalidParametersFile);
    await expect(read(content)).rejects.toThrow(message);
  });

  it('that is not there is refused', async () => {
    await expect(readParametersFile(join(folder, 'none.json'))).rejects.toThrow(/none\.json/);
  });
});
