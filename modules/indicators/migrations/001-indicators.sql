-- What people add to computed figures: kept analyses, signed judgements, commitments of provinces and verification samples.
-- Figures themselves are computed from returns and kept nowhere.
-- Existing rows: none, first migration. Distribution: analysis is a reference table; the others are distributed by province.

create schema indicators;
create schema indicators_pub;
grant usage on schema indicators, indicators_pub to sauro_app;

create table indicators.analysis (
  id uuid primary key,
  owner uuid not null,
  office text not null,
  title text not null,
  note text not null,
  query jsonb not null,
  drawing jsonb not null,
  shared boolean not null,
  revision int not null,
  changed_at timestamptz not null
);
create index analysis_owner on indicators.analysis (owner);

-- A signed judgement stands until the next one of the same figure; none is ever changed.
create table indicators.judgement (
  province text not null,
  unit text not null,
  commune text,
  indicator text not null,
  period text not null,
  seq int not null,
  step text not null check (step in ('good', 'fair', 'worrying', 'bad')),
  computed text,
  reason text not null,
  office text not null,
  post text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (province, unit, indicator, period, seq)
);

create table indicators.commitment (
  province text not null,
  unit text not null,
  commune text,
  target text not null,
  period text not null,
  value double precision not null,
  basis text not null,
  revision int not null,
  recorded_at timestamptz not null,
  office text not null,
  by uuid not null,
  primary key (province, unit, target, period)
);

create table indicators.sample (
  province text not null,
  id uuid not null,
  data_set text not null,
  period text not null,
  size int not null,
  elements text[] not null,
  visit_from date not null,
  -- Codes of the units that could be drawn, as they stood when the sample was announced.
  frame text[] not null,
  frame_digest text not null,
  seed_digest text not null,
  -- Published when the sample is drawn.
  seed text,
  announced_at timestamptz not null,
  drawn_at timestamptz,
  units text[] not null,
  office text not null,
  by uuid not null,
  primary key (province, id)
);
-- Seeds before they are published. Read by the machinery only, at the draw.
create table indicators.sample_seed (
  province text not null,
  sample uuid not null,
  seed text not null,
  primary key (province, sample)
);
create table indicators.sample_count (
  province text not null,
  sample uuid not null,
  unit text not null,
  element text not null,
  cell text not null,
  reported double precision,
  counted double precision not null,
  note text not null,
  office text not null,
  by uuid not null,
  at timestamptz not null,
  primary key (province, sample, unit, element, cell)
);

alter table indicators.analysis enable row level security;
alter table indicators.analysis force row level security;
alter table indicators.judgement enable row level security;
alter table indicators.judgement force row level security;
alter table indicators.commitment enable row level security;
alter table indicators.commitment force row level security;
alter table indicators.sample enable row level security;
alter table indicators.sample force row level security;
alter table indicators.sample_seed enable row level security;
alter table indicators.sample_seed force row level security;
alter table indicators.sample_count enable row level security;
alter table indicators.sample_count force row level security;

create policy readable on indicators.analysis for select using (shared or platform.is_system() or owner::text = platform.acting_account());
create policy own on indicators.analysis using (platform.is_system() or owner::text = platform.acting_account()) with check (platform.is_system() or owner::text = platform.acting_account());
create policy reached on indicators.judgement for select using (platform.reaches(province, commune));
create policy signed on indicators.judgement for insert with check (platform.reaches(province, commune));
create policy reached on indicators.commitment using (platform.reaches(province, commune)) with check (platform.reaches(province, commune));
create policy in_province on indicators.sample for select using (platform.in_province(province));
create policy announced on indicators.sample for insert with check (platform.reaches(province, null));
create policy drawn on indicators.sample for update using (platform.reaches(province, null));
create policy kept on indicators.sample_seed for insert with check (platform.reaches(province, null));
create policy machinery on indicators.sample_seed for select using (platform.is_system());
create policy reached on indicators.sample_count for select using (platform.reaches(province, unit));
create policy counted on indicators.sample_count for insert with check (platform.reaches(province, null));

grant select, insert, update, delete on indicators.analysis to sauro_app;
grant select, insert on indicators.judgement, indicators.sample_seed, indicators.sample_count to sauro_app;
grant select, insert, update on indicators.commitment, indicators.sample to sauro_app;
