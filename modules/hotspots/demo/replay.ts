/** A commune's points replayed from its monthly returns, so that register and return say the same each month. Synthetic; no place is real. */
import { addDays, daysBetween, type PlainDate } from '#kernel/day.ts';

/** What a return says of points: `found` counts recurrences too, `left` stands on the last day of the month. */
export type PointMonth = { readonly first: PlainDate; readonly last: PlainDate; readonly found: number; readonly removed: number; readonly recurred: number; readonly left: number };
export type DemoCycle = { cycle: number; openedOn: PlainDate; listedOn: PlainDate; removedOn: PlainDate | null; recurredOn: PlainDate | null };
export type DemoPlace = { readonly cycles: DemoCycle[] };

/** Numbers in [0, 1) that follow from a text. */
export function dice(text: string): () => number {
  let state = 2_166_136_261;
  for (let i = 0; i < text.length; i += 1) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619);
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 3_266_489_909) >>> 0;
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}

const lastOf = (place: DemoPlace): DemoCycle | undefined => place.cycles.at(-1);
const isLeft = (place: DemoPlace): boolean => lastOf(place)?.removedOn === null;

class Commune {
  readonly places: DemoPlace[] = [];
  readonly #u: () => number;
  readonly #begin: PlainDate;
  /** @param begin first day of which a return speaks */
  constructor(seed: string, begin: PlainDate) {
    this.#u = dice(seed);
    this.#begin = begin;
  }

  #dayIn(first: PlainDate, last: PlainDate): PlainDate {
    return addDays(first, Math.floor(this.#u() * (daysBetween(first, last) + 1)));
  }

  #list(listedOn: PlainDate): void {
    this.places.push({ cycles: [{ cycle: 1, openedOn: addDays(listedOn, -3 - Math.floor(this.#u() * 6)), listedOn, removedOn: null, recurredOn: null }] });
  }

  /** Points listed and removed within days: the oldest on the list goes first, never before it came. */
  #remove(first: PlainDate, last: PlainDate): void {
    const oldest = this.places.filter(isLeft).sort((a, b) => ((lastOf(a)?.listedOn ?? '') < (lastOf(b)?.listedOn ?? '') ? -1 : 1))[0];
    const cycle = oldest === undefined ? undefined : lastOf(oldest);
    if (cycle === undefined) return;
    cycle.removedOn = this.#dayIn(cycle.listedOn > first ? cycle.listedOn : first, last);
  }

  #recur(first: PlainDate, last: PlainDate): void {
    const away = this.places.filter((place) => { const removedOn = lastOf(place)?.removedOn ?? null; return removedOn !== null && removedOn < first; });
    const removed = away.sort((a, b) => ((lastOf(a)?.removedOn ?? '') > (lastOf(b)?.removedOn ?? '') ? -1 : 1))[0];
    // What was removed before the first return is not told by any: made up, before it.
    const place = removed ?? { cycles: [{ cycle: 1, openedOn: addDays(this.#begin, -220), listedOn: addDays(this.#begin, -210), removedOn: addDays(this.#begin, -10 - Math.floor(this.#u() * 70)), recurredOn: null }] };
    if (removed === undefined) this.places.push(place);
    const before = lastOf(place);
    const day = this.#dayIn(first, last);
    if (before !== undefined) before.recurredOn = day;
    place.cycles.push({ cycle: place.cycles.length + 1, openedOn: day, listedOn: day, removedOn: null, recurredOn: null });
  }

  /** Brings the points on the list to the number the return begins its month with; what a missing return would have said is made up. */
  #settle(wanted: number, gap: { readonly first: PlainDate; readonly last: PlainDate }): void {
    while (this.places.filter(isLeft).length < wanted) this.#list(this.#dayIn(gap.first, gap.last));
    while (this.places.filter(isLeft).length > wanted) this.#remove(gap.first, gap.last);
  }

  /** @param before the days before the month for which there was no return */
  live(month: PointMonth, before: { readonly first: PlainDate; readonly last: PlainDate }): void {
    this.#settle(Math.max(0, month.left - month.found + month.removed), before);
    const middle = addDays(month.first, 14);
    for (let i = 0; i < month.recurred; i += 1) this.#recur(month.first, middle);
    for (let i = 0; i < month.found - month.recurred; i += 1) this.#list(this.#dayIn(month.first, middle));
    for (let i = 0; i < month.removed; i += 1) this.#remove(month.first, month.last);
  }
}

/** @param months those a return was received for, oldest first */
export function replay(seed: string, months: readonly PointMonth[]): DemoPlace[] {
  const commune = new Commune(seed, months[0]?.first ?? '');
  months.forEach((month, at) => {
    const previous = months[at - 1];
    const first = previous === undefined ? addDays(month.first, -120) : addDays(previous.last, 1);
    const last = addDays(month.first, -1);
    commune.live(month, first <= last ? { first, last } : { first: last, last });
  });
  return commune.places;
}
