import { Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Counts, Place, Visit, type PlaceKind } from '../schema.ts';
import { seenPlaces, type By } from './scoped.ts';

const { plannedOfficeName: _name, ...stored } = Place.properties;
const PlaceStored = shape(stored);
export type PlaceStored = Static<typeof PlaceStored>;
const placeColumns = sql`p.province as shard, p.id, p.campaign, p.commune, p.kind, p.number, p.name, p.size, p.size_reached, p.planned_on, p.planned_office, p.state, p.reached_on, p.last_on, p.visits, p.version`;

/** Places of a commune: what is still due first, the earliest plan at the top. */
export const listPlaces = ({ tx, scope }: By, campaign: string, province: string, commune: string) => tx.rows(PlaceStored, sql`
  select ${placeColumns} from coverage.place p where p.province = ${province} and p.campaign = ${campaign} and p.commune = ${commune} and ${seenPlaces(scope)}
   order by array_position(array['due', 'reached', 'not-applicable'], p.state), p.planned_on nulls last, p.kind desc, p.number limit 2000`);
export const findPlace = ({ tx, scope }: By, province: string, id: string) => tx.maybe(PlaceStored, sql`
  select ${placeColumns} from coverage.place p where p.province = ${province} and p.id = ${id} and ${seenPlaces(scope)}`);
export const lockPlace = ({ tx, scope }: By, province: string, id: string) => tx.maybe(PlaceStored, sql`
  select ${placeColumns} from coverage.place p where p.province = ${province} and p.id = ${id} and ${seenPlaces(scope)} for update`);
export const countPlaces = async ({ tx, scope }: By, campaign: string, province: string, commune: string): Promise<number> => (await tx.one(shape({ places: Type.Integer() }), sql`
  select count(*)::int as places from coverage.place p where p.province = ${province} and p.campaign = ${campaign} and p.commune = ${commune} and ${seenPlaces(scope)}`)).places;

export type PlaceNew = { readonly id: string; readonly kind: PlaceKind; readonly number: number; readonly name: string; readonly size: number; readonly plannedOn: string | null; readonly plannedOffice: string | null };
type In = { readonly province: string; readonly campaign: string; readonly commune: string };
export const insertPlaces = (tx: Tx, { province, campaign, commune }: In, places: readonly PlaceNew[]) => tx.run(sql`
  insert into coverage.place (province, id, campaign, commune, kind, number, name, size, planned_on, planned_office)
  select ${province}, n.id, ${campaign}, ${commune}, n.kind, n.number, n.name, n.size, n.planned_on, n.planned_office
    from jsonb_to_recordset(${JSON.stringify(places.map(({ plannedOn: planned_on, plannedOffice: planned_office, ...rest }) => ({ ...rest, planned_on, planned_office })))}::jsonb)
      as n(id uuid, kind text, number int, name text, size int, planned_on date, planned_office text)`);
/** Numbers and names that a commune's division already has. */
export const listTaken = (tx: Tx, { province, campaign, commune }: In) => tx.rows(shape({ kind: Type.String(), number: Type.Integer(), name: Type.String() }), sql`
  select kind, number, name from coverage.place where province = ${province} and campaign = ${campaign} and commune = ${commune}`);
export const listDivisionOf = (tx: Tx, { province, campaign, commune }: In) => tx.rows(shape({ kind: Place.properties.kind, number: Type.Integer(), name: Type.String(), size: Type.Integer() }), sql`
  select kind, number, name, size from coverage.place where province = ${province} and campaign = ${campaign} and commune = ${commune} and state <> 'not-applicable' order by kind, number limit 2000`);

type Plan = { readonly size: number; readonly plannedOn: string | null; readonly plannedOffice: string | null };
export const savePlan = (tx: Tx, province: string, id: string, plan: Plan) => tx.run(sql`
  update coverage.place set size = ${plan.size}, planned_on = ${plan.plannedOn}, planned_office = ${plan.plannedOffice}, version = version + 1 where province = ${province} and id = ${id}`);
export const deletePlace = (tx: Tx, province: string, id: string) => tx.run(sql`
  delete from coverage.place p where p.province = ${province} and p.id = ${id} and not exists (select 1 from coverage.visit v where v.province = ${province} and v.place = ${id})`);

export type VisitNew = Pick<Visit, 'id' | 'visitedOn' | 'outcome' | 'sizeReached' | 'office' | 'post' | 'recordedAt'> & { readonly offered: readonly number[]; readonly accepted: readonly number[] };
export const insertVisit = (tx: Tx, place: PlaceStored, visit: VisitNew) => tx.run(sql`
  insert into coverage.visit (province, id, place, commune, visited_on, outcome, size_reached, offered, accepted, office, post, recorded_at)
  values (${place.shard}, ${visit.id}, ${place.id}, ${place.commune}, ${visit.visitedOn}, ${visit.outcome}, ${visit.sizeReached}, ${visit.offered}::int[], ${visit.accepted}::int[], ${visit.office}, ${visit.post}, ${visit.recordedAt})`);
export const setWithdrawn = (tx: Tx, province: string, id: string, reason: string) =>
  tx.run(sql`update coverage.visit set withdrawn = ${reason} where province = ${province} and id = ${id} and withdrawn is null`);

/**
 * Writes onto a place what its valid visits amount to: the last outcome decides the state (a shut place stays as it was), several visits
 * together reach at most its size.
 */
export const recountPlace = (tx: Tx, province: string, id: string) => tx.run(sql`
  update coverage.place p
     set state = v.state, reached_on = v.reached_on, last_on = v.last_on, size_reached = least(p.size, v.size_reached), visits = v.visits, offered = v.offered, accepted = v.accepted, version = p.version + 1
    from (
      select coalesce((array_agg(case outcome when 'reached' then 'reached' else 'not-applicable' end order by visited_on desc, recorded_at desc) filter (where outcome <> 'closed'))[1], 'due') as state,
             min(visited_on) filter (where outcome = 'reached') as reached_on, max(visited_on) as last_on, coalesce(sum(size_reached), 0)::int as size_reached, count(*)::int as visits,
             array[coalesce(sum(offered[1]), 0), coalesce(sum(offered[2]), 0), coalesce(sum(offered[3]), 0), coalesce(sum(offered[4]), 0)]::int[] as offered,
             array[coalesce(sum(accepted[1]), 0), coalesce(sum(accepted[2]), 0), coalesce(sum(accepted[3]), 0), coalesce(sum(accepted[4]), 0)]::int[] as accepted
        from coverage.visit where province = ${province} and place = ${id} and withdrawn is null) v
   where p.province = ${province} and p.id = ${id}`);

const VisitStored = shape({
  id: Type.String(), visitedOn: Type.String(), outcome: Visit.properties.outcome, sizeReached: Type.Integer(), offered: Counts, accepted: Counts, office: Type.String(), post: Type.String(), recordedAt: Type.String(),
  withdrawn: Nullable(Type.Union([Type.Literal('wrong-place'), Type.Literal('wrong-count'), Type.Literal('twice')])),
});
export const listVisits = ({ tx, scope }: By, province: string, place: string) => tx.rows(VisitStored, sql`
  select p.id, p.visited_on, p.outcome, p.size_reached, p.offered, p.accepted, p.office, p.post, p.recorded_at, p.withdrawn
    from coverage.visit p where p.province = ${province} and p.place = ${place} and ${seenPlaces(scope)} order by p.visited_on desc, p.recorded_at desc limit 500`);
