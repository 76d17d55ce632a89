-- Documents beside the boxes of a return. The files lie in the installation's store by digest; rows are never deleted, removing marks them.
-- Existing rows: none. Distribution: by province, with the returns.

create table returns.attachment (
  province text not null,
  id uuid not null,
  org_unit text not null,
  period text not null,
  data_set text not null,
  attribute text not null default '',
  slot int not null check (slot >= 0),
  file_name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null,
  by uuid not null,
  office text not null,
  at timestamptz not null,
  removed_at timestamptz,
  removed_by uuid,
  primary key (province, id)
);
create index attachment_return on returns.attachment (province, org_unit, period, data_set, attribute);

alter table returns.attachment enable row level security;
alter table returns.attachment force row level security;
create policy machinery on returns.attachment using ((select platform.is_system())) with check ((select platform.is_system()));
create policy readable on returns.attachment for select using ((select returns.sees_all()) or province = any ((select returns.provinces_read())::text[])
  or (province || '/' || org_unit) = any ((select returns.units_read())::text[]));
-- By people of the unit itself; the code says which of them.
create policy attaching on returns.attachment for insert with check (province = any ((select returns.provinces_read())::text[]) or (province || '/' || org_unit) = any ((select returns.units_read())::text[]));
create policy removing on returns.attachment for update
  using ((province || '/' || org_unit) = any ((select returns.units_read())::text[]) or province = any ((select returns.provinces_read())::text[]))
  with check ((province || '/' || org_unit) = any ((select returns.units_read())::text[]) or province = any ((select returns.provinces_read())::text[]));
grant select, insert, update on returns.attachment to sauro_app;
