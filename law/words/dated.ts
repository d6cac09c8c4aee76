/** The same words in Persian, the language of the law, and in English. */
export type Words = { readonly fa: string; readonly en: string };

/** Where a figure is from: the regulation's own text, another public source, or an assumption that an insurer must confirm. */
export type Provenance = 'source' | 'found' | 'assumed';

/**
 * A value and the first day on which it holds (Solar Hijri, `1398/01/01`). It holds until the next row; a row of `null`
 * ends it. Before the first row there is no value.
 */
export type Row<Value> = {
  readonly from: string;
  readonly value: Value | null;
  readonly reference: Words;
  readonly provenance: Provenance;
};

export type Unit =
  'rial/month' | 'percent' | 'percent of the wage' | 'decile' | 'day' | 'month' | 'year of age' | 'yes or no' | 'table';

/** A figure of the law: what it is, in which unit, and its values by date. */
export type Dated<Value> = {
  readonly name: Words;
  readonly unit: Unit;
  readonly rows: readonly Row<Value>[];
};

export function dated<Value>(name: Words, unit: Unit, rows: readonly Row<Value>[]): Dated<Value> {
  return { name, unit, rows };
}

/** A row whose value stands in the regulation's own text; the reference is a clause. */
export function source<Value>(from: string, value: Value, clause: string): Row<Value> {
  return { from, value, reference: { fa: clause, en: clause }, provenance: 'source' };
}

/** A row whose value was found in another public source. */
export function found<Value>(from: string, value: Value, fa: string, en: string): Row<Value> {
  return { from, value, reference: { fa, en }, provenance: 'found' };
}

/** A row whose value no text gives: a reading, to be confirmed by the insurer. */
export function assumed<Value>(from: string, value: Value, fa: string, en: string): Row<Value> {
  return { from, value, reference: { fa, en }, provenance: 'assumed' };
}
