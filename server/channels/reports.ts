import { findDayInEitherCalendar } from '../cases/index.ts';
import type { InquiryCount, ServiceGiven, UncheckedService } from '../inquiry/index.ts';
import { findNationalId, nationalIdText } from '../platform/index.ts';

/** What the web and the command line share of the reports: how a service is read, and how lines are written. */

/** A service as a list names it; a setting that is not said is outpatient, as in an inquiry. */
export interface WrittenService {
  readonly nationalId: string;
  readonly provider: string;
  /** In either calendar. */
  readonly day: string;
  readonly setting?: 'outpatient' | 'inpatient';
}

/** @returns the name of the field that is not understood, instead of a service */
export function readService({
  nationalId,
  provider,
  day,
  setting,
}: WrittenService): ServiceGiven | keyof WrittenService {
  const person = findNationalId(nationalId);
  if (person === undefined) return 'nationalId';
  const on = findDayInEitherCalendar(day);
  return on === undefined ? 'day' : { person, provider, day: on, setting: setting ?? 'outpatient' };
}

export interface ToldUnchecked extends Required<WrittenService> {
  readonly check: UncheckedService['check'];
}

const millisecondsPerDay = 86_400_000;

export function tellUnchecked({ service, check }: UncheckedService): ToldUnchecked {
  const { person, provider, day, setting } = service;
  const on = new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
  return { nationalId: nationalIdText(person), provider, day: on, setting, check };
}

export const uncheckedColumns = [
  'nationalId',
  'provider',
  'day',
  'setting',
  'check',
] as const satisfies readonly (keyof ToldUnchecked)[];

export const countColumns = [
  'day',
  'channel',
  'outcome',
  'providerKind',
  'inquiries',
  'meanUs',
  'medianUs',
  'p99Us',
] as const satisfies readonly (keyof InquiryCount)[];

/** A line of CSV (RFC 4180), with its end; nothing stands for null. */
export function csvLine(values: readonly (string | number | null)[]): string {
  const cells = values.map((value) => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}

export function csvOf<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number | null>>[],
): string {
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvLine).join('');
}
