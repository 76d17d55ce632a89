/** What a person typed into a box: a number, "no data", nothing, or something that must be asked about or refused, and why. Pure. */
import type { CellValue } from '../schema.ts';
import type { FormElement } from './boxes.ts';

type ValueType = FormElement['valueType'];
export type TypedProblem =
  | 'number-not-read' | 'number-is-formula' | 'number-dash' | 'value-not-finite' | 'value-not-whole' | 'value-too-large' | 'value-too-precise' | 'value-negative' | 'value-out-of-range';
/** How the marks were understood, said beside the box when it is not the plain way. */
export type ReadAs = 'plain' | 'grouped' | 'whole-only' | 'minus-zero' | 'like-the-others';
export type Typed =
  | { readonly kind: 'value'; readonly value: CellValue; readonly as: ReadAs }
  | { readonly kind: 'ask'; readonly whole: number; readonly decimal: number }
  | { readonly kind: 'wrong'; readonly code: TypedProblem };
/** Which mark divides whole from part: decided by evidence, never by the language of the screen alone. */
export type Marks = 'comma-decimal' | 'point-decimal' | 'unknown';

const noDataWords = /^(k|ks|n\/?a|x|không( có)?( số liệu)?|khong( co)?( so lieu)?|ko( có| co)?|no data|không rõ)$/iu;
const spaces = /[\s\u00a0\u2007\u2009\u202f']/gu;
const whole = (type: ValueType): boolean => type === 'count' || type === 'integer' || type === 'money' || type === 'yes-no';

const value = (read: number, as: ReadAs): Typed => (Object.is(read, -0) ? { kind: 'value', value: 0, as: 'minus-zero' } : { kind: 'value', value: read, as });

/** Digits with marks as a number under one reading of the marks; undefined when they do not fit it. */
function under(text: string, marks: 'comma-decimal' | 'point-decimal'): number | undefined {
  const [group, point] = marks === 'comma-decimal' ? ['.', ','] : [',', '.'];
  const form = new RegExp(`^[+-]?(?:\\d+|[1-9]\\d{0,2}(?:\\${group}\\d{3})+)(?:\\${point}\\d+)?$`);
  return form.test(text) ? Number(text.replaceAll(group, '').replace(point, '.')) : undefined;
}

/** What a single text proves about the marks: 1.234,5 and 1.234.567 only fit one reading, 1,5 too; 1.234 fits both. */
export function marksOf(text: string): Marks | 'none' {
  const plain = text.trim().replace(spaces, '');
  if (!/[.,]/.test(plain)) return 'none';
  const comma = under(plain, 'comma-decimal');
  const point = under(plain, 'point-decimal');
  if (comma !== undefined && point === undefined) return 'comma-decimal';
  if (point !== undefined && comma === undefined) return 'point-decimal';
  return comma === undefined ? 'none' : 'unknown';
}

/**
 * @param marks what the other texts of the same paste proved; 'unknown' for a text typed alone
 * @returns `ask` only where both readings are possible values of the element: a count of 1.234 can only be one thousand two hundred and thirty-four
 */
export function readTyped(text: string, type: ValueType, marks: Marks = 'unknown'): Typed {
  const given = text.normalize('NFC').trim();
  if (given === '') return { kind: 'value', value: null, as: 'plain' };
  if (noDataWords.test(given)) return { kind: 'value', value: 'no-data', as: 'plain' };
  if (/^[=@]/.test(given)) return { kind: 'wrong', code: 'number-is-formula' };
  if (/^[-–—]+$/.test(given)) return { kind: 'wrong', code: 'number-dash' };
  if (/^[+-]?(nan|inf(inity)?|∞)$/i.test(given)) return { kind: 'wrong', code: 'value-not-finite' };
  const plain = given.replace(spaces, '').replace(/^[−–]/u, '-');
  const read = readPlain(plain, type, marks);
  if (read.kind !== 'value' || typeof read.value !== 'number') return read;
  const code = problemOfValue(read.value, type);
  return code === undefined ? read : { kind: 'wrong', code };
}

function readPlain(plain: string, type: ValueType, marks: Marks): Typed {
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(plain)) return value(Number(plain), 'plain');
  const comma = under(plain, 'comma-decimal');
  const point = under(plain, 'point-decimal');
  if (comma === undefined && point === undefined) return { kind: 'wrong', code: 'number-not-read' };
  if (comma === undefined || point === undefined || comma === point) return value(comma ?? point ?? 0, /[.,]/.test(plain) ? 'grouped' : 'plain');
  if (whole(type)) return value(Number.isInteger(comma) ? comma : point, 'whole-only');
  if (marks !== 'unknown') return value(marks === 'comma-decimal' ? comma : point, 'like-the-others');
  return { kind: 'ask', whole: Math.max(Math.abs(comma), Math.abs(point)) === Math.abs(comma) ? comma : point, decimal: Math.abs(comma) < Math.abs(point) ? comma : point };
}

/** Above it a double no longer tells neighbouring whole numbers apart. */
const tooLarge = 2 ** 53;
const signed: readonly ValueType[] = ['integer', 'number', 'money'];

/** What the element cannot hold: the server's own decision (`rules/values.ts`; a test holds the two together). */
export function problemOfValue(number: number, type: ValueType): TypedProblem | undefined {
  if (!Number.isFinite(number)) return 'value-not-finite';
  if (Math.abs(number) >= tooLarge) return 'value-too-large';
  if (number < 0 && !signed.includes(type)) return 'value-negative';
  if (!Number.isInteger(number)) {
    if (whole(type)) return 'value-not-whole';
    if (Math.round(number * 1000) / 1000 !== number || Math.abs(number) >= tooLarge / 1000) return 'value-too-precise';
  }
  if (type === 'yes-no' && number !== 0 && number !== 1) return 'value-out-of-range';
  return type === 'percent' && number > 100 ? 'value-out-of-range' : undefined;
}

/** The text of a value in a box that is being edited: no grouping, the language's decimal mark, so that it reads back as itself. */
export const editText = (shown: CellValue, decimalMark: ',' | '.'): string => (shown === null ? '' : shown === 'no-data' ? 'k' : String(shown).replace('.', decimalMark));
