/** Registers that know a figure already offer it to the form; the clerk may change it and says why. */
import type { Actor } from '#kernel/actor.ts';
import { refuse, ok, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Form } from '../rules/form.ts';
import { mayEnter } from '../rules/rights.ts';
import type { ReturnForm, ReturnKey, Submission } from '../schema.ts';
import { findReturn } from '../store/views.ts';
import type { Forms } from './forms.ts';

/** @returns figures by `element` or `element/cell` for one unit over the days of one period */
export type PrefillSource = (tx: Tx, asked: { readonly province: string; readonly unit: string; readonly first: string; readonly last: string; readonly elements: readonly string[] }) => Promise<ReadonlyMap<string, number>>;
const registers = new Map<string, PrefillSource>();

/** Offers a register's figures to the elements whose definition names it (`prefilledFrom`). */
export function providePrefill(register: string, source: PrefillSource): void {
  registers.set(register, source);
}

/** @param tx of the system: a form shows the same figure to all who may read it, and the check below asks for the very same one */
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

/** What registers say of a return's boxes, by slot. */
export async function registerFigures({ db, forms }: { readonly db: Database; readonly forms: Forms }, key: ReturnKey): Promise<ReadonlyMap<number, number>> {
  if (registers.size === 0) return new Map();
  return db.read('system', async (tx) => {
    const on = await forms.on(tx, key.dataSet, key.period);
    return new Map(on.ok ? (await prefillOf(tx, on.value.form, key)).map(({ slot, value }) => [slot, value]) : []);
  });
}

export type PrefillRefusal = { readonly code: 'prefill-reason-missing'; readonly slot: number; readonly element: string };
/**
 * A figure that differs from its register's comes with the reason, given now or before. Asked ahead of the batch, of forms that have such
 * figures only; who may not enter the return learns nothing here, for the door refuses them.
 */
export async function checkPrefill({ db, forms, actor }: { readonly db: Database; readonly forms: Forms; readonly actor: Actor }, key: ReturnKey, submission: Submission): Promise<Result<true, PrefillRefusal>> {
  if (registers.size === 0) return ok(true);
  const on = forms.kept(key.dataSet, key.period) ?? await db.read('system', (tx) => forms.on(tx, key.dataSet, key.period));
  if (!on.ok) return ok(true); // the door says what is wrong
  const { form, map } = on.value;
  const given = new Map(submission.values.map(([slot, value]) => [slot, value]));
  const unit = map.place(key.unit);
  const asked = [...form.slots.values()].some(({ slot, element }) => element.prefilledFrom !== null && registers.has(element.prefilledFrom) && given.has(slot));
  if (!asked || unit === undefined || !mayEnter(actor, unit, form.dataSet)) return ok(true);
  return db.read('system', async (tx) => {
    const [figures, stored] = [await prefillOf(tx, form, key), await findReturn(tx, key)];
    const reasons = new Set([...submission.prefillReasons.map((one) => String(one.slot)), ...Object.keys(stored?.words?.p ?? {})]);
    const unexplained = figures.find(({ slot, value }) => { const said = given.get(slot); return said !== undefined && said !== null && said !== value && !reasons.has(String(slot)); });
    return unexplained === undefined ? ok(true) : refuse({ code: 'prefill-reason-missing', slot: unexplained.slot, element: form.slots.get(unexplained.slot)?.element.id ?? '' });
  });
}
