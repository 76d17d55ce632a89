/** Places of packed rows. A place is given once: it may end, and open again for the same cell, but never serves another. */
import type { PlainDate } from '#kernel/day.ts';
import { homeDataSets } from '../schema/duties.ts';
import type { DataSet, Disaggregation, DataElement } from '../schema/items.ts';
import type { Slot } from '../schema/programme.ts';

export type PlacedSlot = Slot & { readonly dataSet: string };
type Span = { from: PlainDate; to: PlainDate | null };
export type SlotPlan = { readonly slots: readonly PlacedSlot[]; readonly changed: readonly PlacedSlot[]; readonly added: number; readonly retired: number };
/** All versions, not only those of one day. */
export type SlotSources = { readonly dataSets: readonly DataSet[]; readonly elements: readonly DataElement[]; readonly disaggregations: readonly Disaggregation[] };

const placeKey = (element: string, cell: string): string => `${element} ${cell}`;
const latest = (a: PlainDate | null, b: PlainDate | null): PlainDate | null => (a === null || b === null ? null : a > b ? a : b);

export function planSlots(sources: SlotSources, stored: readonly PlacedSlot[]): SlotPlan {
  const homes = homeDataSets(sources.dataSets, new Map(stored.map((slot) => [slot.element, slot.dataSet])));
  const wanted = cellsWanted(sources);
  const byPlace = new Map(stored.map((slot) => [placeKey(slot.element, slot.cell), slot]));
  const next = new Map<string, number>();
  for (const slot of stored) next.set(slot.dataSet, Math.max(next.get(slot.dataSet) ?? 0, slot.slot));
  const slots: PlacedSlot[] = [];
  const changed: PlacedSlot[] = [];
  let added = 0;
  let retired = 0;
  for (const [key, { element, cell, span }] of wanted) {
    const known = byPlace.get(key);
    byPlace.delete(key);
    if (known?.validFrom === span.from && known.validTo === span.to) { slots.push(known); continue; }
    const dataSet = known?.dataSet ?? homes.get(element);
    if (dataSet === undefined) continue;
    const number = known?.slot ?? (next.get(dataSet) ?? 0) + 1;
    if (known === undefined) { next.set(dataSet, number); added += 1; } else if (span.to !== null) retired += 1;
    const slot = { dataSet, slot: number, element, cell, validFrom: span.from, validTo: span.to };
    slots.push(slot);
    changed.push(slot);
  }
  // Listed nowhere any more, not even in the past: the place stays taken, with the days it had.
  for (const slot of byPlace.values()) {
    if (slot.validTo !== null) { slots.push(slot); continue; }
    const ended = { ...slot, validTo: slot.validFrom };
    retired += 1;
    slots.push(ended);
    changed.push(ended);
  }
  return { slots: slots.sort((a, b) => (a.dataSet < b.dataSet ? -1 : a.dataSet > b.dataSet ? 1 : a.slot - b.slot)), changed, added, retired };
}

/** Each cell some version of some data set asks for, with the days from the first to the last; in the order of forms. */
function cellsWanted({ dataSets, elements, disaggregations }: SlotSources): Map<string, { element: string; cell: string; span: Span }> {
  const cells = cellsOf(elements, disaggregations);
  const wanted = new Map<string, { element: string; cell: string; span: Span }>();
  const ordered = [...dataSets].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.validFrom < b.validFrom ? -1 : 1));
  for (const dataSet of ordered) for (const element of dataSet.sections.flatMap((section) => section.elements)) for (const cell of cells.get(element) ?? []) {
    const key = placeKey(element, cell);
    const known = wanted.get(key);
    if (known === undefined) wanted.set(key, { element, cell, span: { from: dataSet.validFrom, to: dataSet.validTo } });
    else {
      if (dataSet.validFrom < known.span.from) known.span.from = dataSet.validFrom;
      known.span.to = latest(known.span.to, dataSet.validTo);
    }
  }
  return wanted;
}

/** Cells of each element over all versions of its breakdown; '' alone when it has none. */
function cellsOf(elements: readonly DataElement[], disaggregations: readonly Disaggregation[]): Map<string, string[]> {
  const breakdowns = new Map<string, Set<string>>();
  for (const one of disaggregations) {
    const cells = breakdowns.get(one.id) ?? new Set();
    for (const cell of one.cells) cells.add(cell.id);
    breakdowns.set(one.id, cells);
  }
  const cells = new Map<string, Set<string>>();
  for (const element of elements) {
    const all = cells.get(element.id) ?? new Set();
    for (const cell of element.disaggregation === null ? [''] : (breakdowns.get(element.disaggregation) ?? [])) all.add(cell);
    cells.set(element.id, all);
  }
  return new Map([...cells].map(([id, all]) => [id, [...all]]));
}
