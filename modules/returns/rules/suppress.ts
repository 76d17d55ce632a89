/**
 * E4: counts of 1 to 9 about people in care, below a province, are shown only to the unit and to the province that approves it.
 * What is hidden must not come back by subtraction: where a shown total and its other parts would give it, a second part is hidden too.
 */
import type { CellValue, ShownValue } from '../schema.ts';

/** Counts below this and above 0 are sensitive (SECURITY 5.1, t = 10). */
export const threshold = 10;
const hidden = { suppressed: true } as const;
const isSmall = (value: CellValue | undefined): boolean => typeof value === 'number' && value > 0 && value < threshold;

/**
 * One unit's vector as another reader sees it.
 *
 * @param values by place (slot − 1)
 * @param protectedSlots slots of protected elements
 * @param groups slots whose total the reader can see or guess (cells of one element): a group with one hidden part hides its next smallest too
 */
export function suppressReturn(values: readonly CellValue[], protectedSlots: ReadonlySet<number>, groups: readonly (readonly number[])[]): ShownValue[] {
  const concealed = new Set<number>();
  for (const slot of protectedSlots) if (isSmall(values[slot - 1])) concealed.add(slot);
  for (const group of groups) hideAnother(group.filter((slot) => protectedSlots.has(slot)), (slot) => values[slot - 1], concealed);
  return values.map((value, i) => (concealed.has(i + 1) ? hidden : value));
}

/**
 * One cell over the units of a province, whose total is shown: small parts are hidden, and when just one is, the next smallest
 * reported part with it.
 */
export function suppressAcross(values: readonly CellValue[]): ShownValue[] {
  const concealed = new Set<number>();
  values.forEach((value, i) => { if (isSmall(value)) concealed.add(i); });
  hideAnother(values.map((_, i) => i), (i) => values[i], concealed);
  return values.map((value, i) => (concealed.has(i) ? hidden : value));
}

/** Where exactly one part is hidden, hides the smallest other part that is not zero; zeros give nothing away to be hidden. */
function hideAnother(parts: readonly number[], valueOf: (part: number) => CellValue | undefined, concealed: Set<number>): void {
  const gone = parts.filter((part) => concealed.has(part));
  if (gone.length !== 1 || parts.length < 2) return;
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (const part of parts) {
    const value = valueOf(part);
    if (!concealed.has(part) && typeof value === 'number' && value > 0 && value < least) [best, least] = [part, value];
  }
  if (best >= 0) concealed.add(best);
}
