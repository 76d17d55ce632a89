/**
 * Merkle tree hashing and proofs of RFC 9162 section 2.1 (the same as RFC 6962).
 *
 * Each algorithm is written once as a generator that yields the bytes to be hashed and is given back their SHA-256:
 * the server drives it with node:crypto (`hashing`), the browser with WebCrypto, which is asynchronous (`hashingAsync`).
 * Sizes and positions are counts of leaves up to 2^53, so they are halved by division: bit operators stop at 2^32.
 */
import { concatBytes, equalBytes } from './bytes.ts';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;
export type Hashing<T> = Generator<Uint8Array, T, Hash>;
/** Leaves from `start` up to, not including, `end`. */
export type Range = { readonly start: number; readonly end: number };
/** A complete subtree: 2^level leaves, the `index`-th of its level from the left. */
export type Node = { readonly level: number; readonly index: number };

export function hashing<T>(work: Hashing<T>, sha256: (bytes: Uint8Array) => Hash): T {
  let step = work.next();
  while (!step.done) step = work.next(sha256(step.value));
  return step.value;
}

export async function hashingAsync<T>(work: Hashing<T>, sha256: (bytes: Uint8Array) => Promise<Hash>): Promise<T> {
  let step = work.next();
  while (!step.done) step = work.next(await sha256(step.value));
  return step.value;
}

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);
const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const areHashes = (...hashes: readonly Hash[]): boolean => hashes.every((hash) => hash.length === 32);

export function* leafHash(entry: Uint8Array): Hashing<Hash> {
  return yield concatBytes(leafPrefix, entry);
}

export function* nodeHash(left: Hash, right: Hash): Hashing<Hash> {
  return yield concatBytes(nodePrefix, left, right);
}

/** Joins complete subtrees of falling size into the hash of the range they cover; no subtree at all is the empty tree. */
export function* joinSubtrees(hashes: readonly Hash[]): Hashing<Hash> {
  let joined = hashes.at(-1);
  if (joined === undefined) return yield new Uint8Array(0);
  for (let i = hashes.length - 2; i >= 0; i -= 1) {
    const left = hashes[i];
    if (left !== undefined) joined = yield* nodeHash(left, joined);
  }
  return joined;
}

/** The frontier (roots of the complete subtrees, largest first) after one more leaf. */
export function* grow(frontier: readonly Hash[], size: number, leaf: Hash): Hashing<readonly Hash[]> {
  const grown = [...frontier];
  let joined = leaf;
  for (let n = size; isOdd(n); n = half(n)) {
    const left = grown.pop();
    if (left === undefined) throw new RangeError('the frontier does not belong to this size');
    joined = yield* nodeHash(left, joined);
  }
  return [...grown, joined];
}

/** The largest power of two smaller than `n` (n >= 2). */
function splitOf(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** The complete subtrees that make up a range whose start is a multiple of its largest subtree, left to right. */
export function subtreesOf({ start, end }: Range): readonly Node[] {
  const nodes: Node[] = [];
  for (let at = start; at < end; ) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/** Ranges whose hashes prove that leaf `index` is in the tree of `size` leaves (PATH), nearest sibling first. */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  if (!isSize(size) || !isSize(index) || index >= size) throw new RangeError('no such leaf');
  const ranges: Range[] = [];
  for (let start = 0, end = size; end - start > 1; ) {
    const middle = start + splitOf(end - start);
    ranges.push(index < middle ? { start: middle, end } : { start, end: middle });
    if (index < middle) end = middle;
    else start = middle;
  }
  return ranges.reverse();
}

/** Ranges whose hashes prove that the tree of `size` leaves continues the tree of its first `earlier` leaves (PROOF). */
export function consistencyRanges(earlier: number, size: number): readonly Range[] {
  if (!isSize(earlier) || !isSize(size) || earlier > size) throw new RangeError('no such earlier tree');
  if (earlier === 0 || earlier === size) return [];
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (end !== earlier) {
    const middle = start + splitOf(end - start);
    ranges.push(earlier <= middle ? { start: middle, end } : { start, end: middle });
    if (earlier <= middle) end = middle;
    else start = middle;
  }
  if (start > 0) ranges.push({ start, end });
  return ranges.reverse();
}

export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
};

/** True when the proof shows the leaf at that position of the tree with that root (RFC 9162 section 2.1.3.2). */
export function* verifyInclusion({ index, size, leaf, root, proof }: InclusionClaim): Hashing<boolean> {
  if (!isSize(size) || !isSize(index) || index >= size || !areHashes(leaf, root, ...proof)) return false;
  let [position, last, joined] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      joined = yield* nodeHash(sibling, joined);
      while (!isOdd(position) && position !== 0) [position, last] = [half(position), half(last)];
    } else {
      joined = yield* nodeHash(joined, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && equalBytes(joined, root);
}

export type ConsistencyClaim = {
  readonly earlierSize: number;
  readonly size: number;
  readonly earlierRoot: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
};

/** True when the proof shows that nothing of the earlier tree was changed, taken out or moved (RFC 9162 section 2.1.4.2). */
export function* verifyConsistency(claim: ConsistencyClaim): Hashing<boolean> {
  const { earlierSize, size, earlierRoot, root, proof } = claim;
  if (!isSize(earlierSize) || !isSize(size) || earlierSize > size || !areHashes(earlierRoot, root, ...proof)) return false;
  if (earlierSize === size) return proof.length === 0 && equalBytes(earlierRoot, root);
  if (earlierSize === 0) return proof.length === 0 && equalBytes(earlierRoot, yield* joinSubtrees([]));
  let [position, last] = [earlierSize - 1, size - 1];
  while (isOdd(position)) [position, last] = [half(position), half(last)];
  // A complete earlier tree is itself the first subtree of the proof, so it is not sent.
  const path = position === 0 ? [earlierRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined || proof.length === 0) return false;
  let [earlierJoined, joined] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      earlierJoined = yield* nodeHash(sibling, earlierJoined);
      joined = yield* nodeHash(sibling, joined);
      while (!isOdd(position) && position !== 0) [position, last] = [half(position), half(last)];
    } else {
      joined = yield* nodeHash(joined, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && equalBytes(earlierJoined, earlierRoot) && equalBytes(joined, root);
}
