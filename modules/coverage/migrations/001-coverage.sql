-- The general review: campaigns, how communes are divided into places, and visits. Places, days, offices and counts; no field can hold a
-- person, a household or a finding about anybody (SECURITY E1, E3, E7).
-- Existing rows: none, first migration.
-- Distribution: all tables by province; a campaign of the nation lies under '00', its places and visits with their commune's province.

create schema coverage;
create schema coverage_pub;
grant usage on schema coverage, coverage_pub to sauro_app;

-- Opaque to the planner, so that a policy is planned once (as in directives).
create function coverage.machinery() returns boolean language plpgsql stable parallel safe as $$ begin return platform.is_system(); end $$;
create function coverage.sees_all() returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or exists (select 1 from platform.granted('{government-office,ministry,national-analyst,auditor}') g where g.province = '00'); end $$;
create function coverage.provinces_read() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') g where g.province <> '00' and g.commune = ''); end $$;
create function coverage.communes_read() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer,social-worker,auditor}') g where g.commune <> ''); end $$;
create function coverage.provinces_within() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police,commune-leader,commune-officer,social-worker,auditor}') g); end $$;
create function coverage.provinces_planned() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{government-office,ministry,province-leader,province-secretary}') g where g.commune = ''); end $$;
create function coverage.communes_divided() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer}') g where g.commune <> ''); end $$;
create function coverage.communes_recorded() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer,social-worker}') g where g.commune <> ''); end $$;

create table coverage.campaign (
  province text not null,
  id uuid not null,
  name_vi text not null,
  name_en text not null,
  basis text not null,
  starts_on date not null,
  ends_on date not null,
  review_days date[] not null,
  kinds text[] not null,
  state text not null default 'running' check (state in ('running', 'closed')),
  issuer_office text not null,
  succeeds uuid,
  version int not null default 1,
  demonstration boolean not null default false,
  opened_at timestamptz not null,
  primary key (province, id),
  check (ends_on >= starts_on)
);

-- A residential group, or a numbered cluster of establishments of one type. Totals of its valid visits stand on it, so that progress is one scan.
create table coverage.place (
  province text not null,
  id uuid not null,
  campaign uuid not null,
  commune text not null,
  kind text not null check (kind in ('residential-group', 'boarding-house', 'industrial-park', 'conditional-business', 'public-place')),
  number int not null check (number >= 1),
  name text not null check (length(name) <= 80 and (kind = 'residential-group' or name = '')),
  size int not null check (size >= 0),
  planned_on date,
  planned_office text,
  state text not null default 'due' check (state in ('due', 'reached', 'not-applicable')),
  reached_on date,
  last_on date,
  size_reached int not null default 0,
  visits int not null default 0,
  offered int[] not null default '{0,0,0,0}' check (cardinality(offered) = 4),
  accepted int[] not null default '{0,0,0,0}' check (cardinality(accepted) = 4),
  version int not null default 1,
  primary key (province, id),
  check (size_reached <= size)
);
create unique index place_in_commune on coverage.place (province, campaign, commune, kind, number);

-- One visit, by an office and a post; the account stands in the audit log as a pseudonym only.
create table coverage.visit (
  province text not null,
  id uuid not null,
  place uuid not null,
  commune text not null,
  visited_on date not null,
  outcome text not null check (outcome in ('reached', 'closed', 'not-applicable')),
  size_reached int not null check (size_reached >= 0),
  offered int[] not null check (cardinality(offered) = 4),
  accepted int[] not null check (cardinality(accepted) = 4),
  office text not null,
  post text not null,
  recorded_at timestamptz not null,
  withdrawn text check (withdrawn in ('wrong-place', 'wrong-count', 'twice')),
  primary key (province, id)
);
create index visit_of_place on coverage.visit (province, place);

alter table coverage.campaign enable row level security;
alter table coverage.campaign force row level security;
alter table coverage.place enable row level security;
alter table coverage.place force row level security;
alter table coverage.visit enable row level security;
alter table coverage.visit force row level security;

create policy seen on coverage.campaign for select using (
  (select coverage.sees_all()) or province = any ((select coverage.provinces_within())::text[])
  or (province = '00' and cardinality((select coverage.provinces_within())::text[]) > 0));
create policy opened on coverage.campaign for insert with check ((select coverage.machinery()) or province = any ((select coverage.provinces_planned())::text[]));
create policy kept on coverage.campaign for update using ((select coverage.machinery()) or province = any ((select coverage.provinces_planned())::text[]));

create policy seen on coverage.place for select using (
  (select coverage.sees_all()) or province = any ((select coverage.provinces_read())::text[]) or (province || '/' || commune) = any ((select coverage.communes_read())::text[]));
create policy divided on coverage.place for insert with check ((select coverage.machinery()) or (province || '/' || commune) = any ((select coverage.communes_divided())::text[]));
create policy changed on coverage.place for update using ((select coverage.machinery()) or (province || '/' || commune) = any ((select coverage.communes_recorded())::text[]));
create policy removed on coverage.place for delete using ((select coverage.machinery()) or (visits = 0 and (province || '/' || commune) = any ((select coverage.communes_divided())::text[])));

create policy seen on coverage.visit for select using (
  (select coverage.sees_all()) or province = any ((select coverage.provinces_read())::text[]) or (province || '/' || commune) = any ((select coverage.communes_read())::text[]));
create policy recorded on coverage.visit for insert with check (
  (select coverage.machinery()) or ((province || '/' || commune) = any ((select coverage.communes_recorded())::text[]) and platform.at_office(office)));
create policy withdrawn on coverage.visit for update using ((select coverage.machinery()) or (province || '/' || commune) = any ((select coverage.communes_recorded())::text[]));

grant select, insert, update on coverage.campaign, coverage.visit to sauro_app;
grant select, insert, update, delete on coverage.place to sauro_app;

-- Counts of a commune for other modules: places and days, no referral.
create view coverage_pub.commune_progress with (security_invoker = true) as
  select province, commune, campaign, count(*)::int as places, count(*) filter (where state = 'not-applicable')::int as not_applicable, count(*) filter (where state = 'reached')::int as reached, max(last_on) as last_on
    from coverage.place group by province, commune, campaign;
grant select on coverage_pub.commune_progress to sauro_app;
