import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { buildUnits } from './build.ts';
import { settleChanges } from './changes.ts';
import type { UnitTree, UnitVersion } from '../model.ts';
import { readSources, type Change, type Sources } from './sources.ts';
import { countKinds, holdsOn } from '../rules.ts';
import { islandTiles, tiles } from '../schema.ts';

let sources: Sources;
let tree: UnitTree;
before(() => {
  sources = readSources();
  tree = buildUnits(sources);
});

const on = (day: string): UnitVersion[] => tree.versions.filter((version) => holdsOn(version, day));
const unitOn = (day: string, code: string): UnitVersion => {
  const found = on(day).filter((version) => version.code === code);
  assert.equal(found.length, 1, `${code} on ${day}`);
  const [unit] = found;
  assert.ok(unit);
  return unit;
};

describe('counts of kinds are those of the official texts, computed', () => {
  for (const [day, provinces, cities, communes, wards, specialZones] of [
    ['2025-07-01', 28, 6, 2621, 687, 13],
    ['2026-04-29', 28, 6, 2621, 687, 13],
    ['2026-04-30', 27, 7, 2611, 697, 13],
    ['2026-09-01', 26, 8, 2611, 697, 13],
    ['2026-09-20', 25, 9, 2599, 709, 13],
  ] as const) test(`on ${day}: ${provinces} + ${cities} provincial, ${communes} + ${wards} + ${specialZones} communal`, () => {
    const counts = countKinds(on(day).map((version) => version.kind));
    assert.deepEqual(counts, {
      provinces, cities, provincialUnits: 34, communes, wards, specialZones, communalUnits: 3321, townships: 0, islandDistricts: 0,
    });
  });
  test('before the reform: 63 provincial units, 10,035 communes, wards and townships, 5 island districts without communes', () => {
    const counts = countKinds(on('2025-06-30').map((version) => version.kind));
    assert.deepEqual([counts.provinces, counts.cities, counts.communalUnits, counts.islandDistricts], [57, 6, 10_035, 5]);
  });
});

describe('the tree', () => {
  test('each unit has a parent that holds on each of its days, and codes are unique on a day', () => {
    for (const day of ['2025-01-01', '2025-06-30', '2025-07-01', '2026-04-30', '2026-11-21']) {
      const then = on(day);
      const ids = new Set(then.map((version) => version.unitId));
      assert.equal(new Set(then.map((version) => version.code)).size, then.length, `codes on ${day}`);
      assert.equal(ids.size, then.length, `ids on ${day}`);
      for (const version of then) assert.ok(version.level === 'nation' ? version.parentId === null : ids.has(version.parentId ?? ''), version.nameVi);
    }
  });
  test('a change of kind keeps the unit: Đồng Nai and its ward Nhơn Trạch are the same units before and after', () => {
    assert.equal(unitOn('2026-04-29', '75').nameVi, 'Tỉnh Đồng Nai');
    assert.equal(unitOn('2026-04-30', '75').nameVi, 'Thành phố Đồng Nai');
    for (const code of ['75', '26485']) assert.equal(unitOn('2026-04-29', code).unitId, unitOn('2026-04-30', code).unitId);
  });
  test('a merger makes a new unit even where the code is used again', () => {
    assert.notEqual(unitOn('2025-06-30', '08').unitId, unitOn('2025-07-01', '08').unitId);
    const origins = tree.links.filter((link) => link.to === unitOn('2025-07-01', '08').unitId).map((link) => link.from);
    assert.deepEqual(new Set(origins), new Set([unitOn('2025-06-30', '02').unitId, unitOn('2025-06-30', '08').unitId]));
  });
  test('a province that nothing was added to goes on as the same unit: 11 of them; 52 went into 23', () => {
    const before = on('2025-06-30').filter((version) => version.level === 'province');
    const after = new Set(on('2025-07-01').filter((version) => version.level === 'province').map((version) => version.unitId));
    assert.equal(before.filter((version) => after.has(version.unitId)).length, 11);
    const links = tree.links.filter((link) => before.some((version) => version.unitId === link.from));
    assert.deepEqual([links.length, new Set(links.map((link) => link.to)).size], [52, 23]);
  });
  test('each of the 3,321 communes has a past, and each former commune a future', () => {
    const before = on('2025-06-30').filter((version) => version.level === 'commune').map((version) => version.unitId);
    const after = on('2025-07-01').filter((version) => version.level === 'commune').map((version) => version.unitId);
    const had = new Set([...tree.links.map((link) => link.to), ...before]);
    const became = new Set([...tree.links.map((link) => link.from), ...after]);
    assert.deepEqual(after.filter((id) => !had.has(id)), []);
    assert.deepEqual(before.filter((id) => !became.has(id)), []);
  });
  test('former communes lie in their former province, and go only into communes of the province it went into', () => {
    const before = new Map(on('2025-06-30').map((version) => [version.unitId, version]));
    const after = new Map(on('2025-07-01').map((version) => [version.unitId, version]));
    const into = new Map(sources.provinces.flatMap((one) => one.formedFrom.map((from) => [from, one.code] as const)));
    for (const link of tree.links) {
      const [from, to] = [before.get(link.from), after.get(link.to)];
      assert.ok(from && to);
      if (from.level === 'commune') assert.equal(into.get(from.province), to.province, `${from.nameVi} (${from.province}) > ${to.nameVi} (${to.province})`);
    }
  });
  test('former provinces have the code ranges of their communes: no commune stands in another province’s range', () => {
    const communes = on('2025-06-30').filter((version) => version.kind !== 'island-district' && version.level === 'commune' && version.province !== '01')
      .sort((a, b) => (a.code < b.code ? -1 : 1));
    const runs = communes.filter((version, at) => version.province !== communes[at - 1]?.province).map((version) => version.province);
    assert.ok(runs.length <= 75, `${runs.length} runs of neighbouring codes for 62 provinces`);
  });
  test('identifiers are the same on every machine and every build', () => {
    assert.deepEqual(buildUnits(sources).units, tree.units);
    assert.equal(unitOn('2026-11-21', '00004').unitId, buildUnits(sources).versions.find((version) => version.code === '00004' && version.validTo === null)?.unitId);
  });
  test('identifiers are UUIDs and have not changed since the first release', () => {
    for (const unit of tree.units) assert.match(unit.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    assert.deepEqual([unitOn('2026-11-21', '00004').unitId, unitOn('2026-11-21', '01').unitId], ['974587ba-86a2-4b81-a37e-934079edc0d1', '4b3ab2a0-47eb-4e9b-9bed-ab4f63f03d09']);
  });
  test('every row of the old-to-new list is accounted for', () => {
    const { read, communes, parts, olderNames, repeated, withoutName, unclear } = tree.account;
    assert.equal(read, 10_977);
    assert.equal(communes + parts + olderNames + repeated + withoutName + unclear.length, read);
    assert.equal(unclear.length, 0);
  });
});

describe('corrections of the source', () => {
  test('all names are composed, with plain apostrophes and with their kind', () => {
    for (const version of tree.versions) {
      assert.equal(version.nameVi, version.nameVi.normalize('NFC'));
      assert.doesNotMatch(version.nameVi, /[’‘]|\s{2}|^\s|\s$/u);
    }
    assert.equal(unitOn('2025-07-01', '04').nameVi, 'Tỉnh Cao Bằng');
  });
  test('Ia Mơ has its own code; the wrong one leads nowhere today', () => {
    assert.equal(unitOn('2026-11-21', '23938').nameVi, 'Xã Ia Mơ');
    assert.equal(on('2026-11-21').some((version) => version.code === '23737'), false);
  });
  test('Ba Chẽ is found under both codes', () => {
    const unit = unitOn('2026-11-21', '06970');
    assert.ok(tree.aliases.some((alias) => alias.kind === 'code' && alias.text === '06978' && alias.unitId === unit.unitId));
  });
  test('Hoàng Sa and Trường Sa are special zones of Đà Nẵng and Khánh Hòa, and have tiles', () => {
    for (const tile of islandTiles) {
      const unit = unitOn('2026-11-21', tile.code);
      assert.deepEqual([unit.kind, unit.province, unit.nameVi], ['special-zone', tile.province, tile.nameVi]);
    }
  });
});

describe('the tile map', () => {
  test('has the 34 provinces of today once each, and no two tiles on one cell', () => {
    assert.deepEqual(tiles.map((tile) => tile.code).sort(), on('2026-11-21').filter((version) => version.level === 'province').map((version) => version.code).sort());
    const cells = [...tiles, ...islandTiles].flatMap((tile) => Array.from({ length: tile.span }, (_, at) => `${tile.row}/${tile.column + at}`));
    assert.equal(new Set(cells).size, cells.length);
  });
});

describe('a later certain source replaces an uncertain row by data', () => {
  const uncertain = (): Change => {
    const row = sources.changes.find((change) => change.change === 'quang-ninh-city');
    assert.ok(row);
    assert.equal(row.certainty, 'U');
    return row;
  };
  const withRow = (row: Change): UnitTree => buildUnits({ ...sources, changes: [...sources.changes, row] });
  const quangNinh = (built: UnitTree, day: string) => built.versions.find((version) => version.code === '22' && holdsOn(version, day))?.kind;

  test('with another day: the certain day holds', () => {
    const built = withRow({ ...uncertain(), certainty: 'P', effectiveOn: '2026-10-01', basis: 'gazette', recordedOn: '2026-12-01' });
    assert.deepEqual(['2026-09-15', '2026-10-01'].map((day) => quangNinh(built, day)), ['province', 'city']);
  });
  test('with "not made": the change never happened', () => {
    const built = withRow({ ...uncertain(), certainty: 'S', made: false, recordedOn: '2026-12-01' });
    assert.equal(quangNinh(built, '2026-11-21'), 'province');
  });
  test('an uncertain row never replaces a certain one, however late it comes; among equals the later one counts', () => {
    const sure = { ...uncertain(), certainty: 'S', recordedOn: '2026-01-01' } as const;
    const late = { ...uncertain(), effectiveOn: '2027-01-01', recordedOn: '2027-01-01' } as const;
    assert.deepEqual(settleChanges([late, sure]), [sure]);
    assert.deepEqual(settleChanges([sure, late]), [sure]);
    assert.deepEqual(settleChanges([uncertain(), late]), [late]);
  });
  test('a change of a unit that does not exist is a fault of the data, told by its code', () => {
    assert.throws(() => withRow({ ...uncertain(), code: '99', change: 'nowhere' }), /99 2026-09-01/u);
  });
});
