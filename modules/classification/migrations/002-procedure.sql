-- The yearly procedure of Decision 28/2025/QĐ-TTg (Articles 7 and 9): cases, opinions of the council, decisions with two signatures, objections, the
-- statuses they gave, and what the public may read. Nothing here is deleted, and no decision is ever changed: it is set aside by another act.
-- Existing rows: none. Distribution: everything is distributed by province ('00': the ministry's council) and co-located.

create table classification.assessed_case (
  province text not null,
  id uuid not null,
  unit text not null,
  unit_id uuid not null,
  unit_name text not null,
  level text not null check (level in ('commune', 'province')),
  period text not null check (period ~ '^20[0-9]{2}$'),
  kind text not null check (kind in ('yearly', 'review')),
  state text not null check (state in ('preparing', 'submitted', 'returned', 'in-council', 'concluded', 'signed-once', 'decided', 'published', 'in-force', 'dropped')),
  version int not null default 1,
  round int not null default 1,
  cause text check (cause in ('criterion-broken', 'evidence-changed', 'by-hand')),
  cause_text text not null default '',
  assessment jsonb,
  submitted_by uuid,
  proposed text,
  conclusion jsonb,
  concluded_by uuid,
  decided text,
  against boolean not null default false,
  objections_until date,
  seen_digest text,
  opened_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (province, id),
  check ((kind = 'review') = (cause is not null))
);
create unique index assessed_case_yearly on classification.assessed_case (province, unit_id, period) where kind = 'yearly';
create unique index assessed_case_review on classification.assessed_case (province, unit_id) where kind = 'review' and state not in ('in-force', 'dropped');
create index assessed_case_period on classification.assessed_case (period, province, state);

-- One opinion a seat and round; one account speaks once a round, whatever posts it holds.
create table classification.opinion (
  province text not null,
  case_id uuid not null,
  round int not null,
  seat uuid not null,
  part text not null,
  office text not null,
  post text not null,
  status text not null,
  note text not null,
  recorded_from text,
  account uuid not null,
  at timestamptz not null,
  primary key (province, case_id, round, seat)
);
create unique index opinion_account on classification.opinion (province, case_id, round, account) where recorded_from is null;

create table classification.decision (
  province text not null,
  case_id uuid not null,
  round int not null,
  status text not null,
  proposed text not null,
  against boolean not null,
  reason text not null,
  number text not null,
  decided_on date not null,
  late boolean not null,
  proposal jsonb not null,
  published_at timestamptz,
  in_force_from date,
  set_aside_at timestamptz,
  set_aside_why text check (set_aside_why in ('objection-upheld', 'evidence-changed', 'reconsidered')),
  primary key (province, case_id, round),
  check ((set_aside_at is null) = (set_aside_why is null))
);
create index decision_number on classification.decision (province, number);

-- Two persons, never one twice (SECURITY R16): the database refuses what the code would let through.
create table classification.signature (
  province text not null,
  case_id uuid not null,
  round int not null,
  part text not null check (part in ('adviser', 'head')),
  account uuid not null,
  office text not null,
  post text not null,
  digest text not null,
  at timestamptz not null,
  primary key (province, case_id, round, part),
  unique (province, case_id, round, account)
);

create table classification.objection (
  province text not null,
  id uuid not null,
  case_id uuid not null,
  round int not null,
  source text not null check (source in ('unit', 'office', 'letter')),
  reference text not null,
  text text not null,
  account uuid not null,
  office text not null,
  post text not null,
  at timestamptz not null,
  upheld boolean,
  answer text,
  answer_account uuid,
  answer_office text,
  answer_post text,
  answered_at timestamptz,
  primary key (province, id),
  check ((upheld is null) = (answered_at is null)),
  check (answer_account is null or answer_account <> account)
);
create index objection_case on classification.objection (province, case_id, at);

create table classification.case_entry (
  province text not null,
  case_id uuid not null,
  seq int not null,
  move text not null,
  from_state text,
  to_state text not null,
  status text,
  text text not null,
  account uuid,
  office text,
  post text,
  at timestamptz not null,
  primary key (province, case_id, seq)
);

create table classification.council (
  province text not null,
  revision int not null,
  number text not null,
  decided_on date not null,
  seats jsonb not null,
  account uuid not null,
  at timestamptz not null,
  primary key (province, revision)
);

-- A status is of an area (by unit_id: a merged unit that keeps a code is another area), a period and a decision. At most one is open for an area.
create table classification.status_held (
  province text not null,
  case_id uuid not null,
  unit text not null,
  unit_id uuid not null,
  unit_name text not null,
  level text not null,
  period text not null,
  status text not null,
  number text not null,
  decided_on date not null,
  office text not null,
  against boolean not null,
  from_day date not null,
  until_day date,
  ended_by text check (ended_by in ('later-decision', 'taken-off')),
  primary key (province, case_id),
  check (until_day >= from_day),
  check ((until_day is null) = (ended_by is null))
);
create unique index status_held_open on classification.status_held (province, unit_id) where until_day is null;
create index status_held_unit on classification.status_held (province, unit);

-- What the public reads: places and decisions only, with the figures of E13 as they stood.
create table classification.notice (
  province text not null,
  period text not null,
  province_name text not null,
  communes int not null,
  rights jsonb not null,
  published_at timestamptz not null,
  primary key (province, period)
);
create table classification.notice_item (
  province text not null,
  case_id uuid not null,
  round int not null,
  period text not null,
  unit text not null,
  unit_name text not null,
  level text not null,
  kind text not null,
  status text not null,
  number text not null,
  decided_on date not null,
  objections_until date not null,
  in_force boolean not null default false,
  set_aside boolean not null default false,
  replaced boolean not null default false,
  primary key (province, case_id, round)
);
create index notice_item_period on classification.notice_item (province, period);

create function classification.machinery() returns boolean language plpgsql stable parallel safe as $$ begin return platform.is_system(); end $$;
create function classification.sees_nation() returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or exists (select 1 from platform.granted('{government-office,ministry,national-analyst,auditor}') g where g.province = '00'); end $$;
create function classification.provinces_seen() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') g where g.province <> '00' and g.commune = ''); end $$;
create function classification.communes_seen() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer,auditor}') g where g.commune <> ''); end $$;
create function classification.provinces_acting() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police}') g where g.province <> '00' and g.commune = ''); end $$;
create function classification.communes_acting() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer}') g where g.commune <> ''); end $$;
-- The ministry that decides about provinces (Article 7: the Ministry of Public Security), with its analysts.
create function classification.is_deciding_ministry() returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from platform.granted('{ministry,national-analyst}') g where g.office = 'BCA' and g.province = '00'); end $$;
create function classification.objects_nationwide() returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from platform.granted('{ministry,government-office}') g where g.province = '00'); end $$;
-- Whether the acting person sees a case, and may write about it; asked under the caller's own row security.
create function classification.sees_case(of_province text, of_case uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select 1 from classification.assessed_case c where c.province = of_province and c.id = of_case); end $$;
create function classification.acts_on(of_province text, of_unit text, of_level text) returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or of_province = any (classification.provinces_acting()) or (of_province || '/' || of_unit) = any (classification.communes_acting())
    or (of_level = 'province' and classification.is_deciding_ministry()); end $$;
create function classification.acts_on_case(of_province text, of_case uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or exists (select 1 from classification.assessed_case c where c.province = of_province and c.id = of_case and classification.acts_on(c.province, c.unit, c.level)); end $$;

do $$
declare name text;
begin
  foreach name in array array['assessed_case', 'opinion', 'decision', 'signature', 'objection', 'case_entry', 'council', 'status_held', 'notice', 'notice_item'] loop
    execute format('alter table classification.%I enable row level security', name);
    execute format('alter table classification.%I force row level security', name);
  end loop;
  foreach name in array array['opinion', 'decision', 'signature', 'objection', 'case_entry'] loop
    execute format('create policy seen on classification.%I for select using ((select classification.machinery()) or (select classification.sees_nation()) or classification.sees_case(province, case_id))', name);
  end loop;
  foreach name in array array['opinion', 'signature'] loop
    execute format('create policy given on classification.%I for insert with check ((select classification.machinery()) or (account::text = (select platform.acting_account()) and classification.acts_on_case(province, case_id)))', name);
  end loop;
end $$;

create policy seen on classification.assessed_case for select using (
  (select classification.machinery()) or (select classification.sees_nation()) or province = any ((select classification.provinces_seen())::text[]) or (province || '/' || unit) = any ((select classification.communes_seen())::text[]));
create policy opened on classification.assessed_case for insert with check (classification.acts_on(province, unit, level));
-- An objection of a central office moves the case's clock, too.
create policy moved on classification.assessed_case for update using ((select classification.machinery()) or classification.acts_on(province, unit, level) or (select classification.objects_nationwide()));

create policy made on classification.decision for insert with check (classification.acts_on_case(province, case_id));
create policy moved on classification.decision for update using (classification.acts_on_case(province, case_id));
create policy raised on classification.objection for insert with check (
  (select classification.machinery()) or (account::text = (select platform.acting_account()) and (classification.acts_on_case(province, case_id) or (select classification.objects_nationwide()))));
create policy answered on classification.objection for update using (classification.acts_on_case(province, case_id));
create policy appended on classification.case_entry for insert with check (
  (select classification.machinery()) or (account::text = (select platform.acting_account()) and classification.sees_case(province, case_id)));

create policy seen on classification.council for select using ((select classification.signed_in()));
create policy kept on classification.council for insert with check (
  (select classification.machinery()) or (account::text = (select platform.acting_account()) and (province = any ((select classification.provinces_acting())::text[]) or (province = '00' and (select classification.is_deciding_ministry())))));
create policy seen on classification.status_held for select using ((select classification.signed_in()));
create policy held on classification.status_held for insert with check (classification.acts_on(province, unit, level));
create policy ended on classification.status_held for update using (classification.acts_on(province, unit, level));

create policy published on classification.notice for select using (true);
create policy given on classification.notice for insert with check ((select classification.machinery()) or province = any ((select classification.provinces_acting())::text[]) or (select classification.is_deciding_ministry()));
create policy kept on classification.notice for update using ((select classification.machinery()) or province = any ((select classification.provinces_acting())::text[]) or (select classification.is_deciding_ministry()));
create policy published on classification.notice_item for select using (true);
create policy given on classification.notice_item for insert with check (classification.acts_on_case(province, case_id));
create policy kept on classification.notice_item for update using (classification.acts_on_case(province, case_id));

grant select, insert, update on classification.assessed_case, classification.decision, classification.objection, classification.status_held, classification.notice, classification.notice_item to sauro_app;
grant select, insert on classification.opinion, classification.signature, classification.case_entry, classification.council to sauro_app;

-- Decided statuses for other modules: places only.
create view classification_pub.status_held with (security_invoker = true) as
  select province, unit, unit_id, level, period, status, number, decided_on, from_day, until_day from classification.status_held;
grant select on classification_pub.status_held to sauro_app;
