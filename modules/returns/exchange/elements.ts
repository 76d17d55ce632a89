/** Data elements of the field's metadata: what they are called here, and how their values combine. Pure. */
import type { DataElement } from '#modules/definitions/schema.ts';
import type { PeriodType } from '#kernel/period.ts';
import type { Facts } from './report.ts';
import { idOf, textIn, wordsIn, type Loose, type Words } from './loose.ts';

type Aggregation = DataElement['aggregation'];
type ValueType = DataElement['valueType'];

/** Over units and over time as the field means them; what has no counterpart is told. */
const aggregationsOf: Readonly<Record<string, readonly [Aggregation, string?]>> = {
  SUM: ['sum'], DEFAULT: ['sum'], '': ['sum'], AVERAGE_SUM_ORG_UNIT: ['average-sum'], AVERAGE_SUM: ['average-sum'], AVERAGE_SUM_INT: ['average-sum'], AVERAGE: ['average'], AVERAGE_INT: ['average'], AVERAGE_BOOL: ['average'], LAST: ['last'], LAST_IN_PERIOD: ['last'],
  LAST_AVERAGE_ORG_UNIT: ['average', 'aggregation-nearest'], LAST_IN_PERIOD_AVERAGE_ORG_UNIT: ['average', 'aggregation-nearest'], LAST_LAST_ORG_UNIT: ['last', 'aggregation-nearest'],
  FIRST: ['none', 'aggregation-none'], FIRST_AVERAGE_ORG_UNIT: ['none', 'aggregation-none'], FIRST_FIRST_ORG_UNIT: ['none', 'aggregation-none'], COUNT: ['none', 'aggregation-none'],
  STDDEV: ['none', 'aggregation-none'], VARIANCE: ['none', 'aggregation-none'], MIN: ['min'], MAX: ['max'], MIN_SUM_ORG_UNIT: ['none', 'aggregation-none'], MAX_SUM_ORG_UNIT: ['none', 'aggregation-none'],
  NONE: ['none'], CUSTOM: ['none', 'aggregation-none'],
};

export type ElementRead = {
  readonly id: string; readonly valueType: ValueType; readonly aggregation: Aggregation; readonly combo: string; readonly object: Loose;
  /** Its values are yes and no, whatever they are kept as. */
  readonly answers: boolean;
  /** Values of this element cannot be kept, and why. */
  readonly refused: 'element-of-persons' | 'text-not-kept' | undefined;
  readonly notes: readonly (readonly [string, Facts])[];
};

export function readElement(object: Loose, combo: string): ElementRead {
  const given = textIn(object, 'aggregationType').toUpperCase() || textIn(object, 'aggregationOperator').toUpperCase();
  const type = typeGiven(object);
  const typed = valueTypeOf(type);
  // Of answers that are only ever yes, how many there are is how many were yes.
  const { aggregation, valueType, note } = meaningOf(typed, given === 'COUNT' && type === 'TRUE_ONLY' ? 'SUM' : given);
  const notes: (readonly [string, Facts])[] = note === undefined ? [] : [[note, { given: given || 'SUM', taken: aggregation }]];
  if (object['zeroIsSignificant'] === false) notes.push(['zero-kept', {}]);
  const refused = textIn(object, 'domainType') === 'TRACKER' ? 'element-of-persons' : valueType === 'text' ? 'text-not-kept' : undefined;
  return { id: idOf(object), valueType, aggregation, combo, object, answers: typed === 'yes-no', refused, notes };
}

type Meaning = { readonly aggregation: Aggregation; readonly valueType: ValueType; readonly note: string | undefined };

/** What a type of value and a way of combining mean together; some of the field's pairs mean something else than their words. */
function meaningOf(valueType: ValueType, given: string): Meaning {
  const [aggregation, note] = aggregationsOf[given] ?? ['none', 'aggregation-none'];
  if (valueType === 'text') return { aggregation: 'none', valueType, note: undefined };
  // Adding answers counts the ones that were yes: kept as 1 and 0 they are a count.
  if (valueType === 'yes-no' && aggregation === 'sum') return { aggregation: 'sum', valueType: 'count', note: 'answers-counted' };
  if (valueType === 'yes-no' && aggregation === 'average-sum') return { aggregation, valueType: 'number', note: 'answers-counted' };
  if (valueType === 'percent' && (aggregation === 'sum' || aggregation === 'average-sum' || aggregation === 'last')) return { aggregation: 'average', valueType, note: 'aggregation-nearest' };
  return { aggregation, valueType, note };
}

const formerTypes: Readonly<Record<string, string>> = { INT: 'INTEGER', POSINT: 'INTEGER_POSITIVE', ZEROPOSITIVEINT: 'INTEGER_ZERO_OR_POSITIVE', NEGINT: 'INTEGER_NEGATIVE', UNITINTERVAL: 'UNIT_INTERVAL', BOOL: 'BOOLEAN', TRUEONLY: 'TRUE_ONLY' };
/** Before 2.21 `type` said "int" of every number, and `numberType` which. */
function typeGiven(object: Loose): string {
  const [type, former] = [(textIn(object, 'valueType') || textIn(object, 'type')).toUpperCase(), textIn(object, 'numberType').toUpperCase()];
  const said = type === 'INT' && former !== '' ? former : type || former;
  return formerTypes[said] ?? said;
}

function valueTypeOf(given: string): ValueType {
  if (/^INTEGER_(?:POSITIVE|ZERO_OR_POSITIVE)$/u.test(given)) return 'count';
  if (given === 'INTEGER' || given === 'INTEGER_NEGATIVE') return 'integer';
  if (given === 'NUMBER' || given === 'UNIT_INTERVAL' || given === '') return 'number';
  if (given === 'PERCENTAGE') return 'percent';
  return given === 'BOOLEAN' || given === 'TRUE_ONLY' ? 'yes-no' : 'text';
}

const units = {
  count: { code: 'count', vi: 'số lượng', en: 'number' }, integer: { code: 'count', vi: 'số lượng', en: 'number' }, number: { code: 'number', vi: 'số', en: 'number' },
  money: { code: 'money', vi: 'tiền', en: 'money' }, percent: { code: 'percent', vi: '%', en: '%' }, 'yes-no': { code: 'yes-no', vi: 'có/không', en: 'yes/no' }, text: { code: 'text', vi: 'chữ', en: 'text' },
} as const satisfies Record<ValueType, DataElement['unit']>;

export const typeWords: Readonly<Record<PeriodType, Words>> = {
  month: { vi: 'tháng', en: 'monthly' }, quarter: { vi: 'quý', en: 'quarterly' }, 'half-year': { vi: '6 tháng', en: 'six-monthly' }, 'nine-months': { vi: '9 tháng', en: 'nine-monthly' }, year: { vi: 'năm', en: 'yearly' },
};

export const sourceOf = (object: Loose): Words => {
  const code = textIn(object, 'code');
  const text = `DHIS2 ${idOf(object)}${code === '' ? '' : ` (${code})`}`;
  return { vi: text, en: text };
};

/** @param variant the type of period this copy is for, when the element is reported by periods of several types */
export function definitionOf(read: ElementRead, id: string, disaggregation: string | null, variant: PeriodType | undefined, validFrom: string): DataElement {
  const { object } = read;
  const named = (keys: readonly string[]): Words => {
    const words = wordsIn(object, keys, 470);
    return variant === undefined ? words : { vi: `${words.vi} (${typeWords[variant].vi})`, en: `${words.en} (${typeWords[variant].en})` };
  };
  return {
    id, name: named(['name', 'displayName', 'shortName', 'id']), shortName: named(['shortName', 'formName', 'name', 'id']),
    definition: wordsIn(object, ['description', 'formName', 'name', 'id'], 4000), counts: null, doesNotCount: null, example: null, unit: units[read.valueType],
    valueType: read.valueType, aggregation: read.aggregation, disaggregation, protected: false, prefilledFrom: null, source: sourceOf(object), validFrom, validTo: null,
  };
}
