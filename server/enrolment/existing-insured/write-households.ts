import type { PoolClient } from 'pg';
import type { RejectedFile } from '../../membership/index.ts';
import { queryLong } from '../means-test/long-statement.ts';
import { renewalBeginsDays } from '../cover-store.ts';
import { bookletDigits, type DrawNumber } from '../numbers.ts';

export interface Written {
  readonly created: number;
  /** Known before, with another fund, last day or place. */
  readonly changed: number;
  readonly unchanged: number;
}

/** Lines after one and up to another, and when that is. */
export interface Piece {
  readonly after: bigint;
  readonly last: bigint;
  readonly at: Date;
  /** ISO. */
  readonly today: string;
}

/** Takes out the lines that name somebody whom another line names, too, or who belongs to another household here. */
export async function rejectClashes(client: PoolClient, rejected: RejectedFile): Promise<void> {
  const repeated = await queryLong<{ line: bigint }>(
    client,
    `select distinct line from household_line_member
     where person in (select person from household_line_member group by person having count(*) > 1) order by line`,
    [],
  );
  await remove(client, repeated);
  for (const { line } of repeated) {
    rejected.add(Number(line), {
      code: 'MEMBER_REPEATED',
      path: '/members',
      message: 'expected nobody whom another line names, too; none of these lines was taken',
    });
  }
  const elsewhere = await queryLong<{ line: bigint }>(
    client,
    `select distinct member.line from household_line_member member
     join person_household own on own.person = member.person
     join household on household.household = own.household
     where household.head <> member.head order by member.line`,
    [],
  );
  await remove(client, elsewhere);
  for (const { line } of elsewhere) {
    rejected.add(Number(line), {
      code: 'MEMBER_ELSEWHERE',
      path: '/members',
      message: 'expected nobody who belongs to another household here',
    });
  }
}

async function remove(client: PoolClient, lines: readonly { readonly line: bigint }[]): Promise<void> {
  const values = [lines.map(({ line }) => line)];
  await queryLong(client, 'delete from household_line where line = any($1::bigint[])', values);
  await queryLong(client, 'delete from household_line_member where line = any($1::bigint[])', values);
}

const inPiece = 'line > $1 and line <= $2';
/** Those of the piece that are not known yet: their key here is the one that was made for them. */
const created = `
  select line.* from household_line line join household on household.household = line.household
  where line.${inPiece.replace('and line', 'and line.line')}`;

/** Writes a piece, set by set. */
export async function writePiece(client: PoolClient, draw: DrawNumber, piece: Piece): Promise<Written> {
  const place = [piece.after, piece.last];
  const made = await queryLong(
    client,
    `insert into household (household, head, opened_at)
     select household, head, $3 from household_line line
     where ${inPiece} and not exists (
       select from person_household own where own.person = line.head) returning household`,
    [...place, piece.at],
  );
  await writeMembers(client, piece);
  const changed = await writeInsurance(client, piece);
  await writeCovers(client, draw, piece);
  const [all] = await queryLong<{ count: number }>(
    client,
    `select count(*)::int as count from household_line where ${inPiece}`,
    place,
  );
  const known = (all?.count ?? 0) - made.length;
  return { created: made.length, changed, unchanged: known - changed };
}

async function writeMembers(client: PoolClient, { after, last, at, today }: Piece): Promise<void> {
  await queryLong(
    client,
    `with created as (${created})
     insert into household_member (household, person, from_day, relation, sex, birth_date, first_name, last_name, mobile, cause)
     select created.household, person, coalesce(created.covered_from, $3::date), relation, sex, birth_date, first_name,
       last_name, mobile, 'import'
     from created join household_line_member member on member.line = created.line`,
    [after, last, today],
  );
  await queryLong(
    client,
    `with created as (${created})
     insert into person_household (person, household, since)
     select person, created.household, $3
     from created join household_line_member member on member.line = created.line`,
    [after, last, at],
  );
}

/** @returns how many households that were known have changed */
async function writeInsurance(client: PoolClient, { after, last, at }: Piece): Promise<number> {
  const said = 'fund, supportive_body, expires_on, free, late_entrant, district, centre';
  const both = (table: string): string =>
    said
      .split(', ')
      .map((name) => `${table}.${name}`)
      .join(', ');
  const rows = await queryLong<{ known: boolean }>(
    client,
    `insert into insured_household as known (household, ${said}, recorded_at)
     select own.household, ${both('line')}, $3
     from household_line line join person_household own on own.person = line.head
     where ${inPiece}
     on conflict (household) do update set (${said}, recorded_at) = (${both('excluded')}, $3)
       where (${both('known')}) is distinct from (${both('excluded')})
     returning xmax <> 0 as known`,
    [after, last, at],
  );
  return rows.filter(({ known }) => known).length;
}

/** Those of the universal fund are covered here from now on; others are known as insured, and no more. */
const coveredHere = `fund = 'universal' and expires_on >= coalesce(covered_from, $3::date)`;

async function writeCovers(client: PoolClient, draw: DrawNumber, { after, last, at, today }: Piece): Promise<void> {
  await claimBooklets(client, draw, { after, last, today });
  await queryLong(
    client,
    `with created as (${created})
     insert into cover (household, cover, origin, fund, covered_from, covered_until, late_entrant, free, written_at,
       renewal_due_on)
     select household, cover, 'import', fund, coalesce(covered_from, $3::date), expires_on, late_entrant, free, $4,
       expires_on - $5::int
     from created where ${coveredHere}`,
    [after, last, today, at, renewalBeginsDays],
  );
  await queryLong(
    client,
    `with created as (${created})
     insert into cover_member (household, cover, person, relation, waiting_days, covered_from, entitled_from, covered_until,
       booklet)
     select created.household, cover, person, relation, 0, coalesce(covered_from, $3::date),
       coalesce(covered_from, $3::date), expires_on, booklet
     from created join household_line_member member on member.line = created.line where ${coveredHere}`,
    [after, last, today],
  );
}

/** Each number is given once; of the few that were drawn twice, others are drawn. */
async function claimBooklets(
  client: PoolClient,
  draw: DrawNumber,
  { after, last, today }: Pick<Piece, 'after' | 'last' | 'today'>,
): Promise<void> {
  const wanted = `
    with created as (${created})
    select member.person, member.line, member.booklet, created.household
    from created join household_line_member member on member.line = created.line where ${coveredHere}`;
  for (;;) {
    await queryLong(
      client,
      `insert into booklet_number (number, household)
       select booklet, household from (${wanted}) as wanted on conflict do nothing`,
      [after, last, today],
    );
    const taken = await queryLong<{ person: bigint; line: bigint }>(
      client,
      `select wanted.person, wanted.line from (${wanted}) as wanted
       join booklet_number on number = booklet where booklet_number.household <> wanted.household`,
      [after, last, today],
    );
    if (taken.length === 0) return;
    await queryLong(
      client,
      `update household_line_member set booklet = drawn.booklet
       from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as drawn (person, line, booklet)
       where household_line_member.person = drawn.person and household_line_member.line = drawn.line`,
      [taken.map(({ person }) => person), taken.map(({ line }) => line), taken.map(() => draw(bookletDigits))],
    );
  }
}
