/** Mergers enacted after the edition of the data files was made: several communes become one new unit on a day. Pure. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Book } from './book.ts';
import type { UnitLink, UnitVersion } from './model.ts';
import { depthOf } from './rules.ts';
import type { Certainty, UnitKind } from './schema.ts';

/**
 * Units of one tier below the provinces, under one unit, go whole into a new one on a day. The new unit may bear the code of one of
 * them; it is another unit all the same, as in July 2025.
 */
export type Merger = {
  readonly from: readonly string[]; readonly into: { readonly code: string; readonly nameVi: string; readonly kind: UnitKind };
  readonly on: PlainDate; readonly basis: string; readonly certainty: Certainty;
};
export type MergerRefusal =
  | { readonly code: 'merger-imported-tree' | 'merger-too-few' | 'merger-apart' | 'merger-of-provinces' }
  | { readonly code: 'merger-unit-not-open'; readonly unitCode: string; readonly on: PlainDate }
  | { readonly code: 'merger-code-taken'; readonly unitCode: string };
export type PlannedMerger = { readonly ended: readonly string[]; readonly made: UnitVersion; readonly links: readonly UnitLink[] };

/** @param idOf the new unit's id, from its level, code and first day */
export function planMerger(book: Book, { from, into, on, basis, certainty }: Merger, idOf: (version: Pick<UnitVersion, 'level' | 'code'>) => string): Result<PlannedMerger, MergerRefusal> {
  if (book.source === 'imported') return refuse({ code: 'merger-imported-tree' });
  const codes = [...new Set(from)];
  if (codes.length < 2) return refuse({ code: 'merger-too-few' });
  const units: UnitVersion[] = [];
  for (const unitCode of codes) {
    const open = book.byCode.get(unitCode)?.find((version) => version.validTo === null && version.validFrom < on);
    if (open === undefined) return refuse({ code: 'merger-unit-not-open', unitCode, on });
    units.push(open);
  }
  const [first] = units;
  if (first === undefined || units.some((unit) => unit.parentId !== first.parentId || unit.level !== first.level)) return refuse({ code: 'merger-apart' });
  if (depthOf(first.level) < 3) return refuse({ code: 'merger-of-provinces' });
  if (!codes.includes(into.code) && (book.byCode.get(into.code) ?? []).some((version) => version.validTo === null || version.validTo > on)) return refuse({ code: 'merger-code-taken', unitCode: into.code });
  const unitId = idOf({ level: first.level, code: into.code });
  return ok({
    ended: units.map((unit) => unit.unitId),
    made: { unitId, level: first.level, ...into, parentId: first.parentId, province: first.province, districtVi: null, validFrom: on, validTo: null, basis, certainty },
    links: units.map((unit) => ({ from: unit.unitId, to: unitId, on, kind: 'merged', basis, certainty })),
  });
}
