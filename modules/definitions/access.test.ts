import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openDatabase } from '#platform/db/database.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { builtInProgramme, loadProgramme } from './index.ts';
import { definitions } from './module.ts';
import { routes } from './routes.ts';
import type { Dictionary, EditionRow, ItemPage, Change, PublishedFigure } from './schema.ts';
import { tinyIndicator } from './testing/tiny.ts';

let server: TestServer;
before(async () => {
  server = await testServer([definitions]);
  await loadProgramme(server.db, await builtInProgramme(), { note: 'thử', by: 'test' });
});
after(() => server.close());
const clerk = actorWith(atCommune('commune-officer', '01', '00004'));
const minister = actorWith(atNation('ministry', 'BCA'));

describe('who may read and write definitions', () => {
  for (const path of ['/definitions', '/definitions/editions', '/definitions/editions/1', '/definitions/items/indicator/tu-nguyen', '/definitions/published-figures']) test(`R8: ${path} is refused to nobody and open to any signed-in person`, async () => {
    assert.equal((await server.call(undefined, 'GET', path)).status, 401);
    assert.equal((await server.call(clerk, 'GET', path)).status, 200);
  });
  test('R8: no route of the module writes, and none is open to everybody', () => {
    assert.deepEqual(routes.filter((route) => route.contract.method !== 'GET' || route.contract.who === 'anyone'), []);
  });
  test('R10: row security lets the loader alone change definitions, whatever the role', async () => {
    assert.equal(await server.db.write(minister, (tx) => tx.run(sql`update definitions.item set body = '{}'`)), 0);
    assert.equal(await server.db.write(minister, (tx) => tx.run(sql`delete from definitions.slot`)), 0);
    await assert.rejects(server.db.write(minister, (tx) => tx.run(sql`insert into definitions.slot (data_set, slot, element, cell, valid_from) values ('x', 1, 'x', '', '2026-01-01')`)), /row-level security/u);
  });
  test('R10: row security is forced on every table of the module', async () => {
    const owner = openDatabase(server.ownerUrl, { max: 1 });
    const rows = await owner.read('system', (tx) => tx.arrays(sql`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'definitions' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`)).finally(() => owner.close());
    assert.deepEqual(rows, []);
  });
});

describe('what the dictionary answers', () => {
  test('a day has the definitions in force on it: the law of July 2026 is another text than that of June', async () => {
    const on = async (day: string) => (await server.call<Dictionary>(clerk, 'GET', `/definitions?on=${day}`)).body.elements.find((one) => one.id === 'quan-ly-sau-cai');
    assert.match((await on('2026-06-30'))?.source.en ?? '', /Law 73\/2021/u);
    assert.match((await on('2026-07-01'))?.source.en ?? '', /Law 120\/2025/u);
  });
  test('a day that does not exist is refused in words', async () => {
    const answer = await server.call(clerk, 'GET', '/definitions?on=2026-02-30');
    assert.deepEqual([answer.status, answer.body['code']], [400, 'definitions-day-invalid']);
  });
  test('one item has all its versions, newest first, and says what uses it', async () => {
    const page = (await server.call<ItemPage>(clerk, 'GET', '/definitions/items/data-element/ho-so-quan-ly')).body;
    assert.deepEqual(page.versions.map((one) => [one.validFrom, one.validTo]), [['2026-07-01', null], ['2024-11-15', '2026-07-01']]);
    assert.ok(page.usedBy.some((one) => one.kind === 'indicator' && one.id === 'tiep-can-dieu-tri'));
    assert.ok(page.usedBy.some((one) => one.kind === 'data-set' && one.id === 'xa-thang'));
    assert.equal((await server.call(clerk, 'GET', '/definitions/items/indicator/khong-co')).status, 404);
  });
  test('an edition tells each field it changed, before and after', async () => {
    const present = (await server.call<Dictionary>(clerk, 'GET', '/definitions')).body.indicators.find((one) => one.id === 'tu-nguyen');
    assert.ok(present !== undefined);
    await loadProgramme(server.db, { files: [{ file: 'x.json', kind: 'indicator', items: [{ ...present, decimals: 2, validFrom: '2026-11-01' }, tinyIndicator('moi', { numerator: '#{diem}', denominator: null })] }] }, { note: 'thêm', by: 'test', partial: true });
    const { rows } = (await server.call<{ rows: EditionRow[] }>(clerk, 'GET', '/definitions/editions')).body;
    assert.deepEqual(rows.map((one) => [one.edition, one.added, one.changed]), [[2, 1, 1], [1, rows[1]?.added, 2]]);
    const { changes } = (await server.call<{ changes: Change[] }>(clerk, 'GET', '/definitions/editions/2')).body;
    assert.deepEqual(changes.find((one) => one.id === 'tu-nguyen')?.fields, [{ field: 'decimals', before: 1, after: 2 }]);
  });
  test('150 published figures keep qualifier and source; those of one indicator can be asked for', async () => {
    const all = (await server.call<{ rows: PublishedFigure[] }>(clerk, 'GET', '/definitions/published-figures')).body.rows;
    assert.equal(all.length, 150);
    assert.ok(all.every((one) => one.source !== ''));
    const world = all.filter((one) => one.metric === 'world_drug_users').map((one) => [one.value, one.qualifier, one.conflicts]);
    assert.deepEqual(world, [[316_000_000, 'as_stated', ['F044']], [275_000_000, 'over', ['F043']]], 'what contradicts stands side by side and says so');
    const heroin = (await server.call<{ rows: PublishedFigure[] }>(clerk, 'GET', '/definitions/published-figures?indicator=thu-giu-heroin')).body.rows;
    assert.ok(heroin.length > 0 && heroin.every((one) => one.metric === 'seizure_heroin'));
  });
});
