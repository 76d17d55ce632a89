/** The unit a question is about, and whether this reader may ask. */
import type { Actor } from '#kernel/actor.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { approvesProvince, opensSmallCounts } from '#modules/indicators/index.ts';
import type { UnitName } from '#modules/indicators/schema.ts';
import { mayReadPlace, widestPlace } from '../rules/scope.ts';
import { stop, type Places } from './frame.ts';

export const unitName = (row: UnitRow): UnitName => ({ code: row.code, level: row.level, nameVi: row.nameVi, ...(row.nameEn === undefined ? {} : { nameEn: row.nameEn }) });
export const placeOf = (row: UnitRow): { province: string; commune: string | null } => ({ province: row.depth <= 1 ? '00' : row.province, commune: row.depth >= 3 ? row.code : null });

/** @throws RefusalError unit-unknown, unit-not-yours */
export function unitFor(places: Places, actor: Actor, code: string | undefined): UnitRow {
  const wanted = code ?? ownUnit(places, actor);
  const row = wanted === undefined ? undefined : places.byCode.get(wanted);
  if (row === undefined) return stop(wanted === undefined ? { code: 'unit-not-yours', unit: '' } : { code: 'unit-unknown', unit: wanted });
  if (!mayReadPlace(actor, placeOf(row))) stop({ code: 'unit-not-yours', unit: row.code });
  return row;
}

function ownUnit(places: Places, actor: Actor): string | undefined {
  const place = widestPlace(actor);
  if (place === undefined) return undefined;
  if (place.province === '00') return '00';
  return place.commune ?? places.provinces.find((row) => row.province === place.province)?.code;
}

/** Whether counts of people in care are hidden from this reader (SECURITY E4): of a commune from all but itself and the province that approves it. */
export function hidesCounts(actor: Actor, row: UnitRow): boolean {
  if (row.depth >= 3) return !opensSmallCounts(actor, row.province, row.code);
  return row.depth === 2 && !approvesProvince(actor, row.province);
}
