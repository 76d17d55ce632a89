import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { base64Of, concatBytes, hexOf } from '#kernel/bytes.ts';
import { entryBytes, type Entry } from '#kernel/entry.ts';
import { hashing, leafHash, type Hash } from '#kernel/merkle.ts';
import { cosign, nodeCrypto, publishedKeys, signCheckpoint } from '#platform/log/checkpoint.ts';
import { newLogKeys, type LogKeys } from '#platform/log/keys.ts';
import { sha256 } from '#platform/log/sha256.ts';
import { growTiles } from '#platform/log/tiles.ts';
import { writeLine } from './lines.ts';
import { UnreadableExport, verifyExport, type VerifyOptions } from './verify-export.ts';
import type { Verdict } from './verdict.ts';

/** A small generator with a seed, so that every trial can be run again. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const keys = newLogKeys('example.gov.vn/sauro');
const entryOf = (log: string, n: number, target = `task-${n}`): Entry => ({
  log, id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, at: new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString(),
  kind: 'write', action: 'tasks.acknowledged', actor: 'a1', role: 'commune-officer', unit: '00004', targetType: 'task', target, before: null, after: null, facts: { n },
});
const hashOf = (entry: Entry): Hash => hashing(leafHash(entryBytes(entry)), sha256);
const headAt = (log: string, entries: readonly Entry[], size: number) => ({ log, size, root: growTiles(0, [], entries.slice(0, size).map(hashOf)).root });

/** What a server stores and can be made to lie about: entries with stated hashes, tile hashes, checkpoints. */
type Held = { readonly entry: Entry; readonly hash: Hash; readonly position: number };
type Copy = { entries: Held[]; tileHashes: Hash[]; notes: { log: string; note: string }[] };

const honest = (entries: readonly Entry[], sizes: readonly number[], signer: LogKeys = keys, witness = true): Copy => ({
  entries: entries.map((entry, position) => ({ entry, hash: hashOf(entry), position })),
  tileHashes: entries.map(hashOf),
  notes: sizes.flatMap((size) => {
    const head = headAt('01', entries, size);
    const notes = [{ log: '01', note: signCheckpoint(signer, head) }, { log: '00', note: signCheckpoint(signer, headAt('00', [], 0), [head]) }];
    return witness ? notes.map(({ log, note }) => ({ log, note: cosign(keys, note, 1_790_000_000 + size) })) : notes;
  }),
});

const linesOf = (copy: Copy): string[] => [
  writeLine({ type: 'export', version: 1, origin: keys.origin, at: '2026-11-18T00:00:00.000Z', keys: publishedKeys(keys), logs: [{ log: '01', size: copy.entries.length }] }),
  ...copy.notes.map(({ log, note }) => writeLine({ type: 'checkpoint', log, note })),
  ...copy.entries.flatMap(({ entry, hash, position }, i) => [
    ...(i % 256 === 0 ? [writeLine({ type: 'tile', log: '01', index: i / 256, hashes: base64Of(concatBytes(...copy.tileHashes.slice(i, i + 256))) })] : []),
    writeLine({ type: 'entry', position, hash: hexOf(hash), entry }),
  ]),
  writeLine({ type: 'end', entries: copy.entries.length }),
];

const verify = (copy: Copy, more: Partial<VerifyOptions> = {}): Promise<Verdict> => verifyExport(linesOf(copy), { crypto: nodeCrypto, ...more });

/** How far the forger goes to cover the tracks: the entry alone, its stated hash too, the tree as well. */
const efforts = ['content', 'hash', 'tree'] as const;

function cover(copy: Copy, effort: (typeof efforts)[number]): Copy {
  const renumbered = copy.entries.map((held, position) => ({ ...held, position: effort === 'content' ? held.position : position }));
  const entries = effort === 'content' ? renumbered : renumbered.map((held) => ({ ...held, hash: hashOf(held.entry) }));
  return { ...copy, entries, tileHashes: effort === 'tree' ? entries.map((held) => held.hash) : copy.tileHashes };
}

const alter = (entries: readonly Held[], at: number): Held[] =>
  entries.map((held, i) => (i === at ? { ...held, entry: { ...held.entry, target: 'task-forged' } } : held));

const swap = (entries: readonly Held[], a: number, b: number): Held[] => {
  const [first, second] = [entries[a] ?? assert.fail(), entries[b] ?? assert.fail()];
  return entries.map((held, i) => (i === a ? { ...second, position: first.position } : i === b ? { ...first, position: second.position } : held));
};

const original = Array.from({ length: 300 }, (_, n) => entryOf('01', n));

describe('R28: an honest log', () => {
  test('R28: verifies, whole and against each earlier checkpoint', async () => {
    const copy = honest(original, [10, 200, 256, 300]);
    for (const pinned of copy.notes) {
      const verdict = await verify(copy, { pinnedNotes: [pinned.note], pinnedKeys: Object.values(publishedKeys(keys)) });
      assert.deepEqual([verdict.ok, verdict.entries, verdict.signed, verdict.findings], [true, 300, 300, []]);
    }
  });

  test('entries after the last checkpoint are counted as not yet signed', async () => {
    const verdict = await verify(honest(original, [10, 256]));
    assert.deepEqual([verdict.ok, verdict.entries, verdict.signed], [true, 300, 256]);
  });
});

describe('R28: the first altered entry is named', () => {
  const copy = honest(original, [100, 200, 300]);
  const first = async (tampered: Copy) => {
    const { log, index, lastIndex, code, id, detail } = (await verify(tampered)).first ?? assert.fail('nothing was found');
    return { log, index, lastIndex, code, id, detail };
  };
  const id = (n: number): string => entryOf('01', n).id;

  test('R28: a changed content, by its place and id, whether or not its hash was changed along', async () => {
    assert.deepEqual(await first({ ...copy, entries: alter(copy.entries, 137) }), { log: '01', index: 137, lastIndex: 137, code: 'entry-altered', id: id(137), detail: 'content' });
    assert.deepEqual(await first(cover({ ...copy, entries: alter(copy.entries, 137) }, 'hash')), { log: '01', index: 137, lastIndex: 137, code: 'entry-altered', id: id(137), detail: 'order' });
  });

  test('R28: with the stored tree rewritten too, the stretch between two signed checkpoints', async () => {
    assert.deepEqual(await first(cover({ ...copy, entries: alter(copy.entries, 137) }, 'tree')), { log: '01', index: 100, lastIndex: 199, code: 'root-differs', id: null, detail: 'size-200' });
  });

  test('R28: a deleted entry, by the one found in its place', async () => {
    const gone = { ...copy, entries: copy.entries.filter((_, i) => i !== 42) };
    assert.deepEqual(await first(gone), { log: '01', index: 42, lastIndex: 42, code: 'entry-misplaced', id: id(43), detail: 'position-43' });
    assert.deepEqual(await first(cover(gone, 'hash')), { log: '01', index: 42, lastIndex: 42, code: 'entry-altered', id: id(43), detail: 'order' });
  });

  test('R28: a changed entry before a deleted one is named first', async () => {
    const both = { ...copy, entries: alter(copy.entries, 7).filter((_, i) => i !== 42) };
    assert.deepEqual((await verify(both)).findings.slice(0, 2).map((each) => [each.code, each.index]), [['entry-altered', 7], ['entry-misplaced', 42]]);
  });

  test('R28: entries cut from the end, by the first one missing', async () => {
    assert.deepEqual(await first({ ...copy, entries: copy.entries.slice(0, 290) }), { log: '01', index: 290, lastIndex: 299, code: 'entries-missing', id: null, detail: 'size-300' });
  });

  test('R28: an entry changed after the last checkpoint is still known by its own hash', async () => {
    const unsigned = honest(original, [100]);
    assert.deepEqual((await first({ ...unsigned, entries: alter(unsigned.entries, 250) })).index, 250);
  });

  test('R28: a whole log left out of the export', async () => {
    const verdict = await verify({ ...copy, entries: [], tileHashes: [] });
    assert.deepEqual([verdict.ok, verdict.first?.code, verdict.first?.log, verdict.first?.index], [false, 'entries-missing', '01', 0]);
  });
});

describe('R28: tamper campaign', () => {
  const kinds = ['change', 'delete', 'insert', 'swap', 'truncate', 'fork', 'replay', 're-sign'] as const;
  type Trial = { readonly tampered: Copy; readonly pinned: string };

  /** One forgery of a kind, and the checkpoint a holder kept from before it, which covers the place of the forgery. */
  function trial(kind: (typeof kinds)[number], random: (below: number) => number): Trial {
    const size = 8 + random(60);
    const entries = original.slice(0, size);
    const seen = 4 + random(size - 4);
    const at = random(seen);
    const copy = honest(entries, [...new Set([Math.ceil(seen / 2), seen, size])]);
    const pinned = cosign(keys, signCheckpoint(keys, headAt('01', entries, seen)), 1_790_000_000);
    const effort = efforts[random(3)] ?? 'tree';
    const forged = { entry: entryOf('01', 9000 + random(1000)), hash: new Uint8Array(32), position: at };
    const rewritten = alter(copy.entries, at).map((held) => held.entry);
    switch (kind) {
      case 'change':
        return { pinned, tampered: cover({ ...copy, entries: alter(copy.entries, at) }, effort) };
      case 'delete':
        return { pinned, tampered: cover({ ...copy, entries: copy.entries.filter((_, i) => i !== at) }, effort) };
      case 'insert':
        return { pinned, tampered: cover({ ...copy, entries: [...copy.entries.slice(0, at), forged, ...copy.entries.slice(at)] }, effort) };
      case 'swap':
        return { pinned, tampered: cover({ ...copy, entries: swap(copy.entries, at, (at + 1 + random(size - 1)) % size) }, effort) };
      case 'truncate': {
        const kept = honest(entries.slice(0, at), at > 1 ? [Math.ceil(at / 2), at] : [at]);
        return { pinned, tampered: kept };
      }
      case 'fork':
        return { pinned, tampered: honest(rewritten, [seen, size]) };
      case 'replay':
        return { pinned, tampered: honest(entries.slice(0, Math.max(1, seen - 1 - random(seen - 1))), [Math.max(1, Math.floor(seen / 2) - 1)]) };
      case 're-sign':
        return { pinned, tampered: honest(rewritten, [Math.ceil(seen / 2), seen, size], keys, random(2) === 0) };
    }
  }

  for (const kind of kinds) {
    test(`R28: ${kind}: 250 seeded forgeries, each caught by the holder of an earlier checkpoint`, async () => {
      const random = seeded(kinds.indexOf(kind) * 7919 + 17);
      for (let n = 0; n < 250; n += 1) {
        const { tampered, pinned } = trial(kind, random);
        const verdict = await verify(tampered, { pinnedNotes: [pinned], pinnedKeys: Object.values(publishedKeys(keys)) });
        assert.equal(verdict.ok, false, `${kind} ${n}`);
        assert.equal(verdict.first?.log, '01', `${kind} ${n} names the log`);
      }
    });
  }

  test('R28: without the signing key, change, delete, insert and swap are caught by anyone, with no checkpoint of his own', async () => {
    const random = seeded(4242);
    for (const kind of ['change', 'delete', 'insert', 'swap'] as const) {
      for (let n = 0; n < 50; n += 1) assert.equal((await verify(trial(kind, random).tampered)).ok, false, `${kind} ${n}`);
    }
  });

  test('R28: a stolen key without the witness is caught by anyone: the checkpoint is not cosigned', async () => {
    const verdict = await verify(honest(original.slice(0, 40), [40], keys, false));
    assert.deepEqual(verdict.findings.map((each) => each.code), ['not-cosigned']);
  });

  test('R28: two signed roots for one size are a fork, whoever looks', async () => {
    const here = honest(original.slice(0, 40), [40]);
    const there = honest(alter(here.entries, 3).map((held) => held.entry), [40]);
    const verdict = await verify({ ...here, notes: [...here.notes, ...there.notes] });
    assert.equal(verdict.findings.some((each) => each.code === 'fork' && each.log === '01'), true);
  });

  test('R28: a log signed by other keys than the pinned ones is not accepted', async () => {
    const verdict = await verify(honest(original.slice(0, 20), [20]), { pinnedKeys: Object.values(publishedKeys(newLogKeys(keys.origin))) });
    assert.equal(verdict.findings.some((each) => each.code === 'key-changed'), true);
  });
});

describe('what is not an export', () => {
  test('an empty or foreign file is unreadable, which is not the same as tampered', async () => {
    for (const lines of [[], ['hello'], ['{"type":"entry"}']]) await assert.rejects(verifyExport(lines, { crypto: nodeCrypto }), UnreadableExport);
  });

  test('R28: an export cut short, or with a line spoiled or added, says so', async () => {
    const lines = linesOf(honest(original.slice(0, 20), [20]));
    const codes = async (spoiled: string[]) => (await verifyExport(spoiled, { crypto: nodeCrypto })).findings.map((each) => each.code);
    assert.deepEqual(await codes(lines.slice(0, -1)), ['cut-short']);
    assert.equal((await codes(lines.with(9, '{"type":"entry","position":1}'))).includes('line-unreadable'), true);
    assert.equal((await codes([...lines, lines[5] ?? ''])).includes('line-misplaced'), true);
    assert.equal((await codes(lines.with(6, (lines[6] ?? '').replace('"facts":{', '"more":1,"facts":{')))).includes('line-unreadable'), true);
  });
});
