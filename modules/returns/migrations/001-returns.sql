-- Returns: one packed row each, every revision of it, roll-ups kept in the same commit, approvals, work items of validation.
-- Existing rows: none, first migration.
-- Distribution: everything with a province by it, co-located; version and audit_slice are small and reference.
-- Columns stand in order of alignment, not of meaning: a row of sixty values is small enough for padding to count.

create schema returns;
create schema returns_pub;
grant usage on schema returns, returns_pub to sauro_app;

-- The nation's readers. What is small and protected below a province is hidden from them by the code that shows it (SECURITY E4).
create function returns.sees_all() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or exists (select 1 from platform.granted('{government-office,ministry,national-analyst,auditor}') where province = '00') $$;
-- Provinces whose returns are read whole: by those who approve them, and auditors. The police read sums, and their own returns.
create function returns.provinces_read() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-secretary,auditor}') where province <> '00' and commune = '' $$;
create function returns.provinces_summed() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') where province <> '00' and commune = '' $$;
create function returns.units_read() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(case when commune = '' then province || '/' || province else province || '/' || commune end), '{}')
          from platform.granted('{commune-leader,commune-officer,facility-manager,province-police,auditor}') where province <> '00' $$;

-- A return as it stands. vals: one float8 a slot, NULL where nothing was reported; no_data: slots answered "no data".
-- standing: -1 given back, 0 sent, 1 approved by the head, 2 by the province, 3 accepted by the ministry. approved: in the approved sums.
create table returns.packed (
  at timestamptz not null,
  sent_at timestamptz not null,
  by uuid not null,
  rev int not null check (rev > 0),
  standing smallint not null default 0 check (standing between -1 and 3),
  late boolean not null,
  approved boolean not null default false,
  province text not null,
  org_unit text not null,
  period text not null,
  data_set text not null,
  attribute text not null default '',
  no_data int[],
  notes jsonb,
  vals float8[] not null,
  primary key (province, org_unit, period, data_set, attribute)
);
alter table returns.packed set (fillfactor = 100); -- ten returns of eighty answers a page; the first correction moves one away, later ones stay where it left
alter table returns.packed alter column vals set storage main;
create index packed_period on returns.packed (period, data_set, province);

-- What each command changed, delta-coded: see rules/delta.ts. command and digest make a repeat answer the same receipt for ever.
create table returns.revision (
  at timestamptz not null,
  digest bigint not null,
  by uuid not null,
  command uuid not null,
  rev int not null check (rev > 0),
  kind smallint not null,
  province text not null,
  org_unit text not null,
  period text not null,
  data_set text not null,
  attribute text not null default '',
  changes bytea not null,
  notes jsonb,
  primary key (province, org_unit, period, data_set, attribute, rev)
);
create index revision_command on returns.revision (command);

-- Answers given to a submission that changed nothing: it was sent before under another command id.
create table returns.receipt (
  province text not null,
  command uuid not null,
  by uuid not null,
  digest bigint not null,
  org_unit text not null,
  period text not null,
  data_set text not null,
  attribute text not null,
  rev int not null,
  at timestamptz not null,
  primary key (province, command, by)
);

-- Sums and counts of what lies below a node, on the map of the period's last day; a province and the nation also hold their own returns.
create table returns.roll_up (
  province text not null,
  node text not null,
  period text not null,
  data_set text not null,
  attribute text not null default '',
  standing text not null check (standing in ('reported', 'approved')),
  returns int not null default 0,
  late int not null default 0,
  sums float8[] not null,
  counts int[] not null,
  primary key (province, node, period, data_set, attribute, standing)
);
-- Vectors stay in their row as they are: compressing them at every batch took the server more time than all else of a batch together.
-- Two rows of 200 slots a page, with room for a third: the next version of either.
alter table returns.roll_up set (fillfactor = 66, toast_tuple_target = 8160);
alter table returns.roll_up alter column sums set storage main, alter column counts set storage main;
create index roll_up_period on returns.roll_up (period, data_set, standing);

-- Ends a batch that moved fewer sums than it meant to: somebody else moved or made them anew meanwhile, and it is run again on what is there.
create function returns.all_moved(moved bigint, meant int) returns boolean language plpgsql volatile
  as $$ begin
    if moved <> meant then raise exception 'sums were moved meanwhile' using errcode = '40001'; end if;
    return true;
  end $$;

-- How often anything of a period and data set was committed; holds no figure, so every cache may ask.
create table returns.version (
  version bigint not null,
  at timestamptz not null,
  period text not null,
  data_set text not null,
  primary key (period, data_set)
);
alter table returns.version set (fillfactor = 10);

-- Each approval signs the content it saw. Append only. sections NULL: the whole return.
create table returns.approval (
  province text not null,
  org_unit text not null,
  period text not null,
  data_set text not null,
  attribute text not null default '',
  seq int not null,
  rev int not null,
  step text not null check (step in ('head', 'province', 'ministry')),
  verdict text not null check (verdict in ('approve', 'return', 'unapprove', 'accept')),
  sections text[],
  reason text not null default '',
  content_hash text not null,
  standing_after smallint not null,
  command uuid not null,
  by uuid not null,
  office text not null,
  at timestamptz not null,
  primary key (province, org_unit, period, data_set, attribute, seq)
);
create index approval_command on returns.approval (province, command);

-- The ministry accepts, gives back or un-accepts the returns of a province in one act, because they are too many to sign one by one: each
-- member ("unit/attribute") with the revision and SHA-256 of the content that was seen and where it led. A batch of a large act is a part of it.
-- Append only.
create table returns.acceptance (
  province text not null,
  period text not null,
  data_set text not null,
  command uuid not null,
  part text not null,
  verdict text not null check (verdict in ('return', 'unapprove', 'accept')),
  sections text[],
  reason text not null default '',
  members text[] not null,
  revs int[] not null,
  hashes bytea[] not null,
  standings smallint[] not null,
  by uuid not null,
  office text not null,
  at timestamptz not null,
  -- Acts of one moment stay in their order.
  n bigint generated always as identity,
  primary key (province, period, data_set, command, part)
);

-- A broken rule or an unusual value as a piece of work.
create table returns.violation (
  province text not null,
  id uuid not null,
  org_unit text not null,
  period text not null,
  data_set text not null,
  attribute text not null default '',
  kind text not null check (kind in ('rule', 'outlier', 'across')), -- across: a rule over several returns
  rule text not null,
  slot int not null default 0,
  rev int not null,
  value float8,
  usual float8,
  left_value float8,
  right_value float8,
  state text not null check (state in ('open', 'explained', 'closed')),
  explanation text not null default '',
  owner text not null,
  due date not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid,
  reason text not null default '',
  primary key (province, id),
  unique (province, org_unit, period, data_set, attribute, kind, rule, slot)
);
create index violation_open on returns.violation (province, due) where state = 'open';

-- The continuous recompute: what it looked at last, and every difference it ever found.
create table returns.audit_slice (
  period text not null,
  data_set text not null,
  checked_at timestamptz not null,
  version bigint not null,
  vectors int not null,
  slots bigint not null,
  ms float8 not null,
  -- Which units are added to which nodes on the period's map: another digest now, and the sums are made anew.
  units text not null default '',
  primary key (period, data_set)
);
create table returns.incident (
  province text not null,
  id uuid not null,
  found_at timestamptz not null,
  node text not null,
  period text not null,
  data_set text not null,
  attribute text not null,
  standing text not null,
  differing int not null,
  example jsonb not null,
  repaired_at timestamptz,
  primary key (province, id)
);

do $$
declare name text;
begin
  foreach name in array array['packed', 'revision', 'receipt', 'roll_up', 'version', 'approval', 'violation', 'audit_slice', 'incident', 'acceptance'] loop
    execute format('alter table returns.%I enable row level security', name);
    execute format('alter table returns.%I force row level security', name);
    execute format('create policy machinery on returns.%I using ((select platform.is_system())) with check ((select platform.is_system()))', name);
  end loop;
  foreach name in array array['packed', 'revision', 'approval', 'violation'] loop
    execute format('create policy readable on returns.%I for select using ((select returns.sees_all()) or province = any ((select returns.provinces_read())::text[])
      or (province || ''/'' || org_unit) = any ((select returns.units_read())::text[]))', name);
  end loop;
end $$;
-- Closed by the unit that answers for it or its province; the code says which of their people.
create policy closing on returns.violation for update
  using (province = any ((select returns.provinces_read())::text[]) or (province || '/' || org_unit) = any ((select returns.units_read())::text[]))
  with check (province = any ((select returns.provinces_read())::text[]) or (province || '/' || org_unit) = any ((select returns.units_read())::text[]));
create policy readable on returns.acceptance for select using ((select returns.sees_all()) or province = any ((select returns.provinces_read())::text[])
  or exists (select 1 from unnest(members) m where (province || '/' || split_part(m, '/', 1)) = any ((select returns.units_read())::text[])));
create policy readable on returns.roll_up for select using ((select returns.sees_all()) or province = any ((select returns.provinces_summed())::text[]));
create policy readable on returns.version for select using (true);
create policy readable on returns.audit_slice for select using (true);
create policy readable on returns.incident for select using (true);

grant select, insert, update on returns.packed, returns.roll_up, returns.version, returns.violation, returns.audit_slice, returns.incident to sauro_app;
grant select, insert on returns.revision, returns.receipt, returns.approval, returns.acceptance to sauro_app;
grant delete on returns.roll_up to sauro_app;

create view returns_pub.packed with (security_invoker = true) as
  select province, org_unit, period, data_set, attribute, rev, at, sent_at, standing, approved, late, vals, no_data from returns.packed;
create view returns_pub.roll_up with (security_invoker = true) as
  select province, node, period, data_set, attribute, standing, returns, late, sums, counts from returns.roll_up;
create view returns_pub.version with (security_invoker = true) as select period, data_set, version, at from returns.version;
create view returns_pub.approval with (security_invoker = true) as
  select province, org_unit, period, data_set, attribute, seq, rev, step, verdict, sections, content_hash, office, at from returns.approval
  union all
  select a.province, split_part(m.member, '/', 1), a.period, a.data_set, split_part(m.member, '/', 2), 0, m.rev, 'ministry', a.verdict, a.sections, encode(m.hash, 'hex'), a.office, a.at
    from returns.acceptance a cross join lateral unnest(a.members, a.revs, a.hashes) as m(member, rev, hash);
create view returns_pub.incident with (security_invoker = true) as select province, node, period, data_set, attribute, standing, found_at, repaired_at from returns.incident;
-- Broken rules and unusual values as counts are made of them; without what was explained.
create view returns_pub.violation with (security_invoker = true) as
  select province, org_unit, period, data_set, attribute, kind, rule, state from returns.violation;
grant select on all tables in schema returns_pub to sauro_app;
