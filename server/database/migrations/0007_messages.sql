-- What is asked from telephones by SMS and USSD: which question is a repeated one, how much a number asks, how far a
-- dialogue has come; and who wants to be told by SMS of inquiries. A mobile is its international number: 989121234567.

create table phone_question (
  mobile bigint not null,
  question text not null,
  asked_at timestamptz not null,
  primary key (mobile, question)
);
comment on table phone_question is
  'When a number first asked just this, within the time in which the same text gets the same answer. question: a keyed hash.';
select dist('phone_question', 'mobile');
create index phone_question_asked_at on phone_question using brin (asked_at);
grant select, insert, update, delete on phone_question to estehqaq_app;

create table phone_message (
  mobile bigint not null,
  message text not null,
  request_id text not null,
  received_at timestamptz not null,
  answered_at timestamptz,
  primary key (mobile, message)
);
comment on table phone_message is
  'Messages that their transport names, and the request that each of them is. message: a keyed hash of that name.';
select dist('phone_message', 'mobile');
create index phone_message_received_at on phone_message using brin (received_at);
grant select, insert, update, delete on phone_message to estehqaq_app;

create table phone_help (
  mobile bigint primary key,
  helped_at timestamptz not null
);
comment on table phone_help is 'When a number was last told how to ask: at most once an hour.';
select dist('phone_help', 'mobile');
grant select, insert, update, delete on phone_help to estehqaq_app;

create table ussd_session (
  mobile bigint not null,
  session text not null,
  inputs text[] not null,
  touched_at timestamptz not null,
  primary key (mobile, session)
);
comment on table ussd_session is 'Dialogues under way, and what was typed in them so far; gone when they end.';
select dist('ussd_session', 'mobile');
grant select, insert, update, delete on ussd_session to estehqaq_app;

-- Counts against abuse. Lost in a crash of the database they begin anew, which harms nobody.
create unlogged table phone_day (
  mobile bigint not null,
  day date not null,
  messages integer not null,
  questions integer not null,
  persons integer not null,
  free_at timestamptz not null,
  primary key (mobile, day)
);
comment on table phone_day is
  'What a number sent in a day: messages, questions among them, different persons asked about; and when a slowed number is next answered.';
select dist('phone_day', 'mobile');
grant select, insert, update, delete on phone_day to estehqaq_app;

create unlogged table phone_day_person (
  mobile bigint not null,
  day date not null,
  person bigint not null,
  primary key (mobile, day, person)
);
comment on table phone_day_person is 'About whom a number asked in a day.';
select dist('phone_day_person', 'mobile');
grant select, insert, delete on phone_day_person to estehqaq_app;

create unlogged table person_day (
  person bigint not null,
  day date not null,
  questions integer not null,
  primary key (person, day)
);
comment on table person_day is 'How often telephones asked about a person in a day.';
select dist('person_day', 'person');
grant select, insert, update, delete on person_day to estehqaq_app;

create table person_sms_choice (
  person bigint primary key,
  inquiry_sms boolean not null,
  chosen_at timestamptz not null
);
comment on table person_sms_choice is 'Who wants to be told by SMS of every inquiry about himself or herself.';
select dist('person_sms_choice', 'person');
grant select, insert, update on person_sms_choice to estehqaq_app;
