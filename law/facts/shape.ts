import type { Reading } from './reading.ts';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** A kind of JSON value: how it is read into `T`, and its JSON Schema. */
export type Shape<T> = {
  /** Reads `value`; a value of another shape is written down as a fault in `reading`, and `undefined` comes back. */
  readonly read: (value: unknown, reading: Reading) => T | undefined;
  readonly schema: JsonSchema;
  /** Of a value without contents: what it means, if it means anything, without a word about what is wrong. */
  readonly understand?: (value: unknown) => T | undefined;
};

/** A key of an object. `null` and absent are the same: an error where it is required, else the default. */
export type Field<T> = {
  readonly shape: Shape<NonNullable<T>>;
  readonly required: boolean;
  /** Whether the other facts of its object, as far as they could be read, make an optional key a required one. */
  readonly requiredWhere?: (object: Readonly<Record<string, unknown>>) => boolean;
  readonly default: T | null;
  readonly about: string;
};

export type Fields<T> = { readonly [Key in keyof T]: Field<T[Key]> };

/** Any value but null. */
type Known = string | number | boolean | object;

export function required<T>(shape: Shape<NonNullable<T>>, about = ''): Field<T> {
  return { shape, required: true, default: null, about };
}

export function optional<T extends Known>(shape: Shape<T>, about: string, byDefault: null): Field<T | null>;
export function optional<T extends Known>(shape: Shape<T>, about: string, byDefault: NoInfer<T>): Field<T>;
export function optional(shape: Shape<Known>, about: string, byDefault: unknown): Field<unknown> {
  return { shape, required: false, default: byDefault, about };
}

/** An optional key that other facts of its object can make a required one. */
export function requiredWhere<T extends Known>(
  condition: (object: Readonly<Record<string, unknown>>) => boolean,
  shape: Shape<T>,
  about: string,
): Field<T | null> {
  return { shape, required: false, requiredWhere: condition, default: null, about };
}

/** A value that is a string, number or boolean in JSON, and how it is understood. */
export function scalar<T>(
  expected: string,
  schema: JsonSchema,
  understand: (value: unknown) => T | undefined,
): Shape<T> {
  return {
    schema,
    understand,
    read(value, reading) {
      const understood = understand(value);
      if (understood === undefined) reading.fault(`expected ${expected}, not ${inWords(value)}`);
      return understood;
    },
  };
}

const longestShown = 40;

function inWords(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return shown.length <= longestShown ? shown : `${shown.slice(0, longestShown)}…`;
}

export const text: Shape<string> = scalar('a text', { type: 'string' }, (value) =>
  typeof value === 'string' ? value : undefined,
);

export const flag: Shape<boolean> = scalar('true or false', { type: 'boolean' }, (value) =>
  typeof value === 'boolean' ? value : undefined,
);

export function oneOf<const T extends string | number>(values: readonly T[]): Shape<T> {
  const known = new Map<unknown, T>(values.map((value) => [value, value]));
  return scalar(`one of ${values.map((value) => JSON.stringify(value)).join(', ')}`, { enum: values }, (value) =>
    known.get(value),
  );
}

export function wholeNumber(smallest: number, largest: number): Shape<number> {
  return scalar(
    `a whole number from ${String(smallest)} to ${String(largest)}`,
    { type: 'integer', minimum: smallest, maximum: largest },
    (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= smallest && value <= largest ? value : undefined,
  );
}

export function listOf<T>(items: Shape<T>, fewest = 0): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: items.schema, ...(fewest > 0 && { minItems: fewest }) },
    read(value, reading) {
      if (!Array.isArray(value)) {
        reading.fault(`expected a list, not ${inWords(value)}`);
        return undefined;
      }
      if (value.length < fewest) reading.fault(`expected at least ${String(fewest)} in the list`);
      return value.map((item: unknown, index) => reading.inside(index, items, item) as T);
    },
  };
}

/** Either the word or what the shape says. */
export function wordOr<const W extends string, T>(word: W, shape: Shape<T>): Shape<W | T> {
  return {
    schema: { anyOf: [{ const: word }, shape.schema] },
    read: (value, reading) => (value === word ? word : shape.read(value, reading)),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function described(field: Field<unknown>): JsonSchema {
  const schema = field.required
    ? field.shape.schema
    : { anyOf: [field.shape.schema, { type: 'null' }], default: field.default };
  const about = [field.about, field.shape.schema['description']].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return about.length === 0 ? schema : { ...schema, description: about.join('; ') };
}

/** An object with these keys and no others: a misspelt fact must not pass as absent. */
export function objectOf<T extends object>(fields: Fields<T>): Shape<T> {
  const entries = Object.entries<Field<unknown>>(fields);
  const byKey = new Map(entries);
  const template = Object.fromEntries<unknown>(
    entries.map(([key, field]) => [key, field.required ? undefined : field.default]),
  );
  const knownKeys = entries.map(([known]) => known).join(', ');
  const requiredKeys = entries.filter(([, field]) => field.required).map(([key]) => key);
  const conditional = entries.map(([, field]) => field).filter((field) => field.requiredWhere !== undefined);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([key, field]) => [key, described(field)])),
      required: requiredKeys,
      additionalProperties: false,
    },
    read(value, reading) {
      if (!isObject(value)) {
        reading.fault(`expected an object, not ${inWords(value)}`);
        return undefined;
      }
      const result = { ...template };
      let found = 0;
      for (const key in value) {
        const field = byKey.get(key);
        const fact = value[key];
        if (field === undefined) reading.faultAt(key, `unknown key; known here: ${knownKeys}`);
        else if (fact !== null && fact !== undefined) {
          // Most facts have no contents and no fault: the way to them is noted only where one of the two is not so.
          result[key] = field.shape.understand?.(fact) ?? reading.inside(key, field.shape, fact);
          if (field.required) found += 1;
        }
      }
      if (found < requiredKeys.length || conditional.some((field) => field.requiredWhere?.(result) === true)) {
        findMissing(entries, result, value, reading);
      }
      return result as T;
    },
  };
}

function findMissing(
  entries: readonly (readonly [string, Field<unknown>])[],
  read: Readonly<Record<string, unknown>>,
  written: Readonly<Record<string, unknown>>,
  reading: Reading,
): void {
  for (const [key, field] of entries) {
    const isRequired = field.required || field.requiredWhere?.(read) === true;
    if (isRequired && (written[key] ?? null) === null) {
      reading.missing(key, field.about === '' ? 'expected a value' : `expected a value: ${field.about}`);
    }
  }
}

function oneOfThese(schemas: readonly JsonSchema[]): JsonSchema {
  return schemas.length === 1 && schemas[0] !== undefined ? schemas[0] : { oneOf: schemas };
}

/** An object whose `key` tells which of several shapes it has. A missing or unknown word there is its only fault. */
export function variantBy<T extends object>(key: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const byWord = new Map<unknown, Shape<T>>(Object.entries(shapes));
  const words = Object.keys(shapes).map((word) => JSON.stringify(word));
  return {
    schema: oneOfThese([...new Set(Object.values(shapes).map((shape) => shape.schema))]),
    read(value, reading) {
      if (!isObject(value)) {
        reading.fault(`expected an object, not ${inWords(value)}`);
        return undefined;
      }
      const shape = byWord.get(value[key]);
      if (shape === undefined) {
        reading.faultAt(
          key,
          `expected one of ${words.join(', ')}${value[key] === undefined ? '' : `, not ${inWords(value[key])}`}`,
        );
        return undefined;
      }
      return shape.read(value, reading);
    },
  };
}
