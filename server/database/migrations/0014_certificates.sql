-- What a treating centre certifies: that a newborn has been in hospital since birth (M-38), that a patient is an emergency
-- (M-42). An application cites it; what an applicant types is none. And covers of members who join a household (M-31).

create table certificate (
  person bigint not null,
  kind text not null constraint certificate_kind check (kind in ('newborn', 'emergency')),
  provider_code text not null,
  certified_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null constraint certificate_recorded_by check (recorded_by <> ''),
  office text,
  document text,
  primary key (person, kind, provider_code, certified_at),
  constraint certificate_sighted check ((office is null) = (document is null))
);
comment on table certificate is
  'Certificates of treating centres, from their own software or sighted at a counter. Never changed. person: the patient; of a newborn without a national id the mother.';
comment on column certificate.certified_at is 'The moment for which the centre certifies it.';
comment on column certificate.document is 'What a counter has sighted; null where the centre itself has certified it.';
select dist('certificate', 'person');
grant select, insert on certificate to estehqaq_app;

alter table cover add column joins bigint;
comment on column cover.joins is 'The cover of the household that its members have joined: it ends and is renewed with it (M-31).';
