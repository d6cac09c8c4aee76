import type { PoolClient } from 'pg';
import type { MemberRelation, Sex } from '@estehqaq/law';
import { insert, read, selected, type Columns, type Reader } from './sql.ts';

/** A member of a household, in force from a day until one: ISO days. */
export interface HouseholdMemberRow {
  readonly household: bigint;
  readonly person: bigint;
  readonly fromDay: string;
  readonly untilDay: string | null;
  readonly relation: MemberRelation;
  readonly sex: Sex;
  readonly birthDate: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly mobile: bigint | null;
  readonly cause: string;
}

const columns = {
  household: 'household',
  person: 'person',
  fromDay: 'from_day',
  untilDay: 'until_day',
  relation: 'relation',
  sex: 'sex',
  birthDate: 'birth_date',
  firstName: 'first_name',
  lastName: 'last_name',
  mobile: 'mobile',
  cause: 'cause',
} as const satisfies Columns<HouseholdMemberRow>;

export interface Household {
  readonly household: bigint;
  readonly head: bigint;
}

/** Nobody else changes anything of the household until the transaction ends. */
export async function lockHousehold(client: PoolClient, household: bigint): Promise<Household | undefined> {
  const one = 'select household, head from household where household = $1 for update';
  return (await read<Household>(client, one, [household]))[0];
}

export async function findHousehold(reader: Reader, household: bigint): Promise<Household | undefined> {
  return (await read<Household>(reader, 'select household, head from household where household = $1', [household]))[0];
}

/** The first that this person was ever the head of. */
export async function findHouseholdOfHead(reader: Reader, head: bigint): Promise<Household | undefined> {
  const one = 'select household, head from household where head = $1 order by opened_at, household limit 1';
  return (await read<Household>(reader, one, [head]))[0];
}

export async function findHouseholdOf(reader: Reader, person: bigint): Promise<bigint | undefined> {
  const one = 'select household from person_household where person = $1';
  return (await read<{ household: bigint }>(reader, one, [person]))[0]?.household;
}

export async function insertHousehold(client: Reader, household: Household, at: Date): Promise<void> {
  await read(client, 'insert into household (household, head, opened_at) values ($1, $2, $3)', [
    household.household,
    household.head,
    at,
  ]);
}

/**
 * Makes these people the household's.
 * @returns those who belong to another household; then nothing may be kept
 */
export async function claimPersons(
  client: Reader,
  household: bigint,
  persons: readonly bigint[],
  at: Date,
): Promise<readonly bigint[]> {
  // In one order, so that two who claim the same people wait for one another and never both.
  const inOrder = [...persons].sort((one, other) => (one < other ? -1 : 1));
  await read(
    client,
    `insert into person_household (person, household, since)
     select person, $2, $3 from unnest($1::bigint[]) as claimed (person) on conflict do nothing`,
    [inOrder, household, at],
  );
  const rows = await read<{ person: bigint }>(
    client,
    'select person from person_household where person = any($1::bigint[]) and household <> $2 order by person',
    [inOrder, household],
  );
  return rows.map(({ person }) => person);
}

/** Those of the household who are neither in an open application nor covered belong to nobody's any more. */
export async function releasePersons(client: Reader, household: bigint, persons: readonly bigint[]): Promise<void> {
  await read(client, 'delete from person_household where household = $1 and person = any($2::bigint[])', [
    household,
    persons,
  ]);
}

/** Those in force, with the head first. */
export async function listMembers(reader: Reader, household: bigint): Promise<readonly HouseholdMemberRow[]> {
  return read<HouseholdMemberRow>(
    reader,
    `select ${selected(columns)} from household_member where household = $1 and until_day is null
     order by relation <> 'head', relation <> 'spouse', birth_date, person`,
    [household],
  );
}

/** Of one person and day there is one row: what was said last on that day. */
export async function insertMember(client: Reader, member: HouseholdMemberRow): Promise<void> {
  const { household, person, fromDay, ...said } = columns;
  const sets = Object.values(said).map((column) => `${column} = excluded.${column}`);
  const conflict = `on conflict (${household}, ${person}, ${fromDay}) do update set ${sets.join(', ')}`;
  await insert(client, 'household_member', columns, member, conflict);
}

export async function endMembership(
  client: Reader,
  { household, person, untilDay, cause }: Pick<HouseholdMemberRow, 'household' | 'person' | 'untilDay' | 'cause'>,
): Promise<void> {
  await read(
    client,
    `update household_member set until_day = $3, cause = $4
     where household = $1 and person = $2 and until_day is null`,
    [household, person, untilDay, cause],
  );
}
