/** A grade A-D on each number, with what lowered it. The worst reason decides. */
import { grades, type Grade, type Graded, type GradeReason } from '../schema.ts';

/** Some found among so many. */
export type Share = { readonly found: number; readonly of: number };

/** What a grade is made of; a part that is not known is null and lowers nothing. */
export type GradeFacts = {
  readonly expected: number;
  readonly received: number;
  readonly inTime: number;
  /** Numbers far outside what the unit usually reports and not explained by it, among the numbers reported. */
  readonly outliers: Share | null;
  /** Broken rules nobody explained, among the returns received. */
  readonly broken: Share | null;
  /** Counted anew / reported, from a drawn sample. */
  readonly verification: number | null;
  /** Units whose numbers heap on 0 and 5, among the units that reported. */
  readonly heaping: Share | null;
};

type Scale = readonly [a: number, b: number, c: number];
/**
 * A return that came late holds the same numbers as one in time, and numbers that end in 0 and 5 too often look estimated, not false: neither
 * alone says that a number cannot be relied on (D).
 */
const atLeast: Readonly<Record<'completeness' | 'timeliness', Scale>> = { completeness: [0.95, 0.85, 0.7], timeliness: [0.9, 0.75, 0] };
const atMost: Readonly<Record<'outliers' | 'broken-rules' | 'verification' | 'heaping', Scale>> = {
  outliers: [0.002, 0.01, 0.03], 'broken-rules': [0.02, 0.1, 0.25], verification: [0.05, 0.1, 0.2], heaping: [0.02, 0.05, 1],
};
/**
 * The worst a single finding can make of it, and two: among sixty numbers of one commune one unusual value is already more than 1 %, and one
 * value to look at again does not make the other fifty-nine useless. From three on the share decides.
 */
const few: Readonly<Record<'outliers' | 'broken-rules' | 'heaping', readonly [one: Grade, two: Grade]>> = { outliers: ['B', 'C'], 'broken-rules': ['C', 'C'], heaping: ['C', 'C'] };

function rung(value: number, scale: Scale, lowIsGood: boolean): Grade {
  const at = scale.findIndex((limit) => (lowIsGood ? value <= limit : value >= limit));
  return grades[at === -1 ? 3 : at] ?? 'D';
}
const better = (a: Grade, b: Grade): Grade => (grades.indexOf(a) < grades.indexOf(b) ? a : b);

/** Grade of a set of returns. Nothing received is D; nothing expected has no grade (null). */
export function gradeOf(facts: GradeFacts): Graded | null {
  if (facts.expected <= 0) return null;
  const reasons: GradeReason[] = [];
  const note = (code: string, value: number, scale: Scale, grade: Grade, found: number | null): void => {
    reasons.push({ code, value, limit: scale[Math.max(0, grades.indexOf(grade) - 1)] ?? scale[0], grade, found });
  };
  const share = (code: keyof typeof atLeast, value: number): void => note(code, value, atLeast[code], rung(value, atLeast[code], false), null);
  const found = (code: keyof typeof few, one: Share | null): void => {
    if (one === null || one.of <= 0) return;
    const value = one.found / one.of;
    const [single, two] = few[code];
    const byShare = rung(value, atMost[code], true);
    note(code, value, atMost[code], one.found <= 1 ? better(byShare, single) : one.found === 2 ? better(byShare, two) : byShare, one.found);
  };
  share('completeness', facts.received / facts.expected);
  share('timeliness', facts.inTime / facts.expected);
  found('outliers', facts.outliers);
  found('broken-rules', facts.broken);
  if (facts.verification !== null) { const off = Math.abs(1 - facts.verification); note('verification', off, atMost.verification, rung(off, atMost.verification, true), null); }
  found('heaping', facts.heaping);
  reasons.sort((a, b) => grades.indexOf(b.grade) - grades.indexOf(a.grade));
  return { grade: reasons[0]?.grade ?? 'D', reasons };
}

/** The grade of a figure made from several data sets is that of its weakest, with what makes it so. */
export const weakest = (list: readonly (Graded | null)[]): Graded | null =>
  list.reduce<Graded | null>((worst, one) => (one === null ? worst : worst === null || grades.indexOf(one.grade) > grades.indexOf(worst.grade) ? one : worst), null);
