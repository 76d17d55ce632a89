import { addDays, type PlainDate } from '#kernel/day.ts';
import type { QueryPatch } from '#web/place.ts';
import { historyBegins, type SearchHit, type UnitLevel } from '../schema/units.ts';

export const unitPath = (unit: { readonly code: string; readonly level: UnitLevel }): string =>
  (unit.level === 'nation' ? '/tinh' : unit.level === 'province' ? `/tinh/${unit.code}` : `/xa/${unit.code}`);

/** Address of a unit as it stood before a day: its code may belong to another unit since. */
export const dayBefore = (day: PlainDate): QueryPatch => ({ ngay: addDays(day, -1) });
/** Address of a unit as it is today. */
export const onToday: QueryPatch = { ngay: undefined };

/** Where a found name leads: the unit, on a day on which it was there; a name older than our history leads to what it is today. */
export function hitTarget(hit: SearchHit): { readonly path: string; readonly query: QueryPatch } | undefined {
  const { level, validTo } = hit;
  if (hit.code !== '') return { path: unitPath({ code: hit.code, level }), query: validTo === null || validTo <= historyBegins ? {} : dayBefore(validTo) };
  const now = hit.nowCodes[0];
  return now === undefined ? undefined : { path: unitPath({ code: now, level }), query: onToday };
}
