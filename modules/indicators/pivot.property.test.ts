import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actorWith, atNation } from '#platform/testing/test-server.ts';
import { monthsOf, type Period } from '#kernel/period.ts';
import { noMarks } from './actions/marks.ts';
import { figuresOf, frameOf } from './actions/explain-frame.ts';
import { linesOf, returnsOf, termReader } from './actions/explain-returns.ts';
import { pivotOf } from './actions/pivot.ts';
import { waysOf } from './rules/ways.ts';
import type { PivotQuery } from './schema.ts';
import { elements, seeded, worldOf, type Random, type Row, type World } from './testing/world.ts';

const reader = { actor: actorWith(atNation('national-analyst')), today: '2026-07-01', now: '2026-07-01T00:00:00.000Z', synthetic: false, incidents: 0, marks: noMarks };

/** One cell of a question, in plain words. */
type Cell = { readonly element: string; readonly period: Period; readonly axes: Readonly<Record<string, string>>; readonly groups: Readonly<Record<string, string>>; readonly attribute: string | null; readonly standing: string; readonly unit: string; readonly mapDay: string | null };

/** The figure straight from the rows, by definition: slow, and written without anything the product computes with. */
function recompute(world: World, cell: Cell): number | null {
  const { scene, slots } = world;
  const months = monthsOf(cell.period);
  const day = cell.mapDay ?? scene.treeDayOf(cell.period);
  const tree = scene.tree(day);
  const way = waysOf(elements.find((one) => one.id === cell.element) ?? { aggregation: 'none' });
  const breakdown = scene.latest.disaggregations.get('sex-age');
  const chosen = slots.filter((slot) => {
    if (slot.element !== cell.element) return false;
    const options = breakdown?.cells.find((one) => one.id === slot.cell)?.options ?? [];
    return Object.entries(cell.axes).every(([axis, option]) => (option === '' ? options.length === 0 : options[axis === 'sex' ? 0 : 1] === option));
  });
  if (Object.values(cell.axes).some((option) => option !== '') && cell.element !== 'flow') return null;
  if (cell.element === 'flow' && Object.values(cell.axes).some((option) => option === '')) return null;
  const found: { unit: string; month: number; slot: number; value: number }[] = [];
  for (const row of world.rows) {
    const month = months.indexOf(row.period);
    if (month === -1 || (cell.attribute !== null && row.attribute !== cell.attribute) || (cell.standing === 'approved' && !row.approved)) continue;
    const unit = countsAs(world, row, day, way.time === 'last' && month < months.length - 1);
    if (unit === null || (unit !== cell.unit && !(tree.ancestors.get(unit) ?? []).includes(cell.unit))) continue;
    if (!Object.entries(cell.groups).every(([set, group]) => (scene.groups(day).find((one) => one.id === set)?.groupOf.get(unit) ?? '') === group)) continue;
    for (const { slot } of chosen) { const value = row.values[slot - 1]; if (value !== null && value !== undefined) found.push({ unit, month, slot, value }); }
  }
  return combined(found, way);
}

function countsAs(world: World, row: Row, day: string, stockWithMoreToCome: boolean): string | null {
  const fate = world.fateOf(row.unit, world.scene.treeDayOf(row.period), day);
  if (fate.kind === 'whole') return fate.code;
  return fate.kind === 'part' && !stockWithMoreToCome ? fate.within : null;
}

const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0);
const by = <T>(list: readonly T[], key: (one: T) => string): T[][] => { const map = new Map<string, T[]>(); for (const one of list) map.set(key(one), [...(map.get(key(one)) ?? []), one]); return [...map.values()]; };

function combined(found: readonly { unit: string; month: number; slot: number; value: number }[], way: ReturnType<typeof waysOf>): number | null {
  const values = found.map((one) => one.value);
  if (values.length === 0) return null;
  if (way.units === 'min') return Math.min(...values);
  if (way.units === 'max') return Math.max(...values);
  if (way.units === 'average') return sum(values) / values.length;
  if (way.time === 'sum') return sum(values);
  if (way.time === 'average') return sum(by(found, (one) => String(one.slot)).map((slot) => { const months = by(slot, (one) => String(one.month)).map((list) => sum(list.map((one) => one.value))); return sum(months) / months.length; }));
  return sum(by(found, (one) => `${one.unit} ${one.slot}`).map((list) => { const last = Math.max(...list.map((one) => one.month)); return sum(list.filter((one) => one.month === last).map((one) => one.value)); }));
}

function randomQuery(world: World, random: Random): PivotQuery {
  const tree = world.scene.tree('2026-06-14');
  const some = <T>(list: readonly T[], chance: number): T[] => list.filter(() => random() < chance);
  const level = random.pick(['self', 'children', 'province', 'commune', 'level-4']);
  const mapDay = random.pick([null, null, '2026-06-14', '2026-01-14']);
  const of = random() < 0.6 ? '00' : random.pick(tree.rows.filter((row) => row.depth === 2)).code;
  return {
    measures: elements.filter(() => random() < 0.6).concat(elements.slice(0, 1)).map((one) => ({ kind: 'element' as const, id: one.id })), periods: [...some(world.months, 0.3), ...some(['2026-Q1', '2026-Q2', '2026-H1'], 0.5), '2026-05'],
    units: { of, level }, groups: some(['terrain', 'owner'], 0.3), axes: some(['sex', 'age'], 0.3), attribute: random() < 0.3, standing: random.pick(['reported', 'approved', 'both']), mapDay, counts: true,
  };
}

test('C1: a pivot over any dimensions equals a recompute from the packed rows, for random trees of four levels, mergers and divisions, group sets, corrections and any map', () => {
  let compared = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const world = worldOf(seed);
    const random = seeded(seed + 1000);
    for (let n = 0; n < 4; n += 1) {
      const query = randomQuery(world, random);
      const reply = pivotOf(world.scene, query, reader);
      assert.deepEqual(reply.refused, []);
      const sizes = reply.dimensions.map((one) => one.keys.length);
      for (const [at, value] of reply.values.entries()) {
        if (reply.values.length > 120 && random() > 120 / reply.values.length) continue; // large tables by a sample of their cells
        const cell: { -readonly [K in keyof Cell]: Cell[K] } & { axes: Record<string, string>; groups: Record<string, string> } = { element: '', period: '', axes: {}, groups: {}, attribute: null, standing: query.standing, unit: '', mapDay: query.mapDay ?? null };
        let rest = at;
        for (let i = sizes.length - 1; i >= 0; i -= 1) {
          const dimension = reply.dimensions[i];
          const key = dimension?.keys[rest % (sizes[i] ?? 1)] ?? '';
          rest = Math.floor(rest / (sizes[i] ?? 1));
          if (dimension?.kind === 'measure') cell.element = key.split(':')[1] ?? '';
          else if (dimension?.kind === 'axis') cell.axes[dimension.id] = key;
          else if (dimension?.kind === 'group') cell.groups[dimension.id] = key;
          else if (dimension?.kind === 'period' || dimension?.kind === 'unit' || dimension?.kind === 'attribute' || dimension?.kind === 'standing') cell[dimension.kind] = key;
        }
        const expected = recompute(world, cell);
        compared += 1;
        if (typeof value === 'number' && expected !== null) assert.ok(Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `seed ${seed}, question ${n}: ${JSON.stringify(cell)} is ${value}, from the rows ${expected}`);
        else assert.equal(value, expected, `seed ${seed}, question ${n}: ${JSON.stringify(cell)}`);
      }
    }
  }
  assert.ok(compared > 10_000, `${compared} cells compared`);
});

test('C2: what an explanation lists is what its figure is made of, for random trees, mergers and divisions: the values add up to the figure, the lines are the rows, and no more returns came than were owed', () => {
  let [crossed, compared] = [0, 0];
  for (let seed = 1; seed <= 120; seed += 1) {
    const world = worldOf(seed);
    const random = seeded(seed + 5000);
    for (const period of ['2026-02', '2026-Q1', '2026-Q2', '2026-H1']) {
      const day = world.scene.treeDayOf(period);
      const tree = world.scene.tree(day);
      const unit = random() < 0.3 ? '00' : random.pick(tree.rows).code;
      const standing = random.pick(['reported', 'approved'] as const);
      const frame = frameOf(world.scene, { element: 'flow', unit, period, standing }, reader.actor);
      const returns = returnsOf(frame);
      const counting = world.rows.filter((row) => {
        const at = countsAs(world, row, day, false);
        return monthsOf(period).includes(row.period) && (standing === 'reported' || row.approved) && at !== null && (at === unit || (tree.ancestors.get(at) ?? []).includes(unit));
      });
      const provinceOf = (code: string, then: string): string => world.scene.tree(world.scene.treeDayOf(then)).byCode.get(code)?.province ?? '';
      assert.deepEqual(linesOf(frame, returns), counting.map((row) => `${provinceOf(row.unit, row.period)}/${row.unit}/${row.period}/monthly/${row.attribute}@1`).sort(), `seed ${seed}, ${unit} ${period}`);
      const { values } = termReader(frame);
      const listed = returns.flatMap((one) => values(one).flatMap((value) => ('v' in value ? value.v : [])));
      const { figure, coverage, children } = figuresOf(frame);
      const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
      assert.ok('v' in figure ? near(sum(listed), figure.v) : listed.length === 0, `seed ${seed}, ${unit} ${period}: ${JSON.stringify(figure)} of ${sum(listed)}`);
      const bySend = world.rows.filter((row) => counting.includes(row) || (standing === 'approved' && monthsOf(period).includes(row.period) && (() => { const at = countsAs(world, row, day, false); return at !== null && (at === unit || (tree.ancestors.get(at) ?? []).includes(unit)); })()));
      assert.equal(coverage.reporting, bySend.length, 'every return received is counted, in whatever attribute');
      const keys = new Set(bySend.map((row) => `${row.unit} ${row.period}`));
      assert.ok(keys.size <= coverage.expected, `seed ${seed}, ${unit} ${period}: ${keys.size} units reported of ${coverage.expected}`);
      compared += returns.length + children.length;
      crossed += Number(returns.some((one) => one.target.id !== one.unit.id));
    }
  }
  assert.ok(crossed > 20 && compared > 3000, `${crossed} spans with units of another map, ${compared} returns`);
});
