/** Registers that know a figure already offer it to the form; the clerk may change it and says why. */
import type { Tx } from '#platform/db/tx.ts';
import type { Form } from '../rules/form.ts';
import type { ReturnForm, ReturnKey } from '../schema.ts';

/** @returns figures by `element` or `element/cell` for one unit over the days of one period */
export type PrefillSource = (tx: Tx, asked: { readonly province: string; readonly unit: string; readonly first: string; readonly last: string; readonly elements: readonly string[] }) => Promise<ReadonlyMap<string, number>>;
const registers = new Map<string, PrefillSource>();

/** Offers a register's figures to the elements whose definition names it (`prefilledFrom`). */
export function providePrefill(register: string, source: PrefillSource): void {
  registers.set(register, source);
}

export async function prefillOf(tx: Tx, form: Form, key: ReturnKey): Promise<ReturnForm['prefill']> {
  const found: ReturnForm['prefill'] = [];
  const wanted = Map.groupBy([...form.slots.values()].filter((one) => one.element.prefilledFrom !== null), (one) => one.element.prefilledFrom ?? '');
  for (const [register, places] of wanted) {
    const source = registers.get(register);
    if (source === undefined) continue;
    const figures = await source(tx, { province: key.province, unit: key.unit, first: form.first, last: form.last, elements: [...new Set(places.map((one) => one.element.id))] });
    for (const { slot, cell, element } of places) {
      const value = figures.get(cell === '' ? element.id : `${element.id}/${cell}`);
      if (value !== undefined) found.push({ slot, value, register });
    }
  }
  return found;
}
