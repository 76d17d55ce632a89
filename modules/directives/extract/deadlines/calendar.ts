/** What is known of the time at which the document was written, for dates that leave the year out. */
export type Reference = { readonly day?: string; readonly year?: number; readonly assembly?: number };

export type DeadlineHit = {
  readonly start: number;
  readonly end: number;
  readonly type: 'absolute' | 'recurring' | 'event';
  readonly value: string;
  readonly yearInferred?: true;
};

const two = (n: number): string => String(n).padStart(2, '0');
const daysIn = (year: number, month: number): number => (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

type Value = { value: string; yearInferred?: true };

/** The first such month (or day) not before the reference, when the text gives no year. */
function yearFor(reference: Reference, month: number, day: number | undefined): number | undefined {
  if (reference.day === undefined) return reference.year;
  const year = Number(reference.day.slice(0, 4));
  const wanted = day === undefined ? two(month) : `${two(month)}-${two(day)}`;
  return wanted < reference.day.slice(5, 5 + wanted.length) ? year + 1 : year;
}

/** YYYY-MM-DD of a day that exists, else undefined. */
export function dayValue(day: number, month: number, year: number | undefined, reference: Reference): Value | undefined {
  const full = year ?? yearFor(reference, month, day);
  if (full === undefined || month < 1 || month > 12 || day < 1 || full < 1900 || full > 2200 || day > daysIn(full, month)) return undefined;
  const value = `${full}-${two(month)}-${two(day)}`;
  return year === undefined ? { value, yearInferred: true } : { value };
}

export function monthValue(month: number, year: number | undefined, reference: Reference): Value | undefined {
  const full = year ?? yearFor(reference, month, undefined);
  if (full === undefined || month < 1 || month > 12 || full < 1900 || full > 2200) return undefined;
  const value = `${full}-${two(month)}`;
  return year === undefined ? { value, yearInferred: true } : { value };
}

export function quarterValue(quarter: number, year: number | undefined, reference: Reference): Value | undefined {
  if (quarter < 1 || quarter > 4) return undefined;
  const full = year ?? yearFor(reference, quarter * 3, undefined);
  if (full === undefined || full < 1900 || full > 2200) return undefined;
  return year === undefined ? { value: `${full}-Q${quarter}`, yearInferred: true } : { value: `${full}-Q${quarter}` };
}

export function yearValue(year: number): Value | undefined {
  return year >= 1990 && year <= 2100 ? { value: String(year) } : undefined;
}

const romans: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5, vi: 6, vii: 7, viii: 8, ix: 9, x: 10, xi: 11, xii: 12, xiii: 13, xiv: 14, xv: 15, xvi: 16, xvii: 17, xviii: 18, xix: 19, xx: 20 };
const ordinals: Readonly<Record<string, number>> = { nhất: 1, hai: 2, ba: 3, tư: 4, năm: 5, sáu: 6, bảy: 7, tám: 8, chín: 9, mười: 10, first: 1, second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10, eleventh: 11, twelfth: 12, fifteenth: 15, sixteenth: 16 };

/** A number written in figures, Roman figures or as an ordinal word. */
export const numberOf = (word: string | undefined): number => (word === undefined ? NaN : (romans[word] ?? ordinals[word] ?? Number.parseInt(word, 10)));

// First day of each term of the National Assembly (first session after the election).
const terms: readonly (readonly [string, number])[] = [['2026-04-06', 16], ['2021-07-20', 15], ['2016-07-20', 14], ['2011-07-21', 13], ['2007-07-19', 12], ['2002-07-19', 11]];

/** Term of the National Assembly sitting on the document's day; 15 when the day is not known. */
export const assemblyAt = (reference: Reference): number =>
  reference.assembly ?? (reference.day === undefined ? 15 : (terms.find(([from]) => from <= (reference.day ?? ''))?.[1] ?? 11));

/** Hits in order; of two that overlap the longer one stays. */
export function withoutOverlap(hits: readonly DeadlineHit[]): DeadlineHit[] {
  const kept: DeadlineHit[] = [];
  for (const hit of [...hits].sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (!kept.some((other) => hit.start < other.end && other.start < hit.end)) kept.push(hit);
  }
  return kept.sort((a, b) => a.start - b.start);
}
