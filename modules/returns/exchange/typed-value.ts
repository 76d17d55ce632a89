/** What a person wrote into a sheet or file as a value of a box, with the verdict in the words of imports. Pure. */
import { readTyped, marksOf, type Marks, type TypedProblem } from '../entry/typed.ts';
import { checkValue } from '../rules/values.ts';
import type { SlotDefinition } from '../rules/form.ts';
import type { CellValue } from '../schema.ts';
import { readNumber } from './numbers.ts';
import type { Facts, RowCode } from './report.ts';

export type TypedValue = { readonly ok: true; readonly value: CellValue; readonly remark?: RowCode; readonly facts?: Facts } | { readonly ok: false; readonly code: RowCode; readonly facts: Facts };

const codes: Readonly<Record<TypedProblem, RowCode>> = {
  'number-not-read': 'not-a-number', 'number-is-formula': 'formula', 'number-dash': 'not-a-number', 'value-not-finite': 'not-a-number', 'value-not-whole': 'not-whole', 'value-too-large': 'number-too-large',
  'value-too-precise': 'not-a-number', 'value-negative': 'negative', 'value-out-of-range': 'percent-out-of-range',
};
const wrong = (code: RowCode, text: string): TypedValue => ({ ok: false, code, facts: { text: text.slice(0, 60) } });

/** What all texts of a file prove about their marks: a file with 1.234,5 in it means 1.234 as whole. */
export function marksIn(texts: Iterable<string>): Marks {
  const proved = new Set<Marks | 'none'>();
  for (const text of texts) proved.add(marksOf(text));
  const [comma, point] = [proved.has('comma-decimal'), proved.has('point-decimal')];
  return comma === point ? 'unknown' : comma ? 'comma-decimal' : 'point-decimal';
}

export function typedValue(text: string, box: SlotDefinition, marks: Marks): TypedValue {
  const read = readTyped(text, box.element.valueType, marks);
  if (read.kind === 'ask') return { ok: false, code: 'number-ambiguous', facts: { text: text.slice(0, 60), whole: read.whole, decimal: read.decimal } };
  if (read.kind === 'wrong') return wrong(/^[+-]?\d+(?:\.\d+)?e\+?\d{3,}$/iu.test(text.trim()) ? 'number-too-large' : codes[read.code], text);
  const checked = fitting(read.value, box, text);
  if (!checked.ok || read.as === 'plain') return checked;
  return { ...checked, remark: read.as === 'minus-zero' ? 'minus-zero' : read.as === 'grouped' ? 'number-grouped' : 'number-guessed', facts: { value: String(read.value) } };
}

/** A number a program wrote. */
export function machineValue(text: string, box: SlotDefinition): TypedValue {
  if (box.element.valueType === 'yes-no' && /^(?:true|false)$/iu.test(text)) return { ok: true, value: /^true$/iu.test(text) ? 1 : 0 };
  const read = readNumber(text, false);
  if (!read.ok) return { ok: false, code: read.code === 'empty' ? 'value-missing' : read.code, facts: read.facts };
  const checked = fitting(read.value, box, text);
  if (!checked.ok || read.by === 'plain') return checked;
  return { ...checked, remark: read.by === 'minus-zero' ? 'minus-zero' : 'number-grouped' };
}

const fits: Readonly<Record<string, RowCode>> = {
  'value-not-finite': 'not-a-number', 'value-not-whole': 'not-whole', 'value-too-large': 'number-too-large', 'value-negative': 'negative', 'value-out-of-range': 'percent-out-of-range',
};
/** A finer number than a box holds is rounded to thousandths, and the row says so. */
export function fitting(value: CellValue, box: SlotDefinition, text: string): TypedValue {
  const checked = checkValue(box, value);
  if (checked.ok) return { ok: true, value: checked.value };
  if (checked.problem.code === 'value-too-precise' && typeof value === 'number' && Math.abs(value) < 2 ** 53 / 1000) return { ok: true, value: Math.round(value * 1000) / 1000, remark: 'number-rounded', facts: {} };
  return wrong(fits[checked.problem.code] ?? 'not-a-number', text);
}
