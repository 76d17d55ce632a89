/** Random verification that nobody can steer: the digest of the seed is public before the visit, the seed after the draw. */

/** SHA-256 of a text, as 64 hexadecimal digits. */
export type Hash = (text: string) => string;

export const seedDigestOf = (seed: string, hash: Hash): string => hash(`sauro-sample/1\n${seed}`);
/** The frame is the list of units that could be drawn, in the order of their codes. */
export const frameDigestOf = (frame: readonly string[], hash: Hash): string => hash(`sauro-frame/1\n${[...frame].sort().join('\n')}`);

/**
 * The units drawn: each unit's ticket is the hash of seed and code, the smallest tickets win. Anyone with the seed and the frame draws
 * the same units; without the seed nobody can tell them beforehand.
 */
export function drawUnits(frame: readonly string[], size: number, seed: string, hash: Hash): string[] {
  return [...new Set(frame)]
    .map((code) => ({ code, ticket: hash(`${seed}\n${code}`) }))
    .sort((a, b) => (a.ticket < b.ticket ? -1 : a.ticket > b.ticket ? 1 : a.code < b.code ? -1 : 1))
    .slice(0, size)
    .map(({ code }) => code);
}

/** Counted anew / reported over the units counted; null when nothing was reported or counted. 1 is as reported, 0.9: a tenth was not found. */
export function verificationFactor(counts: readonly { readonly reported: number | null; readonly counted: number }[]): number | null {
  const both = counts.filter((one) => one.reported !== null);
  const reported = both.reduce((sum, one) => sum + (one.reported ?? 0), 0);
  return both.length === 0 || reported === 0 ? null : both.reduce((sum, one) => sum + one.counted, 0) / reported;
}
