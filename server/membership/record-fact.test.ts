import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { DependantRecord } from '@estehqaq/law';
import { freshDatabase } from '../database/testing.ts';
import { dayOfIso } from './generated-ids.ts';
import { findPersonsByMobile } from './mobile-owners.ts';
import { readDossiers, readDossiersAsKnownAt, readDossierVersions } from './read-dossiers.ts';
import { readRecord } from './read-record.ts';
import { recordFact, type RecordFactRequest } from './record-fact.ts';
import { asNumber, importLines, principal, principalId, SetClock, son, sonId, strangerId } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
const clock = new SetClock();
const person = asNumber(sonId);
const lastDay = dayOfIso('2027-06-01');
const seen = { document: 'certificate 17', by: 'clerk 4' };

afterAll(() => database.close());
beforeEach(async () => {
  await database.asOwner((client) =>
    client.query('truncate dossier, dossier_version, person_mobile, mobile_owner, record_reading'),
  );
  clock.set('2026-11-23T08:00:00Z');
  await importLines(pool, [principal, son], { clock });
});

const record = (fact: RecordFactRequest['fact'], rest: Partial<RecordFactRequest> = {}) =>
  recordFact(pool, clock, { person, fact, recordedBy: 'clerk 4', ...rest });

const certificate = (value: unknown) => record({ name: 'studyCertificateUntil', value }, { seen });

async function dependancy(): Promise<DependantRecord | undefined> {
  const facts = (await readDossiers(pool, [person])).get(person)?.facts;
  return facts?.standings.find((standing) => standing.class === 'dependant');
}

describe('a fact that is recorded at the desk', () => {
  it('makes a new version, and none when it is recorded again', async () => {
    expect(await certificate('2027-06-01')).toEqual({ version: 2n, changed: true });
    expect(await certificate('2027-06-01')).toEqual({ version: 2n, changed: false });
    expect(await dependancy()).toMatchObject({ relation: 'son', studyCertificateUntil: lastDay });
  });

  it('is not removed by an import, whatever that says', async () => {
    await certificate('2027-06-01');
    await record({ name: 'disabled', value: true });
    await importLines(pool, [{ ...son, standings: [{ ...son.standings[0], studyCertificateUntil: '2026-12-01' }] }]);
    expect(await dependancy()).toMatchObject({ disabled: true, studyCertificateUntil: lastDay });
    const { counts } = await importLines(pool, [{ ...son, birthDate: '2004-03-22' }]);
    expect(counts).toMatchObject({ changed: 1 });
    expect(await dependancy()).toMatchObject({ disabled: true, studyCertificateUntil: lastDay });
  });

  it('holds for a dependant standing that an import brings later', async () => {
    const asked = asNumber(principalId);
    await recordFact(pool, clock, { person: asked, fact: { name: 'maintained', value: true }, recordedBy: 'clerk' });
    await importLines(pool, [{ ...son, nationalId: strangerId, standings: principal.standings }]);
    const father = { class: 'dependant', relation: 'father', principalNationalId: strangerId };
    await importLines(pool, [{ ...principal, standings: [...principal.standings, father] }]);
    const facts = (await readDossiers(pool, [asked])).get(asked)?.facts;
    expect(facts?.standings).toMatchObject([{ class: 'insured' }, { relation: 'father', maintained: true }]);
  });

  it('can be withdrawn, and what was known stays in the history', async () => {
    await certificate('2027-06-01');
    clock.set('2026-11-24T08:00:00Z');
    await certificate(null);
    expect(await dependancy()).toMatchObject({ studyCertificateUntil: null });
    const then = await readDossiersAsKnownAt(pool, [person], new Date('2026-11-23T12:00:00Z'));
    expect(then.get(person)).toMatchObject({ version: 2n, facts: { standings: [{ studyCertificateUntil: lastDay }] } });
  });

  it('stands beside what registries say, of which the latest counts', async () => {
    const ofRegistry = { source: 'msrt', recordedBy: 'msrt' } as const;
    await record({ name: 'studyCertificateUntil', value: '2026-12-31' }, ofRegistry);
    expect(await dependancy()).toMatchObject({ studyCertificateUntil: dayOfIso('2026-12-31') });
    await certificate('2027-06-01');
    expect(await dependancy()).toMatchObject({ studyCertificateUntil: lastDay });
    await expect(record({ name: 'disabled', value: true }, ofRegistry)).rejects.toMatchObject({ code: 'FACT_INVALID' });
  });

  it('is a standing, a cover, a death or a mobile, too', async () => {
    const pension = { class: 'pensioner', pension: 'disability', from: '2026-01-01' };
    await record({ name: 'standings', value: [pension] });
    await record({ name: 'otherCovers', value: [{ insurer: 'ihio', fund: 'rural', from: '2020-01-01' }] });
    await record({ name: 'diedOn', value: '2026-11-20' });
    await record({ name: 'mobile', value: '۰۹۱۲۱۲۳۴۵۶۷' });
    const dossier = (await readDossiers(pool, [person])).get(person);
    expect(dossier).toMatchObject({
      version: 5n,
      facts: {
        diedOn: dayOfIso('2026-11-20'),
        standings: [{ class: 'dependant' }, { class: 'pensioner' }],
        otherCovers: [{ insurer: 'ihio', fund: 'rural', until: null }],
      },
    });
    expect(await findPersonsByMobile(pool, 989121234567n)).toEqual([person, asNumber(principalId)].toSorted());
    await record({ name: 'mobile', value: null });
    expect(await findPersonsByMobile(pool, 989121234567n)).toEqual([asNumber(principalId)]);
  });

  it.each([
    ['no fact of ours', { name: 'surprise', value: 1 }],
    ['a day that is none', { name: 'diedOn', value: '2026-02-30' }],
    ['a death to come', { name: 'diedOn', value: '2026-11-24' }],
    ['a text for a flag', { name: 'disabled', value: 'yes' }],
    [
      'an unknown key',
      { name: 'standings', value: [{ class: 'pensioner', pension: 'oldAge', from: '2020-01-01', x: 1 }] },
    ],
    ['a standing that the law cannot read', { name: 'standings', value: [{ class: 'pensioner' }] }],
    [
      'an unknown principal',
      { name: 'standings', value: [{ class: 'dependant', relation: 'son', principalNationalId: strangerId }] },
    ],
    ['a cover that is none', { name: 'otherCovers', value: [{ insurer: 'tamin', from: '2020-01-01' }] }],
    ['no mobile', { name: 'mobile', value: '12' }],
    ['a certificate that nobody saw', { name: 'studyCertificateUntil', value: '2027-01-01' }],
  ])('is refused: %s', async (_, fact) => {
    await expect(record(fact as RecordFactRequest['fact'])).rejects.toMatchObject({ code: 'FACT_INVALID' });
    expect((await readDossiers(pool, [person])).get(person)?.version).toBe(1n);
  });

  it('is about somebody who is in the register', async () => {
    const fact = { name: 'disabled', value: true } as const;
    const asked = recordFact(pool, clock, { person: asNumber(strangerId), fact, recordedBy: 'clerk' });
    await expect(asked).rejects.toMatchObject({ code: 'PERSON_UNKNOWN' });
  });

  it('is not lost between others and an import at the same moment', async () => {
    const names = ['disabled', 'married', 'employed', 'ownPension', 'maintained'] as const;
    const imports = [0, 1, 2].map((index) =>
      importLines(pool, [principal, { ...son, birthDate: `2004-03-0${index + 1}` }]),
    );
    await Promise.all([...imports, ...names.map((name) => record({ name, value: true }))]);
    expect(await dependancy()).toMatchObject(Object.fromEntries(names.map((name) => [name, true])));
    const { rows } = await pool.query<{ version: bigint; recorded_at: Date }>(
      'select version, recorded_at from dossier_version where person = $1 order by version',
      [person],
    );
    expect(rows.map(({ version }) => version)).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
    expect((await readDossiers(pool, [person])).get(person)?.version).toBe(9n);
  });
});

describe('dossiers', () => {
  it('are read as they were known, also where the clock was set back', async () => {
    clock.set('2026-11-20T08:00:00Z');
    await record({ name: 'disabled', value: true });
    const before = await readDossiersAsKnownAt(pool, [person], new Date('2026-11-23T07:59:59Z'));
    expect(before.size).toBe(0);
    const at = await readDossiersAsKnownAt(pool, [person], new Date('2026-11-23T08:00:00Z'));
    expect(at.get(person)?.version).toBe(2n);
  });

  it('are read by their versions, each of the person that it was asked for', async () => {
    await record({ name: 'disabled', value: true });
    const wanted = [
      { person, version: 1n },
      { person: asNumber(principalId), version: 1n },
      { person: asNumber(strangerId), version: 1n },
      { person: asNumber(principalId), version: 2n },
    ];
    const found = await readDossierVersions(pool, wanted);
    expect([...found.keys()].toSorted()).toEqual([`${person}:1`, '12345679:1']);
    expect(found.get(`${person}:1`)?.facts.standings).toMatchObject([{ disabled: false }]);
  });

  it('cannot lose or change a version, whatever the code does', async () => {
    const refused = { code: '42501' };
    await expect(pool.query('delete from dossier_version')).rejects.toMatchObject(refused);
    await expect(pool.query('update dossier_version set version = 9')).rejects.toMatchObject(refused);
    await expect(pool.query('delete from dossier')).rejects.toMatchObject(refused);
    await expect(pool.query('delete from record_reading')).rejects.toMatchObject(refused);
  });
});

describe('a record that staff read', () => {
  let last = 0n;
  const ids = {
    make: (owners: readonly bigint[]) => Promise.resolve(owners.map(() => (last += 1n))),
  };
  const reading = { person, reader: 'clerk 4', role: 'registry-clerk', purpose: 'objection 12' };

  it('has names, mobile and sources, and the reading is recorded', async () => {
    await certificate('2027-06-01');
    const told = await readRecord(pool, clock, ids, { ...reading, person: asNumber(principalId) });
    expect(told).toMatchObject({ firstName: 'رضا', lastName: 'نوری', mobile: 989121234567n, version: 1n });
    const sons = await readRecord(pool, clock, ids, reading);
    expect(sons?.sources.recorded?.desk?.studyCertificateUntil).toMatchObject({
      value: '2027-06-01',
      recordedBy: 'clerk 4',
      seen,
    });
    expect(await readRecord(pool, clock, ids, { ...reading, person: asNumber(strangerId) })).toBeUndefined();
    const { rows } = await pool.query('select person, reader, role, purpose, read_at from record_reading order by id');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toEqual({ ...reading, read_at: clock.now() });
  });

  it('is not read without a purpose', async () => {
    await expect(readRecord(pool, clock, ids, { ...reading, purpose: ' ' })).rejects.toMatchObject({
      code: 'FACT_INVALID',
    });
  });
});
