/** Kept vectors against recomputed ones. */
import type { Standing } from '../schema.ts';

export type Vector = { readonly province: string; readonly node: string; readonly attribute: string; readonly standing: string; readonly returns: number; readonly late: number; readonly sums: readonly number[]; readonly counts: readonly number[] };
export type SliceDifference = {
  readonly province: string; readonly node: string; readonly attribute: string; readonly standing: Standing; readonly differing: number;
  readonly example: { readonly slot: number; readonly kept: number; readonly recomputed: number } | null;
};
const nothing = { returns: 0, late: 0, sums: [], counts: [] } as const;

/** One entry a vector that differs in any slot or in its number of returns; trailing zeros are no difference. */
export function differencesOf(kept: readonly Vector[], made: readonly Vector[]): SliceDifference[] {
  const keyOf = ({ province, node, attribute, standing }: Vector): string => `${province}/${node}/${attribute}/${standing}`;
  const [left, right] = [new Map(kept.map((one) => [keyOf(one), one])), new Map(made.map((one) => [keyOf(one), one]))];
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((key) => {
    const [a, b] = [left.get(key) ?? nothing, right.get(key) ?? nothing];
    const place = left.get(key) ?? right.get(key);
    const slots: number[] = [];
    for (let i = 0; i < Math.max(a.sums.length, b.sums.length); i += 1) if ((a.sums[i] ?? 0) !== (b.sums[i] ?? 0) || (a.counts[i] ?? 0) !== (b.counts[i] ?? 0)) slots.push(i);
    const heads = a.returns !== b.returns || a.late !== b.late ? 1 : 0;
    if (place === undefined || slots.length + heads === 0) return [];
    const [first] = slots;
    return [{
      province: place.province, node: place.node, attribute: place.attribute, standing: place.standing === 'approved' ? 'approved' as const : 'reported' as const, differing: slots.length + heads,
      example: first === undefined ? null : { slot: first + 1, kept: a.sums[first] ?? 0, recomputed: b.sums[first] ?? 0 },
    }];
  });
}
