import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findJoinBreaches, findMigrationBreaches } from './migration-rules.ts';
import { migrationsFolder } from './migrate.ts';

const good = `
  create table provider (provider_id bigint primary key, name text not null);
  comment on table provider is 'Who treats; has no trigger -- a word in a text';
  select dist('provider');
  create table standing (
    person_id bigint, standing_id bigint, provider_id bigint constraint standing_provider references provider,
    held daterange not null, amount numeric(12, 2),
    constraint standing_pkey primary key (person_id, standing_id),
    constraint standing_once exclude using gist (person_id with =, held with &&),
    constraint standing_amount check (amount > 0)
  );
  comment on table standing is 'What a person is, from when until when.';
  select dist('standing', 'person_id');
  create unique index standing_amount_key on standing (person_id, amount);`;

const breachesOf = (text: string): string[] => findMigrationBreaches([{ path: '0001_planted.sql', text }]);
const inGood = (from: string, to: string): string[] => {
  expect(good).toContain(from);
  return breachesOf(good.replace(from, to));
};

describe('the migrations keep the rules', () => {
  const files = readdirSync(migrationsFolder)
    .sort()
    .map((name) => ({ path: name, text: readFileSync(join(migrationsFolder, name), 'utf8') }));

  it('looks at something', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it('finds no breach', () => {
    expect(findMigrationBreaches(files)).toEqual([]);
  });

  it('finds no LEFT JOIN from a list in the SQL of the program', () => {
    const server = join(import.meta.dirname, '..');
    const programs = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter(
      (path) => /(?<!\.test)\.ts$/.test(path) && !path.includes('node_modules'),
    );
    expect(programs.length).toBeGreaterThan(10);
    for (const path of programs) {
      const texts = readFileSync(join(server, path), 'utf8').match(/`[^`]*`/g) ?? [];
      expect(texts.flatMap(findJoinBreaches), path).toEqual([]);
    }
  });
});

describe('a planted breach is found', () => {
  it('and what is right is left alone', () => {
    expect(breachesOf(good)).toEqual([]);
  });

  it.each([
    ['no primary key', 'provider_id bigint primary key', 'provider_id bigint', 'it has no primary key'],
    ['no dist()', "select dist('provider');", '', 'not followed by select dist'],
    ['no comment', 'comment on table provider', 'comment on column provider.name', 'no COMMENT ON TABLE'],
    ['another key first', '(person_id, standing_id)', '(standing_id, person_id)', 'person_id does not come first'],
    ['another exclusion first', '(person_id with =, held with &&)', '(held with &&, person_id with =)', 'come first'],
    ['a key of one column', 'amount numeric(12, 2)', 'amount bigint constraint one unique', 'does not come first'],
    ['a unique index', 'on standing (person_id, amount)', 'on standing (amount)', 'does not come first'],
    ['a constraint without a name', 'constraint standing_amount check', 'check', 'without a name'],
    ['a reference without a name', 'constraint standing_provider references', 'references', 'without a name'],
    ['a reference to another owner', "select dist('provider')", "select dist('provider', 'provider_id')", 'first'],
    ['serial', 'standing_id bigint', 'standing_id bigserial', 'serial'],
    ['identity', 'standing_id bigint', 'standing_id bigint generated always as identity', 'identity'],
    ['the clock of the database', 'name text not null', 'name text, at timestamptz default now()', 'clock'],
    ['a UUID', 'name text not null', 'name uuid default gen_random_uuid()', 'UUID'],
    ['a deferrable constraint', '(person_id, standing_id)', '(person_id, standing_id) deferrable', 'deferrable'],
  ])('%s', (_name, from, to, fault) => {
    expect(inGood(from, to).join('\n')).toContain(fault);
  });

  it.each([
    ['create trigger t before update on standing execute function f();', 'triggers'],
    ['merge into standing using provider on true when matched then delete;', 'MERGE'],
    ['alter table journal detach partition journal_1 concurrently;', 'DETACH'],
    ['create sequence s;', 'sequences'],
    ['alter table standing add constraint k unique (standing_id);', 'does not come first'],
    ['select * from unnest($1::bigint[]) id left join standing s on s.person_id = id;', 'LEFT JOIN'],
    ['select * from (values (1)) as v (id) left outer join standing s on s.person_id = id;', 'LEFT JOIN'],
  ])('%s', (statement, fault) => {
    expect(breachesOf(`${good}\n${statement}`).join('\n')).toContain(fault);
  });

  it('a gap in the numbers, or a name without one', () => {
    const named = (...names: string[]): string[] => findMigrationBreaches(names.map((path) => ({ path, text: '' })));
    expect(named('0001_a.sql', '0002_b.sql')).toEqual([]);
    expect(named('0001_a.sql', '0003_b.sql')).toHaveLength(1);
    expect(named('0001_a.sql', '0001_b.sql')).toHaveLength(1);
    expect(named('first.sql')).toHaveLength(1);
  });
});
