/**
 * The baseline: the tables and statements of the field's common platform, in our own SQL after its published schema (dhis2-core, August
 * 2026), without its Java layer, which flatters it. Three levels, one time partition, one thread. In a schema `shape` of the same server.
 */
import type pg from 'pg';

export type Size = { readonly communes: number; readonly months: number; readonly elements: number };
export const options = 4;

const tables = `
  drop schema if exists shape cascade;
  create schema shape;
  create table shape.datavalue (
    dataelementid bigint, periodid bigint, sourceid bigint, categoryoptioncomboid bigint, attributeoptioncomboid bigint,
    value varchar(50000), storedby varchar(255), created timestamp not null, lastupdated timestamp not null, comment varchar(50000), followup boolean, deleted boolean not null,
    primary key (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid));
  create index on shape.datavalue (deleted);
  create index on shape.datavalue (lastupdated);
  create table shape.datavalueaudit (
    datavalueauditid bigserial primary key, dataelementid bigint, periodid bigint, organisationunitid bigint, categoryoptioncomboid bigint, attributeoptioncomboid bigint,
    value varchar(50000), created timestamp, modifiedby varchar(100), audittype varchar(100));
  create index on shape.datavalueaudit (dataelementid, periodid, organisationunitid, categoryoptioncomboid, attributeoptioncomboid);`;

/** The facts of the measurement: whether a cell is filled (two in five) and with what. `p` counts months from 0, `cell` elements × options from 0. */
export const filledSql = 'hashint8((o::bigint * 7919 + p * 104729 + c * 31337)::bigint) & 1023 < 410';
export const valueSql = '(hashint8((o::bigint * 1000003 + p * 331 + c * 7)::bigint) & 1023)';

export async function makeShape(client: pg.Client): Promise<void> {
  await client.query(tables);
}

/** Values as they stand before anybody writes. @returns how many */
export async function fillShape(client: pg.Client, { communes, months, elements }: Size): Promise<number> {
  const { rowCount } = await client.query(`
    insert into shape.datavalue
    select 1 + c / ${options}, 1 + p, 1 + o, 1 + c % ${options}, 1, ${valueSql}::text, 'loader', now(), now(), null, false, false
      from generate_series(0, ${months - 1}) p, generate_series(0, ${communes - 1}) o, generate_series(0, ${elements * options - 1}) c where ${filledSql}`);
  await client.query('vacuum analyze shape.datavalue');
  return rowCount ?? 0;
}

/** One return, audited, in its fair form: one prepared statement with arrays. */
export const writeAudited = {
  name: 'shape-write',
  text: `
    with given as (select * from unnest($1::bigint[], $2::bigint[], $3::text[]) as g(element, combo, value)),
         written as (
      insert into shape.datavalue (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid, value, storedby, created, lastupdated, deleted)
      select element, $4::bigint, $5::bigint, combo, 1, value, 'clerk', now(), now(), false from given
      on conflict (dataelementid, periodid, sourceid, categoryoptioncomboid, attributeoptioncomboid) do update set value = excluded.value, lastupdated = excluded.lastupdated
      returning dataelementid, periodid, sourceid, categoryoptioncomboid, value)
    insert into shape.datavalueaudit (dataelementid, periodid, organisationunitid, categoryoptioncomboid, attributeoptioncomboid, value, created, modifiedby, audittype)
    select dataelementid, periodid, sourceid, categoryoptioncomboid, 1, value, now(), 'clerk', 'UPDATE' from written`,
};

const resources = `
  drop table if exists shape.analytics, shape.periods, shape.units;
  create table shape.periods as
    select 1 + p as periodid, to_char(d, 'YYYYMM') as pe, to_char(d, 'YYYYMM') as monthly, to_char(d, 'YYYY"Q"Q') as quarterly, to_char(d, 'YYYY') || 'S' || (1 + (extract(month from d)::int - 1) / 6) as sixmonthly, to_char(d, 'YYYY') as yearly,
           d::date as pestartdate, (d + interval '1 month' - interval '1 day')::date as peenddate, extract(year from d)::int as year, extract(day from d + interval '1 month' - interval '1 day')::int as daysno
      from (select p, timestamp '2025-01-01' + p * interval '1 month' as d from generate_series(0, 239) p) m;
  alter table shape.periods add primary key (periodid);
  create table shape.units as
    select 1 + o as sourceid, lpad('c' || o, 11, '0')::char(11) as ou, 'nation00000'::char(11) as uidlevel1, lpad('p' || (1 + (o * 34) / 3321), 11, '0')::char(11) as uidlevel2, lpad('c' || o, 11, '0')::char(11) as uidlevel3, 3 as oulevel
      from generate_series(0, 3320) o;
  alter table shape.units add primary key (sourceid);
  analyze shape.periods; analyze shape.units;
  create table shape.analytics (
    dx char(11), co char(11), ao char(11), ou char(11), uidlevel1 char(11), uidlevel2 char(11), uidlevel3 char(11), pestartdate date, peenddate date, year int, pe text, monthly text, quarterly text, sixmonthly text, yearly text,
    oulevel int, id text, approvallevel int, daysxvalue float8, value float8, daysno int, textvalue text);`;
const fill = `
  insert into shape.analytics
  select lpad('d' || v.dataelementid, 11, '0'), lpad('o' || v.categoryoptioncomboid, 11, '0'), 'default0000', u.ou, u.uidlevel1, u.uidlevel2, u.uidlevel3, p.pestartdate, p.peenddate, p.year, p.pe, p.monthly, p.quarterly, p.sixmonthly,
         p.yearly, u.oulevel, concat_ws('-', lpad('d' || v.dataelementid, 11, '0'), p.pe, u.ou, lpad('o' || v.categoryoptioncomboid, 11, '0'), 'default0000'), 0, v.value::float8 * p.daysno, v.value::float8, p.daysno, null
    from shape.datavalue v join shape.periods p using (periodid) join shape.units u using (sourceid)
   where v.value ~ '^(-?[0-9]+)(\\.[0-9]+)?$' and v.deleted is false order by 1, 2`;
const indexes = ['id', 'dx, co', 'dx, ao', 'pestartdate', 'peenddate', 'year', 'pe', 'ou', 'oulevel', 'uidlevel1', 'uidlevel2', 'uidlevel3', 'monthly', 'quarterly', 'sixmonthly', 'yearly'];

export type Rebuilt = { readonly fillMs: number; readonly indexMs: number; readonly vacuumMs: number; readonly totalMs: number };
/** The nightly rebuild that makes figures visible there. */
export async function rebuildAnalytics(client: pg.Client): Promise<Rebuilt> {
  await client.query('set max_parallel_workers_per_gather = 0; set max_parallel_maintenance_workers = 0; set jit = off');
  await client.query(resources);
  const timed = async (work: () => Promise<unknown>): Promise<number> => { const begun = performance.now(); await work(); return performance.now() - begun; };
  const fillMs = await timed(() => client.query(fill));
  const indexMs = await timed(async () => { for (const columns of indexes) await client.query(`create index on shape.analytics (${columns})`); });
  const vacuumMs = await timed(() => client.query('vacuum analyze shape.analytics'));
  return { fillMs, indexMs, vacuumMs, totalMs: fillMs + indexMs + vacuumMs };
}

/** The reads others measure against: one thread, on the analytics table. Q1: 20 cells × provinces × quarters; Q2: a map; Q3: all. */
export const queries = {
  q1: "select uidlevel2, quarterly, dx, co, sum(value) from shape.analytics where dx in (lpad('d1', 11, '0'), lpad('d2', 11, '0'), lpad('d3', 11, '0'), lpad('d4', 11, '0'), lpad('d5', 11, '0')) group by 1, 2, 3, 4",
  q2: "select ou, sum(value) from shape.analytics where dx = lpad('d1', 11, '0') and co = lpad('o1', 11, '0') and monthly = '202503' group by 1",
  q3: 'select uidlevel2, co, yearly, sum(value) from shape.analytics group by 1, 2, 3',
} as const;

export const sizeOf = async (client: pg.Client, ...names: readonly string[]): Promise<number> =>
  Number((await client.query<{ bytes: string }>('select sum(pg_total_relation_size(n::regclass))::text as bytes from unnest($1::text[]) n', [names])).rows[0]?.bytes ?? 0);
