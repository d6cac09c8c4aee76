import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { KeptDecision } from './application-store.ts';
import { decide } from './law-case.ts';
import type { EnrolmentParts } from './parts.ts';
import { read } from './sql.ts';

type Named = Pick<KeptDecision, 'household' | 'application' | 'number'>;

export interface ReplayedDecisions {
  readonly replayed: number;
  /** Those that the law decides otherwise now, with the acts of then. */
  readonly different: readonly Named[];
}

const atOnce = 1_000;

/**
 * Asks the law again what it was asked between two moments, with the acts of then: every answer must be the one that was
 * kept, but for the version of the law's text, which names the code that answered.
 * @throws Fault DATABASE_…
 */
export async function replayDecisions(
  { pool, law }: { readonly pool: Pool; readonly law: Pick<EnrolmentParts['law'], 'bookAt'> },
  { from, until }: { readonly from: Date; readonly until: Date },
): Promise<ReplayedDecisions> {
  const different: Named[] = [];
  let replayed = 0;
  let last: Named = { household: -1n, application: -1n, number: -1 };
  for (;;) {
    const kept = await read<Omit<KeptDecision, 'at' | 'purpose' | 'inputs'>>(
      pool,
      `select household, application, number, acts_version as "actsVersion", law_version as "lawVersion",
         case_document as "caseDocument", decision
       from application_decision
       where at >= $1 and at < $2 and (household, application, number) > ($3, $4, $5)
       order by household, application, number limit ${atOnce}`,
      [from, until, last.household, last.application, last.number],
    );
    for (const { household, application, number, actsVersion, caseDocument, decision } of kept) {
      const now = { ...decide(caseDocument, law.bookAt(actsVersion)), lawVersion: decision.lawVersion };
      if (!isDeepStrictEqual(now, decision)) different.push({ household, application, number });
    }
    replayed += kept.length;
    const next = kept.at(-1);
    if (next === undefined || kept.length < atOnce) return { replayed, different };
    last = next;
  }
}
