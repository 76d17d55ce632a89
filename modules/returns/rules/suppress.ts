/**
 * E4: what is protected below a province is shown only to the unit and to the province that approves it. For everybody else every
 * protected box of the return is hidden, whatever stands in it: hidden by its size, the boxes shown beside it and the sums above it
 * would give it back, and no two screens would hide the same ones.
 */
import type { CellValue, ShownValue } from '../schema.ts';

const hidden = { suppressed: true } as const;

/**
 * One unit's vector as another reader sees it. Also a blank box is hidden: that one part of a shown total is missing tells the others.
 *
 * @param values by place (slot − 1)
 * @param protectedSlots slots of protected elements
 */
export const suppressReturn = (values: readonly CellValue[], protectedSlots: ReadonlySet<number>): ShownValue[] =>
  values.map((value, i) => (protectedSlots.has(i + 1) ? hidden : value));
