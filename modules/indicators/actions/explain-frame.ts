/** What a figure is made of before any return is looked at: the measure, its terms, the other facts its formula asks for, the units below. */
import type { Actor } from '#kernel/actor.ts';
import type { PlainDate } from '#kernel/day.ts';
import { daysOf } from '#kernel/period.ts';
import type { DataElement, Indicator } from '#modules/definitions/schema.ts';
import type { DataReference } from '#modules/definitions/formula/index.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { waysOf } from '../rules/ways.ts';
import type { Explanation, Standing } from '../schema.ts';
import { checkedPeriod, readable, seenCoverage, unitFor, unitName } from './ask.ts';
import { assignedUnits, coverageOf, coverageReader, noReturns, type Returns } from './coverage.ts';
import { guardFor, shown, type Guard } from './guard.ts';
import { measureAsked, measureFigure, type MeasureAsked, type MeasureFound } from './indicator-page.ts';
import { askedOf, cellsOf, elementsOf, elementValue, formulaOf, shiftedSpan, sourceOf, spanOf, type Cells, type Span } from './measure.ts';
import type { Scene } from './scene.ts';
import { placesOn, unitBlock } from './sheets.ts';

export type ExplainAsked = MeasureAsked & { readonly unit: string; readonly mapDay?: PlainDate | undefined; readonly toDate?: 'yes' | undefined; readonly page?: number | undefined };
export type Term = { readonly ref: string; readonly element: DataElement; readonly cells: Cells; readonly cell: string; readonly span: Span; readonly side: 'numerator' | 'denominator' | 'value' };
/** What a formula asks for besides elements: a constant, a number of the unit, of returns expected or received, of the calendar. */
export type Fact = Explanation['facts'][number];
export type Frame = {
  readonly scene: Scene; readonly guard: Guard; readonly actor: Actor; readonly measure: MeasureFound; readonly unit: UnitRow; readonly span: Span; readonly standing: Standing;
  readonly terms: readonly Term[]; readonly facts: readonly Fact[];
  /** Data sets and periods whose returns the figure stands on. */
  readonly sources: readonly { readonly dataSet: string; readonly period: string }[];
};

export function frameOf(scene: Scene, asked: ExplainAsked, actor: Actor): Frame {
  const span = shiftedSpan(scene, spanOf(scene, checkedPeriod(asked.period), asked.mapDay ?? null), { offset: 0, yearToDate: asked.toDate === 'yes' });
  const tree = scene.tree(span.treeDay);
  const unit = unitFor(tree, actor, asked.unit);
  const standing = asked.standing ?? 'reported';
  const measure = measureAsked(scene, asked, span, { units: unit.depth < 3 && tree.children.has(unit.code) });
  const terms = termsOf(scene, measure, span);
  const others = measure.kind === 'indicator' ? otherReferences(scene, measure.indicator, span) : [];
  const basesOf = (dataSet: string, there: Span) => (askedOf(scene, dataSet, { span: there, standing, attribute: null })?.bases ?? []).map((period) => ({ dataSet, period }));
  const sources = [...terms.flatMap((term) => basesOf(term.cells.dataSet, term.span)), ...others.flatMap(({ reference, span: there }) => (reference.kind === 'reporting-rate' ? basesOf(reference.dataSet, shiftedSpan(scene, there, reference.period)) : []))];
  const facts = new Map(others.map(({ reference, span: there, shift }): [string, Fact] => {
    const value = sourceOf(scene, { unit, span: there, standing, attribute: null }).read(reference, 0);
    return [`${reference.key}${shift}`, { ref: `${reference.key}${shift}`, value: typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null }];
  }));
  return { scene, guard: guardFor(scene, actor), actor, measure, unit, span, standing, terms, facts: [...facts.values()].slice(0, mostFacts), sources: [...new Map(sources.map((one) => [`${one.dataSet} ${one.period}`, one])).values()] };
}
const mostFacts = 100;

const refText = ({ element, options }: DataReference): string => [element, ...(options.length > 0 ? [options.join('&')] : [])].join('.');

function termsOf(scene: Scene, measure: MeasureFound, span: Span): Term[] {
  if (measure.kind === 'element') {
    const cells = cellsOf(scene, measure.element.id, measure.cell === '' ? null : [measure.cell]);
    return cells === undefined ? [] : [{ ref: measure.cell === '' ? measure.element.id : `${measure.element.id}.${measure.cell}`, element: measure.element, cells, cell: measure.cell, span, side: 'value' }];
  }
  return elementsOf(scene, measure.indicator, span).flatMap(({ element, span: there, side, reference }): Term[] => {
    const named = reference.options.length === 0 ? null : reference.optionKind === 'combination' ? reference.options
      : (there.programme.disaggregations.get(element.disaggregation ?? '')?.cells ?? []).filter((cell) => reference.options.every((option) => cell.options.includes(option))).map((cell) => cell.id);
    const cells = cellsOf(scene, element.id, named);
    return cells === undefined ? [] : [{ ref: `${refText(reference)}${there.period === span.period ? '' : ` @ ${there.period}`}`, element, cells, cell: named?.join('+') ?? '', span: there, side }];
  });
}

type Other = { readonly reference: NonNullable<ReturnType<typeof formulaOf>>['references'][number]; readonly span: Span; readonly shift: string };
function otherReferences(scene: Scene, indicator: Indicator, span: Span, depth = 0): Other[] {
  return [indicator.numerator, indicator.denominator].flatMap((text) => (text === null ? [] : formulaOf(text)?.references ?? [])).flatMap((reference): Other[] => {
    if (reference.kind === 'data') return [];
    if (reference.kind !== 'indicator') return [{ reference, span, shift: depth === 0 ? '' : ` @ ${span.period}` }];
    const there = shiftedSpan(scene, span, reference.period);
    const inner = depth < 16 ? there.programme.indicators.get(reference.id) : undefined;
    return inner === undefined ? [] : otherReferences(scene, inner, there, depth + 1);
  });
}

/** The period itself of a span that goes from the start of the year to its end. */
export const plainPeriod = (period: string): string => period.replace(':ytd', '');
export function termSeen({ scene, guard, unit, standing }: Frame, { ref, element, cells, cell, span, side }: Term): Explanation['terms'][number] {
  const { value } = elementValue(scene, element, cells, { unit, span, standing, attribute: null });
  const { units, time } = waysOf(element);
  return {
    ref, element: element.id, cell, name: element.name, side, period: plainPeriod(span.period), toDate: span.period !== plainPeriod(span.period), value: shown(value, guard.hides(element, unit, span, standing)), overUnits: units, overTime: time,
    coverage: seenCoverage(coverageOf(scene, cells.dataSet, { unit, span, standing, attribute: null })),
  };
}

/** Returns behind one unit after another: those of the least complete data set. */
function returnsReader({ scene, span, sources }: Frame): (unit: UnitRow) => Returns {
  const readers = [...new Set(sources.map((one) => one.dataSet))].sort().map((dataSet) => coverageReader(scene, dataSet, span));
  return (unit) => readers.map((read) => read(unit)).sort((a, b) => a.received / Math.max(1, a.expected) - b.received / Math.max(1, b.expected))[0] ?? noReturns;
}

/** The figure, its coverage and what lies directly below. */
export function figuresOf(frame: Frame): Pick<Explanation, 'figure' | 'coverage' | 'children'> {
  const { scene, actor, measure, unit, span } = frame;
  const tree = scene.tree(span.treeDay);
  const returns = returnsReader(frame);
  return {
    figure: measureFigure(frame, measure, unit), coverage: seenCoverage(returns(unit)),
    children: readable(tree, actor, tree.children.get(unit.code) ?? []).map((row) => ({ unit: unitName(row), figure: measureFigure(frame, measure, row), coverage: seenCoverage(returns(row)) })),
  };
}

/** Codes at and below the unit, on the figure's map. */
export function codesBelow({ scene, unit, span }: Pick<Frame, 'scene' | 'unit' | 'span'>): ReadonlySet<string> {
  const tree = scene.tree(span.treeDay);
  return scene.cache.derived(`codes below ${unit.code} ${tree.day}`, [tree], () => new Set(tree.rows.filter((row) => row.code === unit.code || unit.depth === 1 || (tree.ancestors.get(row.code) ?? []).includes(unit.code)).map((row) => row.code)));
}

/** Units that owed a return of a period that has ended and sent none, as they were then, with those periods. */
export function silentUnits(frame: Frame, today: PlainDate): { readonly row: UnitRow; readonly periods: string[] }[] {
  const { scene, span, sources } = frame;
  const here = codesBelow(frame);
  const quiet = new Map<string, { readonly row: UnitRow; readonly periods: string[] }>();
  for (const { dataSet, period } of sources) {
    if (daysOf(period, scene.head.calendar).last >= today) continue; // nobody is late yet
    const set = span.programme.dataSets.get(dataSet) ?? scene.latest.dataSets.get(dataSet);
    if (set === undefined) continue;
    const treeDay = scene.treeDayOf(period);
    const block = unitBlock(scene, { dataSet, bases: [period], standing: 'reported', attribute: null, treeDay, programme: span.programme });
    const placeOf = placesOn(scene, treeDay, span.treeDay);
    for (const row of assignedUnits(scene, set, period)) {
      if (block.rowOf.has(row.code) || !here.has(placeOf(row.code)?.code ?? '')) continue;
      const known = quiet.get(row.id) ?? { row, periods: [] };
      if (!known.periods.includes(period)) known.periods.push(period);
      quiet.set(row.id, known);
    }
  }
  return [...quiet.values()];
}
