/** Places and their times through: read, locked, saved. */
import { Day, List, Moment, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/tx.ts';
import { Activity, Basis, DismissalReason, Kind, Measure, Setting, Source, State } from '../schema.ts';
import { seesPlace, type By } from './visible.ts';

export const PlaceStored = shape({
  province: Type.String(), id: Type.String(), commune: Type.String(), code: Type.String(), kind: Kind, setting: Setting, source: Source, basis: Basis, activities: List(Activity), state: State, version: Type.Integer(), cycle: Type.Integer(),
  foundOn: Day, since: Day, dueOn: Nullable(Day), nextCheck: Nullable(Type.Integer()), signs: Type.Boolean(), office: Type.String(), measures: List(Measure), dismissal: Nullable(DismissalReason), duplicateOf: Nullable(Type.String()),
  entryCount: Type.Integer(), recurrences: Type.Integer(), recurredAfter: Nullable(Type.Integer()), exactRecorded: Type.Boolean(), updatedAt: Moment,
});
export type PlaceStored = Static<typeof PlaceStored>;
export const placeColumns = sql`p.province, p.id, p.commune, p.code, p.kind, p.setting, p.source, p.basis, p.activities, p.state, p.version, p.cycle, p.found_on, p.since, p.due_on, p.next_check, p.signs, p.office, p.measures, p.dismissal,
  p.duplicate_of, p.entry_count, p.recurrences, p.recurred_after, p.exact_recorded, p.updated_at`;

export const findPlace = ({ tx, scope }: By, province: string, id: string) => tx.maybe(PlaceStored, sql`select ${placeColumns} from hotspots.place p where p.province = ${province} and p.id = ${id} and ${seesPlace(scope)}`);
export const lockPlace = ({ tx, scope }: By, province: string, id: string) => tx.maybe(PlaceStored, sql`select ${placeColumns} from hotspots.place p where p.province = ${province} and p.id = ${id} and ${seesPlace(scope)} for update`);
export const findPlaceByCode = ({ tx, scope }: By, province: string, code: string) => tx.maybe(PlaceStored, sql`select ${placeColumns} from hotspots.place p where p.province = ${province} and p.code = ${code} and ${seesPlace(scope)}`);

/** A place that looks the same was reported in the commune for the same day: an import that is sent again, two people at one desk. */
export const findTwin = ({ tx, scope }: By, at: Pick<PlaceStored, 'province' | 'commune' | 'kind' | 'setting' | 'foundOn'>) => tx.maybe(shape({ code: Type.String() }), sql`
  select p.code from hotspots.place p where p.province = ${at.province} and p.commune = ${at.commune} and p.kind = ${at.kind} and p.setting = ${at.setting} and p.found_on = ${at.foundOn} and ${seesPlace(scope)} order by p.code limit 1`);

export const CycleStored = shape({
  cycle: Type.Integer(), openedOn: Day, verifiedOn: Nullable(Day), listedOn: Nullable(Day), startedOn: Nullable(Day), resolvedOn: Nullable(Day), removedOn: Nullable(Day), watchedOn: Nullable(Day), closedOn: Nullable(Day), recurredOn: Nullable(Day),
  dismissedOn: Nullable(Day), reporters: List(Type.String()), resolvers: List(Type.String()),
});
export type CycleStored = Static<typeof CycleStored>;
export const listCycles = (tx: Tx, province: string, place: string) => tx.rows(CycleStored, sql`
  select cycle, opened_on, verified_on, listed_on, started_on, resolved_on, removed_on, watched_on, closed_on, recurred_on, dismissed_on, reporters, resolvers from hotspots.cycle where province = ${province} and place = ${place} order by cycle`);

/** The next version of a province; writers of a province wait here for one another, in the order of their commits. */
export const raiseVersion = async (tx: Tx, province: string): Promise<number> => (await tx.one(shape({ version: Type.Number() }), sql`
  insert into hotspots.version as v (province, version) values (${province}, 1) on conflict (province) do update set version = v.version + 1 returning version`)).version;

/** The next running numbers of a province and year, `count` of them; the first is given back. */
export const takeNumbers = async (tx: Tx, province: string, year: number, count: number): Promise<number> => (await tx.one(shape({ last: Type.Integer() }), sql`
  insert into hotspots.counter as c (province, year, last) values (${province}, ${year}, ${count}) on conflict (province, year) do update set last = c.last + ${count} returning last`)).last - count + 1;

export type PlaceNew = PlaceStored & { readonly change: number };
export const insertPlace = (tx: Tx, p: PlaceNew) => tx.run(sql`
  insert into hotspots.place (province, id, commune, code, kind, setting, source, basis, activities, state, version, cycle, found_on, since, due_on, office, entry_count, exact_recorded, change, created_at, updated_at)
  values (${p.province}, ${p.id}, ${p.commune}, ${p.code}, ${p.kind}, ${p.setting}, ${p.source}, ${p.basis}, ${p.activities}::text[], ${p.state}, ${p.version}, ${p.cycle}, ${p.foundOn}, ${p.since}, ${p.dueOn}, ${p.office}, ${p.entryCount},
    ${p.exactRecorded}, ${p.change}, ${p.updatedAt}, ${p.updatedAt})`);

export const savePlace = (tx: Tx, p: PlaceNew) => tx.run(sql`
  update hotspots.place set kind = ${p.kind}, setting = ${p.setting}, basis = ${p.basis}, activities = ${p.activities}::text[], state = ${p.state}, version = ${p.version}, cycle = ${p.cycle}, since = ${p.since}, due_on = ${p.dueOn},
    next_check = ${p.nextCheck}, signs = ${p.signs}, measures = ${p.measures}::text[], dismissal = ${p.dismissal}, duplicate_of = ${p.duplicateOf}, entry_count = ${p.entryCount}, recurrences = ${p.recurrences},
    recurred_after = ${p.recurredAfter}, exact_recorded = ${p.exactRecorded}, change = ${p.change}, updated_at = ${p.updatedAt}
   where province = ${p.province} and id = ${p.id}`);

export type CycleKey = { readonly province: string; readonly place: string; readonly commune: string; readonly kind: string };
/** A time through as it stands now; made when it is new. */
export const saveCycle = (tx: Tx, { province, place, commune, kind }: CycleKey, c: CycleStored) => tx.run(sql`
  insert into hotspots.cycle (province, place, cycle, commune, kind, opened_on, verified_on, listed_on, started_on, resolved_on, removed_on, watched_on, closed_on, recurred_on, dismissed_on, reporters, resolvers)
  values (${province}, ${place}, ${c.cycle}, ${commune}, ${kind}, ${c.openedOn}, ${c.verifiedOn}, ${c.listedOn}, ${c.startedOn}, ${c.resolvedOn}, ${c.removedOn}, ${c.watchedOn}, ${c.closedOn}, ${c.recurredOn}, ${c.dismissedOn},
    ${c.reporters}::uuid[], ${c.resolvers}::uuid[])
  on conflict (province, place, cycle) do update set kind = excluded.kind, verified_on = excluded.verified_on, listed_on = excluded.listed_on, started_on = excluded.started_on, resolved_on = excluded.resolved_on,
    removed_on = excluded.removed_on, watched_on = excluded.watched_on, closed_on = excluded.closed_on, recurred_on = excluded.recurred_on, dismissed_on = excluded.dismissed_on, resolvers = excluded.resolvers`);
/** A corrected kind holds for every time through. */
export const saveKindOfCycles = (tx: Tx, province: string, place: string, kind: string) => tx.run(sql`update hotspots.cycle set kind = ${kind} where province = ${province} and place = ${place}`);
