import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from './index.ts';
import { describePlace, requireUsable, withRole } from './own-server.ts';
import { freshDatabase } from './testing.ts';

const open = (databaseUrl: string, databaseUrlApp?: string) =>
  openDatabase({ dataFolder: '/never-used', databaseUrl, databaseUrlApp });

describe('a server of one’s own', async () => {
  const database = await freshDatabase();
  const description = database.describe();
  if (description.kind !== 'embedded') throw new Error('not embedded');
  const address = (user: string, name = description.database): string =>
    `postgresql://${user}@/${name}?host=${encodeURIComponent(description.socketFolder)}`;
  const superuser = new Client(address('postgres', 'postgres'));
  await superuser.connect();
  afterAll(async () => {
    await superuser.end();
    await database.close();
  });

  it('is migrated by its user, and worked with as the application’s role', async () => {
    // The test's owner may not make members of a role that another has made, as on many a real server.
    await expect(open(address('estehqaq_owner'))).rejects.toMatchObject({ code: 'DATABASE_ROLE_MISSING' });
    await superuser.query('grant estehqaq_app to estehqaq_owner');
    const opened = await open(address('estehqaq_owner'));
    const { rows } = await opened.pool.query<{ name: string }>('select current_user as name');
    expect(rows).toEqual([{ name: 'estehqaq_app' }]);
    await expect(opened.pool.query('create table mine ()')).rejects.toMatchObject({ code: '42501' });
    expect(opened.describe()).toMatchObject({ kind: 'own', version: expect.stringMatching(/^18/) as string });
    await opened.close();
    await superuser.query('revoke estehqaq_app from estehqaq_owner');
  });

  it('can have a user of its own for the application', async () => {
    await superuser.query('grant estehqaq_app to estehqaq_owner');
    const opened = await open(address('estehqaq_owner'), address('estehqaq_app'));
    expect((await opened.pool.query('select from schema_migration')).rowCount).toBeGreaterThan(0);
    await opened.close();
    await superuser.query('revoke estehqaq_app from estehqaq_owner');
  });

  it('that keeps its text otherwise than in UTF-8 is refused', async () => {
    await superuser.query(
      `create database ascii encoding 'SQL_ASCII' locale 'C' template template0 owner estehqaq_owner`,
    );
    await expect(open(address('estehqaq_owner', 'ascii'))).rejects.toMatchObject({ code: 'DATABASE_NOT_UTF8' });
    await superuser.query('drop database ascii');
  });

  it('that lacks the database, or the user, is named with the way out', async () => {
    await expect(open(address('estehqaq_owner', 'nothing'))).rejects.toThrow(/refuses.*"nothing".*CREATE DATABASE/s);
    await expect(open(address('nobody_known'))).rejects.toMatchObject({ code: 'DATABASE_ACCESS_REFUSED' });
  });

  it('that does not answer is named, without its password, with the way out', async () => {
    const failed = open('postgresql://someone:secret@127.0.0.1:1/estehqaq');
    await expect(failed).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    await expect(failed).rejects.toThrow(/127\.0\.0\.1:1\/estehqaq.*leave DATABASE_URL unset/);
    await expect(failed).rejects.not.toThrow(/secret/);
  });

  it('that is too old is refused', async () => {
    const answering = (number: string, version: string): Pick<Client, 'query'> =>
      ({ query: () => Promise.resolve({ rows: [{ number, version, encoding: 'UTF8' }] }) }) as unknown as Client;
    await expect(requireUsable(answering('140018', '14.18'), 'here')).rejects.toMatchObject({
      code: 'DATABASE_TOO_OLD',
    });
    await expect(requireUsable(answering('150000', '15.0'), 'here')).resolves.toBe('15.0');
  });
});

describe('an address', () => {
  it.each(['', 'localhost:5432', 'mysql://localhost/estehqaq', 'postgresql://a:b#c@host/estehqaq'])(
    '%s is not understood',
    async (databaseUrl) => {
      await expect(open(databaseUrl)).rejects.toMatchObject({ code: 'DATABASE_URL_INVALID' });
    },
  );

  it('is shown without user and password', () => {
    expect(describePlace('postgresql://user:secret@host:6000/estehqaq?sslmode=require')).toBe('host:6000/estehqaq');
    expect(describePlace('postgres://user@host/estehqaq')).toBe('host:5432/estehqaq');
  });

  it('keeps its own options beside the role', () => {
    const url = new URL(withRole('postgresql://user@host/estehqaq?options=-c%20geqo%3Doff&sslmode=require'));
    expect(url.searchParams.get('options')).toBe('-c geqo=off -c role=estehqaq_app');
    expect(url.searchParams.get('sslmode')).toBe('require');
  });
});
