-- The audit log: leaves written in the transaction of the change, their places in the tree given afterwards.
-- Existing rows: none, first migration. Distribution: all by province, except checkpoint and alarm, which are local.

create schema log;
grant usage on schema log to sauro_app;

-- One entry. `hash` is its RFC 9162 leaf hash, computed by the writer; `position` is null until the sequencer gives it a place.
create table log.leaf (
  province text not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('write', 'read', 'permission', 'publication', 'key')),
  action text not null,
  actor text,
  role text,
  unit text,
  target_type text not null,
  target text not null,
  before_digest text,
  after_digest text,
  facts jsonb not null,
  hash bytea not null check (length(hash) = 32),
  position bigint check (position >= 0),
  primary key (province, id)
);
create unique index leaf_place on log.leaf (province, position) where position is not null;
create index leaf_waiting on log.leaf (province, at, id) where position is null;
create index leaf_hash on log.leaf (province, hash);
create index leaf_time on log.leaf (at desc, id);
create index leaf_target on log.leaf (province, target_type, target);
alter table log.leaf enable row level security;
alter table log.leaf force row level security;
create policy append on log.leaf for insert with check (position is null);
-- Who else may read entries is said by the module that shows them.
create policy machinery on log.leaf for select using (platform.is_system());
create policy place on log.leaf for update using (platform.is_system());
-- The application can neither change nor delete an entry: only its place may be filled in.
grant select, insert on log.leaf to sauro_app;
grant update (position) on log.leaf to sauro_app;

-- The tree's hashes in tiles of 256 (C2SP tlog-tiles). Hashes only, made to be shown to anyone who checks.
create table log.tile (
  province text not null,
  level int not null,
  index bigint not null,
  hashes bytea not null check (length(hashes) between 32 and 8192),
  primary key (province, level, index)
);
create table log.head (
  province text primary key,
  size bigint not null,
  root bytea not null,
  at timestamptz not null
);
create table log.checkpoint (
  province text not null,
  number int not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  signed_at timestamptz not null,
  primary key (province, number)
);
create index checkpoint_size on log.checkpoint (province, size);
-- Something that must not happen has happened: an entry is not in the tree, an entry was altered, the witness refused.
create table log.alarm (
  province text not null,
  id uuid not null,
  at timestamptz not null,
  code text not null,
  facts jsonb not null,
  primary key (province, id)
);
do $$
declare name text;
begin
  foreach name in array array['tile', 'head', 'checkpoint', 'alarm'] loop
    execute format('alter table log.%I enable row level security', name);
    execute format('alter table log.%I force row level security', name);
    execute format('create policy readable on log.%I for select using (true)', name);
    execute format('create policy machinery on log.%I using (platform.is_system()) with check (platform.is_system())', name);
  end loop;
end $$;
grant select, insert, update on log.tile, log.head to sauro_app;
grant select, insert on log.checkpoint, log.alarm to sauro_app;
