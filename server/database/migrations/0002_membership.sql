-- People, their dated facts and what was said by whom; providers and their contracts. No column says "active":
-- facts are kept, and the law answers for the day asked.

create table dossier (
  person bigint primary key,
  version bigint not null,
  recorded_at timestamptz not null,
  facts json not null,
  sources json not null
);
comment on table dossier is
  'The current version of what is known about a person. facts: what the law reads; sources: what each source said.';
select dist('dossier', 'person');
grant select, insert, update on dossier to estehqaq_app;

create table dossier_version (
  person bigint not null,
  version bigint not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  source text not null,
  facts json not null,
  sources json not null,
  primary key (person, version)
);
comment on table dossier_version is
  'Every version of every dossier, the current one included, by the time of recording. Never changed, never deleted.';
select dist('dossier_version', 'person');
grant select, insert on dossier_version to estehqaq_app;

-- A mobile is kept as its international number: 989121234567.
create table person_mobile (
  person bigint not null,
  mobile bigint not null,
  primary key (person, mobile)
);
comment on table person_mobile is 'Registered mobiles of people.';
select dist('person_mobile', 'person');
grant select, insert, delete on person_mobile to estehqaq_app;

create table mobile_owner (
  mobile bigint not null,
  kind text not null constraint mobile_owner_kind check (kind in ('person', 'provider')),
  owner text not null,
  primary key (mobile, kind, owner)
);
comment on table mobile_owner is 'Whose a mobile is: national ids of people, codes of providers. Found by the number.';
select dist('mobile_owner', 'mobile');
grant select, insert, delete on mobile_owner to estehqaq_app;

create table provider (
  code text primary key,
  name text not null,
  kind text not null
    constraint provider_kind check (kind in ('physician', 'pharmacy', 'paraclinic', 'clinic', 'hospital')),
  ownership text not null constraint provider_ownership check (ownership in ('owned', 'contracted')),
  contract_from date constraint provider_contract check (ownership = 'owned' or contract_from is not null),
  contract_until date,
  suspended boolean not null,
  licence text,
  version bigint not null
);
comment on table provider is 'Providers and their contracts; every process keeps them all in memory.';
select dist('provider');
grant select, insert, update on provider to estehqaq_app;

create table provider_mobile (
  code text not null constraint provider_mobile_provider references provider (code),
  mobile bigint not null,
  primary key (code, mobile)
);
comment on table provider_mobile is 'Registered mobiles of providers.';
select dist('provider_mobile');
grant select, insert, delete on provider_mobile to estehqaq_app;

create table reference_version (
  name text primary key,
  version bigint not null
);
comment on table reference_version is
  'Raised by every change of reference data in the same transaction; every process looks at it several times a second.';
select dist('reference_version');
insert into reference_version (name, version) values ('provider', 0);
grant select, insert, update on reference_version to estehqaq_app;

create table record_reading (
  person bigint not null,
  id bigint not null,
  read_at timestamptz not null,
  reader text not null,
  role text not null,
  purpose text not null,
  primary key (person, id)
);
comment on table record_reading is 'Every reading of a person''s record by staff. Never changed, never deleted.';
select dist('record_reading', 'person');
grant select, insert on record_reading to estehqaq_app;

-- What an import has read and not yet written into the dossiers. Lost in a crash, and emptied by every import.
create unlogged table import_line (
  person bigint not null,
  line bigint not null,
  facts text not null,
  sources text not null,
  mobile bigint,
  primary key (person, line)
);
comment on table import_line is 'Lines of the import under way, as they would stand in a dossier.';
select dist('import_line', 'person');
grant select, insert, delete, truncate on import_line to estehqaq_app;

create unlogged table import_principal (
  principal bigint not null,
  person bigint not null,
  line bigint not null,
  place smallint not null,
  primary key (principal, line, place)
);
comment on table import_principal is 'Principals that lines of the import under way name; place: which of the standings.';
select dist('import_principal', 'principal');
grant select, insert, delete, truncate on import_principal to estehqaq_app;
