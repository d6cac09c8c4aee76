-- What ties an installation to the world outside: which registries are linked from which day on (T-33, T-34), whether it
-- is a demo, and for whom bearer tokens were made.

create table link_switch (
  link text not null constraint link_switch_link check (link in ('msrt', 'sabtAsnad')),
  from_day date not null,
  recorded_at timestamptz not null,
  is_on boolean not null,
  reason text not null constraint link_switch_reason check (reason <> ''),
  recorded_by text not null,
  primary key (link, from_day, recorded_at)
);
comment on table link_switch is
  'From which day on a registry is linked, or is not. Of two for one day the one recorded last holds. Never changed.';
select dist('link_switch');
grant select, insert on link_switch to estehqaq_app;

create table installation (
  name text primary key constraint installation_name check (name = 'kind'),
  kind text not null constraint installation_kind check (kind in ('real', 'demo')),
  claimed_at timestamptz not null
);
comment on table installation is 'Whether this is a demo with made-up people or a real installation; said once, for ever.';
select dist('installation');
grant select, insert on installation to estehqaq_app;

create table token_issued (
  subject text not null,
  token_id text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  issued_by text not null,
  primary key (subject, token_id)
);
comment on table token_issued is 'Every bearer token that was made: for whom, when, by which account of the machine.';
select dist('token_issued', 'subject');
grant select, insert on token_issued to estehqaq_app;
