/** Analysis: one question over any dimensions, kept and shared by link, taken out as a workbook or CSV. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Moment, Nothing, Nullable, oneOf, Prose, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Compact, DefinitionId, Grade, PeriodInfo, PeriodParam, readProblems, UnitName, UnitParam, Words } from './figure.ts';

const Code = Type.String({ minLength: 1, maxLength: 63 });
export const Measure = shape({ kind: oneOf(['element', 'indicator']), id: DefinitionId });
export type Measure = Static<typeof Measure>;

/**
 * @property units `self`: the unit itself; `children`: what lies directly below; a level: all its units below `of`; `list`: these codes
 * @property groups group sets that become dimensions; a unit counts in one group of a set
 * @property axes axes of disaggregations that become dimensions; an element without the axis stands under ''
 * @property attribute true: the data sets' attribute becomes a dimension; false: added over
 * @property mapDay null: each period on its own map; a day: everything counted on the map of that day
 * @property counts also how many units reported each cell
 */
export const PivotQuery = shape({
  measures: List(Measure, 200), periods: List(PeriodParam, 240),
  units: shape({ of: UnitParam, level: Type.String({ pattern: '^(self|children|list|province|commune|level-([4-9]|1[0-9]))$' }), list: Type.Optional(List(UnitParam, 5000)) }),
  groups: Type.Optional(List(Code, 4)), axes: Type.Optional(List(Code, 4)), attribute: Type.Optional(Type.Boolean()),
  where: Type.Optional(shape({
    axes: Type.Optional(List(shape({ axis: Code, options: List(Code, 500) }), 8)),
    groups: Type.Optional(List(shape({ set: Code, groups: List(Code, 500) }), 8)),
    attributes: Type.Optional(List(Code, 500)),
  })),
  standing: oneOf(['reported', 'approved', 'both']), mapDay: Type.Optional(Nullable(Day)), counts: Type.Optional(Type.Boolean()),
});
export type PivotQuery = Static<typeof PivotQuery>;

export const dimensionKinds = ['measure', 'period', 'unit', 'group', 'axis', 'attribute', 'standing'] as const;
export const Dimension = shape({
  kind: oneOf(dimensionKinds), id: Type.String({ description: 'of the group set or axis; otherwise the kind' }), name: Nullable(Words),
  keys: List(Type.String(), 100_000), names: List(Words, 100_000),
});
export type Dimension = Static<typeof Dimension>;

/** Why a measure could not be asked this way; message key `indicators.refused.<code>`. The other measures are answered. */
export const refusalCodes = ['not-summable-over-units', 'not-summable-over-time', 'period-finer-than-returns', 'text-has-no-sum', 'axis-not-in-measure', 'unknown', 'protected-in-groups', 'formula-broken', 'map-day-parts-unit'] as const;
export const MeasureRefusal = shape({ measure: DefinitionId, code: oneOf(refusalCodes), detail: Type.String() });
export type MeasureRefusal = Static<typeof MeasureRefusal>;

export const PivotReply = shape({
  /** The values lie in the order of the dimensions, the last one fastest. */
  dimensions: List(Dimension, 16), values: List(Compact, 2_000_000),
  counts: Nullable(List(Type.Integer(), 2_000_000)),
  /** Returns received and expected, in the order data set × period × unit of `coverageOf`. */
  coverageOf: shape({ dataSets: List(DefinitionId, 200), received: List(Type.Integer(), 2_000_000), expected: List(Type.Integer(), 2_000_000) }),
  grades: List(Nullable(Grade), 100_000), periods: List(PeriodInfo, 240), refused: List(MeasureRefusal, 200),
  /** Units whose figures cannot be counted on the map of `mapDay`, because they were divided. */
  notOnMap: List(UnitName, 5000), hidden: Type.Integer({ description: 'cells hidden to protect small counts' }), edition: Type.Integer(),
});
export type PivotReply = Static<typeof PivotReply>;

const pivotProblems = { ...readProblems, 'pivot-too-large': 422, 'pivot-empty': 422, 'pivot-attributes-apart': 422, 'group-set-unknown': 404, 'unit-list-missing': 422 } as const;
export const askPivot = contract({
  method: 'POST', path: '/figures/pivot', who: 'indicators.read', readOnly: true, impersonal: true, ownTransactions: true, summary: 'Figures over any dimensions', body: PivotQuery, reply: PivotReply, problems: pivotProblems,
});
export const exportPivot = contract({
  method: 'POST', path: '/figures/pivot/export', who: 'indicators.read', readOnly: true, download: true, impersonal: true, ownTransactions: true, summary: 'The same as a workbook (a table and a sheet of definitions) or CSV',
  body: shape({ query: PivotQuery, form: oneOf(['xlsx', 'csv']), language: oneOf(['vi', 'en']) }), reply: Type.Unknown(), problems: pivotProblems,
});

/** How an analysis is drawn; the server keeps it and does not read it. */
export const Drawing = shape({
  kind: oneOf(['table', 'bars', 'lines', 'small-multiples', 'map', 'tiles']), rows: List(Code, 8), columns: List(Code, 8), sort: Nullable(Line(80)),
});
export type Drawing = Static<typeof Drawing>;
export const Analysis = shape({
  id: Uuid, title: Line(200), note: Prose(2000), query: PivotQuery, drawing: Drawing, shared: Type.Boolean(), mine: Type.Boolean(), office: Type.String(), revision: Type.Integer(), changedAt: Moment,
});
export type Analysis = Static<typeof Analysis>;
const Given = { title: Line(200), note: Prose(2000), query: PivotQuery, drawing: Drawing, shared: Type.Boolean() };

export const listAnalyses = contract({
  method: 'GET', path: '/figures/analyses', who: 'indicators.read', summary: 'My analyses, and those shared by offices', reply: shape({ rows: List(Analysis, 1000) }), problems: {},
});
export const getAnalysis = contract({
  method: 'GET', path: '/figures/analyses/:id', who: 'indicators.read', summary: 'One analysis by its link: mine, or shared; what it shows is what its reader may see', params: shape({ id: Uuid }), reply: Analysis, problems: { 'analysis-not-found': 404 },
});
export const keepAnalysis = contract({
  method: 'PUT', path: '/figures/analyses/:id', who: 'indicators.read', summary: 'Keep an analysis, or change mine', params: shape({ id: Uuid }), body: shape({ ...Given, baseRevision: Type.Integer({ minimum: 0 }) }), reply: Analysis,
  problems: { 'analysis-not-found': 404, 'analysis-changed': 409, 'analyses-too-many': 409, 'words-name-person': 422 },
});
export const dropAnalysis = contract({
  method: 'DELETE', path: '/figures/analyses/:id', who: 'indicators.read', summary: 'Drop an analysis of mine', params: shape({ id: Uuid }), reply: Nothing, problems: { 'analysis-not-found': 404 },
});
