-- Places (điểm, tụ điểm, điểm nguy cơ), each time through their life, their history, checks, exact places, photographs, linked counts.
-- Existing rows: none, first migration.
-- Distribution: everything with a province is distributed by it and co-located.
-- No column can hold a name or a number of a person: words are closed lists, codes and dates (SECURITY E1; schema.test.ts scans them).

create schema hotspots;
create schema hotspots_pub;
grant usage on schema hotspots, hotspots_pub to sauro_app;

create function hotspots.sees_all() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or exists (select 1 from platform.granted('{government-office,ministry,national-analyst,auditor}') where province = '00') $$;
create function hotspots.provinces_read() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-secretary,province-police,auditor}') where province <> '00' and commune = '' $$;
create function hotspots.communes_read() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province || '/' || commune), '{}') from platform.granted('{commune-leader,commune-officer,auditor}') where commune <> '' $$;

-- Who acts on places: people of the area, never of the nation.
create function hotspots.provinces_worked() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-police}') where province <> '00' and commune = '' $$;
create function hotspots.communes_worked() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province || '/' || commune), '{}') from platform.granted('{commune-leader,commune-officer}') where commune <> '' $$;
create function hotspots.provinces_touched() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-leader,province-police,commune-leader,commune-officer}') where province <> '00' $$;

-- Who may open an exact place: the police of the province, the leaders and officers of the commune.
create function hotspots.provinces_exact() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted('{province-police}') where province <> '00' and commune = '' $$;
create function hotspots.communes_exact() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province || '/' || commune), '{}') from platform.granted('{commune-leader,commune-officer}') where commune <> '' $$;

-- One place. Dates of its present time through stand in cycle; what a list needs is kept here.
create table hotspots.place (
  province text not null,
  id uuid not null,
  commune text not null,
  code text not null,
  kind text not null check (kind in ('point', 'hotspot', 'risk-point')),
  setting text not null check (setting in ('boarding-house', 'residential', 'hotel', 'entertainment', 'conditional-business', 'market', 'transport', 'industrial-park', 'school-surroundings', 'vacant', 'park-street', 'boundary', 'vehicle', 'other')),
  source text not null check (source in ('patrol', 'public-tip', 'case', 'general-review', 'neighbour-unit', 'return', 'other')),
  basis text not null check (basis in ('suspected', 'documented')),
  activities text[] not null check (activities <@ '{organising,harbouring,retail,use}'),
  state text not null check (state in ('reported', 'verified', 'listed', 'resolving', 'resolved', 'removed', 'watched', 'closed', 'recurred', 'dismissed')),
  version int not null default 1,
  cycle int not null default 1,
  found_on date not null,
  since date not null,
  due_on date,
  next_check smallint,
  signs boolean not null default false,
  office text not null,
  measures text[] not null default '{}',
  dismissal text check (dismissal in ('not-confirmed', 'duplicate', 'other-unit', 'not-this-kind')),
  duplicate_of text,
  entry_count int not null default 0,
  recurrences int not null default 0,
  recurred_after int,
  exact_recorded boolean not null default false,
  change bigint not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  demonstration boolean not null default false,
  primary key (province, id),
  unique (province, code)
);
create index place_of_commune on hotspots.place (province, commune, state);
create index place_due on hotspots.place (province, state, due_on);
create index place_changed on hotspots.place (province, change);

-- A time through: from found (or recurred) to removed and closed. On the list from listed_on until the day before removed_on.
create table hotspots.cycle (
  province text not null,
  place uuid not null,
  cycle int not null,
  commune text not null,
  kind text not null,
  opened_on date not null,
  verified_on date,
  listed_on date,
  started_on date,
  resolved_on date,
  removed_on date,
  watched_on date,
  closed_on date,
  recurred_on date,
  dismissed_on date,
  reporters uuid[] not null default '{}',
  resolvers uuid[] not null default '{}',
  primary key (province, place, cycle)
);
create index cycle_of_commune on hotspots.cycle (province, commune, listed_on);

create table hotspots.entry (
  province text not null,
  place uuid not null,
  seq int not null,
  commune text not null,
  cycle int not null,
  at timestamptz not null,
  on_day date not null,
  step text not null,
  from_state text,
  to_state text not null,
  account uuid,
  office text,
  late boolean not null default false,
  measures text[] not null default '{}',
  document_number text,
  document_date date,
  reason text,
  duplicate_of text,
  check_day smallint,
  check_result text,
  primary key (province, place, seq)
);

create table hotspots.check_made (
  province text not null,
  place uuid not null,
  cycle int not null,
  id uuid not null,
  commune text not null,
  day smallint not null check (day in (0, 30, 60, 90, 180)),
  checked_on date not null,
  late boolean not null,
  result text not null check (result in ('clean', 'signs', 'recurred')),
  account uuid,
  at timestamptz not null,
  primary key (province, place, cycle, id)
);
create unique index check_once on hotspots.check_made (province, place, cycle, day) where day > 0;

create table hotspots.exact_place (
  province text not null,
  place uuid not null,
  commune text not null,
  latitude_e5 int not null,
  longitude_e5 int not null,
  recorded_on date not null,
  primary key (province, place)
);

create table hotspots.photograph (
  province text not null,
  place uuid not null,
  id uuid not null,
  commune text not null,
  cycle int not null,
  stage text not null check (stage in ('found', 'resolved', 'check', 'recurred')),
  taken_on date not null,
  content_type text not null check (content_type in ('image/jpeg', 'image/png', 'image/webp')),
  width int not null,
  height int not null,
  size int not null,
  sha256 text not null,
  account uuid,
  at timestamptz not null,
  removed_at timestamptz,
  removal text check (removal in ('shows-person', 'wrong-place', 'unclear')),
  primary key (province, id)
);
create index photograph_of_place on hotspots.photograph (province, place);
create unique index photograph_once on hotspots.photograph (province, place, sha256) where removed_at is null;

-- The image apart from its row, so that who reads pages never reads it, and so that removing it removes its bytes.
create table hotspots.photograph_image (
  province text not null,
  photograph uuid not null,
  commune text not null,
  image bytea not null,
  primary key (province, photograph)
);

-- Numbers that a document states for a place: cases, people suspected (how many), weights. Never who.
create table hotspots.linked_count (
  province text not null,
  place uuid not null,
  id uuid not null,
  commune text not null,
  cycle int not null,
  document_number text not null,
  document_date date not null,
  cases int not null,
  count_suspects int not null,
  seizures jsonb not null,
  account uuid,
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (province, id)
);
create index linked_count_of_place on hotspots.linked_count (province, place);

-- How often anything of a province was committed; holds no figure, so every cache may ask. Running numbers of codes.
create table hotspots.version (province text not null primary key, version bigint not null);
create table hotspots.counter (province text not null, year int not null, last int not null, primary key (province, year));

do $$
declare name text;
begin
  foreach name in array array['place', 'cycle', 'entry', 'check_made', 'photograph', 'linked_count'] loop
    execute format('alter table hotspots.%I enable row level security', name);
    execute format('alter table hotspots.%I force row level security', name);
    execute format($f$create policy seen on hotspots.%I for select using ((select hotspots.sees_all()) or province = any ((select hotspots.provinces_read())::text[])
      or province || '/' || commune = any ((select hotspots.communes_read())::text[]))$f$, name);
    execute format($f$create policy made on hotspots.%I for insert with check ((select platform.is_system()) or province = any ((select hotspots.provinces_worked())::text[])
      or province || '/' || commune = any ((select hotspots.communes_worked())::text[]))$f$, name);
  end loop;
  foreach name in array array['place', 'cycle', 'photograph', 'linked_count'] loop
    execute format($f$create policy changed on hotspots.%I for update using ((select platform.is_system()) or province = any ((select hotspots.provinces_worked())::text[])
      or province || '/' || commune = any ((select hotspots.communes_worked())::text[]))$f$, name);
  end loop;
  foreach name in array array['exact_place', 'photograph_image'] loop
    execute format('alter table hotspots.%I enable row level security', name);
    execute format('alter table hotspots.%I force row level security', name);
    execute format($f$create policy opened on hotspots.%I for select using (province = any ((select hotspots.provinces_exact())::text[]) or province || '/' || commune = any ((select hotspots.communes_exact())::text[]))$f$, name);
    execute format($f$create policy made on hotspots.%I for insert with check ((select platform.is_system()) or province = any ((select hotspots.provinces_worked())::text[])
      or province || '/' || commune = any ((select hotspots.communes_worked())::text[]))$f$, name);
  end loop;
  foreach name in array array['version', 'counter'] loop
    execute format('alter table hotspots.%I enable row level security', name);
    execute format('alter table hotspots.%I force row level security', name);
    execute format('create policy seen on hotspots.%I for select using (true)', name);
    execute format($f$create policy raised on hotspots.%I using ((select platform.is_system()) or province = any ((select hotspots.provinces_touched())::text[]))$f$, name);
  end loop;
end $$;
-- An entry or a check bears the name of the account that writes it.
create policy own on hotspots.entry as restrictive for insert with check ((select platform.is_system()) or account::text = (select platform.acting_account()));
create policy own on hotspots.check_made as restrictive for insert with check ((select platform.is_system()) or account::text = (select platform.acting_account()));
create policy corrected on hotspots.exact_place for update using (province = any ((select hotspots.provinces_exact())::text[]) or province || '/' || commune = any ((select hotspots.communes_exact())::text[]));
create policy removed on hotspots.photograph_image for delete using (province = any ((select hotspots.provinces_worked())::text[]) or province || '/' || commune = any ((select hotspots.communes_worked())::text[]));

grant select, insert, update on hotspots.place, hotspots.cycle, hotspots.photograph, hotspots.linked_count, hotspots.exact_place, hotspots.version, hotspots.counter to sauro_app;
grant select, insert on hotspots.entry, hotspots.check_made to sauro_app;
grant select, insert, delete on hotspots.photograph_image to sauro_app;

-- For measures: times through, without accounts.
create view hotspots_pub.cycle with (security_invoker = true) as
  select province, place, cycle, commune, kind, opened_on, listed_on, resolved_on, removed_on, closed_on, recurred_on, dismissed_on from hotspots.cycle;
create view hotspots_pub.version with (security_invoker = true) as select province, version from hotspots.version;
grant select on hotspots_pub.cycle, hotspots_pub.version to sauro_app;
