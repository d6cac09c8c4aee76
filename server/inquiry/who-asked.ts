import type { Pool } from 'pg';
import type { Setting } from '@estehqaq/law';
import {
  listInquiries,
  type AskerKind,
  type Channel,
  type InquiryOutcome,
  type JournalRow,
} from '../decisions/index.ts';
import type { ProviderDirectory } from '../membership/index.ts';
import { highestId } from '../platform/index.ts';
import type { TrackingCodes } from './tracking-code.ts';

/** One inquiry about a person, as that person is told of it. */
export interface Asked {
  readonly trackingCode: string;
  readonly askedAt: Date;
  readonly asker: AskerTold;
  readonly channel: Channel;
  readonly setting: Setting;
  /** ISO. */
  readonly on: string;
  readonly outcome: InquiryOutcome;
}

export type AskerTold =
  | { readonly kind: 'provider'; readonly code: string; readonly name?: string }
  /** The person, or the one on whom the person depends. */
  | { readonly kind: 'self' | 'principal' }
  /** Members of staff are not named to the public. */
  | { readonly kind: 'staff' };

export interface AskedPage {
  /** At most 200; 50 if not said. */
  readonly limit?: number;
  /** The last code of the page before. */
  readonly before?: string;
}

interface Sources {
  readonly pool: Pool;
  readonly codes: TrackingCodes;
  readonly directory: Pick<ProviderDirectory, 'find'>;
}

const usualPage = 50;
const largestPage = 200;

/** Who asked about a person, the newest first. @throws Fault DATABASE_… */
export async function whoAsked(
  { pool, codes, directory }: Sources,
  person: bigint,
  { limit = usualPage, before }: AskedPage = {},
): Promise<readonly Asked[]> {
  const beforeId = before === undefined ? undefined : codes.findId(before);
  if (before !== undefined && beforeId === undefined) return [];
  const most = Math.min(Math.max(1, limit), largestPage);
  const rows = await listInquiries(pool, person, beforeId ?? highestId, most);
  const trackingCodes = codes.codesOf(rows.map(({ id }) => id));
  return rows.map((row, index) => ({
    trackingCode: trackingCodes[index] ?? '',
    askedAt: row.askedAt,
    asker: askerTold(row, directory),
    channel: row.channel,
    setting: row.setting,
    on: row.on,
    outcome: row.outcome,
  }));
}

function askerTold({ askerKind, asker, person }: JournalRow, directory: Sources['directory']): AskerTold {
  const kinds: Readonly<Record<Exclude<AskerKind, 'provider'>, AskerTold>> = {
    self: { kind: asker === String(person) ? 'self' : 'principal' },
    staff: { kind: 'staff' },
  };
  if (askerKind !== 'provider') return kinds[askerKind];
  const name = directory.find(asker)?.name;
  return { kind: 'provider', code: asker, ...(name !== undefined && { name }) };
}
