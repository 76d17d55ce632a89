import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { demonstrateMerger, demonstrationMerger, findOffice, getUnit, groupSets, lineage, loadSyntheticResidents, loadUnits, mergeUnits, syntheticResidents, unitAttributes, unitsOn, type Merger } from './index.ts';
import { editionOfFiles } from './load.ts';
import { orgUnits } from './module.ts';

let server: TestServer;
before(async () => {
  server = await testServer([orgUnits], { name: `ou${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
});
after(() => server.close());
const ask = <T>(work: Parameters<typeof server.db.read<T>>[1]): Promise<T> => server.db.read('system', work);
const merge = (merger: Merger) => server.db.write('system', (tx) => mergeUnits(tx, merger));
const aMerger = (changes: Partial<Merger> = {}): Merger => ({ from: ['01273', '01288'], into: { code: '01273', nameVi: 'Phường Thử Nghiệm', kind: 'ward' }, on: '2026-03-01', basis: 'synthetic', certainty: 'U', ...changes });

describe('a merger recorded after the edition', () => {
  before(async () => {
    const [one, two] = (await ask((tx) => unitsOn(tx, '2026-02-28'))).filter((unit) => unit.parent === '04').map((unit) => unit.code);
    assert.deepEqual([one, two], ['01273', '01279']);
  });
  const merger = aMerger({ from: ['01273', '01279'] });
  test('what cannot be is refused, each with its reason', async () => {
    for (const [changes, code] of [
      [{ from: ['01273', '01273'] }, 'merger-too-few'], [{ from: ['01273', '99999'] }, 'merger-unit-not-open'], [{ from: ['01273', '00004'] }, 'merger-apart'],
      [{ from: ['01', '04'] }, 'merger-of-provinces'], [{ from: ['01273', '01279'], into: { code: '00004', nameVi: 'x', kind: 'ward' } }, 'merger-code-taken'],
    ] as const) {
      const done = await merge(aMerger(changes));
      assert.equal(done.ok ? 'done' : done.problem.code, code);
    }
  });
  test('the former units end and the new one begins, whole, with its offices; figures of before lead to it and not back', async () => {
    assert.equal((await merge(merger)).ok, true);
    assert.equal((await ask((tx) => unitsOn(tx, '2026-02-28'))).length - (await ask((tx) => unitsOn(tx, '2026-03-01'))).length, 1);
    const fate = (code: string, from: string, to: string) => ask(async (tx) => (await lineage(tx)).fate(code, from, to));
    assert.deepEqual(await fate('01279', '2026-02-28', '2026-11-21'), { kind: 'whole', code: '01273', change: 'merged' });
    assert.deepEqual(await fate('01273', '2026-02-28', '2026-11-21'), { kind: 'whole', code: '01273', change: 'merged' });
    assert.deepEqual(await fate('01273', '2026-11-21', '2026-02-28'), { kind: 'part', codes: ['01273', '01279'], within: '04' });
    const unit = await ask((tx) => getUnit(tx, '01273', '2026-03-01'));
    assert.equal(unit.ok && unit.value.nameVi, 'Phường Thử Nghiệm');
    assert.match(String((await ask((tx) => findOffice(tx, 'UBND:04:01273', '2026-03-01')))?.nameVi), /phường Thử Nghiệm$/u);
    assert.equal(await ask((tx) => findOffice(tx, 'UBND:04:01279', '2026-03-01')), undefined);
    assert.equal((await ask((tx) => groupSets(tx, '2026-03-01'))).find((set) => set.id === 'region')?.groupOf.get('01273'), 'northern-midlands-mountains');
  });
  test('the same merger again changes nothing, and a load of another edition keeps it', async () => {
    const versions = () => ask((tx) => tx.arrays(sql`select unit_id, valid_from, valid_to, name_vi from org_units.unit_version order by 1, 2`));
    const had = await versions();
    assert.equal((await merge(merger)).ok, true);
    assert.equal((await loadUnits(server.db)).loaded, false);
    await server.db.write('system', (tx) => tx.run(sql`update org_units.edition set digest = 'another'`));
    assert.equal((await loadUnits(server.db)).loaded, true);
    assert.deepEqual(await versions(), had);
  });
  test('R25: a merger has its leaf in the nation’s log', async () => {
    assert.equal((await ask((tx) => tx.arrays(sql`select count(*)::int from log.leaf where province = '00' and action = 'org-units.units-merged'`)))[0]?.[0], 1);
  });
});

describe('the merger of the demonstration', () => {
  test('a real merger is held back: its communes stay until the day, then one; today is the real map; the register says that it is made up; another edition keeps it', async () => {
    const [one, two] = demonstrationMerger.from;
    const communes = (day: string) => ask(async (tx) => (await unitsOn(tx, day)).filter((unit) => unit.level === 'commune'));
    const named = async (day: string, code: string) => (await communes(day)).find((unit) => unit.code === code)?.nameVi;
    const had = (await communes('2026-11-21')).map((unit) => `${unit.id} ${unit.code} ${unit.nameVi}`);
    const hold = (day: string): Promise<boolean> => server.db.write('system', (tx) => demonstrateMerger(tx, day, '2026-11-21T00:00:00.000Z'));
    assert.deepEqual([await hold('2025-06-15'), await hold('2026-02-15')], [false, true]);
    for (let round = 0; round < 2; round += 1) {
      assert.deepEqual((await communes('2026-11-21')).map((unit) => `${unit.id} ${unit.code} ${unit.nameVi}`), had);
      assert.deepEqual([await named('2026-02-14', one), await named('2026-02-14', two), await named('2026-02-15', one), await named('2026-02-15', two)], ['Xã Tản Lĩnh', 'Xã Ba Trại', 'Xã Suối Hai', undefined]);
      assert.equal((await communes('2026-02-14')).length, (await communes('2026-02-15')).length + 1);
      const fates = await ask(async (tx) => (await lineage(tx)).between('2026-02-14', '2026-11-21'));
      assert.deepEqual([fates.get(one), fates.get(two)], [{ kind: 'whole', code: one, change: 'merged' }, { kind: 'whole', code: one, change: 'merged' }]);
      assert.equal((await ask((tx) => findOffice(tx, `UBND:01:${two}`, '2026-02-14')))?.commune, two);
      assert.equal(await ask((tx) => findOffice(tx, `UBND:01:${two}`, '2026-02-15')), undefined);
      const unit = await ask((tx) => getUnit(tx, one, '2026-11-21'));
      assert.match(unit.ok ? `${unit.value.basis} ${unit.value.certainty}` : '', /^synthetic \(demonstration\); in truth from 2025-07-01.* U$/u);
      await server.db.write('system', (tx) => tx.run(sql`update org_units.edition set digest = 'one more'`));
      assert.equal((await loadUnits(server.db)).loaded, true);
    }
  });
  test('residents of before are the parts, of after the whole', async () => {
    await server.db.write('system', (tx) => loadSyntheticResidents(tx, '2026-11-21', { merger: { ...demonstrationMerger, on: '2026-02-15' } }));
    const on = async (day: string, code: string): Promise<number> => (await ask((tx) => unitAttributes(tx, day))).get(code)?.['residents']?.value ?? -1;
    const [one, two] = demonstrationMerger.from;
    assert.equal(await on('2026-02-14', one) + await on('2026-02-14', two), await on('2026-02-15', one));
    assert.equal(await on('2026-02-15', one), syntheticResidents(one, 'commune'));
  });
});

describe('residents of the demonstration', () => {
  test('are synthetic and say so, the same each time, and provinces are the sum of their communes', async () => {
    assert.equal(syntheticResidents('00004', 'ward'), syntheticResidents('00004', 'ward'));
    await server.db.write('system', (tx) => loadSyntheticResidents(tx, '2026-11-21'));
    const [units, numbers] = [await ask((tx) => unitsOn(tx, '2026-11-21')), await ask((tx) => unitAttributes(tx, '2026-11-21'))];
    const of = (code: string): number => numbers.get(code)?.['residents']?.value ?? -1;
    assert.equal(units.filter((unit) => unit.parent === '04').reduce((sum, unit) => sum + of(unit.code), 0), of('04'));
    assert.ok(of('00') > 80_000_000 && of('00') < 130_000_000, String(of('00')));
    assert.equal(numbers.get('00004')?.['residents']?.certainty, 'synthetic');
  });
});
