import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decide } from '../decide.ts';
import type { Decision } from '../decision.ts';
import { readCase } from '../facts/read-case.ts';
import { dayOfHijri, hijriMonth } from '../words/solar-hijri.ts';
import { explain, type Explanation } from './explain.ts';
import { dayInWords, inPersianDigits, monthInWords, numberInWords } from './phrase.ts';

type Example = { readonly name: string; readonly case: Readonly<Record<string, unknown>> };

const examples = readFileSync(join(import.meta.dirname, '../examples/contract.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Example);

const valid = examples.flatMap(({ name, case: facts }) => {
  const read = readCase(facts);
  return 'error' in read ? [] : [{ name, facts, read }];
});

function explained(facts: unknown): Decision & { readonly explanation: Explanation } {
  const read = readCase(facts);
  if ('error' in read) throw new Error(read.error.message);
  const answer = explain(read);
  if ('error' in answer) throw new Error(answer.error.message);
  return answer;
}

function example(name: string): Readonly<Record<string, unknown>> {
  const found = examples.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no example “${name}”`);
  return found.case;
}

describe('every example', () => {
  it.each(valid)('$name: the same decision, and a line for every clause it cites', ({ facts, read }) => {
    const { explanation, ...decision } = explained(facts);
    expect(decision).toEqual(decide(read));
    const cited = (lines: readonly string[]): string[] => [...new Set(lines.map((line) => line.slice(0, 4)))];
    expect(cited(explanation.fa)).toEqual(decision.clauses);
    expect(cited(explanation.en)).toEqual(decision.clauses);
  });

  it.each(valid)('$name: Persian digits in the Persian text', ({ facts }) => {
    const text = explained(facts)
      .explanation.fa.join('\n')
      .replaceAll(/\b[TM]-\d\d\b/g, '');
    expect(text).not.toMatch(/[0-9]/);
  });
});

describe('a line', () => {
  it('has the clause, its own words, the facts, and the figures with their reference', () => {
    const { explanation } = explained(example('group 2 by income, exactly at 40 percent'));
    const line = (lines: readonly string[]): string | undefined => lines.find((one) => one.startsWith('M-27'));
    expect(line(explanation.en)).toBe(
      'M-27 “Group two is households with income between forty and one hundred per cent of the Labour Law minimum wage, ' +
        'or identified in income decile four.” — household income a month: 6,067,524 rials; decile: not recorded — ' +
        'minimum wage a month: 15,168,810 rials a month (Labour Council, wages of 1398 (from the decree of 1399)); ' +
        'income cap of group two, of the minimum wage: 100 per cent (M-27); last decile of group two: 4 (M-27)',
    );
    expect(line(explanation.fa)).toContain(
      '» — درآمد ماهانه خانوار: ۶٬۰۶۷٬۵۲۴ ریال؛ دهک: ثبت نشده — حداقل دستمزد ماهانه:',
    );
  });

  it('has days in both calendars in English, and in words in Persian', () => {
    const { explanation } = explained(example('the day after: refused, with the day it ended'));
    expect(explanation.en.join('\n')).toContain('last contribution month: Ordibehesht 1399');
    expect(explanation.fa.join('\n')).toContain('آخرین ماه فهرست کارفرما: اردیبهشت ۱۳۹۹');
    const son = explained(example('the same, told to himself'));
    expect(son.explanation.fa.join('\n')).toContain('تاریخ تولد: ۱ تیر ۱۳۸۰');
    expect(son.explanation.en.join('\n')).toContain('born on: 2001-06-22 (1 Tir 1380)');
  });

  it('names the rule that was found, and where', () => {
    const { explanation } = explained(example('husband of 59, maintained'));
    expect(explanation.en.join('\n')).toContain('(article 58 of the Social Security Act and current practice)');
    expect(explanation.en.join('\n')).toContain('maintained: yes; born on: 1960-06-22');
  });

  it('stands once, however often the clause spoke', () => {
    const { explanation } = explained(example('wife of an insured man'));
    expect(new Set(explanation.en).size).toBe(explanation.en.length);
  });
});

describe('what a provider hears', () => {
  const asksAsProvider = valid.filter(({ facts }) => facts['asker'] === 'provider');

  it.each(asksAsProvider)('$name: nothing about the person but which document is missing', ({ facts }) => {
    const text = [...explained(facts).explanation.en, ...explained(facts).explanation.fa].join('\n');
    for (const fact of [
      'born on',
      'contribution month',
      'paid until',
      'principal',
      'study certificate until',
      'تاریخ تولد',
    ]) {
      expect(text).not.toContain(fact);
    }
  });

  it('includes the facts of its own contract', () => {
    const { explanation } = explained(example('pharmacy whose contract ended yesterday'));
    expect(explanation.en).toEqual([
      expect.stringContaining('contract from: 2019-03-21 (1 Farvardin 1398); contract until: 2020-06-03'),
      expect.stringContaining('asker: provider'),
    ]);
  });
});

describe('words', () => {
  it.each([
    [dayOfHijri(1398, 9, 1), '۱ آذر ۱۳۹۸', '2019-11-22 (1 Azar 1398)'],
    [dayOfHijri(1399, 12, 30), '۳۰ اسفند ۱۳۹۹', '2021-03-20 (30 Esfand 1399)'],
    [dayOfHijri(1400, 1, 1), '۱ فروردین ۱۴۰۰', '2021-03-21 (1 Farvardin 1400)'],
  ])('of day %i', (day, fa, en) => {
    expect(dayInWords(day)).toEqual({ fa, en });
  });

  it.each([
    [0, '۰', '0'],
    [999, '۹۹۹', '999'],
    [1000, '۱٬۰۰۰', '1,000'],
    [17_424_000, '۱۷٬۴۲۴٬۰۰۰', '17,424,000'],
  ])('of the number %i', (number, fa, en) => {
    expect(numberInWords(number)).toEqual({ fa, en });
  });

  it('of a month', () => {
    expect(monthInWords(hijriMonth(1399, 2))).toEqual({ fa: 'اردیبهشت ۱۳۹۹', en: 'Ordibehesht 1399' });
  });

  it('digits alone are changed', () => {
    expect(inPersianDigits('1398/08/01 M')).toBe('۱۳۹۸/۰۸/۰۱ M');
  });
});
