import { afterAll, describe, expect, it } from 'vitest';
import { transaction } from '../database/index.ts';
import { freshDatabase } from '../database/testing.ts';
import { requireSource } from './import-people.ts';
import { readDossiers } from './read-dossiers.ts';
import { recordEnrolment, type EnrolmentSaying } from './record-enrolment.ts';
import { asNumber, importLines, principal, principalId, SetClock, strangerId } from './testing.ts';

const database = await freshDatabase();
const { pool } = database;
afterAll(() => database.close());
const clock = new SetClock();

const saying: EnrolmentSaying = {
  sex: 'male',
  birthDate: '1975-05-01',
  firstName: 'رضا',
  lastName: null,
  mobile: 989121112233n,
  covers: [{ from: '2026-12-03', until: '2027-11-22' }],
};
const cover = { insurer: 'ihio', fund: 'universal', from: '2026-12-03', until: '2027-11-22' };
const record = (person: bigint, said: EnrolmentSaying = saying) =>
  transaction(pool, (client) => recordEnrolment(client, clock, person, () => Promise.resolve(said)));
const coversOf = async (person: bigint) => {
  const { rows } = await pool.query<{ facts: { otherCovers: unknown }; version: bigint }>(
    'select facts, version from dossier where person = $1',
    [person],
  );
  return [rows[0]?.version, rows[0]?.facts.otherCovers];
};

describe('what the mandatory insurance says', () => {
  const known = asNumber(principalId);
  const unknown = asNumber(strangerId);

  it('gives a dossier to who had none, with the mobile, and adds nothing the second time', async () => {
    expect(await record(unknown)).toBe(true);
    expect(await record(unknown)).toBe(false);
    expect(await coversOf(unknown)).toEqual([1n, [cover]]);
    const { rows } = await pool.query('select owner from mobile_owner where mobile = $1', [saying.mobile]);
    expect(rows).toEqual([{ owner: strangerId.replace(/^0+/, '') }]);
    expect((await readDossiers(pool, [unknown])).get(unknown)?.facts.otherCovers).toHaveLength(1);
  });

  it('stands beside what the insurer says, whichever comes first', async () => {
    await importLines(pool, [principal]);
    expect(await record(known)).toBe(true);
    expect(await record(known)).toBe(false);
    await importLines(pool, [principal, { ...principal, nationalId: strangerId, otherCovers: [] }]);
    expect(await coversOf(known)).toEqual([2n, [cover]]);
    expect(await coversOf(unknown)).toEqual([2n, [cover]]);
    expect(await record(unknown)).toBe(false);
  });

  it('changes with the covers', async () => {
    const longer = [...saying.covers, { from: '2027-11-23', until: '2028-11-22' }];
    expect(await record(known, { ...saying, covers: longer })).toBe(true);
    expect((await coversOf(known))[1]).toHaveLength(2);
  });

  it('is nobody else’s to say', () => {
    expect(() => requireSource('enrolment')).toThrow('not desk, msrt, sabtAsnad, enrolment');
  });
});
