import { findDay, isoDay } from '@estehqaq/law';
import type { CsvColumns, Rejection } from '../../membership/index.ts';
import { findNationalId, withLatinDigits } from '../../platform/index.ts';
import { findReference } from './reference.ts';
import type { SaidResult } from './said-result.ts';

/** The control totals of a file of results: how many there are, and the sum of their heads' national ids. */
export interface ResultTotals {
  readonly rows: bigint;
  readonly headSum: bigint;
}

export type ResultLine = Omit<SaidResult, 'receivedFrom' | 'head'> & { readonly head: bigint };

const resultKeys = ['reference', 'head', 'determinedOn', 'decile', 'incomeMonthly', 'corrects'];

const asText = (text: string): string => text.trim();
const asNumber = (text: string): unknown => {
  const digits = withLatinDigits(text.trim());
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text;
};

/** Of CSV one line has `rows` and `headSum`, and nothing else. */
export const resultColumns: CsvColumns = {
  rows: asNumber,
  headSum: asText,
  reference: asText,
  head: asText,
  determinedOn: asText,
  decile: asNumber,
  incomeMonthly: asNumber,
  corrects: (text): unknown => JSON.parse(text),
};

/** Reads `{rows, headSum: "…"}`, which may stand anywhere in the file; undefined for what is none. */
export function findTotals(document: unknown): ResultTotals | undefined {
  if (!isObject(document)) return undefined;
  const { rows, headSum } = document;
  const isRight = Number.isSafeInteger(rows) && (rows as number) >= 0 && /^\d{1,30}$/.test(String(headSum));
  return isRight ? { rows: BigInt(rows as number), headSum: BigInt(String(headSum)) } : undefined;
}

/** Reads `{reference, head, determinedOn, decile, incomeMonthly, corrects}`: the decile, the income, or both. */
export function readResultLine(document: unknown): ResultLine | Rejection {
  if (!isObject(document)) return { code: 'INVALID_LINE', path: '', message: 'expected a JSON object' };
  const unknown = Object.keys(document).find((key) => !resultKeys.includes(key));
  if (unknown !== undefined) return fault(`/${unknown.slice(0, 40)}`, `one of the keys ${resultKeys.join(', ')}`);
  const { reference, head: writtenHead, determinedOn } = document;
  const of = typeof reference === 'string' ? findReference(reference) : undefined;
  if (of === undefined) return fault('/reference', 'the reference of an inquiry');
  const head = typeof writtenHead === 'string' ? findNationalId(writtenHead) : undefined;
  if (head === undefined) return fault('/head', 'the national id of the head');
  const day = typeof determinedOn === 'string' ? findDay(determinedOn) : undefined;
  if (day === undefined) return fault('/determinedOn', 'a day: 2019-11-06');
  const said = readSaid(document);
  return 'code' in said ? said : { ...of, head, determinedOn: isoDay(day), ...said };
}

function readSaid(
  document: Readonly<Record<string, unknown>>,
): Pick<ResultLine, 'decile' | 'incomeMonthly' | 'corrects'> | Rejection {
  const { decile = null, incomeMonthly = null, corrects = false } = document;
  if (!isWhole(decile, 1, 10)) return fault('/decile', 'a decile from 1 to 10');
  if (!isWhole(incomeMonthly, 0, Number.MAX_SAFE_INTEGER)) return fault('/incomeMonthly', 'whole rials a month');
  if (decile === null && incomeMonthly === null) return fault('/decile', 'a decile, an income, or both');
  if (typeof corrects !== 'boolean') return fault('/corrects', 'true or false');
  return { decile, incomeMonthly: incomeMonthly === null ? null : BigInt(incomeMonthly), corrects };
}

function fault(path: string, expected: string): Rejection {
  return { code: 'INVALID_RESULT', path, message: `expected ${expected}` };
}

function isWhole(value: unknown, least: number, most: number): value is number | null {
  return value === null || (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
