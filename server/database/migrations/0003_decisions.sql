-- The journal of inquiries: what was asked, by whom, and what was answered. Its ids are made by server/platform/ids.ts.

create table id_slot (
  slot smallint primary key,
  reserved_until bigint not null
);
comment on table id_slot is
  'Up to which tick (an eighth of a second since 2020-01-01Z) ids were reserved in each process slot; it only grows while a process runs.';
select dist('id_slot');
insert into id_slot (slot, reserved_until) values (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0);
grant select, update on id_slot to estehqaq_app;

create table law_version (
  id integer primary key,
  version text not null constraint law_version_once unique
);
comment on table law_version is 'The texts of the law by which was decided; the journal names them by number.';
select dist('law_version');
grant select, insert on law_version to estehqaq_app;

-- Numbers instead of words (server/decisions/journal-words.ts): a row stays small, and millions are written a day.
create table inquiry (
  person bigint not null,
  id bigint not null,
  asked_at timestamptz not null,
  asker_kind smallint not null,
  asker text not null,
  provider_terms smallint,
  contract_from date,
  contract_until date,
  channel smallint not null,
  setting smallint not null,
  on_day date not null,
  known_at timestamptz,
  told smallint not null,
  outcome smallint not null,
  reasons smallint[] not null,
  clauses smallint[] not null,
  acting_class smallint,
  needs text[] not null,
  entitled_until date,
  ended_on date,
  law_version integer not null,
  dossier_version bigint not null,
  principals bigint[] not null,
  principal_versions bigint[] not null,
  links smallint not null,
  other_covers json,
  duration_us integer not null,
  primary key (person, id)
) partition by range (id);
comment on table inquiry is
  'Every inquiry with its whole decision and what it rested on; append-only. One partition a month, made ahead of time.';
comment on column inquiry.asker is 'Code of the provider, national id of the person, or name of the member of staff, by asker_kind.';
comment on column inquiry.provider_terms is 'Kind, ownership and suspension of the provider at that moment; null for other askers and for codes that are in no register.';
comment on column inquiry.told is 'How much of the decision the asker was told.';
comment on column inquiry.dossier_version is 'Of the person; 0: not in the register, or not read.';
comment on column inquiry.principals is 'Those who were read with the person, each with its version in principal_versions.';
comment on column inquiry.links is 'Bits: science ministry and deeds registry counted as linked; whether each was asked.';
comment on column inquiry.other_covers is 'What the other insurers answered; "unavailable": nothing; null: they were not asked.';
comment on column inquiry.duration_us is 'From the question to the writing of this row, microseconds.';
select dist('inquiry', 'person');
-- A tracking code names an id alone.
create index inquiry_id on inquiry (id);
grant select, insert on inquiry to estehqaq_app;

create table request_key (
  person bigint not null,
  asker text not null,
  request_id text not null,
  inquiry_id bigint not null,
  setting smallint not null,
  asked_at timestamptz not null,
  primary key (person, asker, request_id)
);
comment on table request_key is 'Which inquiry answered a request, so that a request that is repeated gets its first answer. Kept 7 days.';
select dist('request_key', 'person');
create index request_key_asked_at on request_key using brin (asked_at);
grant select, insert on request_key to estehqaq_app;
