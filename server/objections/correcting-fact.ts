import type { PoolClient } from 'pg';
import { findVersionAuthor, principalsOf, readDossiers, type FactName } from '../membership/index.ts';
import { Fault, meaningOf } from '../platform/index.ts';

/** What a correction rests on: a fact of the person, or of the one on whom the person depends, as a version holds it. */
export interface CorrectingFact {
  readonly person: bigint;
  readonly name: FactName;
  readonly version: bigint;
}

const named = {
  diedOn: true,
  studyCertificateUntil: true,
  idSightedOn: true,
  maintained: true,
  disabled: true,
  married: true,
  employed: true,
  ownPension: true,
  standings: true,
  otherCovers: true,
  mobile: true,
} as const satisfies Record<FactName, true>;

export const factNames = Object.keys(named) as readonly FactName[];

/** @throws Fault OBJECTION_FACT_UNKNOWN for a version that is not there, or of somebody else; DATABASE_… */
export async function requireFact(client: PoolClient, person: bigint, fact: CorrectingFact): Promise<void> {
  const principals = async (): Promise<readonly bigint[]> => {
    const record = (await readDossiers(client, [person])).get(person)?.facts;
    return record === undefined ? [] : principalsOf(record);
  };
  const concernsPerson = fact.person === person || (await principals()).includes(fact.person);
  const isThere = concernsPerson && (await findVersionAuthor(client, fact)) !== undefined;
  if (!isThere) throw new Fault('OBJECTION_FACT_UNKNOWN', meaningOf('OBJECTION_FACT_UNKNOWN'));
}
