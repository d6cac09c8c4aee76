import { isoDay, type Day } from '@estehqaq/law';
import { transaction } from '../database/index.ts';
import { judgeInquiry } from '../decisions/index.ts';
import { principalsOf, readDossiers } from '../membership/index.ts';
import { dayInTehran, nationalIdText } from '../platform/index.ts';
import { fault } from './actor.ts';
import { isContracted } from './is-contracted.ts';
import { listCoversOfPerson, type CoverMember } from './cover-store.ts';
import { getDay } from './law-case.ts';
import { findMember, isTemporary, memberText } from './member-key.ts';
import type { EnrolmentParts } from './parts.ts';
import { read } from './sql.ts';

/** Who asks whether a person is covered by the mandatory insurance. */
export type CoverAsker =
  | { readonly kind: 'provider'; readonly code: string }
  | { readonly kind: 'self'; readonly person: bigint }
  | { readonly kind: 'staff'; readonly user: string; readonly role: string };

export interface CoverQuestion {
  readonly asker: CoverAsker;
  /** National id, or temporary key of a newborn. */
  readonly id: string;
  /** Staff alone name another day than today; ISO, like all days here. */
  readonly on?: string | undefined;
  /** A stay in hospital; without an end it goes on. */
  readonly stay?: { readonly admittedOn: string; readonly dischargedOn: string | null } | undefined;
  readonly emergency?: boolean | undefined;
}

/** Days in a row and who pays for them. */
export interface PaidDays {
  readonly from: string;
  readonly until: string;
  readonly payer: 'insurer' | 'patient';
  /** Of days that are the patient's. */
  readonly reason: 'NOT_COVERED_PAY_TARIFF' | 'NOT_COVERED_MAY_ENROL' | null;
}

export interface CoverAnswer {
  readonly id: string;
  readonly on: string;
  /** By the day asked about; of a stay by its last day, or today. */
  readonly outcome: 'COVERED' | 'NOT_COVERED_PAY_TARIFF' | 'NOT_COVERED_MAY_ENROL' | 'COVERED_ELSEWHERE';
  readonly days: readonly PaidDays[];
  readonly clauses: readonly string[];
  /** These are told to the person and to staff: a provider learns no end. */
  readonly booklet?: string;
  readonly coveredUntil?: string;
}

/**
 * Which days are the organisation's: those from entitlement to the end of cover (M-46, M-47). Before that a patient pays the
 * approved tariff (M-45), unless it is an emergency, in which the household may enrol without a wait for the patient (M-43).
 * Every question is recorded before it is answered.
 * @throws Fault NOT_CONTRACTED; NOT_YOURS for a person about another; INVALID_NATIONAL_ID; APPLICATION_INVALID; DATABASE_…
 */
export async function checkCover(parts: EnrolmentParts, question: CoverQuestion): Promise<CoverAnswer> {
  const person = findMember(question.id);
  if (person === undefined) throw fault('INVALID_NATIONAL_ID');
  const now = parts.clock.now();
  const today = dayInTehran(now);
  requireAsker(parts, question, person, today);
  const days = daysOf(question, today);
  return transaction(parts.pool, async (client) => {
    const covers = await listCoversOfPerson(client, person);
    const elsewhere = await isCoveredElsewhere(parts, person, days.last);
    const answer = answerOf(question, person, days, covers, elsewhere);
    const [id] = await parts.ids.make([person]);
    await read(
      client,
      'insert into cover_check (person, id, asked_at, asker, question, answer) values ($1, $2, $3, $4, $5, $6)',
      [person, id, now, askerName(question.asker), JSON.stringify(asked(question)), JSON.stringify(answer)],
    );
    return told(answer, question.asker);
  });
}

const asked = ({ on, stay, emergency }: CoverQuestion) => ({ on, stay, emergency });

function requireAsker(parts: EnrolmentParts, { asker, on, stay }: CoverQuestion, person: bigint, today: Day): void {
  if (asker.kind === 'self' && asker.person !== person) throw fault('NOT_YOURS');
  if (asker.kind === 'provider' && !isContracted(parts, asker.code, today)) throw fault('NOT_CONTRACTED');
  if (on !== undefined && (asker.kind !== 'staff' || stay !== undefined)) {
    throw fault('APPLICATION_INVALID', '/on: staff alone ask about another day, and not beside a stay');
  }
}

interface Days {
  readonly first: Day;
  readonly last: Day;
}

function daysOf({ on, stay }: CoverQuestion, today: Day): Days {
  if (stay === undefined) {
    const day = on === undefined ? today : readDay(on, '/on');
    return { first: day, last: day };
  }
  const first = readDay(stay.admittedOn, '/stay/admittedOn');
  const discharged = stay.dischargedOn === null ? today : readDay(stay.dischargedOn, '/stay/dischargedOn');
  // Nobody is told of days to come.
  if (first > today || discharged < first || discharged > today) {
    throw fault('APPLICATION_INVALID', '/stay: it begins and ends on days that have come, in this order');
  }
  if (discharged - first > longestStay) throw fault('APPLICATION_INVALID', '/stay: it is longer than ten years');
  return { first, last: discharged };
}

const longestStay = 3653;

function readDay(text: string, path: string): Day {
  try {
    return getDay(text);
  } catch {
    throw fault('APPLICATION_INVALID', `${path}: a Gregorian day like 2019-11-06`);
  }
}

async function isCoveredElsewhere({ pool, law }: EnrolmentParts, person: bigint, on: Day): Promise<boolean> {
  if (isTemporary(person)) return false;
  const record = (await readDossiers(pool, [person])).get(person)?.facts;
  if (record === undefined) return false;
  const named = principalsOf(record);
  const principals = named.length === 0 ? undefined : await readDossiers(pool, named);
  const { outcome } = judgeInquiry(
    {
      ...{ askerKind: 'staff', provider: null, setting: 'outpatient', on, record, otherCovers: null },
      ...{ findPrincipal: (each) => principals?.get(each)?.facts, links: { msrt: false, sabtAsnad: false } },
    },
    law.book,
  );
  return outcome === 'ENTITLED';
}

function answerOf(
  { emergency = false }: CoverQuestion,
  person: bigint,
  { first, last }: Days,
  covers: readonly CoverMember[],
  elsewhere: boolean,
): CoverAnswer {
  const reason = emergency ? 'NOT_COVERED_MAY_ENROL' : 'NOT_COVERED_PAY_TARIFF';
  const days = splitByPayer({ first, last }, covers, reason);
  const ofPatient = days.some(({ payer }) => payer === 'patient');
  const isCovered = days.at(-1)?.payer === 'insurer';
  const cover = covers.findLast(
    ({ coveredFrom, coveredUntil }) => coveredFrom <= isoDay(last) && isoDay(last) <= coveredUntil,
  );
  return {
    id: memberText(person),
    on: isoDay(last),
    outcome: isCovered ? 'COVERED' : elsewhere ? 'COVERED_ELSEWHERE' : reason,
    days,
    clauses: clausesOf({ ofPatient, emergency, isStay: last > first, hasBooklet: cover !== undefined }),
    ...(cover !== undefined && { booklet: String(cover.booklet), coveredUntil: cover.coveredUntil }),
  };
}

function splitByPayer(
  { first, last }: Days,
  covers: readonly CoverMember[],
  reason: NonNullable<PaidDays['reason']>,
): readonly PaidDays[] {
  const days: PaidDays[] = [];
  for (let day = first; day <= last; day = (day + 1) as Day) {
    const text = isoDay(day);
    const isEntitled = covers.some(({ entitledFrom, coveredUntil }) => entitledFrom <= text && text <= coveredUntil);
    const payer = isEntitled ? 'insurer' : 'patient';
    const before = days.at(-1);
    if (before?.payer === payer) days[days.length - 1] = { ...before, until: text };
    else days.push({ from: text, until: text, payer, reason: isEntitled ? null : reason });
  }
  return days;
}

function clausesOf(of: Readonly<Record<'ofPatient' | 'emergency' | 'isStay' | 'hasBooklet', boolean>>): string[] {
  const tariff = of.emergency ? ['M-42', 'M-43'] : ['M-45'];
  return [
    ...(of.ofPatient ? tariff : []),
    ...(of.isStay ? ['M-46'] : []),
    ...(of.isStay && of.ofPatient ? ['M-47'] : []),
    ...(of.hasBooklet ? ['M-64'] : []),
  ];
}

/** A provider learns the days that it asked about: no end of a cover, and not that one is waited for. */
function told({ coveredUntil, booklet, ...answer }: CoverAnswer, asker: CoverAsker): CoverAnswer {
  if (asker.kind === 'provider') return { ...answer, clauses: answer.clauses.filter((clause) => clause !== 'M-64') };
  return {
    ...answer,
    ...(booklet !== undefined && { booklet }),
    ...(coveredUntil !== undefined && { coveredUntil }),
  };
}

function askerName(asker: CoverAsker): string {
  switch (asker.kind) {
    case 'provider':
      return `provider:${asker.code}`;
    case 'self':
      return `person:${nationalIdText(asker.person)}`;
    case 'staff':
      return `staff:${asker.user}`;
  }
}
