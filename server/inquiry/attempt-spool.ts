import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fdatasync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Provider } from '@estehqaq/law';
import type { JournalRow } from '../decisions/index.ts';

/** An attempt that got no answer: the question, and what was known when it was given up. */
export type Attempt = Pick<
  JournalRow,
  | 'person'
  | 'askedAt'
  | 'askerKind'
  | 'asker'
  | 'provider'
  | 'channel'
  | 'setting'
  | 'on'
  | 'knownAt'
  | 'told'
  | 'otherCovers'
  | 'durationUs'
>;

export interface KeptAttempt {
  /** Names the attempt in the spool, in whichever of its files. */
  readonly key: string;
  readonly attempt: Attempt;
  /** Absent until the store, which numbers the ticks, is back. */
  id: bigint | undefined;
}

/** More than this is not written to the disk. */
const mostBytes = 64 * 2 ** 20;

class SpoolFull extends Error {
  readonly code = 'SPOOL_FULL';
}

const sync = promisify(fdatasync);

/**
 * Undetermined attempts on the disk of this machine, until the journal has them. Each process has a file of its own,
 * `<pid>-<random>.ndjson`, and reads those of the dead. It is added to only, and removed when everything in it is in the
 * journal: a process that dies in between leaves a file whose attempts are written again, under the same ids.
 *
 * It never throws: a disk that takes nothing is reported, and the attempts wait in memory alone. What was written when an
 * attempt was told outlives the process; what the machine loses with its power is the group that was not yet synced.
 */
export class AttemptSpool {
  readonly #folder: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #name = `${process.pid}-${randomBytes(6).toString('hex')}`;
  #adopted: readonly string[] = [];
  #file: number | undefined;
  #count = 0;
  #bytes = 0;
  #isFailing = false;
  #isNew = false;
  #isDirty = false;
  #syncing: Promise<void> | undefined;

  /** @param folder is made when it is needed */
  constructor(folder: string, onFailure: (error: unknown) => void) {
    this.#folder = folder;
    this.#onFailure = onFailure;
  }

  /** What processes that are no more have left; a line that was torn off is none. */
  takeOver(): readonly KeptAttempt[] {
    const found = new Map<string, KeptAttempt>();
    const ids = new Map<string, bigint>();
    this.#adopted = this.#findOrphans().filter((path) => {
      try {
        this.#bytes += statSync(path).size;
        for (const line of readFileSync(path, 'utf8').split('\n')) readLine(line, found, ids);
        return true;
      } catch (error) {
        this.#onFailure(error);
        return false;
      }
    });
    for (const [key, id] of ids) {
      const kept = found.get(key);
      if (kept !== undefined) kept.id = id;
    }
    return [...found.values()];
  }

  keep(attempts: readonly (Attempt & { readonly id: bigint | undefined })[]): readonly KeptAttempt[] {
    const kept = attempts.map(({ id, ...attempt }): KeptAttempt => {
      this.#count += 1;
      return { key: `${this.#name}.${this.#count}`, attempt, id };
    });
    this.#append(kept.map(writeAttempt));
    return kept;
  }

  /** Before they are written: whoever writes them again does it under the same ids. */
  async keepIds(kept: readonly KeptAttempt[]): Promise<void> {
    this.#append(kept.map(({ key, id }) => JSON.stringify({ key, id: String(id) })));
    await this.#syncing;
  }

  /** Everything that was kept is in the journal. */
  clear(): void {
    const paths = [...this.#adopted, ...(this.#file === undefined ? [] : [this.#path])];
    try {
      // Its own last: it may hold the ids of the others.
      for (const path of paths) rmSync(path, { force: true });
      this.#adopted = [];
      this.#bytes = 0;
    } catch (error) {
      this.#onFailure(error);
    }
    void this.close();
  }

  async close(): Promise<void> {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    await this.#syncing;
    closeSync(file);
  }

  get #path(): string {
    return join(this.#folder, `${this.#name}.ndjson`);
  }

  /** A number that was given to somebody else meanwhile hides a file until the next start. */
  #findOrphans(): readonly string[] {
    try {
      const names = readdirSync(this.#folder).filter((name) => {
        const pid = /^(\d+)-[0-9a-f]+\.ndjson$/.exec(name)?.[1];
        return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)));
      });
      return names.sort().map((name) => join(this.#folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#onFailure(error);
      return [];
    }
  }

  #append(lines: readonly string[]): void {
    // A line that was torn off before, by a full disk, must not swallow the first of these.
    const text = `\n${lines.join('\n')}\n`;
    try {
      if (this.#bytes + text.length > mostBytes) throw new SpoolFull();
      this.#file ??= this.#open();
      appendFileSync(this.#file, text);
      this.#bytes += Buffer.byteLength(text);
      this.#isFailing = false;
      this.#isDirty = true;
      this.#syncing ??= this.#syncAll().finally(() => (this.#syncing = undefined));
    } catch (error) {
      this.#report(error);
    }
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#isNew = true;
    return openSync(this.#path, 'a', 0o600);
  }

  /** One at a time: whatever is written meanwhile is synced together with the next. */
  async #syncAll(): Promise<void> {
    try {
      while (this.#isDirty && this.#file !== undefined) {
        this.#isDirty = false;
        await sync(this.#file);
        if (this.#isNew) await this.#syncFolder();
      }
    } catch (error) {
      this.#report(error);
    }
  }

  /** The name of a new file is in its folder. */
  async #syncFolder(): Promise<void> {
    this.#isNew = false;
    await using folder = await open(this.#folder);
    await folder.sync();
  }

  /** Once, not for every attempt of a long day. */
  #report(error: unknown): void {
    if (!this.#isFailing) this.#onFailure(error);
    this.#isFailing = true;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function writeAttempt({ key, attempt, id }: KeptAttempt): string {
  const { person, provider } = attempt;
  return JSON.stringify({
    key,
    ...attempt,
    person: String(person),
    provider: provider === null ? null : termsOf(provider),
    ...(id !== undefined && { id: String(id) }),
  });
}

/** What the law looks at, and the journal keeps: not the mobiles of the provider. */
function termsOf({ kind, ownership, contractFrom, contractUntil, suspended }: Provider): Provider {
  return { kind, ownership, contractFrom, contractUntil, suspended };
}

interface WrittenAttempt extends Omit<Attempt, 'person' | 'askedAt' | 'knownAt'> {
  readonly key: string;
  readonly id?: string;
  readonly person?: string;
  readonly askedAt: string;
  readonly knownAt: string | null;
}

function readLine(line: string, found: Map<string, KeptAttempt>, ids: Map<string, bigint>): void {
  const written = parse(line);
  if (written === undefined) return;
  const { key, id, person, askedAt, knownAt, ...rest } = written;
  if (id !== undefined) ids.set(key, BigInt(id));
  if (person === undefined) return;
  const attempt: Attempt = {
    ...rest,
    person: BigInt(person),
    askedAt: new Date(askedAt),
    knownAt: knownAt === null ? null : new Date(knownAt),
  };
  found.set(key, { key, attempt, id: undefined });
}

/** Our own words: what can be parsed is whole. */
function parse(line: string): WrittenAttempt | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as WrittenAttempt);
  } catch {
    return undefined;
  }
}
