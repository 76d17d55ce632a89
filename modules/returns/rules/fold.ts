/** Figures of several units as figures of the one they became. Pure. */
type Kinds = { readonly slots: ReadonlyMap<number, { readonly slot: number; readonly element: { readonly aggregation: string; readonly valueType: string } }>; readonly length: number };
type Vector = { readonly vals: readonly (number | null)[]; readonly noData: readonly number[] };

/** Whether what was reported then is the whole of the unit. */
export const foldable = ({ units, reported, apart }: { readonly units: readonly unknown[]; readonly reported: number; readonly apart: boolean }): boolean => !apart && reported === units.length;

/**
 * Counts and amounts are added, of the largest and the smallest the largest and the smallest stays. A share, a yes or no and an average of
 * several units cannot be told from theirs: the box stays empty. "No data" of all is "no data"; of some it leaves what the others said.
 */
export function folded(form: Kinds, stored: readonly Vector[]): Vector {
  const vals = new Array<number | null>(form.length).fill(null);
  const noData: number[] = [];
  for (const { slot, element } of form.slots.values()) {
    const values = stored.flatMap(({ vals: own }) => own[slot - 1] ?? []);
    if (values.length === 0) { if (stored.some((one) => one.noData.includes(slot))) noData.push(slot); continue; }
    vals[slot - 1] = together(values, element);
  }
  return { vals, noData };
}

function together(values: readonly number[], { aggregation, valueType }: { readonly aggregation: string; readonly valueType: string }): number | null {
  if (valueType === 'yes-no' || valueType === 'percent') return null;
  switch (aggregation) {
    case 'sum': case 'last': case 'average-sum': return values.reduce((sum, value) => sum + value, 0);
    case 'max': return Math.max(...values);
    case 'min': return Math.min(...values);
    default: return null;
  }
}
