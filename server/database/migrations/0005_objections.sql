-- Objections to a treatment entitlement status (T-29, T-30): the case, and its history of who did what when.

create table objection_case (
  case_number bigint primary key,
  person bigint not null
);
comment on table objection_case is 'Whose case a number is: a number is said on the telephone without the person.';
select dist('objection_case', 'case_number');
grant select, insert on objection_case to estehqaq_app;

create table objection (
  person bigint not null,
  case_number bigint not null,
  opened_at timestamptz not null,
  opener text not null,
  request_id text,
  inquiry_id bigint,
  text text not null constraint objection_text check (text <> ''),
  contact text,
  state text not null
    constraint objection_state
    check (state in ('opened', 'assigned', 'needsEvidence', 'upheld', 'corrected', 'withdrawn')),
  state_since timestamptz not null,
  assignee text,
  proposed_by text,
  last_event integer not null,
  primary key (person, case_number),
  constraint objection_once unique (person, opener, request_id)
);
comment on table objection is
  'Objections. What was said at the opening never changes; the state is written together with the event that made it.';
comment on column objection.opener is 'person:<national id> or staff:<name>, as in a token.';
comment on column objection.inquiry_id is 'The inquiry objected to, where a tracking code was named.';
comment on column objection.proposed_by is 'Who proposed the correction that waits for a second person; null: none waits.';
select dist('objection', 'person');
-- The queue of the desk: a state, the oldest first.
create index objection_queue on objection (state, opened_at, case_number);
grant select, insert on objection to estehqaq_app;
grant update (state, state_since, assignee, proposed_by, last_event) on objection to estehqaq_app;

create table objection_event (
  person bigint not null,
  case_number bigint not null,
  number integer not null,
  at timestamptz not null,
  actor text not null,
  role text,
  what text not null,
  state text not null,
  reason text,
  assignee text,
  fact_person bigint,
  fact_name text,
  fact_version bigint,
  proposed_by text,
  request_id text,
  primary key (person, case_number, number),
  constraint objection_event_case foreign key (person, case_number) references objection (person, case_number),
  constraint objection_event_once unique (person, case_number, actor, request_id),
  constraint objection_event_four_eyes
    check (what <> 'approveCorrection' or (proposed_by is not null and proposed_by <> actor and fact_version is not null))
);
comment on table objection_event is
  'What was done in an objection, by whom and when, and the state after it. Never changed, never deleted.';
comment on column objection_event.fact_version is
  'The version of fact_person''s dossier that holds the correcting fact fact_name.';
select dist('objection_event', 'person');
grant select, insert on objection_event to estehqaq_app;
