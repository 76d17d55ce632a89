/** What every question about figures begins with: which unit, which period, and may this reader ask. */
import type { Actor } from '#kernel/actor.ts';
import type { PlainDate } from '#kernel/day.ts';
import { daysOf, periodAt, periodTypeOf, shiftPeriod, type Period } from '#kernel/period.ts';
import { RefusalError } from '#kernel/result.ts';
import type { Indicator } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { mayReadFigures, placeOf, readsNation, widestPlace } from '../rules/scope.ts';
import type { Figure, PeriodInfo, Standing, UnitName } from '../schema.ts';
import { coverageOf, type Returns } from './coverage.ts';
import { shown, type Guard } from './guard.ts';
import { dataSetsOf, indicatorValue, spanOf, type Span } from './measure.ts';
import type { DayUnits, Scene } from './scene.ts';

export const stop = (problem: { readonly code: string } & Readonly<Record<string, unknown>>): never => { throw new RefusalError(problem); };

export function checkedPeriod(period: string): Period {
  return periodTypeOf(period) === undefined ? stop({ code: 'period-malformed', period: period.slice(0, 20) }) : period;
}
/** The last month that ended before today, in the programme's calendar. */
export const lastEnded = (scene: Scene, today: PlainDate): Period => shiftPeriod(periodAt(today, 'month', scene.head.calendar), -1);

/** A unit of a tree that the reader may ask about. Refused: no such unit on that day, or not the reader's. */
export function unitFor(tree: DayUnits, actor: Actor, code: string): UnitRow {
  const unit = tree.byCode.get(code);
  if (unit === undefined) return stop({ code: 'unit-unknown', unit: code, unitCode: code });
  if (!mayReadFigures(actor, placeOf(unit, tree.ancestors.get(code) ?? []))) stop({ code: 'unit-not-yours', unit: code });
  return unit;
}

/** The units of a list whose figures the reader may see. */
export const readable = (tree: DayUnits, actor: Actor, rows: readonly UnitRow[]): readonly UnitRow[] => (readsNation(actor) ? rows : rows.filter((row) => mayReadFigures(actor, placeOf(row, tree.ancestors.get(row.code) ?? []))));

/** The unit asked for, or the widest the reader has. */
export function unitAsked(tree: DayUnits, actor: Actor, code: string | undefined): UnitRow {
  if (code !== undefined) return unitFor(tree, actor, code);
  const place = widestPlace(actor);
  const own = place === undefined ? undefined : place.province === '00' ? '00' : (place.commune ?? tree.rows.find((row) => row.depth === 2 && row.province === place.province)?.code);
  return own === undefined ? stop({ code: 'unit-not-yours', unit: '' }) : unitFor(tree, actor, own);
}

export const unitName = (row: UnitRow): UnitName => ({ code: row.code, level: row.level, nameVi: row.nameVi, ...(row.nameEn === undefined ? {} : { nameEn: row.nameEn }) });
/** The names of a row as long lists carry them: English left out where the register has none. */
export const listName = ({ nameVi, nameEn }: Pick<UnitRow, 'nameVi' | 'nameEn'>): { nameVi: string; nameEn?: string } => ({ nameVi, ...(nameEn === undefined ? {} : { nameEn }) });
export const namesOf = (row: UnitRow): { vi: string; en: string } => ({ vi: row.nameVi, en: row.nameEn ?? row.nameVi });

const infos = new WeakMap<object, Map<Period, PeriodInfo>>();
export function periodInfo({ head: { calendar } }: Scene, period: Period): PeriodInfo {
  const kept = infos.get(calendar) ?? new Map<Period, PeriodInfo>();
  infos.set(calendar, kept);
  const known = kept.get(period) ?? { id: period, type: periodTypeOf(period) ?? 'month', ...daysOf(period, calendar) };
  if (kept.size > 5000) kept.clear();
  kept.set(period, known);
  return known;
}

/** The period an indicator can be read in: the one asked for, or, when its returns come less often, their last one that ended by then. */
export function fittingPeriod(scene: Scene, indicator: Indicator, period: Period): Period {
  const order = ['month', 'quarter', 'half-year', 'nine-months', 'year'] as const;
  const span = spanOf(scene, period);
  const type = periodTypeOf(period) ?? 'month';
  const longest = dataSetsOf(scene, indicator, span).reduce((most, id) => Math.max(most, order.indexOf(scene.latest.dataSets.get(id)?.periodType ?? 'month')), 0);
  const wanted = order[longest] ?? 'month';
  if (order.indexOf(type) >= longest) return period;
  const last = span.months.at(-1) ?? period;
  const [year, month] = [last.slice(0, 4), Number(last.slice(5, 7))];
  const here = wanted === 'quarter' ? `${year}-Q${Math.ceil(month / 3)}` : wanted === 'half-year' ? `${year}-H${Math.ceil(month / 6)}` : wanted === 'nine-months' ? `${year}-N9` : year;
  const ended = wanted === 'quarter' ? month % 3 === 0 : wanted === 'half-year' ? month % 6 === 0 : wanted === 'nine-months' ? month >= 9 : month === 12;
  return ended ? here : shiftPeriod(here, -1);
}

/** How figures are looked at: by whom (what is hidden from them), in which span, reported or approved. */
export type View = { readonly scene: Scene; readonly guard: Guard; readonly span: Span; readonly standing: Standing };
export type Worth = { readonly figure: Figure; readonly numerator: Figure; readonly denominator: Figure; readonly returns: Returns };
/** An indicator for a unit as the reader may see it, with the returns it stands on: those of its least complete data set. */
export function worthOf({ scene, guard, span, standing }: View, indicator: Indicator, unit: UnitRow): Worth {
  const want = { unit, span, standing, attribute: null };
  const { value, numerator, denominator } = indicatorValue(scene, indicator, want);
  const hidden = guard.hidesIndicator(indicator, unit, span, standing);
  return { figure: shown(rounded(value, indicator), hidden), numerator: shown(numerator, hidden), denominator: shown(denominator, hidden), returns: returnsBehind(scene, indicator, want) };
}

/** One value without its returns: for long lists. */
export function figureFor({ scene, guard, span, standing }: View, indicator: Indicator, unit: UnitRow): Figure {
  const { value } = indicatorValue(scene, indicator, { unit, span, standing, attribute: null });
  return shown(rounded(value, indicator), value !== null && guard.hidesIndicator(indicator, unit, span, standing));
}

/** Two digits more than are shown, so that what is compared is what was computed and replies stay short. */
const rounded = (value: number | null, { decimals }: Indicator): number | null => (value === null ? null : Math.round(value * 10 ** (decimals + 2)) / 10 ** (decimals + 2));

export function returnsBehind(scene: Scene, indicator: Indicator, want: Parameters<typeof coverageOf>[2]): Returns {
  const sets = dataSetsOf(scene, indicator, want.span);
  const list = sets.map((dataSet) => coverageOf(scene, dataSet, want)).filter((one) => one.expected > 0);
  return list.sort((a, b) => a.received / a.expected - b.received / b.expected)[0] ?? { expected: 0, received: 0, inTime: 0, approved: 0 };
}
export const seenCoverage = ({ received, expected }: Returns): { reporting: number; expected: number } => ({ reporting: received, expected });
