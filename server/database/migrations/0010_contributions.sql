-- Contributions (M-08, M-15 to M-18, M-24, M-28, M-30): bills with their history, payments with theirs, the ledger in
-- double entry, and what is to be given back. No row holds a balance: every balance is a sum of entries.

create table bill_payer (
  payer bigint not null,
  household bigint not null,
  primary key (payer, household)
);
comment on table bill_payer is 'In which households there are bills of a payer: a person comes with a national id, not with a household.';
select dist('bill_payer', 'payer');
grant select, insert on bill_payer to estehqaq_app;

create table bill (
  household bigint not null,
  bill bigint not null,
  application bigint not null,
  payer bigint not null,
  payable bigint not null constraint bill_payable check (payable > 0),
  state_share bigint not null constraint bill_state_share check (state_share >= 0),
  per_capita_monthly bigint not null,
  members_covered integer not null,
  term_months integer not null,
  percent integer not null,
  issued_on date not null,
  valid_until date not null,
  law_version text not null,
  issued_at timestamptz not null,
  reversal bigint not null,
  state text not null constraint bill_state check (state in ('open', 'paid', 'expired', 'cancelled')),
  paid_on date,
  paid_via text constraint bill_paid_via check (paid_via in ('gateway', 'counter')),
  payment bigint,
  last_event integer not null,
  primary key (household, bill),
  constraint bill_validity check (valid_until >= issued_on and valid_until - issued_on <= 30),
  constraint bill_paid check (state <> 'paid' or (paid_on is not null and paid_via is not null and payment is not null))
);
comment on table bill is
  'Bills. Their terms are frozen; the state is written together with the event and the entries that go with it.';
comment on column bill.payer is 'The head of the household, by national id.';
comment on column bill.payable is 'Whole rials, like every amount of money here.';
comment on column bill.reversal is 'The transaction id in the ledger under which this bill is taken back, if it is: once.';
comment on column bill.payment is 'The payment that paid it.';
select dist('bill', 'household');
create unique index bill_open on bill (household, application) where state = 'open';
create index bill_due on bill (valid_until) where state = 'open';
grant select, insert on bill to estehqaq_app;
grant update (state, paid_on, paid_via, payment, last_event) on bill to estehqaq_app;

create table bill_event (
  household bigint not null,
  bill bigint not null,
  number integer not null,
  at timestamptz not null,
  what text not null,
  state text not null,
  reason text,
  payment bigint,
  primary key (household, bill, number),
  constraint bill_event_bill foreign key (household, bill) references bill (household, bill)
);
comment on table bill_event is 'What became of a bill, and when. Never changed, never deleted.';
select dist('bill_event', 'household');
grant select, insert on bill_event to estehqaq_app;

create table ledger_entry (
  household bigint not null,
  transaction bigint not null,
  account text not null
    constraint ledger_entry_account
    check (account in ('household', 'stateSubsidy', 'insurer', 'gateway', 'counter', 'refunds')),
  amount bigint not null constraint ledger_entry_amount check (amount <> 0),
  day date not null,
  at timestamptz not null,
  cause text not null,
  application bigint,
  bill bigint,
  payment bigint,
  primary key (household, transaction, account)
);
comment on table ledger_entry is
  'Double entry: the entries of a transaction add up to zero. Never changed, never deleted; a mistake is reversed.';
comment on column ledger_entry.transaction is
  'Given by what is booked (the bill, its reversal, the payment, the refund), so that nothing can be booked twice.';
comment on column ledger_entry.amount is
  'Whole rials. Positive: the account owes it to the insurer, or holds it for the insurer; negative: the other way round.';
comment on column ledger_entry.day is 'The day of the instant in Tehran.';
select dist('ledger_entry', 'household');
create index ledger_entry_day on ledger_entry (day);
grant select, insert on ledger_entry to estehqaq_app;

create table payment (
  household bigint not null,
  payment bigint not null,
  bill bigint not null,
  via text not null constraint payment_via check (via in ('gateway', 'counter')),
  amount bigint not null constraint payment_amount check (amount > 0),
  begun_at timestamptz not null,
  begun_by text not null,
  authority text,
  office text,
  receipt_number text,
  state text not null
    constraint payment_state
    check (state in ('asking', 'waiting', 'verifying', 'paid', 'failed', 'turnedAway', 'returned', 'refundDue', 'refunded')),
  verify_begun_at timestamptz,
  checks integer not null,
  due_at timestamptz,
  reference text,
  last_event integer not null,
  primary key (household, payment),
  constraint payment_bill foreign key (household, bill) references bill (household, bill),
  constraint payment_receipt check (via <> 'counter' or (office is not null and receipt_number is not null))
);
comment on table payment is 'Attempts to pay a bill through the gateway, and payments taken at a counter.';
comment on column payment.begun_by is 'person:<national id> or staff:<name>, as in a token.';
comment on column payment.authority is 'The gateway''s name for the attempt; null until it has given one.';
comment on column payment.verify_begun_at is 'When the verification began whose outcome holds, or is not known yet.';
comment on column payment.due_at is 'From when on somebody must look after it again; null: it is settled.';
comment on column payment.reference is 'The gateway''s reference of the money, to be told to the payer.';
select dist('payment', 'household');
create index payment_of_bill on payment (household, bill);
create index payment_due on payment (due_at) where due_at is not null;
grant select, insert on payment to estehqaq_app;
grant update (authority, state, verify_begun_at, checks, due_at, reference, last_event) on payment to estehqaq_app;

create table payment_event (
  household bigint not null,
  payment bigint not null,
  number integer not null,
  at timestamptz not null,
  state text not null,
  reason text,
  primary key (household, payment, number),
  constraint payment_event_payment foreign key (household, payment) references payment (household, payment)
);
comment on table payment_event is 'What became of a payment, and when. Never changed, never deleted.';
select dist('payment_event', 'household');
grant select, insert on payment_event to estehqaq_app;

create table payment_authority (
  authority text primary key,
  household bigint not null,
  payment bigint not null
);
comment on table payment_authority is 'Whose attempt an authority of the gateway is: a browser comes back with nothing else.';
select dist('payment_authority', 'authority');
grant select, insert on payment_authority to estehqaq_app;

create table counter_receipt (
  office text not null,
  receipt_number text not null,
  household bigint not null,
  payment bigint not null,
  primary key (office, receipt_number)
);
comment on table counter_receipt is 'A receipt number of an office is used once.';
select dist('counter_receipt', 'office');
grant select, insert on counter_receipt to estehqaq_app;

create table refund_due (
  household bigint not null,
  refund bigint not null,
  payment bigint not null,
  bill bigint not null,
  amount bigint not null constraint refund_due_amount check (amount > 0),
  reason text not null,
  due_at timestamptz not null,
  taken_by text,
  refunded_at timestamptz,
  refunded_by text,
  reference text,
  primary key (household, refund),
  constraint refund_due_once unique (household, payment),
  constraint refund_due_payment foreign key (household, payment) references payment (household, payment),
  constraint refund_due_whole
    check ((refunded_at is null) = (refunded_by is null) and (refunded_at is null) = (reference is null)),
  constraint refund_due_four_eyes check (refunded_by is null or taken_by is null or refunded_by <> taken_by)
);
comment on table refund_due is
  'Money that is ours and must be given back. Nothing is transferred by itself: staff do it and enter the reference.';
comment on column refund_due.taken_by is 'Who took the money at a counter; another person enters that it was given back.';
select dist('refund_due', 'household');
-- Ids are in the order of time.
create index refund_due_open on refund_due (refund) where refunded_at is null;
grant select, insert on refund_due to estehqaq_app;
grant update (refunded_at, refunded_by, reference) on refund_due to estehqaq_app;
