import { consistencyRanges, inclusionRanges, type Hash } from '#kernel/merkle.ts';
import { rangeHash, tilesFor, type ReadTile, type TileKey } from './tiles.ts';

/** Tiles to read before `inclusionProof`. */
export const tilesForInclusion = (index: number, size: number): readonly TileKey[] => tilesFor(inclusionRanges(index, size));

/** Audit path of leaf `index` in the tree of `size` leaves: at most 24 hashes at ten million leaves. */
export const inclusionProof = (index: number, size: number, read: ReadTile): readonly Hash[] =>
  inclusionRanges(index, size).map((range) => rangeHash(range, read));

export const tilesForConsistency = (earlier: number, size: number): readonly TileKey[] => tilesFor(consistencyRanges(earlier, size));

export const consistencyProof = (earlier: number, size: number, read: ReadTile): readonly Hash[] =>
  consistencyRanges(earlier, size).map((range) => rangeHash(range, read));
