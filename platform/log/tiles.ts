/**
 * Where the tree's hashes are kept: tiles of 256 (C2SP tlog-tiles). Tile level L holds the roots of complete subtrees of
 * 256^L leaves; each tile is 256 of them side by side. A full tile never changes, so only the right edge is ever written.
 */
import { concatBytes } from '#kernel/bytes.ts';
import { hashing, joinSubtrees, nodeHash, subtreesOf, type Hash, type Node, type Range } from '#kernel/merkle.ts';
import { sha256 } from './sha256.ts';

export const tileWidth = 256;
const hashLength = 32;

export type TileKey = { readonly level: number; readonly index: number };
/** `hashes`: up to 256 hashes of 32 bytes, one after another. */
export type Tile = TileKey & { readonly hashes: Uint8Array };
export type ReadTile = (key: TileKey) => Tile | undefined;

export const widthOf = (tile: Tile): number => tile.hashes.length / hashLength;
export const hashAt = (tile: Tile, position: number): Hash =>
  tile.hashes.slice(position * hashLength, (position + 1) * hashLength);

/** The tiles that are not full in a tree of this size, lowest level first; they hold its right edge. */
export function edgeOf(size: number): readonly TileKey[] {
  const keys: TileKey[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    if (count % tileWidth > 0) keys.push({ level, index: Math.floor(count / tileWidth) });
  }
  return keys;
}

const nodeTile = ({ level, index }: Node): TileKey & { readonly first: number; readonly count: number } => {
  const count = 2 ** (level % 8);
  const first = index * count;
  return { level: Math.floor(level / 8), index: Math.floor(first / tileWidth), first: first % tileWidth, count };
};

/** The tiles needed to hash these ranges; read them all at once, then call `rangeHash`. */
export function tilesFor(ranges: readonly Range[]): readonly TileKey[] {
  const keys = new Map<string, TileKey>();
  for (const node of ranges.flatMap(subtreesOf)) {
    const { level, index } = nodeTile(node);
    keys.set(`${level}/${index}`, { level, index });
  }
  return [...keys.values()];
}

function perfectRoot(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i < row.length; i += 2) above.push(hashing(nodeHash(row[i] ?? row[0] ?? new Uint8Array(), row[i + 1] ?? new Uint8Array()), sha256));
    row = above;
  }
  const [root] = row;
  if (root === undefined) throw new RangeError('no hashes');
  return root;
}

function subtreeHash(node: Node, read: ReadTile): Hash {
  const { level, index, first, count } = nodeTile(node);
  const tile = read({ level, index });
  if (tile === undefined || widthOf(tile) < first + count) throw new Error(`the tree lacks tile ${level}/${index}`);
  return perfectRoot(Array.from({ length: count }, (_, i) => hashAt(tile, first + i)));
}

/** The hash over a range of leaves, from tiles. @throws when a tile is missing or too short */
export const rangeHash = (range: Range, read: ReadTile): Hash =>
  hashing(joinSubtrees(subtreesOf(range).map((node) => subtreeHash(node, read))), sha256);

export const rootHash = (size: number, read: ReadTile): Hash => rangeHash({ start: 0, end: size }, read);

export type Growth = { readonly size: number; readonly root: Hash; readonly changed: readonly Tile[] };

/**
 * The tree after more leaves.
 *
 * @param edge the tiles named by `edgeOf(size)`
 * @returns the new size and root, and each tile that is new or longer
 */
export function growTiles(size: number, edge: readonly Tile[], leaves: readonly Hash[]): Growth {
  const tiles = new Map(edge.map((tile) => [`${tile.level}/${tile.index}`, [tile, Array.from({ length: widthOf(tile) }, (_, i) => hashAt(tile, i))] as const]));
  const touched = new Set<string>();
  const add = (level: number, position: number, hash: Hash): void => {
    const index = Math.floor(position / tileWidth);
    const key = `${level}/${index}`;
    const held = tiles.get(key) ?? ([{ level, index, hashes: new Uint8Array() }, []] as const);
    if (held[1].length !== position % tileWidth) throw new Error(`tile ${key} does not belong to a tree of ${size}`);
    held[1].push(hash);
    tiles.set(key, held);
    touched.add(key);
    if (held[1].length === tileWidth) add(level + 1, index, perfectRoot(held[1]));
  };
  leaves.forEach((leaf, i) => { add(0, size + i, leaf); });
  const whole = new Map([...tiles].map(([key, [tile, hashes]]) => [key, { level: tile.level, index: tile.index, hashes: concatBytes(...hashes) }]));
  const grown = size + leaves.length;
  return {
    size: grown,
    root: rootHash(grown, ({ level, index }) => whole.get(`${level}/${index}`)),
    changed: [...touched].flatMap((key) => whole.get(key) ?? []),
  };
}

/** C2SP path of a tile: `tile/0/x001/234`, with `.p/<width>` while it is not full. */
export function tilePath({ level, index }: TileKey, width = tileWidth): string {
  const groups = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0').match(/\d{3}/g) ?? ['000'];
  const place = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ''}`;
}
