/** What is counted: data elements with their disaggregations, in data sets with sections, due days and the units that fill them. */
import { Day, Line, List, Nullable, oneOf, Prose, shape, Type, type Static } from '#kernel/shape.ts';
import { periodTypes } from '#kernel/period.ts';

/** A definition's own name: stable for ever, never reused. The 11-character ids of DHIS2 are such ids too. */
export const DefinitionId = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,62}$' });
export const Words = shape({ vi: Line(500), en: Line(500) });
export type Words = Static<typeof Words>;
const Sentences = shape({ vi: Prose(4000), en: Prose(4000) });
/** From this day (included) until that day (excluded; null: still). A period is computed with the version in force on its last day. */
const validity = { validFrom: Day, validTo: Nullable(Day) } as const;

/**
 * How values of one element combine. Over units they are added, but `average` (over both), `min`, `max`, and `none` (never combined).
 * Over time: `sum` adds (a flow); `last` takes the last month reported (a stock); `average-sum` averages over time what it added over units.
 */
export const aggregations = ['sum', 'last', 'average-sum', 'average', 'min', 'max', 'none'] as const;
export const valueTypes = ['count', 'integer', 'number', 'money', 'percent', 'yes-no', 'text'] as const;

export const DataElement = shape({
  id: DefinitionId, name: Words, shortName: Words,
  definition: Sentences, counts: Nullable(Sentences), doesNotCount: Nullable(Sentences), example: Nullable(Sentences),
  unit: shape({ code: DefinitionId, vi: Line(60), en: Line(60) }),
  valueType: oneOf(valueTypes), aggregation: oneOf(aggregations),
  disaggregation: Nullable(DefinitionId),
  /** Counts of people in care, health, tips or tests: below ten shown only to those who enter and approve them (SECURITY 5.1). */
  protected: Type.Boolean(),
  /** The register whose day-to-day records prefill the cell, when there is one. */
  prefilledFrom: Nullable(DefinitionId),
  source: Sentences, ...validity,
});
export type DataElement = Static<typeof DataElement>;

const Option = shape({ id: DefinitionId, name: Words });
/** A breakdown: one axis or several crossed. Each cell names one option of each axis, in the order of the axes. */
export const Disaggregation = shape({
  id: DefinitionId, name: Words,
  axes: List(shape({ id: DefinitionId, name: Words, options: List(Option, 500) }), 8),
  cells: List(shape({ id: DefinitionId, options: List(DefinitionId, 8) }), 5000), ...validity,
});
export type Disaggregation = Static<typeof Disaggregation>;

/** Who fills a data set: units of these kinds or levels, members of these groups ("set/group"), or these units by code; any one suffices. */
export const Assignment = shape({ levels: List(Type.String(), 20), kinds: List(Type.String(), 50), groups: List(Type.String(), 500), units: List(Type.String(), 20_000) });
export type Assignment = Static<typeof Assignment>;

export const approvalSteps = ['head', 'province', 'ministry'] as const;
export const DataSet = shape({
  id: DefinitionId, name: Words, form: Nullable(Line(60)), periodType: oneOf(periodTypes),
  assignedTo: Assignment,
  /** Roles that fill it at their unit. Left out: every role that may, but offices beside the administration (police, facilities), who have to be named. */
  enteredBy: Type.Optional(List(Line(60), 20)),
  /** Working days after the period's last day; late returns are still taken and marked. */
  dueWorkingDays: Type.Integer({ minimum: 0, maximum: 400 }),
  /** Days after the period's end when it is closed for good; null: never. */
  closesAfterDays: Nullable(Type.Integer({ minimum: 1, maximum: 4000 })),
  approval: List(oneOf(approvalSteps), 3),
  sections: List(shape({ id: DefinitionId, name: Words, elements: List(DefinitionId, 1000), nothingToReport: Type.Boolean() }), 100),
  /** Elements a return cannot be sent without (a number or "no data"). */
  compulsory: List(DefinitionId, 1000),
  /** A further dimension of the whole return (who funds, which project); null: none. */
  attribute: Nullable(DefinitionId),
  source: Sentences, ...validity,
});
export type DataSet = Static<typeof DataSet>;

export const ruleOperators = ['==', '!=', '>', '>=', '<', '<=', 'compulsory_pair', 'exclusive_pair'] as const;
export const missingStrategies = ['never-skip', 'skip-if-any-missing', 'skip-if-all-missing'] as const;
const RuleSide = shape({ formula: Prose(4000), missing: oneOf(missingStrategies) });
/** `hard`: the return cannot be sent while it is broken. `soft`: an explanation is asked. */
export const ValidationRule = shape({
  id: DefinitionId, name: Words, instruction: Sentences, severity: oneOf(['hard', 'soft']), periodType: oneOf(periodTypes),
  left: RuleSide, operator: oneOf(ruleOperators), right: RuleSide, ...validity,
});
export type ValidationRule = Static<typeof ValidationRule>;
