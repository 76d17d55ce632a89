-- Directives, their six-clear assignments, the tasks that come of them, history, evidence, notices, vectors of communes.
-- Existing rows: none, first migration.
-- Distribution: everything with a province is distributed by it and co-located (a directive has a copy in each province that
-- received it); seat and calendar_day are reference tables; saved_view, feed, event_day and clock_day are small and reference.

create schema directives;
create schema directives_pub;
grant usage on schema directives, directives_pub to sauro_app;

-- Row security reads each grant whole: role/office/province/commune ('00' and empty for the nation).
-- These take no argument, so a policy that writes (select f()) asks them once a statement, not once a row.

-- The whole nation's content: the Government Office, national analysts, auditors. Ministries see what concerns them, below.
create function directives.sees_all() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or exists (select 1 from platform.granted('{government-office,national-analyst,auditor}') where province = '00') $$;

create function directives.provinces_read() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') where province <> '00' and commune = '' $$;

create function directives.communes_read() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province || '/' || commune), '{}') from platform.granted('{commune-leader,commune-officer,auditor}') where commune <> '' $$;

create function directives.is_ministry() returns boolean language sql stable parallel safe
  as $$ select exists (select 1 from platform.granted('{ministry}')) $$;

-- Offices for which one acts on tasks: everyone but those who administer, oversee or only read.
create function directives.offices_acting() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(office), '{}') from platform.granted('{government-office,ministry,province-leader,province-secretary,province-police,commune-leader,commune-officer,facility-manager,social-worker}') $$;

create function directives.offices_deciding() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(office), '{}') from platform.granted('{government-office,ministry,province-leader,province-secretary}') $$;

create function directives.provinces_cascading() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-secretary}') where province <> '00' and commune = '' $$;

create function directives.follows_nation() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or exists (select 1 from platform.granted('{government-office}') where province = '00') $$;

-- A directive in its issuer's province (origin = province) and, once issued, a copy in each province that received it.
create table directives.directive (
  province text not null,
  id uuid not null,
  origin text not null,
  state text not null check (state in ('drafting', 'issuing', 'issued', 'withdrawn')),
  version int not null default 1,
  kind text not null check (kind in ('conclusion', 'directive', 'dispatch', 'plan')),
  title text not null default '',
  number text,
  issued_on date,
  signer text,
  signer_post text,
  legal_basis text not null default '',
  secrecy text not null default 'ordinary',
  tags text[] not null default '{}',
  issuer_office text not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  issued_at timestamptz,
  reading jsonb,
  original_name text,
  original_sha256 text,
  original_bytes bigint,
  source_text text,
  assignment_count int not null default 0,
  clear_cells int not null default 0,
  next_due_on date,
  demonstration boolean not null default false,
  primary key (province, id)
);
create unique index directive_number on directives.directive (province, issuer_office, number, issued_on) where number is not null and state in ('issuing', 'issued') and origin = province;
create index directive_listed on directives.directive (province, updated_at desc);

-- One line of a directive in its six clears. parent_task: a line that a province made when it split its task.
create table directives.assignment (
  province text not null,
  directive uuid not null,
  id uuid not null,
  position int not null,
  ordinal text not null,
  version int not null default 1,
  clears jsonb not null,
  verdicts jsonb not null,
  read_verdicts jsonb not null default '[]',
  span_start int,
  span_end int,
  quote text,
  removed_at timestamptz,
  due_on date,
  recurrence text,
  awaited_event text,
  coordinating text[] not null default '{}',
  parent_task uuid,
  root uuid,
  primary key (province, id)
);
create index assignment_of_directive on directives.assignment (province, directive, position);
create index assignment_awaiting on directives.assignment (awaited_event) where awaited_event is not null;
create index assignment_recurring on directives.assignment (province, id) where recurrence is not null;

-- How far an issued directive has come: one row a province that must receive it ('00' the agencies), in the origin's province.
create table directives.reach (
  province text not null,
  directive uuid not null,
  target text not null,
  tasks int,
  reached_at timestamptz,
  primary key (province, directive, target)
);

-- One holder's task. The person is not in it: office and post are, and the holder is looked up when read.
create table directives.task (
  province text not null,
  id uuid not null,
  commune text,
  directive uuid not null,
  assignment uuid not null,
  parent uuid,
  depth smallint not null,
  holder_office text not null,
  holder_post text,
  assigned_by text not null,
  period text not null default '',
  due_first date,
  due_on date,
  extension_asked_for date,
  result_measure text not null,
  state text not null check (state in ('assigned', 'acknowledged', 'clarification-asked', 'authority-declined', 'in-progress', 'evidence-submitted', 'verified', 'accepted', 'returned', 'withdrawn')),
  version int not null default 1,
  percent smallint not null default 0,
  submitted_on date,
  reminded_on date,
  reporter uuid,
  assigned_at timestamptz not null,
  updated_at timestamptz not null,
  entry_count int not null default 0,
  evidence_count int not null default 0,
  coordinating text[] not null default '{}',
  primary key (province, id),
  unique (province, assignment, holder_office, period),
  check (due_first is null or due_on is not null)
);
create index task_of_directive on directives.task (province, directive, assignment) include (commune, state, due_on);
create index task_of_parent on directives.task (province, parent) where parent is not null;
create index task_of_holder on directives.task (holder_office, due_on) where state not in ('accepted', 'withdrawn');
create index task_of_assigner on directives.task (assigned_by, state);
create index task_due on directives.task (due_on) where state not in ('accepted', 'withdrawn', 'evidence-submitted', 'verified');

-- What happened to a task: appended, never changed.
create table directives.entry (
  province text not null,
  task uuid not null,
  seq int not null,
  at timestamptz not null,
  account uuid,
  office text,
  post text,
  kind text not null,
  from_state text,
  to_state text,
  payload jsonb not null default '{}',
  primary key (province, task, seq)
);

create table directives.evidence (
  province text not null,
  task uuid not null,
  id uuid not null,
  kind text not null check (kind in ('measured', 'document', 'declared')),
  at timestamptz not null,
  account uuid,
  file_name text,
  sha256 text,
  bytes bigint,
  document_number text,
  document_date date,
  link text,
  value double precision,
  unit text,
  note text not null default '',
  primary key (province, task, id)
);

-- The place of each commune in the cells of its province; places are given once and never change.
create table directives.seat (
  province text not null,
  commune text not null,
  seat int not null,
  primary key (province, commune),
  unique (province, seat)
);

-- Three bytes a commune in the order of its seats: state letter and due day. Kept in the transaction of the task's change.
-- root: the line of the directive; differs from assignment for the lines of a province's split.
create table directives.vector (
  province text not null,
  directive uuid not null,
  assignment uuid not null,
  root uuid not null,
  cells bytea not null,
  digest text not null generated always as (substr(encode(sha256(cells), 'base64'), 1, 22)) stored, -- 132 bits: names the cells, so that a server reads again only what it has not seen
  primary key (province, directive, assignment)
);
alter table directives.vector alter column cells set storage main;

-- Notices to offices. The key says what is told, so that nothing is told twice.
create table directives.notice (
  province text not null,
  id uuid not null,
  office text not null,
  key text not null,
  kind text not null,
  at timestamptz not null,
  directive uuid,
  task uuid,
  tasks int not null default 1,
  due_on date,
  note text,
  mailed_at timestamptz,
  primary key (province, id),
  unique (province, office, key)
);
create index notice_of_office on directives.notice (office, at desc);
create index notice_to_mail on directives.notice (at) where mailed_at is null;

create table directives.notice_read (
  province text not null,
  account uuid not null,
  notice uuid not null,
  at timestamptz not null,
  primary key (province, account, notice)
);

create table directives.saved_view (
  account uuid not null,
  id uuid not null,
  name text not null,
  path text not null,
  created_at timestamptz not null,
  primary key (account, id)
);

-- A person's private calendar address; only the hash of its token is kept.
create table directives.feed (
  account uuid primary key,
  token_sha256 text not null unique,
  created_at timestamptz not null
);

-- Days decided for a year in place of the rule.
create table directives.calendar_day (
  day date primary key,
  year int not null,
  kind text not null check (kind in ('off', 'working')),
  name text not null
);

-- Days of the events that deadlines wait for.
create table directives.event_day (
  event text primary key,
  on_day date not null,
  set_at timestamptz not null
);

-- The last day whose reminders were told.
create table directives.clock_day (
  name text primary key,
  done_through date not null
);

alter table directives.directive enable row level security;
alter table directives.directive force row level security;
alter table directives.assignment enable row level security;
alter table directives.assignment force row level security;
alter table directives.reach enable row level security;
alter table directives.reach force row level security;
alter table directives.task enable row level security;
alter table directives.task force row level security;
alter table directives.entry enable row level security;
alter table directives.entry force row level security;
alter table directives.evidence enable row level security;
alter table directives.evidence force row level security;
alter table directives.seat enable row level security;
alter table directives.seat force row level security;
alter table directives.vector enable row level security;
alter table directives.vector force row level security;
alter table directives.notice enable row level security;
alter table directives.notice force row level security;
alter table directives.notice_read enable row level security;
alter table directives.notice_read force row level security;
alter table directives.saved_view enable row level security;
alter table directives.saved_view force row level security;
alter table directives.feed enable row level security;
alter table directives.feed force row level security;
alter table directives.calendar_day enable row level security;
alter table directives.calendar_day force row level security;
alter table directives.event_day enable row level security;
alter table directives.event_day force row level security;
alter table directives.clock_day enable row level security;
alter table directives.clock_day force row level security;

-- A task is seen by its place, by who holds it, by who assigned it, and by a ministry that coordinates it or works at the centre.
create policy seen on directives.task for select using (
  (select directives.sees_all())
  or province = any ((select directives.provinces_read())::text[])
  or (commune is not null and (province || '/' || commune) = any ((select directives.communes_read())::text[]))
  or holder_office = any ((select directives.offices_acting())::text[])
  or assigned_by = any ((select directives.offices_deciding())::text[])
  or ((select directives.is_ministry()) and (province = '00' or coordinating && (select directives.offices_acting())::text[])));
create policy made on directives.task for insert with check (
  (select platform.is_system()) or province = any ((select directives.provinces_cascading())::text[]));
create policy moved on directives.task for update using (
  (select directives.follows_nation())
  or holder_office = any ((select directives.offices_acting())::text[])
  or assigned_by = any ((select directives.offices_deciding())::text[])
  or province = any ((select directives.provinces_cascading())::text[]));

create policy seen on directives.directive for select using (
  case when state = 'drafting' then (select platform.is_system()) or issuer_office = any ((select directives.offices_deciding())::text[])
  else (select directives.sees_all())
    or province = any ((select directives.provinces_read())::text[])
    or issuer_office = any ((select directives.offices_acting())::text[])
    or ((select directives.is_ministry()) and province = '00')
    or exists (select 1 from directives.task t where t.province = directive.province and t.directive = directive.id) end);
create policy drafted on directives.directive for insert with check (
  (select platform.is_system()) or (origin = province and state = 'drafting' and issuer_office = any ((select directives.offices_deciding())::text[])));
create policy edited on directives.directive for update using (
  (select platform.is_system()) or (origin = province and issuer_office = any ((select directives.offices_deciding())::text[])));
create policy discarded on directives.directive for delete using (
  (select platform.is_system()) or (state = 'drafting' and issuer_office = any ((select directives.offices_deciding())::text[])));

create policy seen on directives.assignment for select using (
  exists (select 1 from directives.directive d where d.province = assignment.province and d.id = assignment.directive));
create policy drafted on directives.assignment for insert with check (
  (select platform.is_system())
  or (parent_task is not null and province = any ((select directives.provinces_cascading())::text[]))
  or exists (select 1 from directives.directive d where d.province = assignment.province and d.id = assignment.directive and d.state = 'drafting'));
create policy edited on directives.assignment for update using (
  (select platform.is_system())
  or exists (select 1 from directives.directive d where d.province = assignment.province and d.id = assignment.directive and d.state = 'drafting'));
create policy discarded on directives.assignment for delete using (
  (select platform.is_system())
  or exists (select 1 from directives.directive d where d.province = assignment.province and d.id = assignment.directive and d.state = 'drafting'));

create policy seen on directives.reach for select using (
  exists (select 1 from directives.directive d where d.province = reach.province and d.id = reach.directive));
create policy planned on directives.reach for insert with check (
  (select platform.is_system())
  or exists (select 1 from directives.directive d where d.province = reach.province and d.id = reach.directive and d.issuer_office = any ((select directives.offices_deciding())::text[])));
create policy reached on directives.reach for update using ((select platform.is_system()));

create policy seen on directives.entry for select using (
  exists (select 1 from directives.task t where t.province = entry.province and t.id = entry.task));
create policy appended on directives.entry for insert with check (
  (select platform.is_system())
  or (account::text = (select platform.acting_account()) and exists (select 1 from directives.task t where t.province = entry.province and t.id = entry.task)));

create policy seen on directives.evidence for select using (
  exists (select 1 from directives.task t where t.province = evidence.province and t.id = evidence.task));
create policy added on directives.evidence for insert with check (
  (select platform.is_system())
  or (account::text = (select platform.acting_account()) and exists (
    select 1 from directives.task t where t.province = evidence.province and t.id = evidence.task and t.holder_office = any ((select directives.offices_acting())::text[]))));

create policy seen on directives.seat for select using (true);
create policy kept on directives.seat using ((select platform.is_system()));
-- Whole provinces only: a commune does not read its neighbours' cells. The machinery keeps the cells.
create policy seen on directives.vector for select using ((select directives.sees_all()) or province = any ((select directives.provinces_read())::text[]));
create policy kept on directives.vector using ((select platform.is_system()));

create policy seen on directives.notice for select using ((select platform.is_system()) or office = any ((select directives.offices_acting())::text[]));
create policy told on directives.notice using ((select platform.is_system()));
create policy own on directives.notice_read using ((select platform.is_system()) or account::text = (select platform.acting_account()));
create policy own on directives.saved_view using (account::text = (select platform.acting_account()));
create policy own on directives.feed using ((select platform.is_system()) or account::text = (select platform.acting_account()));
create policy seen on directives.calendar_day for select using (true);
create policy kept on directives.calendar_day using ((select platform.is_system()) or (select platform.has_role('administrator')) or (select platform.has_role('government-office')));
create policy seen on directives.event_day for select using (true);
create policy kept on directives.event_day using ((select directives.follows_nation()) or (select directives.is_ministry()));
create policy kept on directives.clock_day using ((select platform.is_system()));

grant select, insert, update, delete on directives.directive, directives.assignment, directives.saved_view, directives.feed, directives.calendar_day to sauro_app;
grant select, insert, update on directives.reach, directives.task, directives.seat, directives.vector, directives.notice, directives.notice_read, directives.event_day, directives.clock_day to sauro_app;
grant select, insert on directives.entry, directives.evidence to sauro_app;

-- Counts of a place for other modules: no text, no person.
create view directives_pub.task_count with (security_invoker = true) as
  select province, commune, directive, assignment, state, due_on, count(*)::int as tasks from directives.task group by province, commune, directive, assignment, state, due_on;
grant select on directives_pub.task_count to sauro_app;
