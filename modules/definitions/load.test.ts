import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { latestProgramme, loadProgramme, programmeOn, slotsOf, builtInProgramme, loadBuiltIn } from './index.ts';
import { definitions } from './module.ts';
import { tinyDataSet, tinyElement, tinyFiles, tinyIndicator } from './testing/tiny.ts';
import type { EditionDiff, ProgrammeFiles } from './schema.ts';

let server: TestServer;
before(async () => { server = await testServer([definitions]); });
after(() => server.close());

const by = { note: 'thử', by: 'test', on: '2026-11-20' };
async function load(files: ProgrammeFiles, more: { dryRun?: boolean; partial?: boolean; on?: string } = {}): Promise<EditionDiff> {
  const loaded = await loadProgramme(server.db, files, { ...by, ...more });
  if (!loaded.ok) assert.fail(JSON.stringify(loaded.problem.verdicts));
  return loaded.value;
}
const read = <T>(work: Parameters<typeof server.db.read<T>>[1]): Promise<T> => server.db.read('system', work);
const countOf = async (table: 'edition' | 'item' | 'slot'): Promise<unknown> => (await read((tx) => tx.arrays(table === 'edition' ? sql`select count(*) from definitions.edition` : table === 'item' ? sql`select count(*) from definitions.item` : sql`select count(*) from definitions.slot`)))[0]?.[0];

describe('loading a programme', () => {
  test('a dry run tells what a load would do and writes nothing', async () => {
    const dry = await load(tinyFiles(), { dryRun: true });
    assert.deepEqual([dry.added, dry.slotsAdded, dry.dryRun, dry.edition], [9, 4, true, 1]);
    assert.equal(await countOf('edition'), 0);
    const { dryRun: _, ...wet } = await load(tinyFiles());
    const { dryRun: __, ...said } = dry;
    assert.deepEqual(wet, said);
    assert.equal(await countOf('item'), 9);
  });
  test('R25: the load has its leaf in the log', async () => {
    const rows = await read((tx) => tx.arrays(sql`select count(*) from log.leaf where action = 'definitions.loaded'`));
    assert.equal(rows[0]?.[0], 1);
  });
  test('loading the same again, in another order, changes nothing and makes no edition', async () => {
    const again = await load({ files: [...tinyFiles().files].reverse() });
    assert.equal(again.unchanged, true);
    assert.equal(await countOf('edition'), 1);
  });
  test('a definition changed from a day on is a new version; the day before is computed with the old one', async () => {
    const old = await read((tx) => programmeOn(tx, '2026-06-30'));
    const diff = await load(tinyFiles({ indicator: [tinyIndicator('coverage', { denominator: '#{known} + 1', validFrom: '2026-07-01' })] }));
    assert.deepEqual(diff.changes.map((one) => [one.id, one.change, one.from, one.fields.map((field) => field.field)]), [['coverage', 'changed', '2026-07-01', ['denominator']]]);
    const [before, after] = await read(async (tx) => [await programmeOn(tx, '2026-06-30'), await programmeOn(tx, '2026-07-01')]);
    assert.equal(before?.indicators.get('coverage')?.denominator, '#{known}');
    assert.equal(before?.indicators.get('coverage')?.validTo, '2026-07-01');
    assert.equal(after?.indicators.get('coverage')?.denominator, '#{known} + 1');
    assert.equal(old.indicators.get('coverage')?.denominator, '#{known}');
  });
  test('slots are appended and keep their numbers; one that is dropped ends, and comes back as itself', async () => {
    const before = await read(slotsOf);
    assert.deepEqual(before.of('thang').map((slot) => [slot.slot, slot.element]), [[1, 'known'], [2, 'served'], [3, 'spent']]);
    const elements = ['known', 'served', 'spent', 'plans', 'new'].map((id) => tinyElement(id));
    await load(tinyFiles({ 'data-element': elements, 'data-set': [tinyDataSet('thang', ['new', 'known', 'spent'], { validFrom: '2026-08-01' }), tinyDataSet('quy', ['plans'], { periodType: 'quarter' })] }), { on: '2026-08-01' });
    const now = await read(slotsOf);
    assert.deepEqual(now.of('thang').map((slot) => [slot.slot, slot.element, slot.validTo]), [[1, 'known', null], [2, 'served', '2026-08-01'], [3, 'spent', null], [4, 'new', null]]);
    await load(tinyFiles({ 'data-element': elements, 'data-set': [tinyDataSet('thang', ['new', 'known', 'spent', 'served'], { validFrom: '2026-09-01' }), tinyDataSet('quy', ['plans'], { periodType: 'quarter' })] }));
    const back = await read(slotsOf);
    assert.deepEqual(back.of('thang').map((slot) => [slot.slot, slot.element, slot.validTo]), [[1, 'known', null], [2, 'served', null], [3, 'spent', null], [4, 'new', null]]);
    assert.deepEqual(back.homeOf('served', ''), { dataSet: 'thang', slot: 2 });
  });
  test('an item no longer named ends; a package loaded in part leaves the rest alone', async () => {
    const partial = await load({ files: [{ file: 'x.json', kind: 'indicator', items: [tinyIndicator('more', { validFrom: '2026-10-01' })] }] }, { partial: true });
    assert.deepEqual(partial.changes.map((one) => [one.id, one.change]), [['more', 'added']]);
    const whole = await load(tinyFiles({ 'data-element': ['known', 'served', 'spent', 'plans', 'new'].map((id) => tinyElement(id)), target: [] }));
    assert.deepEqual(whole.changes.filter((one) => one.change === 'ended').map((one) => [one.id, one.from]).sort(), [['T1', '2026-11-20'], ['more', '2026-11-20']]);
    assert.equal((await read(latestProgramme)).targets.size, 0);
    assert.equal((await read((tx) => programmeOn(tx, '2026-11-19'))).targets.size, 1);
  });
  test('the same day and edition answer the same object', async () => {
    const [a, b] = await read(async (tx) => [await programmeOn(tx, '2026-07-02'), await programmeOn(tx, '2026-07-03')]);
    assert.equal(a, b);
  });
});

describe('the programme delivered with the product', () => {
  test('it loads at the first start without a warning, once, and never over what somebody loaded', async (t) => {
    const fresh = await testServer([definitions]);
    t.after(() => fresh.close());
    const files = await builtInProgramme();
    const first = await loadBuiltIn(fresh.db, files, 'lần đầu');
    if (!first.ok) assert.fail(JSON.stringify(first.problem.verdicts, null, 1));
    assert.deepEqual(first.value?.warnings, []);
    assert.deepEqual(await loadBuiltIn(fresh.db, files, 'lần hai'), { ok: true, value: undefined });
    assert.deepEqual(await loadBuiltIn(server.db, files, 'đè'), { ok: true, value: undefined });
  });
});
