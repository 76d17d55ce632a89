/** Stored places as rows for cards, lists and pages. */
import { daysBetween, type PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { slotsOf } from '../rules/checks.ts';
import { ended, watchStates } from '../rules/life.ts';
import { checkDays, type CheckDay, type CheckSlot, type PlaceRow } from '../schema.ts';
import { checksOf, watchesOf } from '../store/history.ts';
import type { PlaceStored } from '../store/places.ts';

const asCheckDay = (day: number | null): CheckDay | null => checkDays.find((one) => one === day) ?? null;

export function rowOf(place: PlaceStored, checks: readonly CheckSlot[], today: PlainDate): PlaceRow {
  const over = place.dueOn === null || ended.includes(place.state) ? 0 : Math.max(0, daysBetween(place.dueOn, today));
  return {
    province: place.province, id: place.id, code: place.code, commune: place.commune, kind: place.kind, setting: place.setting, source: place.source, basis: place.basis, state: place.state, version: place.version, cycle: place.cycle,
    foundOn: place.foundOn, since: place.since, daysInState: Math.max(0, daysBetween(place.since, today)), dueOn: place.dueOn, overdueDays: over, nextCheck: asCheckDay(place.nextCheck), office: place.office, checks: [...checks],
    recurrences: place.recurrences, recurredOnDay: place.recurredAfter, updatedAt: place.updatedAt,
  };
}

export type WatchedRow = { readonly row: PlaceRow; readonly resolvers: readonly string[] };
/** Rows of many places with the checks of their present watch, in two questions whatever their number. */
export async function watchedRows(tx: Tx, places: readonly PlaceStored[], today: PlainDate): Promise<WatchedRow[]> {
  // What recurred shows the checks of the watch it broke.
  const keys = places.filter((one) => watchStates.includes(one.state) || one.state === 'closed' || one.state === 'recurred').map(({ province, id, cycle, state }) => ({ province, id, cycle: state === 'recurred' ? cycle - 1 : cycle }));
  const [checks, watches] = await Promise.all([checksOf(tx, keys), watchesOf(tx, keys)]);
  const made = Map.groupBy(checks, (one) => `${one.province}/${one.place}`);
  const watch = new Map(watches.map((one) => [`${one.province}/${one.place}`, one]));
  return places.map((place) => {
    const key = `${place.province}/${place.id}`;
    const at = watch.get(key);
    return { row: rowOf(place, slotsOf(at?.removedOn ?? null, made.get(key) ?? [], today), today), resolvers: at?.resolvers ?? [] };
  });
}
export const rowsOf = async (tx: Tx, places: readonly PlaceStored[], today: PlainDate): Promise<PlaceRow[]> => (await watchedRows(tx, places, today)).map(({ row }) => row);
