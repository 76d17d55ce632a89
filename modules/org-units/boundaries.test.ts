import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { crossesItself, readBoundaries, readForeignBoundaries, type KnownCodes } from './boundaries.ts';
import { readShapes, type Point } from './boundary-shapes.ts';

const known: KnownCodes = { province: new Set(['01', '48', '56']), commune: new Set(['00004', '00008', '06970', '20333', '22736']), aliases: new Map([['06978', '06970']]) };
const square = (x: number, y: number, size = 0.5): number[][] => [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]];
const feature = (properties: Record<string, unknown>, ...rings: number[][][]) => ({ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) } });
const collection = (...features: object[]): string => JSON.stringify({ type: 'FeatureCollection', features });
const provinces = (): string => collection(
  feature({ ma: 1, ten: 'Hà Nội' }, square(105.5, 20.8)), feature({ ma: 48, ten: 'Đà Nẵng' }, square(108, 15.8), square(111.5, 16.2)),
  feature({ ma: '56', ten: 'Khánh Hòa' }, square(109, 12), square(114, 9)));
const read = (text: string) => {
  const answer = readBoundaries(text, known);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
};

describe('a file of boundaries', () => {
  test('is joined on the official code, found by itself, with lost leading zeros put back', () => {
    const { report, topology } = read(provinces());
    assert.deepEqual(report, { level: 'province', shapes: 3, joined: 3, points: 25, warnings: [] });
    assert.deepEqual(readShapes(topology)?.map((shape) => shape.properties['id']), ['01', '48', '56']);
  });
  test('comes back from the stored topology as it was, to about ten metres', () => {
    const back = readShapes(read(provinces()).topology)?.[1]?.polygons[1]?.[0];
    assert.deepEqual(back?.map((point) => point.map((value) => Math.round(value * 1000) / 1000)), square(111.5, 16.2));
  });
  test('in TopoJSON with shared and turned arcs gives the same polygons', () => {
    const topology = JSON.stringify({
      type: 'Topology', transform: { scale: [0.5, 0.5], translate: [105, 20] },
      arcs: [[[0, 0], [0, 1]], [[0, 1], [-1, 0], [0, -1], [1, 0]], [[0, 0], [1, 0], [0, 1], [-1, 0]]],
      objects: { x: { type: 'GeometryCollection', geometries: [
        { type: 'Polygon', arcs: [[0, 1]], properties: { c: '00004', p: '01' } }, { type: 'Polygon', arcs: [[2, -1]], properties: { c: '00008', p: '01' } }] } },
    });
    const shapes = readShapes(topology);
    assert.deepEqual(shapes?.map((shape) => shape.polygons[0]?.[0]), [
      [[105, 20], [105, 20.5], [104.5, 20.5], [104.5, 20], [105, 20]], [[105, 20], [105.5, 20], [105.5, 20.5], [105, 20.5], [105, 20]]]);
    assert.equal(read(topology).report.level, 'commune');
  });
  test('without Hoàng Sa or Trường Sa is taken with a warning not to publish it', () => {
    const { report } = read(collection(feature({ ma: '01' }, square(105.5, 20.8)), feature({ ma: '48' }, square(108, 15.8))));
    assert.deepEqual(report.warnings.map((warning) => [warning.code, warning.codes]), [['missing-units', ['56']], ['no-hoang-sa', []], ['no-truong-sa', []]]);
  });
  test('with a ring that crosses itself is taken, and the unit named', () => {
    const bow = [[105, 20], [106, 21], [106, 20], [105, 21], [105, 20]];
    const warning = read(collection(feature({ ma: '01' }, bow), feature({ ma: '48' }, square(111.5, 16.2)))).report.warnings.find((one) => one.code === 'self-intersections');
    assert.deepEqual(warning, { code: 'self-intersections', count: 1, codes: ['01'] });
  });
  test('with codes no longer in use keeps the others', () => {
    const { report } = read(collection(feature({ ma: '01' }, square(105, 20)), feature({ ma: '48' }, square(108, 16)), feature({ ma: '02' }, square(104, 22))));
    assert.deepEqual([report.joined, report.warnings.find((one) => one.code === 'unknown-codes')?.codes], [2, ['02']]);
  });
});

test('of another country, several tiers side by side lie anywhere on earth and are joined by the ids of its system', () => {
  const abroad: KnownCodes = { province: new Set(['distAAAAAAA', 'distBAAAAAA']), commune: new Set(['chieAAAAAAA', 'chieBAAAAAA', 'chieCAAAAAA']), aliases: new Map([['OU_1', 'distBAAAAAA'], ['02', 'distAAAAAAA'], ['03', 'distBAAAAAA']]) };
  const file = JSON.stringify({ type: 'FeatureCollection', features: [
    { ...feature({ name: 'A', level: 2 }, square(-12, 8)), id: 'distAAAAAAA' }, { ...feature({ code: 'OU_1', level: 2 }, square(-11, 8)), id: 'distBAAAAAA' },
    ...['A', 'B', 'C'].map((name) => ({ ...feature({ name, level: 3 }, square(-12, 8, 0.1)), id: `chie${name}AAAAAA` })),
    { type: 'Feature', id: 'faciAAAAAAA', properties: {}, geometry: { type: 'Point', coordinates: [-12, 8] } }] });
  const answer = readForeignBoundaries(file, abroad);
  assert.ok(answer.ok);
  assert.deepEqual(answer.value.map(({ report }) => [report.level, report.joined, report.warnings]), [['province', 2, []], ['commune', 3, []]]);
  assert.deepEqual(readShapes(answer.value[0]?.topology ?? '')?.[0]?.polygons[0]?.[0]?.map((point) => point.map((at) => Math.round(at * 1000) / 1000)), square(-12, 8));
  assert.deepEqual(readForeignBoundaries(collection(feature({ id: 'distAAAAAAA' }, square(580_000, 2_300_000))), abroad), { ok: false, problem: { code: 'boundaries-coordinates-strange' } });
});

describe('a file that is no boundaries', () => {
  for (const [what, text, code] of [
    ['not JSON', 'PK\u0003\u0004', 'boundaries-unreadable'], ['empty', '', 'boundaries-unreadable'], ['another JSON', '{"a":1}', 'boundaries-unreadable'], ['a list', '[]', 'boundaries-unreadable'],
    ['no features', collection(), 'boundaries-unreadable'], ['points only', collection({ type: 'Feature', properties: { ma: '01' }, geometry: { type: 'Point', coordinates: [105, 20] } }), 'boundaries-unreadable'],
    ['an arc that is not there', '{"type":"Topology","arcs":[],"objects":{"a":{"type":"Polygon","arcs":[[3]],"properties":{"ma":"01"}}}}', 'boundaries-unreadable'],
    ['names but no codes', collection(feature({ ten: 'Hà Nội' }, square(105, 20))), 'boundaries-no-codes'],
    ['metres of a projection', collection(feature({ ma: '01' }, square(580_000, 2_300_000, 1000))), 'boundaries-coordinates-strange'],
    ['another country', collection(feature({ ma: '01' }, square(2, 48))), 'boundaries-coordinates-strange'],
  ] as const) test(`${what} is refused as ${code}`, () => assert.deepEqual(readBoundaries(text, known), { ok: false, problem: { code } }));
  test('any JSON is answered, never a fault', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 4 }), (text) => readBoundaries(text, known).ok === false));
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom('arcs', 'objects', 'transform', 'features'), (value, key) =>
      readBoundaries(JSON.stringify({ type: key === 'features' ? 'FeatureCollection' : 'Topology', arcs: [[[1, 2]]], objects: {}, [key]: value }), known).ok === false));
  });
});

test('an older code joins its unit', () => {
  const { report, topology } = read(collection(feature({ ma: '06978' }, square(107, 21)), feature({ ma: '00004' }, square(105, 21))));
  assert.equal(report.joined, 2);
  assert.deepEqual(readShapes(topology)?.map((shape) => shape.properties['id']), ['06970', '00004']);
});

describe('a ring that crosses or touches itself', () => {
  test('crossing sides, a corner on a side, a corner visited twice', () => {
    for (const ring of [
      [[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]], [[0, 0], [4, 0], [4, 4], [2, 0], [0, 4], [0, 0]], [[0, 0], [2, 0], [1, 1], [2, 2], [0, 2], [1, 1], [0, 0]],
    ] as const) assert.equal(crossesItself(ring), true);
  });
  test('simple rings do not, whatever corner they start from, even with a point given twice', () => {
    for (const ring of [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]], [[0, 0], [2, 0], [2, 0], [1, 3], [0, 0]], [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4], [0, 0]]] as const)
      assert.equal(crossesItself(ring), false);
  });
  test('a star-shaped ring never does; it is the same after turning and moving', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 1, max: 5, noNaN: true }), { minLength: 3, maxLength: 12 }), fc.nat(11), (radii, start) => {
      const corners = radii.map((radius, at): Point => [radius * Math.cos((2 * Math.PI * at) / radii.length), radius * Math.sin((2 * Math.PI * at) / radii.length)]);
      const turned = corners.map((_, at): Point => corners[(at + start) % corners.length] ?? [0, 0]);
      const closed = [...turned, ...turned.slice(0, 1)];
      assert.equal(crossesItself(closed), false);
    }));
  });
});
