import { isPlainDate } from '#kernel/day.ts';
import { calendarFacts, reportingRates, samePeriod, unitTests, type DataReference, type OptionKind, type PeriodShift, type Reference } from './ast.ts';
import { aggregationTypes, modifiers } from './functions.ts';
import { FormulaFault, nearestOf, type Span } from './problem.ts';

/** Ids of definitions; the 11-character uids of DHIS2 are among them. */
const idPattern = /^[A-Za-z][A-Za-z0-9_-]*$/;
const dataForm = '#{element}, #{element.option}, #{element.option.attributeOption}, #{element.*.attributeOption}';
const forms: ReadonlyMap<string, string> = new Map([
  ['#', dataForm], ['C', 'C{constant}'], ['I', 'I{indicator}'], ['N', 'N{indicator}'], ['A', 'A{attribute}'], ['OUG', 'OUG{group}'],
  ['R', 'R{dataSet.REPORTING_RATE}'],
]);

type ItemToken = { readonly sigil: string; readonly inside: string; readonly at: Span };

/** Reads what stands in the braces of an item; throws a `FormulaFault` that shows the right form. */
export function referenceOf({ sigil, inside, at }: ItemToken): Reference {
  if (sigil === 'D' || sigil === 'V' || sigil === 'VAR') throw new FormulaFault(at, 'item-for-programs', { item: `${sigil}{}` });
  const form = forms.get(sigil);
  if (form === undefined) throw new FormulaFault(at, 'item-unknown', { item: `${sigil}{}`.slice(0, 40), forms: [...forms.keys()].map((known) => `${known}{}`).join(' ') });
  const parts = inside.split('.').map((part) => part.trim());
  if (sigil === 'A' && parts.length === 2) throw new FormulaFault(at, 'item-for-programs', { item: 'A{program.attribute}' });
  if (sigil === '#') return dataReference(parts, at);
  if (sigil === 'R') return reportingRateReference(parts, at);
  const [id = '', ...more] = parts;
  if (more.length > 0) throw new FormulaFault(at, 'item-malformed', { form });
  const checked = { key: '', id: checkedId(id, at), period: samePeriod };
  if (sigil === 'N' || sigil === 'I') return keyed({ kind: 'indicator', sign: sigil, ...checked });
  return keyed({ kind: sigil === 'C' ? 'constant' : sigil === 'A' ? 'attribute' : 'unit-count', ...checked });
}

function dataReference(parts: readonly string[], at: Span): Reference {
  const [first = '', second = '*', third = '*', ...more] = parts;
  if (more.length > 0) throw new FormulaFault(at, 'item-malformed', { form: dataForm });
  const inGroup = first.startsWith('deGroup:');
  const element = checkedId(inGroup ? first.slice('deGroup:'.length) : first, at);
  const tag = second.startsWith('coGroup:') ? 'coGroup:' : second.startsWith('co:') ? 'co:' : '';
  const optionKind: OptionKind = tag === '' ? 'combination' : tag === 'co:' ? 'option' : 'option-group';
  const options = second === '*' ? [] : second.slice(tag.length).split(tag === 'coGroup:' ? '&' : '\u0000').map((id) => checkedId(id, at));
  const attributeOption = third === '*' ? null : checkedId(third, at);
  return keyed({ kind: 'data', key: '', of: inGroup ? 'element-group' : 'element', element, optionKind, options, attributeOption, period: samePeriod });
}

function reportingRateReference(parts: readonly string[], at: Span): Reference {
  const [dataSet = '', given = '', ...more] = parts;
  if (parts.length < 2 || more.length > 0) throw new FormulaFault(at, 'item-malformed', { form: 'R{dataSet.REPORTING_RATE}' });
  const rate = reportingRates.find((known) => known === given);
  if (!rate) throw new FormulaFault(at, 'reporting-rate-unknown', { given: given.slice(0, 40), known: reportingRates.join(', ') });
  return keyed({ kind: 'reporting-rate', key: '', dataSet: checkedId(dataSet, at), rate, period: samePeriod });
}

function checkedId(id: string, at: Span): string {
  if (!idPattern.test(id)) throw new FormulaFault(at, 'id-malformed', { id: id.slice(0, 40) });
  return id;
}

export function calendarReference(inside: string, at: Span): Reference {
  const fact = calendarFacts.find((known) => known === inside.trim());
  if (!fact) throw new FormulaFault(at, 'bracket-unknown', { name: inside.slice(0, 40), known: calendarFacts.map((known) => `[${known}]`).join(' ') });
  return keyed({ kind: 'calendar', key: '', fact, period: samePeriod });
}

export function unitTestReference(name: string, argument: string, at: Span): Reference {
  if (name === 'program') throw new FormulaFault(at, 'function-for-programs', { name: 'orgUnit.program' });
  const test = unitTests.find((known) => known === name);
  if (!test) throw new FormulaFault(at, 'unit-test-unknown', { name: `orgUnit.${name}`.slice(0, 40), known: unitTests.map((known) => `orgUnit.${known}`).join(', ') });
  if (argument === '') throw new FormulaFault(at, 'arguments-too-few', { name: `orgUnit.${name}`, least: 1, given: 0 });
  return keyed({ kind: 'unit-test', key: '', test, ids: argument.split(',').map((id) => checkedId(id.trim(), at)), period: samePeriod });
}

/** What a modifier adds to the period of the references under it; offsets add up, the innermost wins for the rest. */
export function shiftOf(name: string, argument: string, at: Span): (inner: PeriodShift) => PeriodShift {
  const wrong = (): FormulaFault => new FormulaFault(at, 'modifier-argument', { name, form: modifiers.get(name) ?? '' });
  switch (name) {
    case 'periodOffset': {
      if (!/^[+-]?\d{1,4}$/.test(argument)) throw wrong();
      return (inner) => ({ ...inner, offset: inner.offset + Number(argument) });
    }
    case 'yearToDate': {
      if (argument !== '') throw wrong();
      return (inner) => ({ ...inner, yearToDate: true });
    }
    case 'minDate': case 'maxDate': {
      const day = dayOf(argument);
      if (day === undefined) throw wrong();
      return name === 'minDate' ? (inner) => ({ ...inner, from: inner.from ?? day }) : (inner) => ({ ...inner, to: inner.to ?? day });
    }
    case 'aggregationType': {
      if (!aggregationTypes.has(argument)) throw wrong();
      return (inner) => ({ ...inner, aggregation: inner.aggregation ?? argument });
    }
    default: {
      if (name === 'stageOffset') throw new FormulaFault(at, 'modifier-for-programs', { name });
      const nearest = nearestOf(name, modifiers.keys());
      throw new FormulaFault(at, 'modifier-unknown', { name: name.slice(0, 40), known: nearest === undefined ? [...modifiers.keys()].map((known) => `.${known}()`).join(' ') : `.${nearest}()` });
    }
  }
}

/** `2026-3-5` is allowed, as the field's grammar does; the day must exist. */
function dayOf(text: string): string | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const day = `${match[1] ?? ''}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}`;
  return isPlainDate(day) ? day : undefined;
}

/** Constants, facts of the unit and the calendar have no other period to be asked for; a modifier over them changes nothing. */
export function shifted(reference: Reference, shift: (inner: PeriodShift) => PeriodShift): Reference {
  switch (reference.kind) {
    case 'data': case 'indicator': case 'reporting-rate': return keyed({ ...reference, period: shift(reference.period) });
    default: return reference;
  }
}

function keyed(reference: Reference): Reference {
  return { ...reference, key: `${itemText(reference)}${shiftText(reference.period)}` };
}

function itemText(reference: Reference): string {
  switch (reference.kind) {
    case 'constant': return `C{${reference.id}}`;
    case 'attribute': return `A{${reference.id}}`;
    case 'unit-count': return `OUG{${reference.id}}`;
    case 'indicator': return `${reference.sign}{${reference.id}}`;
    case 'reporting-rate': return `R{${reference.dataSet}.${reference.rate}}`;
    case 'calendar': return `[${reference.fact}]`;
    case 'unit-test': return `orgUnit.${reference.test}(${reference.ids.join(', ')})`;
    case 'data': return `#{${dataText(reference)}}`;
  }
}

function dataText(reference: DataReference): string {
  const element = reference.of === 'element-group' ? `deGroup:${reference.element}` : reference.element;
  const tag = reference.optionKind === 'option' ? 'co:' : reference.optionKind === 'option-group' ? 'coGroup:' : '';
  const options = reference.options.length === 0 ? '*' : `${tag}${reference.options.join('&')}`;
  if (reference.attributeOption !== null) return `${element}.${options}.${reference.attributeOption}`;
  return options === '*' ? element : `${element}.${options}`;
}

function shiftText(period: PeriodShift): string {
  const offset = period.offset === 0 ? '' : `.periodOffset(${period.offset})`;
  const from = period.from === null ? '' : `.minDate(${period.from})`;
  const to = period.to === null ? '' : `.maxDate(${period.to})`;
  const aggregation = period.aggregation === null ? '' : `.aggregationType(${period.aggregation})`;
  return `${aggregation}${from}${to}${offset}${period.yearToDate ? '.yearToDate()' : ''}`;
}
