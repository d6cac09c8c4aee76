import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHijriDay, isoDay, type Day } from '@estehqaq/law';
import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../database/testing.ts';
import { LawInForce } from '../decisions/index.ts';
import { SeededRandom } from '../membership/index.ts';
import { openKeys } from '../platform/index.ts';
import { RehearsalGateway } from './gateway.ts';
import { checkDay, checkMonth, type Checked, type Invariant } from './invariants.ts';
import { makeUp } from './made-up-household.ts';
import { PlayedClock } from './played-clock.ts';
import { rehearse, type Rehearsal } from './rehearse.ts';
import { reportOf } from './report.ts';
import { linesOf } from './told.ts';
import { RehearsalTransport } from './transport.ts';
import { WeatherReport } from './weather.ts';

const folder = mkdtempSync(join(tmpdir(), 'estehqaq-rehearsal-'));
const keys = openKeys(folder);
const database = await freshDatabase();
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
const day = (hijri: string): Day => {
  const found = findHijriDay(hijri);
  if (found === undefined) throw new RangeError(hijri);
  return found;
};

describe('a rehearsal', () => {
  let played: Rehearsal | undefined;

  it('M-30: plays an opening with faults and killed workers, and what must hold holds on every day', async () => {
    played = await rehearse({
      ...{
        database,
        keys,
        folder,
        from: day('1398/08/01'),
        to: day('1399/09/30'),
        households: 50,
        seed: 1,
        faults: true,
      },
    });
    expect(played.breaches).toEqual([]);
    expect(played.killed).toBeGreaterThan(3);
    expect(played.months).toHaveLength(14);
    expect(Math.max(...played.months.map(({ entitled }) => entitled))).toBeGreaterThan(40);
  }, 120_000);

  it('is told with a chart, and as a page in both languages that needs nothing else', () => {
    if (played === undefined) throw new Error('nothing was played');
    const lines = linesOf(played);
    expect(lines[0]).toBe('1398/08/01 to 1399/09/30, 50 made-up households, seed 1, with faults');
    expect(lines.filter((line) => line.startsWith('  holds '))).toHaveLength(9);
    const page = reportOf(played);
    expect(page).toContain('<main lang="fa" dir="rtl">');
    expect(page).toContain('<main lang="en" dir="ltr">');
    expect(page).not.toMatch(/<script|https?:|undefined|NaN/);
    const broken = reportOf({ ...played, breaches: [{ invariant: 'ledger', day: '2019-11-01', detail: '<1 rial>' }] });
    expect(broken).toContain('&lt;1 rial&gt;');
  });

  it('makes the same households and weather of the same seed', () => {
    const time = { from: day('1398/08/01'), to: day('1400/08/01') };
    const one = makeUp(7, 3, time);
    expect({ ...makeUp(7, 3, time), random: one.random }).toEqual(one);
    expect(makeUp(7, 4, time).document).not.toEqual(one.document);
    const [calm, rough] = [new WeatherReport(1, false), new WeatherReport(1, true)];
    const kinds = new Set<string>();
    for (let on = 0; on < 400; on += 1) {
      calm.day = on;
      rough.day = on;
      expect(calm.of(1)).toBe('well');
      kinds.add(rough.of(1));
    }
    expect([...kinds].toSorted()).toEqual(['flaky', 'late', 'silent', 'well']);
  });
});

/** Each makes one thing wrong, as nothing of the system could. */
const planted: readonly (readonly [Invariant, string])[] = [
  ['dossiers', `update dossier set facts = jsonb_set(facts::jsonb, '{otherCovers}', '[]')::json`],
  [
    'ledger',
    `insert into ledger_entry select household, transaction, 'refunds', 1, day, at, cause from ledger_entry
    where account = 'insurer' limit 1`,
  ],
  [
    'paidOrFree',
    `insert into cover (household, cover, origin, application, fund, covered_from, covered_until, late_entrant,
      free, written_at)
    select household, 1, 'application', application, 'universal', '2020-12-01', '2021-12-01', false, false, $1
    from application where state = 'billed' and bill is not null limit 1`,
  ],
  [
    'nothingLost',
    `update application set due_on = '2020-01-01' where application in (
    select application from application where state = 'active' limit 1)`,
  ],
  [
    'notShortened',
    `update cover_member set covered_until = covered_until - 40 where (household, cover) in (
    select household, cover from cover where origin = 'application' limit 1)`,
  ],
  [
    'replay',
    `update application_decision set decision = jsonb_set(decision::jsonb, '{payable}', '1')::json
    where (household, application, number) in (
      select household, application, number from application_decision where decision->>'payable' <> '0' limit 1)`,
  ],
  [
    'onceOnly',
    `insert into application_event (household, application, number, at, actor, what, from_state, to_state, clauses)
    select household, application, 900, at, actor, what, from_state, to_state, clauses from application_event
    where what = 'pay' limit 1`,
  ],
  [
    'noGap',
    `insert into cover (household, cover, origin, fund, covered_from, covered_until, late_entrant, free, written_at, renewed_by)
    select household, cover, 'import', 'universal', covered_from::date, covered_until::date, false, true, $1, renewed_by
    from (select household from household limit 1) as one, (values (11, '2020-01-01', '2020-02-01', 12),
      (12, '2020-02-10', '2021-02-01', null)) as two (cover, covered_from, covered_until, renewed_by)`,
  ],
];

describe('what must hold', () => {
  const clock = new PlayedClock();
  clock.set(day('1399/09/30'), 'afternoon');
  const moment = { day: isoDay(day('1399/09/30')), now: clock.now() };
  const weather = new WeatherReport(1, false);

  it.each(planted)('%s: a planted breach is found, and named', async (invariant, text) => {
    const law = await LawInForce.start(database.pool);
    const checked: Checked = {
      ...{ pool: database.pool, law, isCoveredElsewhere: () => false },
      gateway: new RehearsalGateway(clock, weather, new SeededRandom(1)),
      transport: new RehearsalTransport(clock, weather, new SeededRandom(1)),
    };
    const found = async (): Promise<readonly Invariant[]> =>
      [...(await checkDay(checked, moment)), ...(await checkMonth(checked, moment, new Date('2019-01-01')))].map(
        (breach) => breach.invariant,
      );
    try {
      expect(await found()).not.toContain(invariant);
      await database.asOwner((owner) => owner.query(text, text.includes('$1') ? [moment.now] : []));
      expect(await found()).toContain(invariant);
    } finally {
      await law.stop();
    }
  });

  it('onceOnly: money that the gateway has made ours and that is in no book, and a message that was taken twice', async () => {
    const law = await LawInForce.start(database.pool);
    const gateway = new RehearsalGateway(clock, weather, new SeededRandom(1));
    const begun = await gateway.request({ amount: 1000n, orderId: '1', callbackUrl: 'http://127.0.0.1:9/' });
    if (begun === 'unknown' || !('authority' in begun)) throw new Error('no payment');
    gateway.books.settle(begun.authority, 'pay');
    await gateway.verify({ authority: begun.authority, amount: 1000n });
    const transport = new RehearsalTransport(clock, weather, new SeededRandom(1));
    const { rows } = await database.pool.query<{ id: bigint }>(
      `select id from notice where event = 'billIssued' limit 1`,
    );
    transport.taken.set(String(rows[0]?.id), { times: 2, failed: 0 });
    const checked: Checked = { pool: database.pool, law, gateway, transport, isCoveredElsewhere: () => false };
    const details = (await checkMonth(checked, moment, moment.now)).map(({ detail }) => detail);
    expect(details).toContain('verified and not booked: unknown');
    expect(details).toContain('sent twice: event billIssued, count 1');
    await law.stop();
  });
});
