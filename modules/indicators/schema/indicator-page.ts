/** One indicator for one unit over time, with what it is held against and what others published. */
import { contract } from '#kernel/contract.ts';
import { PublishedFigure } from '#modules/definitions/schema.ts';
import { List, Nullable, shape, Type, type Static } from '#kernel/shape.ts';
import { Compact, Coverage, DefinitionId, Figure, Grade, Graded, GradeReason, Judged, JudgementStep, NameEn, PeriodInfo, PeriodParam, readProblems, Standing, UnitName, UnitParam } from './figure.ts';
import { IndicatorSeen, TargetSeen } from './overview.ts';

export const Point = shape({
  period: PeriodInfo, reported: Figure, approved: Figure, numerator: Figure, denominator: Nullable(Figure), coverage: Coverage, grade: Nullable(Grade), gradeWhy: Nullable(GradeReason),
  /** The verification factor of the period's drawn sample, when counts are in: counted anew / reported. */
  verification: Nullable(Type.Number()), shouldBe: Nullable(Type.Number()), edition: Type.Integer(),
});
export const IndicatorPage = shape({
  indicator: IndicatorSeen, definition: shape({ vi: Type.String(), en: Type.String() }), numerator: Type.String(), denominator: Nullable(Type.String()), factor: Type.Number(),
  unit: UnitName, series: List(Point, 240), targets: List(shape({ target: TargetSeen, judged: Judged }), 50),
  children: List(shape({ unit: Type.String(), nameVi: Type.String(), nameEn: NameEn, value: Compact, change: Nullable(Type.Number()), reporting: Type.Integer(), expected: Type.Integer(), grade: Nullable(Grade), gradeWhy: Nullable(GradeReason), step: Nullable(JudgementStep) }), 5000),
  childrenPeriod: Type.String(), quality: Nullable(Graded), published: List(PublishedFigure, 500),
  /** The programme's own figures of whole years, where others published any: what stands beside theirs. */
  years: List(shape({ period: PeriodInfo, value: Figure, coverage: Coverage }), 60),
  /** For the drug-free share: what must be shown beside it (E13). */
  beside: List(shape({ indicator: IndicatorSeen, value: Figure }), 12),
});
export type IndicatorPage = Static<typeof IndicatorPage>;

export const getIndicatorFigures = contract({
  method: 'GET', path: '/figures/indicator/:id', who: 'indicators.read', impersonal: true, ownTransactions: true, summary: 'Series, children, targets and judgement of one indicator, with published figures beside',
  params: shape({ id: DefinitionId }),
  query: shape({ unit: Type.Optional(UnitParam), from: Type.Optional(PeriodParam), to: Type.Optional(PeriodParam), standing: Type.Optional(Standing) }),
  reply: IndicatorPage, problems: { ...readProblems, 'indicator-unknown': 404, 'figure-periods-too-many': 422 },
});

export const CommuneMap = shape({
  measure: DefinitionId, cell: Type.String(), period: Type.String(), unit: Type.String(), level: Type.String(), treeDay: Type.String(),
  /** One value a unit: units of the level below `unit` on `treeDay` by code, ascending; the tree itself is GET /units/tree. */
  values: List(Compact, 100_000), coverage: Coverage,
  /** For the drug-free share: what must be shown beside it (E13). */
  beside: List(shape({ indicator: IndicatorSeen, value: Figure }), 12),
});
export type CommuneMap = Static<typeof CommuneMap>;
export const getMap = contract({
  method: 'GET', path: '/figures/map', who: 'indicators.read', impersonal: true, ownTransactions: true, summary: 'One value for every unit of a level: the map of communes',
  query: shape({
    element: Type.Optional(DefinitionId), indicator: Type.Optional(DefinitionId), cell: Type.Optional(Type.String({ maxLength: 63 })), period: PeriodParam,
    level: Type.Optional(Type.String({ pattern: '^(province|commune|level-([4-9]|1[0-9]))$' })), unit: Type.Optional(UnitParam), standing: Type.Optional(Standing),
  }),
  reply: CommuneMap, problems: { ...readProblems, 'indicator-unknown': 404, 'element-unknown': 404, 'measure-missing': 422, 'sum-meaningless': 422 },
});

/*
 * Live: an open screen follows `followChanges` of returns (server-sent events: periods, data sets and nodes whose figures moved) and asks for its
 * figures again; the roll-ups it then reads are those of the commit it was told of.
 */
