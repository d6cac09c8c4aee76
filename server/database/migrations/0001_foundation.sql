-- What every later migration stands on. The role estehqaq_app is there before the first migration runs (roles.ts).

-- Periods of one person that must not overlap: exclusion constraints over a key and a range.
create extension if not exists btree_gist;

-- Nothing is anybody's unless it is granted.
revoke all on schema public from public;
grant usage on schema public to estehqaq_app;

comment on table schema_migration is 'Which migrations have been run, with the checksum of the file as it was then.';
grant select on schema_migration to estehqaq_app;

-- Called after each CREATE TABLE with the owner's key, or without one for a small table that every owner's rows refer to.
-- On one PostgreSQL it does nothing. With Citus it distributes the table by that key, or copies it to every node.
create function dist(table_name regclass, owner_key text default null) returns void
language plpgsql
as $$
begin
  if not exists (select from pg_proc where proname = 'create_distributed_table') then
    return;
  end if;
  if owner_key is null then
    execute format('select create_reference_table(%L)', table_name);
  else
    execute format('select create_distributed_table(%L, %L)', table_name, owner_key);
  end if;
end;
$$;

comment on function dist(regclass, text) is 'Distributes a table where Citus is there; otherwise nothing.';
revoke execute on function dist(regclass, text) from public;
