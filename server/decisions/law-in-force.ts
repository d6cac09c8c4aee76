import { hijriDate, layOver, shippedBook, type Book, type Day, type LaterActs } from '@estehqaq/law';
import type { Pool } from 'pg';
import { asFault } from '../database/index.ts';
import { Fault, KeptInMemory, type Clock, type WatchOptions } from '../platform/index.ts';
import {
  insertFigureConfirmation,
  insertLawActs,
  lawActReference,
  readFigureConfirmations,
  readLawActs,
  type FigureConfirmation,
  type RecordedActs,
} from './law-acts-store.ts';

/** From this year on the sources tell of a later rule of the subsidy, whose text is not in the law. */
const laterRuleFromYear = 1402;

/**
 * The law with the later acts that were recorded, in memory, looked at again whenever one was added in any process.
 * While the database does not answer, the last state stays.
 */
export class LawInForce {
  readonly #pool: Pool;
  readonly #kept: KeptInMemory<Recorded>;
  readonly #books = new Map<bigint, Book>([[0n, shippedBook]]);

  private constructor(pool: Pool, kept: KeptInMemory<Recorded>) {
    this.#pool = pool;
    this.#kept = kept;
  }

  /** Reads the acts and begins to watch them. @throws Fault DATABASE_… */
  static async start(pool: Pool, options: WatchOptions = {}): Promise<LawInForce> {
    return new LawInForce(
      pool,
      await KeptInMemory.start(pool, lawActReference, readRecorded, options).catch(throwFault),
    );
  }

  /** How many acts are laid over the shipped book; the name of the law in force, for a later replay. */
  get actsVersion(): bigint {
    return this.acts.at(-1)?.version ?? 0n;
  }

  get book(): Book {
    return this.bookAt(this.actsVersion);
  }

  get acts(): readonly RecordedActs[] {
    return this.#kept.state.acts;
  }

  get confirmations(): readonly FigureConfirmation[] {
    return this.#kept.state.confirmations;
  }

  /** The law as it was with the acts up to a version. @throws RangeError for a version that is not there */
  bookAt(version: bigint): Book {
    const known = this.#books.get(version);
    if (known !== undefined) return known;
    if (version > this.actsVersion) throw new RangeError(`no acts have the version ${version}`);
    const book = layOver(shippedBook, together(this.acts.filter((each) => each.version <= version)));
    this.#books.set(version, book);
    return book;
  }

  /**
   * Whether a bill may go out on the premium of a day: not on one that is carried forward from an earlier year, nor in a
   * year with a later rule, until somebody named has entered it by an act or confirmed it.
   */
  isConfirmed(day: Day): boolean {
    const { year } = hijriDate(day);
    if (this.confirmations.some((each) => each.year === year)) return true;
    const row = this.book.rows.perCapitaMonthly.findLast(({ fromDay }) => fromDay <= day);
    if (row === undefined || hijriDate(row.fromDay).year !== year) return false;
    return year < laterRuleFromYear || this.acts.some(({ acts }) => hasRow(acts, row.from));
  }

  /**
   * Records acts; they hold from then on in every process.
   * @returns their version
   * @throws InvalidActs where they cannot be laid over the law; Fault INVALID_REQUEST where they say nothing, DATABASE_…
   */
  async add(clock: Clock, acts: LaterActs, recordedBy: string): Promise<bigint> {
    await this.refresh();
    if (isEmpty(acts)) throw new Fault('INVALID_REQUEST', 'The acts have no row and no suspension.');
    const version = this.actsVersion + 1n;
    const made: RecordedActs = { version, recordedBy, recordedAt: clock.now(), acts: withoutEmpty(acts) };
    layOver(shippedBook, acts);
    layOver(shippedBook, together([...this.acts, made]));
    await insertLawActs(this.#pool, made);
    await this.refresh();
    return version;
  }

  /**
   * Confirms that the figures in force on the last day of a Solar Hijri year are those of the year.
   * @throws Fault INVALID_REQUEST for a year that the law does not know, or without a reason; DATABASE_…
   */
  async confirm(clock: Clock, year: number, recordedBy: string, reason: string): Promise<FigureConfirmation> {
    await this.refresh();
    const row = this.book.rows.perCapitaMonthly.findLast(({ fromDay }) => hijriDate(fromDay).year <= year);
    if (row === undefined || year > lastYear) throw new Fault('INVALID_REQUEST', `No figures are known for ${year}.`);
    if (reason.trim() === '') throw new Fault('INVALID_REQUEST', 'A confirmation names the document that it rests on.');
    const perCapitaMonthly = BigInt(Number(row.value));
    const { actsVersion } = this;
    const made = { year, recordedBy, recordedAt: clock.now(), reason, actsVersion, perCapitaMonthly };
    await insertFigureConfirmation(this.#pool, made);
    await this.refresh();
    return made;
  }

  /** Looks at once, without waiting for the next turn. @throws Fault DATABASE_… */
  async refresh(): Promise<void> {
    await this.#kept.refresh().catch(throwFault);
  }

  /** Ends the watching; the last state can still be asked. */
  stop(): Promise<void> {
    return this.#kept.stop();
  }
}

interface Recorded {
  readonly acts: readonly RecordedActs[];
  readonly confirmations: readonly FigureConfirmation[];
}

async function readRecorded(pool: Pool): Promise<Recorded> {
  return { acts: await readLawActs(pool), confirmations: await readFigureConfirmations(pool) };
}

function throwFault(error: unknown): never {
  throw asFault(error);
}

/** The last year of which the law's calendar is sure. */
const lastYear = 1499;

/** What a reader of files leaves empty says nothing. */
function withoutEmpty({ parameters, suspensions }: LaterActs): LaterActs {
  const rows = Object.entries(parameters).filter(([, each]) => each.length > 0);
  return { parameters: Object.fromEntries(rows), suspensions };
}

function isEmpty({ parameters, suspensions }: LaterActs): boolean {
  return suspensions.length === 0 && Object.values(parameters).every((rows) => rows.length === 0);
}

function hasRow({ parameters }: LaterActs, from: string): boolean {
  return parameters.perCapitaMonthly?.some((row) => row.from === from) === true;
}

type Figures = LaterActs['parameters'];

/** As one act: of two rows of a figure for the same day the one recorded last holds. */
function together(recorded: readonly RecordedActs[]): LaterActs {
  const names = [...new Set(recorded.flatMap(({ acts }) => Object.keys(acts.parameters)))] as (keyof Figures)[];
  const parameters = names.map((name) => {
    const rows = recorded.flatMap(({ acts }): readonly { readonly from: string }[] => acts.parameters[name] ?? []);
    return [name, [...new Map(rows.map((row) => [row.from, row])).values()]] as const;
  });
  return {
    parameters: Object.fromEntries(parameters),
    suspensions: recorded.flatMap(({ acts }) => acts.suspensions),
  };
}
