-- Facilities: the register, the daily book with its older versions, staff and activities, inspections, incidents and complaints.
-- Existing rows: none, first migration. Counts and places only: no column can hold a person (SECURITY E1).
-- Distribution: by province, co-located.

create schema facilities;
grant usage on schema facilities to sauro_app;

create function facilities.reads_all() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or exists (select 1 from platform.granted('{government-office,ministry,national-analyst,facility-inspector,auditor}') where province = '00') $$;
create function facilities.reads_books() returns boolean language sql stable parallel safe
  as $$ select platform.is_system() or exists (select 1 from platform.granted('{facility-inspector,auditor}') where province = '00') $$;
create function facilities.provinces_of(roles text[]) returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province), '{}') from platform.granted(roles) where province <> '00' and commune = '' $$;
-- Offices under which the actor runs facilities, `province/office`.
create function facilities.runs() returns text[] language sql stable parallel safe
  as $$ select coalesce(array_agg(province || '/' || office), '{}') from platform.granted('{facility-manager}') where province <> '00' $$;

create table facilities.facility (
  province text not null,
  code text not null,
  ownership text not null check (ownership in ('public', 'private')),
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  closing_decision text not null default '',
  manager_office text not null,
  book_from date not null check (book_from >= opened_on),
  book_voluntary int not null check (book_voluntary >= 0),
  book_compulsory int not null check (book_compulsory >= 0),
  recorded_at timestamptz not null,
  primary key (province, code)
);
-- What a facility is from a day on. land_m2: square metres.
create table facilities.profile (
  province text not null,
  facility text not null,
  valid_from date not null,
  name_vi text not null,
  name_en text not null,
  terrain text not null check (terrain in ('urban', 'rural', 'mountain')),
  commune text,
  land_m2 int not null check (land_m2 >= 0),
  places int not null check (places >= 0),
  beds int not null check (beds >= 0),
  decision text not null default '',
  recorded_at timestamptz not null,
  primary key (province, facility, valid_from),
  foreign key (province, facility) references facilities.facility (province, code)
);
-- A day as it stands. Movements of each regime in the order of flowKinds; *_end: on the book when the day closed.
create table facilities.day (
  province text not null,
  facility text not null,
  day date not null,
  rev int not null check (rev > 0),
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  late boolean not null,
  reason text not null default '',
  voluntary int[] not null check (cardinality(voluntary) = 7),
  compulsory int[] not null check (cardinality(compulsory) = 7),
  first_ever int not null,
  waited_days int not null,
  waiting int not null,
  absent int not null,
  present int not null,
  voluntary_end int not null check (voluntary_end >= 0),
  compulsory_end int not null check (compulsory_end >= 0),
  primary key (province, facility, day),
  foreign key (province, facility) references facilities.facility (province, code),
  check (present + absent = voluntary_end + compulsory_end)
);
-- What a day was before it was corrected. Append only.
create table facilities.day_before (
  province text not null,
  facility text not null,
  day date not null,
  rev int not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  reason text not null,
  figures jsonb not null,
  primary key (province, facility, day, rev)
);
-- Who is there by the last day of the book: what readers get who do not read books.
create table facilities.standing (
  province text not null,
  facility text not null,
  day date not null,
  voluntary int not null,
  compulsory int not null,
  absent int not null,
  primary key (province, facility),
  foreign key (province, facility) references facilities.facility (province, code)
);
create table facilities.staffing (
  province text not null,
  facility text not null,
  day date not null,
  staff int not null check (staff >= 0),
  health_staff int not null check (health_staff between 0 and staff),
  primary key (province, facility, day),
  foreign key (province, facility) references facilities.facility (province, code)
);
create table facilities.activity (
  province text not null,
  facility text not null,
  id uuid not null,
  rev int not null,
  kind text not null,
  from_day date not null,
  to_day date check (to_day >= from_day),
  people int not null check (people >= 0),
  finished int not null check (finished between 0 and people),
  sessions int not null check (sessions >= 0),
  note text not null default '',
  primary key (province, facility, id),
  foreign key (province, facility) references facilities.facility (province, code)
);
create table facilities.inspection (
  province text not null,
  facility text not null,
  id uuid not null,
  on_day date not null,
  external boolean not null,
  office text not null,
  account uuid not null,
  checklist text not null,
  summary text not null default '',
  recorded_at timestamptz not null,
  primary key (province, facility, id),
  foreign key (province, facility) references facilities.facility (province, code)
);
create table facilities.answer (
  province text not null,
  facility text not null,
  inspection uuid not null,
  item text not null,
  rev int not null default 1,
  finding text not null check (finding in ('meets', 'partly', 'fails', 'not-seen')),
  note text not null default '',
  due_on date,
  state text not null check (state in ('none', 'open', 'remedied', 'confirmed')),
  remedy text not null default '',
  remedied_on date,
  remedied_by uuid,
  confirmed_on date,
  primary key (province, facility, inspection, item),
  foreign key (province, facility, inspection) references facilities.inspection (province, facility, id)
);
create table facilities.matter (
  province text not null,
  facility text not null,
  id uuid not null,
  rev int not null default 1,
  kind text not null check (kind in ('incident', 'complaint')),
  category text not null,
  channel text not null,
  on_day date not null,
  people int not null check (people >= 0),
  text text not null default '',
  state text not null check (state in ('open', 'answered', 'closed')),
  due_on date not null,
  answered_on date,
  answered_by uuid,
  closed_on date,
  reviewed_outside boolean not null default false,
  primary key (province, facility, id),
  foreign key (province, facility) references facilities.facility (province, code)
);
create index matter_open on facilities.matter (province, facility) where state <> 'closed';
create table facilities.matter_step (
  province text not null,
  facility text not null,
  matter uuid not null,
  seq int not null,
  at timestamptz not null,
  account uuid,
  role text not null,
  kind text not null,
  text text not null default '',
  primary key (province, facility, matter, seq),
  foreign key (province, facility, matter) references facilities.matter (province, facility, id)
);

grant select, insert, update on facilities.facility, facilities.day, facilities.standing, facilities.staffing, facilities.activity, facilities.answer, facilities.matter to sauro_app;
grant select, insert on facilities.profile, facilities.day_before, facilities.inspection, facilities.matter_step to sauro_app;

-- The register: readers of the nation, of the province, and who runs the facility.
alter table facilities.facility enable row level security, force row level security;
create policy seen on facilities.facility for select using (
  (select facilities.reads_all())
  or province = any ((select facilities.provinces_of('{province-leader,province-secretary,province-police,facility-inspector,auditor}'))::text[])
  or province || '/' || manager_office = any ((select facilities.runs())::text[]));
create policy entered on facilities.facility for insert with check ((select platform.is_system()) or province = any ((select facilities.provinces_of('{province-secretary,province-police}'))::text[]));
create policy changed on facilities.facility for update using ((select platform.is_system()) or province = any ((select facilities.provinces_of('{province-secretary,province-police}'))::text[]));

-- Facilities the actor runs, `province/code`; asks the register, so row security answers.
create function facilities.run_here() returns text[] language sql stable
  as $$ select coalesce(array_agg(f.province || '/' || f.code), '{}') from facilities.facility f where f.province || '/' || f.manager_office = any (facilities.runs()) $$;

do $$
declare one text;
begin
  -- Seen with the register.
  foreach one in array '{profile,standing}'::text[] loop
    execute format($f$
      alter table facilities.%1$I enable row level security, force row level security;
      create policy seen on facilities.%1$I for select using (
        (select facilities.reads_all())
        or province = any ((select facilities.provinces_of('{province-leader,province-secretary,province-police,facility-inspector,auditor}'))::text[])
        or province || '/' || facility = any ((select facilities.run_here())::text[])) $f$, one);
  end loop;
  -- The book and what stands beside it.
  foreach one in array '{day,day_before,staffing,activity,inspection,answer,matter,matter_step}'::text[] loop
    execute format($f$
      alter table facilities.%1$I enable row level security, force row level security;
      create policy seen on facilities.%1$I for select using (
        (select facilities.reads_books())
        or province = any ((select facilities.provinces_of('{province-leader,province-secretary,province-police,facility-inspector,auditor}'))::text[])
        or province || '/' || facility = any ((select facilities.run_here())::text[])) $f$, one);
  end loop;
  -- Written by who runs the facility.
  foreach one in array '{day,day_before,standing,staffing,activity}'::text[] loop
    execute format($f$ create policy entered on facilities.%1$I for insert with check ((select platform.is_system()) or province || '/' || facility = any ((select facilities.run_here())::text[])) $f$, one);
  end loop;
  foreach one in array '{day,standing,staffing,activity}'::text[] loop
    execute format($f$ create policy changed on facilities.%1$I for update using ((select platform.is_system()) or province || '/' || facility = any ((select facilities.run_here())::text[])) $f$, one);
  end loop;
  -- Written by those who oversee too.
  foreach one in array '{answer,matter}'::text[] loop
    execute format($f$ create policy changed on facilities.%1$I for update using (
      (select platform.is_system()) or exists (select 1 from platform.granted('{facility-inspector}') where province = '00')
      or province = any ((select facilities.provinces_of('{province-leader,province-police,facility-inspector}'))::text[]) or province || '/' || facility = any ((select facilities.run_here())::text[])) $f$, one);
  end loop;
end $$;
create policy entered on facilities.profile for insert with check ((select platform.is_system()) or province = any ((select facilities.provinces_of('{province-secretary,province-police}'))::text[]));
create policy entered on facilities.inspection for insert with check (
  (select platform.is_system()) or exists (select 1 from platform.granted('{facility-inspector}') where province = '00') or province = any ((select facilities.provinces_of('{province-police,facility-inspector}'))::text[]));
create policy entered on facilities.answer for insert with check (
  (select platform.is_system()) or exists (select 1 from platform.granted('{facility-inspector}') where province = '00') or province = any ((select facilities.provinces_of('{province-police,facility-inspector}'))::text[]));
create policy entered on facilities.matter for insert with check (
  (select platform.is_system()) or exists (select 1 from platform.granted('{facility-inspector}') where province = '00')
  or province = any ((select facilities.provinces_of('{province-secretary,province-police,facility-inspector}'))::text[]) or province || '/' || facility = any ((select facilities.run_here())::text[]));
create policy entered on facilities.matter_step for insert with check (
  (select platform.is_system()) or exists (select 1 from platform.granted('{facility-inspector}') where province = '00')
  or province = any ((select facilities.provinces_of('{province-leader,province-secretary,province-police,facility-inspector}'))::text[]) or province || '/' || facility = any ((select facilities.run_here())::text[]));
