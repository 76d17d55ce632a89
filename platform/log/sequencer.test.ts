import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { hexOf } from '#kernel/bytes.ts';
import { checkNote, headsOf, isSigned } from '#kernel/checkpoint.ts';
import { hashing, verifyConsistency, verifyInclusion, type Hash, type InclusionClaim } from '#kernel/merkle.ts';
import { logKeyOf, nodeCrypto, witnessKeyOf } from './checkpoint.ts';
import { inclusionProof, tilesForInclusion } from './proofs.ts';
import { record, useLogKeys } from './record.ts';
import { batchSize, sequence, sequenceAll } from './sequencer.ts';
import { sha256 } from './sha256.ts';
import { proveConsistency, readerOf, signDue } from './sign.ts';
import { findHead, listAlarms, listCheckpoints, listPlaced, listTiles, listWaitingLogs } from './store.ts';
import { someActor, someLeaf, testLog, type TestLog } from './test-log.ts';
import { growTiles } from './tiles.ts';
import { ReplyWatch } from './watch.ts';

let log: TestLog;
before(async () => { log = await testLog('sequencer'); });
after(() => log.close());

const at = '2026-11-18T03:00:00.000Z';
const clock = () => new Date(at);
const write = (province: string, from: number, count: number) =>
  log.db.write('system', (tx) => record(tx, Array.from({ length: count }, (_, i) => someLeaf(province, from + i))));
const placedIn = (province: string) => log.db.read('system', (tx) => listPlaced(tx, province, 0, 100_000));

async function asOwner<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: log.superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The stored head equals the tree over the stored entries, positions are 0, 1, 2 … and no entry is there twice. */
async function assertWhole(province: string, count: number): Promise<void> {
  const placed = await placedIn(province);
  assert.deepEqual(placed.map((leaf) => leaf.position), Array.from({ length: count }, (_, i) => i));
  assert.equal(new Set(placed.map((leaf) => leaf.entry.id)).size, count);
  const head = await log.db.read('system', (tx) => findHead(tx, province));
  assert.equal(head?.size, count);
  assert.equal(head && hexOf(head.root), hexOf(growTiles(0, [], placed.map((leaf) => leaf.hash)).root));
}

describe('R25: every write has its leaf, in its own transaction', () => {
  test('R25: the entry is there with the change, and gone with it', async () => {
    await log.db.write('system', async (tx) => {
      await record(tx, someLeaf('02', 1));
      assert.equal(tx.leaves.length, 1);
      assert.match(tx.leaves[0] ?? '', /^02\/[0-9a-f]{64}$/);
    });
    await assert.rejects(log.db.write('system', async (tx) => {
      await record(tx, someLeaf('02', 2));
      throw new Error('the change failed');
    }), /the change failed/);
    await sequenceAll(log.db, clock);
    await assertWhole('02', 1);
  });

  test('R25: writers do not wait for one another, nor for a sequencer in the middle of its work', async () => {
    const order: string[] = [];
    await log.db.write('system', async (first) => {
      await record(first, someLeaf('03', 1));
      await log.db.write('system', (second) => record(second, someLeaf('03', 2)));
      order.push('second committed while the first was open');
      assert.equal(await sequence(log.db, '03', at), 1);
      order.push('sequenced while the first was open');
    });
    assert.equal(order.length, 2);
    await sequence(log.db, '03', at);
    await assertWhole('03', 2);
  });

  test('R25: an entry that commits late, with an older time than those already placed, is not passed over', async () => {
    await log.db.write('system', async (late) => {
      await record(late, someLeaf('04', 1));
      await write('04', 100, 5);
      await sequence(log.db, '04', at);
      await assertWhole('04', 5);
    });
    await sequence(log.db, '04', at);
    await assertWhole('04', 6);
    assert.equal((await placedIn('04')).at(-1)?.entry.target, 'task-1');
  });

  test('R25: the application can neither change, move nor delete an entry', async () => {
    await write('05', 1, 2);
    await sequence(log.db, '05', at);
    const attempts = ["update log.leaf set action = 'x' where province = '05'", "delete from log.leaf where province = '05'", "truncate log.leaf", "delete from log.checkpoint"];
    for (const text of attempts) {
      await assert.rejects(log.db.write('system', async (tx) => tx.run({ text, values: [] })), { code: '42501' }, text);
    }
    const actor = someActor();
    assert.equal(await log.db.write(actor, (tx) => tx.run({ text: "update log.leaf set position = 9 where province = '05'", values: [] })), 0);
  });
});

describe('R25: the sequencer', () => {
  test('R25: many sequencers at once give each entry one place', async () => {
    for (let i = 0; i < 6; i += 1) await write('06', i * 100, 100);
    const counts = await Promise.all(Array.from({ length: 6 }, () => sequenceAll(log.db, clock)));
    assert.equal(counts.reduce((sum, count) => sum + count, 0) >= 600, true);
    await assertWhole('06', 600);
  });

  test('R25: killed at seeded points under load and started again, it neither drops nor repeats an entry', async () => {
    let written = 0;
    for (let round = 0; round < 12; round += 1) {
      const child = fork(new URL('./test-sequencer-child.ts', import.meta.url), [log.appUrl, '07'], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      await once(child, 'message');
      for (let i = 0; i < 5; i += 1) {
        await write('07', written, 120);
        written += 120;
      }
      await new Promise((resolve) => { setTimeout(resolve, (round * 37) % 90); });
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    // A killed process's transaction holds the log until the server has noticed its end, so ask until nothing waits.
    while ((await log.db.read('system', listWaitingLogs)).includes('07')) await sequence(log.db, '07', at);
    await assertWhole('07', written);
  });

  test('R25: leaf count equals write count, log by log', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, i) => write(i % 2 === 0 ? '08' : '09', i, 1)));
    await sequenceAll(log.db, clock);
    await assertWhole('08', 20);
    await assertWhole('09', 20);
  });

  test('R27: an entry altered before it had its place raises an alarm, and the promised hash is what enters the tree', async () => {
    await write('10', 1, 3);
    const { rows: [victim] } = await asOwner((client) => client.query<{ id: string; hash: string }>("update log.leaf set target = 'task-99' where province = '10' and target = 'task-2' returning id, encode(hash, 'hex') as hash"));
    await sequence(log.db, '10', at);
    const alarms = await log.db.read('system', (tx) => listAlarms(tx, 100));
    assert.deepEqual(alarms.filter((alarm) => alarm.log === '10').map((alarm) => [alarm.code, alarm.facts]), [['leaf-altered', victim]]);
    await assertWhole('10', 3);
  });
});

describe('R26: what an entry may hold', () => {
  test('R26: a name or a text among the facts is refused; contents and accounts appear as keyed digests only', async () => {
    const actor = someActor();
    await log.db.write('system', async (tx) => {
      await assert.rejects(record(tx, someLeaf('11', 1, { facts: { holder: 'Nguyễn Văn A' } })), /codes and counts only/);
      await assert.rejects(record(tx, someLeaf('11', 1, { target: { type: 'task', id: 'two words' } })), /codes and counts only/);
      await record(tx, someLeaf('11', 1, { actor, before: { note: 'canary-5121' }, after: { b: 2, a: 'canary-5121' } }));
      await record(tx, someLeaf('11', 2, { actor, after: { a: 'canary-5121', b: 2 } }));
    });
    await sequence(log.db, '11', at);
    const rows = await asOwner(async (client) => (await client.query<{ text: string }>("select l::text as text from log.leaf l where province = '11'")).rows);
    for (const { text } of rows) assert.equal(text.includes('canary-5121') || text.includes(actor.account) || text.includes(actor.name), false);
    const [first, second] = await placedIn('11');
    assert.equal(first?.entry.actor, second?.entry.actor);
    assert.equal(first?.entry.after, second?.entry.after);
    assert.notEqual(first?.entry.before, first?.entry.after);
  });
});

describe('R27: checkpoints', () => {
  test('R27: signed at once for a new log, then after 60 s or 256 entries, and not while nothing grows', async () => {
    const count = async (province: string) => (await log.db.read('system', (tx) => listCheckpoints(tx, province, 100))).length;
    const tick = async (instant: string) => { log.setClock(instant); await sequenceAll(log.db, clock); await signDue(log.signing); };
    await write('12', 1, 3);
    await tick('2026-11-18T04:00:00.000Z');
    assert.equal(await count('12'), 1);
    const nation = await count('00');
    await write('12', 10, 3);
    await tick('2026-11-18T04:00:59.000Z');
    assert.equal(await count('12'), 1);
    await tick('2026-11-18T04:01:00.000Z');
    assert.equal(await count('12'), 2);
    assert.equal(await count('00'), nation + 1);
    await write('12', 100, batchSize);
    await tick('2026-11-18T04:01:10.000Z');
    assert.equal(await count('12'), 3);
    await tick('2026-11-18T05:00:00.000Z');
    assert.equal(await count('12'), 3);
    assert.equal(await count('00'), nation + 2);
  });

  test('R27: the nation\'s covers every log, also one that is still empty, and the witness has cosigned it', async () => {
    await write('13', 1, 5);
    await sequenceAll(log.db, clock);
    await signDue(log.signing, true);
    const [newest] = await log.db.read('system', (tx) => listCheckpoints(tx, '00', 1));
    const checked = await checkNote(newest?.note ?? '', [logKeyOf(log.keys, '00'), witnessKeyOf(log.keys)], nodeCrypto);
    assert.equal(checked !== null && isSigned(checked), true);
    assert.equal(checked?.signatures.length, 2);
    const heads = new Map(headsOf(checked?.checkpoint ?? assert.fail()).map((head) => [head.log, head.size]));
    assert.equal(heads.get('13'), 5);
    assert.equal(heads.get('79'), 0);
  });

  test('R27: any entry can be proven in the latest checkpoint, and that checkpoint against an earlier one', async () => {
    await write('14', 1, 300);
    await sequenceAll(log.db, clock);
    await signDue(log.signing, true);
    await write('14', 1000, 400);
    await sequenceAll(log.db, clock, async () => { await signDue(log.signing, true); });
    const placed = await placedIn('14');
    await log.db.read('system', async (tx) => {
      const [newest, ...earlier] = await listCheckpoints(tx, '14', 10);
      assert.ok(newest !== undefined && newest.size === 700 && earlier.length >= 1);
      const hashOf = (index: number): Hash => placed[index]?.hash ?? assert.fail('no such entry');
      for (const index of [0, 255, 256, 511, 512, 699]) {
        const read = readerOf(await listTiles(tx, '14', tilesForInclusion(index, newest.size)));
        const claim: InclusionClaim = { index, size: newest.size, leaf: hashOf(index), root: newest.root, proof: inclusionProof(index, newest.size, read) };
        assert.equal(hashing(verifyInclusion(claim), sha256), true);
      }
      for (const old of earlier) {
        const proof = await proveConsistency(tx, '14', old.size, newest.size);
        assert.ok(proof !== null);
        assert.equal(hashing(verifyConsistency({ earlierSize: old.size, earlierRoot: old.root, size: newest.size, root: newest.root, proof }), sha256), true);
      }
    });
  });

  test('R28: a witness does not cosign a history that was rewritten with the stolen log key; an alarm says so', async () => {
    await write('15', 1, 20);
    await sequenceAll(log.db, clock);
    await signDue(log.signing, true);
    await asOwner(async (client) => {
      await client.query("delete from log.tile where province = '15'");
      await client.query("delete from log.head where province = '15'");
      await client.query("delete from log.leaf where province = '15' and target = 'task-7'");
      await client.query("update log.leaf set position = null where province = '15'");
    });
    await write('15', 50, 5);
    await sequenceAll(log.db, clock);
    await signDue(log.signing, true);
    const [newest] = await log.db.read('system', (tx) => listCheckpoints(tx, '15', 1));
    const checked = await checkNote(newest?.note ?? '', [logKeyOf(log.keys, '15'), witnessKeyOf(log.keys)], nodeCrypto);
    assert.deepEqual(checked?.signatures.map((each) => each.key.kind), ['log']);
    const alarms = await log.db.read('system', (tx) => listAlarms(tx, 100));
    assert.equal(alarms.some((alarm) => alarm.log === '15' && alarm.code === 'witness-refused'), true);
  });
});

describe('R27: a promise is watched', () => {
  test('R27: an entry missing from the tree two minutes after its reply raises an alarm, before that it does not', async () => {
    const watch = new ReplyWatch();
    const leaves = await log.db.write('system', async (tx) => { await record(tx, [someLeaf('16', 1), someLeaf('16', 2)]); return tx.leaves; });
    watch.replied(leaves, new Date('2026-11-18T06:00:00.000Z'));
    await asOwner((client) => client.query("delete from log.leaf where province = '16' and target = 'task-2'"));
    await sequenceAll(log.db, clock);
    const of16 = async (instant: string) => (await watch.check(log.db, new Date(instant))).filter((alarm) => alarm.log === '16');
    assert.deepEqual(await of16('2026-11-18T06:01:59.000Z'), []);
    assert.deepEqual((await of16('2026-11-18T06:02:00.000Z')).map((alarm) => [alarm.code, alarm.facts['hash']]), [['leaf-missing', leaves[1]?.slice(3)]]);
    assert.deepEqual(await of16('2026-11-18T06:10:00.000Z'), []);
  });

  test('R27: entries that wait for their place longer than two minutes raise an alarm', async () => {
    await write('17', 1, 2);
    const alarms = await new ReplyWatch().check(log.db, new Date('2026-11-18T02:30:00.000Z'));
    assert.deepEqual(alarms.filter((alarm) => alarm.log === '17').map((alarm) => [alarm.code, alarm.facts['count']]), [['leaf-late', 2]]);
  });
});

test('R26: without keys nothing is written', async () => {
  const unset: unknown = undefined;
  useLogKeys(unset as Parameters<typeof useLogKeys>[0]);
  try {
    await assert.rejects(write('18', 1, 1), /no keys/);
  } finally {
    useLogKeys(log.keys);
  }
});
