import type { EnrolmentDecision } from '@estehqaq/law';
import { asFault, transaction } from '../database/index.ts';
import { listBills, type Bill } from '../contributions/index.ts';
import { recordReading } from '../membership/index.ts';
import { nameOf, notFound, type Actor } from './actor.ts';
import {
  findApplication,
  findPlace,
  listApplications,
  listAwaiting,
  listDecisions,
  listEvents,
  type Application,
  type ApplicationEvent,
  type Kind,
  type Purpose,
} from './application-store.ts';
import { countTasks, listCoverMembers, listCovers, type CoverMember } from './cover-store.ts';
import { getPlace } from './draft-application.ts';
import type { HouseholdDocument } from './household-document.ts';
import { findHousehold, findHouseholdOf, findHouseholdOfHead, listMembers, type Household } from './household-store.ts';
import { memberText } from './member-key.ts';
import { applicationDigits, findNumber } from './numbers.ts';
import type { EnrolmentParts } from './parts.ts';

/** Who did it, as the household is told: staff are not named to the public. */
export type Doer = 'self' | 'counter' | 'staff' | 'system';

export interface ToldEvent {
  readonly at: Date;
  readonly what: ApplicationEvent['what'];
  readonly by: Doer;
  readonly fromState: Application['state'];
  readonly toState: Application['state'];
  readonly clauses: readonly string[];
  readonly reason?: string;
  /** Staff alone. */
  readonly user?: string;
  readonly office?: string;
  /** Number of the decision that it rests on. */
  readonly decision?: number;
}

export interface ToldDecision {
  readonly number: number;
  readonly at: Date;
  readonly purpose: Purpose;
  readonly decision: EnrolmentDecision;
  /** National ids or temporary keys of members who are missing (M-19). */
  readonly missing: readonly string[];
}

export interface ToldApplication {
  readonly number: string;
  readonly kind: Kind;
  readonly state: Application['state'];
  readonly stateSince: Date;
  readonly openedAt: Date;
  readonly requestedOn: string | null;
  readonly awaits: Application['awaits'];
  /** What the household cannot do anything about: why it does not go on. */
  readonly hold: 'FIGURES_NOT_CONFIRMED' | 'COVER_BEING_SET_UP' | null;
  readonly document: HouseholdDocument;
  readonly documentVersion: number;
  readonly bill: string | null;
  readonly payUntil: string | null;
  readonly office: string | null;
  readonly unchecked: boolean;
  readonly decisions: readonly ToldDecision[];
  readonly events: readonly ToldEvent[];
}

export interface ToldMember {
  readonly id: string;
  readonly relation: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly birthDate: string;
}

export interface ToldCover {
  readonly coveredFrom: string;
  readonly coveredUntil: string;
  readonly fund: string;
  readonly members: readonly (Pick<CoverMember, 'waitingDays' | 'entitledFrom' | 'coveredUntil'> & {
    readonly id: string;
    /** Fourteen digits (M-64). */
    readonly booklet: string;
  })[];
}

export interface ToldHousehold {
  readonly head: string;
  readonly members: readonly ToldMember[];
  readonly applications: readonly Pick<
    ToldApplication,
    'number' | 'kind' | 'state' | 'stateSince' | 'awaits' | 'hold'
  >[];
  readonly covers: readonly ToldCover[];
  readonly bills: readonly Bill[];
}

/**
 * A whole application with its decisions and history: to the head, and to staff, whose reading is recorded before.
 * @throws Fault NOT_FOUND, DATABASE_…
 */
export async function readApplication(parts: EnrolmentParts, number: string, reader: Actor): Promise<ToldApplication> {
  const { pool } = parts;
  const place = await getPlace(parts, { actor: reader, number });
  const household = await findHousehold(pool, place.household);
  if (household === undefined) throw notFound();
  await recordLook(parts, household, reader, `application ${number}`);
  const application = await findApplication(pool, place);
  if (application === undefined) throw notFound();
  const [decisions, events, tasks] = await Promise.all([
    listDecisions(pool, place),
    listEvents(pool, place),
    countTasks(pool, place.household),
  ]);
  const toStaff = reader.kind === 'staff';
  const { kind, state, stateSince, openedAt, requestedOn, awaits, document, documentVersion, office } = application;
  return {
    ...{ number: String(application.number), kind, state, stateSince, openedAt, requestedOn, awaits },
    hold: holdOf(application, tasks),
    ...{ document, documentVersion, office },
    bill: application.bill === null ? null : String(application.bill),
    payUntil: application.billUntil,
    unchecked: application.recheckDueAt !== null,
    decisions: decisions.map(({ number: of, at, purpose, decision, caseDocument }) => ({
      ...{ number: of, at, purpose, decision },
      missing: decision.needs.flatMap((pointer) => {
        const index = /^\/members\/(\d+)\/inApplication$/.exec(pointer)?.[1];
        return index === undefined ? [] : (caseDocument.members[Number(index)]?.id ?? []);
      }),
    })),
    events: events.map((event) => tellEvent(event, household, toStaff)),
  };
}

/** One's own household; for staff that of a person, or of an application, and the look is recorded. */
export async function readHousehold(
  parts: EnrolmentParts,
  reader: Actor,
  of: { readonly person: bigint },
): Promise<ToldHousehold> {
  const { pool } = parts;
  if (reader.kind === 'self' && reader.person !== of.person) throw notFound();
  const household = await findHouseholdOfPerson(parts, of.person);
  // Recorded also where there is none: what cannot be recorded is not looked for.
  await recordLook(parts, household ?? { household: 0n, head: of.person }, reader, 'household');
  if (household === undefined || (reader.kind === 'self' && household.head !== reader.person)) throw notFound();
  const { household: key } = household;
  const [members, applications, covers, coverMembers, bills, tasks] = await Promise.all([
    listMembers(pool, key),
    listApplications(pool, key),
    listCovers(pool, key),
    listCoverMembers(pool, key),
    listBills(pool, key),
    countTasks(pool, key),
  ]);
  return {
    head: memberText(household.head),
    members: members.map(({ person, relation, firstName, lastName, birthDate }) => ({
      ...{ id: memberText(person), relation, firstName, lastName, birthDate },
    })),
    applications: applications.map((application) => tellInShort(application, tasks)),
    covers: covers.map(({ cover, coveredFrom, coveredUntil, fund }) => ({
      ...{ coveredFrom, coveredUntil, fund },
      members: coverMembers
        .filter((member) => member.cover === cover && member.replacedBy === null)
        .map(({ person, waitingDays, entitledFrom, coveredUntil: until, booklet }) => ({
          ...{ id: memberText(person), waitingDays, entitledFrom, coveredUntil: until, booklet: String(booklet) },
        })),
    })),
    bills,
  };
}

export interface QueuePage {
  readonly awaits: NonNullable<Application['awaits']>;
  /** The last number of the page before. */
  readonly after?: string | undefined;
  /** At most 200; 50 if not said. */
  readonly limit?: number | undefined;
}

/** The queue of staff: what waits for what, the longest first. It names nobody and says nothing of what is in it. */
export async function listQueue(parts: EnrolmentParts, page: QueuePage): Promise<ToldHousehold['applications']> {
  const { pool } = parts;
  const { awaits, after, limit = 50 } = page;
  const last = after === undefined ? undefined : findNumber(after, applicationDigits);
  const place = last === undefined ? undefined : await findPlace(pool, last);
  if (after !== undefined && place === undefined) return [];
  const before = place === undefined ? undefined : await findApplication(pool, place);
  const found = await listAwaiting(pool, awaits, before, Math.min(Math.max(1, limit), 200));
  return found.map((application) => tellInShort(application, 0));
}

function tellInShort(application: Application, tasks: number): ToldHousehold['applications'][number] {
  const { number, kind, state, stateSince, awaits } = application;
  return { number: String(number), kind, state, stateSince, awaits, hold: holdOf(application, tasks) };
}

async function findHouseholdOfPerson({ pool }: EnrolmentParts, person: bigint): Promise<Household | undefined> {
  const key = await findHouseholdOf(pool, person);
  return key === undefined ? findHouseholdOfHead(pool, person) : findHousehold(pool, key);
}

/** The head of the household whose application has this number; undefined for a number that is none. */
export async function findHeadOf({ pool }: EnrolmentParts, number: string): Promise<bigint | undefined> {
  const found = findNumber(number, applicationDigits);
  const place = found === undefined ? undefined : await findPlace(pool, found);
  return place === undefined ? undefined : (await findHousehold(pool, place.household))?.head;
}

function holdOf({ awaits, cover }: Application, tasks: number): ToldApplication['hold'] {
  if (awaits === 'figures') return 'FIGURES_NOT_CONFIRMED';
  return cover !== null && tasks > 0 ? 'COVER_BEING_SET_UP' : null;
}

async function recordLook(parts: EnrolmentParts, { head }: Household, reader: Actor, purpose: string): Promise<void> {
  if (reader.kind !== 'staff') return;
  const { user, role } = reader;
  await transaction(parts.pool, (client) =>
    recordReading(client, parts.clock, parts.ids, { person: head, reader: user, role, purpose }),
  ).catch((error: unknown) => {
    throw asFault(error);
  });
}

function tellEvent(event: ApplicationEvent, { head }: Household, toStaff: boolean): ToldEvent {
  const { at, what, fromState, toState, clauses, reason, actor, office, decision } = event;
  const by = doerOf(event, nameOf({ kind: 'self', person: head }));
  return {
    ...{ at, what, by, fromState, toState, clauses },
    ...(reason !== null && { reason }),
    ...(toStaff && actor.startsWith('staff:') && { user: actor.slice('staff:'.length) }),
    ...(office !== null && { office }),
    ...(decision !== null && { decision }),
  };
}

function doerOf({ actor, office }: ApplicationEvent, head: string): Doer {
  if (actor === 'system') return 'system';
  if (actor === head) return 'self';
  return office === null ? 'staff' : 'counter';
}
