import { coverDocument, standingDocument, type FactsDocument, type StandingDocument } from './facts-document.ts';
import { findMobile } from './mobile.ts';

/**
 * What each source has said about a person, and how it becomes the facts that the law reads.
 *
 * - An import replaces what its own source said before, and nothing else. `insurer` comes first, the others by name.
 * - Sex, birth date and names are those of the first source that has them.
 * - Standings and other covers of all sources stand together; one that two sources name alike stands once.
 * - A death is what the desk says, also where it says that there was none; else the earliest that an import names.
 * - Evidence of the desk and of registries holds for every dependant standing: of certificates and sightings the latest,
 *   of the other facts what the desk says, then what the import says.
 * - The mobile is the desk's, also where it says that there is none; else the first that an import names.
 * - What the desk withdraws is recorded as null, with who and when: nothing is ever taken out of the history.
 * - Nobody is deleted: who has died or left keeps the dossier with its versions, which journalled answers rest on.
 */
export interface Sources {
  readonly imports: Readonly<Record<string, Imported>>;
  readonly recorded?: Readonly<Partial<Record<RecordingSource, RecordedFacts>>>;
}

export interface Imported {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly mobile?: string;
  /** Absent where this is the only source: then the dossier's facts are exactly what it said. */
  readonly facts?: FactsDocument;
}

/** Under this name stands, as an import does, what the mandatory insurance says of those whom it covers. */
export const enrolmentSource = 'enrolment';

/** The desk; or a registry that was asked, whose answer is recorded as evidence. */
export const recordingSources = ['desk', 'msrt', 'sabtAsnad'] as const;
export type RecordingSource = (typeof recordingSources)[number];

/** Facts that are recorded one by one, and the JSON that each one is; null withdraws what was recorded. */
export interface RecordableFacts {
  readonly diedOn: string;
  readonly studyCertificateUntil: string;
  readonly idSightedOn: string;
  readonly maintained: boolean;
  readonly disabled: boolean;
  readonly married: boolean;
  readonly employed: boolean;
  readonly ownPension: boolean;
  readonly standings: readonly StandingDocument[];
  readonly otherCovers: NonNullable<FactsDocument['otherCovers']>;
  readonly mobile: string;
}

export type FactName = keyof RecordableFacts;

export interface Recorded<T> {
  readonly value: T | null;
  readonly recordedBy: string;
  /** ISO instant. */
  readonly recordedAt: string;
  readonly seen?: SeenDocument;
}

/** Who saw what document. */
export interface SeenDocument {
  readonly document: string;
  readonly by: string;
}

export type RecordedFacts = { readonly [Name in FactName]?: Recorded<RecordableFacts[Name]> };

const firstSource = 'insurer';
const evidenceDates = ['studyCertificateUntil', 'idSightedOn'] as const;
const evidenceFlags = ['maintained', 'disabled', 'married', 'employed', 'ownPension'] as const;

/** The same sources with the facts of an only import written beside it, so that another source can be added. */
export function writtenOut(sources: Sources, facts: FactsDocument): Sources {
  const names = Object.keys(sources.imports);
  const [only] = names;
  const said = only === undefined ? undefined : sources.imports[only];
  if (only === undefined || names.length > 1 || said === undefined || said.facts !== undefined) return sources;
  return { ...sources, imports: { [only]: { ...said, facts } } };
}

/** @param sources written out */
export function mergeFacts({ imports, recorded = {} }: Sources): FactsDocument {
  const said = inOrder(imports).flatMap(({ facts }) => facts ?? []);
  const [first] = said;
  if (first === undefined) throw new RangeError('A dossier without an import cannot be merged.');
  const diedOn = mergeDeath(said, recorded.desk);
  const standings = [...said.flatMap((facts) => facts.standings), ...(recorded.desk?.standings?.value ?? [])];
  const covers = [...said.map(({ otherCovers }) => otherCovers), recorded.desk?.otherCovers?.value];
  const known = covers.filter((each) => each !== undefined && each !== null);
  return {
    sex: first.sex,
    birthDate: first.birthDate,
    ...(diedOn !== undefined && { diedOn }),
    standings: withoutRepetition(standings.map((standing) => withEvidence(standing, recorded))),
    ...(known.length > 0 && { otherCovers: withoutRepetition(known.flat().map(coverDocument)) }),
  };
}

/** The mobile that counts, as an international number; null: none. */
export function mergeMobile({ imports, recorded = {} }: Sources): bigint | null {
  const ofDesk = recorded.desk?.mobile;
  const text =
    ofDesk === undefined ? inOrder(imports).find(({ mobile }) => mobile !== undefined)?.mobile : ofDesk.value;
  return findMobile(text ?? '') ?? null;
}

/** First and last name, of the first source that has them. */
export function mergeName({ imports }: Sources): {
  readonly firstName: string | null;
  readonly lastName: string | null;
} {
  const named = inOrder(imports).find(({ firstName, lastName }) => firstName !== undefined || lastName !== undefined);
  return { firstName: named?.firstName ?? null, lastName: named?.lastName ?? null };
}

function inOrder(imports: Sources['imports']): readonly Imported[] {
  const rank = (name: string): string => (name === firstSource ? '' : name);
  return Object.entries(imports)
    .toSorted(([one], [other]) => (rank(one) < rank(other) ? -1 : 1))
    .map(([, said]) => said);
}

function mergeDeath(said: readonly FactsDocument[], desk: RecordedFacts | undefined): string | undefined {
  if (desk?.diedOn !== undefined) return desk.diedOn.value ?? undefined;
  return said.flatMap(({ diedOn }) => diedOn ?? []).toSorted()[0];
}

function withEvidence(standing: StandingDocument, recorded: NonNullable<Sources['recorded']>): StandingDocument {
  if (standing['class'] !== 'dependant') return standing;
  const evidence: Record<string, string | boolean> = { ...standing };
  for (const name of evidenceDates) {
    const days = [standing[name], ...recordingSources.map((source) => recorded[source]?.[name]?.value)];
    const latest = days
      .filter((day) => typeof day === 'string')
      .toSorted()
      .at(-1);
    if (latest !== undefined) evidence[name] = latest;
  }
  for (const name of evidenceFlags) {
    const value = recorded.desk?.[name]?.value;
    if (typeof value === 'boolean') evidence[name] = value;
  }
  return standingDocument(evidence);
}

function withoutRepetition<T>(documents: readonly T[]): T[] {
  return [...new Map(documents.map((document) => [JSON.stringify(document), document])).values()];
}
