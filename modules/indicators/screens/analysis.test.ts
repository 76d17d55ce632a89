import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PivotQuery, PivotReply } from '../schema.ts';
import { classBounds, classIn, layOut, readSort, roundUp, sortLines, valueIn } from './analysis-cube.ts';
import { packAsked, unpackAsked, type Asked } from './analysis-state.ts';

const start: PivotQuery = { measures: [], periods: [], units: { of: '00', level: 'children' }, standing: 'reported' };
const words = (keys: readonly string[]) => keys.map((key) => ({ vi: key, en: key }));
const dimension = (kind: PivotReply['dimensions'][number]['kind'], id: string, keys: string[]) => ({ kind, id, name: null, keys, names: words(keys) });

test('a link to an analysis holds the whole question and reads back as it was', () => {
  const asked: Asked = {
    query: {
      measures: [{ kind: 'element', id: 'ca_moi-2' }, { kind: 'indicator', id: 'ty-le' }], periods: ['2025-11', '2025-12', '2026-01'], units: { of: '01', level: 'list', list: ['00004', '00008'] }, groups: ['vùng kinh tế'], axes: ['gioi'],
      attribute: true, where: { axes: [{ axis: 'gioi', options: ['nu', 'nam'] }], groups: [{ set: 'a.b*c', groups: ['x_y', '%~'] }], attributes: ['q'] }, standing: 'both', mapDay: '2025-07-01', counts: true,
    },
    drawing: { kind: 'small-multiples', rows: ['unit', 'g-vùng kinh tế'], columns: ['period'], sort: '3-d' },
  };
  const text = packAsked(asked);
  assert.equal(new URLSearchParams({ q: text }).toString(), `q=${text}`, 'nothing in it needs percent-coding');
  assert.deepEqual(unpackAsked(text, start), asked);
});

test('periods without a gap are written as their ends, others one by one', () => {
  const asked = (periods: string[]): Asked => ({ query: { ...start, measures: [{ kind: 'element', id: 'x' }], periods }, drawing: { kind: 'table', rows: [], columns: [], sort: null } });
  assert.match(packAsked(asked(['2026-Q1', '2026-Q2', '2026-Q3'])), /p2026-Q1\.2026-Q3/);
  const gap = asked(['2025', '2026-Q3']);
  assert.deepEqual(unpackAsked(packAsked(gap), start).query.periods, ['2025', '2026-Q3']);
});

test('an address somebody broke gives what can still be read, and never fails', () => {
  for (const text of ['', '*', 'm', 'mz1', 'p2026-13', 'u00', 'uxx.planet', 'k', 'o', '_ffffff_*r_zz_', 'v*l']) assert.doesNotThrow(() => unpackAsked(text, start));
  const read = unpackAsked('meabc.q9*p2026-01.2026-99*dfoo*u00.children*kz', start);
  assert.deepEqual(read.query.measures, [{ kind: 'element', id: 'abc' }]);
  assert.deepEqual(read.query.periods, ['2026-01']);
  assert.equal(read.drawing.kind, 'table');
  assert.equal(unpackAsked('u00.list', start).query.units.level, 'children', 'a list without units is no list');
});

const reply = {
  dimensions: [dimension('measure', 'measure', ['element:a', 'element:b']), dimension('period', 'period', ['2026-01', '2026-02', '2026-03']), dimension('unit', 'unit', ['01', '02'])],
  values: [1, 2, 3, 4, null, '<' as const, 7, 0, 9, 10, 11, 12], counts: null,
};

test('every value of the answer stands in exactly one cell, however rows and columns are chosen', () => {
  for (const columns of [[], ['period'], ['measure'], ['period', 'unit'], ['measure', 'period', 'unit']]) {
    const laid = layOut(reply, { rows: [], columns });
    const seen = laid.rows.flatMap((row) => laid.columns.map((column) => row.offset + column.offset));
    assert.deepEqual([...seen].sort((a, b) => a - b), reply.values.map((_, at) => at));
  }
  const laid = layOut(reply, { rows: ['unit', 'measure'], columns: ['period'] });
  const row = laid.rows.find((one) => one.key === '02|element:a');
  assert.deepEqual(laid.columns.map((column) => (row === undefined ? undefined : valueIn(laid, row, column))), [2, 4, '<']);
});

test('a dimension nobody placed stands on the rows; one of a single key stands on neither', () => {
  const one = { ...reply, dimensions: [...reply.dimensions, dimension('standing', 'standing', ['reported'])] };
  const laid = layOut(one, { rows: ['nonsense'], columns: ['period', 'period'] });
  assert.deepEqual(laid.rowDims, [2, 0]);
  assert.deepEqual(laid.single, [3]);
  assert.equal(laid.columns.length, 3);
});

test('rows are left out only where the measure has no such breakdown, and they are counted', () => {
  const parts = { dimensions: [dimension('axis', 'sex', ['f', 'm', '']), dimension('unit', 'unit', ['01', '02'])], values: [1, null, 2, 3, null, null], counts: null };
  const laid = layOut(parts, { rows: ['unit', 'x-sex'], columns: [] });
  assert.equal(laid.left, 2, 'not the row of 02 and f: that unit did not report');
  assert.equal(layOut(parts, { rows: ['unit', 'x-sex'], columns: [] }, true).rows.length, 6);
  const plain = layOut({ dimensions: [dimension('unit', 'unit', ['01', '02'])], values: [null, 0], counts: null }, { rows: [], columns: [] });
  assert.equal(plain.rows.length, 2, 'a unit that did not report keeps its row');
});

test('a unit stands under its own groups only, and a silent unit keeps all its rows', () => {
  const grouped = { dimensions: [dimension('group', 'region', ['n', 's']), dimension('unit', 'unit', ['01', '79', '99'])], values: [5, null, null, null, 7, null], counts: null };
  const laid = layOut(grouped, { rows: ['unit', 'g-region'], columns: [] });
  assert.deepEqual(laid.rows.map((row) => row.key), ['01|n', '79|s', '99|n', '99|s']);
  assert.equal(laid.left, 2);
});

test('groups without a figure keep their rows where no unit stands beside them; a refused measure has none', () => {
  const regions = { dimensions: [dimension('measure', 'measure', ['element:a', 'indicator:b']), dimension('group', 'region', ['n', 's'])], values: [5, null, null, null], counts: null };
  assert.equal(layOut(regions, { rows: [], columns: [] }).rows.length, 4);
  const laid = layOut({ ...regions, refused: [{ measure: 'b', code: 'axis-not-in-measure', detail: '' }] }, { rows: [], columns: [] });
  assert.deepEqual(laid.rows.map((row) => row.key), ['n|element:a', 's|element:a']);
});

test('a map has only units on its rows, whatever was placed there', () => {
  const laid = layOut(reply, { rows: ['measure', 'unit'], columns: [], kind: 'tiles' });
  assert.deepEqual(laid.rowDims, [2]);
  assert.equal(laid.columns.length, 6);
});

test('sorting keeps hidden numbers after the others and missing ones last, both ways', () => {
  const laid = layOut({ dimensions: [dimension('unit', 'unit', ['a', 'b', 'c', 'd'])], values: [null, 5, '<', 0], counts: null }, { rows: [], columns: [] });
  assert.deepEqual(sortLines(laid, { column: 0, down: true }).map((line) => line.key), ['b', 'd', 'c', 'a']);
  assert.deepEqual(sortLines(laid, { column: 0, down: false }).map((line) => line.key), ['d', 'b', 'c', 'a']);
  assert.equal(readSort('x'), undefined);
  assert.deepEqual(readSort('12-a'), { column: 12, down: false });
});

test('scales end on round numbers and classes hold about as many units each', () => {
  assert.deepEqual([0, 0.3, 7, 10, 23, 2600].map(roundUp), [1, 0.5, 10, 10, 25, 5000]);
  const bounds = classBounds(Array.from({ length: 60 }, (_, at) => at));
  assert.deepEqual(bounds, [0, 10, 20, 30, 40, 50]);
  assert.equal(classIn(29, bounds), 3);
  assert.deepEqual(classBounds([null, '<']), []);
});
