/** What one figure can be. A number, a number that must not be shown, and no number are three different things in every reply. */
import { DefinitionId, Words } from '#modules/definitions/schema.ts';
import { Day, List, Moment, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { periodTypes } from '#kernel/period.ts';

export { DefinitionId, Words };

/** `{ v }`: the number (0 is a reported zero). `{ suppressed }`: hidden, shown as "<10". `{ missing }`: nobody reported. */
export const Figure = Type.Union([shape({ v: Type.Number() }), shape({ suppressed: Type.Literal(true) }), shape({ missing: Type.Literal(true) })]);
export type Figure = Static<typeof Figure>;
/** The same in long lists: the number, "<" for a hidden one, null for none. `figureOf` makes it a `Figure`. */
export const Compact = Type.Union([Type.Number(), Type.Null(), Type.Literal('<')]);
export type Compact = Static<typeof Compact>;

export const suppressed: Figure = { suppressed: true };
export const missing: Figure = { missing: true };
export const figureOf = (value: Compact): Figure => (value === null ? missing : value === '<' ? suppressed : { v: value });
export const compactOf = (figure: Figure): Compact => ('v' in figure ? figure.v : 'suppressed' in figure ? '<' : null);
export const numberIn = (figure: Figure): number | null => ('v' in figure ? figure.v : null);

/** `reported`: all that was sent (provisional). `approved`: what a province, or whoever the data set names, has approved. */
export const standings = ['reported', 'approved'] as const;
export const Standing = oneOf(standings);
export type Standing = Static<typeof Standing>;

/** Tốt / Khá / Đáng lo / Rất đáng lo. */
export const judgementSteps = ['good', 'fair', 'worrying', 'bad'] as const;
export const JudgementStep = oneOf(judgementSteps);
export type JudgementStep = Static<typeof JudgementStep>;

/** Why a figure has the judgement it has, or none. Message key `indicators.why.<reason>`. */
export const judgementReasons = [
  'at-or-ahead', 'up-to-5-behind', 'up-to-10-behind', 'over-10-behind', 'signed-override', 'reached', 'not-reached', 'rising', 'falling',
  'no-figure', 'no-target', 'no-value-in-target', 'no-path-yet', 'direction-says-nothing', 'suppressed', 'too-few-reports', 'target-not-for-this-unit',
] as const;
export const JudgementReason = oneOf(judgementReasons);
export type JudgementReason = Static<typeof JudgementReason>;

export const Override = shape({ step: JudgementStep, computed: Nullable(JudgementStep), reason: Type.String(), office: Type.String(), post: Type.String(), at: Moment });
export const Judged = shape({
  /** null: not judged; `reason` says why. */
  step: Nullable(JudgementStep), reason: JudgementReason,
  shouldBe: Nullable(Type.Number({ description: 'where the path of the target says one should be in this period' })),
  gap: Nullable(Type.Number({ description: 'relative distance to shouldBe, positive is ahead: -0.08 is 8 % behind' })),
  /** The target judged against; an effort figure is never coloured without naming it. */
  target: Nullable(DefinitionId), override: Nullable(Override),
});
export type Judged = Static<typeof Judged>;

export const grades = ['A', 'B', 'C', 'D'] as const;
export const Grade = oneOf(grades);
export type Grade = Static<typeof Grade>;
/** `code` is a message key `indicators.grade.<code>` with these facts; `found`: how many were found, where it is a share of things found. */
export const GradeReason = shape({ code: Type.String(), value: Type.Number(), limit: Type.Number(), grade: Grade, found: Nullable(Type.Integer()) });
export type GradeReason = Static<typeof GradeReason>;
export const Graded = shape({ grade: Grade, reasons: List(GradeReason, 20) });
export type Graded = Static<typeof Graded>;

/** `nameEn` is left out where the register has none. */
export const NameEn = Type.Optional(Type.String());
export const UnitName = shape({ code: Type.String(), level: Type.String(), nameVi: Type.String(), nameEn: Type.Optional(Type.String()) });
export type UnitName = Static<typeof UnitName>;
export const PeriodInfo = shape({ id: Type.String(), type: oneOf(periodTypes), first: Day, last: Day });
export type PeriodInfo = Static<typeof PeriodInfo>;

/** Returns behind a figure. `expected` counts the units that owed one on the map of the period. */
export const Coverage = shape({ reporting: Type.Integer(), expected: Type.Integer() });
export type Coverage = Static<typeof Coverage>;

export const UnitParam = Type.String({ minLength: 1, maxLength: 12, description: "code of a unit; '00' is the nation" });
export const PeriodParam = Type.String({ minLength: 4, maxLength: 10 });

/** Refusals of every read. */
export const readProblems = {
  'unit-unknown': 404, 'unit-not-yours': 403, 'period-malformed': 422, 'day-invalid': 422, 'day-before-history': 422, 'programme-missing': 409,
} as const;
