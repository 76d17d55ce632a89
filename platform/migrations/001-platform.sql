-- Machinery shared by all modules: row-security helpers, results of commands, outbox, consumed events, settings.
-- Existing rows: none, first migration. Distribution: command_result, outbox and consumed by province; setting is local.

create schema if not exists platform;
grant usage on schema platform to sauro_app;

-- Row security in one place. Unset settings mean no rows.
create function platform.is_system() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('sauro.system', true), '') = 'on' $$;
-- Places where the acting person holds one of these roles, as `set local` tells of them: the one reading of it for every module's row security.
create function platform.granted(roles text[]) returns table (role text, office text, province text, commune text) language sql stable parallel safe
  as $$ select split_part(g, '/', 1), split_part(g, '/', 2), split_part(g, '/', 3), split_part(g, '/', 4)
          from unnest(string_to_array(coalesce(current_setting('sauro.grants', true), ''), ',')) g
         where split_part(g, '/', 1) = any (roles) $$;

-- True when the transaction's actor reaches the place: the nation, its province, or its commune.
create function platform.reaches(province text, commune text) returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('sauro.system', true), '') = 'on'
            or coalesce(current_setting('sauro.nation', true), '') = 'on'
            or province = any (string_to_array(coalesce(current_setting('sauro.provinces', true), ''), ','))
            or (commune is not null and (province || '/' || commune) = any (string_to_array(coalesce(current_setting('sauro.communes', true), ''), ','))) $$;

-- True when the actor holds a role at the office.
create function platform.at_office(office text) returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('sauro.system', true), '') = 'on'
            or office = any (string_to_array(coalesce(current_setting('sauro.offices', true), ''), ',')) $$;

-- True when the actor touches the province at all: reaches it, or is in one of its communes.
create function platform.in_province(province text) returns boolean language sql stable parallel safe
  as $$ select platform.reaches(province, null)
            or exists (select 1 from unnest(string_to_array(coalesce(current_setting('sauro.communes', true), ''), ',')) c where split_part(c, '/', 1) = province) $$;

create function platform.acting_account() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('sauro.account', true), '') $$;

create function platform.has_role(role text) returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('sauro.system', true), '') = 'on'
            or role = any (string_to_array(coalesce(current_setting('sauro.roles', true), ''), ',')) $$;

-- A command's answer, stored with its effect: a repeat gives the same answer (SECURITY R55).
create table platform.command_result (
  account text not null,
  command_id uuid not null,
  route text not null,
  body_digest text not null,
  status int not null,
  reply jsonb not null,
  at timestamptz not null,
  primary key (account, command_id)
);
alter table platform.command_result enable row level security;
alter table platform.command_result force row level security;
create policy own on platform.command_result using (platform.is_system() or account = platform.acting_account());
grant select, insert on platform.command_result to sauro_app;

-- Facts to be told after commit. Written in the transaction of the fact.
create table platform.outbox (
  province text not null,
  id uuid not null,
  type text not null,
  payload jsonb not null,
  at timestamptz not null,
  delivered_at timestamptz,
  lane text not null, -- events of one lane are delivered one after another
  primary key (province, id)
);
create index outbox_waiting on platform.outbox (at) where delivered_at is null;
alter table platform.outbox enable row level security;
alter table platform.outbox force row level security;
create policy publish on platform.outbox for insert with check (true);
create policy deliver on platform.outbox using (platform.is_system());
grant select, insert, update on platform.outbox to sauro_app;

-- One row a consumer and event: written in the consumer's own transaction, so an event has its effect once.
create table platform.consumed (
  province text not null,
  consumer text not null,
  event_id uuid not null,
  at timestamptz not null,
  primary key (province, consumer, event_id)
);
alter table platform.consumed enable row level security;
alter table platform.consumed force row level security;
create policy machinery on platform.consumed using (platform.is_system());
grant select, insert on platform.consumed to sauro_app;

create table platform.setting (
  key text primary key,
  value jsonb not null
);
alter table platform.setting enable row level security;
alter table platform.setting force row level security;
create policy readable on platform.setting for select using (true);
create policy changeable on platform.setting using (platform.is_system());
grant select, insert, update on platform.setting to sauro_app;
