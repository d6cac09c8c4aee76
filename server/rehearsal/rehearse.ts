import { join } from 'node:path';
import { Readable } from 'node:stream';
import { findDay, hijriDate, isoDay, type Day } from '@estehqaq/law';
import type { Database } from '../database/index.ts';
import { LawInForce } from '../decisions/index.ts';
import { importHouseholds, importResults, makeBatch } from '../enrolment/index.ts';
import { SeededRandom } from '../membership/index.ts';
import { Ids, type Keys } from '../platform/index.ts';
import { RehearsalGateway } from './gateway.ts';
import { checkDay, checkMonth, type Breach, type Checked, type Moment } from './invariants.ts';
import { planLife, planRenewal, type Act, type Stage } from './lives.ts';
import { introduce, makeUp, type MadeUp } from './made-up-household.ts';
import { planPayment, type NewBill } from './paying.ts';
import { PlayedClock } from './played-clock.ts';
import { civilRegistryOf, otherInsurersOf, Outside, RehearsalMinistry, saidOf } from './registries.ts';
import type { World } from './system.ts';
import { monthOf, tallyAll, tallyMonth, type MonthTally, type Totals } from './tally.ts';
import { RehearsalTransport } from './transport.ts';
import { WeatherReport } from './weather.ts';
import { Workers } from './workers.ts';

export interface RehearsalOptions {
  /** Empty, with all migrations; nobody else works on it. */
  readonly database: Database;
  readonly keys: Keys;
  /** For what imports turn away. */
  readonly folder: string;
  readonly from: Day;
  /** The last day. */
  readonly to: Day;
  readonly households: number;
  readonly seed: number;
  /** Outside systems fail, and workers are killed. */
  readonly faults: boolean;
  readonly onDay?: (day: Day, breaches: number) => void;
  /** Ends it after the day that is being played. */
  readonly signal?: AbortSignal;
}

export interface Rehearsal {
  readonly from: Day;
  /** The last day that was played. */
  readonly to: Day;
  readonly isWhole: boolean;
  readonly households: number;
  readonly seed: number;
  readonly faults: boolean;
  readonly seconds: number;
  readonly months: readonly MonthTally[];
  readonly totals: Totals;
  readonly killed: number;
  readonly refused: readonly (readonly [string, number])[];
  readonly breaches: readonly Breach[];
}

/** So many of a day's people are attended to at the same time. */
const atOnce = 6;
/** In statements; at ten times a day some worker dies on most days. */
const longestLife = 3_000;
/** From the new year until the premium of the year has been confirmed. */
const confirmedOn = { month: 1, day: 20 };
const mostBreaches = 1_000;

/** Plays the days from one to another with made-up households, and checks at the end of each what must hold whatever happens. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const begun = performance.now();
  const rehearsal = await Play.begin(options);
  try {
    let last = options.from;
    let isWhole = true;
    for (let day = options.from; day <= options.to; day = (day + 1) as Day) {
      if (options.signal?.aborted === true) {
        isWhole = false;
        break;
      }
      await rehearsal.playDay(day);
      options.onDay?.(day, rehearsal.breaches.length);
      last = day;
    }
    await rehearsal.endMonth(last);
    const { households, seed, faults, from } = options;
    const seconds = (performance.now() - begun) / 1000;
    return { from, to: last, isWhole, households, seed, faults, seconds, ...(await rehearsal.result()) };
  } finally {
    await rehearsal.close();
  }
}

class Play {
  readonly breaches: Breach[] = [];
  readonly #options: RehearsalOptions;
  readonly #clock = new PlayedClock();
  readonly #weather: WeatherReport;
  readonly #outside = new Outside();
  readonly #world: World;
  readonly #desk: Workers;
  readonly #jobs: Workers;
  readonly #plans = new Map<Day, Act[]>();
  readonly #byHead = new Map<string, MadeUp>();
  readonly #months: MonthTally[] = [];
  #monthBegan: Day;
  #day: Day;
  #seenUntil = new Date(0);

  private constructor(options: RehearsalOptions, shared: Pick<World, 'law'>) {
    const { database, seed, faults, keys, from } = options;
    const { pool } = database;
    const clock = this.#clock;
    this.#options = options;
    this.#day = from;
    this.#monthBegan = from;
    clock.set(from, 'morning');
    this.#weather = new WeatherReport(seed, faults);
    const weather = this.#weather;
    const parts = { outside: this.#outside, clock, weather, random: new SeededRandom(seed + 1) };
    this.#world = {
      ...{ pool, clock, keys, ids: new Ids(pool, clock), law: shared.law },
      civilRegistry: civilRegistryOf(parts),
      otherInsurers: otherInsurersOf(parts),
      ministry: new RehearsalMinistry(parts),
      gateway: new RehearsalGateway(clock, weather, new SeededRandom(seed + 2)),
      transport: new RehearsalTransport(clock, weather, new SeededRandom(seed + 3)),
      onError: (detail) => {
        this.#note([{ invariant: 'noErrors', day: isoDay(this.#day), detail }]);
      },
    };
    this.#desk = new Workers(this.#world, seed + 4, faults ? longestLife : undefined);
    this.#jobs = new Workers(this.#world, seed + 5, faults ? longestLife : undefined);
  }

  static async begin(options: RehearsalOptions): Promise<Play> {
    const { pool } = options.database;
    const law = await LawInForce.start(pool, { pollMs: 86_400_000 });
    const play = new Play(options, { law });
    await play.#open();
    return play;
  }

  get #stage(): Stage {
    return {
      desk: this.#desk,
      outside: this.#outside,
      now: () => this.#clock.now(),
      plan: (day, act) => {
        // What is planned for a day that is over is done on the next.
        const on = Math.max(day, this.#day + 1) as Day;
        if (on > this.#options.to) return;
        this.#plans.set(on, [...(this.#plans.get(on) ?? []), act]);
      },
    };
  }

  /** The households are there on the day before, and those who are insured already are imported. */
  async #open(): Promise<void> {
    const { households, seed, from, to } = this.#options;
    const insured: string[] = [];
    this.#day = (from - 1) as Day;
    for (let number = 0; number < households; number += 1) {
      const household = makeUp(number, seed, { from, to });
      this.#byHead.set(household.head, household);
      introduce(household, this.#outside);
      planLife(this.#stage, household);
      if (household.coming === 'insuredBefore') insured.push(lineOf(household));
    }
    if (insured.length > 0) await this.#importInsured(insured);
  }

  async #importInsured(lines: readonly string[]): Promise<void> {
    const { pool, clock, ids, law } = this.#world;
    await importHouseholds({ pool, clock, ids }, fileOf(lines, this.#options.folder));
    // The list of all existing insured goes to the ministry (M-53), and comes back as a file (M-54).
    this.#stage.plan((this.#options.from + 15) as Day, async () => {
      await makeBatch({ pool, clock, ids, law }, { kind: 'existing', madeBy: 'staff:zohreh' });
    });
    for (const days of [35, 60, 90]) {
      this.#stage.plan((this.#options.from + days) as Day, (today) => this.#importResults(today, days));
    }
  }

  /** Part of the list at a time; the second file brings some again, the third corrects a few. */
  async #importResults(today: Day, days: number): Promise<void> {
    const { pool, clock, ids, law } = this.#world;
    const { rows } = await pool.query<{ household: bigint; inquiry: bigint; head: bigint }>(
      `select household, inquiry, head from means_inquiry where batch is not null order by household, inquiry`,
    );
    const lines: string[] = [];
    let sum = 0n;
    for (const [index, { household, inquiry, head }] of rows.entries()) {
      const means = this.#outside.means.get(headText(head));
      const isIn = days === 35 ? index % 3 > 0 : days === 60 ? index % 3 < 2 : index % 40 === 0;
      if (!isIn || means === undefined || means.takesDays === null) continue;
      const corrects = days === 90;
      const decile = corrects ? Math.max(1, means.decile - 2) : means.decile;
      const { decile: told, incomeMonthly } = saidOf({ ...means, decile });
      const reference = `${household}-${inquiry}`;
      const on = isoDay((corrects ? today : this.#options.from + 34) as Day);
      const said = { decile: told, incomeMonthly: incomeMonthly === null ? null : Number(incomeMonthly) };
      lines.push(JSON.stringify({ reference, head: headText(head), determinedOn: on, ...said, corrects }));
      sum += head;
    }
    lines.push(JSON.stringify({ rows: lines.length, headSum: String(sum) }));
    const { enrolment, log } = this.#jobs.worker;
    await importResults(
      { pool, clock, ids, law, onResult: enrolment.onResult, log },
      fileOf(lines, this.#options.folder),
    );
  }

  async playDay(day: Day): Promise<void> {
    if (day !== this.#options.from && monthOf(day) !== monthOf(this.#monthBegan)) {
      await this.endMonth((day - 1) as Day);
      this.#monthBegan = day;
    }
    this.#day = day;
    this.#weather.day = day;
    this.#clock.set(day, 'morning');
    await this.#confirmFigures(day);
    await this.#attend(day);
    // All at once, as they run in a system; and again one after the other, so that what one has left for another is done.
    this.#clock.set(day, 'noon');
    await this.#takeReceipts();
    await Promise.all(this.#jobs.worker.jobs.map((_, index) => this.#runJob(index)));
    this.#clock.set(day, 'afternoon');
    await this.#takeReceipts();
    for (const index of this.#jobs.worker.jobs.keys()) await this.#runJob(index);
    if (hijriDate(day).day === 25) await this.#giveBack();
    await this.#planAnswers();
    this.#note(await checkDay(this.#checked, this.#moment));
  }

  /** What people had planned for this day, some of them at the same time. */
  async #attend(day: Day): Promise<void> {
    const acts = (this.#plans.get(day) ?? []).values();
    this.#plans.delete(day);
    const attend = async (): Promise<void> => {
      for (const act of acts) await act(day);
    };
    await Promise.all(Array.from({ length: atOnce }, attend));
  }

  async #takeReceipts(): Promise<void> {
    for (const receipt of this.#world.transport.takeReceipts()) {
      await this.#jobs.insist(({ sender }) => sender.receiptArrived(receipt));
    }
  }

  async #runJob(index: number): Promise<void> {
    const { signal } = new AbortController();
    const now = this.#clock.now();
    try {
      await this.#jobs.insist(({ jobs }) => jobs[index]?.run(now, signal) ?? Promise.resolve());
    } catch (error) {
      const name = this.#jobs.worker.jobs[index]?.name ?? '';
      this.#world.onError(`job ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** An administrator confirms the figures of a year some days after it has begun. */
  async #confirmFigures(day: Day): Promise<void> {
    const { year, month, day: dayOfMonth } = hijriDate(day);
    const { law } = this.#world;
    if (month !== confirmedOn.month || dayOfMonth !== confirmedOn.day || law.isConfirmed(day)) return;
    await law.confirm(this.#clock, year, 'zohreh', 'rehearsal');
  }

  /** Staff give back what is owed. */
  async #giveBack(): Promise<void> {
    const due = await this.#desk.insist(({ payments }) => payments.listRefunds({ limit: 10_000 }));
    for (const { household, refund } of due) {
      await this.#desk.ask(({ payments }) =>
        payments.markRefunded({ household, refund, by: 'staff:zohreh', reference: `transfer ${refund}` }),
      );
    }
  }

  /** Bills and covers that are new since the day before: people see them, and plan what they do about them. */
  async #planAnswers(): Promise<void> {
    const { pool, gateway } = this.#world;
    const now = this.#clock.now();
    const between = [this.#seenUntil, now];
    const { rows: bills } = await pool.query<NewBill>(
      `select b.household, b.bill, b.application, a.number, b.payable, b.payer, b.valid_until as "validUntil", a.kind
       from bill b join application a on a.household = b.household and a.application = b.application
       where b.issued_at > $1 and b.issued_at <= $2 and b.state = 'open' order by b.household, b.bill`,
      between,
    );
    const { rows: covers } = await pool.query<{ head: bigint; id: bigint; until: string }>(
      `select h.head, c.cover as id, c.covered_until as until from cover c join household h on h.household = c.household
       where c.written_at > $1 and c.written_at <= $2 and c.joins is null and c.origin <> 'continuation'
       order by c.household, c.cover`,
      between,
    );
    this.#seenUntil = now;
    const stage = this.#stage;
    for (const bill of bills) {
      const household = this.#findHousehold(bill.payer);
      if (household !== undefined) planPayment({ ...stage, gateway }, household, bill, this.#day);
    }
    for (const { head, ...cover } of covers) {
      const household = this.#findHousehold(head);
      if (household !== undefined) planRenewal(stage, household, cover);
    }
  }

  #findHousehold(head: bigint): MadeUp | undefined {
    return this.#byHead.get(headText(head));
  }

  async endMonth(last: Day): Promise<void> {
    const since = this.#clock.startOf(this.#monthBegan);
    this.#note(await checkMonth(this.#checked, this.#moment, since));
    this.#months.push(await tallyMonth(this.#world.pool, this.#monthBegan, last));
  }

  async result(): Promise<Pick<Rehearsal, 'months' | 'totals' | 'killed' | 'refused' | 'breaches'>> {
    const refused = [...this.#desk.refused].toSorted(([one], [other]) => one.localeCompare(other));
    const killed = this.#desk.killed + this.#jobs.killed;
    const totals = await tallyAll(this.#world.pool);
    return { months: this.#months, totals, killed, refused, breaches: this.breaches };
  }

  async close(): Promise<void> {
    await this.#world.law.stop();
    await this.#world.ids.close();
  }

  get #checked(): Checked {
    const { pool, law, gateway, transport } = this.#world;
    const isCoveredElsewhere = (head: bigint): boolean => this.#outside.covers.has(headText(head));
    return { pool, law, gateway, transport, isCoveredElsewhere };
  }

  get #moment(): Moment {
    return { day: isoDay(this.#day), now: this.#clock.now() };
  }

  /** What was found before is not said again on every day. */
  #note(found: readonly Breach[]): void {
    for (const breach of found) {
      const isKnown = this.breaches.some(
        ({ invariant, detail }) => invariant === breach.invariant && detail === breach.detail,
      );
      if (!isKnown && this.breaches.length < mostBreaches) this.breaches.push(breach);
    }
  }
}

/** As `import households` reads it; the cover began a year before it ends. */
function lineOf({ document, day, number }: MadeUp): string {
  const asWritten = ({ id: nationalId, sex, birthDate, mobile }: MadeUp['document']['members'][number]) => ({
    ...{ nationalId, sex, birthDate },
    ...(mobile !== null && { mobile: `0${mobile.slice(3)}` }),
  });
  const [head, ...others] = document.members;
  if (head === undefined) throw new RangeError('a household has a head');
  const expiresOn = isoDay(day);
  const yearBefore = findDay(`${Number(expiresOn.slice(0, 4)) - 1}${expiresOn.slice(4)}`);
  return JSON.stringify({
    head: asWritten(head),
    members: others.map((each) => ({ ...asWritten(each), relation: each.relation })),
    ...{ fund: 'universal', expiresOn, free: number % 3 > 0, lateEntrant: false },
    coveredFrom: yearBefore === undefined ? undefined : isoDay((yearBefore + 1) as Day),
  });
}

const headText = (head: bigint): string => String(head).padStart(10, '0');

function fileOf(lines: readonly string[], folder: string) {
  const standardInput = Readable.from(lines.map((line) => Buffer.from(`${line}\n`)));
  return { file: '-', standardInput, rejectedFile: join(folder, 'rejected.ndjson') };
}
