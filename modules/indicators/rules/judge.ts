/**
 * Where one should be today, and how far one is from it. Judges units against targets, never people (SECURITY E3).
 *
 * The steps follow the relative gap to the path: at it or ahead Tốt, up to 5 % behind Khá, up to 10 % Đáng lo, more Rất đáng lo.
 */
import type { Indicator, Target } from '#modules/definitions/schema.ts';
import { monthsOf, periodTypeOf, type Period } from '#kernel/period.ts';
import type { Figure, Judged, JudgementReason, JudgementStep } from '../schema.ts';

const steps = { fair: -0.05, worrying: -0.1 } as const;
/** With fewer returns than this share of those expected a figure is not judged: a low count may be silence. */
export const leastCoverage = 0.5;

/** Months since year 0 of a period's last month. Undefined for text that is no period. */
export function endMonth(period: Period): number | undefined {
  if (periodTypeOf(period) === undefined) return undefined;
  const last = monthsOf(period).at(-1);
  return last === undefined ? undefined : Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1;
}

export type Commitment = { readonly value: number; readonly period: Period };
type PathTarget = Pick<Target, 'operator' | 'low' | 'high' | 'year' | 'everyYear' | 'baseline' | 'path'>;

/** +1 when more is better for the target, -1 when less is; 0 when it has no direction to measure along. */
export function directionOf(target: Pick<Target, 'operator' | 'low'>): 1 | -1 | 0 {
  switch (target.operator) {
    case '>=': case '>': case 'increase': return 1;
    case '<=': case '<': case 'decrease': return -1;
    case '=': return target.low === 0 ? -1 : 1;
    case 'exists': return 0;
  }
}

/**
 * Where the path says one should be at the end of a period: between two points in a straight line over months, the baseline being the
 * first point and the target the last. A target for every year is due in full in each. Null before the path begins, and when
 * there is neither a path nor a baseline and the year is still to come.
 *
 * @param commitments what the unit committed to, for one year or several: from the first of them on they are the path instead of the target's own points
 */
export function shouldBe(target: PathTarget, period: Period, commitments: readonly Commitment[] = []): number | null {
  const at = endMonth(period);
  if (at === undefined) return null;
  const promised = commitments.flatMap((one) => { const month = endMonth(one.period); return month === undefined ? [] : [{ month, value: one.value }]; }).sort((a, b) => a.month - b.month);
  if (target.everyYear) return promised.find((one) => Math.floor(one.month / 12) === Math.floor(at / 12))?.value ?? target.low;
  const points = target.path.flatMap((point) => { const month = endMonth(point.period); return month === undefined ? [] : [{ month, value: point.value }]; });
  const start = target.baseline === null ? undefined : endMonth(target.baseline.period);
  if (start !== undefined && target.baseline !== null) points.push({ month: start, value: target.baseline.value });
  const [first, last] = [promised[0], promised.at(-1)];
  const kept = first === undefined ? points : [...points.filter((point) => point.month < first.month), ...promised];
  const due = target.year === null ? undefined : target.year * 12 + 11;
  if (due !== undefined && target.low !== null && (last === undefined || due > last.month)) kept.push({ month: due, value: target.low });
  return alongPath(kept.sort((a, b) => a.month - b.month), at);
}

function alongPath(points: readonly { month: number; value: number }[], at: number): number | null {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || at < first.month) return null;
  if (at >= last.month) return last.value;
  const next = points.findIndex((point) => point.month > at);
  const [a, b] = [points[next - 1], points[next]];
  if (a === undefined || b === undefined) return null;
  return a.value + ((b.value - a.value) * (at - a.month)) / (b.month - a.month);
}

/** Relative distance to where one should be, positive is ahead. @param direction of the target */
export function gapOf(value: number, due: number, direction: 1 | -1): number {
  if (value === due) return 0;
  return due === 0 ? direction * Math.sign(value) : (direction * (value - due)) / Math.abs(due);
}

/** A hair of rounding never makes a judgement worse. */
const hair = 1e-9;
export const stepOf = (gap: number): JudgementStep => (gap >= -hair ? 'good' : gap >= steps.fair - hair ? 'fair' : gap >= steps.worrying - hair ? 'worrying' : 'bad');
const reasons: Readonly<Record<JudgementStep, JudgementReason>> = { good: 'at-or-ahead', fair: 'up-to-5-behind', worrying: 'up-to-10-behind', bad: 'over-10-behind' };

/** Official targets and own working goals may be judged against; what was only proposed, or is not sure, never. */
const judgeable: readonly Target['status'][] = ['adopted', 'pm_instruction', 'provincial', 'working_goal'];
export const mayJudgeBy = (target: Pick<Target, 'status'>): boolean => judgeable.includes(target.status);

export type ToJudge = {
  readonly indicator: Pick<Indicator, 'polarity'>;
  readonly target: Target | undefined;
  readonly period: Period;
  readonly figure: Figure;
  readonly coverage: { readonly reporting: number; readonly expected: number };
  readonly commitments?: readonly Commitment[];
  readonly override?: Judged['override'] | undefined;
};

/**
 * The judgement of one figure of a unit. Without a target nothing is coloured: a rise or a fall alone says neither good nor bad, least of
 * all of cases found or people recorded, where a fall may be less work. The target judged against is always named.
 */
export function judge({ indicator, target, period, figure, coverage, commitments = [], override }: ToJudge): Judged {
  const not = (reason: JudgementReason, due: number | null = null): Judged => ({ step: null, reason, shouldBe: due, gap: null, target: target?.id ?? null, override: null });
  if (target === undefined || !mayJudgeBy(target)) return { ...not(indicator.polarity === 'none' ? 'direction-says-nothing' : 'no-target'), target: null };
  const signed = (judged: Judged): Judged => (override === undefined || override === null ? judged : { ...judged, step: override.step, reason: 'signed-override', override: { ...override, computed: judged.step } });
  if ('suppressed' in figure) return not('suppressed');
  if ('missing' in figure) return not('no-figure', shouldBe(target, period, commitments));
  const direction = directionOf(target);
  if (direction === 0 || (target.low === null && commitments.length === 0 && target.operator !== 'increase' && target.operator !== 'decrease')) return not('no-value-in-target');
  const due = target.low === null && commitments.length === 0 ? (target.baseline?.value ?? null) : shouldBe(target, period, commitments);
  if (due === null) return signed(not('no-path-yet'));
  if (coverage.expected > 0 && coverage.reporting < coverage.expected * leastCoverage) return signed(not('too-few-reports', due));
  const gap = gapOf(figure.v, due, direction);
  const step = stepOf(gap);
  return signed({ step, reason: reasons[step], shouldBe: due, gap, target: target.id, override: null });
}

/** Colour of a change since the period before: none unless the indicator itself says which way is better. */
export function changeStep(indicator: Pick<Indicator, 'polarity'>, change: number | null): 'good' | 'bad' | null {
  if (indicator.polarity === 'none' || change === null || change === 0) return null;
  return change > 0 === (indicator.polarity === 'higher') ? 'good' : 'bad';
}

/** A place in the tree and the groups it is in, as targets name them. */
export type TargetPlace = { readonly depth: number; readonly code: string; readonly province: string; readonly groupOf: (set: string) => string | undefined };

/** A target of the nation is everybody's; one of `province:20` is that province's and of the units in it. */
export function isFor({ level }: Pick<Target, 'level'>, { code, depth, province }: TargetPlace): boolean {
  const [name = '', of] = level.split(':');
  return of === undefined ? name === 'national' : code === of || (name === 'province' && depth >= 2 && province === of);
}

/** What the target asks of this very unit where it asks for more, or less, than of all: the tier of a group it is in. */
export function tierOf({ tiers }: Pick<Target, 'tiers'>, { depth, province, groupOf }: TargetPlace): Target['tiers'][number] | undefined {
  return tiers.find(({ group }) => {
    const [set = '', of] = group.split('/');
    return set === 'province' ? depth >= 2 && province === of : groupOf(set) === of;
  });
}

/** A number of things for the whole nation says nothing of a part of it: 50,000 people are no goal of a province unless it takes a share of them on. */
export const isAbsolute = ({ unit, low, baseline }: Pick<Target, 'unit' | 'low' | 'baseline'>): boolean => (low !== null || baseline !== null) && !unit.startsWith('percent');

/**
 * The target an indicator is held against in a period: one that says where to be by now before one that names only an end, and one still
 * running before one whose year has passed (an own goal may carry the path between two official targets, and is marked as ours); then official
 * ones, then the nearest year.
 */
export function targetFor(targets: Iterable<Target>, indicator: string, period: Period, place?: TargetPlace): Target | undefined {
  const year = Number(monthsOf(period).at(-1)?.slice(0, 4) ?? 0);
  const isPast = (target: Target): boolean => !target.everyYear && target.year !== null && target.year < year;
  const rank = (target: Target): number => (shouldBe(target, period) === null ? 200_000 : 0) + (isPast(target) ? 100_000 : 0) + judgeable.indexOf(target.status) * 10_000 + (target.year === null || target.everyYear ? 0 : Math.abs(target.year - year) + 1);
  const mine = (target: Target): boolean => (place === undefined ? target.level === 'national' : isFor(target, place));
  return [...targets].filter((target) => target.indicator === indicator && mayJudgeBy(target) && mine(target)).sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0];
}
