/** How many returns a figure stands on: those expected on the map of each period, those received, in time and approved. */
import { isAssigned, type DataSet } from '#modules/definitions/schema.ts';
import type { PlainDate } from '#kernel/day.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { lazy } from '../rules/lazy.ts';
import type { Period } from '#kernel/period.ts';
import type { Span, Want } from './measure.ts';
import { askedOf } from './measure.ts';
import type { Scene } from './scene.ts';
import { nodeSheet, placesOn, unitBlock } from './sheets.ts';

export type Returns = { readonly expected: number; readonly received: number; readonly inTime: number; readonly approved: number };
export const noReturns: Returns = { expected: 0, received: 0, inTime: 0, approved: 0 };

/** Units that owe a return of a data set in a period, on the map of that period. */
export function assignedUnits(scene: Scene, dataSet: DataSet, period: Period): readonly UnitRow[] {
  const day = scene.treeDayOf(period);
  const tree = scene.tree(day);
  const grouped = dataSet.assignedTo.groups.length > 0 ? scene.groups(day) : [];
  return scene.cache.derived(`assigned ${dataSet.id} ${day}`, [dataSet, tree, ...grouped], () => {
    const sets = new Map(grouped.map((set) => [set.id, set]));
    return tree.rows.filter((row) => isAssigned(dataSet, row, (set) => sets.get(set)?.groupOf.get(row.code)));
  });
}

/** Returns owed at and below each node: what units owed on the period's map, counted where their figures count on the map asked for. */
function expectedByNode(scene: Scene, dataSet: DataSet, period: Period, day: PlainDate): ReadonlyMap<string, number> {
  const assigned = assignedUnits(scene, dataSet, period);
  const tree = scene.tree(day);
  const placeOf = placesOn(scene, scene.treeDayOf(period), day);
  return scene.cache.derived(`expected ${dataSet.id} ${period} ${tree.day}`, [assigned, tree], () => {
    const counts = new Map<string, number>();
    for (const { code } of assigned) {
      const place = placeOf(code)?.code;
      if (place !== undefined) for (const node of [place, ...(tree.ancestors.get(place) ?? [])]) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    return counts;
  });
}

/** Returns behind one unit after another in a span; a quarter of monthly returns expects three from each unit. */
export function coverageReader(scene: Scene, dataSet: string, span: Span): (unit: UnitRow) => Returns {
  const [reported, approved] = (['reported', 'approved'] as const).map((standing) => askedOf(scene, dataSet, { span, standing, attribute: null }));
  const set = span.programme.dataSets.get(dataSet) ?? scene.latest.dataSets.get(dataSet);
  if (reported === undefined || approved === undefined || set === undefined) return () => noReturns;
  const expected = reported.bases.map((period) => expectedByNode(scene, set, period, span.treeDay));
  const tree = scene.tree(span.treeDay);
  const [all, good] = [reported, approved].map((asked) => {
    const [leaf, own, node] = [lazy((): Rows => unitBlock(scene, asked)), lazy((): Rows => nodeSheet(scene, asked, [], 'tree-with-own')), lazy((): Rows => nodeSheet(scene, asked, []))];
    return (unit: UnitRow): { returns: number; late: number } => {
      const from = (unit.depth <= 2 ? node : tree.children.has(unit.code) ? own : leaf)();
      const row = from.rowOf.get(unit.code);
      return row === undefined ? { returns: 0, late: 0 } : { returns: from.returns[row] ?? 0, late: from.late[row] ?? 0 };
    };
  });
  return (unit) => {
    const { returns: received, late } = all?.(unit) ?? { returns: 0, late: 0 };
    return { expected: expected.reduce((sum, one) => sum + (one.get(unit.code) ?? 0), 0), received, inTime: received - late, approved: good?.(unit).returns ?? 0 };
  };
}
type Rows = { readonly rowOf: ReadonlyMap<string, number>; readonly returns: Int32Array; readonly late: Int32Array };
/** Returns behind one unit in a span. */
export const coverageOf = (scene: Scene, dataSet: string, want: Want): Returns => coverageReader(scene, dataSet, want.span)(want.unit);

/** Received and expected of a list of units; kept while neither the returns nor the list changes. */
export function coverageColumn(scene: Scene, dataSet: string, span: Span, units: readonly UnitRow[]): { readonly received: readonly number[]; readonly expected: readonly number[] } {
  const asked = askedOf(scene, dataSet, { span, standing: 'reported', attribute: null });
  if (asked === undefined) return { received: units.map(() => 0), expected: units.map(() => 0) };
  const [first] = units;
  const vectors = first !== undefined && first.depth > 2 ? unitBlock(scene, asked) : nodeSheet(scene, asked, []);
  return scene.cache.derived(`coverage ${dataSet} ${asked.bases.join()} ${span.treeDay} ${units.length} ${first?.code ?? ''}`, [vectors, units, span], () => {
    const read = coverageReader(scene, dataSet, span);
    const list = units.map(read);
    return { received: list.map((one) => one.received), expected: list.map((one) => one.expected) };
  });
}
