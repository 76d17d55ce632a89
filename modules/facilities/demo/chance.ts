/** Chance that is the same on every machine: each number follows from what it is about. */
import { hash } from 'node:crypto';
import { formatUuid } from '#kernel/id.ts';

export const seedOf = (text: string): number => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
};
/** A row of numbers in [0, 1) that follows from a seed (mulberry32). */
export function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
export const idOf = (...parts: readonly (string | number)[]): string => formatUuid(new Uint8Array(Buffer.from(hash('sha256', `facilities\n${parts.join('\n')}`), 'hex')));

/** Whole numbers that add up to `total` and follow the weights: largest remainders. */
export function split(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, one) => all + one, 0);
  if (sum <= 0) return weights.map(() => 0);
  const exact = weights.map((one) => (total * one) / sum);
  const parts = exact.map(Math.floor);
  const order = exact.map((one, i) => ({ i, rest: one - Math.floor(one) })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (let left = total - parts.reduce((all, one) => all + one, 0), at = 0; left > 0; left -= 1, at += 1) {
    const { i } = order[at % order.length] ?? { i: 0 };
    parts[i] = (parts[i] ?? 0) + 1;
  }
  return parts;
}
/** The place of a weight, chosen by a number in [0, 1); -1 when all weigh nothing. */
export function choose(weights: readonly number[], u: number): number {
  const sum = weights.reduce((all, one) => all + Math.max(0, one), 0);
  if (sum <= 0) return -1;
  let at = u * sum;
  for (let i = 0; i < weights.length; i += 1) {
    at -= Math.max(0, weights[i] ?? 0);
    if (at < 0) return i;
  }
  return weights.length - 1;
}
/** One number in [0, 1) for a text. */
export const chanceOf = (text: string): number => dice(seedOf(text))();
