/** Chance that is the same on every machine: each number follows from what it is about, so a demonstration can be made in any order. */

import type { Column } from './columns.ts';

/** 32-bit mix of whole numbers (murmur's finaliser); equal input, equal output. */
export function mix(...parts: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    h = Math.imul(h ^ part, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}
export function mixText(text: string): number {
  let h = 2166136261;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}
/** In [0, 1). */
export const chance = (...parts: readonly number[]): number => mix(...parts) / 2 ** 32;

/**
 * A count with this mean that spreads as counts of rare events do (Poisson by inversion; a rounded normal above 30).
 *
 * @param u in [0, 1)
 */
export function countAround(mean: number, u: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(u)));
  let k = 0;
  let p = Math.exp(-mean);
  for (let below = p; u > below && k < 200; below += p) {
    k += 1;
    p *= mean / k;
  }
  return k;
}

/** Quantile of the standard normal by a logistic curve: near enough for made-up figures. */
const normal = (u: number): number => Math.log((u + 1e-9) / (1 - u + 1e-9)) / 1.702;

/** An id that follows from what it is for; made up like the rest, and much cheaper than a digest. Written after what the column holds. */
export function putId(column: Column, ...parts: readonly number[]): void {
  const [a, b, c, d] = [mix(...parts, 1), mix(...parts, 2), mix(...parts, 3), mix(...parts, 4)];
  column.hex(a).text('-').hex(b >>> 16, 4).text('-4').hex(b, 3).text('-8').hex(c >>> 16, 3).text('-').hex(c, 4).hex(d);
}
