-- Units of the country over time, the offices at them, provincial steering committees, imported boundaries.
-- Existing rows: none, first migration.
-- Distribution: unit, unit_version, unit_link, unit_alias, office, amendment, the group and attribute tables and edition are reference
-- tables (written by loaders only);
-- boundary is local to the coordinator; steering_committee is distributed by province.

create schema org_units;
create schema org_units_pub;
grant usage on schema org_units, org_units_pub to sauro_app;

create table org_units.edition (
  singleton boolean primary key default true check (singleton),
  digest text not null,
  -- A tree imported from elsewhere is left alone by a start, which brings the built-in one up to date otherwise.
  source text not null default 'built-in' check (source in ('built-in', 'imported')),
  groups_digest text not null default '',
  attributes_digest text not null default '',
  loaded_at timestamptz not null
);

-- No foreign keys below: the loader writes whole editions whose references are tested, and 60,000 checks would double its time.
create table org_units.unit (
  id uuid primary key,
  level text not null check (level ~ '^(nation|province|commune|level-([4-9]|1[0-9]))$')
);

-- One unit as it stood from valid_from until the day before valid_to.
create table org_units.unit_version (
  unit_id uuid not null,
  valid_from date not null,
  valid_to date,
  level text not null,
  depth int not null generated always as (case level when 'nation' then 1 when 'province' then 2 when 'commune' then 3 else substr(level, 7)::int end) stored,
  code text not null,
  name_vi text not null,
  kind text not null,
  parent_id uuid,
  province text not null,
  district_vi text,
  basis text not null,
  certainty text not null check (certainty in ('P', 'S', 'U')),
  primary key (unit_id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);
create index unit_version_code on org_units.unit_version (code, valid_from);
create index unit_version_province on org_units.unit_version (province, level);

create table org_units.unit_link (
  from_id uuid not null,
  to_id uuid not null,
  on_day date not null,
  kind text not null check (kind in ('merged', 'part', 'renamed')),
  basis text not null,
  certainty text not null check (certainty in ('P', 'S', 'U')),
  primary key (from_id, to_id, on_day)
);
create index unit_link_to on org_units.unit_link (to_id);

create table org_units.unit_alias (
  unit_id uuid not null,
  kind text not null check (kind in ('code', 'abbreviation', 'older-name')),
  text text not null,
  district_vi text not null,
  province_vi text not null,
  certainty text not null check (certainty in ('P', 'S', 'U')),
  primary key (unit_id, kind, text, district_vi, province_vi)
);

-- Changes recorded here after the edition was made; put on again when another edition is loaded.
create table org_units.amendment (
  id text primary key,
  on_day date not null,
  merger jsonb not null,
  recorded_at timestamptz not null
);

-- What the tiers of an imported tree are called; the built-in one has our words for them.
create table org_units.unit_tier (
  depth int primary key,
  name_vi text not null,
  name_en text not null
);

-- Dimensions of units. A unit is in at most one group of a set on any day: one row a set, unit and first day, and the loader
-- refuses spans that overlap (an exclusion constraint would need an extension).
create table org_units.group_set (
  id text primary key,
  source text not null check (source in ('built-in', 'imported')),
  position int not null,
  name_vi text not null,
  name_en text not null,
  -- Whether what lies below a member counts with it, unless it is a member itself.
  inherits boolean not null,
  -- A group that stands in no set; the set is made for it alone.
  lone boolean not null,
  basis text not null,
  certainty text not null check (certainty in ('P', 'S', 'U'))
);
create table org_units.unit_group (
  set_id text not null references org_units.group_set (id) on delete cascade,
  id text not null,
  position int not null,
  name_vi text not null,
  name_en text not null,
  primary key (set_id, id)
);
create table org_units.unit_group_member (
  set_id text not null,
  unit_code text not null,
  valid_from date not null,
  valid_to date,
  group_id text not null,
  primary key (set_id, unit_code, valid_from),
  foreign key (set_id, group_id) references org_units.unit_group (set_id, id) on delete cascade,
  check (valid_to is null or valid_to > valid_from)
);

-- Numbers of a unit that hold from a day until the next one given: residents, area.
create table org_units.unit_attribute (
  attribute text not null,
  unit_code text not null,
  valid_from date not null,
  value double precision not null,
  source text not null,
  certainty text not null check (certainty in ('P', 'S', 'U', 'synthetic')),
  primary key (attribute, unit_code, valid_from)
);

-- An office under the name it bore from a day until another. The first post is the head's.
create table org_units.office (
  province text not null,
  id text not null,
  valid_from date not null,
  valid_to date,
  class_id text not null,
  commune text,
  unit_id uuid not null,
  name_vi text not null,
  name_en text not null,
  aliases text[] not null,
  posts text[] not null,
  primary key (province, id, valid_from)
);
create index office_class on org_units.office (class_id, province);

-- Official facts: the decision, its seats by post, meetings. No person but the official name of a post's holder.
create table org_units.steering_committee (
  province text not null,
  term text not null,
  decision_number text not null,
  decided_on date not null,
  signer_post text not null,
  document_hash text,
  document_url text,
  seats jsonb not null,
  meetings jsonb not null,
  revision int not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (province, term)
);

-- One topology a level, as the operator imported it.
create table org_units.boundary (
  level text primary key check (level in ('province', 'commune')),
  topology text not null,
  digest text not null,
  units int not null,
  imported_at timestamptz not null
);

alter table org_units.edition enable row level security;
alter table org_units.edition force row level security;
alter table org_units.unit enable row level security;
alter table org_units.unit force row level security;
alter table org_units.unit_version enable row level security;
alter table org_units.unit_version force row level security;
alter table org_units.unit_link enable row level security;
alter table org_units.unit_link force row level security;
alter table org_units.unit_alias enable row level security;
alter table org_units.unit_alias force row level security;
alter table org_units.office enable row level security;
alter table org_units.office force row level security;
alter table org_units.boundary enable row level security;
alter table org_units.boundary force row level security;
alter table org_units.amendment enable row level security;
alter table org_units.amendment force row level security;
alter table org_units.unit_tier enable row level security;
alter table org_units.unit_tier force row level security;
alter table org_units.group_set enable row level security;
alter table org_units.group_set force row level security;
alter table org_units.unit_group enable row level security;
alter table org_units.unit_group force row level security;
alter table org_units.unit_group_member enable row level security;
alter table org_units.unit_group_member force row level security;
alter table org_units.unit_attribute enable row level security;
alter table org_units.unit_attribute force row level security;
alter table org_units.steering_committee enable row level security;
alter table org_units.steering_committee force row level security;

-- Units are public law: all may read them, the loader alone writes.
create policy readable on org_units.edition for select using (true);
create policy loader on org_units.edition using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit for select using (true);
create policy loader on org_units.unit using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_version for select using (true);
create policy loader on org_units.unit_version using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_link for select using (true);
create policy loader on org_units.unit_link using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_alias for select using (true);
create policy loader on org_units.unit_alias using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.office for select using (true);
create policy loader on org_units.office using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.amendment for select using (true);
create policy loader on org_units.amendment using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_tier for select using (true);
create policy loader on org_units.unit_tier using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.group_set for select using (true);
create policy loader on org_units.group_set using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_group for select using (true);
create policy loader on org_units.unit_group using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_group_member for select using (true);
create policy loader on org_units.unit_group_member using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.unit_attribute for select using (true);
create policy loader on org_units.unit_attribute using (platform.is_system()) with check (platform.is_system());
create policy readable on org_units.boundary for select using (true);
create policy importer on org_units.boundary using (platform.is_system()) with check (platform.is_system());

-- The board of 34 is shown to every signed-in office; a province is written by whoever reaches it whole, with a role that may.
create policy signed_in on org_units.steering_committee for select
  using (platform.is_system() or coalesce(platform.acting_account(), '00000000-0000-0000-0000-000000000000') <> '00000000-0000-0000-0000-000000000000');
create policy province_records on org_units.steering_committee for insert with check (
  platform.is_system() or (platform.reaches(province, null) and (platform.has_role('province-leader') or platform.has_role('province-secretary')
    or platform.has_role('government-office') or platform.has_role('ministry'))));
create policy province_corrects on org_units.steering_committee for update
  using (platform.is_system() or (platform.reaches(province, null) and (platform.has_role('province-leader') or platform.has_role('province-secretary')
    or platform.has_role('government-office') or platform.has_role('ministry'))))
  with check (platform.is_system() or platform.reaches(province, null));
create policy demonstration_ends on org_units.steering_committee for delete using (platform.is_system());

grant select, insert, update, delete on org_units.edition, org_units.unit, org_units.unit_version, org_units.unit_link, org_units.unit_alias, org_units.office,
  org_units.amendment, org_units.unit_tier, org_units.group_set, org_units.unit_group, org_units.unit_group_member, org_units.unit_attribute, org_units.boundary, org_units.steering_committee to sauro_app;

-- What other modules may read.
-- What tells a cache of another module that the tree, groups or numbers of units are others now.
create view org_units_pub.edition with (security_invoker = true) as select digest, groups_digest, attributes_digest from org_units.edition;
create view org_units_pub.unit_version with (security_invoker = true) as
  select unit_id, level, depth, code, name_vi, kind, parent_id, province, district_vi, valid_from, valid_to, certainty from org_units.unit_version;
create view org_units_pub.unit_link with (security_invoker = true) as
  select from_id, to_id, on_day, kind, certainty from org_units.unit_link;
create view org_units_pub.office with (security_invoker = true) as
  select province, id, class_id, commune, unit_id, name_vi, name_en, posts[1] as head_post, posts, valid_from, valid_to from org_units.office;
create view org_units_pub.steering_committee with (security_invoker = true) as
  select province, term, decision_number, decided_on, jsonb_array_length(seats) as seat_count, jsonb_array_length(meetings) as meeting_count from org_units.steering_committee;
grant select on all tables in schema org_units_pub to sauro_app;
