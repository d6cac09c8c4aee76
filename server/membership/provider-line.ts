import { findDay, type Day } from '@estehqaq/law';
import { withLatinDigits } from '../platform/index.ts';
import { findMobile } from './mobile.ts';
import { isName, isObject, type LineFault } from './person-line.ts';
import type { Provider } from './provider.ts';

/** What one line of an import says about a provider. */
export type ProviderLine = Omit<Provider, 'version'>;

const keys = [
  'code',
  'name',
  'kind',
  'ownership',
  'contractFrom',
  'contractUntil',
  'suspended',
  'mobiles',
  'licence',
] as const;

const kinds: readonly Provider['kind'][] = ['physician', 'pharmacy', 'paraclinic', 'clinic', 'hospital'];
const ownerships: readonly Provider['ownership'][] = ['owned', 'contracted'];

class Refusal extends Error {
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`expected ${expected}`);
    this.path = path;
  }
}

/** Reads `{code, name, kind, ownership, contractFrom, contractUntil, suspended, mobiles: ["+98912…"], licence}`. */
export function readProviderLine(document: unknown): ProviderLine | LineFault {
  if (!isObject(document)) return { code: 'INVALID_LINE', path: '', message: 'expected a JSON object' };
  try {
    return readProvider(document);
  } catch (error) {
    if (error instanceof Refusal) return { code: 'INVALID_PROVIDER', path: error.path, message: error.message };
    throw error;
  }
}

function readProvider(written: Readonly<Record<string, unknown>>): ProviderLine {
  const unknown = Object.keys(written).find((key) => !keys.some((known) => known === key));
  if (unknown !== undefined) throw new Refusal(`/${unknown}`, `one of the keys ${keys.join(', ')}`);
  const ownership = oneOf('ownership', written, ownerships);
  const contractFrom = findDayOf('contractFrom', written);
  const contractUntil = findDayOf('contractUntil', written);
  if (ownership === 'contracted' && contractFrom === null) {
    throw new Refusal('/contractFrom', 'a day: it is required where contracted');
  }
  return {
    code: readCode(written['code']),
    name: readTextOf('name', written),
    kind: oneOf('kind', written, kinds),
    ownership,
    contractFrom,
    contractUntil,
    suspended: readFlag('suspended', written),
    mobiles: readMobiles(written['mobiles'] ?? []),
    licence: (written['licence'] ?? null) === null ? null : readTextOf('licence', written),
  };
}

/** Codes are typed into SMS texts: digits are kept as Latin ones. */
function readCode(value: unknown): string {
  const code = typeof value === 'string' ? withLatinDigits(value.trim()) : '';
  if (!/^[A-Za-z0-9-]{1,30}$/.test(code)) throw new Refusal('/code', 'a code of letters, digits and dashes');
  return code;
}

function readTextOf(key: string, written: Readonly<Record<string, unknown>>): string {
  const value = written[key];
  if (typeof value !== 'string' || value.trim() === '' || !isName(value)) {
    throw new Refusal(`/${key}`, 'a text of at most 100 characters');
  }
  return value.trim();
}

function oneOf<T extends string>(key: string, written: Readonly<Record<string, unknown>>, words: readonly T[]): T {
  const word = words.find((each) => each === written[key]);
  if (word === undefined) throw new Refusal(`/${key}`, `one of ${words.join(', ')}`);
  return word;
}

function findDayOf(key: string, written: Readonly<Record<string, unknown>>): Day | null {
  const value = written[key] ?? null;
  if (value === null) return null;
  const day = typeof value === 'string' ? findDay(value) : undefined;
  if (day === undefined) throw new Refusal(`/${key}`, 'a Gregorian day like "2019-11-06"');
  return day;
}

function readFlag(key: string, written: Readonly<Record<string, unknown>>): boolean {
  const value = written[key] ?? false;
  if (typeof value !== 'boolean') throw new Refusal(`/${key}`, 'true or false');
  return value;
}

function readMobiles(value: unknown): readonly bigint[] {
  if (!Array.isArray(value)) throw new Refusal('/mobiles', 'a list');
  const mobiles = value.map((each: unknown, index) => {
    const mobile = typeof each === 'string' ? findMobile(each) : undefined;
    if (mobile === undefined) throw new Refusal(`/mobiles/${index}`, 'a mobile like "+989121234567"');
    return mobile;
  });
  return [...new Set(mobiles)].sort((one, other) => (one < other ? -1 : 1));
}
