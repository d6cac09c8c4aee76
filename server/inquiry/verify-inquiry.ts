import { findInquiry, type JournalRow, type Told } from '../decisions/index.ts';
import { asFault } from '../database/index.ts';
import { recordReading } from '../membership/index.ts';
import type { Clock, Ids } from '../platform/index.ts';
import type { Asker, InquiryAnswer } from './asking.ts';
import type { JournalDesk } from './journal-desk.ts';
import { nameOf } from './pending.ts';
import { tellAnswer } from './tell-answer.ts';

/**
 * What was answered under a code: to its asker, to the person and to staff. To all others it is as if there were none.
 * Staff are never told an end date, whoever had asked; that they read it is recorded first.
 * @throws Fault DATABASE_… where the reading cannot be recorded
 */
export async function verifyInquiry(
  {
    pool,
    codes,
    lawVersions,
    book,
    clock,
    ids,
  }: JournalDesk & { readonly clock: Clock; readonly ids: Pick<Ids, 'make'> },
  code: string,
  reader: Asker,
): Promise<InquiryAnswer | undefined> {
  const id = codes.findId(code);
  const row = id === undefined ? undefined : await findInquiry(pool, id);
  if (row === undefined || !mayRead(row, reader)) return undefined;
  if (reader.kind === 'staff') {
    const reading = {
      person: row.person,
      reader: reader.user,
      role: reader.role,
      purpose: 'the answer under a tracking code',
    };
    await recordReading(pool, clock, ids, reading).catch((error: unknown) => {
      throw asFault(error);
    });
  }
  const lawVersion = await lawVersions.versionOf(row.lawVersion);
  const told = toldTo(row, reader);
  return tellAnswer(row, { trackingCode: codes.codeOf(row.id), lawVersion, book, replayed: true, told });
}

function mayRead(row: JournalRow, reader: Asker): boolean {
  if (reader.kind === 'staff') return true;
  if (reader.kind === 'self' && reader.person === row.person) return true;
  // An answer of which nothing was told stays untold.
  if (row.outcome === 'NOT_CONTRACTED') return false;
  return reader.kind === row.askerKind && nameOf(reader) === row.asker;
}

function toldTo({ told }: JournalRow, reader: Asker): Told {
  if (reader.kind === 'provider') return 'minimum';
  return reader.kind === 'staff' && told !== 'minimum' ? 'withoutDates' : told;
}
