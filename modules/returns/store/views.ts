/** What screens read: one return with its past, a unit's or a period's returns, counts. Under the reader's row security. */
import { readDoubles } from '#platform/db/binary.ts';
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { keyText, type Incident, type ReturnKey } from '../schema.ts';
import type { Words } from '../rules/content.ts';

export type Stored = {
  readonly key: ReturnKey; readonly rev: number; readonly at: string; readonly sentAt: string; readonly by: string; readonly standing: number; readonly late: boolean; readonly approved: boolean;
  readonly vals: readonly (number | null)[]; readonly noData: readonly number[]; readonly words: Words | null;
};
export type Scope = { readonly periods: readonly string[]; readonly dataSets: readonly string[]; readonly units?: readonly string[]; readonly province?: string; readonly attribute?: string };

/** Whole returns, vectors as bytes: for one unit's months, or a province's communes. */
export async function listReturns(tx: Tx, { periods, dataSets, units, province, attribute }: Scope): Promise<Stored[]> {
  const rows = await tx.arrays(sql`
    select province, org_unit, period, data_set, attribute, rev, at, sent_at, by, standing, late, approved, array_send(vals), no_data, notes from returns.packed
     where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[]) and (${units === undefined}::boolean or org_unit = any(${units ?? []}::text[]))
       and (${province === undefined}::boolean or province = ${province ?? ''}) and (${attribute === undefined}::boolean or attribute = ${attribute ?? ''}) order by org_unit, period, data_set, attribute`);
  return rows.map(([shard, unit, period, dataSet, option, rev, at, sentAt, by, standing, late, approved, vals, noData, notes]) => ({
    key: { province: String(shard), unit: String(unit), period: String(period), dataSet: String(dataSet), attribute: String(option) }, rev: Number(rev), at: String(at), sentAt: String(sentAt), by: String(by),
    standing: Number(standing), late: late === true, approved: approved === true, vals: readDoubles(vals), noData: Array.isArray(noData) ? noData.map(Number) : [],
    words: typeof notes === 'object' ? notes as Words | null : null, // our own jsonb
  }));
}
export async function findReturn(tx: Tx, key: ReturnKey): Promise<Stored | undefined> {
  const [found] = await listReturns(tx, { periods: [key.period], dataSets: [key.dataSet], units: [key.unit], province: key.province, attribute: key.attribute });
  return found;
}

const Head = shape({
  province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), rev: Type.Integer(), sentAt: Type.String(), standing: Type.Integer(), late: Type.Boolean(), approved: Type.Boolean(),
});
export type Head = Static<typeof Head>;
/** Returns without their values, but with how many slots are filled. */
const Filled = shape({ ...Head.properties, filled: Type.Integer() });
export const listFilled = (tx: Tx, unit: string, periods: readonly string[]): Promise<Static<typeof Filled>[]> => tx.rows(Filled, sql`
  select province, org_unit, period, data_set, attribute, rev, sent_at, standing, late, approved, (cardinality(vals) - cardinality(array_positions(vals, null)) + coalesce(cardinality(no_data), 0))::int as filled
    from returns.packed where org_unit = ${unit} and period = any(${periods}::text[])`);
const UnitCount = shape({ orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), late: Type.Boolean(), approved: Type.Boolean(), returned: Type.Boolean() });
export type UnitCount = Static<typeof UnitCount>;
/** Units that sent anything, each once a period and data set, whatever the attributes. */
export const countUnits = (tx: Tx, periods: readonly string[], dataSets: readonly string[], province: string | null): Promise<UnitCount[]> => tx.rows(UnitCount, sql`
  select org_unit, period, data_set, bool_or(late) as late, bool_and(approved) as approved, bool_or(standing < 0) as returned from returns.packed
   where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[]) and (${province}::text is null or province = ${province ?? ''}) group by org_unit, period, data_set`);
const Version = shape({ period: Type.String(), dataSet: Type.String(), version: Type.Number() });
export const readVersions = (tx: Tx, periods: readonly string[], dataSets: readonly string[]): Promise<Static<typeof Version>[]> => tx.rows(Version, sql`
  select period, data_set, version::float8 as version from returns.version where period = any(${periods}::text[]) and data_set = any(${dataSets}::text[])`);

const WaitingHead = shape({
  orgUnit: Type.String(), period: Type.String(), attribute: Type.String(), standing: Type.Integer(), late: Type.Boolean(), sentAt: Type.String(), waits: Type.Boolean(), open: Type.Integer(),
});
export type WaitingHead = Static<typeof WaitingHead>;
type HeadScope = { readonly dataSet: string; readonly recent: readonly string[]; readonly only: boolean; readonly from: number; readonly below: number; readonly province: string | null };
/** Returns without their values: all of the recent periods and, unless `only` those are asked, what waits for a step in any other; with their open violations. */
export const listHeads = (tx: Tx, { dataSet, recent, only, from, below, province }: HeadScope): Promise<WaitingHead[]> => tx.rows(WaitingHead, sql`
  select p.org_unit, p.period, p.attribute, p.standing, p.late, p.sent_at, p.standing >= ${from} and p.standing < ${below} as waits, coalesce(w.open, 0) as open
    from returns.packed p
    left join (select v.province, v.org_unit, v.period, v.attribute, count(*)::int as open from returns.violation v
                where v.data_set = ${dataSet} and v.state = 'open' group by v.province, v.org_unit, v.period, v.attribute) w using (province, org_unit, period, attribute)
   where p.data_set = ${dataSet} and p.period in (select v.period from returns.version v where v.data_set = ${dataSet}) and (${province}::text is null or p.province = ${province ?? ''})
     and (p.period = any(${recent}::text[]) or (not ${only}::boolean and p.standing >= ${from} and p.standing < ${below}))`);

const Standing = shape({ province: Type.String(), orgUnit: Type.String(), attribute: Type.String(), rev: Type.Integer(), standing: Type.Integer(), late: Type.Boolean(), open: Type.Integer() });
export type StandingRow = Static<typeof Standing>;
/** Every return of a period with its standing and its open violations. */
export const listStandings = (tx: Tx, { period, dataSet, province }: { readonly period: string; readonly dataSet: string; readonly province: string | null }): Promise<StandingRow[]> => tx.rows(Standing, sql`
  select p.province, p.org_unit, p.attribute, p.rev, p.standing, p.late, coalesce(w.open, 0) as open
    from returns.packed p
    left join (select v.province, v.org_unit, v.attribute, count(*)::int as open from returns.violation v
                where v.data_set = ${dataSet} and v.period = ${period} and v.state = 'open' group by v.province, v.org_unit, v.attribute) w using (province, org_unit, attribute)
   where p.data_set = ${dataSet} and p.period = ${period} and (${province}::text is null or p.province = ${province ?? ''}) order by p.province, p.org_unit, p.attribute`);

export type StoredRevision = { readonly rev: number; readonly at: string; readonly by: string; readonly kind: number; readonly changes: Buffer; readonly words: Words | null };
/** All revisions, oldest first. */
export async function listRevisions(tx: Tx, key: ReturnKey): Promise<StoredRevision[]> {
  const rows = await tx.arrays(sql`
    select rev, at, by, kind, changes, notes from returns.revision
     where province = ${key.province} and org_unit = ${key.unit} and period = ${key.period} and data_set = ${key.dataSet} and attribute = ${key.attribute} order by rev`);
  return rows.map(([rev, at, by, kind, changes, notes]) => ({
    rev: Number(rev), at: String(at), by: String(by), kind: Number(kind), changes: Buffer.isBuffer(changes) ? changes : Buffer.alloc(0), words: typeof notes === 'object' ? notes as Words | null : null, // our own jsonb
  }));
}
const Author = shape({ province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String() });
/** Of the returns of these periods those in which the account took part. */
export const listOwn = async (tx: Tx, account: string, periods: readonly string[], dataSets: readonly string[]): Promise<Set<string>> => new Set((await tx.rows(Author, sql`
  select distinct province, org_unit, period, data_set, attribute from returns.revision where by = ${account} and period = any(${periods}::text[]) and data_set = any(${dataSets}::text[])`))
  .map(({ orgUnit, ...row }) => keyText({ ...row, unit: orgUnit })));

const Periods = shape({ period: Type.String(), dataSet: Type.String() });
/** Periods with anything in them. */
export const listPlaces = (tx: Tx): Promise<Static<typeof Periods>[]> => tx.rows(Periods, sql`select period, data_set from returns.version order by period desc, data_set`);

const Slices = shape({
  slices: Type.Integer(), checked: Type.Integer(), changedSince: Type.Integer(), vectors: Type.Integer(), slots: Type.Number(), oldest: Nullable(Type.String()), newest: Nullable(Type.String()), msPerSlice: Type.Number(),
});
export const readAuditState = (tx: Tx): Promise<Static<typeof Slices>> => tx.one(Slices, sql`
  select count(*)::int as slices, count(a.period)::int as checked, count(*) filter (where a.version < v.version)::int as changed_since, coalesce(sum(a.vectors), 0)::int as vectors, coalesce(sum(a.slots), 0)::float8 as slots,
         min(a.checked_at) as oldest, max(a.checked_at) as newest, coalesce(avg(a.ms), 0)::float8 as ms_per_slice
    from returns.version v left join returns.audit_slice a on a.period = v.period and a.data_set = v.data_set and a.version >= 0`); // below: its map is noted, its turn is to come
const IncidentRow = shape({
  foundAt: Type.String(), node: Type.String(), period: Type.String(), dataSet: Type.String(), attribute: Type.String(), standing: Type.String(), differing: Type.Integer(),
  example: Nullable(shape({ slot: Type.Integer(), kept: Type.Number(), recomputed: Type.Number() })), repairedAt: Nullable(Type.String()),
});
/** How many differences are shown; how many there are is told beside them. */
const mostIncidents = 200;
const IncidentCount = shape({ total: Type.Integer(), open: Type.Integer() });
export const countIncidents = (tx: Tx): Promise<Static<typeof IncidentCount>> => tx.one(IncidentCount, sql`
  select count(*)::int as total, (count(*) filter (where repaired_at is null))::int as open from returns.incident`);
export const listIncidents = async (tx: Tx): Promise<Incident[]> => (await tx.rows(IncidentRow, sql`
  select found_at, node, period, data_set, attribute, standing, differing, example, repaired_at from returns.incident order by repaired_at is not null, found_at desc limit ${mostIncidents}`))
  .map((row) => ({ ...row, standing: row.standing === 'approved' ? 'approved' as const : 'reported' as const }));
