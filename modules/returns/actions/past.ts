/** Whose returns were a unit's before: its own, or after a merger those of the units it was made of, added up. */
import type { PlainDate } from '#kernel/day.ts';
import type { Period } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import { treeDayOf } from '#modules/definitions/schema.ts';
import { lineage, type UnitRow } from '#modules/org-units/index.ts';
import { foldable, folded } from '../rules/fold.ts';
import type { Form } from '../rules/form.ts';
import { keyText, type ReturnKey } from '../schema.ts';
import { readVectors, type Vector } from '../store/histories.ts';
import type { FormOn, Forms } from './forms.ts';

export type PastUnit = { readonly province: string; readonly unit: string };
/** `apart`: part of it lay in units whose figures cannot be told apart, so no figure of that time is this unit's. */
export type Before = { readonly units: readonly PastUnit[]; readonly apart: boolean };
type Rows = readonly UnitRow[];
/** Units of one map that were another one, or others, on an earlier map; all that are not named were themselves. */
type Changed = ReadonlyMap<string, Before>;
const nobody: Changed = new Map();
const known = new WeakMap<Rows, WeakMap<Rows, Changed>>();

async function changedBetween(tx: Tx, here: { readonly rows: Rows; readonly day: PlainDate }, then: { readonly rows: Rows; readonly day: PlainDate }): Promise<Changed> {
  if (here.rows === then.rows) return nobody;
  const kept = known.get(here.rows)?.get(then.rows);
  if (kept !== undefined) return kept;
  const { fate } = await lineage(tx);
  const byId = new Map(then.rows.map((row) => [row.id, row]));
  const byCode = new Map(then.rows.map((row) => [row.code, row]));
  const placeOf = ({ province, code }: UnitRow): PastUnit => ({ province, unit: code });
  const changed = new Map<string, Before>();
  for (const { id, code, province } of here.rows) {
    const self = byId.get(id);
    if (self !== undefined) {
      if (self.code !== code || self.province !== province) changed.set(code, { units: [placeOf(self)], apart: false });
      continue;
    }
    const back = fate(code, here.day, then.day);
    const codes = back.kind === 'whole' ? [back.code] : back.kind === 'part' ? back.codes : [];
    const lies = (past: string): boolean => { const forth = fate(past, then.day, here.day); return forth.kind === 'whole' && forth.code === code; };
    changed.set(code, { units: codes.flatMap((past) => { const row = byCode.get(past); return row === undefined ? [] : [placeOf(row)]; }), apart: !codes.every(lies) });
  }
  const ofHere = known.get(here.rows) ?? new WeakMap<Rows, Changed>();
  known.set(here.rows, ofHere.set(then.rows, changed));
  return changed;
}

/** @returns for periods in which the unit was not itself, who it was; a period that is not named was its own */
export async function unitsBefore(tx: Tx, forms: Forms, { form }: FormOn, unit: string, periods: readonly Period[]): Promise<ReadonlyMap<Period, Before>> {
  const here = { rows: await forms.rowsOn(tx, form.treeDay), day: form.treeDay };
  const found = new Map<Period, Before>();
  for (const period of periods) {
    const day = treeDayOf(period, form.programme.head);
    const before = (await changedBetween(tx, here, { rows: await forms.rowsOn(tx, day), day })).get(unit);
    if (before !== undefined) found.set(period, before);
  }
  return found;
}

/** A vector of an earlier period; `units`: those it was added up from, of which so many had reported. */
export type PastVector = Vector & { readonly period: Period; readonly before: { readonly units: readonly PastUnit[]; readonly reported: number; readonly apart: boolean } | null };
type Asked = { readonly key: ReturnKey; readonly on: FormOn; readonly periods: readonly Period[] };

/**
 * Earlier vectors of returns, oldest first, a period without any left out.
 *
 * @param tx of the system where units may have come from another province: a unit's own past is its readers' whoever kept it then
 * @returns by `keyText` of the key asked for
 */
export async function pastVectors(tx: Tx, forms: Forms, asked: readonly Asked[]): Promise<Map<string, PastVector[]>> {
  const wanted: { readonly text: string; readonly form: Form; readonly period: Period; readonly before: Before | undefined; readonly keys: readonly ReturnKey[] }[] = [];
  for (const { key, on, periods } of asked) {
    const then = await unitsBefore(tx, forms, on, key.unit, periods);
    for (const period of periods) {
      const before = then.get(period);
      wanted.push({ text: keyText(key), form: on.form, period, before, keys: (before?.units ?? [key]).map(({ province, unit }) => ({ ...key, province, unit, period })) });
    }
  }
  const vectors = await readVectors(tx, wanted.flatMap((one) => one.keys));
  const found = new Map<string, PastVector[]>(asked.map(({ key }) => [keyText(key), []]));
  for (const { text, form, period, before, keys } of wanted) {
    const stored = keys.flatMap((key) => vectors.get(keyText(key)) ?? []);
    const [only] = stored;
    const list = found.get(text);
    if (before === undefined) { if (only !== undefined) list?.push({ ...only, period, before: null }); continue; }
    if (before.units.length === 0 || (stored.length === 0 && !before.apart)) continue;
    const blank = { vals: [], noData: [] };
    list?.push({ ...(before.apart ? blank : keys.length === 1 ? only ?? blank : folded(form, stored)), period, before: { units: before.units, reported: stored.length, apart: before.apart } });
  }
  for (const list of found.values()) list.sort((a, b) => (a.period < b.period ? -1 : 1));
  return found;
}

/** What rules and the search for unusual values compare with: periods for which every unit of the time had reported. */
export async function historiesOf(tx: Tx, forms: Forms, asked: readonly Asked[]): Promise<Map<string, ReadonlyMap<Period, readonly (number | null)[]>>> {
  const found = await pastVectors(tx, forms, asked);
  return new Map([...found].map(([text, list]) => [text, new Map(list.filter(({ before }) => before === null || foldable(before)).map(({ period, vals }) => [period, vals]))]));
}
