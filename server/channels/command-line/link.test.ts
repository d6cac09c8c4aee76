import { afterAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../database/testing.ts';
import { claimInstallation, findInstallation, LinkSwitches, recordLinkSwitch } from '../../registries/index.ts';

const clock = { now: () => new Date('2026-11-23T08:00:00Z') };

describe('links and installation', async () => {
  const database = await freshDatabase();
  const { pool } = database;
  const switches = await LinkSwitches.start(pool, { pollMs: 20 });
  afterAll(async () => {
    await switches.stop();
    await database.close();
  });
  const record = (isOn: boolean, fromDay: string, recordedAt: string): Promise<void> =>
    recordLinkSwitch(pool, {
      link: 'msrt',
      isOn,
      fromDay,
      reason: 'a letter',
      recordedBy: 'reza',
      recordedAt: new Date(recordedAt),
    });

  it('are off before the first switch', () => {
    expect(switches.on('2026-11-23')).toEqual({ msrt: false, sabtAsnad: false });
  });

  it('hold from their day until they are replaced, as it was known at a moment', async () => {
    await record(true, '2024-01-01', '2023-12-01T00:00:00Z');
    await record(false, '2024-06-01', '2024-05-01T00:00:00Z');
    await record(true, '2024-06-01', '2024-07-01T00:00:00Z');
    await switches.refresh();
    const days = ['2023-12-31', '2024-01-01', '2024-05-31', '2024-06-01'];
    expect(days.map((day) => switches.on(day).msrt)).toEqual([false, true, true, true]);
    expect(switches.on('2024-06-01', new Date('2024-06-15T00:00:00Z')).msrt).toBe(false);
    expect(switches.on('2024-03-01', new Date('2023-11-30T00:00:00Z')).msrt).toBe(false);
    expect(switches.on('2024-06-01').sabtAsnad).toBe(false);
  });

  it('are known to every process within a moment', async () => {
    await record(false, '2026-01-01', '2026-01-01T00:00:00Z');
    await expect.poll(() => switches.on('2026-11-23').msrt, { timeout: 1000 }).toBe(false);
  });

  it('cannot be changed or taken back by the application', async () => {
    await expect(pool.query('update link_switch set is_on = true')).rejects.toMatchObject({ code: '42501' });
    await expect(pool.query('delete from link_switch')).rejects.toMatchObject({ code: '42501' });
    await expect(pool.query('delete from token_issued')).rejects.toMatchObject({ code: '42501' });
  });

  it('say once what the installation is', async () => {
    expect(await findInstallation(pool)).toBeUndefined();
    await claimInstallation(pool, 'demo', clock);
    await claimInstallation(pool, 'demo', clock);
    expect(await findInstallation(pool)).toBe('demo');
    await expect(claimInstallation(pool, 'real', clock)).rejects.toMatchObject({ code: 'INSTALLATION_OTHER_KIND' });
  });
});
