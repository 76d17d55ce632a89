/** Kind of value an argument must be, or a function gives. `same`: the kind of the arguments so marked. */
export type Kind = 'number' | 'condition' | 'text' | 'any' | 'same';
export type Signature = {
  /** Kinds of the arguments; the last one repeats when `most` allows more. */
  readonly takes: readonly Kind[];
  readonly least: number;
  readonly most: number;
  readonly gives: Kind;
};

const many = 200;
const signature = (takes: readonly Kind[], gives: Kind, counts: { least?: number; most?: number } = {}): Signature =>
  ({ takes, gives, least: counts.least ?? takes.length, most: counts.most ?? takes.length });
const overPeriods = signature(['number'], 'number', { most: many });

/**
 * Functions of indicator, validation-rule and predictor expressions that mean something for aggregate figures. Source: the grammar of
 * the field's standard language (DHIS2, `Expression.g4`) and its user guide. `is` is written `is(a in b, c)`.
 * Aggregations take one argument over the sample periods, or (ours) several arguments as the list itself.
 */
export const functions: ReadonlyMap<string, Signature> = new Map([
  ['if', signature(['condition', 'same', 'same'], 'same')],
  ['is', signature(['any', 'any'], 'condition', { most: many })],
  ['isNull', signature(['any'], 'condition')],
  ['isNotNull', signature(['any'], 'condition')],
  ['firstNonNull', signature(['same'], 'same', { most: many })],
  ['removeZeros', signature(['same'], 'same')],
  ['subExpression', signature(['same'], 'same')],
  ['greatest', signature(['number'], 'number', { most: many })],
  ['least', signature(['number'], 'number', { most: many })],
  ['log', signature(['number', 'number'], 'number', { least: 1 })],
  ['log10', signature(['number'], 'number')],
  ['normDistCum', signature(['number', 'number', 'number'], 'number', { least: 1 })],
  ['normDistDen', signature(['number', 'number', 'number'], 'number', { least: 1 })],
  ['contains', signature(['text', 'text'], 'condition', { most: many })],
  ['containsItems', signature(['text', 'text'], 'condition', { most: many })],
  ['avg', overPeriods], ['count', overPeriods], ['max', overPeriods], ['median', overPeriods], ['min', overPeriods],
  ['percentileCont', signature(['number', 'number'], 'number', { most: many })],
  ['stddev', overPeriods], ['stddevPop', overPeriods], ['stddevSamp', overPeriods], ['sum', overPeriods], ['variance', overPeriods],
]);

/** Functions whose arguments are read as they are: a missing value stays missing there instead of counting as 0. */
export const seesMissing: ReadonlySet<string> = new Set(['isNull', 'isNotNull', 'firstNonNull']);
export const aggregations: ReadonlySet<string> = new Set(['avg', 'count', 'max', 'median', 'min', 'percentileCont', 'stddev', 'stddevPop', 'stddevSamp', 'sum', 'variance']);

/** Modifiers after a dot, with the form of their argument. */
export const modifiers: ReadonlyMap<string, string> = new Map([
  ['periodOffset', '.periodOffset(-1)'], ['yearToDate', '.yearToDate()'], ['minDate', '.minDate(2026-01-15)'],
  ['maxDate', '.maxDate(2026-12-14)'], ['aggregationType', '.aggregationType(LAST)'],
]);
export const aggregationTypes: ReadonlySet<string> = new Set([
  'SUM', 'AVERAGE', 'AVERAGE_SUM_ORG_UNIT', 'LAST', 'LAST_AVERAGE_ORG_UNIT', 'LAST_LAST_ORG_UNIT', 'LAST_IN_PERIOD', 'LAST_IN_PERIOD_AVERAGE_ORG_UNIT',
  'FIRST', 'FIRST_AVERAGE_ORG_UNIT', 'FIRST_FIRST_ORG_UNIT', 'COUNT', 'STDDEV', 'VARIANCE', 'MIN', 'MAX', 'MIN_SUM_ORG_UNIT', 'MAX_SUM_ORG_UNIT', 'NONE', 'DEFAULT',
]);
