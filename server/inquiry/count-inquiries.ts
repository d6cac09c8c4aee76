import type { Pool } from 'pg';
import type { Day } from '@estehqaq/law';
import { countByDay, type InquiryCount } from '../decisions/index.ts';
import { Fault } from '../platform/index.ts';

const mostDays = 366;

/**
 * Inquiries and answer times by day, channel, outcome and kind of provider (T-06).
 * @param from first and `until` last day, in Tehran; at most a year
 * @throws Fault INVALID_REQUEST, DATABASE_…
 */
export async function countInquiries(pool: Pool, from: Day, until: Day): Promise<readonly InquiryCount[]> {
  if (until < from || until - from >= mostDays) {
    throw new Fault('INVALID_REQUEST', `A report is of 1 to ${mostDays} days.`);
  }
  return countByDay(pool, from, until);
}
