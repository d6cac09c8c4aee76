import { findDay, isoDay, type Day } from '@estehqaq/law';
import { findMobile, type Rejection } from '../../membership/index.ts';
import { findNationalId } from '../../platform/index.ts';

export const funds = ['employees', 'otherStrata', 'universal', 'rural'] as const;

/** A household that is insured with the organisation, as the insurer's own system has it. Days are ISO. */
export interface HouseholdLine {
  readonly fund: (typeof funds)[number];
  /** A supportive body pays for them (M-12). */
  readonly supportiveBody: boolean;
  /** null: not said. */
  readonly coveredFrom: string | null;
  /** The last covered day. */
  readonly expiresOn: string;
  readonly free: boolean;
  /** Entered by the late rule (M-33): may ask for a means test until the cover ends (M-36). */
  readonly lateEntrant: boolean;
  readonly district: string | null;
  readonly centre: string | null;
  /** The head first. */
  readonly members: readonly LineMember[];
}

export interface LineMember {
  readonly person: bigint;
  readonly relation: 'head' | 'spouse' | 'child';
  readonly sex: 'male' | 'female';
  readonly birthDate: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly mobile: bigint | null;
}

const keys = [
  ...['head', 'members', 'fund', 'supportiveBody', 'coveredFrom', 'expiresOn', 'free', 'lateEntrant'],
  ...['district', 'centre'],
];
const headKeys = ['nationalId', 'sex', 'birthDate', 'firstName', 'lastName', 'mobile'];
const mostMembers = 50;
const longestText = 100;

class Refusal extends Error {
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`expected ${expected}`);
    this.path = path;
  }
}

type Written = Readonly<Record<string, unknown>>;

/**
 * Reads `{head: {nationalId, sex, birthDate, firstName, lastName, mobile}, members: [{…, relation}], fund, supportiveBody,
 * coveredFrom, expiresOn, free, lateEntrant, district, centre}`.
 * @param today nobody is born later
 */
export function readHouseholdLine(document: unknown, today: Day): HouseholdLine | Rejection {
  try {
    return readHousehold(requireObject(document, ''), today);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: 'INVALID_HOUSEHOLD', path: error.path, message: error.message };
  }
}

function readHousehold(written: Written, today: Day): HouseholdLine {
  requireKeys(written, keys, '');
  const head = requireObject(written['head'], '/head');
  requireKeys(head, headKeys, '/head');
  const others = written['members'] ?? [];
  if (!Array.isArray(others) || others.length > mostMembers) throw new Refusal('/members', 'a list of members');
  const members = [
    readMember(head, '/head', 'head', today),
    ...others.map((each: unknown, index) => {
      const path = `/members/${index}`;
      const member = requireObject(each, path);
      requireKeys(member, [...headKeys, 'relation'], path);
      return readMember(member, path, oneOf(member['relation'], ['spouse', 'child'], `${path}/relation`), today);
    }),
  ];
  if (new Set(members.map(({ person }) => person)).size < members.length) {
    throw new Refusal('/members', 'everybody once');
  }
  const coveredFrom = written['coveredFrom'] ?? null;
  const expiresOn = readDay(written['expiresOn'], '/expiresOn');
  const from = coveredFrom === null ? null : readDay(coveredFrom, '/coveredFrom');
  if (from !== null && from > expiresOn) throw new Refusal('/coveredFrom', 'a day not after expiresOn');
  return {
    fund: oneOf(written['fund'], funds, '/fund'),
    supportiveBody: readFlag(written['supportiveBody'], '/supportiveBody'),
    coveredFrom: from === null ? null : isoDay(from),
    expiresOn: isoDay(expiresOn),
    free: readFlag(written['free'], '/free'),
    lateEntrant: readFlag(written['lateEntrant'], '/lateEntrant'),
    district: readText(written['district'], '/district'),
    centre: readText(written['centre'], '/centre'),
    members,
  };
}

function readMember(written: Written, path: string, relation: LineMember['relation'], today: Day): LineMember {
  const { nationalId, sex, birthDate, firstName, lastName, mobile } = written;
  const person = typeof nationalId === 'string' ? findNationalId(nationalId) : undefined;
  if (person === undefined) throw new Refusal(`${path}/nationalId`, 'a national id');
  const born = readDay(birthDate, `${path}/birthDate`);
  if (born > today) throw new Refusal(`${path}/birthDate`, 'a day that is not to come');
  const number = typeof mobile === 'string' ? findMobile(mobile) : undefined;
  if (number === undefined && mobile !== undefined && mobile !== null) throw new Refusal(`${path}/mobile`, 'a mobile');
  return {
    person,
    relation,
    sex: oneOf(sex, ['male', 'female'], `${path}/sex`),
    birthDate: isoDay(born),
    firstName: readText(firstName, `${path}/firstName`),
    lastName: readText(lastName, `${path}/lastName`),
    mobile: number ?? null,
  };
}

function requireObject(value: unknown, path: string): Written {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Written;
  throw new Refusal(path, 'a JSON object');
}

function requireKeys(written: Written, known: readonly string[], path: string): void {
  const unknown = Object.keys(written).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new Refusal(`${path}/${unknown.slice(0, 40)}`, `one of the keys ${known.join(', ')}`);
}

function oneOf<Known extends string>(value: unknown, known: readonly Known[], path: string): Known {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Refusal(path, known.join(', '));
  return found;
}

function readFlag(value: unknown, path: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new Refusal(path, 'true or false');
  return value;
}

function readDay(value: unknown, path: string): Day {
  const day = typeof value === 'string' ? findDay(value) : undefined;
  if (day === undefined) throw new Refusal(path, 'a day: 2019-11-06');
  return day;
}

function readText(value: unknown, path: string): string | null {
  if (value === undefined || value === null) return null;
  const isRight = typeof value === 'string' && value.length <= longestText && !/[\p{Cc}\\]/u.test(value);
  if (!isRight) throw new Refusal(path, `a text of at most ${longestText} characters`);
  return value.trim() === '' ? null : value.trim();
}
