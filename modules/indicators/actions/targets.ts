/** Indicators and targets as screens see them, with commitments and signed judgements laid over what is computed. */
import type { Indicator, Programme, Target } from '#modules/definitions/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { directionOf, isAbsolute, isFor, judge, targetFor, tierOf, type TargetPlace } from '../rules/judge.ts';
import { numberIn, type Commitment, type IndicatorSeen, type Judged, type TargetSeen } from '../schema.ts';
import type { JudgementRow } from '../store/people.ts';
import type { Worth } from './ask.ts';
import { seenCoverage } from './ask.ts';
import type { Span } from './measure.ts';
import type { Scene } from './scene.ts';

export const indicatorSeen = ({ id, name, shortName, unit, decimals, polarity, measures }: Indicator): IndicatorSeen => ({ id, name, shortName, unit, decimals, polarity, measures });

export const targetSeen = ({ tiers, ...target }: Target, { commitment, tier }: Pick<Held, 'commitment' | 'tier'>): TargetSeen => ({
  id: target.id, name: target.name, operator: target.operator, low: target.low, high: target.high, year: target.year, status: target.status, measures: target.measures,
  baseline: target.baseline === null ? null : { period: target.baseline.period, value: target.baseline.value },
  tier: tier === undefined ? null : { value: tier.low, note: tier.note }, tiers: tiers.length,
  commitment: commitment === undefined ? null : { value: commitment.value, period: commitment.period, basis: commitment.basis },
});

/** What people added that bears on a set of figures, as read under the reader's row security. */
export type Added = { readonly judgements: readonly JudgementRow[]; readonly commitments: readonly Commitment[] };

/** What a unit committed to for a goal, by period: for this target, or for another of the same measure and direction, as the path to it. */
export const commitmentsOf = (added: Added, unit: string, target: Target, programme: Programme): Commitment[] => added.commitments.filter((one) => {
  if (one.unit !== unit) return false;
  const other = programme.targets.get(one.target);
  return one.target === target.id || (other !== undefined && other.indicator === target.indicator && other.unit === target.unit && directionOf(other) === directionOf(target));
}).sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : Number(b.target === target.id) - Number(a.target === target.id))).filter((one, at, all) => all[at - 1]?.period !== one.period);

export type Held = { readonly target: Target | undefined; readonly commitment: Commitment | undefined; readonly commitments: readonly Commitment[]; readonly tier: Target['tiers'][number] | undefined; readonly judged: Judged };
export type Holding = { readonly scene: Scene; readonly indicator: Indicator; readonly unit: UnitRow; readonly span: Span; readonly worth: Pick<Worth, 'figure' | 'denominator' | 'returns'>; readonly added: Added };

/** The unit as targets see it; groups of units are looked up when a target names one. */
export const placeIn = (scene: Scene, { code, depth, province }: UnitRow, span: Span): TargetPlace =>
  ({ code, depth, province, groupOf: (set) => scene.groups(span.treeDay).find((one) => one.id === set)?.groupOf.get(code) });

/** The judgement of an indicator for a unit: by the target given, or the one that is due next. What the unit's tier asks, or the unit promised, replaces the target's own value. */
export function heldAgainst({ scene, indicator, unit, span, worth, added }: Holding, given?: Target): Held {
  const place = placeIn(scene, unit, span);
  const target = given ?? targetFor(span.programme.targets.values(), indicator.id, span.period, place);
  const tier = target === undefined ? undefined : tierOf(target, place);
  const commitments = target === undefined ? [] : commitmentsOf(added, unit.code, target, span.programme);
  const commitment = commitments.find((one) => one.period.slice(0, 4) >= span.period.slice(0, 4)) ?? commitments.at(-1);
  const signed = added.judgements.find((one) => one.unit === unit.code && one.indicator === indicator.id && one.period === span.period);
  const override = signed === undefined ? undefined : { step: signed.step, computed: signed.computed, reason: signed.reason, office: signed.office, post: signed.post, at: signed.at };
  const held = { target, commitment, commitments, tier };
  if (target !== undefined && override === undefined && !judgesHere(target, held, { indicator, unit, worth, place })) return { ...held, judged: { step: null, reason: 'target-not-for-this-unit', shouldBe: null, gap: null, target: target.id, override: null } };
  const asked = target === undefined || tier === undefined ? target : { ...target, low: tier.low };
  return { ...held, judged: judge({ indicator, target: asked, period: span.period, figure: worth.figure, coverage: seenCoverage(worth.returns), commitments, override }) };
}

/** A share of one thing says yes or no, not how far along: a commune is no share of communes. Another's target, or the nation's number of things, judges nobody else. */
function judgesHere(target: Target, { commitments, tier }: Pick<Held, 'commitments' | 'tier'>, { indicator, unit, worth, place }: Pick<Holding, 'indicator' | 'unit' | 'worth'> & { readonly place: TargetPlace }): boolean {
  if (indicator.denominator !== null && numberIn(worth.denominator) === 1) return false;
  if (!isFor(target, place)) return false;
  return unit.depth <= 1 || target.level !== 'national' || !isAbsolute(target) || tier !== undefined || commitments.length > 0;
}
