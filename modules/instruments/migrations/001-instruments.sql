-- Legislative and guidance products of the programme and the real days of their stages. Public acts: no person, no place.
-- Existing rows: none, first migration. Distribution: by province; the centre's products lie under '00'.

create schema instruments;
grant usage on schema instruments to sauro_app;

create function instruments.machinery() returns boolean language plpgsql stable parallel safe as $$ begin return platform.is_system(); end $$;
create function instruments.provinces_within() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{government-office,ministry,national-analyst,province-leader,province-secretary,province-police,commune-leader,commune-officer,social-worker,facility-manager,auditor}') g); end $$;
create function instruments.provinces_kept() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.province), '{}') from platform.granted('{government-office,province-leader,province-secretary}') g where g.commune = ''); end $$;
create function instruments.offices_leading() returns text[] language plpgsql stable parallel safe
  as $$ begin return (select coalesce(array_agg(g.office), '{}') from platform.granted('{ministry}') g where g.province = '00'); end $$;

create table instruments.instrument (
  province text not null,
  id uuid not null,
  kind text not null check (kind in ('law', 'resolution', 'decree', 'decision', 'circular', 'guidance', 'plan')),
  title_vi text not null,
  title_en text not null,
  lead_office text not null,
  basis text not null,
  enhancement text check (enhancement in ('law', 'investment', 'smart-management')),
  due_stage text not null check (due_stage in ('draft', 'comment', 'submitted', 'passed', 'in-force')),
  due_on date,
  due_text text not null,
  due_event text,
  note text not null,
  directive_province text,
  directive uuid,
  assignment uuid,
  version int not null default 1,
  demonstration boolean not null default false,
  added_at timestamptz not null,
  primary key (province, id),
  check ((directive is null) = (assignment is null) and (directive is null) = (directive_province is null))
);
create table instruments.stage (
  province text not null,
  instrument uuid not null,
  stage text not null check (stage in ('draft', 'comment', 'submitted', 'passed', 'in-force')),
  on_day date not null,
  number text not null,
  source text not null,
  recorded_at timestamptz not null,
  primary key (province, instrument, stage)
);

alter table instruments.instrument enable row level security;
alter table instruments.instrument force row level security;
alter table instruments.stage enable row level security;
alter table instruments.stage force row level security;

-- The centre's products are known everywhere, a province's inside it and at the centre.
create policy seen on instruments.instrument for select using (
  (select instruments.machinery()) or (province = '00' and cardinality((select instruments.provinces_within())::text[]) > 0)
  or province = any ((select instruments.provinces_within())::text[]) or '00' = any ((select instruments.provinces_within())::text[]));
create policy tracked on instruments.instrument for insert with check (
  (select instruments.machinery()) or province = any ((select instruments.provinces_kept())::text[]) or (province = '00' and lead_office = any ((select instruments.offices_leading())::text[])));
create policy kept on instruments.instrument for update using (
  (select instruments.machinery()) or province = any ((select instruments.provinces_kept())::text[]) or (province = '00' and lead_office = any ((select instruments.offices_leading())::text[])));

create function instruments.keeps(of_province text, of_instrument uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return of_province = any (instruments.provinces_kept())
    or exists (select 1 from instruments.instrument i where i.province = of_province and i.id = of_instrument and i.province = '00' and i.lead_office = any (instruments.offices_leading())); end $$;
create policy seen on instruments.stage for select using (
  (select instruments.machinery()) or (province = '00' and cardinality((select instruments.provinces_within())::text[]) > 0)
  or province = any ((select instruments.provinces_within())::text[]) or '00' = any ((select instruments.provinces_within())::text[]));
create policy dated on instruments.stage for insert with check ((select instruments.machinery()) or instruments.keeps(province, instrument));
create policy redated on instruments.stage for update using ((select instruments.machinery()) or instruments.keeps(province, instrument));
create policy removed on instruments.stage for delete using ((select instruments.machinery()) or instruments.keeps(province, instrument));

grant select, insert, update on instruments.instrument to sauro_app;
grant select, insert, update, delete on instruments.stage to sauro_app;
