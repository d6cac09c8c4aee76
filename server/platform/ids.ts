import { Client, type Pool } from 'pg';
import type { Clock } from './clock.ts';
import { Fault } from './errors.ts';

/**
 * Ids are made by the application: integers below 2^49, in the order of time. From high to low: 33 bits of time in eighths
 * of a second since 2020-01-01Z, 5 bits of the owner's route, 3 bits of the process slot, 8 bits of a count.
 *
 * No id is made twice, whatever the clocks do: a process makes ids only on ticks that it has reserved for its slot in the
 * table `id_slot`, and a reservation only ever grows. So a clock that was set back, or a second process that took the slot
 * over, finds the ticks taken and goes on after them: the time in an id may run ahead of the clock, and never goes back.
 */
const epochMs = Date.UTC(2020, 0, 1);
const tickMs = 125;
const ticksPerSecond = 1000 / tickMs;
const routes = 32;
const slots = 8;
const counts = 256;
const idsPerTick = BigInt(routes * slots * counts);

/** What is reserved at a time. A process that dies leaves the rest unused, and its successor starts after it. */
const reservedTicks = 60 * ticksPerSecond;

/** Any number that nobody else uses for an advisory lock in this database; the second number is the slot. */
const lockKey = 7_170_424;

export const highestId = 2n ** 49n - 1n;

/** The lowest id of an instant: ids made before it are lower, ids made after it are not. */
export function lowestIdAt(at: Date): bigint {
  return BigInt(Math.max(0, tickAt(at))) * idsPerTick;
}

/** When an id was made, to an eighth of a second, as far as its maker's time had not run ahead. */
export function timeOfId(id: bigint): Date {
  return new Date(epochMs + Number(id / idsPerTick) * tickMs);
}

/** Five bits of a hash of the owner: rows of one owner lie together. */
export function routeOf(owner: bigint): number {
  return Number(BigInt.asUintN(64, owner * 0x9e37_79b9_7f4a_7c15n) >> 59n);
}

function tickAt(at: Date): number {
  return Math.floor((at.getTime() - epochMs) / tickMs);
}

/** The ticks from `next` on, to before `until`, are this process's alone. */
interface Reservation {
  readonly slot: number;
  readonly until: number;
}

export class Ids {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #ticks = new Array<number>(routes).fill(0);
  readonly #counts = new Array<number>(routes).fill(0);
  #holder: Client | undefined;
  #reserved: Reservation = { slot: 0, until: 0 };
  #reserving: Promise<void> | undefined;

  /** @param pool names the database; the slot is held by a connection of its own, not one of the pool's */
  constructor(pool: Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
  }

  /**
   * One id for each owner.
   * @throws Fault ID_SLOTS_TAKEN, or an error of the database where ticks had to be reserved
   */
  async make(owners: readonly bigint[]): Promise<bigint[]> {
    const ids = this.makeReserved(owners);
    if (ids !== undefined) {
      // A lost connection loses no reservation: nobody else makes ids on these ticks.
      const isRunningOut = tickAt(this.#clock.now()) + reservedTicks / 2 > this.#reserved.until;
      if (isRunningOut || this.#holder === undefined) this.#reserve().catch(() => undefined); // tried again at the next
      return ids;
    }
    await this.#reserve();
    const made = this.makeReserved(owners);
    if (made === undefined) throw new RangeError(`${owners.length} ids do not fit into one reservation`);
    return made;
  }

  /** Gives the slot back, and with it the ticks that were reserved and not used. */
  async close(): Promise<void> {
    await this.#reserving?.catch(() => undefined);
    const holder = this.#holder;
    this.#holder = undefined;
    if (holder === undefined) return;
    const { slot, until } = this.#reserved;
    this.#reserved = { slot, until: 0 };
    const giveBack = 'update id_slot set reserved_until = $2 where slot = $1 and reserved_until = $3';
    await holder.query(giveBack, [slot, Math.max(...this.#ticks) + 1, until]).catch(() => undefined);
    await holder.end().catch(() => undefined);
  }

  /** Without asking the database; absent where the reserved ticks do not suffice (the ids begun are then never used). */
  makeReserved(owners: readonly bigint[]): bigint[] | undefined {
    const now = tickAt(this.#clock.now());
    const ids: bigint[] = [];
    for (const owner of owners) {
      const route = routeOf(owner);
      const last = this.#ticks[route] ?? 0;
      const count = (this.#counts[route] ?? 0) + 1;
      const tick = count < counts ? Math.max(now, last) : Math.max(now, last + 1);
      if (tick >= this.#reserved.until) return undefined;
      const isSameTick = tick === last;
      this.#ticks[route] = tick;
      this.#counts[route] = isSameTick ? count : 0;
      const low = (route * slots + this.#reserved.slot) * counts + (isSameTick ? count : 0);
      ids.push(BigInt(tick) * idsPerTick + BigInt(low));
    }
    return ids;
  }

  #reserve(): Promise<void> {
    this.#reserving ??= this.#reserveMore().finally(() => (this.#reserving = undefined));
    return this.#reserving;
  }

  async #reserveMore(): Promise<void> {
    const before = this.#holder;
    if (before !== undefined) {
      // Whatever became of a statement that failed: the slot is taken anew, after all that stands reserved in it.
      if (await this.#extend(before).catch(() => false)) return;
      this.#holder = undefined;
      before.end().catch(() => undefined); // a server that stands still would not answer
    }
    const holder = await this.#connect();
    try {
      for (const slot of await this.#slotsToTry(holder)) {
        if (!(await takeLock(holder, slot))) continue;
        await this.#begin(holder, slot);
        if (!(await this.#extend(holder)))
          throw new Fault('ID_SLOTS_TAKEN', `The slot ${slot} is used without its lock.`);
        this.#holder = holder;
        return;
      }
    } catch (error) {
      await holder.end().catch(() => undefined);
      throw error;
    }
    await holder.end().catch(() => undefined);
    throw new Fault('ID_SLOTS_TAKEN', `At most ${slots} processes make ids in one database. Stop one of them.`);
  }

  async #connect(): Promise<Client> {
    const holder = new Client(this.#pool.options);
    const forget = (): void => {
      if (this.#holder === holder) this.#holder = undefined;
    };
    holder.on('error', forget);
    holder.on('end', forget);
    await holder.connect();
    return holder;
  }

  /** Its own of before, then those that ran ahead the least. */
  async #slotsToTry(holder: Client): Promise<readonly number[]> {
    const { rows } = await holder.query<{ slot: number; reserved_until: bigint }>(
      'select slot, reserved_until from id_slot order by reserved_until, slot',
    );
    const { slot: own, until } = this.#reserved;
    const known = rows.map(({ slot }) => slot).filter((slot) => slot < slots);
    return until > 0 ? [own, ...known.filter((slot) => slot !== own)] : known;
  }

  /** Goes on after whatever was reserved in this slot; where that was its own reservation, after its own last id. */
  async #begin(holder: Client, slot: number): Promise<void> {
    const { rows } = await holder.query<{ reserved_until: bigint }>(
      'select reserved_until from id_slot where slot = $1',
      [slot],
    );
    const until = Number(rows[0]?.reserved_until ?? 0n);
    if (slot === this.#reserved.slot && until === this.#reserved.until) return;
    this.#reserved = { slot, until };
    for (let route = 0; route < routes; route += 1) {
      this.#ticks[route] = until;
      this.#counts[route] = -1;
    }
  }

  /** Reserves further ticks, unless another has reserved some in this slot meanwhile: then the slot is lost. */
  async #extend(holder: Client): Promise<boolean> {
    const { slot, until: before } = this.#reserved;
    const until = Math.max(tickAt(this.#clock.now()), ...this.#ticks) + reservedTicks;
    if (until <= before) return true;
    const { rowCount } = await holder.query(
      'update id_slot set reserved_until = $2 where slot = $1 and reserved_until = $3',
      [slot, until, before],
    );
    if (rowCount !== 1) return false;
    this.#reserved = { slot, until };
    return true;
  }
}

async function takeLock(holder: Client, slot: number): Promise<boolean> {
  const { rows } = await holder.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
    lockKey,
    slot,
  ]);
  return rows[0]?.taken === true;
}
