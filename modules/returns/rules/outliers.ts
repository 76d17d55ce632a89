/** Values far from the twelve periods before: they are taken, and an explanation is asked. */

/** Fewer earlier values than this say nothing. */
const fewest = 4;
/** Modified z-score above which a value is unusual (Iglewicz and Hoaglin, 1993: 3.5). */
const limit = 3.5;
/** Changes of a handful are no news, whatever their ratio. */
const smallest = 10;

export type Outlier = { readonly slot: number; readonly value: number; readonly usual: number; readonly score: number };

function median(sorted: readonly number[]): number {
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * @param earlier the values of the periods before, blanks left out; order does not matter
 * @returns undefined when the value is usual or too little is known
 */
export function outlierOf(slot: number, value: number, earlier: readonly number[]): Outlier | undefined {
  if (earlier.length < fewest) return undefined;
  const sorted = [...earlier].sort((a, b) => a - b);
  const usual = median(sorted);
  const gap = Math.abs(value - usual);
  if (gap < smallest) return undefined;
  const spread = median(sorted.map((one) => Math.abs(one - usual)).sort((a, b) => a - b));
  // A series that never moved has no spread; a tenth of its level, at least one, stands in.
  const score = (0.6745 * gap) / Math.max(spread, Math.abs(usual) * 0.05, 1);
  return score > limit ? { slot, value, usual, score } : undefined;
}

/** All unusual values of a return, furthest first. @param history earlier vectors, any order */
export function outliersOf(vals: readonly (number | null)[], history: readonly (readonly (number | null)[])[]): Outlier[] {
  const found: Outlier[] = [];
  for (let i = 0; i < vals.length; i += 1) {
    const value = vals[i];
    if (value === null || value === undefined) continue;
    const earlier: number[] = [];
    for (const past of history) { const one = past[i]; if (one !== null && one !== undefined) earlier.push(one); }
    const outlier = outlierOf(i + 1, value, earlier);
    if (outlier !== undefined) found.push(outlier);
  }
  return found.sort((a, b) => b.score - a.score);
}
