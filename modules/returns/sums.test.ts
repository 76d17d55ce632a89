import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import { nowOf } from '#kernel/clock.ts';
import { openDatabase, type Database } from '#platform/db/database.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { engineOf } from './index.ts';
import { auditSlice, followUnits, placementsOf } from './actions/self-audit.ts';
import type { Answer } from './actions/command.ts';
import { differencesOf } from './rules/audit.ts';
import { decodeChanges, encodeChanges } from './rules/delta.ts';
import { emptyContent, withChanges } from './rules/content.ts';
import { contentAt } from './actions/history.ts';
import { bodyOf, keyOf, openSite, people } from './site.test.ts';
import { readKept, recomputeInCode, recomputeRollUp } from './store/recompute.ts';
import { slicesInTurn } from './store/slices.ts';
import { findReturn } from './store/views.ts';
import type { ReturnKey, SlotValue, Verdict } from './schema.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

/** A seeded generator, so that a failure can be run again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => { state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296; return state / 4_294_967_296; };
}
const now = nowOf(new Date('2026-11-18T03:00:00.000Z'));
const communes = { '01': ['00004', '00008', '00025', '00070', '00082', '00091'], '04': ['01273', '01279', '01288', '01290', '01294'] } as const;
const places: readonly { readonly province: string; readonly unit: string }[] = Object.entries(communes).flatMap(([province, list]) => list.map((unit) => ({ province, unit })));
const periods = ['2026-10', '2026-11'];

const officers = new Map(places.map(({ province, unit }) => [unit, people.officer(province, unit)]));
const heads = new Map(places.map(({ province, unit }) => [unit, people.head(province, unit)]));
const leaders = new Map(Object.keys(communes).map((province) => [province, people.leader(province)]));
const ministry = people.ministry();

/** Differing slots of all kept sums against a recompute in plain SQL. */
async function differing(db: Database): Promise<unknown[]> {
  const { forms } = engineOf(db);
  return db.read('system', async (tx) => {
    const found: unknown[] = [];
    for (const period of periods) {
      const on = await forms.on(tx, 'monthly', period);
      if (!on.ok) throw new Error('no form');
      const made = await recomputeRollUp(tx, period, 'monthly', placementsOf(on.value));
      found.push(...differencesOf(await readKept(tx, period, 'monthly'), made), ...differencesOf(await recomputeInCode(tx, period, 'monthly', (unit) => on.value.map.nodesOf(unit)), made));
    }
    return found;
  });
}

/** One random act on one random return: a submission on a possibly stale base, an approval, a return, an un-approval. */
async function act(db: Database, random: () => number, revs: Map<string, number>): Promise<Answer> {
  const place = places[Math.floor(random() * places.length)] ?? { province: '01', unit: '00004' };
  const key: ReturnKey = keyOf({ ...place, period: periods[Math.floor(random() * 2)] ?? '2026-11' });
  const text = `${key.unit}/${key.period}`;
  const { batches } = engineOf(db);
  const send = (actor: Actor | undefined, rest: { step: 'head' | 'province' | 'ministry'; verdict: Verdict }) => batches.send({ kind: 'decide', key, actor: actor ?? ministry, now, commandId: newId(), rev: revs.get(text) ?? 1, sections: null, reason: 'thử', ...rest });
  const dice = random();
  let answer: Answer;
  if (dice < 0.55) {
    const values: SlotValue[] = [[1, Math.floor(random() * 50) + 20], [2, Math.floor(random() * 20)], [3, random() < 0.2 ? null : Math.floor(random() * 1e12)], [4, Math.round(random() * 100_000) / 1000], [5, random() < 0.2 ? 'no-data' : Math.floor(random() * 9)], [7, Math.floor(random() * 100) - 50]];
    answer = await batches.send({ kind: 'submit', key, actor: officers.get(key.unit) ?? ministry, now, commandId: newId(), source: 'form', submission: bodyOf(values.filter(() => random() < 0.8), { baseRev: Math.max(0, (revs.get(text) ?? 0) - (random() < 0.2 ? 1 : 0)) }) });
  } else if (dice < 0.72) answer = await send(heads.get(key.unit), { step: 'head', verdict: random() < 0.8 ? 'approve' : 'unapprove' });
  else if (dice < 0.9) answer = await send(leaders.get(key.province), { step: 'province', verdict: random() < 0.6 ? 'approve' : random() < 0.5 ? 'return' : 'unapprove' });
  else answer = await send(ministry, { step: 'ministry', verdict: random() < 0.5 ? 'accept' : 'unapprove' });
  if (answer.kind === 'submit' && answer.result.ok) revs.set(text, answer.result.value.rev);
  return answer;
}

describe('sums', () => {
  test('R57: after any sequence of writes, corrections, approvals and un-approvals the sums equal a recompute: 0 differing slots', async () => {
    for (const seed of [1, 2, 3]) {
      const random = seeded(seed);
      const revs = new Map<string, number>();
      const rows = await site.db.read('system', (tx) => tx.arrays(sql`select org_unit, period, rev from returns.packed`));
      for (const [unit, period, rev] of rows) revs.set(`${String(unit)}/${String(period)}`, Number(rev));
      let [taken, decided] = [0, 0];
      for (let round = 0; round < 30; round += 1) {
        const answers = await Promise.all(Array.from({ length: 1 + Math.floor(random() * 8) }, () => act(site.db, random, revs)));
        taken += answers.filter((one) => one.kind === 'submit' && one.result.ok).length;
        decided += answers.filter((one) => one.kind === 'decide' && one.verdict.ok).length;
        if (round % 10 === 9) assert.deepEqual(await differing(site.db), [], `seed ${seed}, round ${round}`);
      }
      assert.ok(taken > 20 && decided > 5, `${taken} taken, ${decided} decided`);
    }
  });

  test('R57: four engines, each with connections of its own, fight over the same returns; every answer is given and 0 slots differ', async () => {
    const others = Array.from({ length: 4 }, () => openDatabase(site.db.url, { max: 3 }));
    try {
      const answers = await Promise.all(others.map(async (db, i) => {
        const random = seeded(100 + i);
        const revs = new Map<string, number>();
        const own: Answer[] = [];
        for (let round = 0; round < 12; round += 1) own.push(...await Promise.all(Array.from({ length: 6 }, () => act(db, random, revs))));
        return own;
      }));
      assert.equal(answers.flat().length, 4 * 12 * 6);
      assert.deepEqual(await differing(site.db), []);
    } finally {
      await Promise.all(others.map((db) => db.close()));
    }
  });

  test('every state of a return is rebuilt from its revisions', async () => {
    for (const { province, unit } of places) {
      const key = keyOf({ province, unit });
      await site.db.read('system', async (tx) => {
        const stored = await findReturn(tx, key);
        if (stored === undefined) return;
        const rebuilt = await contentAt(tx, key, stored.rev);
        assert.deepEqual([rebuilt?.vals, rebuilt?.noData], [stored.vals, stored.noData]);
      });
    }
  });

  test('a unit that moves to another province moves its sums with it, on the map of each period', async () => {
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    const was = await differing(site.db);
    assert.deepEqual(was, []);
    // 00004 merges into 00008 from the first day of December's period: November stays on its own map.
    await owner.query("begin; set local sauro.system = 'on'");
    await owner.query("update org_units.unit_version set valid_to = '2026-11-15' where code = '00004' and valid_to is null");
    await owner.query("update org_units.edition set digest = digest || '+merged'");
    await owner.query('commit');
    await owner.end();
    await new Promise((done) => setTimeout(done, 1100)); // forms are kept for a second
    assert.deepEqual(await differing(site.db), [], 'November is on its own map');
    site.setClock('2026-12-10T03:00:00.000Z');
    const answer = await engineOf(site.db).batches.send({ kind: 'submit', key: keyOf({ period: '2026-12' }), actor: officers.get('00004') ?? ministry, now: nowOf(new Date('2026-12-10T03:00:00.000Z')), commandId: newId(), source: 'form', submission: bodyOf([[1, 5]]) });
    assert.equal(answer.kind === 'submit' && !answer.result.ok && answer.result.problem.code, 'unit-not-on-date');
  });

  test('a wrong sum is found, shown as an incident and repaired', async () => {
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    await owner.query("begin; set local sauro.system = 'on'");
    const changed = await owner.query("update returns.roll_up set sums[1] = sums[1] + 1 where node = '00' and period = '2026-11' and standing = 'reported'");
    await owner.query('commit');
    await owner.end();
    assert.equal(changed.rowCount, 1);
    const found = await site.db.write('system', (tx) => auditSlice(tx, engineOf(site.db).forms, { period: '2026-11', dataSet: 'monthly', version: 1 }, now));
    assert.deepEqual(found.map((one) => [one.node, one.differing, one.example?.slot]), [['00', 1, 1]]);
    const shown = await site.call<{ incidents: { node: string; differing: number; repairedAt: string | null }[]; open: number }>(people.analyst(), 'GET', '/returns/self-audit');
    assert.deepEqual([shown.body.incidents.map((one) => one.node), shown.body.open], [['00'], 0]);
    assert.deepEqual(await differing(site.db), []);
  });

  const asOwner = async (use: (query: (text: string) => Promise<pg.QueryResult>) => Promise<void>): Promise<void> => {
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    await owner.query("begin; set local sauro.system = 'on'");
    await use((text) => owner.query(text));
    await owner.query('commit');
    await owner.end();
  };
  const incidents = async (): Promise<unknown> => (await site.db.read('system', (tx) => tx.arrays(sql`select count(*) from returns.incident`)))[0]?.[0];

  test('sums of another map of units are made anew at the start, and nobody is blamed', async () => {
    const before = await incidents();
    await asOwner(async (query) => {
      await query("update returns.audit_slice set units = 'of another edition' where period = '2026-11' and data_set = 'monthly'");
      await query("update returns.roll_up set sums[1] = sums[1] + 5 where node = '01' and period = '2026-11' and standing = 'reported'");
    });
    assert.equal((await differing(site.db)).length > 0, true);
    assert.equal(await followUnits({ db: site.db }, now), 1);
    assert.deepEqual([await differing(site.db), await incidents()], [[], before]);
    assert.equal(await followUnits({ db: site.db }, now), 0, 'once');
  });

  test('a batch that holds its sums and wants its version is never waited for in a circle', async () => {
    let audit: Promise<unknown> = Promise.resolve();
    await asOwner(async (query) => {
      await query("update returns.roll_up set sums[1] = sums[1] + 5 where node = '01' and period = '2026-11' and standing = 'reported'");
      audit = site.db.write('system', (tx) => auditSlice(tx, engineOf(site.db).forms, { period: '2026-11', dataSet: 'monthly', version: 1 }, now));
      await new Promise((done) => setTimeout(done, 300));
      await query("update returns.version set version = version + 1 where period = '2026-11' and data_set = 'monthly'");
    });
    await audit;
    assert.deepEqual(await differing(site.db), []);
  });

  test('quiet periods have their turn beside busy ones, and a data set no longer in force gives its turn up', async () => {
    await asOwner(async (query) => {
      await query("insert into returns.version (version, at, period, data_set) values (1, now(), '2026-11', 'gone'), (1, now(), '2025-09', 'monthly')");
      await query("insert into returns.audit_slice (period, data_set, checked_at, version, vectors, slots, ms) values ('2025-09', 'monthly', '2020-01-01', 1, 0, 0, 0), ('2026-11', 'gone', '2020-01-02', 0, 0, 0, 0), ('2026-10', 'monthly', '2026-11-18', 0, 0, 0, 0)");
      await query("update returns.version set version = version + 1 where period in ('2026-10', '2026-11')");
    });
    const next = await site.db.read('system', (tx) => slicesInTurn(tx, 2));
    assert.deepEqual(next.map((one) => [one.period, one.dataSet]), [['2025-09', 'monthly'], ['2026-11', 'gone']]);
    for (const slice of next) assert.deepEqual(await site.db.write('system', (tx) => auditSlice(tx, engineOf(site.db).forms, slice, now)), []);
    assert.ok((await site.db.read('system', (tx) => slicesInTurn(tx, 2))).every((one) => one.period !== '2025-09' && one.dataSet !== 'gone'));
  });
});

describe('the log of changes', () => {
  test('R47: any changes come back as they went, in few bytes', () => {
    const random = seeded(7);
    for (let round = 0; round < 2000; round += 1) {
      const changes: SlotValue[] = [];
      let slot = 0;
      const gap = round % 3 === 0 ? 3 : 300;
      for (let i = Math.floor(random() * 40); i > 0; i -= 1) {
        slot += 1 + (random() < 0.7 ? 0 : Math.floor(random() * gap));
        const kind = round % 2 === 0 ? random() : random() < 0.2 ? random() / 5 : 1; // every other form holds counts and nothing else
        changes.push([slot, kind < 0.1 ? null : kind < 0.2 ? 'no-data' : kind < 0.3 ? Math.round(random() * 1e6) / 1000 : kind < 0.4 ? -Math.floor(random() * 2 ** 52) : kind < 0.5 ? 2 ** 53 - 1 - Math.floor(random() * 9) : Math.floor(random() * 2000)]);
      }
      assert.deepEqual(decodeChanges(encodeChanges(changes)), changes);
    }
    const form = Array.from({ length: 60 }, (_, i): SlotValue => [i + 1, (i * 37) % 120]);
    assert.ok(encodeChanges(form).length < 65, 'sixty small values in about a byte each');
    assert.deepEqual(withChanges(emptyContent, form).vals.length, 60);
  });
});
