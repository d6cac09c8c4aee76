import { afterAll, describe, expect, it } from 'vitest';
import type { ServiceGiven } from '../decisions/index.ts';
import { freshDatabase } from '../database/testing.ts';
import { Ids } from '../platform/index.ts';
import { countInquiries } from './count-inquiries.ts';
import { findUnchecked, type UncheckedParts } from './find-unchecked.ts';
import { askedByPerson, askedByProvider, day, inquiryOver, insured, noon, person, record, today } from './testing.ts';
import { wireTo } from './testing-wire.ts';

const someone = 1000000001n;
const nobody = 1999999999n;
const service = (more: Partial<ServiceGiven> = {}): ServiceGiven => ({
  person: someone,
  provider: 'P1',
  day: day(today),
  setting: 'outpatient',
  ...more,
});

describe('reports', async () => {
  const database = await freshDatabase();
  const wire = await wireTo(database);
  let time = noon.getTime();
  const inquiry = inquiryOver(wire.database, { clock: { now: () => new Date(time) } });
  const ids = new Ids(database.pool, { now: () => noon });
  const reader = { reader: 'reza', role: 'auditor' };
  const parts: UncheckedParts = { pool: database.pool, clock: { now: () => noon }, ids, reader };
  afterAll(async () => {
    await inquiry.close();
    await ids.close();
    await wire.close();
    await database.close();
  });
  await record(database, someone, person([insured()]));
  await inquiry.ask(askedByProvider(someone));
  await inquiry.ask({ ...askedByProvider(someone), channel: 'sms' });
  await inquiry.ask({ ...askedByProvider(nobody, 'P2'), setting: 'inpatient' });
  await inquiry.ask(askedByPerson(someone));
  await inquiry.ask({ ...askedByProvider(someone, 'OWNED'), channel: 'commandLine' });
  await inquiry.ask(askedByProvider(someone, 'SUSPENDED')).catch(() => undefined);
  // Half past eleven at night in Tehran, and half past midnight.
  time = Date.parse('2026-11-24T20:00:00Z');
  await inquiry.ask(askedByProvider(someone));
  time = Date.parse('2026-11-24T21:00:00Z');
  await inquiry.ask(askedByProvider(someone));
  wire.set('cut');
  await inquiry.ask(askedByProvider(someone, 'P2')).catch(() => undefined);
  wire.set('whole');
  while (inquiry.state().undetermined > 0) await new Promise((resolve) => setTimeout(resolve, 10));

  it('count by day in Tehran, channel, outcome and kind of provider', async () => {
    const rows = await countInquiries(database.pool, day('2026-11-23'), day('2026-11-25'));
    const found = rows.map((row) => [row.day, row.channel, row.outcome, row.providerKind, row.inquiries]);
    expect(found).toEqual([
      ['2026-11-23', 'web', 'ENTITLED', 'pharmacy', 1],
      ['2026-11-23', 'web', 'ENTITLED', null, 1],
      ['2026-11-23', 'web', 'NOT_CONTRACTED', 'pharmacy', 1],
      ['2026-11-23', 'web', 'UNKNOWN_PERSON', 'hospital', 1],
      ['2026-11-23', 'sms', 'ENTITLED', 'pharmacy', 1],
      ['2026-11-23', 'commandLine', 'ENTITLED', 'clinic', 1],
      ['2026-11-24', 'web', 'ENTITLED', 'pharmacy', 1],
      ['2026-11-25', 'web', 'ENTITLED', 'pharmacy', 1],
      ['2026-11-25', 'web', 'COULD_NOT_DETERMINE', 'hospital', 1],
    ]);
    for (const { meanUs, medianUs, p99Us } of rows) {
      expect(Math.min(meanUs, medianUs, p99Us)).toBeGreaterThan(0);
      expect(p99Us).toBeLessThan(6_000_000);
    }
    expect(await countInquiries(database.pool, day('2026-11-24'), day('2026-11-24'))).toHaveLength(1);
  });

  it('are of a year at most, and of days in their order', async () => {
    const asked = [countInquiries(database.pool, day('2025-11-23'), day('2026-11-24'))];
    asked.push(countInquiries(database.pool, day('2026-11-24'), day('2026-11-23')));
    for (const each of asked) await expect(each).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });

  it.each<[string, ServiceGiven, string]>([
    ['asked that day', service(), 'checked'],
    ['asked about inpatients, and not about outpatients', service({ person: nobody, provider: 'P2' }), 'unchecked'],
    ['asked for an inpatient', service({ person: nobody, provider: 'P2', setting: 'inpatient' }), 'checked'],
    ['an inpatient, asked about as outpatient', service({ setting: 'inpatient' }), 'unchecked'],
    ['asked the day before', service({ day: day('2026-11-26') }), 'unchecked'],
    ['asked before midnight', service({ day: day('2026-11-24') }), 'checked'],
    ['asked after midnight', service({ day: day('2026-11-25') }), 'checked'],
    ['another provider asked', service({ provider: 'P9' }), 'unchecked'],
    ['asked by a method that the order does not name', service({ provider: 'OWNED' }), 'unchecked'],
    ['was told nothing', service({ provider: 'SUSPENDED' }), 'unchecked'],
    ['asked, and no answer could be given', service({ provider: 'P2', day: day('2026-11-25') }), 'undetermined'],
  ])('judge a service: %s', async (_, given, check) => {
    const found = await Array.fromAsync(findUnchecked(parts, [service(), given]));
    expect(found).toEqual(check === 'checked' ? [] : [{ service: given, place: 1, check }]);
  });

  it('tell nothing before it is recorded of whom', async () => {
    const read = async (): Promise<object[]> =>
      (
        await database.asOwner((owner) =>
          owner.query<object>(
            `select person, reader, role from record_reading where reader = 'zohreh' order by person`,
          ),
        )
      ).rows;
    const byZohreh = { ...parts, reader: { reader: 'zohreh', role: 'analyst' } };
    await Array.fromAsync(findUnchecked(byZohreh, [service(), service({ person: nobody }), service()]));
    const recorded = [someone, nobody].map((each) => ({ person: each, reader: 'zohreh', role: 'analyst' }));
    expect(await read()).toEqual(recorded);
    const failing = { ...byZohreh, ids: { make: () => Promise.reject(new Error('no ids')) } };
    await expect(Array.fromAsync(findUnchecked(failing, [service()]))).rejects.toThrow('no ids');
    expect(await read()).toEqual(recorded);
  });

  it('go through lists of any length', async () => {
    const list = function* (): Iterable<ServiceGiven> {
      for (let index = 0; index < 2_500; index += 1) yield service(index % 1_000 === 7 ? { provider: 'P9' } : {});
    };
    const found = await Array.fromAsync(findUnchecked(parts, list()), ({ place }) => place);
    expect(found).toEqual([7, 1_007, 2_007]);
    expect(await Array.fromAsync(findUnchecked(parts, []))).toEqual([]);
  });
});
