import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { actorWith, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { sql } from '#platform/db/sql.ts';
import { ancestorsOf, groupSets, lineage, loadForeignTree, loadGroupSets, loadUnits, otherCodes, shardCodes, unitsOn, unitTiers, type ForeignUnit, type GroupSetGiven } from './index.ts';
import { orgUnits } from './module.ts';
import type { SearchHit, UnitPage, UnitTree } from './schema.ts';

/** A made-up country as a DHIS2 bundle gives one: 13 districts, 150 chiefdoms, 1,170 facilities; facilities first, days with a time. */
function aCountry(): ForeignUnit[] {
  const uid = (letter: string, at: number): string => `${letter}${String(at).padStart(10, '0')}`;
  const day = '1995-04-01T00:00:00.000';
  const districts = Array.from({ length: 13 }, (_, at): ForeignUnit => ({ id: uid('D', at), code: `OU_D${at}`, name: `District ${String.fromCharCode(65 + at)}`, parent: uid('N', 0), openingDate: day }));
  const chiefdoms = Array.from({ length: 150 }, (_, at): ForeignUnit => ({ id: uid('C', at), name: `Chiefdom ${at}`, parent: uid('D', at % 13), openingDate: day }));
  const facilities = Array.from({ length: 1170 }, (_, at): ForeignUnit => ({ id: uid('F', at), name: `Facility ${at}`, shortName: `Fac ${at}`, parent: uid('C', at % 150), openingDate: at % 7 === 0 ? '1970-01-01' : `20${String(at % 20).padStart(2, '0')}-01-01` }));
  return [...facilities, ...chiefdoms, { id: uid('N', 0), code: 'OU_ROOT', name: 'Made-up Land', openingDate: '2000-01-01T00:00:00.000' }, ...districts];
}

let server: TestServer;
const analyst = actorWith(atNation('national-analyst'));
const today = '2026-11-21';
before(async () => {
  server = await testServer([orgUnits], { name: 'ouforeign', fill: async (db) => { await loadUnits(db); } });
  server.setClock(`${today}T03:00:00.000Z`);
});
after(() => server.close());
const ask = <T>(work: Parameters<typeof server.db.read<T>>[1]): Promise<T> => server.db.read(analyst, work);
const load = async (units: readonly ForeignUnit[], options: Parameters<typeof loadForeignTree>[2] = {}) => {
  const report = await loadForeignTree(server.db, units, { on: today, basis: 'made-up bundle', ...options });
  assert.ok(report.ok, JSON.stringify(report));
  return report.value;
};
const get = async <T>(path: string): Promise<T> => {
  const answer = await server.call<T>(analyst, 'GET', path);
  assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body).slice(0, 200)}`);
  return answer.body;
};

describe('a foreign tree of four levels in an otherwise empty folder', () => {
  test('a dry run says what would come and writes nothing', async () => {
    const report = await load(aCountry(), { dryRun: true });
    assert.deepEqual([report.stored, report.counts, report.depth, report.shards.length], [false, { given: 1334, new: 1334, changed: 0, same: 0, closed: 0, refused: 0 }, 4, 13]);
    assert.equal((await ask((tx) => unitsOn(tx, today))).length, 3356);
  });
  test('it takes the place of the built-in tree, once; a start leaves it alone', async () => {
    assert.equal((await load(aCountry(), { tiers: [{ vi: 'Quốc gia', en: 'National' }, { vi: 'Quận', en: 'District' }, { vi: 'Tù trưởng', en: 'Chiefdom' }] })).stored, true);
    const again = await load(aCountry().reverse());
    assert.deepEqual([again.stored, again.counts.same], [false, 1334]);
    assert.equal((await loadUnits(server.db)).loaded, false);
    const rows = await ask((tx) => unitsOn(tx, today));
    assert.deepEqual([1, 2, 3, 4].map((depth) => rows.filter((row) => row.depth === depth).length), [1, 13, 150, 1170]);
    assert.deepEqual(rows.find((row) => row.code === 'F0000000150'), {
      code: 'F0000000150', id: rows.find((row) => row.code === 'F0000000150')?.id, level: 'level-4', depth: 4, kind: 'unit', parent: 'C0000000000', province: '01', nameVi: 'Facility 150' });
  });
  test('every unit knows what lies above it; the nation is 00 and answers to its own id; shards are 00 and 13 more', async () => {
    assert.deepEqual((await ask((tx) => ancestorsOf(tx, today))).get('F0000000014'), ['C0000000014', 'D0000000001', '00']);
    const codes = await ask((tx) => otherCodes(tx, today));
    assert.deepEqual([codes.get('N0000000000'), codes.get('OU_ROOT'), codes.get('OU_D3'), codes.get('04')], ['00', '00', 'D0000000003', 'D0000000003']);
    assert.deepEqual((await ask((tx) => shardCodes(tx))), ['00', ...Array.from({ length: 13 }, (_, at) => String(at + 1).padStart(2, '0'))]);
  });
  test('its tiers bear its own names; one that has none is called by its number', async () => {
    assert.deepEqual((await ask((tx) => unitTiers(tx, today))).map((tier) => tier.name.en), ['National', 'District', 'Chiefdom', 'Level 4']);
  });
  test('its history begins with its oldest unit, not with ours', async () => {
    const then = await ask((tx) => unitsOn(tx, '1980-06-01'));
    assert.ok(then.length > 100 && then.every((row) => row.parent === null || then.some((above) => above.code === row.parent)));
    assert.equal((await get<UnitTree>('/units/tree?asOf=1980-06-01')).asOf, '1980-06-01');
    assert.equal((await server.call(analyst, 'GET', '/units/tree?asOf=1969-12-31')).body['code'], 'day-before-history');
  });
  test('R25: the import has its leaf in the nation’s log', async () => {
    const rows = await server.db.read('system', (tx) => tx.arrays(sql`select count(*)::int from log.leaf where province = '00' and action = 'org-units.tree-imported'`));
    assert.equal(rows[0]?.[0], 1);
  });
});

describe('screens on a foreign tree', () => {
  test('the tree carries what lies deeper than the third tier', async () => {
    const tree = await get<UnitTree>('/units/tree');
    assert.deepEqual([tree.provinces.length, tree.provinces.reduce((sum, one) => sum + one.communes.length, 0), tree.provinces.reduce((sum, one) => sum + (one.deeper?.length ?? 0), 0)], [13, 150, 1170]);
    assert.deepEqual([tree.provinces[0]?.code, tree.provinces[0]?.shard, tree.provinces[0]?.deeper?.[0]?.slice(3)], ['D0000000000', '01', ['C0000000000', 4]]);
    assert.deepEqual([tree.counts.units, tree.counts.communalUnits], [1333, 0]);
  });
  test('a unit of every tier has a page, also by shard and by its other codes', async () => {
    assert.deepEqual((await get<UnitPage>('/units/D0000000002')).communes.length, 12);
    assert.equal((await get<UnitPage>('/units/03')).current.code, 'D0000000002');
    const facility = await get<UnitPage>('/units/F0000000014');
    assert.deepEqual([facility.level, facility.province?.code, facility.above.map((one) => one.code)], ['level-4', 'D0000000001', ['C0000000014', 'D0000000001']]);
    assert.deepEqual((await get<UnitPage>('/units/C0000000014')).communes.length, 8);
    assert.equal((await get<UnitPage>('/units/N0000000000')).level, 'nation');
    assert.equal((await server.call(analyst, 'GET', '/units/zzz')).body['code'], 'unit-unknown');
  });
  test('no steering committee is asked of another country', async () => {
    assert.deepEqual((await get<{ rows: unknown[]; counts: object }>('/steering-committees')).rows, []);
  });
  test('search, counts, changes, offices and the committee board answer', async () => {
    assert.deepEqual((await get<{ hits: SearchHit[] }>('/units/search?q=facility%2014')).hits.slice(0, 1).map((hit) => [hit.code, hit.placeVi]), [['F0000000014', 'Chiefdom 14']]);
    for (const path of ['/units/counts', '/units/changes', '/units/offices?unit=01', '/units/group-sets', '/steering-committees', '/steering-committees/01'])
      assert.equal((await server.call(analyst, 'GET', path)).status, 200, path);
  });
});

const sets: GroupSetGiven[] = [
  { id: 'type', name: { vi: 'Loại', en: 'Type' }, groups: [
    { id: 'clinic', name: { vi: 'Phòng khám', en: 'Clinic' }, units: ['F0000000001', 'F0000000002'] },
    { id: 'hospital', name: { vi: 'Bệnh viện', en: 'Hospital' }, units: ['F0000000002', 'F0000000003', 'gone0000000'] },
  ] },
  { id: 'area', name: { vi: 'Khu vực', en: 'Area' }, inherits: true, groups: [
    { id: 'east', name: { vi: 'Đông', en: 'East' }, units: ['D0000000001', 'OU_D2'] },
    { id: 'west', name: { vi: 'Tây', en: 'West' }, units: [{ code: 'D0000000003', to: '2020-01-01' }, 'F0000000014'] },
  ] },
  { id: 'lone-urban', name: { vi: 'Đô thị', en: 'Urban' }, lone: true, groups: [{ id: 'urban', name: { vi: 'Đô thị', en: 'Urban' }, units: ['N0000000000'] }] },
];

describe('group sets of a bundle', () => {
  const write = (given: readonly GroupSetGiven[]) => server.db.write('system', (tx) => loadGroupSets(tx, given));
  test('a unit in two groups of one set is named with both, and counts in the first only; an unknown member is named; the rest is kept', async () => {
    const report = await write(sets);
    assert.deepEqual([report.sets, report.members, report.changed], [3, 8, true]);
    assert.deepEqual(report.warnings, [
      { code: 'unit-in-two-groups', set: 'type', unit: 'F0000000002', kept: 'clinic', left: 'hospital' }, { code: 'group-member-unknown', set: 'type', group: 'hospital', unit: 'gone0000000' }]);
    assert.equal((await write(sets)).changed, false);
  });
  test('what lies below a member counts with it where the set says so; the nearest member wins; only today’s members count', async () => {
    const [type, area, lone] = await ask((tx) => groupSets(tx, today));
    assert.deepEqual([type?.groupOf.size, area?.groupOf.get('C0000000014'), area?.groupOf.get('F0000000014'), area?.groupOf.get('F0000000164'), area?.groupOf.get('D0000000003')], [3, 'east', 'west', 'east', undefined]);
    assert.equal((await ask((tx) => groupSets(tx, '2019-06-01')))[1]?.groupOf.get('C0000000003'), 'west');
    assert.deepEqual([lone?.lone, [...(lone?.groupOf ?? [])]], [true, [['00', 'urban']]]);
  });
  test('the page of a unit names its groups, one a set', async () => {
    assert.deepEqual((await get<UnitPage>('/units/F0000000001')).groups.map((one) => [one.set, one.group, one.from]), [['type', 'clinic', undefined], ['area', 'east', 'D0000000001']]);
  });
});

describe('another state of the same tree', () => {
  test('a move holds from the day, a name is put right, a unit no longer given is closed, a refused row keeps what was held', async () => {
    const changed = aCountry().flatMap((unit): ForeignUnit[] => {
      if (unit.id === 'C0000000014') return [{ ...unit, parent: 'D0000000005' }];
      if (unit.id === 'F0000000009') return [{ ...unit, name: 'Facility Nine' }];
      if (unit.id === 'F0000000010') return [];
      if (unit.id === 'F0000000011') return [{ ...unit, openingDate: 'unknown' }];
      if (unit.id === 'F0000000012') return [{ ...unit, closedDate: '2026-06-30' }];
      return [unit];
    });
    const report = await load(changed);
    assert.deepEqual([report.stored, report.counts], [true, { given: 1333, new: 0, changed: 10, same: 1321, closed: 2, refused: 1 }]);
    assert.deepEqual(report.rows.find((row) => row.id === 'F0000000014')?.changes, ['place']); // below the chiefdom that moved to another shard
    const province = async (code: string, day: string) => (await ask((tx) => unitsOn(tx, day))).find((row) => row.code === code)?.province;
    assert.deepEqual([await province('F0000000014', '2026-11-20'), await province('F0000000014', today)], ['02', '06']);
    assert.deepEqual([await province('F0000000010', '2026-11-20'), await province('F0000000010', today), await province('F0000000011', today), await province('F0000000012', '2026-07-01')], ['11', undefined, '12', undefined]);
    assert.deepEqual(await ask(async (tx) => (await lineage(tx)).fate('F0000000014', '2026-11-20', today)), { kind: 'whole', code: 'F0000000014', change: 'same' });
    assert.deepEqual(await ask(async (tx) => (await lineage(tx)).fate('F0000000010', '2026-11-20', today)), { kind: 'none' });
    const again = await load(changed);
    assert.deepEqual([again.stored, again.counts.same, again.counts.closed], [false, 1332, 0]);
  });
  test('the tree of another country is refused', async () => {
    const other = await loadForeignTree(server.db, [{ id: 'elsewhere', name: 'Elsewhere', openingDate: '2000-01-01' }]);
    assert.deepEqual(other, { ok: false, problem: { code: 'tree-other-root', root: 'elsewhere', held: 'N0000000000' } });
  });
});

test('a register in which something was recorded is not replaced', async () => {
  const used = await testServer([orgUnits], { name: 'ouforeign', fill: async (db) => { await loadUnits(db); } });
  try {
    const body = { decisionNumber: '1/QĐ', decidedOn: '2025-10-20', signerPost: 'Chủ tịch', documentHash: null, documentUrl: null, meetings: [], baseRevision: 0, seats: [{ role: 'chair', office: 'UBND:04', post: 'Chủ tịch', holder: null }] };
    assert.equal((await used.call(actorWith(atProvince('province-leader', '04')), 'PUT', '/steering-committees/04', body)).status, 200);
    assert.deepEqual(await loadForeignTree(used.db, aCountry()), { ok: false, problem: { code: 'register-in-use', committees: 1 } });
  } finally {
    await used.close();
  }
});
