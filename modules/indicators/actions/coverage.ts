/** How many returns a figure stands on: those expected on the map of each period, those received, in time and approved. */
import { isAssigned, type DataSet } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { Period } from '#kernel/period.ts';
import type { Want } from './measure.ts';
import { askedOf } from './measure.ts';
import type { DayUnits, Scene } from './scene.ts';
import { nodeSheet, unitBlock } from './sheets.ts';

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

function expectedByNode(scene: Scene, dataSet: DataSet, period: Period, tree: DayUnits): ReadonlyMap<string, number> {
  const assigned = assignedUnits(scene, dataSet, period);
  return scene.cache.derived(`expected ${dataSet.id} ${period} ${tree.day}`, [assigned, tree], () => {
    const counts = new Map<string, number>();
    for (const { code } of assigned) for (const node of [code, ...(tree.ancestors.get(code) ?? [])]) counts.set(node, (counts.get(node) ?? 0) + 1);
    return counts;
  });
}

/** Returns behind a unit in a span; a quarter of monthly returns expects three from each unit. */
export function coverageOf(scene: Scene, dataSet: string, want: Want): Returns {
  const asked = askedOf(scene, dataSet, want);
  const set = want.span.programme.dataSets.get(dataSet) ?? scene.latest.dataSets.get(dataSet);
  if (asked === undefined || set === undefined) return noReturns;
  const code = want.unit.code;
  let expected = 0;
  for (const period of asked.bases) expected += expectedByNode(scene, set, period, scene.tree(scene.treeDayOf(period))).get(code) ?? 0;
  const [reported, approved] = (['reported', 'approved'] as const).map((standing) => returnsOf(scene, { ...asked, standing, attribute: null }, want));
  const received = reported?.returns ?? 0;
  return { expected: Math.max(expected, 0), received, inTime: received - (reported?.late ?? 0), approved: approved?.returns ?? 0 };
}

function returnsOf(scene: Scene, asked: Parameters<typeof nodeSheet>[1], { unit, span }: Want): { readonly returns: number; readonly late: number } {
  const leaf = unit.depth > 2 && !scene.tree(span.treeDay).children.has(unit.code);
  const from = leaf ? unitBlock(scene, asked) : nodeSheet(scene, asked, [], unit.depth > 2 ? 'tree-with-own' : 'tree');
  const row = from.rowOf.get(unit.code);
  return row === undefined ? { returns: 0, late: 0 } : { returns: from.returns[row] ?? 0, late: from.late[row] ?? 0 };
}
