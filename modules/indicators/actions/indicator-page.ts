/** One indicator over time, its units, its targets and what others published; and one value for every unit of a level. */
import { periodRange, periodTypeOf, shiftPeriod, type Period } from '#kernel/period.ts';
import type { DataElement, Indicator } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { shouldBe, targetFor } from '../rules/judge.ts';
import { mayCombine } from '../rules/ways.ts';
import { compactOf, type Compact, type CommuneMap, type Figure, type Graded, type IndicatorPage, type Standing } from '../schema.ts';
import { checkedPeriod, figureFor, fittingPeriod, lastEnded, listName, periodInfo, readable, returnsBehind, seenCoverage, stop, unitAsked, unitName, type View, worthOf } from './ask.ts';
import { coverageOf } from './coverage.ts';
import { guardFor, shown, } from './guard.ts';
import { askedOf, cellsOf, dataSetsOf, elementReader, elementValue, spanFor, spanOf, type Span } from './measure.ts';
import { changeOf, companionsOf, type Reader } from './overview.ts';
import type { Scene } from './scene.ts';
import { factorOf, type Marks } from './marks.ts';
import { graderBehind, gradeSeen } from './signs.ts';
import { heldAgainst, indicatorSeen, placeIn, targetSeen, type Added } from './targets.ts';

export type PageAsked = { readonly id: string; readonly unit?: string | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly standing?: Standing | undefined };
const mostPoints = 120;

function periodsAsked(scene: Scene, indicator: Indicator, asked: PageAsked, reader: Reader): Period[] {
  const to = fittingPeriod(scene, indicator, checkedPeriod(asked.to ?? lastEnded(scene, reader.today)));
  const from = asked.from === undefined ? shiftPeriod(to, -23) : checkedPeriod(asked.from);
  if (periodTypeOf(from) !== periodTypeOf(to) && asked.from !== undefined) stop({ code: 'period-malformed', period: from });
  const first = scene.head.firstPeriod;
  const periods = periodRange(from, to).filter((one) => (spanOf(scene, one).months.at(-1) ?? one) >= first);
  // a period before the programme began has no series; the page says that nothing was reported then
  return periods.length > mostPoints ? stop({ code: 'figure-periods-too-many', most: mostPoints }) : periods.length === 0 ? [to] : periods;
}

export function indicatorPage(scene: Scene, asked: PageAsked, reader: Reader, added: Added): IndicatorPage {
  const indicator = scene.latest.indicators.get(asked.id) ?? stop({ code: 'indicator-unknown', indicator: asked.id });
  const periods = periodsAsked(scene, indicator, asked, reader);
  const last = periods.at(-1) ?? '';
  const span = spanOf(scene, last);
  const tree = scene.tree(span.treeDay);
  const unit = unitAsked(tree, reader.actor, asked.unit);
  const standing = asked.standing ?? 'reported';
  const guard = guardFor(scene, reader.actor);
  const worth = worthOf({ scene, guard, span, standing }, indicator, unit);
  const chosen = targetFor(span.programme.targets.values(), indicator.id, last, placeIn(scene, unit, span));
  const targets = [...span.programme.targets.values()].filter((target) => target.indicator === indicator.id).sort((a, b) => Number(b === chosen) - Number(a === chosen));
  const held = targets.map((target) => ({ by: target, ...heldAgainst({ scene, indicator, unit, span, worth, added }, target) }));
  const main = held.find((one) => one.judged.shouldBe !== null);
  const published = span.programme.publishedFigures.filter((one) => one.indicator === indicator.id);
  const grade = graderBehind(scene, indicator, span, reader.marks);
  const companions = companionsOf({ scene, guard, unit, span, period: last, standing });
  return {
    indicator: indicatorSeen(indicator), definition: indicator.definition, numerator: indicator.numerator, denominator: indicator.denominator, factor: indicator.factor, unit: unitName(unit),
    series: periods.map((period) => {
      const there = spanFor(scene, period, unit, span.treeDay);
      const then = scene.tree(there.treeDay).byCode.get(unit.code);
      const defined = there.programme.indicators.get(indicator.id) ?? indicator;
      const at = then === undefined ? undefined : worthOf({ scene, guard, span: there, standing: 'reported' }, defined, then);
      return {
        period: periodInfo(scene, period), reported: at?.figure ?? { missing: true }, approved: then === undefined ? { missing: true } : figureFor({ scene, guard, span: there, standing: 'approved' }, defined, then),
        numerator: at?.numerator ?? { missing: true }, denominator: defined.denominator === null ? null : (at?.denominator ?? { missing: true }), coverage: seenCoverage(at?.returns ?? { expected: 0, received: 0, inTime: 0, approved: 0 }),
        ...gradeSeen(then === undefined ? null : graderBehind(scene, defined, there, reader.marks)(then)), verification: then === undefined ? null : factorBehind(scene, defined, then, there, reader.marks),
        shouldBe: main === undefined ? null : shouldBe(main.tier === undefined ? main.by : { ...main.by, low: main.tier.low }, period, main.commitments), edition: there.programme.edition,
      };
    }),
    targets: held.map((one) => ({ target: targetSeen(one.by, one), judged: one.judged })),
    children: readable(tree, reader.actor, tree.children.get(unit.code) ?? []).map((row) => childRow({ scene, guard, span, standing }, indicator, row, { added, grade })), childrenPeriod: last,
    quality: grade(unit),
    published, years: published.length === 0 ? [] : yearsOf({ scene, guard, span, standing }, indicator, unit),
    beside: companions !== null && companions.share.id === indicator.id ? companions.beside.map(({ indicator: other, value }) => ({ indicator: other, value })) : [],
  };
}

/** Counted anew / reported in the drawn samples of the very periods behind a figure. */
function factorBehind(scene: Scene, indicator: Indicator, unit: UnitRow, span: Span, marks: Marks): number | null {
  const sets = dataSetsOf(scene, indicator, span);
  const periods = sets.flatMap((dataSet) => askedOf(scene, dataSet, { span, standing: 'reported', attribute: null })?.bases ?? []);
  return factorOf(marks, sets, [...new Set(periods)], unit.province);
}

/** Years of the programme up to the one asked about, from the first that was counted from its first month on: a December alone is no year to stand beside one. */
function yearsOf(view: View, indicator: Indicator, unit: UnitRow): IndicatorPage['years'] {
  const { scene, span } = view;
  const [first, last] = [scene.head.firstPeriod, (span.months.at(-1) ?? span.period).slice(0, 4)];
  return periodRange(first.slice(0, 4), last).filter((period) => first <= `${period}-01`).map((period) => {
    const there = spanOf(scene, period);
    const then = scene.tree(there.treeDay).byCode.get(unit.code);
    const worth = then === undefined ? undefined : worthOf({ ...view, span: there }, there.programme.indicators.get(indicator.id) ?? indicator, then);
    return { period: periodInfo(scene, period), value: worth?.figure ?? { missing: true }, coverage: seenCoverage(worth?.returns ?? { expected: 0, received: 0, inTime: 0, approved: 0 }) };
  });
}

type Around = { readonly added: Added; readonly grade: (unit: UnitRow) => Graded | null };
function childRow(view: View, indicator: Indicator, row: UnitRow, { added, grade }: Around): IndicatorPage['children'][number] {
  const { scene, span, standing } = view;
  const worth = worthOf(view, indicator, row);
  const before = figureFor({ ...view, span: spanFor(scene, shiftPeriod(span.period, -1), row, span.treeDay) }, indicator, row);
  return {
    unit: row.code, ...listName(row), value: compactOf(worth.figure), change: changeOf([compactOf(before), compactOf(worth.figure)], indicator.decimals), ...seenCoverage(returnsBehind(scene, indicator, { unit: row, span, standing, attribute: null })),
    ...gradeSeen(grade(row)), step: heldAgainst({ scene, indicator, unit: row, span, worth, added }).judged.step,
  };
}

export type MeasureAsked = { readonly element?: string | undefined; readonly indicator?: string | undefined; readonly cell?: string | undefined; readonly period: string; readonly standing?: Standing | undefined };
export type MeasureFound = { readonly kind: 'indicator'; readonly indicator: Indicator } | { readonly kind: 'element'; readonly element: DataElement; readonly cell: string };

/** The element or indicator asked for, as the period defines it. Refused: neither, unknown, or a sum that means nothing. */
export function measureAsked(scene: Scene, asked: MeasureAsked, span: Span, combining: { units: boolean }): MeasureFound {
  if (asked.indicator !== undefined) return { kind: 'indicator', indicator: span.programme.indicators.get(asked.indicator) ?? stop({ code: 'indicator-unknown', indicator: asked.indicator }) };
  if (asked.element === undefined) return stop({ code: 'measure-missing' });
  const element = span.programme.elements.get(asked.element) ?? scene.latest.elements.get(asked.element) ?? stop({ code: 'element-unknown', element: asked.element });
  const cells = cellsOf(scene, element.id, asked.cell === undefined || asked.cell === '' ? null : [asked.cell]);
  if (cells === undefined || cells.slots.length === 0) return stop({ code: 'element-unknown', element: asked.element });
  const vectors = askedOf(scene, cells.dataSet, { span, standing: 'reported', attribute: null });
  const may = mayCombine(element, { units: combining.units, time: (vectors?.bases.length ?? 1) > 1 });
  if (!may.ok) stop(may.problem);
  return { kind: 'element', element, cell: asked.cell ?? '' };
}

/** The value of what was asked for, for one unit, as the reader may see it. */
export function measureFigure(view: View, measure: MeasureFound, unit: UnitRow): Figure {
  const { scene, guard, span, standing } = view;
  if (measure.kind === 'indicator') return figureFor(view, measure.indicator, unit);
  const cells = cellsOf(scene, measure.element.id, measure.cell === '' ? null : [measure.cell]);
  const { value } = cells === undefined ? { value: null } : elementValue(scene, measure.element, cells, { unit, span, standing, attribute: null });
  return shown(value, value !== null && guard.hides(measure.element, unit, span, standing));
}

export type MapAsked = MeasureAsked & { readonly level?: string | undefined; readonly unit?: string | undefined };
export function mapOf(scene: Scene, asked: MapAsked, reader: Reader): CommuneMap {
  const span = spanOf(scene, checkedPeriod(asked.period));
  const tree = scene.tree(span.treeDay);
  const unit = unitAsked(tree, reader.actor, asked.unit);
  const standing = asked.standing ?? 'reported';
  const level = asked.level ?? 'commune';
  const guard = guardFor(scene, reader.actor);
  const measure = measureAsked(scene, asked, span, { units: false });
  const all = scene.cache.derived(`below ${unit.code} ${level} ${span.treeDay}`, [tree], () => tree.rows.filter((row) => row.level === level && (unit.depth === 1 || (tree.ancestors.get(row.code) ?? []).includes(unit.code))));
  const rows = readable(tree, reader.actor, all);
  const id = measure.kind === 'indicator' ? measure.indicator.id : measure.element.id;
  const companions = measure.kind === 'indicator' ? companionsOf({ scene, guard, unit, span, period: span.period, standing }) : null;
  const dataSet = measure.kind === 'element' ? cellsOf(scene, id, null)?.dataSet : dataSetsOf(scene, measure.indicator, span)[0];
  return {
    measure: id, cell: asked.cell ?? '', period: span.period, unit: unit.code, level, treeDay: span.treeDay, values: valuesOf({ scene, guard, span, standing }, measure, rows),
    coverage: dataSet === undefined ? { reporting: 0, expected: 0 } : seenCoverage(coverageFor(scene, dataSet, unit, span)),
    beside: companions !== null && companions.share.id === id ? companions.beside.map(({ indicator, value }) => ({ indicator, value })) : [],
  };
}
const coverageFor = (scene: Scene, dataSet: string, unit: UnitRow, span: Span) => coverageOf(scene, dataSet, { unit, span, standing: 'reported', attribute: null });
function valuesOf(view: View, measure: MeasureFound, rows: readonly UnitRow[]): Compact[] {
  const { scene, guard, span, standing } = view;
  if (measure.kind === 'indicator') return rows.map((row) => compactOf(figureFor(view, measure.indicator, row)));
  const cells = cellsOf(scene, measure.element.id, measure.cell === '' ? null : [measure.cell]);
  const read = cells === undefined ? undefined : elementReader(scene, measure.element, cells, { span, standing, attribute: null });
  const hides = guard.hider(measure.element, span, standing);
  return rows.map((row) => {
    const value = read?.(row).value ?? null;
    return value !== null && hides(row) ? '<' : value;
  });
}
