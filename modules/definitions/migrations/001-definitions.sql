-- What the programme counts: every version of every definition, the editions that brought them, and the slots of packed returns.
-- Existing rows: none, first migration. Distribution: reference tables (written by the loader only).

create schema definitions;
create schema definitions_pub;
grant usage on schema definitions, definitions_pub to sauro_app;

create table definitions.edition (
  edition int primary key,
  programme text not null,
  head jsonb not null,
  digest text not null,
  loaded_at timestamptz not null,
  loaded_by text not null,
  note text not null,
  added int not null,
  changed int not null,
  ended int not null,
  corrected int not null,
  changes jsonb not null
);

-- One item as it is defined from valid_from until the day before valid_to; `body` has the shape its kind names in schema/.
create table definitions.item (
  kind text not null,
  id text not null,
  valid_from date not null,
  valid_to date,
  edition int not null,
  digest text not null,
  body jsonb not null,
  primary key (kind, id, valid_from),
  check (valid_to is null or valid_to > valid_from)
);

-- Places of packed rows, append only: a slot once given to an element's cell is never given to another.
create table definitions.slot (
  data_set text not null,
  slot int not null check (slot >= 1),
  element text not null,
  cell text not null,
  valid_from date not null,
  valid_to date,
  primary key (data_set, slot),
  unique (element, cell)
);

alter table definitions.edition enable row level security;
alter table definitions.edition force row level security;
alter table definitions.item enable row level security;
alter table definitions.item force row level security;
alter table definitions.slot enable row level security;
alter table definitions.slot force row level security;

-- Definitions are public rules: all may read them, the loader alone writes.
create policy readable on definitions.edition for select using (true);
create policy loader on definitions.edition using (platform.is_system()) with check (platform.is_system());
create policy readable on definitions.item for select using (true);
create policy loader on definitions.item using (platform.is_system()) with check (platform.is_system());
create policy readable on definitions.slot for select using (true);
create policy loader on definitions.slot using (platform.is_system()) with check (platform.is_system());

create view definitions_pub.edition with (security_invoker = true) as select edition, digest, loaded_at from definitions.edition;
create view definitions_pub.slot with (security_invoker = true) as select data_set, slot, element, cell, valid_from, valid_to from definitions.slot;
grant select, insert, update, delete on definitions.edition, definitions.item, definitions.slot to sauro_app;
grant select on all tables in schema definitions_pub to sauro_app;
