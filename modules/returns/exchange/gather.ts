/** Rows of one period as returns: each row finds its place, rows about the same place are settled, whatever their order. Pure. */
import type { ReturnKey, SlotValue } from '../schema.ts';
import type { Facts, RowCode } from './report.ts';

/** A resolved row; `updated` in milliseconds, 0 when unknown. */
export type GatherRow = { readonly unit: number; readonly pair: number; readonly attribute: number; readonly row: number; readonly file: number; readonly flags: number; readonly value: number; readonly updated: number };
/** Bits of `flags` beside the remarks of `resolve.ts`. */
export const deletedFlag = 1 << 15;

export type Surroundings = {
  readonly period: string;
  /** Data set and slot of a pair; undefined when its element was not loaded. */
  readonly placeOf: (pair: number) => { readonly dataSet: string; readonly slot: number } | undefined;
  /** Code and shard of a unit on the day of the period's map; undefined when it does not stand then. */
  readonly unitOn: (unit: number) => { readonly code: string; readonly province: string } | undefined;
  readonly unitName: (unit: number) => string;
  readonly attributeOf: (attribute: number) => string;
  readonly elementName: (pair: number) => string;
  readonly day: string;
};
export type RowVerdict = { readonly row: number; readonly file: number; readonly code: RowCode; readonly facts: Facts };
/** One return with the rows that say something about it: by slot the row that counts. */
export type Gathered = { readonly key: ReturnKey; readonly slots: readonly number[]; readonly rows: readonly GatherRow[]; readonly values: readonly SlotValue[] };
export type Gathering = {
  readonly returns: readonly Gathered[]; readonly refused: readonly RowVerdict[];
  /** Rows that say again, or said earlier, what another row says; they are kept in that row. */
  readonly repeated: readonly RowVerdict[];
};

/** Bounds of the numbers a group is known by: products of the three stay exact. */
const mostDataSets = 4096;
const mostAttributes = 1 << 20;


/** @returns returns in the order in which rows are locked */
export function gather(rows: readonly GatherRow[], around: Surroundings): Gathering {
  const refused: RowVerdict[] = [];
  const repeated: RowVerdict[] = [];
  const groups = new Map<number, { readonly key: ReturnKey; readonly text: string; readonly placed: GatherRow[] }>();
  const slotOf: number[] = [];
  const dataSets = new Map<string, number>();
  for (const row of rows) {
    const place = around.placeOf(row.pair);
    if (place === undefined) { refused.push(verdict(row, 'element-not-loaded', { element: around.elementName(row.pair) })); continue; }
    const unit = around.unitOn(row.unit);
    if (unit === undefined) { refused.push(verdict(row, 'unit-not-on-date', { unit: around.unitName(row.unit), day: around.day })); continue; }
    slotOf[row.pair] = place.slot;
    const dataSet = dataSets.get(place.dataSet) ?? dataSets.size;
    dataSets.set(place.dataSet, dataSet);
    const at = (row.unit * mostDataSets + dataSet) * mostAttributes + row.attribute;
    const group = groups.get(at);
    if (group !== undefined) { group.placed.push(row); continue; }
    const key: ReturnKey = { province: unit.province, unit: unit.code, period: around.period, dataSet: place.dataSet, attribute: around.attributeOf(row.attribute) };
    groups.set(at, { key, text: `${key.province}/${key.unit}/${key.period}/${key.dataSet}/${key.attribute}`, placed: [row] });
  }
  const sorted = [...groups.values()].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const returns = sorted.flatMap(({ key, placed }) => settle({ key, placed, slotOf }, { refused, repeated }));
  return { returns, refused, repeated };
}

const verdict = (row: GatherRow, code: RowCode, facts: Facts = {}): RowVerdict => ({ row: row.row, file: row.file, code, facts });
const isDeleted = (row: GatherRow): boolean => (row.flags & deletedFlag) !== 0;
const says = (a: GatherRow, b: GatherRow): boolean => isDeleted(a) === isDeleted(b) && (isDeleted(a) || a.value === b.value);

type Group = { readonly key: ReturnKey; readonly placed: GatherRow[]; readonly slotOf: readonly number[] };

/** Of several rows about one place the one updated last counts. Two that differ and are as recent contradict each other: none counts. */
function settle({ key, placed, slotOf }: Group, { refused, repeated }: { readonly refused: RowVerdict[]; readonly repeated: RowVerdict[] }): Gathered[] {
  const slotIn = (row: GatherRow): number => slotOf[row.pair] ?? 0;
  placed.sort((a, b) => slotIn(a) - slotIn(b) || b.updated - a.updated || a.file - b.file || a.row - b.row);
  const slots: number[] = [];
  const rows: GatherRow[] = [];
  for (let at = 0; at < placed.length;) {
    const first = placed[at];
    if (first === undefined) break;
    const slot = slotIn(first);
    let end = at + 1;
    for (let next = placed[end]; next !== undefined && slotIn(next) === slot; next = placed[end]) end += 1;
    if (end > at + 1) settlePlace(placed.slice(at, end), { first, slot, slots, rows, refused, repeated });
    else { slots.push(slot); rows.push(first); }
    at = end;
  }
  if (slots.length === 0) return [];
  return [{ key, slots, rows, values: rows.map((row, i): SlotValue => [slots[i] ?? 0, isDeleted(row) ? null : row.value]) }];
}

type Settling = { readonly first: GatherRow; readonly slot: number; readonly slots: number[]; readonly rows: GatherRow[]; readonly refused: RowVerdict[]; readonly repeated: RowVerdict[] };
function settlePlace(list: readonly GatherRow[], { first, slot, slots, rows, refused, repeated }: Settling): void {
  const latest = list.filter((row) => row.updated === first.updated);
  const contradicted = latest.some((row) => !says(row, first));
  if (contradicted) {
    const values = [...new Set(latest.map((row) => (isDeleted(row) ? '–' : String(row.value))))].sort().join('; ');
    for (const row of latest) refused.push(verdict(row, 'duplicate-conflict', { values, rows: latest.map((one) => one.row).sort((a, b) => a - b).slice(0, 8).join(', ') }));
  } else {
    slots.push(slot);
    rows.push(first);
    for (const row of latest.slice(1)) repeated.push(verdict(row, 'duplicate-same', { row: first.row }));
  }
  for (const row of list.slice(latest.length)) repeated.push(verdict(row, says(row, first) ? 'duplicate-same' : 'duplicate-older', { row: first.row }));
}
