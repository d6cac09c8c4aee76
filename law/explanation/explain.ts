import { shippedBook, type Book } from '../book.ts';
import type { Decision } from '../decision.ts';
import { hearEnrolment } from '../decide/enrolment.ts';
import { hearEntitlement } from '../decide/entitlement.ts';
import type { Spoken } from '../decide/minutes.ts';
import type { InvalidCase } from '../facts/read-case.ts';
import type { Case } from '../facts.ts';
import { parameters, type FigureName } from '../parameters/index.ts';
import type { Unit, Words } from '../words/dated.ts';
import type { Day } from '../words/day.ts';
import type { HijriMonth } from '../words/solar-hijri.ts';
import { factNames, type FactName, type FactWords } from './fact-names.ts';
import { amount, dayInWords, monthInWords, numberInWords } from './phrase.ts';

/** Per clause that spoke: its id, its own words, the facts and the figures (with reference) that it used. */
export type Explanation = { readonly fa: readonly string[]; readonly en: readonly string[] };

export type Explained = (Decision & { readonly explanation: Explanation }) | InvalidCase;

/** Decides a case and says why, as far as the asker may know it. */
export function explain(facts: Case, book: Book = shippedBook): Explained {
  const { decision, minutes } = facts.kind === 'enrolment' ? hearEnrolment(facts, book) : hearEntitlement(facts, book);
  if ('error' in decision) return decision;
  const lines = minutes.spoken.map((spoken) => line(spoken, isToldTo(facts, spoken)));
  const explanation = { fa: [...new Set(lines.map(({ fa }) => fa))], en: [...new Set(lines.map(({ en }) => en))] };
  return { ...decision, explanation };
}

/** A provider learns the facts of its own contract, and none about the person (T-25, T-38). */
function isToldTo(asked: Case, { facts }: Spoken): boolean {
  return asked.kind === 'enrolment' || asked.asker !== 'provider' || 'asker' in facts;
}

function line({ clause, facts, on }: Spoken, factsAreTold: boolean): Words {
  const { cite, rule } = clause;
  const parts: Words[] = [{ fa: `${cite} «${clause.fa}»`, en: `${cite} “${clause.en}”` }];
  if (rule !== undefined) {
    parts.push({ fa: `${rule.fa} (${rule.reference.fa})`, en: `${rule.en} (${rule.reference.en})` });
  }
  if (!factsAreTold) return joined(parts, ' — ', ' — ');
  const told = clause.facts.map((name) => factInWords(name as FactName, facts[name]));
  if (told.length > 0) parts.push(joined(told, '؛ ', '; '));
  const figures = clause.figures.map((name) => figureInWords(name, on.reckonedBy.rows[name]));
  if (figures.length > 0) parts.push(joined(figures, '؛ ', '; '));
  return joined(parts, ' — ', ' — ');
}

function joined(parts: readonly Words[], fa: string, en: string): Words {
  return { fa: parts.map((part) => part.fa).join(fa), en: parts.map((part) => part.en).join(en) };
}

function named(name: Words, value: Words): Words {
  return { fa: `${name.fa}: ${value.fa}`, en: `${name.en}: ${value.en}` };
}

const yes = { fa: 'بله', en: 'yes' };
const no = { fa: 'خیر', en: 'no' };
const none = { fa: 'ثبت نشده', en: 'not recorded' };
const rial = { fa: 'ریال', en: 'rials' };

function factInWords(name: FactName, value: unknown): Words {
  const words: FactWords = factNames[name];
  return named(words, value === null ? (words.absent ?? none) : valueInWords(words.as, value));
}

function valueInWords(as: FactWords['as'], value: unknown): Words {
  if (value === null || value === undefined) return none;
  if (typeof as === 'object') {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.length === 0
      ? none
      : joined(
          values.map((one) => as[String(one)] ?? { fa: String(one), en: String(one) }),
          '، ',
          ', ',
        );
  }
  switch (as) {
    case 'day':
      return dayInWords(value as Day);
    case 'month':
      return monthInWords(value as HijriMonth);
    case 'rials':
      return amount(Number(value), rial);
    case 'number':
      return numberInWords(Number(value));
    case 'yesOrNo':
      return value === true ? yes : no;
  }
}

const unitNames: Readonly<Record<Exclude<Unit, 'yes or no' | 'table'>, Words>> = {
  'rial/month': { fa: 'ریال در ماه', en: 'rials a month' },
  percent: { fa: 'درصد', en: 'per cent' },
  'percent of the wage': { fa: 'درصد', en: 'per cent' },
  decile: { fa: '', en: '' },
  day: { fa: 'روز', en: 'days' },
  month: { fa: 'ماه', en: 'months' },
  'year of age': { fa: 'سال تمام', en: 'full years' },
};

type RowInBook = { readonly value: unknown; readonly reference: Words } | undefined;

function figureInWords(name: FigureName, row: RowInBook): Words {
  const { name: words, unit } = parameters[name];
  if (row === undefined) return named(words, none);
  const value = figureValue(unit, row.value);
  return named(words, {
    fa: `${value.fa} (${row.reference.fa})`.trim(),
    en: `${value.en} (${row.reference.en})`.trim(),
  });
}

function figureValue(unit: Unit, value: unknown): Words {
  if (unit === 'table') return { fa: '', en: '' };
  if (unit === 'yes or no') return value === true ? yes : no;
  const { fa, en } = amount(Number(value), unitNames[unit]);
  return { fa: fa.trim(), en: en.trim() };
}
