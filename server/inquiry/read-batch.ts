import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { findFaultCode } from '../database/index.ts';
import { findInquiries, findRequestKeys, type JournalRow } from '../decisions/index.ts';
import { principalsOf, readDossiers, readDossiersAsKnownAt, type Dossier } from '../membership/index.ts';
import { Fault } from '../platform/index.ts';
import type { Pending } from './pending.ts';

/** What a reading waits before it is tried again: together less than a person would wait. */
const pausesMs = [10, 50, 200, 500];

/** Reads again where the connection was lost: a server that was restarted leaves dead connections in the pool. */
export async function readingAgain<T>(read: () => Promise<T>): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await read();
    } catch (error) {
      const code = findFaultCode(error);
      if (code !== 'DATABASE_OUTCOME_UNKNOWN' && code !== 'DATABASE_UNAVAILABLE') throw error;
      await sleep(pause);
    }
  }
  return read();
}

/** Those whose request was answered before, with the answer; all others. */
export interface ByEarlierAnswer {
  readonly earlier: readonly { readonly item: Pending; readonly row: JournalRow }[];
  readonly fresh: readonly Pending[];
}

/** Of those that are to be asked for; whoever is not found has none from now on, until the journal says that it is taken. */
export async function findEarlierAnswers(pool: Pool, items: readonly Pending[]): Promise<ByEarlierAnswer> {
  const wanted = items.filter(({ earlier }) => earlier === 'to be asked');
  const names = wanted.flatMap(({ name }) => name ?? []);
  if (names.length === 0) return { earlier: [], fresh: items };
  const keys = await findRequestKeys(pool, names);
  const found = wanted.flatMap((item) => {
    const key = item.name === undefined ? undefined : keys.get(item.name.text);
    return key === undefined ? [] : [{ item, key }];
  });
  for (const item of wanted) item.earlier = 'none';
  if (found.length === 0) return { earlier: [], fresh: items };
  const rows = await findInquiries(
    pool,
    found.map(({ key }) => ({ person: key.person, id: key.inquiryId })),
  );
  const earlier = found.map(({ item, key }) => {
    const row = rows.get(key.inquiryId);
    // Both are written in one transaction.
    if (row === undefined) throw new Fault('DATABASE_FAULT', 'A request id names an inquiry that is not there.');
    return { item, row };
  });
  const answered = new Set(earlier.map(({ item }) => item));
  return { earlier, fresh: items.filter((item) => !answered.has(item)) };
}

type Dossiers = ReadonlyMap<bigint, Dossier>;

/**
 * The dossiers of all that are asked about and of the principals that they name: two readings for those who ask of now,
 * and two for each moment that somebody asks to be taken back to.
 */
export async function readBatch(pool: Pool, items: readonly Pending[]): Promise<(item: Pending) => Dossiers> {
  const byMoment = new Map<number | undefined, Pending[]>();
  for (const item of items) {
    const moment = item.request.knownAt?.getTime();
    const same = byMoment.get(moment);
    if (same === undefined) byMoment.set(moment, [item]);
    else same.push(item);
  }
  const found = new Map<number | undefined, Dossiers>();
  for (const [moment, same] of byMoment) {
    const read = (persons: readonly bigint[]): Promise<Map<bigint, Dossier>> =>
      moment === undefined ? readDossiers(pool, persons) : readDossiersAsKnownAt(pool, persons, new Date(moment));
    found.set(moment, await readWithPrincipals(read, [...new Set(same.map(({ request }) => request.person))]));
  }
  return ({ request }) => found.get(request.knownAt?.getTime()) ?? new Map<bigint, Dossier>();
}

async function readWithPrincipals(
  read: (persons: readonly bigint[]) => Promise<Map<bigint, Dossier>>,
  persons: readonly bigint[],
): Promise<Dossiers> {
  const dossiers = await read(persons);
  const asked = new Set(persons);
  const principals = new Set<bigint>();
  for (const { facts } of dossiers.values()) {
    for (const principal of principalsOf(facts)) if (!asked.has(principal)) principals.add(principal);
  }
  if (principals.size > 0) {
    for (const [person, dossier] of await read([...principals])) dossiers.set(person, dossier);
  }
  return dossiers;
}
