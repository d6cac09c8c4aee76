import { findDayInEitherCalendar } from '../../../cases/index.ts';
import type { DeclaredMember, HouseholdDocument } from '../../../enrolment/index.ts';
import { findNationalId, nationalIdText, todayInTehran, withLatinDigits, type Clock } from '../../../platform/index.ts';
import type { EnrolmentFault, Insurer, LostCoverCause, MemberShown, Values } from './enrolment-props.ts';

/* What is typed in the forms of enrolment, and what is declared by it. */

export const insurers = ['tamin', 'ihio', 'armedForces', 'other'] as const satisfies readonly Insurer[];
const causes = [
  ...(['militaryServiceEnded', 'unemployed', 'marriage', 'separation', 'ageLimit', 'other'] as const),
] satisfies readonly LostCoverCause[];
const longestName = 100;
const longestEvidence = 500;
export const mostMembers = 30;
const millisecondsPerDay = 86_400_000;

/** What was read, or what is wrong in it. */
export type Read<T> = { readonly read: T } | { readonly faults: readonly EnrolmentFault[] };

/** Every field of a form, as it was typed; a form may be sent by anybody in any shape. */
export function fieldsOf(body: unknown): Values {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'csrf' ? [[name, oneLine(value)] as const] : [],
    ),
  );
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

export function numberIn(text: string | undefined): number | undefined {
  const digits = withLatinDigits(text ?? '').trim();
  return /^\d{1,4}$/.test(digits) ? Number(digits) : undefined;
}

/** The day of three fields, in the Solar Hijri calendar; ISO. */
function readDay(values: Values, clock: Clock): Read<string> {
  const [year, month, day] = [values['year'], values['month'], values['day']].map((each) => numberIn(each) ?? 0);
  const written = [year, month, day].map((each, index) => String(each).padStart(index === 0 ? 4 : 2, '0')).join('/');
  const found = findDayInEitherCalendar(written);
  if (found === undefined) return { faults: [{ field: 'day', problem: 'errors.enrol.day' }] };
  if (found > todayInTehran(clock)) return { faults: [{ field: 'day', problem: 'errors.enrol.future' }] };
  return { read: new Date(found * millisecondsPerDay).toISOString().slice(0, 10) };
}

export type Described = Pick<DeclaredMember, 'firstName' | 'lastName' | 'sex' | 'birthDate'>;

/** Who somebody is, without a number. */
export function readDescription(values: Values, clock: Clock): Read<Described> {
  const { firstName = '', lastName = '', sex } = values;
  const day = readDay(values, clock);
  const faults: EnrolmentFault[] = [
    ...[{ firstName }, { lastName }].flatMap((each): EnrolmentFault[] =>
      Object.entries(each).flatMap(([field, text]) =>
        text === '' || text.length > longestName ? [{ field, problem: 'errors.enrol.name' }] : [],
      ),
    ),
    ...(sex === 'male' || sex === 'female' ? [] : [{ field: 'sex', problem: 'errors.enrol.sex' } as const]),
    ...('faults' in day ? day.faults : []),
  ];
  if (faults.length > 0 || 'faults' in day) return { faults };
  return { read: { firstName, lastName, sex: sex === 'male' ? 'male' : 'female', birthDate: day.read } };
}

/** The key of somebody who is added or changed; a newborn without a number is known by the mother’s. */
export function readKey(values: Values, document: HouseholdDocument, own: DeclaredMember | undefined): Read<string> {
  const { nationalId = '', newborn } = values;
  const others = document.members.filter((member) => member !== own);
  if (newborn === 'yes') return readNewborn(values, others, own);
  const problem = nationalId === '' ? 'errors.nationalId.missing' : 'errors.nationalId.wrong';
  const person = findNationalId(nationalId);
  if (person === undefined) return { faults: [{ field: 'nationalId', problem }] };
  const id = nationalIdText(person);
  const isHead = others.some((member) => member.id === id && member.relation === 'head');
  const isTwice = own !== undefined && others.some((member) => member.id === id);
  return isHead || isTwice ? { faults: [{ field: 'nationalId', problem: 'errors.enrol.twice' }] } : { read: id };
}

/** The mother is the member who is a woman and no child; the same one again is the same newborn. */
function readNewborn(
  { firstName, lastName }: Values,
  others: readonly DeclaredMember[],
  own: DeclaredMember | undefined,
): Read<string> {
  const mother = others.find(({ relation, sex }) => relation !== 'child' && sex === 'female');
  if (mother === undefined) return { faults: [{ field: 'newborn', problem: 'errors.enrol.mother' }] };
  const prefix = `${mother.id}-`;
  if (own?.id.startsWith(prefix) === true) return { read: own.id };
  const known = others.filter(({ id }) => id.startsWith(prefix));
  const same = known.find((each) => each.firstName === firstName && each.lastName === lastName);
  if (same !== undefined) return { read: same.id };
  const serial = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((each) => !known.some(({ id }) => id === `${prefix}${each}`));
  if (serial === undefined) return { faults: [{ field: 'newborn', problem: 'errors.enrol.tooMany' }] };
  return { read: `${prefix}${serial}` };
}

export function readLostCover(values: Values, clock: Clock): Read<HouseholdDocument['lostCover']> {
  const { lost, evidence = '' } = values;
  if (lost === 'no' || lost === 'unknown') return { read: null };
  if (lost !== 'yes') return { faults: [{ field: 'lost', problem: 'errors.enrol.choose' }] };
  const cause = causes.find((each) => each === values['cause']);
  const day = readDay(values, clock);
  const faults: EnrolmentFault[] = [
    ...(cause === undefined ? [{ field: 'cause', problem: 'errors.enrol.cause' } as const] : []),
    ...('faults' in day ? day.faults : []),
    ...(evidence === '' || evidence.length > longestEvidence
      ? [{ field: 'evidence', problem: 'errors.enrol.evidence' } as const]
      : []),
  ];
  if (faults.length > 0 || cause === undefined || 'faults' in day) return { faults };
  return { read: { endedOn: day.read, cause, evidence } };
}

/** Somebody who was not named before. */
export function newMember(id: string, relation: DeclaredMember['relation'], described: Described): DeclaredMember {
  return {
    ...{ id, relation, ...described },
    ...{ mobile: null, inApplication: true, declaredCover: null, hospitalisedFromBirth: null, emergency: null },
  };
}

export function showMember(member: DeclaredMember, index: number): MemberShown {
  const { id, relation, sex, birthDate, firstName, lastName } = member;
  return { index, id, relation, sex, birthDate, name: nameOf({ firstName, lastName }) };
}

export function nameOf({ firstName, lastName }: Pick<DeclaredMember, 'firstName' | 'lastName'>): string | null {
  const name = [firstName, lastName].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? null : name;
}
