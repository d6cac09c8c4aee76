import type { Pool } from 'pg';
import type { Book } from '@estehqaq/law';
import type { LawVersions } from '../decisions/index.ts';
import type { TrackingCodes } from './tracking-code.ts';

/** What it takes to read an inquiry again by its code. */
export interface JournalDesk {
  readonly pool: Pool;
  readonly codes: TrackingCodes;
  readonly lawVersions: LawVersions;
  readonly book: Book;
}
