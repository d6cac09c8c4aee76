import {
  findDay,
  isoDay,
  type ClauseId,
  type Links,
  type OtherCover,
  type Provider,
  type Setting,
} from '@estehqaq/law';
import {
  actingClasses,
  askerKinds,
  channels,
  clauseOfNumber,
  numberOfClause,
  outcomes,
  providerKinds,
  reasons,
  settings,
  tellings,
  type ActingClass,
  type AskerKind,
  type Channel,
  type InquiryOutcome,
  type Reason,
  type Told,
} from './journal-words.ts';

/** What was decided; days are ISO. */
export interface JournalDecision {
  readonly outcome: InquiryOutcome;
  readonly reasons: readonly Reason[];
  readonly clauses: readonly ClauseId[];
  readonly actingClass: ActingClass | null;
  readonly needs: readonly string[];
  readonly entitledUntil: string | null;
  readonly endedOn: string | null;
}

export interface VersionRead {
  readonly person: bigint;
  readonly version: bigint;
}

/** What the other base insurers answered; `null`: they were not asked. */
export type CoversAnswered = readonly OtherCover[] | 'unavailable' | null;

/** One inquiry as the journal keeps it: the question, what the answer rested on, and the whole decision. */
export interface JournalRow extends JournalDecision {
  readonly person: bigint;
  readonly id: bigint;
  readonly askedAt: Date;
  readonly askerKind: AskerKind;
  /** Code of the provider, digits of the person, name of the member of staff. */
  readonly asker: string;
  /** As it stood at that moment; `null` for other askers, and for a code that is in no register. */
  readonly provider: Provider | null;
  readonly channel: Channel;
  readonly setting: Setting;
  /** The day asked about, ISO. */
  readonly on: string;
  readonly knownAt: Date | null;
  readonly told: Told;
  /** Number of the law's text, see law-version.ts. */
  readonly lawVersion: number;
  /** 0: not in the register, or not read. */
  readonly dossierVersion: bigint;
  readonly principals: readonly VersionRead[];
  /** The links that counted as in force, and those whose registry was asked. */
  readonly links: Links;
  readonly linksAsked: Links;
  readonly otherCovers: CoversAnswered;
  /** From the question to the making of this row. */
  readonly durationUs: number;
}

/** A row as PostgreSQL gives it. */
export interface StoredRow {
  readonly person: bigint;
  readonly id: bigint;
  readonly asked_at: Date;
  readonly asker_kind: number;
  readonly asker: string;
  readonly provider_terms: number | null;
  readonly contract_from: string | null;
  readonly contract_until: string | null;
  readonly channel: number;
  readonly setting: number;
  readonly on_day: string;
  readonly known_at: Date | null;
  readonly told: number;
  readonly outcome: number;
  readonly reasons: readonly number[];
  readonly clauses: readonly number[];
  readonly acting_class: number | null;
  readonly needs: readonly string[];
  readonly entitled_until: string | null;
  readonly ended_on: string | null;
  readonly law_version: number;
  readonly dossier_version: bigint;
  readonly principals: readonly bigint[];
  readonly principal_versions: readonly bigint[];
  readonly links: number;
  readonly other_covers: unknown;
  readonly duration_us: number;
}

/** The columns in the order in which rows are written. */
export const columns: readonly {
  readonly name: keyof StoredRow;
  readonly type: string;
  /** Written as the text of an array, one a row. */
  readonly isArray?: true;
  /** Digits, or a day: needs no quotes in the text of an array. */
  readonly isPlain?: true;
  readonly from: (row: JournalRow) => string | number | bigint | null;
}[] = [
  { name: 'person', type: 'bigint', isPlain: true, from: ({ person }) => person },
  { name: 'id', type: 'bigint', isPlain: true, from: ({ id }) => id },
  { name: 'asked_at', type: 'timestamptz', isPlain: true, from: ({ askedAt }) => askedAt.toISOString() },
  { name: 'asker_kind', type: 'smallint', isPlain: true, from: ({ askerKind }) => askerKinds.numberOf(askerKind) },
  { name: 'asker', type: 'text', from: ({ asker }) => asker },
  { name: 'provider_terms', type: 'smallint', isPlain: true, from: ({ provider }) => numberOfTerms(provider) },
  { name: 'contract_from', type: 'date', isPlain: true, from: ({ provider }) => dayText(provider?.contractFrom) },
  { name: 'contract_until', type: 'date', isPlain: true, from: ({ provider }) => dayText(provider?.contractUntil) },
  { name: 'channel', type: 'smallint', isPlain: true, from: ({ channel }) => channels.numberOf(channel) },
  { name: 'setting', type: 'smallint', isPlain: true, from: ({ setting }) => settings.numberOf(setting) },
  { name: 'on_day', type: 'date', isPlain: true, from: ({ on }) => on },
  { name: 'known_at', type: 'timestamptz', isPlain: true, from: ({ knownAt }) => knownAt?.toISOString() ?? null },
  { name: 'told', type: 'smallint', isPlain: true, from: ({ told }) => tellings.numberOf(told) },
  { name: 'outcome', type: 'smallint', isPlain: true, from: ({ outcome }) => outcomes.numberOf(outcome) },
  {
    name: 'reasons',
    type: 'smallint[]',
    isArray: true,
    from: (row) => arrayText(row.reasons.map((reason) => reasons.numberOf(reason))),
  },
  { name: 'clauses', type: 'smallint[]', isArray: true, from: (row) => arrayText(row.clauses.map(numberOfClause)) },
  {
    name: 'acting_class',
    type: 'smallint',
    isPlain: true,
    from: ({ actingClass }) => (actingClass === null ? null : actingClasses.numberOf(actingClass)),
  },
  { name: 'needs', type: 'text[]', isArray: true, from: ({ needs }) => arrayText(needs.map(quoted)) },
  { name: 'entitled_until', type: 'date', isPlain: true, from: ({ entitledUntil }) => entitledUntil },
  { name: 'ended_on', type: 'date', isPlain: true, from: ({ endedOn }) => endedOn },
  { name: 'law_version', type: 'integer', isPlain: true, from: ({ lawVersion }) => lawVersion },
  { name: 'dossier_version', type: 'bigint', isPlain: true, from: ({ dossierVersion }) => dossierVersion },
  {
    name: 'principals',
    type: 'bigint[]',
    isArray: true,
    from: ({ principals }) => arrayText(principals.map(({ person }) => person)),
  },
  {
    name: 'principal_versions',
    type: 'bigint[]',
    isArray: true,
    from: ({ principals }) => arrayText(principals.map(({ version }) => version)),
  },
  { name: 'links', type: 'smallint', isPlain: true, from: bitsOfLinks },
  { name: 'other_covers', type: 'json', isArray: true, from: ({ otherCovers }) => coversText(otherCovers) },
  { name: 'duration_us', type: 'integer', isPlain: true, from: ({ durationUs }) => durationUs },
];

export function readRow(stored: StoredRow): JournalRow {
  return {
    person: stored.person,
    id: stored.id,
    askedAt: stored.asked_at,
    askerKind: askerKinds.wordOf(stored.asker_kind),
    asker: stored.asker,
    provider: providerOf(stored),
    channel: channels.wordOf(stored.channel),
    setting: settings.wordOf(stored.setting),
    on: stored.on_day,
    knownAt: stored.known_at,
    told: tellings.wordOf(stored.told),
    outcome: outcomes.wordOf(stored.outcome),
    reasons: stored.reasons.map((number) => reasons.wordOf(number)),
    clauses: stored.clauses.map(clauseOfNumber),
    actingClass: stored.acting_class === null ? null : actingClasses.wordOf(stored.acting_class),
    needs: stored.needs,
    entitledUntil: stored.entitled_until,
    endedOn: stored.ended_on,
    lawVersion: stored.law_version,
    dossierVersion: stored.dossier_version,
    principals: stored.principals.map((person, index) => ({
      person,
      version: stored.principal_versions[index] ?? 0n,
    })),
    links: { msrt: (stored.links & 1) !== 0, sabtAsnad: (stored.links & 2) !== 0 },
    linksAsked: { msrt: (stored.links & 4) !== 0, sabtAsnad: (stored.links & 8) !== 0 },
    otherCovers: readCovers(stored.other_covers),
    durationUs: stored.duration_us,
  };
}

const kindsBelow = 10;
const owned = 10;
const suspended = 20;

/** The kind, and what of ownership and suspension the law looks at. */
function numberOfTerms(provider: Provider | null): number | null {
  if (provider === null) return null;
  const { kind, ownership, suspended: isSuspended } = provider;
  return providerKinds.numberOf(kind) + (ownership === 'owned' ? owned : 0) + (isSuspended ? suspended : 0);
}

function providerOf({ provider_terms: terms, contract_from, contract_until }: StoredRow): Provider | null {
  if (terms === null) return null;
  return {
    kind: providerKinds.wordOf(terms % kindsBelow),
    ownership: Math.floor(terms / owned) % 2 === 1 ? 'owned' : 'contracted',
    contractFrom: readDay(contract_from),
    contractUntil: readDay(contract_until),
    suspended: terms >= suspended,
  };
}

function bitsOfLinks({ links, linksAsked }: JournalRow): number {
  const bit = (is: boolean, value: number): number => (is ? value : 0);
  return bit(links.msrt, 1) + bit(links.sabtAsnad, 2) + bit(linksAsked.msrt, 4) + bit(linksAsked.sabtAsnad, 8);
}

function coversText(covers: CoversAnswered): string | null {
  if (covers === null || covers === 'unavailable') return covers === null ? null : '"unavailable"';
  return JSON.stringify(covers.map((cover) => ({ ...cover, from: isoDay(cover.from), until: dayText(cover.until) })));
}

function readCovers(stored: unknown): CoversAnswered {
  if (stored === null || stored === 'unavailable') return stored;
  const covers = stored as readonly (Omit<OtherCover, 'from' | 'until'> & { from: string; until: string | null })[];
  return covers.flatMap((cover) => {
    const from = readDay(cover.from);
    return from === null ? [] : { ...cover, from, until: readDay(cover.until) };
  });
}

function dayText(day: OtherCover['until'] | undefined): string | null {
  return day === null || day === undefined ? null : isoDay(day);
}

function readDay(text: string | null): OtherCover['until'] {
  return text === null ? null : (findDay(text) ?? null);
}

function arrayText(items: readonly (string | number | bigint)[]): string {
  return `{${items.join(',')}}`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
