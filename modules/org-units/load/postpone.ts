/** Holds a merger of the edition back until a day: its units stay as they were, what they became begins later, and every basis says so. */
import type { Tx } from '#platform/db/tx.ts';
import { localOfficesOf } from '../offices.ts';
import { holdBack, postponedFrom, type Postponement } from '../store/amendments.ts';

/** @returns false when the register holds no such merger: then nothing was changed */
export async function postpone(tx: Tx, id: string, { postponed: { into, on } }: Postponement): Promise<boolean> {
  const found = await postponedFrom(tx, into);
  const [made] = found.made;
  if (made === undefined || found.made.length > 1 || found.former.length < 2 || found.former.some((one) => one.validTo !== made.validFrom) || on <= made.validFrom) return false;
  const basis = `synthetic (demonstration); in truth from ${made.validFrom}, ${made.basis}`;
  const stay = found.former.map((one) => ({ ...one, parentId: made.parentId, province: made.province, validFrom: made.validFrom, validTo: on, basis, certainty: 'U' as const }));
  await holdBack(tx, { made, stay, on, basis, offices: stay.flatMap(localOfficesOf), id });
  return true;
}
