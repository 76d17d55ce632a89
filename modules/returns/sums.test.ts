import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import { nowOf } from '#kernel/clock.ts';
import { openDatabase, type Database } from '#platform/db/database.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { mergeUnits } from '../org-units/index.ts';
import { engineOf } from './index.ts';
import { auditSlice, followUnits, noteMaps, placementsOf } from './actions/self-audit.ts';
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
    for (const dataSet of ['monthly', 'funded']) for (const period of periods) {
      const on = await forms.on(tx, dataSet, period);
      if (!on.ok) throw new Error('no form');
      const made = await recomputeRollUp(tx, period, dataSet, placementsOf(on.value));
      found.push(...differencesOf(await readKept(tx, period, dataSet), made), ...differencesOf(await recomputeInCode(tx, period, dataSet, (unit) => on.value.map.nodesOf(unit)), made));
    }
    return found;
  });
}

/** What the acts of a sequence were, so that a test can see that each kind was truly among them. */
type Tally = { taken: number; decided: number; partly: number; ofAttributes: number; late: number; corrected: number };
const nothingYet = (): Tally => ({ taken: 0, decided: 0, partly: 0, ofAttributes: 0, late: 0, corrected: 0 });

/**
 * One random act on one random return, of a month that is due or one that is late, of the plain form or of one that comes for each option of an
 * attribute: a submission on a possibly stale base, an approval of all or of one section, a return, an un-approval.
 */
async function act(db: Database, random: () => number, revs: Map<string, number>, tally = nothingYet()): Promise<Answer> {
  const place = places[Math.floor(random() * places.length)] ?? { province: '01', unit: '00004' };
  const funded = random() < 0.25;
  const key: ReturnKey = keyOf({ ...place, period: periods[Math.floor(random() * 2)] ?? '2026-11', ...(funded ? { dataSet: 'funded', attribute: random() < 0.5 ? 'male' : 'female' } : {}) });
  const text = textOf(key);
  const { batches } = engineOf(db);
  const sections = !funded && random() < 0.4 ? [random() < 0.5 ? 's1' : 's2'] : null;
  const send = (actor: Actor | undefined, rest: { step: 'head' | 'province' | 'ministry'; verdict: Verdict }) => batches.send({ kind: 'decide', key, actor: actor ?? ministry, now, commandId: newId(), rev: revs.get(text) ?? 1, sections: rest.verdict === 'approve' ? sections : null, reason: 'thử', ...rest });
  const dice = random();
  let answer: Answer;
  if (dice < 0.5) {
    const values: SlotValue[] = funded ? [[1, Math.floor(random() * 1e9)]] : [[1, Math.floor(random() * 50) + 20], [2, Math.floor(random() * 20)], [3, random() < 0.2 ? null : Math.floor(random() * 1e12)], [4, Math.round(random() * 100_000) / 1000], [5, random() < 0.2 ? 'no-data' : Math.floor(random() * 9)], [7, Math.floor(random() * 100) - 50]];
    answer = await batches.send({ kind: 'submit', key, actor: officers.get(key.unit) ?? ministry, now, commandId: newId(), source: 'form', submission: bodyOf(values.filter(() => funded || random() < 0.8), { attribute: key.attribute, baseRev: Math.max(0, (revs.get(text) ?? 0) - (random() < 0.2 ? 1 : 0)) }) });
  } else if (dice < 0.72) answer = await send(heads.get(key.unit), { step: 'head', verdict: random() < 0.85 ? 'approve' : 'unapprove' });
  else if (dice < 0.92) answer = await send(leaders.get(key.province), { step: 'province', verdict: random() < 0.65 ? 'approve' : random() < 0.5 ? 'return' : 'unapprove' });
  else answer = await send(ministry, { step: 'ministry', verdict: random() < 0.5 ? 'accept' : 'unapprove' });
  if (answer.kind === 'submit' && answer.result.ok) {
    revs.set(text, answer.result.value.rev);
    tally.taken += 1;
    tally.late += Number(answer.result.value.late);
    tally.corrected += Number(answer.result.value.rev > 1);
    tally.ofAttributes += Number(funded);
  }
  if (answer.kind === 'decide' && answer.verdict.ok) { tally.decided += 1; tally.partly += Number(sections !== null); }
  return answer;
}
const textOf = ({ unit, period, dataSet, attribute }: Pick<ReturnKey, 'unit' | 'period' | 'dataSet' | 'attribute'>): string => `${unit}/${period}/${dataSet}/${attribute}`;
async function storedRevs(): Promise<Map<string, number>> {
  const rows = await site.db.read('system', (tx) => tx.arrays(sql`select org_unit, period, data_set, attribute, rev from returns.packed`));
  return new Map(rows.map(([unit, period, dataSet, attribute, rev]) => [textOf({ unit: String(unit), period: String(period), dataSet: String(dataSet), attribute: String(attribute) }), Number(rev)]));
}

const incidents = async (): Promise<unknown> => (await site.db.read('system', (tx) => tx.arrays(sql`select count(*) from returns.incident`)))[0]?.[0];

describe('sums', () => {
  test('R57: after any sequence of writes, corrections, late returns, partial approvals and un-approvals, with and without attributes, the sums equal a recompute: 0 differing slots', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const random = seeded(seed);
      const revs = await storedRevs();
      const tally = nothingYet();
      for (let round = 0; round < 40; round += 1) {
        await Promise.all(Array.from({ length: 1 + Math.floor(random() * 8) }, () => act(site.db, random, revs, tally)));
        if (round % 10 === 9) assert.deepEqual(await differing(site.db), [], `seed ${seed}, round ${round}`);
      }
      assert.ok(tally.taken > 20 && tally.decided > 8 && tally.partly > 0 && tally.ofAttributes > 3 && tally.late > 5 && tally.corrected > 5, JSON.stringify(tally));
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

  test('R57: a merger in the midst of a sequence, with effect from a period that is being reported: the sums follow it, none differs, and nobody is blamed', async () => {
    const [one, two] = ['01288', '01290'];
    await noteMaps({ db: site.db });
    const blamed = await incidents();
    const random = seeded(77);
    const revs = await storedRevs();
    const rounds = async (n: number): Promise<void> => { for (let round = 0; round < n; round += 1) await Promise.all(Array.from({ length: 6 }, () => act(site.db, random, revs))); };
    await rounds(10);
    assert.deepEqual(await differing(site.db), []);
    const merged = await site.db.write('system', (tx) => mergeUnits(tx, { from: [one, two], into: { code: one, nameVi: 'Xã Hợp Nhất', kind: 'commune' }, on: '2026-10-15', basis: 'thử', certainty: 'S' }));
    assert.ok(merged.ok);
    await rounds(4); // some on the map of before, which is kept for a moment, some on the new one
    await new Promise((done) => { setTimeout(done, 1100); });
    await followUnits({ db: site.db }, now);
    assert.deepEqual(await differing(site.db), [], 'made anew on the new map');
    await rounds(10);
    for (const period of periods) for (const dataSet of ['monthly', 'funded']) assert.deepEqual(await site.db.write('system', (tx) => auditSlice(tx, engineOf(site.db).forms, { period, dataSet, version: 1 }, now)), []);
    assert.deepEqual([await differing(site.db), await incidents()], [[], blamed]);
    const after_ = await engineOf(site.db).batches.send({ kind: 'submit', key: keyOf({ province: '04', unit: two }), actor: officers.get(two) ?? ministry, now, commandId: newId(), source: 'form', submission: bodyOf([[1, 5]]) });
    assert.equal(after_.kind === 'submit' && !after_.result.ok && after_.result.problem.code, 'unit-not-on-date');
  });

  test('a wrong sum is found, shown as an incident and repaired', async () => {
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    await owner.query("begin; set local sauro.system = 'on'");
    const changed = await owner.query("update returns.roll_up set sums[1] = sums[1] + 1 where node = '00' and period = '2026-11' and data_set = 'monthly' and standing = 'reported'");
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

  test('sums of another map of units are made anew at the start, and nobody is blamed', async () => {
    const before = await incidents();
    await asOwner(async (query) => {
      await query("update returns.audit_slice set units = 'of another edition' where period = '2026-11' and data_set = 'monthly'");
      await query("update returns.roll_up set sums[1] = sums[1] + 5 where node = '01' and period = '2026-11' and data_set = 'monthly' and standing = 'reported'");
    });
    assert.equal((await differing(site.db)).length > 0, true);
    assert.equal(await followUnits({ db: site.db }, now), 1);
    assert.deepEqual([await differing(site.db), await incidents()], [[], before]);
    assert.equal(await followUnits({ db: site.db }, now), 0, 'once');
  });

  test('a batch that holds its sums and wants its version is never waited for in a circle', async () => {
    let audit: Promise<unknown> = Promise.resolve();
    await asOwner(async (query) => {
      await query("update returns.roll_up set sums[1] = sums[1] + 5 where node = '01' and period = '2026-11' and data_set = 'monthly' and standing = 'reported'");
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
      await query("insert into returns.audit_slice (period, data_set, checked_at, version, vectors, slots, ms) values ('2025-09', 'monthly', '2020-01-01', 1, 0, 0, 0), ('2026-11', 'gone', '2020-01-02', 0, 0, 0, 0), ('2026-10', 'monthly', '2026-11-18', 0, 0, 0, 0) on conflict (period, data_set) do update set checked_at = excluded.checked_at, version = excluded.version");
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
