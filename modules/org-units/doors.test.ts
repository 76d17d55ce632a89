import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { actorWith, atNation, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { ancestorsOf, groupSets, lineage, loadUnitAttributes, loadUnits, provinceCodes, shardCodes, unitAttributes, unitsOn } from './index.ts';
import { editionOfFiles } from './load.ts';
import { orgUnits } from './module.ts';
import type { GroupSetPage } from './schema.ts';

let server: TestServer;
const office = actorWith(atNation('government-office'));
before(async () => {
  server = await testServer([orgUnits], { name: `ou${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
  server.setClock('2026-11-21T03:00:00.000Z');
});
after(() => server.close());
const ask = <T>(work: Parameters<typeof server.db.read<T>>[1]): Promise<T> => server.db.read(office, work);
const today = '2026-11-21';

describe('units of a day', () => {
  test('the nation, 34 provinces, 3,321 communes; parents before children; the same list for days that share a tree', async () => {
    const rows = await ask((tx) => unitsOn(tx, today));
    assert.equal(rows.length, 1 + 34 + 3321);
    assert.deepEqual({ ...rows[0], id: '' }, { code: '00', id: '', level: 'nation', depth: 1, kind: 'nation', parent: null, province: '00', nameVi: 'Việt Nam', nameEn: 'Việt Nam' });
    const seen = new Set<string>();
    for (const row of rows) { assert.ok(row.parent === null || seen.has(row.parent), row.code); seen.add(row.code); }
    assert.equal(await ask((tx) => unitsOn(tx, '2026-10-01')), rows);
    assert.notEqual(await ask((tx) => unitsOn(tx, '2026-09-19')), rows);
    assert.deepEqual(await ask((tx) => unitsOn(tx, '2024-12-31')), []);
  });
  test('a commune lies in its province and the nation, on the map of each day', async () => {
    const above = await ask((tx) => ancestorsOf(tx, today));
    assert.deepEqual([above.get('00004'), above.get('01'), above.get('00'), above.size], [['01', '00'], ['00'], [], 3356]);
    assert.deepEqual((await ask((tx) => ancestorsOf(tx, '2025-06-30'))).get('26740'), ['79', '00']);
  });
  test('shards are the nation and the provinces of today', async () => assert.deepEqual(await ask((tx) => shardCodes(tx)), provinceCodes()));
});

describe('what became of a unit on the map of another day', () => {
  const fate = (code: string, from: string, to: string) => ask(async (tx) => (await lineage(tx)).fate(code, from, to));
  test('a commune merged whole into another counts there', async () => {
    assert.deepEqual(await fate('00013', '2025-06-30', today), { kind: 'whole', code: '00004', change: 'merged' });
    assert.deepEqual(await fate('26740', '2025-06-30', today), { kind: 'whole', code: '26740', change: 'renamed' }); // Bến Nghé, alone, into Sài Gòn
  });
  test('a unit that only changed kind or name is the same unit, called renamed', async () => {
    assert.deepEqual(await fate('75', '2026-04-29', today), { kind: 'whole', code: '75', change: 'renamed' });
    assert.deepEqual(await fate('01', '2025-07-01', today), { kind: 'whole', code: '01', change: 'same' });
  });
  test('a code used again for another unit is not taken for the same unit', async () => {
    assert.deepEqual(await fate('08', '2025-06-30', today), { kind: 'whole', code: '08', change: 'merged' });
    assert.deepEqual(await fate('02', '2025-06-30', today), { kind: 'whole', code: '08', change: 'merged' });
  });
  test('a unit of today was in several of before: its figures cannot be told apart there', async () => {
    assert.deepEqual(await fate('08', today, '2025-06-30'), { kind: 'part', codes: ['02', '08'], within: '00' });
    assert.deepEqual(await fate('00004', today, '2025-06-30'), { kind: 'part', codes: ['00004', '00013', '00019', '00022'], within: '01' });
  });
  test('a former commune that went in parts to several cannot be mapped to one, but counts in the province that holds them all', async () => {
    const all = await ask(async (tx) => (await lineage(tx)).between('2025-06-30', today));
    const parts = [...all].flatMap(([code, one]) => (one.kind === 'part' ? [{ code, ...one }] : []));
    assert.ok(parts.length >= 1 && parts.length <= 8, `${parts.length}`);
    for (const part of parts) assert.ok(part.codes.length >= 2 && /^\d{2}$/u.test(part.within ?? '') && part.within !== '00', JSON.stringify(part));
    assert.deepEqual([...all.values()].filter((one) => one.kind === 'none' || one.kind === 'unknown'), []);
  });
  test('a code that was no unit that day is unknown', async () => assert.deepEqual(await fate('99999', '2025-06-30', today), { kind: 'unknown' }));
});

describe('group sets', () => {
  test('a unit counts once in a set; the regions hold all 34 provinces and with them every commune', async () => {
    const sets = await ask((tx) => groupSets(tx, today));
    assert.deepEqual(sets.map((set) => [set.id, set.groups.length]), [['unit-kind', 3], ['province-kind', 2], ['region', 6]]);
    const region = sets.find((set) => set.id === 'region');
    assert.deepEqual([region?.members.size, region?.groupOf.size, region?.groupOf.get('00004'), region?.groupOf.get('20333')], [34, 3355, 'red-river-delta', 'south-central-highlands']);
  });
  test('kinds are computed from the tree of the day, never typed in', async () => {
    const wards = async (day: string) => [...((await ask((tx) => groupSets(tx, day))).find((set) => set.id === 'unit-kind')?.groupOf.values() ?? [])].filter((group) => group === 'ward').length;
    assert.deepEqual([await wards('2025-07-01'), await wards('2026-04-30'), await wards('2026-09-20')], [687, 697, 709]);
  });
  test('over HTTP: names in both languages, members, basis and certainty', async () => {
    const answer = await server.call<{ on: string; sets: GroupSetPage[] }>(office, 'GET', `/units/group-sets?on=${today}`);
    assert.equal(answer.status, 200);
    const region = answer.body.sets.find((set) => set.id === 'region');
    assert.deepEqual([region?.basis, region?.certainty, region?.groups[4]?.name.en, region?.groups[4]?.units], ['306/NQ-CP (05/10/2025)', 'S', 'South East', ['75', '79', '80']]);
    assert.equal((await server.call(office, 'GET', '/units/group-sets?on=2026-02-30')).status, 422);
  });
});

describe('numbers of units', () => {
  test('the last number given until a day holds; a unit that never was is named and left out; the same rows again change nothing', async () => {
    const row = (unitCode: string, validFrom: string, value: number) => ({ attribute: 'residents', unitCode, validFrom, value, source: 'test', certainty: 'synthetic' as const });
    const rows = [row('01', '2025-07-01', 100), row('01', '2026-07-01', 110), row('99999', '2026-01-01', 5)];
    const load = () => server.db.write('system', (tx) => loadUnitAttributes(tx, rows));
    assert.deepEqual(await load(), { stored: 2, changed: true, unknown: ['99999'] });
    assert.equal((await load()).changed, false);
    const residents = (day: string) => ask(async (tx) => (await unitAttributes(tx, day)).get('01')?.['residents']?.value);
    assert.deepEqual([await residents('2025-06-30'), await residents('2026-06-30'), await residents(today)], [undefined, 100, 110]);
    await assert.rejects(server.db.write('system', (tx) => loadUnitAttributes(tx, [row('01', '2026-01-01', Number.NaN)])), RangeError);
  });
});
