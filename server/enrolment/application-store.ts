import type { EnrolmentDecision } from '@estehqaq/law';
import type { CaseDocument } from './law-case.ts';
import type { HouseholdDocument } from './household-document.ts';
import { insert, read, selected, type Columns, type Reader } from './sql.ts';
import { openStates, type Action, type State } from './states.ts';

/** The SQL of applications: what was declared, the decisions and the history are written once; the state moves on. */

export type Kind = 'new' | 'renewal' | 'addition';
export type Awaits = 'meansTest' | 'figures' | 'payment' | 'newPrice';

export interface Application {
  readonly household: bigint;
  readonly application: bigint;
  readonly number: bigint;
  readonly kind: Kind;
  readonly state: State;
  readonly stateSince: Date;
  readonly openedAt: Date;
  /** Named as by `nameOf`. */
  readonly openedBy: string;
  /** Of a counter, with the document by which the head was identified (M-14). */
  readonly office: string | null;
  readonly identityDocument: string | null;
  readonly document: HouseholdDocument;
  readonly documentVersion: number;
  readonly submittedAt: Date | null;
  /** ISO days, all of them. */
  readonly requestedOn: string | null;
  readonly awaits: Awaits | null;
  readonly paysInFull: boolean;
  readonly result: bigint | null;
  readonly bill: bigint | null;
  readonly billUntil: string | null;
  readonly cover: bigint | null;
  readonly renews: bigint | null;
  readonly supersedes: bigint | null;
  readonly dueOn: string | null;
  readonly recheckDueAt: Date | null;
  readonly lastEvent: number;
  readonly lastDecision: number;
}

const columns = {
  household: 'household',
  application: 'application',
  number: 'number',
  kind: 'kind',
  state: 'state',
  stateSince: 'state_since',
  openedAt: 'opened_at',
  openedBy: 'opened_by',
  office: 'office',
  identityDocument: 'identity_document',
  document: 'document',
  documentVersion: 'document_version',
  submittedAt: 'submitted_at',
  requestedOn: 'requested_on',
  awaits: 'awaits',
  paysInFull: 'pays_in_full',
  result: 'result',
  bill: 'bill',
  billUntil: 'bill_until',
  cover: 'cover',
  renews: 'renews',
  supersedes: 'supersedes',
  dueOn: 'due_on',
  recheckDueAt: 'recheck_due_at',
  lastEvent: 'last_event',
  lastDecision: 'last_decision',
} as const satisfies Columns<Application>;

/** What may change after the opening. */
export type Changes = Partial<
  Omit<Application, 'household' | 'application' | 'number' | 'kind' | 'openedAt' | 'openedBy' | 'renews' | 'supersedes'>
>;

export interface ApplicationEvent {
  readonly household: bigint;
  readonly application: bigint;
  readonly number: number;
  readonly at: Date;
  readonly actor: string;
  readonly role: string | null;
  readonly office: string | null;
  readonly what: Action | 'open';
  readonly fromState: State;
  readonly toState: State;
  readonly reason: string | null;
  readonly clauses: readonly string[];
  readonly decision: number | null;
  readonly requestId: string | null;
  readonly requestDigest: string | null;
}

const eventColumns = {
  household: 'household',
  application: 'application',
  number: 'number',
  at: 'at',
  actor: 'actor',
  role: 'role',
  office: 'office',
  what: 'what',
  fromState: 'from_state',
  toState: 'to_state',
  reason: 'reason',
  clauses: 'clauses',
  decision: 'decision',
  requestId: 'request_id',
  requestDigest: 'request_digest',
} as const satisfies Columns<ApplicationEvent>;

export type Purpose = 'submission' | 'meansTest' | 'price' | 'settlement' | 'correction' | 'renewal';

export interface KeptDecision {
  readonly household: bigint;
  readonly application: bigint;
  readonly number: number;
  readonly at: Date;
  readonly purpose: Purpose;
  readonly lawVersion: string;
  readonly actsVersion: bigint;
  readonly caseDocument: CaseDocument;
  readonly decision: EnrolmentDecision;
  readonly inputs: object;
}

const decisionColumns = {
  household: 'household',
  application: 'application',
  number: 'number',
  at: 'at',
  purpose: 'purpose',
  lawVersion: 'law_version',
  actsVersion: 'acts_version',
  caseDocument: 'case_document',
  decision: 'decision',
  inputs: 'inputs',
} as const satisfies Columns<KeptDecision>;

const applications = `select ${selected(columns)} from application`;

/** Whether the number was free and is now this application's. */
export async function claimNumber(
  client: Reader,
  number: bigint,
  { household, application }: Pick<Application, 'household' | 'application'>,
): Promise<boolean> {
  const rows = await read(
    client,
    `insert into application_number (number, household, application) values ($1, $2, $3)
     on conflict do nothing returning number`,
    [number, household, application],
  );
  return rows.length === 1;
}

export async function insertApplication(client: Reader, application: Application): Promise<void> {
  await insert(client, 'application', columns, application);
}

export async function insertEvent(client: Reader, event: ApplicationEvent): Promise<void> {
  await insert(client, 'application_event', eventColumns, event);
}

export async function insertDecision(client: Reader, decision: KeptDecision): Promise<void> {
  await insert(client, 'application_decision', decisionColumns, decision);
}

export async function updateApplication(
  client: Reader,
  { household, application }: Pick<Application, 'household' | 'application'>,
  changes: Changes,
): Promise<void> {
  const names = Object.keys(changes) as (keyof Changes)[];
  const sets = names.map((name, index) => `${columns[name]} = $${index + 3}`).join(', ');
  const values = names.map((name) => (name === 'document' ? JSON.stringify(changes.document) : changes[name]));
  await read(client, `update application set ${sets} where household = $1 and application = $2`, [
    household,
    application,
    ...values,
  ]);
}

export interface Place {
  readonly household: bigint;
  readonly application: bigint;
}

export async function findPlace(reader: Reader, number: bigint): Promise<Place | undefined> {
  const one = 'select household, application from application_number where number = $1';
  return (await read<Place>(reader, one, [number]))[0];
}

export async function findApplication(
  reader: Reader,
  { household, application }: Place,
): Promise<Application | undefined> {
  const one = `${applications} where household = $1 and application = $2`;
  return (await read<Application>(reader, one, [household, application]))[0];
}

/** The one that is under way: for cover, or of the renewal of a cover. */
export async function findOpen(
  reader: Reader,
  household: bigint,
  renews: bigint | null = null,
): Promise<Application | undefined> {
  const one = `${applications} where household = $1 and state = any($2::text[]) and renews is not distinct from $3`;
  return (await read<Application>(reader, one, [household, openStates, renews]))[0];
}

/** A renewal of whatever cover is under way. */
export async function isRenewing(reader: Reader, household: bigint): Promise<boolean> {
  const some = `select from application where household = $1 and state = any($2::text[]) and renews is not null limit 1`;
  return (await read(reader, some, [household, openStates])).length > 0;
}

/** The newest first. */
export async function listApplications(reader: Reader, household: bigint): Promise<readonly Application[]> {
  return read<Application>(reader, `${applications} where household = $1 order by opened_at desc, application desc`, [
    household,
  ]);
}

export async function listEvents(
  reader: Reader,
  { household, application }: Place,
): Promise<readonly ApplicationEvent[]> {
  return read<ApplicationEvent>(
    reader,
    `select ${selected(eventColumns)} from application_event where household = $1 and application = $2 order by number`,
    [household, application],
  );
}

export async function findEventOfRequest(
  reader: Reader,
  household: bigint,
  actor: string,
  requestId: string,
): Promise<ApplicationEvent | undefined> {
  return (
    await read<ApplicationEvent>(
      reader,
      `select ${selected(eventColumns)} from application_event
       where household = $1 and actor = $2 and request_id = $3`,
      [household, actor, requestId],
    )
  )[0];
}

export async function listDecisions(
  reader: Reader,
  { household, application }: Place,
): Promise<readonly KeptDecision[]> {
  return read<KeptDecision>(
    reader,
    `select ${selected(decisionColumns)} from application_decision
     where household = $1 and application = $2 order by number`,
    [household, application],
  );
}

export async function findDecision(
  reader: Reader,
  { household, application, lastDecision }: Pick<Application, 'household' | 'application' | 'lastDecision'>,
): Promise<KeptDecision | undefined> {
  return (
    await read<KeptDecision>(
      reader,
      `select ${selected(decisionColumns)} from application_decision
       where household = $1 and application = $2 and number = $3`,
      [household, application, lastDecision],
    )
  )[0];
}

/** Applications that time alone moves on. @param today ISO */
export async function listDue(reader: Reader, today: string, limit: number): Promise<readonly Application[]> {
  return read<Application>(
    reader,
    `${applications} where due_on <= $1::date order by due_on, household, application limit $2`,
    [today, limit],
  );
}

/** What is due now is looked at again then. */
export async function postpone(reader: Reader, { household, application }: Place, until: Date): Promise<void> {
  await read(
    reader,
    `update application set
       due_on = case when due_on < $3::date then $3::date else due_on end,
       recheck_due_at = case when recheck_due_at <= $4 then $4 else recheck_due_at end
     where household = $1 and application = $2`,
    [household, application, until.toISOString().slice(0, 10), until],
  );
}

export async function listRechecks(reader: Reader, now: Date, limit: number): Promise<readonly Application[]> {
  return read<Application>(
    reader,
    `${applications} where recheck_due_at <= $1 order by recheck_due_at, household limit $2`,
    [now, limit],
  );
}

/** Those that wait for something, the longest first; names nobody. */
export async function listAwaiting(
  reader: Reader,
  awaits: Awaits,
  after: Pick<Application, 'stateSince' | 'household'> | undefined,
  limit: number,
): Promise<readonly Application[]> {
  return read<Application>(
    reader,
    `${applications} where awaits = $1
       and ($2::timestamptz is null or (state_since, household) > ($2, $3::bigint))
     order by state_since, household limit $4`,
    [awaits, after?.stateSince ?? null, after?.household ?? null, limit],
  );
}

export async function listAwaitingFigures(reader: Reader, limit: number): Promise<readonly Application[]> {
  return read<Application>(
    reader,
    `${applications} where awaits = 'figures' order by state_since, household limit $1`,
    [limit],
  );
}
