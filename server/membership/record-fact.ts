import { findDay, isoDay, type Day } from '@estehqaq/law';
import type { Pool, PoolClient } from 'pg';
import { transaction } from '../database/index.ts';
import { Fault, findNationalId, nationalIdText, todayInTehran, type Clock } from '../platform/index.ts';
import { describePerson } from './dossier.ts';
import { lockDossiers, writeMobiles, writeVersions, type KeptDossier } from './dossier-store.ts';
import {
  coverDocument,
  findFaultOf,
  findUnknownKey,
  standingDocument,
  type CoverDocument,
  type FactsDocument,
  type StandingDocument,
} from './facts-document.ts';
import { findMobile, mobileText } from './mobile.ts';
import { isName, isObject } from './person-line.ts';
import {
  mergeFacts,
  mergeMobile,
  recordingSources,
  writtenOut,
  type FactName,
  type RecordableFacts,
  type Recorded,
  type RecordingSource,
  type SeenDocument,
  type Sources,
} from './sources.ts';

/** A fact and its JSON; null withdraws what this source had recorded. */
export interface Fact {
  readonly name: FactName;
  readonly value: unknown;
}

export interface RecordFactRequest {
  readonly person: bigint;
  readonly fact: Fact;
  /** By default the desk. A registry records only the evidence that it was asked for. */
  readonly source?: RecordingSource;
  readonly recordedBy: string;
  /** Who saw what document; a certificate or a sighting at the desk is recorded only with it. */
  readonly seen?: SeenDocument | undefined;
}

export interface FactRecorded {
  /** The version that holds the fact. */
  readonly version: bigint;
  /** False where just that was recorded before: then there is no new version. */
  readonly changed: boolean;
}

const evidenceWithDocument: readonly FactName[] = ['studyCertificateUntil', 'idSightedOn'];
const ofRegistry: Readonly<Record<Exclude<RecordingSource, 'desk'>, FactName>> = {
  msrt: 'studyCertificateUntil',
  sabtAsnad: 'idSightedOn',
};

/**
 * Records one fact about a person, beside what imports and others have said (`Sources` says how they come together);
 * a new version of the dossier unless just that was known. Lists (`standings`, `otherCovers`) replace what this source
 * had recorded under that name before.
 * @throws Fault PERSON_UNKNOWN, FACT_INVALID, FACT_CLASHES, DATABASE_…
 */
export async function recordFact(pool: Pool, clock: Clock, request: RecordFactRequest): Promise<FactRecorded> {
  const source = request.source ?? 'desk';
  const value = readValue(request.fact, request.person, todayInTehran(clock));
  requireRight(source, request, value);
  return transaction(pool, async (client) => {
    const [dossier] = await lockDossiers(client, [request.person]);
    if (dossier === undefined) throw new Fault('PERSON_UNKNOWN', 'Nobody with this national id is in the register.');
    const recordedAt = clock.now();
    const recorded: Recorded<unknown> = {
      value,
      recordedBy: request.recordedBy,
      recordedAt: recordedAt.toISOString(),
      ...(request.seen !== undefined && { seen: { document: request.seen.document, by: request.seen.by } }),
    };
    if (isKnown(dossier.sources, source, request.fact.name, recorded)) {
      return { version: dossier.version, changed: false };
    }
    requireReadable(dossier.facts, request.fact.name, value);
    await requirePrincipals(client, value, request.fact.name);
    return write(client, dossier, { source, name: request.fact.name, recorded, recordedAt });
  });
}

interface Change {
  readonly source: RecordingSource;
  readonly name: FactName;
  readonly recorded: Recorded<unknown>;
  readonly recordedAt: Date;
}

async function write(client: PoolClient, dossier: KeptDossier, change: Change): Promise<FactRecorded> {
  const { source, name, recorded, recordedAt } = change;
  const before = writtenOut(dossier.sources, dossier.facts);
  const ofSource = { ...before.recorded?.[source], [name]: recorded };
  const sources: Sources = { ...before, recorded: { ...before.recorded, [source]: ofSource } };
  const facts = mergeFacts(sources);
  const fault = findFaultOf(facts);
  if (fault !== undefined) {
    throw new Fault(
      'FACT_CLASHES',
      `${name} cannot stand beside what else is known of ${describePerson(dossier.person)}: ${fault}`,
    );
  }
  const version = dossier.version + 1n;
  const origin = { source, recordedBy: recorded.recordedBy, recordedAt };
  await writeVersions(client, [{ person: dossier.person, version, facts, sources }], origin);
  if (name === 'mobile') await writeMobiles(client, [{ person: dossier.person, mobile: mergeMobile(sources) }]);
  return { version, changed: true };
}

/** The same value by the same document: whoever records it again adds nothing. */
function isKnown(sources: Sources, source: RecordingSource, name: FactName, recorded: Recorded<unknown>): boolean {
  const before = sources.recorded?.[source]?.[name];
  const content = ({ value, seen }: Recorded<unknown>): string => JSON.stringify([value, seen ?? null]);
  return before === undefined ? recorded.value === null : content(before) === content(recorded);
}

function requireRight(source: RecordingSource, { fact, seen, recordedBy }: RecordFactRequest, value: unknown): void {
  if (!recordingSources.includes(source)) throw invalid(`a source is one of ${recordingSources.join(', ')}`);
  if (source !== 'desk' && fact.name !== ofRegistry[source])
    throw invalid(`${source} records ${ofRegistry[source]} alone`);
  if (recordedBy.trim() === '') throw invalid('who records it is missing');
  if (seen !== undefined && [seen.document, seen.by].some((text) => text.trim() === '' || !isName(text))) {
    throw invalid('seen is a document and who saw it, of at most 100 characters each');
  }
  if (source === 'desk' && evidenceWithDocument.includes(fact.name) && value !== null && seen === undefined) {
    throw invalid(`${fact.name} is recorded with the document that was seen`);
  }
}

/** A list by itself, before it is put beside what others have said. */
function requireReadable({ sex, birthDate }: FactsDocument, name: FactName, value: unknown): void {
  if ((name !== 'standings' && name !== 'otherCovers') || value === null) return;
  const fault = findFaultOf({ sex, birthDate, standings: [], [name]: value });
  if (fault !== undefined) throw invalid(fault);
}

/** Dependants at the desk, too, name principals who are in the register. */
async function requirePrincipals(client: PoolClient, value: unknown, name: FactName): Promise<void> {
  if (name !== 'standings' || value === null) return;
  const named = (value as readonly StandingDocument[]).flatMap((standing) => standing['principalNationalId'] ?? []);
  if (named.length === 0) return;
  const principals = [...new Set(named.map((text) => BigInt(text)))];
  const { rowCount } = await client.query('select from dossier where person = any($1::bigint[])', [principals]);
  if (rowCount !== principals.length) throw invalid('a principal is not in the register');
}

function invalid(reason: string): Fault {
  return new Fault('FACT_INVALID', `The fact cannot be recorded: ${reason}.`);
}

type Reader<T> = (value: unknown, person: bigint, today: Day) => T;

const aDay: Reader<string> = (value) => {
  const day = typeof value === 'string' ? findDay(value) : undefined;
  if (day === undefined) throw invalid('it is a Gregorian day like "2019-11-06"');
  return isoDay(day);
};

const aDayThatWas: Reader<string> = (value, person, today) => {
  const text = aDay(value, person, today);
  if (text > isoDay(today)) throw invalid('it is a day that is not later than today');
  return text;
};

const aFlag: Reader<boolean> = (value) => {
  if (typeof value !== 'boolean') throw invalid('it is true or false');
  return value;
};

const readers: { readonly [Name in FactName]: Reader<RecordableFacts[Name]> } = {
  diedOn: aDayThatWas,
  studyCertificateUntil: aDay,
  idSightedOn: aDayThatWas,
  maintained: aFlag,
  disabled: aFlag,
  married: aFlag,
  employed: aFlag,
  ownPension: aFlag,
  mobile: (value) => {
    const mobile = typeof value === 'string' ? findMobile(value) : undefined;
    if (mobile === undefined) throw invalid('it is a mobile like "+989121234567"');
    return mobileText(mobile);
  },
  standings: (value, person) => readList('standing', value).map((standing) => readStanding(standing, person)),
  otherCovers: (value) => readList('cover', value).map((cover): CoverDocument => coverDocument(cover)),
};

/** The value in its one form. Whether a list can be read is seen when the law reads the facts that it is part of. */
function readValue({ name, value }: Fact, person: bigint, today: Day): unknown {
  if (!Object.hasOwn(readers, name)) throw invalid(`it is one of ${Object.keys(readers).join(', ')}`);
  return value === null ? null : readers[name](value, person, today);
}

function readList(kind: 'standing' | 'cover', value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value) || !value.every(isObject)) throw invalid('it is a list of objects');
  const unknown = value.map((each) => findUnknownKey(kind, each)).find((key) => key !== undefined);
  if (unknown !== undefined) throw invalid(`there is no key ${JSON.stringify(unknown.slice(0, 40))} in a ${kind}`);
  return value;
}

function readStanding(standing: Readonly<Record<string, unknown>>, person: bigint): StandingDocument {
  const named = standing['principalNationalId'] ?? null;
  if (named === null) return standingDocument(standing);
  const principal = typeof named === 'string' ? findNationalId(named) : undefined;
  if (principal === undefined || principal === person) throw invalid('a principal is another person, by national id');
  return standingDocument({ ...standing, principalNationalId: nationalIdText(principal) });
}
