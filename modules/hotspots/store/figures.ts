/** Figures over times through the life of places. */
import type { PlainDate } from '#kernel/day.ts';
import { Day, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { ended, onList } from '../rules/life.ts';
import { Kind, State, type Kind as KindName } from '../schema.ts';
import { seesCycle, seesPlace, type By } from './visible.ts';

export type Where = { readonly province?: string | undefined; readonly commune?: string | undefined; readonly kind: KindName };
const inPlaces = ({ scope }: By, { province, commune }: Omit<Where, 'kind'>) => sql`${seesPlace(scope)} and (${province ?? null}::text is null or p.province = ${province ?? null}) and (${commune ?? null}::text is null or p.commune = ${commune ?? null})`;
const inCycles = ({ scope }: By, { province, commune, kind }: Where) => sql`${seesCycle(scope)} and c.kind = ${kind} and (${province ?? null}::text is null or c.province = ${province ?? null}) and (${commune ?? null}::text is null or c.commune = ${commune ?? null})`;

const OfState = shape({ kind: Kind, state: State, places: Type.Integer(), overdue: Type.Integer() });
export const statesByKind = (by: By, where: Where, today: PlainDate) => by.tx.rows(OfState, sql`
  select p.kind, p.state, count(*)::int as places, count(*) filter (where p.due_on < ${today} and p.state <> all(${ended}::text[]))::int as overdue from hotspots.place p where ${inPlaces(by, where)} group by 1, 2`);
export const onListStates = onList;

/** On the list on a day: listed, and not yet removed. */
const listedOn = (day: PlainDate) => sql`(c.listed_on <= ${day} and (c.removed_on is null or c.removed_on > ${day}))`;

const Sums = shape({ listed: Type.Integer(), resolved: Type.Integer(), removed: Type.Integer(), recurred: Type.Integer(), left: Type.Integer(), leftBefore: Type.Integer(), seen180: Type.Integer(), clean180: Type.Integer(), verified: Type.Integer(), medianDays: Nullable(Type.Integer()) });
export const sumsOf = (by: By, where: Where, days: { readonly today: PlainDate; readonly before: PlainDate; readonly halfYearAgo: PlainDate }) => by.tx.one(Sums, sql`
  select count(c.listed_on)::int as listed, count(c.resolved_on)::int as resolved, count(c.removed_on)::int as removed, count(c.recurred_on)::int as recurred, count(*) filter (where ${listedOn(days.today)})::int as "left",
         count(*) filter (where ${listedOn(days.before)})::int as left_before, count(*) filter (where c.removed_on <= ${days.halfYearAgo})::int as seen180,
         count(*) filter (where c.removed_on <= ${days.halfYearAgo} and (c.recurred_on is null or c.recurred_on - c.removed_on > 180))::int as clean180,
         count(*) filter (where c.resolved_on is not null)::int as verified,
         (percentile_disc(0.5) within group (order by c.resolved_on - coalesce(c.verified_on, c.listed_on, c.opened_on)) filter (where c.resolved_on is not null))::int as median_days
    from hotspots.cycle c where ${inCycles(by, where)}`);

const SpellCount = shape({ days: Type.Integer(), recurred: Type.Boolean(), times: Type.Integer() });
/** Removals by the days they have been seen and how that ended. */
export const spellsOf = (by: By, where: Where, today: PlainDate) => by.tx.rows(SpellCount, sql`
  select coalesce(c.recurred_on, ${today}::date) - c.removed_on as days, c.recurred_on is not null as recurred, count(*)::int as times
    from hotspots.cycle c where ${inCycles(by, where)} and c.removed_on <= ${today} group by 1, 2`);

const Stay = shape({ state: State, ended: Type.Integer(), medianDays: Nullable(Type.Integer()), quarterDays: Nullable(Type.Integer()), threeQuarterDays: Nullable(Type.Integer()) });
/** Stays that have ended, in each state, by the days on which they began and ended. */
export const staysOf = (by: By, where: Where) => by.tx.rows(Stay, sql`
  select s.state, count(*)::int as ended, (percentile_disc(0.5) within group (order by s.until - s.since))::int as median_days, (percentile_disc(0.25) within group (order by s.until - s.since))::int as quarter_days,
         (percentile_disc(0.75) within group (order by s.until - s.since))::int as three_quarter_days
    from hotspots.cycle c cross join lateral (values
      ('reported', case when c.cycle = 1 then c.opened_on end, coalesce(c.verified_on, c.dismissed_on)), ('verified', c.verified_on, coalesce(c.listed_on, c.dismissed_on)), ('listed', case when c.cycle = 1 then c.listed_on end, c.started_on),
      ('recurred', case when c.cycle > 1 then c.opened_on end, c.started_on), ('resolving', c.started_on, c.resolved_on), ('resolved', c.resolved_on, c.removed_on), ('removed', c.removed_on, coalesce(c.watched_on, c.recurred_on)),
      ('watched', c.watched_on, coalesce(c.closed_on, c.recurred_on))) as s(state, since, until)
   where ${inCycles(by, where)} and s.since is not null and s.until >= s.since group by s.state`);

const Checks = shape({ onTime: Type.Integer(), made: Type.Integer(), missing: Type.Integer() });
export const checksMade = (by: By, where: Where, today: PlainDate) => by.tx.one(Checks, sql`
  select count(*) filter (where not m.late)::int as on_time, count(m.*)::int as made,
         (select count(*)::int from hotspots.place p where ${inPlaces(by, where)} and p.kind = ${where.kind} and p.next_check is not null and p.due_on < ${today}) as missing
    from hotspots.cycle c join hotspots.check_made m on m.province = c.province and m.place = c.place and m.cycle = c.cycle where ${inCycles(by, where)} and m.day > 0`);

const OfDay = shape({ day: Day, listed: Type.Integer(), removed: Type.Integer(), recurred: Type.Integer(), change: Type.Integer() });
/** What happened on each day on which anything did; `change` is by how much the number on the list rose. `listed` leaves recurrences out. */
export const daysOfPlaces = (by: By, where: Where) => by.tx.rows(OfDay, sql`
  select d.day, count(*) filter (where d.what = 'listed' and c.cycle = 1)::int as listed, count(*) filter (where d.what = 'removed')::int as removed, count(*) filter (where d.what = 'recurred')::int as recurred,
         (count(*) filter (where d.what = 'listed') - count(*) filter (where d.what = 'removed'))::int as change
    from hotspots.cycle c cross join lateral (values ('listed', c.listed_on), ('removed', c.removed_on), ('recurred', c.recurred_on)) as d(what, day) where ${inCycles(by, where)} and d.day is not null group by d.day order by d.day`);

const Linked = shape({ cases: Type.Number(), countSuspects: Type.Number(), milligrams: Type.Number(), documents: Type.Integer() });
export const linkedSums = (by: By, where: Where) => by.tx.one(Linked, sql`
  select coalesce(sum(l.cases), 0)::bigint as cases, coalesce(sum(l.count_suspects), 0)::bigint as count_suspects, count(*)::int as documents,
         coalesce(sum((select sum((s ->> 'milligrams')::bigint) from jsonb_array_elements(l.seizures) s)), 0)::bigint as milligrams
    from hotspots.linked_count l join hotspots.place p on p.province = l.province and p.id = l.place where l.withdrawn_at is null and p.kind = ${where.kind} and ${inPlaces(by, where)}`);

const OfProvince = shape({ province: Type.String(), listed: Type.Integer(), removed: Type.Integer(), left: Type.Integer(), recurred: Type.Integer() });
/** Points of each province over some days, for publication; `listed` counts recurrences too. */
export const provincesOver = (tx: Tx, { first, last }: { readonly first: PlainDate; readonly last: PlainDate }) => tx.rows(OfProvince, sql`
  select c.province, count(*) filter (where c.listed_on between ${first} and ${last})::int as listed, count(*) filter (where c.removed_on between ${first} and ${last})::int as removed,
         count(*) filter (where ${listedOn(last)})::int as "left", count(*) filter (where c.recurred_on between ${first} and ${last})::int as recurred
    from hotspots.cycle c where c.kind = 'point' group by c.province order by c.province`);

const OfCommune = shape({ province: Type.String(), commune: Type.String(), left: Type.Integer(), hotspots: Type.Integer(), riskPoints: Type.Integer(), watched: Type.Integer() });
export type CommuneCounts = Static<typeof OfCommune>;
/** On the list on a day, by commune and kind; `watched`: removed points in their first 180 days. Communes without any are left out. */
export const communesOn = (tx: Tx, province: string | null, day: PlainDate) => tx.rows(OfCommune, sql`
  select c.province, c.commune, count(*) filter (where c.kind = 'point' and ${listedOn(day)})::int as "left", count(*) filter (where c.kind = 'hotspot' and ${listedOn(day)})::int as hotspots,
         count(*) filter (where c.kind = 'risk-point' and ${listedOn(day)})::int as risk_points,
         count(*) filter (where c.kind = 'point' and c.removed_on <= ${day} and ${day}::date - c.removed_on <= 180 and (c.recurred_on is null or c.recurred_on > ${day}))::int as watched
    from hotspots_pub.cycle c where (${province}::text is null or c.province = ${province}) and c.listed_on <= ${day} group by 1, 2 order by 1, 2`);
const Flow = shape({ province: Type.String(), commune: Type.String(), found: Type.Integer(), removed: Type.Integer(), recurred: Type.Integer() });
/** Points put on the list, removed and recurred over days, both included, by commune. `found` counts a recurrence too, as the return does. */
export const flowsOver = (tx: Tx, province: string | null, from: PlainDate, to: PlainDate) => tx.rows(Flow, sql`
  select c.province, c.commune, count(*) filter (where c.listed_on between ${from} and ${to})::int as found, count(*) filter (where c.removed_on between ${from} and ${to})::int as removed,
         count(*) filter (where c.recurred_on between ${from} and ${to})::int as recurred
    from hotspots_pub.cycle c where c.kind = 'point' and (${province}::text is null or c.province = ${province}) and (c.listed_on between ${from} and ${to} or c.removed_on between ${from} and ${to} or c.recurred_on between ${from} and ${to})
   group by 1, 2 order by 1, 2`);
const OfPoint = shape({ place: Type.String(), code: Type.String(), state: State, listedOn: Nullable(Day), removedOn: Nullable(Day), cycle: Type.Integer() });
/** Points of a commune: those on the list on a day, and those removed in the 180 days before. */
export const pointsOn = (tx: Tx, province: string, commune: string, day: PlainDate) => tx.rows(OfPoint, sql`
  select p.id as place, p.code, p.state, c.listed_on, c.removed_on, c.cycle from hotspots.cycle c join hotspots.place p on p.province = c.province and p.id = c.place
   where c.province = ${province} and c.commune = ${commune} and c.kind = 'point' and c.listed_on <= ${day} and (c.recurred_on is null or c.recurred_on > ${day})
     and (c.removed_on is null or c.removed_on > ${day} or ${day}::date - c.removed_on <= 180) order by p.code`);
const OfVersion = shape({ province: Type.String(), version: Type.Number() });
export const versionsOf = (tx: Tx) => tx.rows(OfVersion, sql`select province, version from hotspots_pub.version order by province`);
const Touched = shape({ province: Type.String(), commune: Type.String() });
export const communesChangedSince = (tx: Tx, province: string, version: number) => tx.rows(Touched, sql`select distinct province, commune from hotspots.place where province = ${province} and change > ${version} order by commune`);
const OfReturn = shape({ places: Type.Integer(), left: Type.Integer(), found: Type.Integer(), removed: Type.Integer(), watched: Type.Integer(), recurred: Type.Integer() });
/** What the monthly return of a commune asks of points, as the register has it; `places`: times through that the register knows at all. */
export const returnFigures = (tx: Tx, { province, commune, also = [], first, last }: { readonly province: string; readonly commune: string; readonly also?: readonly string[]; readonly first: PlainDate; readonly last: PlainDate }) => tx.one(OfReturn, sql`
  select count(*)::int as places, count(*) filter (where ${listedOn(last)})::int as "left", count(*) filter (where c.listed_on between ${first} and ${last})::int as found, count(*) filter (where c.removed_on between ${first} and ${last})::int as removed,
         count(*) filter (where c.removed_on <= ${last} and ${last}::date - c.removed_on <= 180 and (c.recurred_on is null or c.recurred_on > ${last}))::int as watched,
         count(*) filter (where c.recurred_on between ${first} and ${last})::int as recurred
    from hotspots_pub.cycle c where c.kind = 'point' and c.province = ${province} and c.commune = any(${[commune, ...also]}::text[])`);
