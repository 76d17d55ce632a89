/** The overview of one unit: everything on the screen computed from one scene. */
import type { Actor } from '#kernel/actor.ts';
import type { Instant, PlainDate } from '#kernel/day.ts';
import type { Period } from '#kernel/period.ts';
import { monthsOf, shiftPeriod } from '#kernel/period.ts';
import { dueDayOf, type DataSet, type Indicator } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { compactOf, numberIn, type Overview, type Standing } from '../schema.ts';
import { checkedPeriod, figureFor, fittingPeriod, lastEnded, periodInfo, readable, seenCoverage, stop, unitAsked, unitName, worthOf, type Worth } from './ask.ts';
import { calendarOf } from './calendar.ts';
import { coverageOf, noReturns, type Returns } from './coverage.ts';
import { guardFor, type Guard } from './guard.ts';
import { askedOf, spanFor, spanOf, type Span } from './measure.ts';
import type { Scene } from './scene.ts';
import type { Marks } from './marks.ts';
import { gradeFor, grader, graderBehind, gradeSeen } from './signs.ts';
import { heldAgainst, indicatorSeen, targetSeen, type Added, type Held } from './targets.ts';
import { thingsOf } from './things.ts';

export type OverviewAsked = { readonly unit?: string | undefined; readonly period?: string | undefined; readonly standing?: Standing | undefined; readonly tile?: string | undefined };
export type Reader = { readonly actor: Actor; readonly today: PlainDate; readonly now: Instant; readonly synthetic: boolean; readonly incidents: number; readonly marks: Marks };

/** One main indicator, computed: what bullets, tiles, things to know and the brief are drawn from. */
export type Main = { readonly indicator: Indicator; readonly period: Period; readonly span: Span; readonly worth: Worth; readonly held: Held };
export type Frame = {
  readonly scene: Scene; readonly guard: Guard; readonly unit: UnitRow; readonly children: readonly UnitRow[]; readonly period: Period; readonly span: Span; readonly standing: Standing;
  readonly added: Added; readonly mains: readonly Main[]; readonly dataSet: DataSet | undefined; readonly returns: Returns; readonly today: PlainDate; readonly marks: Marks;
};

/** The data set most units below owe in the period: the one the overview's completeness speaks of. */
function mainDataSet(scene: Scene, span: Span, unit: UnitRow): { dataSet: DataSet | undefined; returns: Returns } {
  let best: { dataSet: DataSet | undefined; returns: Returns } = { dataSet: undefined, returns: noReturns };
  for (const dataSet of span.programme.dataSets.values()) {
    if (dataSet.periodType !== 'month') continue;
    const returns = coverageOf(scene, dataSet.id, { unit, span, standing: 'reported', attribute: null });
    if (returns.expected > best.returns.expected) best = { dataSet, returns };
  }
  return best;
}

/** Indicators of the overview: those the programme's head names, else every one with a target. */
function mainIndicators(span: Span): Indicator[] {
  const { programme } = span;
  const named = programme.head.overview?.main ?? [...new Set([...programme.targets.values()].flatMap((target) => target.indicator ?? []))].slice(0, 7);
  return named.flatMap((id) => programme.indicators.get(id) ?? []);
}

export function frameOf(scene: Scene, asked: OverviewAsked, reader: Reader, added: Added): Frame {
  const period = checkedPeriod(asked.period ?? lastEnded(scene, reader.today));
  const span = spanOf(scene, period);
  const tree = scene.tree(span.treeDay);
  const unit = unitAsked(tree, reader.actor, asked.unit);
  const standing = asked.standing ?? 'reported';
  const guard = guardFor(scene, reader.actor);
  const mains = mainIndicators(span).map((indicator): Main => {
    const fitting = fittingPeriod(scene, indicator, period);
    const there = fitting === period ? span : { ...spanOf(scene, fitting), treeDay: span.treeDay };
    const worth = worthOf({ scene, guard, span: there, standing }, indicator, unit);
    return { indicator, period: fitting, span: there, worth, held: heldAgainst({ scene, indicator, unit, span: there, worth, added }) };
  });
  return { scene, guard, unit, children: readable(tree, reader.actor, tree.children.get(unit.code) ?? []), period, span, standing, added, mains, ...mainDataSet(scene, span, unit), today: reader.today, marks: reader.marks };
}

export function overviewOf(scene: Scene, asked: OverviewAsked, reader: Reader, added: Added): Overview {
  const frame = frameOf(scene, asked, reader, added);
  const { unit, children, span, period, dataSet, returns } = frame;
  const tree = scene.tree(span.treeDay);
  const tile = asked.tile ?? span.programme.head.overview?.map ?? frame.mains[0]?.indicator.id ?? null;
  const tiled = tile === null ? undefined : (span.programme.indicators.get(tile) ?? stop({ code: 'indicator-unknown', indicator: tile }));
  const values = tiled === undefined ? undefined : childValues(frame, tiled);
  const vectors = dataSet === undefined ? undefined : askedOf(scene, dataSet.id, { span, standing: 'reported', attribute: null });
  return {
    unit: unitName(unit), path: [...(tree.ancestors.get(unit.code) ?? [])].reverse().flatMap((code) => { const row = tree.byCode.get(code); return row === undefined ? [] : [unitName(row)]; }),
    period: periodInfo(scene, period), treeDay: span.treeDay, standing: frame.standing, asOf: reader.now,
    label: returns.expected > 0 && returns.approved >= returns.expected ? 'approved' : 'provisional', edition: scene.latest.edition, synthetic: reader.synthetic,
    source: {
      dataSet: dataSet?.id ?? null, dataSetName: dataSet?.name ?? null, expected: returns.expected, received: returns.received, inTime: returns.inTime, approved: returns.approved,
      dueOn: dataSet === undefined ? null : dueDayOf(dataSet, period, scene.head.calendar),
    },
    grade: vectors === undefined ? null : gradeFor(scene, vectors, { unit, span }, frame.marks), incidents: reader.incidents,
    things: thingsOf(frame, values), bullets: furthestFirst(frame.mains).map((main) => bulletOf(frame, main)), children: children.map((row) => [row.code, row.nameVi, row.nameEn ?? row.nameVi]),
    tiles: { indicator: tiled?.id ?? null, values: values?.map((one) => compactOf(one.worth.figure)) ?? [], steps: values?.map((one) => one.held.judged.step) ?? [] },
    first: values === undefined || tiled === undefined ? null : firstToSee(frame, tiled, values), calendar: calendarOf(frame), cascade: cascadeOf(frame), companions: companionsOf(frame),
  };
}

export type ChildValue = { readonly row: UnitRow; readonly worth: Worth; readonly held: Held };
function childValues({ scene, guard, children, standing, added, period, span }: Frame, indicator: Indicator): ChildValue[] {
  const fitting = fittingPeriod(scene, indicator, period);
  const there = fitting === period ? span : { ...spanOf(scene, fitting), treeDay: span.treeDay };
  return children.map((row) => {
    const worth = worthOf({ scene, guard, span: there, standing }, indicator, row);
    return { row, worth, held: heldAgainst({ scene, indicator, unit: row, span: there, worth, added }) };
  });
}

/** Furthest behind where they should be first; what is not judged last, in the programme's order. */
const furthestFirst = (mains: readonly Main[]): Main[] => [...mains].sort((a, b) => (a.held.judged.gap ?? Number.POSITIVE_INFINITY) - (b.held.judged.gap ?? Number.POSITIVE_INFINITY) || 0);

const backFrom = (period: Period, n: number): Period[] => Array.from({ length: n }, (_, i) => shiftPeriod(period, i - n + 1));

/** The change against the period before, when both are numbers. */
export function changeOf(trend: readonly (number | '<' | null)[], decimals: number): number | null {
  const [before, now] = trend.slice(-2);
  return typeof before === 'number' && typeof now === 'number' ? Math.round((now - before) * 10 ** (decimals + 2)) / 10 ** (decimals + 2) : null;
}

/** The trend shows each period on its own map. */
function bulletOf({ scene, guard, unit, span, standing, marks }: Frame, { indicator, period, span: there, worth, held }: Main): Overview['bullets'][number] {
  const begun = (one: Period): boolean => (monthsOf(one).at(-1) ?? one) >= scene.head.firstPeriod; // before it nobody was asked: no zero, no rate
  const trend = backFrom(period, 12).map((one) => !begun(one) ? null : compactOf(figureFor({ scene, guard, span: one === period ? there : spanFor(scene, one, unit, span.treeDay), standing }, indicator, unit)));
  return {
    indicator: indicatorSeen(indicator), period, value: worth.figure, approved: figureFor({ scene, guard, span: there, standing: 'approved' }, indicator, unit), coverage: seenCoverage(worth.returns),
    ...gradeSeen(graderBehind(scene, indicator, there, marks)(unit)),
    target: held.target === undefined ? null : targetSeen(held.target, held), judged: held.judged, trend, change: changeOf(trend, indicator.decimals),
  };
}

function firstToSee(frame: Frame, indicator: Indicator, values: readonly ChildValue[]): Overview['first'] {
  if (values.length === 0) return null;
  const { scene, guard, dataSet, period, span, standing } = frame;
  const byGap = values.some((one) => one.held.judged.gap !== null);
  const returns = new Map(values.map(({ row }) => [row.code, dataSet === undefined ? noReturns : coverageOf(scene, dataSet.id, { unit: row, span, standing: 'reported', attribute: null })]));
  const share = (code: string): number => { const one = returns.get(code); return one === undefined || one.expected === 0 ? 1 : one.received / one.expected; };
  const rank = (one: ChildValue): number => (byGap ? (one.held.judged.gap ?? 9) : share(one.row.code));
  const rows = [...values].sort((a, b) => rank(a) - rank(b) || share(a.row.code) - share(b.row.code) || (a.row.code < b.row.code ? -1 : 1)).slice(0, 8);
  const fitting = fittingPeriod(scene, indicator, period);
  const vectors = dataSet === undefined ? undefined : askedOf(scene, dataSet.id, { span, standing: 'reported', attribute: null });
  const grade = vectors === undefined ? undefined : grader(scene, vectors, span, frame.marks);
  return {
    rule: byGap ? 'furthest-behind' : 'fewest-returns', of: values.length,
    rows: rows.map(({ row, worth, held }) => {
      const trend = backFrom(fitting, 3).map((one) => compactOf(figureFor({ scene, guard, span: spanFor(scene, one, row, span.treeDay), standing }, indicator, row)));
      const one = returns.get(row.code) ?? noReturns;
      return {
        unit: row.code, value: compactOf(worth.figure), trend, change: changeOf(trend, indicator.decimals), onTime: one.expected === 0 ? null : Math.round((one.inTime * 1000) / one.expected) / 10,
        missing: Math.max(0, one.expected - one.received), step: held.judged.step,
        ...gradeSeen(grade?.(row) ?? null),
      };
    }),
  };
}

function cascadeOf({ scene, guard, unit, span, period, standing }: Frame): Overview['cascade'] {
  const named = (span.programme.head.overview?.cascade ?? []).flatMap((id) => span.programme.indicators.get(id) ?? []);
  if (named.length === 0) return null;
  const steps = named.map((indicator) => {
    const fitting = fittingPeriod(scene, indicator, period);
    return { indicator, period: fitting, value: figureFor({ scene, guard, span: fitting === period ? span : spanOf(scene, fitting), standing }, indicator, unit) };
  });
  const [top] = steps;
  const first = top === undefined ? null : numberIn(top.value);
  return {
    steps: steps.map(({ indicator, period: fitting, value }, i) => {
      const [now, before] = [numberIn(value), i === 0 || steps[i - 1] === undefined ? null : numberIn(steps[i - 1]?.value ?? { missing: true })];
      return {
        indicator: indicator.id, name: indicator.name, period: fitting, value, ofFirst: now === null || first === null || first === 0 ? null : Math.round((now * 1000) / first) / 10,
        lost: now === null || before === null ? null : before - now,
      };
    }),
  };
}

/** What must stand beside the drug-free share wherever it is shown (SECURITY E13). Null when the programme names no share. */
export function companionsOf({ scene, guard, unit, span, period, standing }: Pick<Frame, 'scene' | 'guard' | 'unit' | 'span' | 'period' | 'standing'>): Overview['companions'] {
  const named = span.programme.head.overview;
  const share = named?.share === null || named === undefined ? undefined : span.programme.indicators.get(named.share);
  if (share === undefined || named === undefined) return null;
  const fit = (indicator: Indicator): Period => fittingPeriod(scene, indicator, period);
  const at = (indicator: Indicator): Span => { const fitting = fit(indicator); return fitting === period ? span : spanOf(scene, fitting); };
  const beside = named.beside.flatMap((id) => span.programme.indicators.get(id) ?? []).map((indicator) => {
    const worth = worthOf({ scene, guard, span: at(indicator), standing }, indicator, unit);
    return { indicator: indicatorSeen(indicator), period: fit(indicator), value: worth.figure, coverage: seenCoverage(worth.returns) };
  });
  return {
    share: indicatorSeen(share), period: fit(share), value: figureFor({ scene, guard, span: at(share), standing }, share, unit), beside,
    without: [...named.beside.filter((id) => !span.programme.indicators.has(id)), ...beside.filter((one) => !('v' in one.value)).map((one) => one.indicator.id)],
  };
}
