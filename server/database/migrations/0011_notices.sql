-- What we say to people: an outbox, written in the transaction of what happened, and what became of each message.

create table notice (
  owner bigint not null,
  event text not null,
  key text not null,
  step smallint not null,
  id bigint not null,
  person bigint not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  useless_after timestamptz,
  data json not null,
  mobile bigint,
  secret bytea,
  state text not null
    constraint notice_state
    check (state in
      ('waiting', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'unreachable', 'listed', 'ended')),
  state_since timestamptz not null,
  attempts smallint not null,
  language text constraint notice_language check (language in ('fa', 'en')),
  wording text,
  parts smallint,
  sent_at timestamptz,
  delivered_at timestamptz,
  primary key (owner, event, key, step),
  constraint notice_secret_erased check (secret is null or state in ('waiting', 'sending'))
);
comment on table notice is
  'The outbox of notices, and the state of each. owner: the household or person in whose transaction it was written.';
comment on column notice.step is 'Days before the day that is reminded of; 0: the notice itself.';
comment on column notice.mobile is 'Where it was given; else the registered one is looked up when it is sent.';
comment on column notice.secret is 'Sealed under the key of the installation; erased as soon as it is sent, or cannot be.';
comment on column notice.wording is 'Which of several wordings of the text, and a fingerprint of it.';
select dist('notice', 'owner');
create index notice_due on notice (due_at, id) where state = 'waiting';
create index notice_sending on notice (state_since) where state = 'sending';
create index notice_unreached on notice (event, id) where state in ('unreachable', 'failed', 'unknown');
create index notice_person on notice (person, id);
grant select, insert on notice to estehqaq_app;
grant update (due_at, secret, state, state_since, attempts, language, wording, parts, sent_at, delivered_at)
  on notice to estehqaq_app;

create table notice_attempt (
  owner bigint not null,
  event text not null,
  key text not null,
  step smallint not null,
  attempt smallint not null,
  begun_at timestamptz not null,
  outcome text
    constraint notice_attempt_outcome check (outcome in ('sent', 'throttled', 'refused', 'silent', 'unknown')),
  ended_at timestamptz,
  transport_ids text[] not null,
  primary key (owner, event, key, step, attempt),
  constraint notice_attempt_notice foreign key (owner, event, key, step) references notice (owner, event, key, step)
);
comment on table notice_attempt is
  'Every attempt to send a notice. Written before the transport is asked: one without an outcome may have been sent.';
select dist('notice_attempt', 'owner');
grant select, insert on notice_attempt to estehqaq_app;
grant update (outcome, ended_at, transport_ids) on notice_attempt to estehqaq_app;

create table notice_transport (
  transport_id text primary key,
  owner bigint not null,
  event text not null,
  key text not null,
  step smallint not null,
  attempt smallint not null
);
comment on table notice_transport is 'Which attempt a receipt of the transport is about; a long message has several ids.';
select dist('notice_transport', 'transport_id');
grant select, insert on notice_transport to estehqaq_app;

create table notice_receipt (
  transport_id text not null,
  state text not null constraint notice_receipt_state check (state in ('delivered', 'failed')),
  at timestamptz not null,
  primary key (transport_id, state)
);
comment on table notice_receipt is
  'What the transport said became of a message; also of one whose sending is not yet written down.';
select dist('notice_receipt', 'transport_id');
grant select, insert on notice_receipt to estehqaq_app;

create table notice_preference (
  person bigint primary key,
  language text not null constraint notice_preference_language check (language in ('fa', 'en')),
  by_sms boolean not null,
  changed_at timestamptz not null
);
comment on table notice_preference is 'In which language, and whether by short message, a person wants to be told things.';
select dist('notice_preference', 'person');
grant select, insert, update on notice_preference to estehqaq_app;

create table demo_message (
  mobile bigint not null,
  id bigint not null,
  at timestamptz not null,
  text text not null,
  primary key (mobile, id)
);
comment on table demo_message is 'What a demo would have sent as short messages. Empty in a real installation.';
select dist('demo_message', 'mobile');
create index demo_message_newest on demo_message (id);
grant select, insert on demo_message to estehqaq_app;
