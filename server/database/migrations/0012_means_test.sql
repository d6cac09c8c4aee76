-- The means test (M-05, M-06, M-20, M-21, M-53, M-54): what the ministry was asked, in which batch, what it answered; the
-- existing insured; and what follows for deciles 8 to 10 (M-59, M-60).

create table means_batch (
  batch bigint primary key,
  kind text not null constraint means_batch_kind check (kind in ('applications', 'existing')),
  made_at timestamptz not null,
  made_by text not null,
  sent_on date not null,
  due_on date not null,
  inquiries bigint not null,
  persons bigint not null,
  id_sum numeric(30) not null
);
comment on table means_batch is
  'Inquiries that went to the ministry as one file, with its control totals. The file can be written again, the same.';
comment on column means_batch.id_sum is 'The sum of the national ids of all persons in it.';
select dist('means_batch');
grant select, insert, update on means_batch to estehqaq_app;

create table means_inquiry (
  household bigint not null,
  inquiry bigint not null,
  application bigint,
  purpose text not null constraint means_inquiry_purpose check (purpose in ('application', 'existing', 'contest')),
  head bigint not null,
  members bigint[] not null,
  fund text,
  expires_on date,
  requested_on date not null,
  requested_at timestamptz not null,
  state text not null
    constraint means_inquiry_state check (state in ('waiting', 'sent', 'answered', 'refused', 'ended')),
  batch bigint constraint means_inquiry_batch references means_batch (batch),
  try_at timestamptz not null,
  attempts integer not null,
  sent_at timestamptz,
  sent_on date,
  due_on date,
  escalated smallint not null,
  refusal text,
  primary key (household, inquiry)
);
comment on table means_inquiry is
  'What the ministry is asked about a household. Named to it by household and inquiry, so that one that is sent again is known.';
comment on column means_inquiry.inquiry is 'Of the list of existing insured: the number of its batch.';
comment on column means_inquiry.members is 'National ids of all of the household, as they are asked about; never changed.';
comment on column means_inquiry.fund is 'Of existing insured, as the list named them; never changed.';
comment on column means_inquiry.due_on is 'One Solar Hijri month after the sending (M-06, M-21).';
comment on column means_inquiry.escalated is 'How many steps of the escalation were taken.';
select dist('means_inquiry', 'household');
create index means_inquiry_waiting on means_inquiry (try_at) where state = 'waiting';
create index means_inquiry_due on means_inquiry (due_on, escalated) where state = 'sent';
create index means_inquiry_asked on means_inquiry (try_at) where state = 'sent';
create index means_inquiry_batch_of on means_inquiry (batch, household);
grant select, insert on means_inquiry to estehqaq_app;
grant update (state, batch, try_at, attempts, sent_at, sent_on, due_on, escalated, refusal) on means_inquiry to estehqaq_app;

create table means_result (
  household bigint not null,
  result bigint not null,
  inquiry bigint not null,
  determined_on date not null,
  income_monthly bigint,
  decile smallint constraint means_result_decile check (decile between 1 and 10),
  received_at timestamptz not null,
  received_from text not null,
  is_late boolean not null,
  corrects bigint,
  law_version text not null,
  acts_version bigint not null,
  fee_group smallint,
  payable_percent smallint,
  payable bigint,
  primary key (household, result),
  constraint means_result_inquiry foreign key (household, inquiry) references means_inquiry (household, inquiry),
  constraint means_result_says_something check (decile is not null or income_monthly is not null),
  constraint means_result_corrects foreign key (household, corrects) references means_result (household, result)
);
comment on table means_result is
  'What the ministry answered, and by which law it was read. Never changed: a corrected result is another that names the first.';
comment on column means_result.received_from is 'api, or the name of the file.';
comment on column means_result.fee_group is 'For existing insured: what a renewal on that day would be; for an application its own decision says it.';
select dist('means_result', 'household');
create index means_result_of_inquiry on means_result (household, inquiry, result);
grant select, insert on means_result to estehqaq_app;

create table insured_household (
  household bigint primary key,
  fund text not null
    constraint insured_household_fund check (fund in ('employees', 'otherStrata', 'universal', 'rural')),
  supportive_body boolean not null,
  expires_on date not null,
  free boolean not null,
  late_entrant boolean not null,
  district text,
  centre text,
  recorded_at timestamptz not null
);
comment on table insured_household is
  'Households that were insured before they came to us: fund, whether a supportive body pays (M-11, M-12), and until when.';
comment on column insured_household.centre is 'The comprehensive health centre that looks after them, where it is known (M-62).';
select dist('insured_household', 'household');
create index insured_household_centre on insured_household (centre) where centre is not null;
grant select, insert, update on insured_household to estehqaq_app;

create table decile_case (
  household bigint not null,
  result bigint not null,
  head bigint not null,
  decile smallint not null constraint decile_case_decile check (decile between 8 and 10),
  determined_on date not null,
  started_at timestamptz not null,
  state text not null
    constraint decile_case_state
    check (state in ('noticed', 'running', 'contested', 'paid', 'runToExpiry', 'ended', 'superseded')),
  state_since timestamptz not null,
  deadline_on date,
  deadline_from text constraint decile_case_from check (deadline_from in ('delivery', 'sending')),
  look_at timestamptz not null,
  primary key (household, result),
  constraint decile_case_result foreign key (household, result) references means_result (household, result),
  -- M-59: nothing is shortened before a delivered notice.
  constraint decile_case_delivered check (state <> 'ended' or deadline_from = 'delivery')
);
comment on table decile_case is
  'Insured households found in deciles 8 to 10: the notice, the deadline that begins with it, and what came of it (M-59 to M-61).';
select dist('decile_case', 'household');
create index decile_case_look on decile_case (look_at) where state in ('noticed', 'running', 'contested');
grant select, insert on decile_case to estehqaq_app;
grant update (state, state_since, deadline_on, deadline_from, look_at) on decile_case to estehqaq_app;

create table decile_contest (
  household bigint not null,
  result bigint not null,
  at timestamptz not null,
  by_whom text not null,
  text text not null constraint decile_contest_text check (text <> ''),
  inquiry bigint not null,
  primary key (household, result),
  constraint decile_contest_case foreign key (household, result) references decile_case (household, result)
);
comment on table decile_contest is
  'A household says that its decile is wrong (M-60), and the inquiry by which the ministry is asked again. Never changed.';
select dist('decile_contest', 'household');
grant select, insert on decile_contest to estehqaq_app;

-- What imports have read and not yet written. Lost in a crash, and emptied by every import.
create unlogged table means_result_line (
  household bigint not null,
  inquiry bigint not null,
  line bigint not null,
  head bigint not null,
  determined_on date not null,
  decile smallint,
  income_monthly bigint,
  corrects boolean not null,
  primary key (household, inquiry, line)
);
comment on table means_result_line is 'Lines of the file of results that is being imported.';
select dist('means_result_line', 'household');
grant select, insert, delete, truncate on means_result_line to estehqaq_app;

create unlogged table household_line (
  head bigint not null,
  line bigint not null,
  household bigint not null,
  cover bigint not null,
  covered_from date,
  fund text not null,
  supportive_body boolean not null,
  expires_on date not null,
  free boolean not null,
  late_entrant boolean not null,
  district text,
  centre text,
  primary key (head, line)
);
comment on table household_line is 'Households of the file that is being imported.';
select dist('household_line', 'head');
create index household_line_line on household_line (line);
grant select, insert, delete, truncate on household_line to estehqaq_app;

create unlogged table household_line_member (
  person bigint not null,
  line bigint not null,
  head bigint not null,
  relation text not null,
  sex text not null,
  birth_date date not null,
  first_name text,
  last_name text,
  mobile bigint,
  booklet bigint not null,
  primary key (person, line)
);
comment on table household_line_member is 'Members of the households of the file that is being imported.';
select dist('household_line_member', 'person');
create index household_line_member_line on household_line_member (line);
grant select, insert, update, delete, truncate on household_line_member to estehqaq_app;
