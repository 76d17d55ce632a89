/** The overview of the nation, a province or a commune: everything on the screen in one reply. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Moment, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import {
  Compact, Coverage, DefinitionId, Figure, Grade, Graded, GradeReason, Judged, JudgementStep, PeriodInfo, PeriodParam, readProblems, Standing, UnitName, UnitParam, Words,
} from './figure.ts';

/** Where a thing leads. `screen` is the app's own name of it; the rest are its parameters. */
export const Link = shape({
  screen: oneOf(['returns-calendar', 'approval-queue', 'indicator', 'data-quality', 'unit', 'committees', 'analysis']),
  unit: Nullable(Type.String()), period: Nullable(Type.String()), indicator: Nullable(DefinitionId), dataSet: Nullable(DefinitionId),
});
export type Link = Static<typeof Link>;

export const thingRules = ['returns-missing', 'furthest-behind', 'furthest-ahead', 'approval-waiting', 'units-behind', 'all-received'] as const;
/**
 * One of the three things to know. The sentence is `indicators.thing.<rule>` with the facts and names, and `indicators.chosen.<rule>` says
 * why this one was chosen.
 */
export const Thing = shape({
  rule: oneOf(thingRules), step: Nullable(JudgementStep), facts: Type.Record(Type.String(), Type.Number()),
  indicator: Nullable(DefinitionId), units: List(UnitName, 3), links: List(Link, 2),
});
export type Thing = Static<typeof Thing>;

export const TargetSeen = shape({
  id: DefinitionId, name: Words, operator: Type.String(), low: Nullable(Type.Number()), high: Nullable(Type.Number()), year: Nullable(Type.Integer()),
  status: Type.String({ description: 'adopted, pm_instruction, working_goal …: an official target and an own goal are told apart' }), measures: Type.String(),
  baseline: Nullable(shape({ period: Type.String(), value: Type.Number() })),
  /** What the target asks of this unit where its group is asked for another value than all; how many such groups the target names. */
  tier: Nullable(shape({ value: Type.Number(), note: Words })), tiers: Type.Integer(),
  /** What this unit committed to for the target, when it did: the period due next. */
  commitment: Nullable(shape({ value: Type.Number(), period: Type.String(), basis: Type.String() })),
});
export type TargetSeen = Static<typeof TargetSeen>;

export const IndicatorSeen = shape({
  id: DefinitionId, name: Words, shortName: Words, unit: shape({ code: Type.String(), vi: Type.String(), en: Type.String() }), decimals: Type.Integer(),
  polarity: oneOf(['higher', 'lower', 'none']), measures: Type.String(),
});
export type IndicatorSeen = Static<typeof IndicatorSeen>;

export const Bullet = shape({
  indicator: IndicatorSeen,
  /** The period of the figure: the one asked for, or the last one ended of the data's own type when that is longer. */
  period: Type.String(), value: Figure, approved: Figure, coverage: Coverage, grade: Nullable(Grade), gradeWhy: Nullable(GradeReason), target: Nullable(TargetSeen), judged: Judged,
  /** Twelve periods ending with this one. */
  trend: List(Compact, 12), change: Nullable(Type.Number({ description: 'against the period before, in the unit of the indicator' })),
});
export type Bullet = Static<typeof Bullet>;

export const Tiles = shape({
  indicator: Nullable(DefinitionId),
  /** In the order of `children`. */
  values: List(Compact, 5000), steps: List(Nullable(JudgementStep), 5000),
});
export const FirstToSee = shape({
  /** Message key `indicators.first.<rule>`: what put these rows first. */
  rule: oneOf(['furthest-behind', 'fewest-returns']), of: Type.Integer(),
  rows: List(shape({ unit: Type.String(), value: Compact, trend: List(Compact, 3), change: Nullable(Type.Number()), onTime: Nullable(Type.Number()), missing: Type.Integer(), grade: Nullable(Grade), gradeWhy: Nullable(GradeReason), step: Nullable(JudgementStep) }), 12),
});
/** Per row and month: [expected, received, in time]; null where nothing was asked. */
export const CalendarCell = Type.Union([Type.Null(), Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer()])]);
export const Calendar = shape({
  dataSet: Nullable(DefinitionId), months: List(Type.String(), 12),
  rows: List(shape({ id: Type.String(), name: Words, cells: List(CalendarCell, 12) }), 200),
  by: oneOf(['group-set', 'child']),
});
export const Cascade = shape({
  steps: List(shape({ indicator: DefinitionId, name: Words, period: Type.String(), value: Figure, ofFirst: Nullable(Type.Number()), lost: Nullable(Type.Number({ description: 'fewer than in the step before' })) }), 12),
});
/** The drug-free share never goes without these (SECURITY E13); one without a figure is named in `without`. */
export const Companions = shape({
  /** `period`: the one asked for, or the last that ended where returns come less often. */
  share: IndicatorSeen, period: Type.String(), value: Figure, beside: List(shape({ indicator: IndicatorSeen, period: Type.String(), value: Figure, coverage: Coverage }), 12), without: List(DefinitionId, 12),
});

export const Overview = shape({
  unit: UnitName, path: List(UnitName, 12), period: PeriodInfo, treeDay: Day, standing: Standing, asOf: Moment,
  /** `approved` only when every expected return of the main data set is; otherwise all is labelled provisional. */
  label: oneOf(['provisional', 'approved']),
  edition: Type.Integer(), synthetic: Type.Boolean(),
  source: shape({ dataSet: Nullable(DefinitionId), dataSetName: Nullable(Words), expected: Type.Integer(), received: Type.Integer(), inTime: Type.Integer(), approved: Type.Integer(), dueOn: Nullable(Day) }),
  grade: Nullable(Graded), incidents: Type.Integer({ description: 'differences the self-audit of roll-ups has found and nobody has closed' }),
  things: List(Thing, 3), bullets: List(Bullet, 20),
  /** Code, Vietnamese and English name of what lies directly below. */
  children: List(Type.Tuple([Type.String(), Type.String(), Type.String()]), 5000),
  tiles: Tiles, first: Nullable(FirstToSee), calendar: Calendar, cascade: Nullable(Cascade), companions: Nullable(Companions),
});
export type Overview = Static<typeof Overview>;

export const getOverview = contract({
  method: 'GET', path: '/figures/overview', who: 'indicators.read', impersonal: true, ownTransactions: true,
  summary: 'The whole overview of a unit in a period: three things to know, main indicators against targets, tile map, units to look at first, completeness, treatment cascade',
  query: shape({
    unit: Type.Optional(UnitParam), period: Type.Optional(PeriodParam), standing: Type.Optional(Standing),
    tile: Type.Optional(DefinitionId),
  }),
  reply: Overview, problems: { ...readProblems, 'indicator-unknown': 404 },
});

export const getBrief = contract({
  method: 'GET', path: '/figures/brief.pdf', who: 'indicators.read', download: true, impersonal: true, ownTransactions: true, summary: 'The overview as one page to print',
  query: shape({ unit: Type.Optional(UnitParam), period: Type.Optional(PeriodParam), language: Type.Optional(oneOf(['vi', 'en'])) }),
  reply: Type.Unknown(), problems: { ...readProblems, 'brief-too-few-returns': 409 },
});
