/** Indicators and targets as screens see them, with commitments and signed judgements laid over what is computed. */
import type { Indicator, Target } from '#modules/definitions/schema.ts';
import type { Period } from '#kernel/period.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { judge, targetFor } from '../rules/judge.ts';
import { numberIn, type Commitment, type IndicatorSeen, type Judged, type TargetSeen } from '../schema.ts';
import type { JudgementRow } from '../store/people.ts';
import type { Worth } from './ask.ts';
import { seenCoverage } from './ask.ts';
import type { Span } from './measure.ts';

export const indicatorSeen = ({ id, name, shortName, unit, decimals, polarity, measures }: Indicator): IndicatorSeen => ({ id, name, shortName, unit, decimals, polarity, measures });

export const targetSeen = (target: Target, commitment: Commitment | undefined): TargetSeen => ({
  id: target.id, name: target.name, operator: target.operator, low: target.low, high: target.high, year: target.year, status: target.status, measures: target.measures,
  baseline: target.baseline === null ? null : { period: target.baseline.period, value: target.baseline.value },
  commitment: commitment === undefined ? null : { value: commitment.value, period: commitment.period, basis: commitment.basis },
});

/** What people added that bears on a set of figures, as read under the reader's row security. */
export type Added = { readonly judgements: readonly JudgementRow[]; readonly commitments: readonly Commitment[] };
export const nothingAdded: Added = { judgements: [], commitments: [] };

/** The commitment of a unit for a target: the one due next. */
export const commitmentOf = (added: Added, unit: string, target: string, period: Period): Commitment | undefined => {
  const mine = added.commitments.filter((one) => one.unit === unit && one.target === target).sort((a, b) => (a.period < b.period ? -1 : 1));
  return mine.find((one) => one.period.slice(0, 4) >= period.slice(0, 4)) ?? mine.at(-1);
};

export type Held = { readonly target: Target | undefined; readonly commitment: Commitment | undefined; readonly judged: Judged };
export type Holding = { readonly indicator: Indicator; readonly unit: UnitRow; readonly span: Span; readonly worth: Pick<Worth, 'figure' | 'denominator' | 'returns'>; readonly added: Added };
/** The judgement of an indicator for a unit: by the target given, or the one that is due next. */
export function heldAgainst({ indicator, unit, span, worth, added }: Holding, target = targetFor(span.programme.targets.values(), indicator.id, span.period)): Held {
  const commitment = target === undefined ? undefined : commitmentOf(added, unit.code, target.id, span.period);
  const signed = added.judgements.find((one) => one.unit === unit.code && one.indicator === indicator.id && one.period === span.period);
  const override = signed === undefined ? undefined : { step: signed.step, computed: signed.computed, reason: signed.reason, office: signed.office, post: signed.post, at: signed.at };
  // a share of one thing says yes or no, not how far along: a commune is no share of communes
  if (indicator.denominator !== null && numberIn(worth.denominator) === 1 && override === undefined) return { target, commitment, judged: { step: null, reason: 'target-not-for-this-unit', shouldBe: null, gap: null, target: target?.id ?? null, override: null } };
  return { target, commitment, judged: judge({ indicator, target, period: span.period, figure: worth.figure, coverage: seenCoverage(worth.returns), commitment, override }) };
}
