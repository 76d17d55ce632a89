/** Twelve months of completeness: by region where units are grouped so, else by what lies directly below. */
import { shiftPeriod, type Period } from '#kernel/period.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { Overview } from '../schema.ts';
import { namesOf } from './ask.ts';
import { coverageReader } from './coverage.ts';
import { spanOf } from './measure.ts';
import type { Frame } from './overview.ts';

type Row = { readonly id: string; readonly name: { vi: string; en: string }; readonly units: readonly UnitRow[] };
const mostRows = 200;

/** The first group set that puts every child into one of a handful of groups; what only says its kind is no region. */
function regionsOf({ scene, span, children }: Frame): Row[] | undefined {
  const set = scene.groups(span.treeDay).find((one) => !one.lone && !one.id.endsWith('-kind') && one.groups.length > 1 && one.groups.length <= 12 && children.length > one.groups.length && children.every((row) => one.members.has(row.code)));
  return set?.groups.map((group) => ({ id: `${set.id}/${group.id}`, name: group.name, units: children.filter((row) => set.members.get(row.code) === group.id) })).filter((row) => row.units.length > 0);
}

export function calendarOf(frame: Frame): Overview['calendar'] {
  const { scene, dataSet, period, unit, children } = frame;
  const last = frame.span.months.at(-1) ?? period;
  const months = Array.from({ length: 12 }, (_, i) => shiftPeriod(last, i - 11));
  if (dataSet === undefined) return { dataSet: null, months, rows: [], by: 'child' };
  const regions = regionsOf(frame);
  const rows: readonly Row[] = regions ?? (children.length === 0 ? [unit] : children).slice(0, mostRows).map((row) => ({ id: row.code, name: namesOf(row), units: [row] }));
  const first = scene.head.firstPeriod;
  const cell = (units: readonly UnitRow[], month: Period): [number, number, number] | null => {
    if (month < first) return null;
    const span = spanOf(scene, month);
    const tree = scene.tree(span.treeDay);
    const sum: [number, number, number] = [0, 0, 0];
    const read = coverageReader(scene, dataSet.id, span);
    for (const { code } of units) {
      const then = tree.byCode.get(code);
      if (then === undefined) continue;
      const { expected, received, inTime } = read(then);
      sum[0] += expected;
      sum[1] += received;
      sum[2] += inTime;
    }
    return sum[0] === 0 ? null : sum;
  };
  return { dataSet: dataSet.id, months, rows: rows.map(({ id, name, units }) => ({ id, name, cells: months.map((month) => cell(units, month)) })), by: regions === undefined ? 'child' : 'group-set' };
}
