/** A grade A-D on each number, with what lowered it. The worst reason decides. */
import { grades, type Grade, type Graded } from '../schema.ts';

/** What a grade is made of; a part that is not known is null and lowers nothing. */
export type GradeFacts = {
  readonly expected: number;
  readonly received: number;
  readonly inTime: number;
  /** Share of numbers reported that lie far outside what the unit usually reports. */
  readonly outliers: number | null;
  /** Broken rules nobody explained, per return received. */
  readonly openPerReturn: number | null;
  /** Counted anew / reported, from a drawn sample. */
  readonly verification: number | null;
  /** Share of units whose numbers heap on 0 and 5. */
  readonly heaping: number | null;
};

type Scale = readonly [a: number, b: number, c: number];
const atLeast: Readonly<Record<'completeness' | 'timeliness', Scale>> = { completeness: [0.95, 0.85, 0.7], timeliness: [0.9, 0.75, 0.5] };
const atMost: Readonly<Record<'outliers' | 'broken-rules' | 'verification' | 'heaping', Scale>> = {
  outliers: [0.002, 0.01, 0.03], 'broken-rules': [0.02, 0.1, 0.25], verification: [0.05, 0.1, 0.2], heaping: [0.02, 0.05, 0.1],
};

function rung(value: number, scale: Scale, lowIsGood: boolean): Grade {
  const at = scale.findIndex((limit) => (lowIsGood ? value <= limit : value >= limit));
  return grades[at === -1 ? 3 : at] ?? 'D';
}

/** Grade of a set of returns. Nothing received is D; nothing expected has no grade (null). */
export function gradeOf(facts: GradeFacts): Graded | null {
  if (facts.expected <= 0) return null;
  const reasons: Graded['reasons'] = [];
  const note = (code: string, value: number | null, scale: Scale, lowIsGood: boolean): void => {
    if (value === null) return;
    const grade = rung(value, scale, lowIsGood);
    const limit = scale[Math.max(0, grades.indexOf(grade) - 1)] ?? scale[0];
    reasons.push({ code, value, limit, grade });
  };
  note('completeness', facts.received / facts.expected, atLeast.completeness, false);
  note('timeliness', facts.inTime / facts.expected, atLeast.timeliness, false);
  note('outliers', facts.outliers, atMost.outliers, true);
  note('broken-rules', facts.openPerReturn, atMost['broken-rules'], true);
  note('verification', facts.verification === null ? null : Math.abs(1 - facts.verification), atMost.verification, true);
  note('heaping', facts.heaping, atMost.heaping, true);
  reasons.sort((a, b) => grades.indexOf(b.grade) - grades.indexOf(a.grade));
  return { grade: reasons[0]?.grade ?? 'D', reasons };
}

/** The grade of a figure made from several data sets is that of its weakest. */
export const worstGrade = (list: readonly (Grade | null)[]): Grade | null =>
  list.reduce<Grade | null>((worst, grade) => (grade === null ? worst : worst === null || grades.indexOf(grade) > grades.indexOf(worst) ? grade : worst), null);
