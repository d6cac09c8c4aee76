-- Who somebody is: one-time codes of persons, sessions, accounts of staff and of the clerks of providers, and what the
-- embedded issuer of OpenID Connect keeps. Codes, session ids, recovery codes and tokens are hashed or sealed.

create table identity_limit (
  bucket bytea primary key,
  count integer not null,
  until timestamptz not null
);
comment on table identity_limit is
  'How often something was tried in the window that ends at until. bucket: a keyed hash of who or where, never clear.';
select dist('identity_limit', 'bucket');
create index identity_limit_until on identity_limit (until);
grant select, insert, update, delete on identity_limit to estehqaq_app;

create table one_time_code (
  person bigint primary key,
  id bigint not null,
  code_hash bytea not null,
  sealed bytea,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  tries smallint not null,
  used_at timestamptz
);
comment on table one_time_code is
  'The one live code of a person; also of people whom the register does not know, so that nobody can tell from outside.';
comment on column one_time_code.sealed is 'The code under the key of the installation, until it is handed to the outbox.';
select dist('one_time_code', 'person');
create index one_time_code_waiting on one_time_code (issued_at) where sealed is not null;
create index one_time_code_expired on one_time_code (expires_at);
grant select, insert, update, delete on one_time_code to estehqaq_app;

create table account (
  user_name text primary key,
  kind text not null constraint account_kind check (kind in ('staff', 'clerk')),
  display_name text not null,
  roles text[] not null,
  provider text,
  state text not null constraint account_state check (state in ('active', 'disabled')),
  password_hash text,
  password_is_one_time boolean not null,
  password_set_at timestamptz,
  totp_secret bytea,
  totp_confirmed boolean not null,
  totp_step bigint not null,
  issuer text,
  issuer_subject text,
  created_at timestamptz not null,
  constraint account_of_provider check ((kind = 'clerk') = (provider is not null)),
  constraint account_issuer unique (issuer, issuer_subject)
);
comment on table account is
  'Accounts of staff and of clerks of providers. The user name is the person: it is never changed, given away or deleted.';
comment on column account.totp_secret is 'Sealed under the key of the installation.';
comment on column account.totp_step is 'The last step of time whose code was used: none is taken twice.';
comment on column account.issuer is 'Of an account that signs in at an issuer outside; those have no password here.';
select dist('account');
grant select, insert, update on account to estehqaq_app;

create table account_recovery_code (
  user_name text not null constraint account_recovery_code_account references account (user_name),
  code_hash bytea not null,
  used_at timestamptz,
  primary key (user_name, code_hash)
);
comment on table account_recovery_code is 'Each stands once for the code of a lost device.';
select dist('account_recovery_code');
grant select, insert, update, delete on account_recovery_code to estehqaq_app;

create table account_event (
  user_name text not null constraint account_event_account references account (user_name),
  id bigint not null,
  at timestamptz not null,
  what text not null,
  by_whom text not null,
  primary key (user_name, id)
);
comment on table account_event is 'What was done to an account, by whom and when. Never changed, never deleted.';
select dist('account_event');
grant select, insert on account_event to estehqaq_app;

create table session (
  token_hash bytea primary key,
  subject text not null,
  kind text not null constraint session_kind check (kind in ('person', 'staff', 'clerk')),
  person bigint,
  user_name text,
  role text,
  provider text,
  device text,
  issuer_token bytea,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  constraint session_holder check (
    (kind = 'person' and person is not null and user_name is null)
    or (kind = 'staff' and person is null and user_name is not null and role is not null)
    or (kind = 'clerk' and person is null and user_name is not null and provider is not null))
);
comment on table session is 'Sessions of browsers, by the hash of their id; those that have ended stay for a while.';
comment on column session.issuer_token is 'What an issuer outside wants to see at the sign-out, sealed.';
select dist('session', 'token_hash');
create index session_of_subject on session (subject, created_at);
create index session_of_user on session (user_name) where ended_at is null;
create index session_expired on session (expires_at);
grant select, insert, update, delete on session to estehqaq_app;

create table api_client (
  client_id text primary key,
  provider text not null,
  jwks json not null,
  state text not null constraint api_client_state check (state in ('active', 'disabled')),
  created_at timestamptz not null,
  created_by text not null,
  disabled_at timestamptz,
  disabled_by text
);
comment on table api_client is 'Software of providers, and the public keys by which it is known at the embedded issuer.';
select dist('api_client');
grant select, insert, update on api_client to estehqaq_app;

create table issuer_state (
  id_hash bytea primary key,
  model text not null,
  uid_hash bytea,
  grant_hash bytea,
  user_name text,
  payload bytea not null,
  consumed_at timestamptz,
  expires_at timestamptz
);
comment on table issuer_state is 'What the embedded issuer keeps for a while: sign-ins under way, codes, grants. Sealed.';
select dist('issuer_state', 'id_hash');
create index issuer_state_uid on issuer_state (uid_hash) where uid_hash is not null;
create index issuer_state_grant on issuer_state (grant_hash) where grant_hash is not null;
create index issuer_state_user on issuer_state (user_name) where user_name is not null;
create index issuer_state_expired on issuer_state (expires_at);
grant select, insert, update, delete on issuer_state to estehqaq_app;
