import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Type, shape } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import type { Commitment } from '../indicators/schema.ts';
import { seedClassification } from './index.ts';
import { expectOk, openSite, people } from './site.test.ts';
import type { AreaCaseRow, CaseView, Notice } from './schema.ts';

let site: TestServer;
const now = { at: '2026-11-18T03:00:00.000Z', today: '2026-11-18' };
before(async () => {
  site = await openSite();
  site.setClock(now.at);
  await site.db.write('system', (tx) => seedClassification(tx, site.services, now));
});
after(() => site.close());

describe('the demonstration of the procedure', () => {
  test('the period that ended is decided for every commune, by two accounts each, and the notices carry the figures of E13', async () => {
    const Row = shape({ cases: Type.Integer(), signed: Type.Integer(), held: Type.Integer() });
    const found = await site.db.read('system', (tx) => tx.one(Row, sql`
      select (select count(*)::int from classification.assessed_case where period = '2025' and state = 'in-force') as cases,
             (select count(*)::int from (select case_id from classification.signature group by case_id having count(distinct account) = 2) s) as signed, (select count(*)::int from classification.status_held where until_day is null) as held`));
    assert.deepEqual(found, { cases: 3321, signed: 3321, held: 3321 });
    const notice = await expectOk(site.call<Notice>(undefined, 'GET', '/public/classification/01/2025'));
    assert.equal(notice.items.length, notice.head.communes);
    assert.ok(notice.synthetic);
  });
  test('two provinces in three have promised a share for this year and for 2030', async () => {
    const way = await expectOk(site.call<{ rows: Commitment[] }>(people.analyst(), 'GET', '/figures/commitments?target=T01'));
    assert.equal(way.rows.length, 46);
    assert.ok(way.rows.filter((row) => row.period === '2030').every((row) => row.value >= 50));
  });
  test('where evidence is missing nothing was passed: the decision is another than drug-free and says why', async () => {
    const page = await expectOk(site.call<{ rows: AreaCaseRow[] }>(people.leader(), 'GET', '/classification/cases?period=2025&province=01&against=yes'));
    const [row] = page.rows;
    assert.ok(row !== undefined && row.proposed === 'cannot-judge' && row.decided !== 'drug-free', JSON.stringify(row));
    const view = await expectOk(site.call<CaseView>(people.leader(), 'GET', `/classification/cases/01/${row.id}`));
    assert.ok((view.decisions[0]?.reason.length ?? 0) > 20);
    assert.deepEqual(view.evidenceChanged, []);
  });
  test('the running period has begun: cases being written, and reviews open', async () => {
    const page = await expectOk(site.call<{ rows: AreaCaseRow[]; total: number }>(people.analyst(), 'GET', '/classification/cases?period=2026'));
    assert.deepEqual([...new Set(page.rows.map((row) => row.state))], ['preparing']);
    assert.ok(page.rows.filter((row) => row.kind === 'yearly').length === 34);
  });
});
