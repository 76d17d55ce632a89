/** Models and what was held of them; reach and fidelity are SQL aggregates. */
import { Nullable, shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Activity, Model, type Reach } from '../schema.ts';
import { seenCounts, seenOwned, type By } from './scoped.ts';

const modelColumns = sql`o.province, o.id, o.setting, o.name_vi, o.name_en, o.purpose_vi, o.purpose_en, o.components, o.months, o.state, o.office, o.version, o.demonstration`;
export const listModels = ({ tx, scope }: By) => tx.rows(Model, sql`
  select ${modelColumns} from prevention.model o where ${seenOwned(scope)} order by o.state, array_position(array['school', 'residential', 'workplace'], o.setting), o.province, o.name_vi limit 500`);
export const findModel = ({ tx, scope }: By, province: string, id: string) => tx.maybe(Model, sql`
  select ${modelColumns} from prevention.model o where o.province = ${province} and o.id = ${id} and ${seenOwned(scope)}`);
export const insertModel = (tx: Tx, one: Model, at: string) => tx.run(sql`
  insert into prevention.model (province, id, setting, name_vi, name_en, purpose_vi, purpose_en, components, months, state, office, version, demonstration, added_at)
  values (${one.province}, ${one.id}, ${one.setting}, ${one.nameVi}, ${one.nameEn}, ${one.purposeVi}, ${one.purposeEn}, ${JSON.stringify(one.components)}::jsonb, ${one.months}::int[], ${one.state}, ${one.office}, ${one.version}, ${one.demonstration}, ${at})`);
export const setRetired = (tx: Tx, province: string, id: string, version: number) =>
  tx.run(sql`update prevention.model set state = 'retired', version = version + 1 where province = ${province} and id = ${id} and version = ${version}`);

/** A school year, within a province or a commune of it when given. */
export type Within = { readonly year: string; readonly province?: string | undefined; readonly commune?: string | undefined };
const within = ({ year, province, commune }: Within) =>
  sql`a.school_year = ${year} and (${province ?? null}::text is null or a.province = ${province ?? null}) and (${commune ?? null}::text is null or a.commune = ${commune ?? null})`;
/** Months of a commune as one row: sites are the most of any month, so that a school is never counted twice. */
const byCommune = (area: Within, { scope }: By, model: string | null) => sql`
  select a.province, a.commune, a.model, sum(a.sessions)::int as sessions, sum(a.reached)::int as reached, max(a.sites)::int as sites, sum(a.sessions * cardinality(a.components))::numeric as delivered
    from prevention.activity a where ${within(area)} and (${model}::uuid is null or a.model = ${model}) and ${seenCounts(scope)} group by a.province, a.commune, a.model`;
const summed = sql`count(*) filter (where c.sessions > 0)::int as communes, coalesce(sum(c.sessions), 0)::int as sessions, coalesce(sum(c.reached), 0)::int as reached, coalesce(sum(c.sites), 0)::int as sites,
  (sum(c.delivered) / nullif(sum(c.sessions), 0))::float8 as delivered`;
const Summed = { communes: Type.Integer(), sessions: Type.Integer(), reached: Type.Integer(), sites: Type.Integer(), delivered: Nullable(Type.Number()) };

export const reachByModel = (by: By, area: Within) => by.tx.rows(shape({ model: Type.String(), ...Summed }), sql`select c.model, ${summed} from (${byCommune(area, by, null)}) c group by c.model`);
export const reachByProvince = (by: By, area: Within, model: string) => by.tx.rows(shape({ province: Type.String(), code: Type.String(), ...Summed }), sql`
  select c.province, c.province as code, ${summed} from (${byCommune(area, by, model)}) c group by c.province`);
export const reachByCommune = (by: By, area: Within, model: string) => by.tx.rows(shape({ province: Type.String(), code: Type.String(), ...Summed }), sql`
  select c.province, c.commune as code, ${summed} from (${byCommune(area, by, model)}) c group by c.province, c.commune`);
export const reachOf = (by: By, area: Within, model: string) => by.tx.one(shape(Summed), sql`select ${summed} from (${byCommune(area, by, model)}) c`);
/** Schools, groups or workplaces there are, by setting and area. */
export const basesBySetting = ({ tx, scope }: By, area: Within) => tx.rows(shape({ setting: Type.String(), sites: Type.Integer() }), sql`
  select a.setting, sum(a.sites)::int as sites from prevention.base a where ${within(area)} and ${seenCounts(scope)} group by a.setting`);
export const basesByArea = ({ tx, scope }: By, area: Within, setting: string, by: 'province' | 'commune') => tx.rows(shape({ code: Type.String(), sites: Type.Integer() }), sql`
  select case when ${by} = 'province' then a.province else a.commune end as code, sum(a.sites)::int as sites from prevention.base a where ${within(area)} and a.setting = ${setting} and ${seenCounts(scope)} group by 1`);

const Held = shape({ model: Type.String(), month: Type.String(), communes: Type.Integer(), sessions: Type.Integer(), reached: Type.Integer() });
export const heldByMonth = ({ tx, scope }: By, area: Within) => tx.rows(Held, sql`
  select a.model, a.month, count(*) filter (where a.sessions > 0)::int as communes, sum(a.sessions)::int as sessions, sum(a.reached)::int as reached
    from prevention.activity a where ${within(area)} and ${seenCounts(scope)} group by a.model, a.month`);

export const listActivities = ({ tx, scope }: By, key: { readonly province: string; readonly commune: string; readonly model: string }, year: string) => tx.rows(Activity, sql`
  select a.month, a.sites, a.sessions, a.reached, a.components, a.office, a.version from prevention.activity a
   where a.province = ${key.province} and a.commune = ${key.commune} and a.model = ${key.model} and a.school_year = ${year} and ${seenCounts(scope)} order by a.month`);
export type ActivityKey = { readonly province: string; readonly model: string; readonly commune: string; readonly month: string };
export const lockActivity = ({ tx, scope }: By, key: ActivityKey) => tx.maybe(Activity, sql`
  select a.month, a.sites, a.sessions, a.reached, a.components, a.office, a.version from prevention.activity a
   where a.province = ${key.province} and a.model = ${key.model} and a.commune = ${key.commune} and a.month = ${key.month} and ${seenCounts(scope)} for update`);
/** Writes a month, or puts it right where its version is the one known. @returns 0 when somebody wrote in between */
export const saveActivity = (tx: Tx, key: ActivityKey, one: Activity & { readonly year: string; readonly at: string }) => tx.run(sql`
  insert into prevention.activity as a (province, model, commune, month, school_year, sites, sessions, reached, components, office, version, recorded_at)
  values (${key.province}, ${key.model}, ${key.commune}, ${key.month}, ${one.year}, ${one.sites}, ${one.sessions}, ${one.reached}, ${one.components}::int[], ${one.office}, ${one.version}, ${one.at})
  on conflict (province, model, commune, month) do update set sites = excluded.sites, sessions = excluded.sessions, reached = excluded.reached, components = excluded.components, office = excluded.office, version = excluded.version,
    recorded_at = excluded.recorded_at where a.version = excluded.version - 1`);

const Base = shape({ sites: Type.Integer(), people: Type.Integer(), version: Type.Integer() });
type BaseKey = { readonly province: string; readonly commune: string; readonly year: string; readonly setting: string };
export const findBase = ({ tx, scope }: By, key: BaseKey) => tx.maybe(Base, sql`
  select a.sites, a.people, a.version from prevention.base a where a.province = ${key.province} and a.commune = ${key.commune} and a.school_year = ${key.year} and a.setting = ${key.setting} and ${seenCounts(scope)}`);
export const saveBase = (tx: Tx, key: BaseKey, one: { readonly sites: number; readonly people: number; readonly version: number }, at: string) => tx.run(sql`
  insert into prevention.base as b (province, commune, school_year, setting, sites, people, version, recorded_at) values (${key.province}, ${key.commune}, ${key.year}, ${key.setting}, ${one.sites}, ${one.people}, ${one.version}, ${at})
  on conflict (province, commune, school_year, setting) do update set sites = excluded.sites, people = excluded.people, version = excluded.version, recorded_at = excluded.recorded_at where b.version = excluded.version - 1`);

export type Counted = { readonly communes: number; readonly sessions: number; readonly reached: number; readonly sites: number; readonly delivered: number | null };
/** Reach as it is shown: fidelity is what was delivered a session over what the model consists of. */
export const reachShown = ({ delivered, ...counts }: Counted, sitesBase: number, components: number): Reach => ({ ...counts, sitesBase, fidelity: delivered === null || components === 0 ? null : Math.min(1, delivered / components) });
export const noReach: Counted = { communes: 0, sessions: 0, reached: 0, sites: 0, delivered: null };
