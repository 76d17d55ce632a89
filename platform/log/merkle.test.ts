import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { describe, test } from 'node:test';
import { base64Of, bytesOfBase64, bytesOfHex, hexOf } from '#kernel/bytes.ts';
import { hashing, hashingAsync, joinSubtrees, grow, leafHash, verifyConsistency, verifyInclusion, type Hash } from '#kernel/merkle.ts';
import { consistencyProof, inclusionProof, tilesForConsistency, tilesForInclusion } from './proofs.ts';
import { sha256 } from './sha256.ts';
import { edgeOf, growTiles, rootHash, tilePath, widthOf, type Tile, type TileKey } from './tiles.ts';

// The definitions of RFC 9162 section 2.1 written as they stand there, to compare with.
const H = (...parts: readonly Uint8Array[]): Hash => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
const powerBelow = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);
function MTH(d: readonly Hash[]): Hash {
  const [only] = d;
  if (only === undefined) return H();
  if (d.length === 1) return only;
  const k = powerBelow(d.length);
  return H(Uint8Array.of(1), MTH(d.slice(0, k)), MTH(d.slice(k)));
}
function PATH(m: number, d: readonly Hash[]): Hash[] {
  if (d.length === 1) return [];
  const k = powerBelow(d.length);
  return m < k ? [...PATH(m, d.slice(0, k)), MTH(d.slice(k))] : [...PATH(m - k, d.slice(k)), MTH(d.slice(0, k))];
}
function SUBPROOF(m: number, d: readonly Hash[], b: boolean): Hash[] {
  if (m === d.length) return b ? [] : [MTH(d)];
  const k = powerBelow(d.length);
  return m <= k ? [...SUBPROOF(m, d.slice(0, k), b), MTH(d.slice(k))] : [...SUBPROOF(m - k, d.slice(k), false), MTH(d.slice(0, k))];
}

const leafOf = (text: string): Hash => hashing(leafHash(new TextEncoder().encode(text)), sha256);
const leaves = Array.from({ length: 600 }, (_, i) => leafOf(`entry ${i}`));
const hex = (hashes: readonly Hash[]): string[] => hashes.map(hexOf);

class Tree {
  size = 0;
  root: Hash = MTH([]);
  readonly tiles = new Map<string, Tile>();
  readonly read = ({ level, index }: TileKey): Tile | undefined => this.tiles.get(`${level}/${index}`);
  append(added: readonly Hash[]): this {
    const edge = edgeOf(this.size).map((key) => this.read(key) ?? assert.fail('an edge tile is missing'));
    const growth = growTiles(this.size, edge, added);
    for (const tile of growth.changed) this.tiles.set(`${tile.level}/${tile.index}`, tile);
    this.size = growth.size;
    this.root = growth.root;
    return this;
  }
}

describe('R27: RFC 6962 / 9162 hashing', () => {
  // The reference inputs and roots of Certificate Transparency, published with RFC 6962.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const published = inputs.map((input) => hashing(leafHash(bytesOfHex(input)), sha256));

  test('R27: the published roots of trees of one to eight leaves', () => {
    let frontier: readonly Hash[] = [];
    published.forEach((leaf, i) => {
      frontier = hashing(grow(frontier, i, leaf), sha256);
      assert.equal(hexOf(hashing(joinSubtrees(frontier), sha256)), roots[i]);
      assert.equal(hexOf(new Tree().append(published.slice(0, i + 1)).root), roots[i]);
    });
  });

  test('R27: the empty tree is the hash of nothing', () => {
    assert.equal(hexOf(hashing(joinSubtrees([]), sha256)), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    assert.deepEqual(rootHash(0, () => undefined), MTH([]));
  });

  test('R27: a published inclusion proof (leaf 5 of 8) and consistency proof (6 to 8) are made and accepted', () => {
    const tree = new Tree().append(published);
    const inclusion = ['vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=', 'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=', '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc='];
    const consistency = ['DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=', 'yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=', '037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc='];
    assert.deepEqual(inclusionProof(5, 8, tree.read).map(base64Of), inclusion);
    assert.deepEqual(consistencyProof(6, 8, tree.read).map(base64Of), consistency);
    assert.deepEqual(inclusion.map((text) => base64Of(bytesOfBase64(text) ?? new Uint8Array())), inclusion);
  });
});

describe('R27: proofs for all pairs m <= n <= 130', () => {
  const trees = Array.from({ length: 131 }, (_, n) => new Tree().append(leaves.slice(0, n)));
  const treeOf = (n: number): Tree => trees[n] ?? assert.fail('no tree');

  test('R27: each inclusion proof is the one the standard defines, and is accepted', () => {
    for (let n = 1; n <= 130; n += 1) {
      const { read, root } = treeOf(n);
      assert.deepEqual(root, MTH(leaves.slice(0, n)));
      for (let m = 0; m < n; m += 1) {
        const proof = inclusionProof(m, n, read);
        const leaf = leaves[m] ?? assert.fail('no leaf');
        if (n % 13 === 0 || n < 20) assert.deepEqual(hex(proof), hex(PATH(m, leaves.slice(0, n))));
        assert.equal(hashing(verifyInclusion({ index: m, size: n, leaf, root, proof }), sha256), true, `${m} of ${n}`);
        const wrong = { index: (m + 1) % n, size: n, leaf, root, proof };
        assert.equal(n > 1 && hashing(verifyInclusion(wrong), sha256), false, `${m} of ${n} at another place`);
      }
    }
  });

  test('R27: each consistency proof is the one the standard defines, and is accepted', () => {
    for (let n = 1; n <= 130; n += 1) {
      const { read, root } = treeOf(n);
      for (let m = 0; m <= n; m += 1) {
        const proof = consistencyProof(m, n, read);
        if (m > 0 && (n % 13 === 0 || n < 20)) assert.deepEqual(hex(proof), hex(SUBPROOF(m, leaves.slice(0, n), true)));
        const claim = { earlierSize: m, size: n, earlierRoot: treeOf(m).root, root, proof };
        assert.equal(hashing(verifyConsistency(claim), sha256), true, `${m} to ${n}`);
        assert.equal(hashing(verifyConsistency({ ...claim, earlierRoot: leafOf('forged') }), sha256), false, `${m} to ${n}, other root`);
      }
    }
  });

  test('R27: a proof that is cut, lengthened, or has one bit changed is refused', () => {
    const { read, root } = treeOf(100);
    for (let m = 1; m < 100; m += 1) {
      const leaf = leaves[m] ?? assert.fail('no leaf');
      const inclusion = inclusionProof(m, 100, read);
      const consistency = consistencyProof(m, 100, read);
      const flipped = (proof: readonly Hash[]): Hash[] => proof.map((hash, i) => (i === m % proof.length ? Uint8Array.from(hash, (b, j) => (j === m % 32 ? b ^ 4 : b)) : hash));
      for (const spoil of [flipped, (p: readonly Hash[]) => p.slice(1), (p: readonly Hash[]) => p.slice(0, -1), (p: readonly Hash[]) => [...p, root], (p: readonly Hash[]) => [root, ...p]]) {
        assert.equal(hashing(verifyInclusion({ index: m, size: 100, leaf, root, proof: spoil(inclusion) }), sha256), false);
        assert.equal(hashing(verifyConsistency({ earlierSize: m, size: 100, earlierRoot: treeOf(m).root, root, proof: spoil(consistency) }), sha256), false);
      }
    }
  });

  test('positions and sizes that cannot be are refused, not thrown', () => {
    const { read, root } = treeOf(7);
    const proof = inclusionProof(3, 7, read);
    const leaf = leaves[3] ?? assert.fail('no leaf');
    for (const [index, size] of [[-1, 7], [7, 7], [3, -1], [3.5, 7], [Number.NaN, 7], [3, Number.POSITIVE_INFINITY]] as const) {
      assert.equal(hashing(verifyInclusion({ index, size, leaf, root, proof }), sha256), false);
    }
    assert.equal(hashing(verifyConsistency({ earlierSize: 8, size: 7, earlierRoot: root, root, proof: [] }), sha256), false);
  });
});

describe('tiles of 256', () => {
  test('R27: a tree grown in uneven batches over tile borders equals the tree of the standard', () => {
    const tree = new Tree();
    for (const batch of [1, 200, 55, 1, 255, 0, 88]) tree.append(leaves.slice(tree.size, tree.size + batch));
    assert.equal(tree.size, 600);
    assert.deepEqual(tree.root, MTH(leaves));
    assert.deepEqual([...tree.tiles.values()].map((tile) => [tile.level, tile.index, widthOf(tile)]), [[0, 0, 256], [1, 0, 2], [0, 1, 256], [0, 2, 88]]);
    for (const m of [0, 254, 255, 256, 257, 511, 512, 599]) {
      assert.deepEqual(hex(inclusionProof(m, 600, tree.read)), hex(PATH(m, leaves)));
      if (m > 0) assert.deepEqual(hex(consistencyProof(m, 600, tree.read)), hex(SUBPROOF(m, leaves, true)));
    }
  });

  test('the tiles named for a proof are enough to make it, also from a tree that has grown since', () => {
    const tree = new Tree().append(leaves);
    const only = (keys: readonly TileKey[]) => ({ level, index }: TileKey) => (keys.some((key) => key.level === level && key.index === index) ? tree.read({ level, index }) : undefined);
    for (const n of [257, 300, 512, 600]) {
      assert.deepEqual(hex(inclusionProof(255, n, only(tilesForInclusion(255, n)))), hex(PATH(255, leaves.slice(0, n))));
      assert.deepEqual(hex(consistencyProof(250, n, only(tilesForConsistency(250, n)))), hex(SUBPROOF(250, leaves.slice(0, n), true)));
    }
    assert.throws(() => inclusionProof(255, 600, () => undefined), /lacks tile/);
  });

  test('a tile path is the one of C2SP tlog-tiles', () => {
    assert.equal(tilePath({ level: 0, index: 5 }), 'tile/0/005');
    assert.equal(tilePath({ level: 1, index: 1_234_067 }, 12), 'tile/1/x001/x234/067.p/12');
  });
});

test('the browser, whose SHA-256 is asynchronous, comes to the same verdict', async () => {
  const tree = new Tree().append(leaves.slice(0, 77));
  const subtle = async (bytes: Uint8Array): Promise<Hash> => new Uint8Array(await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  const claim = { index: 40, size: 77, leaf: leaves[40] ?? assert.fail('no leaf'), root: tree.root, proof: inclusionProof(40, 77, tree.read) };
  assert.equal(await hashingAsync(verifyInclusion(claim), subtle), true);
  assert.equal(await hashingAsync(verifyInclusion({ ...claim, index: 41 }), subtle), false);
});
