/** Explain this number: from a figure to its formula, the units behind it, their returns, revisions and approvals. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Moment, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { Coverage, DefinitionId, Figure, PeriodInfo, PeriodParam, readProblems, Standing, UnitName, UnitParam, Words } from './figure.ts';

export const ReturnKey = shape({ province: Type.String(), orgUnit: Type.String(), period: Type.String(), dataSet: DefinitionId, attribute: Type.String() });
export const Term = shape({
  /** As the formula writes it: `element` or `element.cell`. */
  ref: Type.String(), element: DefinitionId, cell: Type.String(), name: Words, side: oneOf(['numerator', 'denominator', 'value']), period: Type.String(), toDate: Type.Boolean(), value: Figure, coverage: Coverage,
  /** How it was added up: message keys `indicators.over.units.<…>` and `indicators.over.time.<…>`. */
  overUnits: oneOf(['sum', 'average', 'min', 'max', 'none']), overTime: oneOf(['sum', 'last', 'average', 'min', 'max', 'none']),
});
export const ApprovalSeen = shape({ step: Type.String(), verdict: Type.String(), at: Moment, office: Nullable(Type.String()), contentHash: Nullable(Type.String()) });
/** One return that counts in the figure. `office` is who sent it, as an office; a person is named nowhere. */
export const Contribution = shape({
  /** The unit as it was in the period; `countsIn`: what it has been merged into since. */
  key: ReturnKey, unit: UnitName, countsIn: Nullable(UnitName), rev: Type.Integer(), at: Nullable(Moment), office: Nullable(Type.String()), standing: oneOf(['sent', 'head', 'province', 'ministry', 'returned']), late: Type.Boolean(),
  /** In the order of `terms`. */
  values: List(Figure, 500), approvals: List(ApprovalSeen, 20),
});
export const Explanation = shape({
  /** `mapDay`: counted on this day's map instead of the period's own. `toDate`: from the start of the year to the period's end. */
  unit: UnitName, path: List(UnitName, 20), period: PeriodInfo, treeDay: Day, mapDay: Nullable(Day), toDate: Type.Boolean(), standing: Standing, figure: Figure, asOf: Moment,
  definition: shape({
    kind: oneOf(['element', 'indicator']), id: DefinitionId, name: Words, edition: Type.Integer(), validFrom: Day, validTo: Nullable(Day), numerator: Nullable(Type.String()), denominator: Nullable(Type.String()),
    factor: Type.Number(), decimals: Type.Integer(), source: shape({ vi: Type.String(), en: Type.String() }),
  }),
  terms: List(Term, 500), coverage: Coverage,
  /** What the formula asks for besides elements: constants, numbers of the unit, returns expected and received, days. */
  facts: List(shape({ ref: Type.String(), value: Nullable(Type.Number()) }), 100),
  /** What lies directly below, each explainable in the same way; empty for a unit that reports itself. */
  children: List(shape({ unit: UnitName, figure: Figure, coverage: Coverage }), 5000),
  /** The returns themselves, largest first; those whose values are hidden from the reader are counted, not shown. */
  returns: List(Contribution, 200), page: Type.Integer(), pages: Type.Integer(), returnsTotal: Type.Integer(),
  /** Units that owed a return and sent none: they are why the figure may be low. */
  silent: List(shape({ unit: UnitName, periods: List(Type.String(), 500) }), 200), silentTotal: Type.Integer(),
  hash: Type.String({ description: 'SHA-256 of the recipe’s lines joined by line feeds' }),
  recipe: shape({ form: Type.Literal('sauro-figure/1'), head: List(Type.String(), 120), lineForm: Type.String(), lines: Type.Integer(), firstLines: List(Type.String(), 5) }),
});
export type Explanation = Static<typeof Explanation>;

const asked = shape({
  element: Type.Optional(DefinitionId), indicator: Type.Optional(DefinitionId), cell: Type.Optional(Type.String({ maxLength: 63 })), unit: UnitParam, period: PeriodParam,
  standing: Type.Optional(Standing), mapDay: Type.Optional(Day), toDate: Type.Optional(oneOf(['yes'])), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
});
const problems = { ...readProblems, 'indicator-unknown': 404, 'element-unknown': 404, 'measure-missing': 422, 'sum-meaningless': 422 } as const;
export const explainFigure = contract({
  method: 'GET', path: '/figures/explain', who: 'indicators.read', ownTransactions: true, summary: 'Where a figure comes from, down to the cells of returns, with a hash that anyone may compute again', query: asked, reply: Explanation, problems,
});
export const getRecipe = contract({
  method: 'GET', path: '/figures/explain/recipe', who: 'indicators.read', download: true, ownTransactions: true, summary: 'All lines the hash of a figure is made of, as text', query: asked, reply: Type.Unknown(), problems,
});
