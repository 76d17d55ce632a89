/** Communes of the demonstration that became one: until then the figures of what they became are shared out among them, none lost and none twice. */
import type { Period } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import { treeDayOf, type ProgrammeHead } from '#modules/definitions/schema.ts';
import { lineage, unitsOn, type UnitRow } from '#modules/org-units/index.ts';
import type { Figures } from './commune.ts';

/** How many of the periods, from the first, were reported by `parts` instead. */
export type Merged = { readonly periods: number; readonly parts: readonly UnitRow[] };

/** Communes of the last period's map that were other communes in the first. */
export async function mergedSince(tx: Tx, periods: readonly Period[], head: ProgrammeHead): Promise<ReadonlyMap<string, Merged>> {
  const days = periods.map((period) => treeDayOf(period, head));
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const [before, now] = [await unitsOn(tx, from), await unitsOn(tx, to)];
  const ids = new Set(now.map((unit) => unit.id));
  const gone = before.filter((unit) => unit.level === 'commune' && !ids.has(unit.id));
  if (gone.length === 0) return new Map();
  const { fate } = await lineage(tx);
  const found = new Map<string, Merged>();
  for (const unit of gone) {
    const then = fate(unit.code, from, to);
    if (then.kind !== 'whole') continue;
    let last = 0;
    for (const [at, day] of days.entries()) if ((await unitsOn(tx, day)).some((one) => one.id === unit.id)) last = at + 1;
    const known = found.get(then.code);
    found.set(then.code, { periods: Math.max(last, known?.periods ?? 0), parts: [...(known?.parts ?? []), unit] });
  }
  if ([...found.values()].some(({ parts }) => parts.length !== 2)) throw new RangeError('the demonstration shares figures out among two communes');
  return found;
}

/** The second of two takes two fifths of a count, the first what is left: whole numbers, so that sums of money stay exact. */
const [secondShare, ofAll] = [2, 5];
/** What happens in one place: the first commune has it all. */
const undivided = new Set(['diem', 'diem-phat-hien', 'diem-triet-xoa', 'diem-theo-doi', 'diem-tai-phat', 'vi-pham-cu-tru', 'truy-na', 'tuyen-trong-diem.noi-tinh', 'tuyen-trong-diem.lien-tinh', 'vay-von', 'tien-vay', 'cay', 'dien-tich-cay']);
/** What a commune has or has not. */
const yesOrNo = ['ke-hoach-nam', 'ba-dieu-kien.dat', 'ba-dieu-kien.chua-dat', 'diem-tu-van.dat', 'diem-tu-van.chua-dat'] as const;

/** A month of the whole as months of its two parts: every count adds up to it again; yes and no follow from each one's own counts. */
export function sharedOut(figures: Figures): readonly [Figures, Figures] {
  const counts = Object.entries(figures).filter(([key]) => !yesOrNo.some((one) => one === key));
  const second = Object.fromEntries(counts.map(([key, value]) => [key, undivided.has(key) ? 0 : Math.floor((value * secondShare) / ofAll)]));
  if (second['buoi-truyen-thong'] === 0) second['luot-truyen-thong'] = 0;
  const first = Object.fromEntries(counts.map(([key, value]) => [key, value - (second[key] ?? 0)]));
  const whole = Object.fromEntries(yesOrNo.map((key) => [key, figures[key] ?? 0]));
  const met = second['ngoai-ba-dien'] === 0 ? 1 : 0;
  const advised = (second['ho-so-quan-ly.nguoi-nghien'] ?? 0) > 0 ? {} : { 'diem-tu-van.dat': 0, 'diem-tu-van.chua-dat': 0 };
  return [{ ...first, ...whole }, { ...second, ...whole, ...advised, 'ba-dieu-kien.dat': met, 'ba-dieu-kien.chua-dat': 1 - met }]; // the first has whatever keeps the whole from the conditions
}
