import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base64Of, hexOf } from '#kernel/bytes.ts';
import type { Crypto } from '#kernel/checkpoint.ts';
import { entryBytes, type Entry } from '#kernel/entry.ts';
import { hashing, leafHash } from '#kernel/merkle.ts';
import { cosign, nodeCrypto, publishedKeys, signCheckpoint } from '#platform/log/checkpoint.ts';
import { newLogKeys, type LogKeys } from '#platform/log/keys.ts';
import { consistencyProof, inclusionProof } from '#platform/log/proofs.ts';
import { sha256 } from '#platform/log/sha256.ts';
import { readerOf } from '#platform/log/sign.ts';
import { growTiles } from '#platform/log/tiles.ts';
import type { Inclusion, PlacedEntry } from '../schema.ts';
import { CannotVerify, judgeCheckpoint, judgeInclusion, type Kept, type Keys } from './judge.ts';
import { isOmitted, matches, type View } from './view.ts';

const keys = newLogKeys('example.gov.vn/sauro');
const published = publishedKeys(keys);
const entry = (n: number, more: Partial<Entry> = {}): Entry => ({
  log: '01', id: `id-${n}`, at: new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString(), kind: 'write', action: 'tasks.acknowledged', actor: 'a1', role: 'commune-officer',
  unit: '00004', targetType: 'task', target: `t-${n}`, before: null, after: null, facts: {}, ...more,
});
const entries = Array.from({ length: 50 }, (_, n) => entry(n));
const hashOf = (each: Entry) => hashing(leafHash(entryBytes(each)), sha256);
const tree = (all: readonly Entry[]) => growTiles(0, [], all.map(hashOf));
const headOf = (all: readonly Entry[]) => ({ log: '01', size: all.length, root: tree(all).root });
const empty = { log: '00', size: 0, root: tree([]).root };
const nation = (all: readonly Entry[], signer: LogKeys = keys): string => cosign(keys, signCheckpoint(signer, empty, [empty, headOf(all)]), 1_790_000_000);
const read = readerOf(tree(entries).changed);
const placed = (index: number): PlacedEntry => {
  const found = entries[index] ?? assert.fail('no entry');
  return { entry: { ...found, facts: {} }, hash: hexOf(hashOf(found)), position: index };
};
const inclusion = (index: number, note = cosign(keys, signCheckpoint(keys, headOf(entries)), 1_790_000_000)) =>
  ({ index, size: 50, path: inclusionProof(index, 50, read).map(base64Of), note });

describe('R27: the browser\'s verdict on one entry', () => {
  test('R27: an entry in the signed tree is included', async () => {
    for (const index of [0, 17, 49]) assert.equal(await judgeInclusion(placed(index), inclusion(index), published, nodeCrypto), 'included');
  });

  test('R28: each way to lie has its own verdict', async () => {
    const shown = placed(17);
    const judge = (...[one, proof, by]: [PlacedEntry, Inclusion | null, Keys]) => judgeInclusion(one, proof, by, nodeCrypto);
    assert.equal(await judge({ ...shown, entry: { ...shown.entry, unit: '00005' } }, inclusion(17), published), 'altered');
    assert.equal(await judge(shown, null, published), 'waiting');
    assert.equal(await judge(shown, inclusion(18), published), 'not-included');
    assert.equal(await judge({ ...shown, position: 16 }, inclusion(17), published), 'not-included');
    assert.equal(await judge(shown, { ...inclusion(17), path: inclusion(17).path.slice(1) }, published), 'not-included');
    assert.equal(await judge(shown, inclusion(17), publishedKeys(newLogKeys(keys.origin))), 'unsigned');
    assert.equal(await judge(shown, inclusion(17, signCheckpoint(keys, headOf(entries))), published), 'not-cosigned');
    assert.equal(await judge(shown, inclusion(17, cosign(keys, signCheckpoint(keys, { ...headOf(entries), log: '02' }), 1)), published), 'unsigned');
  });

  test('a browser without Ed25519 says that it cannot judge', async () => {
    const without: Crypto = { ...nodeCrypto, verify: () => { throw new CannotVerify(); } };
    assert.equal(await judgeInclusion(placed(1), inclusion(1), published, without), 'unsupported');
  });
});

describe('R27: the kept checkpoint', () => {
  const kept = (all: readonly Entry[], signer = keys): Kept => ({ note: nation(all, signer), keys: publishedKeys(signer) });
  const ask = async (_log: string, from: number, to: number) => consistencyProof(from, to, readerOf(tree(entries.slice(0, to)).changed));

  test('R27: the first is kept; a later one must continue it', async () => {
    assert.deepEqual(await judgeCheckpoint(kept(entries), null, ask, nodeCrypto), { code: 'first-pin', earlier: 0, size: 50 });
    assert.deepEqual(await judgeCheckpoint(kept(entries), kept(entries.slice(0, 20)), ask, nodeCrypto), { code: 'continues', earlier: 20, size: 50 });
    assert.deepEqual(await judgeCheckpoint(kept(entries), kept([]), ask, nodeCrypto), { code: 'continues', earlier: 0, size: 50 });
  });

  test('R28: a rewritten, shortened or re-signed history does not continue it', async () => {
    const code = async (latest: Kept, before: Kept) => (await judgeCheckpoint(latest, before, ask, nodeCrypto)).code;
    const rewritten = entries.with(3, entry(999));
    assert.equal(await code(kept(rewritten), kept(entries.slice(0, 20))), 'not-continued');
    assert.equal(await code(kept(rewritten), kept(entries)), 'not-continued');
    assert.equal(await code(kept(entries.slice(0, 20)), kept(entries)), 'not-continued');
    assert.equal(await code({ ...kept(entries), note: nation(entries).replace('head 01 50', 'head 01 49') }, kept(entries)), 'unsigned');
    assert.equal(await code({ ...kept(entries), note: signCheckpoint(keys, empty, [empty]) }, kept(entries)), 'not-cosigned');
    const other = newLogKeys(keys.origin);
    const foreign = { note: cosign(other, signCheckpoint(other, empty, [empty, headOf(entries)]), 1), keys: publishedKeys(other) };
    assert.equal(await code(foreign, kept(entries)), 'key-changed');
    assert.equal((await judgeCheckpoint(kept(entries), kept(entries.slice(0, 20)), async () => null, nodeCrypto)).code, 'not-continued');
  });
});

describe('R29: a view is a query over the log, and what it leaves out is found', () => {
  const view = (shown: readonly Entry[], more: Partial<View> = {}): View => ({ filter: { unit: '00004' }, shown: new Set(shown.map((each) => each.id)), reachesBackTo: null, askedAt: '2027-01-01T00:00:00.000Z', ...more });
  const omitted = (asked: View) => entries.filter((each) => isOmitted(each, asked)).map((each) => each.id);

  test('R29: one access left out of the view is named', () => {
    assert.deepEqual(omitted(view(entries)), []);
    assert.deepEqual(omitted(view(entries.filter((each) => each.id !== 'id-7'))), ['id-7']);
  });

  test('R29: what the view never promised is not counted as left out', () => {
    assert.deepEqual(omitted(view(entries.slice(40), { reachesBackTo: entries[40]?.at ?? null })), []);
    assert.deepEqual(omitted(view(entries.slice(0, 45), { askedAt: entries[45]?.at ?? '' })), []);
    assert.deepEqual(omitted(view([], { filter: { unit: '99999' } })), []);
  });

  test('each part of the filter narrows', () => {
    const one = entry(5, { kind: 'read', action: 'identity.granted' });
    for (const filter of [{ log: '02' }, { kind: 'write' as const }, { action: 'ident' }, { unit: 'x' }, { role: 'x' }, { actor: 'x' }, { targetType: 'x' }, { target: 'x' }, { from: '2026-12-01T00:00:00.000Z' }, { until: '2026-10-01T00:00:00.000Z' }]) {
      assert.equal(matches(one, filter), false, JSON.stringify(filter));
    }
    assert.equal(matches(one, { log: '01', kind: 'read', action: 'identity', unit: '00004', role: 'commune-officer', actor: 'a1', targetType: 'task', target: 't-5', from: one.at }), true);
  });
});
