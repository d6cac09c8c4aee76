-- When each job runs next, and which process has it in hand (server/jobs). Lost in a crash of the database, it is made anew:
-- then every job is due, which harms none of them. So it is in no log and in no backup.

create unlogged table job_run (
  name text primary key,
  due_at timestamptz not null,
  holder text,
  held_until timestamptz,
  failures integer not null
);
comment on table job_run is
  'When a job is due; while it runs, which process holds it and until when, if that process dies. Failures: in a row.';
select dist('job_run', 'name');
grant select, insert, update on job_run to estehqaq_app;
