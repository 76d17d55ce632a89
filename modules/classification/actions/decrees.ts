/** Which decision judges a period: the one in force on its last day. */
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { builtInDecrees } from './built-in.ts';
import type { Decree, DecreeSeen } from '../schema.ts';
import { readDecrees } from '../store/decrees.ts';

let delivered: readonly Decree[] | undefined;
const deliveredDecrees = (): readonly Decree[] => { delivered ??= builtInDecrees(); return delivered; };
export const isBuiltIn = (id: string): boolean => deliveredDecrees().some((one) => one.id === id);

/** Every decision in the order of its first day, each ending where the next begins. */
export async function decreesIn(tx: Tx): Promise<readonly Decree[]> {
  const loaded = (await readDecrees(tx)).map((one): Decree => ({ ...one, validTo: null }));
  const all = [...deliveredDecrees(), ...loaded].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return all.map((one, at) => ({ ...one, validTo: one.validTo ?? all[at + 1]?.validFrom ?? null }));
}

/** @param day last day of the assessment period. Undefined before the first decision: older criteria, which are not compared */
export const decreeOn = (decrees: readonly Decree[], day: PlainDate): Decree | undefined => decrees.findLast((one) => one.validFrom <= day && (one.validTo === null || day < one.validTo));

export const decreeSeen = ({ id, number, title, validFrom, validTo }: Decree): DecreeSeen => ({ id, number, title, validFrom, validTo });
