import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nowOf } from '#kernel/clock.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { recomputeCells } from './actions/cells.ts';
import { seedDirectives } from './demo/seed.ts';
import { childDue } from './rules/cascade.ts';
import type { Matrix } from './schema.ts';
import { expectOk, openSite, people } from './site.test.ts';

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

describe('the demonstration', () => {
  test('three directives with a life of fourteen months; states, entries, evidence and cells agree', async () => {
    const started = performance.now();
    const { tasks } = await site.db.write('system', (tx) => seedDirectives(tx, nowOf(new Date('2026-11-18T03:00:00Z'))));
    assert.equal(tasks, 4 * 3355 + 34 + 4);
    if (process.env['SAURO_TEST_TIMES'] !== undefined) console.log(`seeded ${tasks} tasks in ${Math.round(performance.now() - started)} ms`);
    const wrong = await site.db.read('system', (tx) => tx.one(shape({ later: Type.Integer(), entries: Type.Integer(), evidence: Type.Integer(), accepted: Type.Integer(), states: Type.Integer() }), sql`
      select (select count(*)::int from directives.task c join directives.task p on p.province = c.province and p.id = c.parent where c.due_on > p.due_on) as later,
             (select count(*)::int from directives.task t where entry_count <> (select count(*) from directives.entry e where e.province = t.province and e.task = t.id)) as entries,
             (select count(*)::int from directives.task t where state in ('accepted', 'verified', 'evidence-submitted') and (evidence_count = 0 or submitted_on is null)) as evidence,
             (select count(*)::int from directives.task p where state = 'accepted' and exists (select 1 from directives.task c where c.province = p.province and c.parent = p.id and c.state <> 'accepted')) as accepted,
             (select count(distinct state)::int from directives.task) as states`));
    assert.deepEqual({ ...wrong, states: wrong.states >= 8 }, { later: 0, entries: 0, evidence: 0, accepted: 0, states: true });
    const office = people.vpcp();
    const before = await expectOk(site.call<Matrix>(office, 'GET', '/task-matrix'));
    assert.equal(before.rows.length, 3);
    await site.db.write('system', async (tx) => {
      const pairs = await tx.rows(shape({ province: Type.String(), directive: Type.String() }), sql`select distinct province, directive from directives.vector`);
      for (const { province, directive } of pairs) await recomputeCells(tx, province, directive);
    });
    assert.deepEqual(await expectOk(site.call<Matrix>(office, 'GET', '/task-matrix')), before, 'cells equal a recompute from the tasks');
  });
  test("a child's day is never after its parent's", () => {
    assert.deepEqual([childDue('2027-01-02', '2027-01-01'), childDue('2026-12-31', '2027-01-01'), childDue(null, '2027-01-01'), childDue('2027-01-01', null)], ['2027-01-01', '2026-12-31', '2027-01-01', '2027-01-01']);
  });
  test('no real document is quoted: numbers are marked as samples', async () => {
    const text = await readFile(join(import.meta.dirname, 'demo', 'notice.vi.txt'), 'utf8');
    assert.match(text, /văn bản mẫu/);
  });
});
