import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { placeTones } from '#kernel/fold.ts';
import { buildUnits } from './load/build.ts';
import type { UnitTree } from './model.ts';
import { buildOffices } from './offices.ts';
import { agencyRegistry } from './registry/index.ts';
import { searchEntries } from './search-entries.ts';
import { indexNames, searchNames, type SearchIndex } from './search.ts';
import type { SearchHit } from './schema.ts';

let index: SearchIndex;
let tree: UnitTree;
before(() => {
  tree = buildUnits();
  index = indexNames(searchEntries({ ...tree, offices: buildOffices(tree.versions, agencyRegistry) }));
});
const asOf = '2026-11-21';
const find = (typed: string, limit = 20): SearchHit[] => searchNames(index, typed, { asOf, limit });
const names = (typed: string, limit = 20): string[] => find(typed, limit).map((hit) => hit.nameVi);

describe('what is typed finds what is meant', () => {
  for (const [typed, code] of [
    ['Hà Nội', '01'], ['ha noi', '01'], ['hanoi', '01'], ['HN', '01'], ['TP.HCM', '79'], ['TPHCM', '79'], ['tp hcm', '79'], ['sai gon', '79'], ['thanh pho ho chi minh', '79'],
    ['Thanh Hoá', '38'], ['Thanh Hóa', '38'], ['thanh hoa', '38'], ['THANH HOÁ', '38'], ['Đăk Lăk', '66'], ['daklak', '66'], ['đồng nai', '75'], ['tỉnh Đồng Nai', '75'],
    ['00004', '00004'], ['ba dinh', '00004'], ['p. ba đình', '00004'], ['phường Ba Đình, TP. Hà Nội', '00004'], ['ba đình hà nội', '00004'], ['Hoàng Sa', '20333'], ['hoang sa', '20333'],
    ['tr sa', '22736'], ['Đặc khu Trường Sa', '22736'], ['06978', '06970'], ['ea hleo', '24184'], ["Ea H'Leo", '24184'], ['Ea H’Leo', '24184'], ['BCA', 'BCA'], ['bo cong an', 'BCA'],
    ['Ministry of Public Security', 'BCA'], ['UBND:01', 'UBND:01'], ['sở y tế hà nội', 'SYT:01'], ['cong an tinh cao bang', 'CA:04'], ['UBND Cao Bằng', 'UBND:04'],
    ['UBND phường Ba Đình', '00004'], ['công an xã Ia Mơ', '23938'],
  ] as const) test(`"${typed}" finds ${code} first`, () => assert.equal(find(typed)[0]?.code, code, names(typed).slice(0, 4).join(' | ')));

  test('decomposed letters and both places of the tone give the same answers, for every kind of name', () => {
    const current = tree.versions.filter((version) => version.validTo === null && version.level === 'commune');
    fc.assert(fc.property(fc.constantFrom(...current), (version) => {
      const answers = [version.nameVi, version.nameVi.normalize('NFD'), placeTones(version.nameVi, 'hoà'), version.nameVi.toUpperCase()].map((typed) => find(typed, 100));
      for (const answer of answers) {
        assert.ok(answer.some((hit) => hit.code === version.code), version.nameVi);
        assert.deepEqual(answer.map((hit) => hit.code), answers[0]?.map((hit) => hit.code));
      }
    }), { numRuns: 40 });
  });
});

describe('order of answers', () => {
  test('exact before prefix before inside, and a province before a commune of that name', () => {
    const hits = find('hoa', 100);
    const rank = { code: 0, exact: 1, prefix: 2, inside: 3 };
    assert.deepEqual(hits.map((hit) => rank[hit.match]), hits.map((hit) => rank[hit.match]).sort());
    assert.deepEqual(find('Lai Châu').slice(0, 1).map((hit) => hit.level), ['province']);
  });
  test('typed accents are believed: "Hòa An" before "Hoa An"; missing accents find both', () => {
    const position = (typed: string, name: string): number => names(typed, 100).indexOf(name);
    assert.match(names('Tân Sơn')[0] ?? '', /Tân Sơn$/u);
    assert.ok(position('tan son', 'Phường Tân Sơn') >= 0 && position('tan son', 'Xã Tân Sơn') >= 0);
  });
  test('"Hoàng Sa" stays whole: it is not the Hoa of Hòa, and no answer lies between its letters', () => {
    assert.deepEqual(find('Hoàng Sa').slice(0, 1).map((hit) => [hit.code, hit.match]), [['20333', 'exact']]);
    assert.equal(find('hoà').some((hit) => hit.code === '20333' && hit.match === 'exact'), false);
  });
  test('a kind that is typed counts: "xã Tân Phú" gives communes before wards', () => {
    const kindsOf = (typed: string) => find(typed, 100).filter((hit) => hit.match === 'exact' && hit.validTo === null).map((hit) => hit.unitKind);
    assert.equal(kindsOf('xã Tân Sơn')[0], 'commune');
    assert.equal(kindsOf('phường Tân Sơn')[0], 'ward');
  });
});

describe('units that are gone', () => {
  test('a former province is found, with what it is today', () => assert.deepEqual(find('Hà Giang').slice(0, 1).map((hit) => [hit.code, hit.level, hit.nowCodes]), [['02', 'province', ['08']]]));
  test('a former ward is told from its namesakes by district and province', () => {
    const hit = find('Phường Bến Nghé, Quận 1')[0];
    assert.deepEqual([hit?.nameVi, hit?.placeVi, hit?.nowCodes], ['Phường Bến Nghé', 'Quận 1, Hồ Chí Minh', ['26740']]);
  });
  test('a name that ended before our history leads to the unit it is part of', () => {
    const hit = find('Phường Nguyễn Trung Trực, Ba Đình').find((one) => one.placeVi.startsWith('Quận Ba Đình'));
    assert.deepEqual(hit?.nowCodes, ['00004']);
  });
  test('they are left out when only units of the day are wanted', () => {
    assert.deepEqual(searchNames(index, 'Hà Giang', { asOf, former: false }).filter((hit) => hit.code === '02'), []);
  });
  test('on a day before the reform they are not former', () => assert.equal(searchNames(index, 'Hà Giang', { asOf: '2025-06-01', former: false })[0]?.code, '02'));
});

describe('bad input', () => {
  test('nothing but signs finds nothing and breaks nothing', () => {
    for (const typed of ['', '   ', '!!!', '\u202e', "'; drop table --", '%', '\\', '*'.repeat(500), 'a'.repeat(5000), '😀']) assert.ok(Array.isArray(find(typed)));
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (typed) => Array.isArray(find(typed))), { numRuns: 50 });
  });
});
