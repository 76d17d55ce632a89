/** Board, list, map: counts and rows at commune precision. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql, type Sql } from '#platform/db/sql.ts';
import { columnStates, ended, onList, openStates, watchStates } from '../rules/life.ts';
import { boardColumns, type BoardColumn, type Narrowing, type State, Tallies } from '../schema.ts';
import { placeColumns, PlaceStored } from './places.ts';
import { seesPlace, type By } from './visible.ts';

export type Asked = Narrowing & { readonly state?: State | undefined; readonly column?: BoardColumn | undefined; readonly code?: string | undefined };

const overdue = (today: PlainDate): Sql => sql`(p.due_on < ${today} and p.state <> all(${ended}::text[]))`;
const checkThisWeek = (today: PlainDate): Sql => sql`(p.next_check is not null and p.due_on <= ${addDays(today, 7)} and p.state = any(${watchStates}::text[]))`;

function only(by: By, what: Narrowing['only'], today: PlainDate): Sql {
  switch (what) {
    case undefined: return sql`true`;
    case 'overdue': return overdue(today);
    case 'mine': return sql`(p.office = any(${by.scope.offices}::text[]) and p.state <> all(${ended}::text[]))`;
    case 'check-this-week': return checkThisWeek(today);
    case 'open': return sql`p.state = any(${openStates}::text[])`;
    case 'recurred': return sql`p.state = 'recurred'`;
  }
}

/** Where, which kind, which setting: everything but the chip. */
const within = ({ scope }: By, asked: Asked): Sql => sql`${seesPlace(scope)} and (${asked.province ?? null}::text is null or p.province = ${asked.province ?? null}) and (${asked.commune ?? null}::text is null or p.commune = ${asked.commune ?? null})
  and (${asked.kind ?? null}::text is null or p.kind = ${asked.kind ?? null}) and (${asked.setting ?? null}::text is null or p.setting = ${asked.setting ?? null})`;

const statesAsked = ({ state, column }: Asked): readonly State[] | null => state !== undefined ? [state] : column !== undefined ? columnStates[column] : null;
const matching = (by: By, asked: Asked, today: PlainDate): Sql => sql`${within(by, asked)} and ${only(by, asked.only, today)} and (${statesAsked(asked)}::text[] is null or p.state = any(${statesAsked(asked)}::text[]))
  and (${asked.code ?? null}::text is null or p.code ilike '%' || ${asked.code ?? null})`;

export const tallies = (by: By, asked: Asked, today: PlainDate) => by.tx.one(Tallies, sql`
  select count(*) filter (where p.state <> all(${ended}::text[]))::int as in_life, count(*) filter (where p.state = any(${openStates}::text[]))::int as open, count(*) filter (where ${overdue(today)})::int as overdue,
         count(*) filter (where ${only(by, 'mine', today)})::int as mine, count(*) filter (where ${checkThisWeek(today)})::int as check_this_week, count(*) filter (where p.state = 'recurred')::int as recurred,
         count(*) filter (where p.state = 'closed')::int as closed, count(*) filter (where p.state = 'dismissed')::int as dismissed
    from hotspots.place p where ${within(by, asked)}`);

const Total = shape({ total: Type.Integer() });
const orders = {
  urgency: sql`p.due_on asc nulls last, p.code`, code: sql`p.code`, found: sql`p.found_on desc, p.code`, updated: sql`p.updated_at desc, p.code`, commune: sql`p.province, p.commune, p.code`,
} as const satisfies Record<string, Sql>;
export type Sort = keyof typeof orders;
export const listRows = (by: By, asked: Asked, today: PlainDate, page: { readonly sort: Sort; readonly limit: number; readonly offset: number }) => by.tx.rows(PlaceStored, sql`
  select ${placeColumns} from hotspots.place p where ${matching(by, asked, today)} order by ${orders[page.sort]} limit ${page.limit} offset ${page.offset}`);
export const countRows = async (by: By, asked: Asked, today: PlainDate): Promise<number> => (await by.tx.one(Total, sql`select count(*)::int as total from hotspots.place p where ${matching(by, asked, today)}`)).total;

const columnOf = sql`case ${boardColumns.reduce<Sql>((cases, column) => sql`${cases} when p.state = any(${columnStates[column]}::text[]) then ${column}`, sql``)} end`;
const BoardStored = shape({ ...PlaceStored.properties, column: Type.String(), total: Type.Integer(), late: Type.Integer() });
/** The most urgent places of each column, with the column's counts beside each. */
export const boardRows = (by: By, asked: Asked, today: PlainDate, cards: number) => by.tx.rows(BoardStored, sql`
  with seen as (select p.*, ${columnOf} as "column" from hotspots.place p where ${matching(by, asked, today)} and p.state <> all(${ended}::text[])),
       p as (select seen.*, row_number() over urgent as place_in_column, count(*) over (partition by "column")::int as total, (count(*) filter (where due_on < ${today}) over (partition by "column"))::int as late
               from seen window urgent as (partition by "column" order by due_on asc nulls last, code))
  select ${placeColumns}, p."column", p.total, p.late from p where p.place_in_column <= ${cards} order by p."column", p.place_in_column`);

const AreaStored = shape({
  province: Type.String(), commune: Nullable(Type.String()), left: Type.Integer(), hotspots: Type.Integer(), riskPoints: Type.Integer(), overdue: Type.Integer(), watched: Type.Integer(), recurred: Type.Integer(), inLife: Type.Integer(),
});
export type AreaStored = Static<typeof AreaStored>;
export const mapAreas = (by: By, asked: Asked, today: PlainDate, level: 'province' | 'commune') => by.tx.rows(AreaStored, sql`
  select p.province, case when ${level === 'commune'} then p.commune end as commune, count(*) filter (where p.kind = 'point' and p.state = any(${onList}::text[]))::int as "left",
         count(*) filter (where p.kind = 'hotspot' and p.state = any(${onList}::text[]))::int as hotspots, count(*) filter (where p.kind = 'risk-point' and p.state = any(${onList}::text[]))::int as risk_points,
         count(*) filter (where ${overdue(today)})::int as overdue, count(*) filter (where p.state = any(${watchStates}::text[]))::int as watched, count(*) filter (where p.state = 'recurred')::int as recurred, count(*)::int as in_life
    from hotspots.place p where ${within(by, asked)} and p.state <> all(${ended}::text[]) group by 1, 2 order by 1, 2`);

/** Places removed and watched whose next check is late or comes within some days. */
export const dueChecks = (by: By, asked: Asked, until: PlainDate, limit: number) => by.tx.rows(PlaceStored, sql`
  select ${placeColumns} from hotspots.place p where ${within(by, asked)} and p.state = any(${watchStates}::text[]) and p.next_check is not null and p.due_on <= ${until} order by p.due_on, p.code limit ${limit}`);
export const countDueChecks = async (by: By, asked: Asked, until: PlainDate): Promise<number> => (await by.tx.one(Total, sql`
  select count(*)::int as total from hotspots.place p where ${within(by, asked)} and p.state = any(${watchStates}::text[]) and p.next_check is not null and p.due_on <= ${until}`)).total;

/** Sum of the versions of the provinces a reader sees: it rises with every change there. */
export const versionSeen = async ({ tx, scope }: By): Promise<number> => (await tx.one(shape({ version: Type.Number() }), sql`
  select coalesce(sum(version), 0)::bigint as version from hotspots.version
   where ${scope.all} or province = any(${[...new Set([...scope.provinces, ...scope.communes.map((one) => one.slice(0, one.indexOf('/')))])]}::text[])`)).version;
