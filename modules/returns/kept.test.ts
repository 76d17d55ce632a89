import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { nowOf } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { openDatabase, type Database } from '#platform/db/database.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { Contents } from './actions/contents.ts';
import { placementsOf } from './actions/self-audit.ts';
import { engineOf } from './index.ts';
import { differencesOf } from './rules/audit.ts';
import type { Receipt } from './schema.ts';
import { bodyOf, keyOf, openSite, people, slots } from './site.test.ts';
import { planByKey } from './store/batch.ts';
import { readKept, recomputeRollUp } from './store/recompute.ts';

let site: TestServer;
let owner: pg.Client;
before(async () => {
  site = await openSite();
  owner = new pg.Client({ connectionString: site.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await site.close();
});

const now = nowOf(new Date('2026-11-18T03:00:00.000Z'));
const units = ['00004', '00008', '00025', '00070', '00082', '00091'];
const revs = new Map<string, number>();
const officers = new Map(units.map((unit) => [unit, people.officer('01', unit)]));

/** One submission of a commune on the revision it saw last. @throws when it was not answered */
async function write(db: Database, unit: string, found: number, commandId: string = newId()): Promise<Receipt> {
  const answer = await engineOf(db).batches.send({
    kind: 'submit', key: keyOf({ province: '01', unit }), actor: officers.get(unit) ?? people.ministry(), now, commandId, source: 'form', submission: bodyOf([[slots.found, found]], { baseRev: revs.get(unit) ?? 0 }),
  });
  if (answer.kind !== 'submit' || !answer.result.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  revs.set(unit, answer.result.value.rev);
  return answer.result.value;
}
const differing = (db: Database) => db.read('system', async (tx) => {
  const on = await engineOf(db).forms.on(tx, 'monthly', '2026-11');
  if (!on.ok) throw new Error('no form');
  return differencesOf(await readKept(tx, '2026-11', 'monthly'), await recomputeRollUp(tx, '2026-11', 'monthly', placementsOf(on.value)));
});
const national = async (): Promise<number> => Number((await site.db.read('system', (tx) => tx.arrays(sql`select sums[1] from returns.roll_up where node = '00' and period = '2026-11' and standing = 'reported'`)))[0]?.[0]);
const asMachinery = async (text: string): Promise<void> => { await owner.query(`begin; set local sauro.system = 'on'; ${text}; commit`); };

test('R57: sums that another process moved are not written over: the batch is run again on what is there', async () => {
  const other = openDatabase(site.db.url, { max: 2 });
  try {
    for (const [i, unit] of units.entries()) await write(site.db, unit, 10 + i);
    await write(other, '00008', 100);
    const before = engineOf(site.db).batches.done.retries;
    await write(site.db, '00025', 200);
    assert.equal(engineOf(site.db).batches.done.retries, before + 1, 'what it believed was not so');
    await write(other, '00070', 300);
    await write(site.db, '00082', 400);
    assert.deepEqual(await differing(site.db), []);
    assert.equal(await national(), 10 + 100 + 200 + 300 + 400 + 15);
  } finally {
    await other.close();
  }
});

test('R57: sums that were put anew, row by row or whole, are seen before anything is added to them', async () => {
  const copy = 'province, node, period, data_set, attribute, standing, returns, late, sums, counts';
  for (const [i, text] of ['update returns.roll_up set sums = sums', `create temporary table was on commit drop as select ${copy} from returns.roll_up; delete from returns.roll_up; insert into returns.roll_up (${copy}) select ${copy} from was`].entries()) {
    await new Promise((done) => setTimeout(done, 2100)); // after others were seen, rows are locked for a while
    await write(site.db, '00004', 1000 + i);
    await write(site.db, '00004', 7);
    const before = engineOf(site.db).batches.done.retries;
    await asMachinery(text);
    await write(site.db, '00004', 8);
    assert.equal(engineOf(site.db).batches.done.retries, before + 1);
    assert.deepEqual(await differing(site.db), []);
  }
});

test('a value changed behind the process at the same revision is read again, not remembered', async () => {
  await write(site.db, '00091', 50);
  await asMachinery("update returns.packed set vals[1] = 60, at = at + interval '1 second' where org_unit = '00091' and period = '2026-11'; update returns.roll_up set sums[1] = sums[1] + 10 where node in ('00', '01') and period = '2026-11' and standing = 'reported'");
  await write(site.db, '00091', 70);
  assert.deepEqual(await differing(site.db), []);
});

test('R57: the one sender whose return cannot be stored is told; its neighbours of the batch are stored, and the sums are theirs', async () => {
  await owner.query("create function pg_temp.no() returns trigger language plpgsql as $$ begin if new.org_unit = '00070' then raise exception 'no room'; end if; return new; end $$; create trigger fails before insert on returns.revision for each row execute function pg_temp.no()");
  const before = Object.fromEntries(revs);
  const answers = await Promise.allSettled(units.map((unit, i) => write(site.db, unit, 500 + i)));
  assert.deepEqual(answers.map((one) => one.status), ['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  assert.deepEqual(await differing(site.db), []);
  await owner.query('drop trigger fails on returns.revision');
  await write(site.db, '00070', 503);
  assert.equal(revs.get('00070'), Number(before['00070']) + 1, 'the failed one took no revision');
  assert.deepEqual(await differing(site.db), []);
  assert.equal(await national(), 500 + 501 + 502 + 503 + 504 + 505);
});

test('R57: connections that die under writers: what was answered is there, what is sent again is taken once, the sums are those of the returns', async () => {
  const db = openDatabase(site.db.url, { max: 3, name: 'dies' });
  const killer = new pg.Client({ connectionString: site.db.url });
  await killer.connect();
  try {
    let killed = 0;
    await Promise.all(units.map(async (unit, i) => {
      for (let round = 0; round < 12; round += 1) {
        const command = newId();
        const base = revs.get(unit) ?? 0;
        let receipt: Receipt | undefined;
        while (receipt === undefined) {
          revs.set(unit, base); // a device sends again what it sent
          try { receipt = await write(db, unit, 1000 * (i + 1) + round, command); } catch (error) { assert.doesNotMatch(String(error), /refused/); }
        }
        assert.equal(receipt.rev, base + 1, 'once, whatever became of the first answer');
        if (i === 0 && round % 3 === 1) killed += (await killer.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dies'")).rowCount ?? 0;
      }
    }));
    assert.ok(killed > 0);
    assert.deepEqual(await differing(db), []);
    assert.equal(await national(), units.reduce((sum, _, i) => sum + 1000 * (i + 1) + 11, 0));
  } finally {
    await killer.end();
    await db.close();
  }
});

test('R55: a command sent again to a process that believes it new is answered as before; another body under its id is refused', async () => {
  const other = openDatabase(site.db.url, { max: 2 });
  try {
    const command = newId();
    const first = await write(other, '00004', 4321, command);
    for (const db of [site.db, other, site.db]) {
      revs.set('00004', first.rev - 1); // a device sends again what it sent
      const again = await write(db, '00004', 4321, command);
      assert.deepEqual([again.rev, again.receiptCode], [first.rev, first.receiptCode]);
    }
    const used = newId();
    await write(site.db, '00008', 77, used);
    await write(site.db, '00008', 78);
    await assert.rejects(write(site.db, '00008', 79, used), /command-id-reused/);
    assert.deepEqual(await differing(site.db), []);
  } finally {
    await other.close();
  }
});

test('what another process approved is not written over by one that remembers it as sent', async () => {
  await write(site.db, '00082', 901);
  const rev = revs.get('00082') ?? 0;
  await asMachinery("update returns.packed set standing = 2 where org_unit = '00082' and period = '2026-11'"); // as a province's approval elsewhere leaves it
  await assert.rejects(write(site.db, '00082', 902), /return-locked/);
  await asMachinery("update returns.packed set standing = 0 where org_unit = '00082' and period = '2026-11'");
  assert.equal((await write(site.db, '00082', 903)).rev, rev + 1);
  assert.deepEqual(await differing(site.db), []);
});

test('what was learnt from a server that was exchanged or put back to an earlier day is not believed', async () => {
  const { started } = await site.db.batch((tx) => planByKey(tx, null));
  assert.equal((await site.db.batch((tx) => planByKey(tx, started))).started, started);
  await assert.rejects(site.db.batch((tx) => planByKey(tx, '2026-01-01 00:00:00+00')), (error: Error & { code?: string }) => error.code === '40001');
});

test('values kept are those of the last writer, and what was written longest ago gives way', () => {
  const contents = new Contents(5);
  const put = (unit: string, rev: number, vals: (number | null)[]) => { contents.keep({ key: keyOf({ unit }), rev, standing: 0, late: false, approved: false, at: 'x', by: 'y', vals, noData: [], words: null }, '7'); };
  const of = (unit: string) => { const held = contents.of(keyOf({ unit })); return held === undefined ? undefined : [held.rev, held.vals, held.number]; };
  put('a', 1, [1, 2]);
  put('b', 1, [3, 4]);
  put('a', 2, [5, null]);
  assert.deepEqual(of('a'), [2, [5, null], '7']);
  put('c', 1, [6, 7]);
  assert.deepEqual([of('b'), of('a')?.[0], of('c')?.[0]], [undefined, 2, 1]);
  contents.doubt([keyOf({ unit: 'a' })]);
  assert.equal(of('a'), undefined);
});
