/** A commune's points replayed from its monthly returns, so that register and return say the same each month. Synthetic; no place is real. */
import { addDays, addMonths, daysBetween, earlierOf, type PlainDate } from '#kernel/day.ts';

/** What a return says of points: `found` counts recurrences too; `left`, and `watched` of those removed in the 180 days before, stand on the last day of the month. */
export type PointMonth = { readonly first: PlainDate; readonly last: PlainDate; readonly found: number; readonly removed: number; readonly recurred: number; readonly left: number; readonly watched: number };
type Days = { readonly first: PlainDate; readonly last: PlainDate };
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
/** Days of the watch: the month of removal and the five after it, but for what is removed on the first days of a month. */
const watchDays = 180;
const untold = 3;
const monthsWatched = 6;
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
    const from = earlierOf(addDays(first, untold), last);
    cycle.removedOn = this.#dayIn(cycle.listedOn > from ? cycle.listedOn : from, last);
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

  #watchedOn(day: PlainDate): number {
    return this.places.flatMap((place) => place.cycles).filter(({ removedOn, recurredOn }) => removedOn !== null && recurredOn === null && daysBetween(removedOn, day) <= watchDays).length;
  }

  /** A point removed in a month before the first return that is replayed. */
  away({ first, last }: Days): void {
    const removedOn = this.#dayIn(addDays(first, untold), last);
    this.places.push({ cycles: [{ cycle: 1, openedOn: addDays(removedOn, -100), listedOn: addDays(removedOn, -90), removedOn, recurredOn: null }] });
  }

  /** Brings points on the list and under watch to what the return begins its month with; what a missing return would have said is made up. */
  #settle(month: PointMonth, gap: Days): void {
    const wanted = Math.max(0, month.left - month.found + month.removed);
    // Where no month is missing every removal was told; one whose month was guessed is not put right in a month that told of its own.
    let unseen = gap.first < gap.last ? month.watched - month.removed + month.recurred - this.#watchedOn(month.last) : 0;
    for (; unseen < 0; unseen += 1) this.#recur(gap.first, gap.last);
    for (let short = wanted + unseen - this.places.filter(isLeft).length; short > 0; short -= 1) this.#list(this.#dayIn(gap.first, gap.last));
    while (this.places.filter(isLeft).length > wanted) this.#remove(gap.first, gap.last);
  }

  /** @param before the days before the month for which there was no return */
  live(month: PointMonth, before: Days): void {
    this.#settle(month, before);
    const middle = addDays(month.first, 14);
    for (let i = 0; i < month.recurred; i += 1) this.#recur(month.first, middle);
    for (let i = 0; i < month.found - month.recurred; i += 1) this.#list(this.#dayIn(month.first, middle));
    for (let i = 0; i < month.removed; i += 1) this.#remove(month.first, month.last);
  }
}

/**
 * The months in which points were removed that the first returns still speak of as watched, before any was replayed: as many as the first
 * counts, each as long ago as their number falls afterwards.
 */
function awayBefore(months: readonly PointMonth[]): Days[] {
  const [start] = months;
  if (start === undefined) return [];
  const found: Days[] = [];
  let [since, still] = [0, Number.POSITIVE_INFINITY];
  for (let n = 0; n < monthsWatched; n += 1) {
    const last = addMonths(start.last, n);
    const month = months.find((one) => one.last === last);
    if (n > 0 && month === undefined && n < monthsWatched - 1) continue;
    const own = months.filter((one) => one.last <= last).reduce((sum, one) => sum + one.removed - one.recurred, 0);
    const now = n === monthsWatched - 1 || month === undefined ? 0 : Math.max(0, month.watched - own);
    // Those that are no longer counted were removed five months before the last return that counted them.
    if (still !== Number.POSITIVE_INFINITY) for (let i = now; i < still; i += 1) found.push({ first: addMonths(start.first, since - monthsWatched + 1), last: addMonths(start.last, since - monthsWatched + 1) });
    [since, still] = [n, Math.min(still, now)];
  }
  return found;
}

/** @param months those a return was received for, oldest first */
export function replay(seed: string, months: readonly PointMonth[]): DemoPlace[] {
  const commune = new Commune(seed, months[0]?.first ?? '');
  for (const days of awayBefore(months)) commune.away(days);
  months.forEach((month, at) => {
    const previous = months[at - 1];
    const first = previous === undefined ? addDays(month.first, -120) : addDays(previous.last, 1);
    const last = addDays(month.first, -1);
    commune.live(month, first <= last ? { first, last } : { first: last, last });
  });
  return commune.places;
}
