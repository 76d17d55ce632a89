import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { actorWith, atNation, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { unitsCommand } from './cli.ts';
import { loadUnits } from './index.ts';
import { editionOfFiles } from './load.ts';
import { orgUnits } from './module.ts';
import type { SearchHit, UnitTree } from './schema.ts';

let server: TestServer;
let folder: string;
before(async () => {
  server = await testServer([orgUnits], { name: `ou${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
  folder = await mkdtemp(join(tmpdir(), 'sauro-units-'));
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function run(...args: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const exit = await unitsCommand(args, { stdout: (text) => { out += text; }, stderr: (text) => { err += text; } }, server.db, '2026-11-21');
  return { exit, out, err };
}
const file = async (text: string): Promise<string> => {
  const path = join(folder, `${Math.random()}.json`);
  await writeFile(path, text);
  return path;
};

describe('sauro units list', () => {
  test('prints counts, provinces and communes of today; one province when asked', async () => {
    const { exit, out } = await run('list', '--province', '12', '--lang', 'vi');
    assert.equal(exit, 0);
    assert.match(out, /34 đơn vị cấp tỉnh \(25 tỉnh, 9 thành phố\); 3321 đơn vị cấp xã/u);
    assert.equal(out.match(/^ {2}\d{5} /gmu)?.length, 38);
  });
  test('--json --as-of gives the tree of that day for another program', async () => {
    const { exit, out } = await run('list', '--json', '--as-of', '2025-07-01');
    const tree: UnitTree = JSON.parse(out);
    assert.deepEqual([exit, tree.asOf, tree.counts.communes, tree.counts.wards], [0, '2025-07-01', 2621, 687]);
  });
  test('refuses a day before history, a day that is none, a code that is none: exit 1 and a sentence in both languages', async () => {
    for (const args of [['list', '--as-of', '2020-01-01'], ['list', '--as-of', '31/12/2025'], ['list', '--province', '99'], ['list', '--province', 'x']]) {
      const { exit, out, err } = await run(...args);
      assert.deepEqual([exit, out], [1, '']);
      assert.match(err, /\S.* \/ .*\S/u);
    }
    assert.deepEqual(JSON.parse((await run('list', '--province', '02', '--json')).out).problem.code, 'unit-not-on-day');
  });
});

describe('sauro units search', () => {
  test('finds without accents, and tells what a former unit is today', async () => {
    const { exit, out } = await run('search', 'ha', 'giang');
    assert.equal(exit, 0);
    assert.match(out.split('\n')[0] ?? '', /^02 +Tỉnh Hà Giang \(→ 08\)/u);
    const hits: { hits: SearchHit[] } = JSON.parse((await run('search', 'Hoàng Sa', '--json')).out);
    assert.equal(hits.hits[0]?.code, '20333');
  });
});

describe('sauro units import-boundaries', () => {
  const ring = (x: number, y: number) => [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y]]];
  const provinces = (codes: readonly string[]): string => JSON.stringify({
    type: 'FeatureCollection', features: codes.map((code, at) => ({ type: 'Feature', properties: { ma_tinh: code }, geometry: { type: 'Polygon', coordinates: ring(104 + at * 0.2, 20) } })),
  });
  test('stores what joins, warns of what is missing, and the map is served', async () => {
    const path = await file(provinces(['01', '04', '08']));
    const { exit, out, err } = await run('import-boundaries', path);
    assert.equal(exit, 0);
    assert.match(out, /3 đơn vị .* \/ .*3 units/u);
    assert.match(err, /31 đơn vị không có ranh giới/u);
    assert.match(err, /Hoàng Sa/u);
    const served = await server.call<{ objects: { units: { geometries: { id: string }[] } } }>(actorWith(atNation('auditor')), 'GET', '/units/boundaries/province');
    assert.deepEqual(served.body.objects.units.geometries.map((geometry) => geometry.id), ['01', '04', '08']);
  });
  test('exit 3 when the file cannot be read, 1 when it cannot be joined', async () => {
    assert.equal((await run('import-boundaries', join(folder, 'nowhere.json'))).exit, 3);
    assert.equal((await run('import-boundaries', await file('no json'))).exit, 3);
    assert.equal((await run('import-boundaries', folder)).exit, 3);
    assert.equal((await run('import-boundaries', await file(provinces(['AA', 'BB'])))).exit, 1);
  });
});

describe('help and wrong use', () => {
  test('--help is in both languages and exits 0; anything else wrong exits 2 with the help', async () => {
    const { exit, out } = await run('--help');
    assert.equal(exit, 0);
    assert.match(out, /liệt kê đơn vị.*list units/su);
    for (const args of [[], ['lst'], ['search'], ['import-boundaries'], ['import-boundaries', 'a', 'b'], ['list', '--nope'], ['list', '--lang', 'fr'], ['list', 'x']]) {
      const answer = await run(...args);
      assert.equal(answer.exit, 2, args.join(' '));
      assert.match(answer.err === '' ? answer.out : answer.err, /sauro units list/u);
    }
  });
});
