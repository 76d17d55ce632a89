/** What may be in a box. Every refusal names the slot, so that the rest of a pasted block can be kept. */
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { CellValue, SlotValue } from '../schema.ts';
import type { Form, SlotDefinition } from './form.ts';

type ValueCode = 'value-not-finite' | 'value-not-whole' | 'value-too-large' | 'value-too-precise' | 'value-negative' | 'value-out-of-range' | 'slot-unknown' | 'slot-twice';
export type ValueRefusal = { readonly code: ValueCode; readonly slot: number; readonly element: string; readonly cell: string };

/** Above it a double no longer tells neighbouring whole numbers apart. */
export const tooLarge = 2 ** 53;
const fractionsAllowed = new Set(['number', 'percent']);
const negativesAllowed = new Set(['integer', 'number', 'money']);

/** One value as typed; -0 becomes 0. @param value anything a request may hold */
export function checkValue({ slot, cell, element }: SlotDefinition, value: unknown): Result<CellValue, ValueRefusal> {
  const no = (code: ValueCode) => refuse({ code, slot, element: element.id, cell });
  if (value === null || value === 'no-data') return ok(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return no('value-not-finite');
  if (Math.abs(value) >= tooLarge) return no('value-too-large');
  if (value < 0 && !negativesAllowed.has(element.valueType)) return no('value-negative');
  if (!Number.isInteger(value)) {
    if (!fractionsAllowed.has(element.valueType)) return no('value-not-whole');
    // Sums are kept exact by rounding to thousandths, so no value may be finer.
    if (Math.round(value * 1000) / 1000 !== value || Math.abs(value) >= tooLarge / 1000) return no('value-too-precise');
  }
  if (element.valueType === 'percent' && value > 100) return no('value-out-of-range');
  if (element.valueType === 'yes-no' && value !== 0 && value !== 1) return no('value-out-of-range');
  return ok(value === 0 ? 0 : value);
}

/** What nearly every box holds: a whole number above zero where any may be. Everything else is looked at more closely. */
const isPlainCount = ({ element }: SlotDefinition, value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value < tooLarge && Number.isInteger(value) && element.valueType !== 'percent' && element.valueType !== 'yes-no';

/** All values of a submission, by ascending slot; the first that is wrong refuses them. */
export function checkValues(form: Form, values: readonly SlotValue[]): Result<SlotValue[], ValueRefusal> {
  const checked: SlotValue[] = [];
  let ascending = true;
  let last = 0;
  for (const one of values) {
    const [slot, given] = one;
    const definition = form.slots.get(slot);
    if (definition === undefined) return refuse({ code: 'slot-unknown', slot, element: '', cell: '' });
    if (slot <= last) ascending = false;
    last = slot;
    if (isPlainCount(definition, given)) { checked.push(one); continue; }
    const value = checkValue(definition, given);
    if (!value.ok) return value;
    checked.push([slot, value.value]);
  }
  if (ascending) return ok(checked);
  checked.sort(([a], [b]) => a - b);
  const twice = checked.find(([slot], i) => i > 0 && checked[i - 1]?.[0] === slot);
  if (twice === undefined) return ok(checked);
  const definition = form.slots.get(twice[0]);
  return refuse({ code: 'slot-twice', slot: twice[0], element: definition?.element.id ?? '', cell: definition?.cell ?? '' });
}

/** Sums of thousandths, rounded back to thousandths: exact whatever the order of the additions. */
export const exactSum = (value: number): number => (Number.isInteger(value) ? value : Math.round(value * 1000) / 1000);
