/** Sums over days of the book. */
import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';

const Flows = Type.Array(Type.Integer());
const Sum = shape({
  facility: Type.String(), days: Type.Integer(), voluntary: Flows, compulsory: Flows, firstEver: Type.Integer(), waitedDays: Type.Integer(), waiting: Nullable(Type.Integer()), lastDay: Nullable(Type.String()),
  voluntaryEnd: Nullable(Type.Integer()), compulsoryEnd: Nullable(Type.Integer()),
});
export type DaySum = Static<typeof Sum>;
const flowsOf = (column: 'voluntary' | 'compulsory') => {
  const d = column === 'voluntary' ? sql`d.voluntary` : sql`d.compulsory`;
  return sql`array[sum(${d}[1]), sum(${d}[2]), sum(${d}[3]), sum(${d}[4]), sum(${d}[5]), sum(${d}[6]), sum(${d}[7])]::int[]`;
};
/** Each facility's days between two days added up, and how it closed on the last of them. */
export const sumDays = (tx: Tx, province: string, from: string, to: string, facility: string | null = null): Promise<DaySum[]> => tx.rows(Sum, sql`
  select d.facility, count(*)::int as days, ${flowsOf('voluntary')} as voluntary, ${flowsOf('compulsory')} as compulsory, sum(d.first_ever)::int as first_ever, sum(d.waited_days)::int as waited_days,
         (array_agg(d.waiting order by d.day desc))[1] as waiting, max(d.day) as last_day, (array_agg(d.voluntary_end order by d.day desc))[1] as voluntary_end, (array_agg(d.compulsory_end order by d.day desc))[1] as compulsory_end
    from facilities.day d where d.province = ${province} and d.day between ${from} and ${to} and (${facility}::text is null or d.facility = ${facility}) group by d.facility`);

const Provincial = shape({ province: Type.String(), day: Type.String(), facilities: Type.Integer(), there: Type.Integer(), admitted: Type.Integer(), completed: Type.Integer(), otherwise: Type.Integer() });
/** Every province's days since one: who is there, who came over its border, who completed, who left otherwise. Moves inside a province are no movements of it. */
export const sumProvinces = (tx: Tx, from: string): Promise<Static<typeof Provincial>[]> => tx.rows(Provincial, sql`
  select d.province, d.day, count(*)::int as facilities, sum(d.voluntary_end + d.compulsory_end)::int as there,
         sum(d.voluntary[1] + d.voluntary[2] + d.compulsory[1] + d.compulsory[2] - d.voluntary[4] - d.compulsory[4])::int as admitted, sum(d.voluntary[3] + d.compulsory[3])::int as completed,
         sum(d.voluntary[5] + d.voluntary[6] + d.voluntary[7] + d.compulsory[5] + d.compulsory[6] + d.compulsory[7])::int as otherwise
    from facilities.day d where d.day >= ${from} group by d.province, d.day order by d.province, d.day`);

const Span = shape({ code: Type.String(), days: Type.Integer() });
/** Facilities of a province and how many days of their books should lie between two days. */
export const expectedDays = (tx: Tx, province: string, from: string, to: string): Promise<Static<typeof Span>[]> => tx.rows(Span, sql`
  select code, (least(${to}::date, coalesce(closed_on, ${to}::date)) - greatest(${from}::date, opened_on) + 1)::int as days from facilities.facility
   where province = ${province} and opened_on <= ${to}::date and coalesce(closed_on, ${to}::date) >= ${from}::date`);

const Rest = shape({
  places: Type.Integer(), staff: Type.Integer(), healthStaff: Type.Integer(), staffed: Type.Integer(), inTraining: Type.Integer(), illnessCare: Type.Integer(), complaints: Type.Integer(), due: Type.Integer(), dueOnTime: Type.Integer(),
  deathsReviewed: Type.Integer(), outsideInspections: Type.Integer(),
});
/** What a month's return asks besides the book, over a province: places and staff on the last day, courses going on then, matters and inspections of the days. */
export const sumRest = (tx: Tx, province: string, from: string, to: string): Promise<Static<typeof Rest>> => tx.one(Rest, sql`
  with open_ones as (select f.province, f.code from facilities.facility f where f.province = ${province} and f.opened_on <= ${to}::date and coalesce(f.closed_on, ${to}::date) >= ${to}::date)
  select coalesce((select sum(p.places) from open_ones f join lateral (select v.places from facilities.profile v where v.province = f.province and v.facility = f.code and v.valid_from <= ${to}::date order by v.valid_from desc limit 1) p on true), 0)::int as places,
         coalesce(sum(s.staff), 0)::int as staff, coalesce(sum(s.health_staff), 0)::int as health_staff, count(s.staff)::int as staffed,
         coalesce((select sum(a.people) from facilities.activity a where a.province = ${province} and a.kind = 'vocational' and a.from_day <= ${to}::date and coalesce(a.to_day, ${to}::date) >= ${to}::date), 0)::int as in_training,
         coalesce((select sum(a.people) from facilities.activity a where a.province = ${province} and a.kind = 'illness-care' and a.from_day between ${from} and ${to}), 0)::int as illness_care,
         (select count(*) from facilities.matter m where m.province = ${province} and m.kind = 'complaint' and m.on_day between ${from} and ${to})::int as complaints,
         (select count(*) from facilities.matter m where m.province = ${province} and m.kind = 'complaint' and m.due_on between ${from} and ${to})::int as due,
         (select count(*) from facilities.matter m where m.province = ${province} and m.kind = 'complaint' and m.due_on between ${from} and ${to} and m.answered_on <= m.due_on)::int as due_on_time,
         (select count(*) from facilities.matter m where m.province = ${province} and m.category = 'death' and m.reviewed_outside and m.closed_on between ${from} and ${to})::int as deaths_reviewed,
         (select count(*) from facilities.inspection i where i.province = ${province} and i.external and i.on_day between ${from} and ${to})::int as outside_inspections
    from open_ones f left join lateral (select t.staff, t.health_staff from facilities.staffing t where t.province = f.province and t.facility = f.code and t.day <= ${to}::date order by t.day desc limit 1) s on true`);
