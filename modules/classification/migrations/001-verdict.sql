-- Criteria of decisions loaded after the built-in ones, and key complex routes. What the engine proposes is kept nowhere: it is computed from
-- returns and the register at every question; what a person decided is in 002.
-- Existing rows: none, first migration. Distribution: decree is a reference table; key_route is distributed by province.

create schema classification;
create schema classification_pub;
grant usage on schema classification, classification_pub to sauro_app;

create function classification.signed_in() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or coalesce(current_setting('sauro.grants', true), '') <> '' $$;

-- A decision in force from a day on. Append only: a period keeps the criteria that were in force on its last day.
create table classification.decree (
  id text primary key,
  number text not null,
  title jsonb not null,
  valid_from date not null unique,
  criteria jsonb not null,
  loaded_at timestamptz not null,
  office text not null,
  by uuid not null
);

-- Art. 3: routes regardless of administrative boundary; '00' lists those between provinces. Off the list by decision, never deleted.
create table classification.key_route (
  province text not null,
  id uuid not null,
  kind text not null check (kind in ('intra-provincial', 'inter-provincial')),
  name text not null,
  communes text[] not null,
  decision text not null,
  listed_on date not null,
  delisted_on date check (delisted_on >= listed_on),
  delist_decision text,
  office text not null,
  by uuid not null,
  primary key (province, id),
  check ((kind = 'inter-provincial') = (province = '00'))
);

do $$
declare name text;
begin
  foreach name in array array['decree', 'key_route'] loop
    execute format('alter table classification.%I enable row level security', name);
    execute format('alter table classification.%I force row level security', name);
    execute format('create policy machinery on classification.%I using ((select platform.is_system())) with check ((select platform.is_system()))', name);
    execute format('create policy readable on classification.%I for select using ((select classification.signed_in()))', name);
  end loop;
end $$;
create policy loading on classification.decree for insert with check (exists (select 1 from platform.granted('{ministry}') where province = '00'));
create policy listing on classification.key_route for insert with check (exists (select 1 from platform.granted('{ministry,province-leader}') g where g.province = key_route.province));
create policy delisting on classification.key_route for update using (exists (select 1 from platform.granted('{ministry,province-leader}') g where g.province = key_route.province))
  with check (exists (select 1 from platform.granted('{ministry,province-leader}') g where g.province = key_route.province));

grant select, insert on classification.decree to sauro_app;
grant select, insert, update on classification.key_route to sauro_app;
