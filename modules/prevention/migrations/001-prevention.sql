-- Prevention: the catalogue of models with counts of what was held, pilots with their comparison and lesson, communication campaigns.
-- Counts of activities only: no pupil, class, test or person has a column (SECURITY E1, E15).
-- Existing rows: none, first migration. Distribution: all tables by province; what belongs to the nation lies under '00', counts with their commune's province.

create schema prevention;
create schema prevention_pub;
grant usage on schema prevention, prevention_pub to sauro_app;

-- Opaque to the planner, so that a policy is planned once (as in directives).
create function prevention.machinery() returns boolean language plpgsql stable parallel safe as $$ begin return platform.is_system(); end $$;
create function prevention.sees_all() returns boolean language plpgsql stable parallel safe
  as $$ begin return platform.is_system() or exists (select 1 from platform.granted('{government-office,ministry,national-analyst,auditor}') g where g.province = '00'); end $$;
create function prevention.provinces_read() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') g where g.province <> '00' and g.commune = ''); end $$;
create function prevention.communes_read() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer,social-worker,auditor}') g where g.commune <> ''); end $$;
create function prevention.provinces_within() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{province-leader,province-secretary,province-police,commune-leader,commune-officer,social-worker,auditor}') g); end $$;
create function prevention.provinces_managed() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{government-office,ministry,province-leader,province-secretary}') g where g.commune = ''); end $$;
create function prevention.communes_recorded() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province || '/' || g.commune), '{}') from platform.granted('{commune-leader,commune-officer,social-worker}') g where g.commune <> ''); end $$;

create table prevention.model (
  province text not null, id uuid not null,
  setting text not null check (setting in ('school', 'residential', 'workplace')),
  name_vi text not null, name_en text not null, purpose_vi text not null, purpose_en text not null,
  components jsonb not null, months int[] not null,
  state text not null default 'in-use' check (state in ('in-use', 'retired')),
  office text not null, version int not null default 1, demonstration boolean not null default false, added_at timestamptz not null,
  primary key (province, id)
);
-- How many schools, residential groups or workplaces a commune has in a school year: what reach is measured against.
create table prevention.base (
  province text not null, commune text not null, school_year text not null, setting text not null,
  sites int not null check (sites >= 0), people int not null check (people >= 0), version int not null default 1, recorded_at timestamptz not null,
  primary key (province, commune, school_year, setting)
);
-- One month of a model in a commune: four numbers and which components were delivered (places in the model's list).
create table prevention.activity (
  province text not null, model uuid not null, commune text not null, month text not null, school_year text not null,
  sites int not null check (sites >= 0), sessions int not null check (sessions >= 0), reached int not null check (reached >= 0), components int[] not null,
  office text not null, version int not null default 1, recorded_at timestamptz not null,
  primary key (province, model, commune, month)
);
create index activity_of_year on prevention.activity (school_year, model);
create table prevention.pilot (
  province text not null, id uuid not null,
  title_vi text not null, title_en text not null, hypothesis text not null, measure text not null, better text not null check (better in ('up', 'down')),
  areas jsonb not null, comparison jsonb not null, starts_on date not null, ends_on date not null,
  state text not null default 'planned' check (state in ('planned', 'running', 'concluded', 'stopped')),
  measured jsonb, result text check (result in ('supported', 'not-supported', 'unclear')), lesson text not null default '',
  model uuid, office text not null, version int not null default 1, demonstration boolean not null default false, added_at timestamptz not null,
  primary key (province, id),
  check ((state = 'concluded') = (result is not null))
);
create table prevention.replication (
  province text not null, id uuid not null, pilot uuid not null, provinces text[] not null, directive_province text not null, directive uuid not null, office text not null, at timestamptz not null,
  primary key (province, id)
);
create table prevention.drive (
  province text not null, id uuid not null, name_vi text not null, name_en text not null, message_vi text not null, message_en text not null, channels text[] not null, starts_on date not null, ends_on date not null,
  state text not null default 'running' check (state in ('running', 'closed')), office text not null, version int not null default 1, demonstration boolean not null default false, added_at timestamptz not null,
  primary key (province, id)
);
create table prevention.drive_count (
  province text not null, drive uuid not null, commune text not null, month text not null, channel text not null,
  activities int not null check (activities >= 0), reached int not null check (reached >= 0), cost_vnd bigint not null check (cost_vnd >= 0), office text not null, version int not null default 1, recorded_at timestamptz not null,
  primary key (province, drive, commune, month, channel)
);

alter table prevention.model enable row level security;
alter table prevention.model force row level security;
alter table prevention.pilot enable row level security;
alter table prevention.pilot force row level security;
alter table prevention.drive enable row level security;
alter table prevention.drive force row level security;
alter table prevention.replication enable row level security;
alter table prevention.replication force row level security;
alter table prevention.base enable row level security;
alter table prevention.base force row level security;
alter table prevention.activity enable row level security;
alter table prevention.activity force row level security;
alter table prevention.drive_count enable row level security;
alter table prevention.drive_count force row level security;

-- What belongs to the nation is seen by whoever reads at all, what belongs to a province from inside it and from the centre.
create policy seen on prevention.model for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_within())::text[]) or (province = '00' and cardinality((select prevention.provinces_within())::text[]) > 0));
create policy added on prevention.model for insert with check ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy kept on prevention.model for update using ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy seen on prevention.pilot for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_within())::text[]) or (province = '00' and cardinality((select prevention.provinces_within())::text[]) > 0));
create policy added on prevention.pilot for insert with check ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy kept on prevention.pilot for update using ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy seen on prevention.drive for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_within())::text[]) or (province = '00' and cardinality((select prevention.provinces_within())::text[]) > 0));
create policy added on prevention.drive for insert with check ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy kept on prevention.drive for update using ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy seen on prevention.replication for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_within())::text[]) or (province = '00' and cardinality((select prevention.provinces_within())::text[]) > 0));
create policy added on prevention.replication for insert with check ((select prevention.machinery()) or province = any ((select prevention.provinces_managed())::text[]));
create policy seen on prevention.base for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_read())::text[]) or (province || '/' || commune) = any ((select prevention.communes_read())::text[]));
create policy recorded on prevention.base for insert with check ((select prevention.machinery()) or (province || '/' || commune) = any ((select prevention.communes_recorded())::text[]));
create policy corrected on prevention.base for update using ((select prevention.machinery()) or (province || '/' || commune) = any ((select prevention.communes_recorded())::text[]));
create policy seen on prevention.activity for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_read())::text[]) or (province || '/' || commune) = any ((select prevention.communes_read())::text[]));
create policy recorded on prevention.activity for insert with check ((select prevention.machinery()) or (province || '/' || commune) = any ((select prevention.communes_recorded())::text[]));
create policy corrected on prevention.activity for update using ((select prevention.machinery()) or (province || '/' || commune) = any ((select prevention.communes_recorded())::text[]));
create policy seen on prevention.drive_count for select using (
  (select prevention.sees_all()) or province = any ((select prevention.provinces_read())::text[]) or (province || '/' || commune) = any ((select prevention.communes_read())::text[]));
create policy recorded on prevention.drive_count for insert with check ((select prevention.machinery()) or (province || '/' || commune) = any ((select prevention.communes_recorded())::text[]));
create policy corrected on prevention.drive_count for update using ((select prevention.machinery()) or (province || '/' || commune) = any ((select prevention.communes_recorded())::text[]));

grant select, insert, update on prevention.model, prevention.base, prevention.activity, prevention.pilot, prevention.drive, prevention.drive_count to sauro_app;
grant select, insert on prevention.replication to sauro_app;

-- Counts of a commune and school year for other modules.
create view prevention_pub.commune_reach with (security_invoker = true) as
  select province, commune, school_year, model, sum(sessions)::int as sessions, sum(reached)::int as reached, max(sites)::int as sites from prevention.activity group by province, commune, school_year, model;
grant select on prevention_pub.commune_reach to sauro_app;
