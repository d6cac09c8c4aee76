-- Mandatory insurance: later acts and confirmed figures; households, their applications with every decision, and the
-- covers that came of them. Effects on people's dossiers go through cover_task.

create table law_act (
  version bigint primary key constraint law_act_version check (version > 0),
  recorded_at timestamptz not null,
  recorded_by text not null constraint law_act_recorded_by check (recorded_by <> ''),
  acts json not null
);
comment on table law_act is
  'Later acts (windows, figures, suspensions), each with its reference; version n is the law with acts 1 to n. Never changed.';
select dist('law_act');
grant select, insert on law_act to estehqaq_app;

create table figure_confirmation (
  year smallint not null,
  recorded_at timestamptz not null,
  recorded_by text not null constraint figure_confirmation_recorded_by check (recorded_by <> ''),
  reason text not null constraint figure_confirmation_reason check (reason <> ''),
  acts_version bigint not null,
  per_capita_monthly bigint not null,
  primary key (year, recorded_at)
);
comment on table figure_confirmation is
  'Who has confirmed that the figures in force are those of a Solar Hijri year, and what they then were. Never changed.';
select dist('figure_confirmation');
grant select, insert on figure_confirmation to estehqaq_app;

insert into reference_version (name, version) values ('law_act', 0);

create table household (
  household bigint primary key,
  head bigint not null,
  opened_at timestamptz not null
);
comment on table household is 'Households that have applied. The row is locked by whoever changes anything of the household.';
select dist('household', 'household');
create index household_head on household (head);
grant select, insert, update on household to estehqaq_app;

create table household_member (
  household bigint not null,
  person bigint not null,
  from_day date not null,
  until_day date,
  relation text not null constraint household_member_relation check (relation in ('head', 'spouse', 'child')),
  sex text not null constraint household_member_sex check (sex in ('male', 'female')),
  birth_date date not null,
  first_name text,
  last_name text,
  mobile bigint,
  cause text not null,
  primary key (household, person, from_day)
);
comment on table household_member is
  'Who belonged to a household from when until when. person: a national id, or the temporary key of a newborn.';
select dist('household_member', 'household');
grant select, insert, update on household_member to estehqaq_app;

create table person_household (
  person bigint primary key,
  household bigint not null,
  since timestamptz not null
);
comment on table person_household is 'The one household in whose application or cover a person is now.';
select dist('person_household', 'person');
grant select, insert, delete on person_household to estehqaq_app;

create table application_number (
  number bigint primary key,
  household bigint not null,
  application bigint not null
);
comment on table application_number is 'Which application a number names: it is said on the telephone without the household.';
select dist('application_number', 'number');
grant select, insert on application_number to estehqaq_app;

create table application (
  household bigint not null constraint application_household references household (household),
  application bigint not null,
  number bigint not null,
  kind text not null constraint application_kind check (kind in ('new', 'renewal', 'addition')),
  state text not null
    constraint application_state
    check (state in ('draft', 'submitted', 'declared', 'tested', 'billed', 'paid', 'waiting', 'active', 'expiring',
                     'renewed', 'lapsed', 'withdrawn', 'refused', 'corrected')),
  state_since timestamptz not null,
  opened_at timestamptz not null,
  opened_by text not null,
  office text,
  identity_document text,
  document json not null,
  document_version integer not null,
  submitted_at timestamptz,
  requested_on date,
  awaits text
    constraint application_awaits check (awaits in ('meansTest', 'figures', 'payment', 'newPrice')),
  pays_in_full boolean not null,
  result bigint,
  bill bigint,
  bill_until date,
  cover bigint,
  renews bigint,
  supersedes bigint,
  due_on date,
  recheck_due_at timestamptz,
  last_event integer not null,
  last_decision integer not null,
  primary key (household, application)
);
comment on table application is
  'One case of a household: new, renewal or addition. The state is written together with the event that made it.';
comment on column application.document is 'What was declared; changed while it is a draft, and never after.';
comment on column application.requested_on is 'The day of submission in Tehran: it decides the regime.';
comment on column application.pays_in_full is 'Does not wait for the means test: priced in full meanwhile.';
comment on column application.result is 'The result of the means test that it is decided by.';
comment on column application.due_on is 'The day on which time alone moves it on.';
comment on column application.recheck_due_at is 'A registry was silent, or has to be asked again: when.';
select dist('application', 'household');
-- One at a time; and beside it one for each cover that is renewed, which no forgotten draft may hold up (M-63).
create unique index application_one_open on application (household, coalesce(renews, 0))
  where state in ('draft', 'submitted', 'declared', 'tested', 'billed', 'paid');
create index application_due on application (due_on) where due_on is not null;
create index application_recheck_due on application (recheck_due_at) where recheck_due_at is not null;
create index application_awaits on application (awaits, state_since, household) where awaits is not null;
grant select, insert, update on application to estehqaq_app;

create table application_decision (
  household bigint not null,
  application bigint not null,
  number integer not null,
  at timestamptz not null,
  purpose text not null
    constraint application_decision_purpose
    check (purpose in ('submission', 'meansTest', 'price', 'settlement', 'correction', 'renewal')),
  law_version text not null,
  acts_version bigint not null,
  case_document json not null,
  decision json not null,
  inputs json not null,
  primary key (household, application, number),
  constraint application_decision_of foreign key (household, application)
    references application (household, application)
);
comment on table application_decision is
  'Every decision of the law on an application: the whole case, the answer, by which text and acts, and what it rests on. Never changed.';
comment on column application_decision.inputs is 'Which registry was asked about whom, when, and what it answered.';
select dist('application_decision', 'household');
grant select, insert on application_decision to estehqaq_app;

create table application_event (
  household bigint not null,
  application bigint not null,
  number integer not null,
  at timestamptz not null,
  actor text not null,
  role text,
  office text,
  what text not null,
  from_state text not null,
  to_state text not null,
  reason text,
  clauses text[] not null,
  decision integer,
  request_id text,
  request_digest text,
  primary key (household, application, number),
  constraint application_event_once unique (household, actor, request_id),
  constraint application_event_of foreign key (household, application) references application (household, application)
);
comment on table application_event is
  'What was done in an application: by whom, when, why, by which clauses, and the states before and after. Never changed.';
select dist('application_event', 'household');
grant select, insert on application_event to estehqaq_app;

create table cover (
  household bigint not null,
  cover bigint not null,
  origin text not null constraint cover_origin check (origin in ('application', 'import', 'continuation')),
  application bigint,
  fund text not null constraint cover_fund check (fund in ('universal')),
  covered_from date not null,
  covered_until date not null,
  regime text,
  fee_group smallint,
  late_entrant boolean not null,
  free boolean not null,
  written_at timestamptz not null,
  renewal_due_on date,
  renewed_by bigint,
  primary key (household, cover),
  constraint cover_period check (covered_until >= covered_from)
);
comment on table cover is 'Periods for which a household is covered, as a decision of the law or an import has set them.';
comment on column cover.origin is 'continuation: the old cover runs on while the ministry is late (M-36).';
comment on column cover.renewal_due_on is 'The day on which its renewal is looked at next; null: nothing is left to do.';
comment on column cover.renewed_by is 'The cover that follows it.';
comment on column cover.late_entrant is 'Entered by the late rule (M-33): may ask for a means test until it ends (M-36).';
select dist('cover', 'household');
create index cover_renewal_due on cover (renewal_due_on) where renewal_due_on is not null;
grant select, insert on cover to estehqaq_app;
grant update (renewal_due_on, renewed_by) on cover to estehqaq_app;

create table cover_member (
  household bigint not null,
  cover bigint not null,
  person bigint not null,
  relation text not null,
  waiting_days smallint not null,
  covered_from date not null,
  entitled_from date not null,
  covered_until date not null,
  booklet bigint not null,
  replaced_by bigint,
  primary key (household, cover, person),
  constraint cover_member_cover foreign key (household, cover) references cover (household, cover)
);
comment on table cover_member is 'Who is covered in a period, from when entitled, until when, with the number of the booklet (M-64).';
comment on column cover_member.replaced_by is 'The national id to which the cover under a temporary key has moved.';
select dist('cover_member', 'household');
create index cover_member_person on cover_member (person);
grant select, insert on cover_member to estehqaq_app;
grant update (covered_until, replaced_by) on cover_member to estehqaq_app;

create table booklet_number (
  number bigint primary key,
  household bigint not null
);
comment on table booklet_number is 'Numbers of booklets that were given, each once.';
select dist('booklet_number', 'number');
grant select, insert on booklet_number to estehqaq_app;

create table cover_task (
  household bigint not null,
  task bigint not null,
  person bigint not null,
  made_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  attempts integer not null,
  fault text,
  primary key (household, task)
);
comment on table cover_task is 'People whose dossier does not yet hold their cover; what is written is read from the cover itself.';
select dist('cover_task', 'household');
create index cover_task_due on cover_task (due_at) where done_at is null;
grant select, insert on cover_task to estehqaq_app;
grant update (due_at, done_at, attempts, fault) on cover_task to estehqaq_app;

create table cover_check (
  person bigint not null,
  id bigint not null,
  asked_at timestamptz not null,
  asker text not null,
  question json not null,
  answer json not null,
  primary key (person, id)
);
comment on table cover_check is 'Every question about the mandatory cover of a person, and its whole answer. Never changed.';
select dist('cover_check', 'person');
grant select, insert on cover_check to estehqaq_app;
