import { findHijriDay, isoDay } from '@estehqaq/law';
import { createPayments, type Payments } from '../contributions/index.ts';
import type { Database } from '../database/index.ts';
import { LawInForce } from '../decisions/index.ts';
import type { Provider } from '../membership/index.ts';
import { checkDigitOf, createLog, Ids, nationalIdText, type Clock } from '../platform/index.ts';
import type { CoverAnswer as InsurersCover, Family } from '../registries/index.ts';
import { createEnrolment, type Enrolment } from './enrolment.ts';
import type { DeclaredMember, HouseholdDocument } from './household-document.ts';
import { listInquiries, markSent } from './means-test/inquiry-store.ts';
import { recordResult, type Taken } from './means-test/record-result.ts';
import { findResultOf } from './means-test/result-store.ts';
import type { MeansTestResult } from './means-testing.ts';
import { findNumber } from './numbers.ts';
import { findPlace } from './application-store.ts';
import type { EnrolmentParts } from './parts.ts';

/* For tests of enrolment: a real database with the real law and contributions; registries answer what the test says. */

export class SetClock implements Clock {
  #now = new Date(0);
  readonly now = (): Date => this.#now;
  /** @param day Solar Hijri: 1398/08/10, at noon in Tehran unless a time of UTC is given */
  set(day: string, time = '08:30:00Z'): void {
    this.#now = new Date(`${iso(day)}T${time}`);
  }
}

/** The ISO day of a Solar Hijri one. */
export function iso(hijri: string): string {
  const day = findHijriDay(hijri);
  if (day === undefined) throw new RangeError(hijri);
  return isoDay(day);
}

/** A national id that is well-formed, for each number. */
export function person(number: number): bigint {
  const nine = 120_000_000 + number;
  return BigInt(nine) * 10n + BigInt(checkDigitOf(nine));
}

export const idOf = (number: number): string => nationalIdText(person(number));

export function member(number: number, more: Partial<DeclaredMember> = {}): DeclaredMember {
  return {
    ...{ id: idOf(number), relation: 'head', sex: 'male', birthDate: '1980-01-01', firstName: 'علی', lastName: 'نوری' },
    ...{ mobile: null, inApplication: true, declaredCover: null, hospitalisedFromBirth: null, emergency: null },
    ...more,
  };
}

export const spouse = (number: number, more: Partial<DeclaredMember> = {}): DeclaredMember =>
  member(number, { relation: 'spouse', sex: 'female', firstName: 'مریم', ...more });

export const child = (number: number, more: Partial<DeclaredMember> = {}): DeclaredMember =>
  member(number, { relation: 'child', birthDate: '2012-06-01', firstName: 'سارا', sex: 'female', ...more });

export function household(...members: DeclaredMember[]): HouseholdDocument {
  return { route: 'selfDeclared', termMonths: 12, members, lostCover: null, separatedSpouses: [] };
}

export interface World {
  readonly parts: Omit<EnrolmentParts, 'meansTesting'>;
  readonly enrolment: Enrolment;
  readonly payments: Payments;
  readonly clock: SetClock;
  readonly law: LawInForce;
  readonly families: Map<string, Family | 'unavailable'>;
  readonly covers: Map<string, readonly InsurersCover[] | 'unavailable'>;
  /** What the ministry was asked about the household of an application, the newest first. */
  readonly inquiriesOf: (number: string) => ReturnType<typeof listInquiries>;
  /** Opens an application of the head and submits it. */
  readonly apply: (document: HouseholdDocument) => Promise<string>;
  readonly read: (number: string) => ReturnType<Enrolment['read']>;
  /** The whole open bill at a counter. */
  readonly pay: (number: string) => Promise<string>;
  /** The ministry answers what it was asked last; where it has answered already, it corrects itself. */
  readonly result: (number: string, said: Partial<Pick<MeansTestResult, 'decile' | 'incomeMonthly'>>) => Promise<Taken>;
  readonly close: () => Promise<void>;
}

const hospital: Provider = {
  ...{
    code: '2001',
    name: 'بیمارستان',
    kind: 'hospital',
    ownership: 'owned',
    contractFrom: null,
    contractUntil: null,
    version: 1n,
  },
  ...{ suspended: false, licence: null, mobiles: [] },
};

export async function createWorld(database: Database, day = '1398/08/10'): Promise<World> {
  const { pool } = database;
  const clock = new SetClock();
  clock.set(day);
  const law = await LawInForce.start(pool, { pollMs: 1_000_000 });
  const ids = new Ids(pool, clock);
  const families: World['families'] = new Map();
  const covers: World['covers'] = new Map();
  const log = createLog('silent');
  const parts: Omit<EnrolmentParts, 'meansTesting'> = {
    ...{ pool, clock, ids, law, log },
    civilRegistry: { familyOf: (id) => Promise.resolve(families.get(id) ?? 'notFound') },
    otherInsurers: { coversOf: (id) => Promise.resolve(covers.get(id) ?? []) },
    directory: { find: (code) => (code === hospital.code ? hospital : undefined) },
  };
  const enrolment = createEnrolment(parts);
  const silent = () => Promise.resolve('silent' as const);
  const payments = createPayments({
    ...{ pool, clock, ids, log, callbackUrl: () => '', lockHousehold: enrolment.lockHousehold },
    ...{ onPaid: enrolment.onPaid, onExpired: enrolment.onExpired },
    gateway: { request: silent, verify: silent, listUnverified: silent, addressOf: () => '' } as never,
  });
  const place = async (number: string) => {
    const found = await findPlace(pool, findNumber(number, 13) ?? 0n);
    if (found === undefined) throw new RangeError(number);
    return found;
  };
  let receipts = 0;
  return {
    ...{ parts, enrolment, payments, clock, law, families, covers },
    inquiriesOf: async (number) => listInquiries(pool, (await place(number)).household),
    apply: async (document) => {
      const head = document.members.find(({ relation }) => relation === 'head')?.id ?? '';
      const actor = { kind: 'self', person: BigInt(head) } as const;
      const { number } = await enrolment.createDraft({ actor, document });
      await enrolment.submit({ actor, number });
      return number;
    },
    read: (number) => enrolment.read(number, { kind: 'staff', user: 'reza', role: 'auditor' }),
    pay: async (number) => {
      const { household: owner } = await place(number);
      const told = await enrolment.read(number, { kind: 'system' });
      const bill = BigInt(told.bill ?? 0);
      const amount = BigInt(told.decisions.at(-1)?.decision.payable ?? 0);
      const paid = await payments.takeAtCounter({
        ...{ household: owner, bill, office: '72001', operator: 'staff:sara', amount },
        receiptNumber: String((receipts += 1)),
      });
      return paid.paidOn;
    },
    result: async (number, said) => {
      const { household: owner } = await place(number);
      return answer({ ...parts, onResult: enrolment.onResult }, owner, said);
    },
    close: async () => {
      await law.stop();
      await ids.close();
    },
  };
}

async function answer(
  parts: Parameters<typeof recordResult>[0],
  household: bigint,
  said: Parameters<World['result']>[1],
): Promise<Taken> {
  const { pool, clock } = parts;
  const [asked] = await listInquiries(pool, household);
  if (asked === undefined) throw new RangeError('nothing was asked');
  const today = isoOf(clock);
  await markSent(pool, asked, { at: clock.now(), sentOn: today, dueOn: today, tryAt: clock.now() });
  const { inquiry } = asked;
  const corrects = (await findResultOf(pool, household, inquiry)) !== undefined;
  const result = { household, inquiry, head: null, determinedOn: today, receivedFrom: 'api', corrects };
  return recordResult(parts, { ...result, incomeMonthly: null, decile: null, ...said });
}

function isoOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}
