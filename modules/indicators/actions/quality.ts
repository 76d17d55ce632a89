/** Data quality of one data set, unit and period: signs over units, grades of what lies below. */
import { daysBetween } from '#kernel/day.ts';
import type { Period } from '#kernel/period.ts';
import { dueDayOf, type DataSet } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { longZeroRun, median, suddenDrop, zeroRun } from '../rules/statistics.ts';
import type { Compact, Quality } from '../schema.ts';
import { checkedPeriod, lastEnded, listName, periodInfo, readable, seenCoverage, stop, unitAsked, unitName } from './ask.ts';
import { coverageOf, type Returns } from './coverage.ts';
import { guardFor, type Guard } from './guard.ts';
import { askedOf, spanOf, type Span } from './measure.ts';
import type { Reader } from './overview.ts';
import type { Scene } from './scene.ts';
import { unitBlock, type Asked } from './sheets.ts';
import { grader, gradeSeen, heapingOf, outliersOf, outlyingNumbers, periodsBefore } from './signs.ts';

export type QualityAsked = { readonly unit?: string | undefined; readonly period?: string | undefined; readonly dataSet?: string | undefined };
/** Days on which returns were sent, by unit, and broken rules by rule, as the database holds them. */
export type QualityFacts = { readonly sentOn: ReadonlyMap<string, string>; readonly broken: readonly { readonly rule: string; readonly orgUnit: string; readonly open: number; readonly explained: number }[] };
/** Rows a list carries; how many there are in all is said beside it. */
const most = { outliers: 500, list: 1000 } as const;

type Look = { readonly scene: Scene; readonly guard: Guard; readonly asked: Asked; readonly period: Period; readonly span: Span; readonly dataSet: DataSet; readonly below: ReadonlyMap<string, UnitRow>; readonly facts: QualityFacts };

/** The data set asked for, else the one most units below owe. */
export function dataSetAsked(scene: Scene, span: Span, unit: UnitRow, id: string | undefined): DataSet {
  if (id !== undefined) return span.programme.dataSets.get(id) ?? stop({ code: 'data-set-unknown', dataSet: id });
  const counted = [...span.programme.dataSets.values()].map((dataSet) => ({ dataSet, n: coverageOf(scene, dataSet.id, { unit, span, standing: 'reported', attribute: null }).expected }));
  return counted.sort((a, b) => b.n - a.n)[0]?.dataSet ?? stop({ code: 'data-set-unknown', dataSet: '' });
}

export function qualityOf(scene: Scene, asked: QualityAsked, reader: Reader, facts: QualityFacts): Quality {
  const period = checkedPeriod(asked.period ?? lastEnded(scene, reader.today));
  const span = spanOf(scene, period);
  const tree = scene.tree(span.treeDay);
  const unit = unitAsked(tree, reader.actor, asked.unit);
  const dataSet = dataSetAsked(scene, span, unit, asked.dataSet);
  const want = { unit, span, standing: 'reported' as const, attribute: null };
  const vectors = askedOf(scene, dataSet.id, want);
  if (vectors === undefined || vectors.bases.length !== 1) return stop({ code: 'period-malformed', period });
  const returns = coverageOf(scene, dataSet.id, want);
  const rows = readable(tree, reader.actor, tree.rows).filter((row) => row.code === unit.code || (tree.ancestors.get(row.code) ?? []).includes(unit.code));
  const look: Look = { scene, guard: guardFor(scene, reader.actor), asked: vectors, period, span, dataSet, below: new Map(rows.map((row) => [row.code, row])), facts };
  const [outliers, heaps, drops, zeros] = [outliersSeen(look), heapingSeen(look), dropsSeen(look), zeroRunsSeen(look)];
  const grade = grader(scene, vectors, span, reader.marks, unit.depth <= 2);
  const outlying = outlyingNumbers(scene, vectors, period, tree);
  return {
    unit: unitName(unit), period: periodInfo(scene, period), dataSet: dataSet.id, dataSetName: dataSet.name, coverage: seenCoverage(returns), inTime: returns.inTime,
    grade: grade(unit) ?? { grade: 'D', reasons: [] }, outliers: outliers.slice(0, most.outliers), outliersTotal: outliers.length, heaping: heaps.slice(0, most.list), heapingTotal: heaps.length,
    drops: drops.slice(0, most.list), dropsTotal: drops.length, zeroRuns: zeros.slice(0, most.list), zeroRunsTotal: zeros.length, consistency: brokenSeen(look),
    children: readable(tree, reader.actor, tree.children.get(unit.code) ?? []).map((row) => {
      const one: Returns = coverageOf(scene, dataSet.id, { ...want, unit: row });
      const graded = gradeSeen(grade(row));
      return { unit: row.code, ...listName(row), grade: graded.grade ?? 'D', gradeWhy: graded.gradeWhy, ...seenCoverage(one), inTime: one.inTime, outliers: outlying.get(row.code) ?? 0, broken: brokenBelow(look, row) };
    }),
  };
}

/** A protected number that is hidden keeps its place in the list: that something is unusual is work for the province, the number is not for all. */
function outliersSeen({ scene, guard, asked, period, span, below }: Look): Quality['outliers'] {
  const slots = new Map(scene.slots.of(asked.dataSet).map((slot) => [slot.slot, slot]));
  return outliersOf(scene, asked, period).flatMap(({ unit, slot, value, signs }) => {
    const row = below.get(unit);
    const place = slots.get(slot);
    const element = place === undefined ? undefined : (span.programme.elements.get(place.element) ?? scene.latest.elements.get(place.element));
    if (row === undefined || place === undefined || element === undefined) return [];
    const hidden = element.protected && guard.hides(element, row, span, 'reported');
    const number = (one: number | null): number | null => (hidden || one === null ? null : Math.round(one * 100) / 100);
    return [{
      unit, ...listName(row), element: element.id, cell: place.cell, value: hidden ? '<' as const : value, usual: element.protected && hidden ? '<' as const : signs.usual, z: number(signs.z), modifiedZ: number(signs.modifiedZ), ratio: number(signs.ratio),
      tests: [...signs.tests], effect: null,
    }];
  }).sort((a, b) => Math.abs(b.modifiedZ ?? b.z ?? 0) - Math.abs(a.modifiedZ ?? a.z ?? 0) || (a.unit < b.unit ? -1 : 1));
}

function heapingSeen({ scene, asked, period, below }: Look): Quality['heaping'] {
  return [...heapingOf(scene, asked, period)].flatMap(([unit, sign]) => { const row = below.get(unit); return row === undefined ? [] : [{ unit, ...listName(row), ...sign }]; }).sort((a, b) => a.p - b.p || (a.unit < b.unit ? -1 : 1));
}

function dropsSeen({ scene, guard, asked, period, span, dataSet, below, facts }: Look): Quality['drops'] {
  const now = unitBlock(scene, asked);
  const before = periodsBefore(scene, period).map((one) => unitBlock(scene, { ...asked, bases: [one] }));
  const due = dueDayOf(dataSet, period, scene.head.calendar);
  const found: Quality['drops'] = [];
  for (const row of below.values()) {
    const at = now.rowOf.get(row.code);
    const sent = facts.sentOn.get(row.code);
    if (at === undefined || sent === undefined) continue;
    const daysToDeadline = daysBetween(sent, due);
    if (daysToDeadline > 1) continue;
    for (const { slot, element: id } of scene.slots.of(asked.dataSet)) {
      const element = scene.latest.elements.get(id);
      const value = now.values[at * now.width + slot - 1] ?? Number.NaN;
      if (Number.isNaN(value) || element === undefined || (element.valueType !== 'count' && element.valueType !== 'integer')) continue;
      const history = before.flatMap((block) => { const then = block.rowOf.get(row.code); const one = then === undefined ? Number.NaN : (block.values[then * block.width + slot - 1] ?? Number.NaN); return Number.isNaN(one) ? [] : [one]; });
      if (!suddenDrop(value, history, daysToDeadline)) continue;
      const hidden = element.protected && guard.hides(element, row, span, 'reported');
      found.push({ unit: row.code, ...listName(row), element: id, before: hidden ? '<' : (median(history) as Compact), value: hidden ? '<' : value, daysToDeadline });
    }
  }
  // the deepest first; where the numbers are hidden their order must not tell them
  const depth = ({ before, value }: Quality['drops'][number]): number => (typeof before === 'number' && typeof value === 'number' ? before - value : 0);
  return found.sort((a, b) => depth(b) - depth(a) || (a.unit < b.unit ? -1 : 1));
}

function zeroRunsSeen({ scene, asked, period, dataSet, below }: Look): Quality['zeroRuns'] {
  const blocks = [period, ...periodsBefore(scene, period, 11)].map((one) => unitBlock(scene, { ...asked, bases: [one] }));
  return [...below.values()].flatMap((row) => {
    const reported = blocks.map((block) => { const at = block.rowOf.get(row.code); return at === undefined ? [] : [...block.values.subarray(at * block.width, (at + 1) * block.width)].filter((value) => !Number.isNaN(value)); });
    const periods = zeroRun(reported);
    return periods >= longZeroRun ? [{ unit: row.code, ...listName(row), dataSet: dataSet.id, periods }] : [];
  }).sort((a, b) => b.periods - a.periods);
}

/** Broken rules by rule, of the units the reader looks at. */
function brokenSeen({ facts, below }: Look): Quality['consistency'] {
  const rules = new Map<string, { rule: string; open: number; explained: number }>();
  for (const one of facts.broken) {
    if (!below.has(one.orgUnit)) continue;
    const sum = rules.get(one.rule) ?? { rule: one.rule, open: 0, explained: 0 };
    rules.set(one.rule, { rule: one.rule, open: sum.open + one.open, explained: sum.explained + one.explained });
  }
  return [...rules.values()].sort((a, b) => b.open - a.open || (a.rule < b.rule ? -1 : 1));
}
function brokenBelow({ scene, span, facts }: Look, row: UnitRow): number {
  const { ancestors } = scene.tree(span.treeDay);
  return facts.broken.reduce((sum, one) => sum + (one.orgUnit === row.code || (ancestors.get(one.orgUnit) ?? []).includes(row.code) ? one.open : 0), 0);
}
