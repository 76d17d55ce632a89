import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataElement, DataSet, Disaggregation, Indicator } from '#modules/definitions/schema.ts';
import { breakdownsOf } from './breakdowns.ts';
import { bundleOf } from './bundle.ts';
import { CsvRows } from '#kernel/csv-rows.ts';
import { gather, type GatherRow } from './gather.ts';
import { JsonRows } from './json-rows.ts';
import { readNumber } from './numbers.ts';
import { foreignPeriod, readPeriod } from './periods.ts';
import { mapProgramme } from './programme.ts';
import { ObjectReport } from './report.ts';
import { Resolver, type RawRow, type ResolvedRow } from './resolve.ts';
import { groupSetsOf, unitsOf } from './units.ts';
import { csvValues } from './values-file.ts';

const pieces = (text: string, size: number): Uint8Array[] => { const bytes = new TextEncoder().encode(text); return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, i * size + size)); };

test('JSON rows are the same whatever the pieces of the file, and a broken row costs no other', () => {
  const text = '\ufeff{"x":{"a":["}"]},"dataValues":[{"v":"é\\"}{"},{"v":NaN},junk,{"v":{"w":[1]}}],"period":"202401"}';
  for (const size of [1, 2, 3, 7, 64, 1000]) {
    const seen: unknown[] = [];
    const reader = new JsonRows(['dataValues'], { row: (row, n) => { seen.push([n, row]); }, unreadable: (bad, n) => { seen.push([n, bad]); }, header: (key, value) => { seen.push([key, value]); } });
    for (const piece of pieces(text, size)) reader.push(piece);
    assert.equal(reader.end(), true);
    assert.deepEqual(seen, [[1, { v: 'é"}{' }], [2, { v: 'NaN' }], [3, 'junk'], [4, { v: { w: [1] } }], ['period', '202401']], `pieces of ${size}`);
  }
  const cut = new JsonRows(['dataValues'], { row: () => undefined, unreadable: () => undefined, header: () => undefined });
  cut.push(new TextEncoder().encode('{"dataValues":[{"v":1},{"v"'));
  assert.equal(cut.end(), false);
});

test('CSV rows are the same whatever the pieces, with quotes, line ends inside them, and columns in any order', () => {
  for (const size of [1, 5, 1000]) {
    const seen: unknown[] = [];
    const reader = new CsvRows({ row: (fields, line) => { seen.push([line, fields]); } });
    for (const piece of pieces('a;b\r\n"x ""y""\nz";2\r\n\r\n3;"4;5"', size)) reader.push(piece);
    reader.end();
    assert.deepEqual(seen, [[1, ['a', 'b']], [2, ['x "y"\nz', '2']], [5, ['3', '4;5']]]);
  }
  const rows: RawRow[] = [];
  const values = csvValues({ row: (row) => { rows.push(row); }, unreadable: () => undefined });
  values.push(new TextEncoder().encode('Value,Org unit,deleted,"period",dataElement\n5,u1,true,202401,e1\n'));
  assert.equal(values.end(), undefined);
  assert.deepEqual([rows[0]?.element, rows[0]?.unit, rows[0]?.period, rows[0]?.value, rows[0]?.deleted], ['e1', 'u1', '202401', '5', true]);
});

test('numbers: what a program writes is taken as it is, what no double holds exactly is refused', () => {
  const read = (text: string) => { const one = readNumber(text, false); return one.ok ? one.value : one.code; };
  assert.deepEqual(['12', '1.234', '-0', '1e3', '1.234,5', '1,234.5', '1 234'].map(read), [12, 1.234, 0, 1000, 1234.5, 1234.5, 1234]);
  assert.deepEqual(['NaN', '1e309', '9007199254740993', '1,234', '=1+1', '', 'abc', 'Infinity'].map(read), ['not-a-number', 'number-too-large', 'number-too-large', 'number-ambiguous', 'formula', 'empty', 'not-a-number', 'number-too-large']);
});

test('periods of four types are ours, the others are told by their type', () => {
  const read = (text: string) => { const one = readPeriod(text); return one.ok ? one.period : `${one.code} ${one.facts['type'] ?? ''}`.trim(); };
  assert.deepEqual(['202403', '2024Q3', '2024S1', '2024', '2024-03'].map(read), ['2024-03', '2024-Q3', '2024-H1', '2024', '2024-03']);
  assert.deepEqual(['2024W5', '20240301', '2024April', '202413', 'x'].map(read), ['period-type-not-kept Weekly', 'period-type-not-kept Daily', 'period-type-not-kept Financial', 'period-unreadable', 'period-unreadable']);
  for (const period of ['2024-03', '2024-Q3', '2024-H1', '2024']) assert.equal(read(foreignPeriod(period) ?? ''), period);
});

const unit = (id: string, parent?: string) => ({ id, name: id, openingDate: '2000-01-01', ...(parent === undefined ? {} : { parent: { id: parent } }) });
const oddities = {
  organisationUnits: [{ ...unit('root'), children: [{ ...unit('dist'), children: [unit('faca'), { id: 'facb' }] }] }, unit('facb', 'dist')],
  categoryCombos: [{ id: 'cdef', name: 'default', categories: [] }, { id: 'csex', name: 'Sex', categories: [{ id: 'sex' }] }, { id: 'cfund', name: 'Fund', categories: [{ id: 'fund' }] }],
  categories: [{ id: 'sex', name: 'Sex', categoryOptions: [{ id: 'optm' }, { id: 'optf' }] }, { id: 'fund', name: 'Fund', categoryOptions: [{ id: 'optg' }] }],
  categoryOptions: [{ id: 'optm', name: 'Male' }, { id: 'optf', name: 'Female' }, { id: 'optg', name: 'Global' }],
  categoryOptionCombos: [{ id: 'dflt', name: '(default)', categoryCombo: { id: 'cdef' } }, { id: 'cocm', name: 'Male', code: 'M', categoryCombo: { id: 'csex' }, categoryOptions: [{ id: 'optm' }] }, { id: 'cocf', name: 'Female', categoryCombo: { id: 'csex' }, categoryOptions: [{ id: 'optf' }] }, { id: 'cocg', name: 'Global', categoryCombo: { id: 'cfund' }, categoryOptions: [{ id: 'optg' }] }],
  dataElements: [
    { id: 'both', code: 'BOTH', name: 'In two forms', aggregationType: 'SUM', valueType: 'NUMBER', categoryCombo: { id: 'cdef' } }, { id: 'sexd', name: 'By sex', aggregationType: 'LAST', valueType: 'INTEGER', categoryCombo: { id: 'csex' } },
    { id: 'odd1', name: 'First', aggregationType: 'FIRST', valueType: 'NUMBER', categoryCombo: { id: 'cdef' } }, { id: 'text', name: 'Words', aggregationType: 'NONE', valueType: 'LONG_TEXT', categoryCombo: { id: 'cdef' } },
    { id: 'trac', name: 'Of persons', domainType: 'TRACKER', valueType: 'NUMBER', categoryCombo: { id: 'cdef' } }, { id: 'bool', name: 'Yes', aggregationType: 'AVERAGE', valueType: 'TRUE_ONLY', categoryCombo: { id: 'cdef' } },
    { id: 'free', name: 'In none', aggregationType: 'SUM', valueType: 'PERCENTAGE', categoryCombo: { id: 'cdef' } },
  ],
  dataSets: [
    { id: 'mset', name: 'Monthly', periodType: 'Monthly', categoryCombo: { id: 'cfund' }, dataSetElements: [{ dataElement: { id: 'both' } }, { dataElement: { id: 'sexd' } }, { dataElement: { id: 'bool' } }], organisationUnits: [{ id: 'faca' }] },
    { id: 'yset', name: 'Yearly', periodType: 'Yearly', dataElements: [{ id: 'both' }, { id: 'odd1' }], organisationUnits: [{ id: 'faca' }] }, { id: 'wset', name: 'Weekly', periodType: 'Weekly', dataSetElements: [{ dataElement: { id: 'both' } }] },
  ],
  indicatorTypes: [{ id: 'pct', name: 'Percent', factor: 100 }],
  indicators: [{ id: 'ind1', name: 'Share', indicatorType: { id: 'pct' }, numerator: '#{both.dflt}', denominator: '#{sexd.cocm}+#{sexd.dflt}' }, { id: 'ind2', name: 'Of indicators', indicatorType: { id: 'pct' }, numerator: 'N{ind1}', denominator: '1' }],
  validationRules: [{ id: 'rul1', name: 'Yearly', periodType: 'Yearly', operator: 'less_than', leftSide: { expression: '#{both}' }, rightSide: { expression: '#{odd1}' } }, { id: 'rul2', name: 'Weekly', periodType: 'Weekly', operator: 'less_than', leftSide: { expression: '#{both}' }, rightSide: { expression: '1' } }],
  organisationUnitGroupSets: [{ id: 'gset', name: 'Kind', organisationUnitGroups: [{ id: 'grpa' }] }], organisationUnitGroups: [{ id: 'grpa', name: 'A', organisationUnits: [{ id: 'faca' }] }, { id: 'grpb', name: 'Alone', organisationUnits: [{ id: 'facb' }] }],
};
const rowOf = (element: string, period: string, value: string, more: Partial<RawRow> = {}): RawRow => ({ element, period, unit: 'faca', cell: '', attribute: '', value, updated: '', comment: '', deleted: false, ...more });

function mapped(rows: readonly RawRow[]) {
  const report = new ObjectReport();
  const bundle = bundleOf([{ document: oddities, alone: 'dataElements' }]);
  const units = unitsOf(bundle, report);
  const breakdowns = breakdownsOf(bundle, report);
  const resolver = new Resolver(bundle, breakdowns, units);
  const out: ResolvedRow = { unit: 0, pair: 0, attribute: 0, period: 0, value: 0, updated: 0, deleted: false, remarks: 0 };
  const verdicts = rows.map((row) => resolver.resolve(row, out)?.code ?? `${out.value}`);
  const mapping = mapProgramme({ bundle, breakdowns, resolver, levels: [], unitCode: (id) => id, held: undefined, unitGroups: new Set(['grpa']), units: new Set(units.map((one) => one.id)), sayFormula: () => ({}) }, report);
  const of = <T>(kind: string): T[] => mapping.files.files.filter((one) => one.kind === kind).flatMap((one) => one.items) as T[];
  return { report, units, resolver, mapping, verdicts, elements: of<DataElement>('data-element'), sets: of<DataSet>('data-set'), breakdowns: of<Disaggregation>('disaggregation'), indicators: of<Indicator>('indicator'), rules: of<{ id: string; left: { formula: string } }>('rule'), groups: groupSetsOf(bundle, report) };
}

test('oddities of real bundles: nested units, old and new forms of data sets, groups in no set', () => {
  const { units, sets, groups, report } = mapped([]);
  assert.deepEqual(units.map((one) => [one.id, one.parent]).sort(), [['dist', 'root'], ['faca', 'dist'], ['facb', 'dist'], ['root', null]]);
  assert.deepEqual(sets.map((one) => [one.id, one.periodType, one.attribute]), [['mset', 'month', 'cfund'], ['yset', 'year', null]]);
  assert.deepEqual(report.kinds.find((one) => one.kind === 'dataSets')?.refused.map((one) => [one.id, one.code]), [['wset', 'period-type-not-kept']]);
  assert.deepEqual(groups.map((one) => [one.id, one.lone]), [['gset', false], ['g_grpb', true]]);
});

test('an element of forms of two period types has a copy for the second; rules of that type ask for the copy', () => {
  const { elements, sets, rules, mapping } = mapped([rowOf('both', '202401', '1'), rowOf('BOTH', '2024', '12')]);
  assert.ok(elements.some((one) => one.id === 'both') && elements.some((one) => one.id === 'both_year'));
  assert.deepEqual(sets.find((one) => one.id === 'yset')?.sections.flatMap((one) => one.elements).sort(), ['both_year', 'odd1']);
  assert.deepEqual(mapping.places, [{ element: 'both', cell: '' }, { element: 'both_year', cell: '' }]);
  assert.deepEqual(rules.map((one) => [one.id, one.left.formula]), [['rul1', '#{both_year}']]);
});

test('values that are not broken down, of elements that are, keep a cell of their own, and formulas find it', () => {
  const { elements, breakdowns, mapping, indicators } = mapped([rowOf('sexd', '202401', '3', { cell: 'M' }), rowOf('sexd', '202401', '4', { cell: 'dflt' })]);
  const own = breakdowns.find((one) => one.id === elements.find((each) => each.id === 'sexd')?.disaggregation);
  assert.deepEqual(own?.cells.map((cell) => cell.id), ['cocm', 'cocf', 'default']);
  assert.equal(own?.axes.length, 1);
  assert.deepEqual(mapping.places.map((one) => one.cell), ['cocm', 'default']);
  assert.deepEqual(indicators.map((one) => [one.numerator, one.denominator]), [['#{both}', '#{sexd.cocm}+#{sexd.default}'], ['N{ind1}', null]]);
});

test('an element in no form has a home when it has values; aggregation without a counterpart is told and never summed', () => {
  const { sets, elements, report } = mapped([rowOf('free', '202401', '55')]);
  assert.deepEqual(sets.at(-1)?.sections.flatMap((one) => one.elements), ['free']);
  assert.equal(elements.find((one) => one.id === 'odd1')?.aggregation, 'none');
  const notes = report.kinds.find((one) => one.kind === 'dataElements');
  assert.ok(notes?.changed.some((one) => one.id === 'odd1' && one.code === 'aggregation-none'));
  assert.deepEqual(notes?.refused.map((one) => [one.id, one.code]), [['text', 'text-not-kept'], ['trac', 'element-of-persons']]);
});

test('every odd row has its own verdict', () => {
  const { verdicts } = mapped([
    rowOf('bool', '202401', 'true'), rowOf('bool', '202401', 'maybe'), rowOf('text', '202401', 'abc'), rowOf('trac', '202401', '1'), rowOf('nope', '202401', '1'), rowOf('both', '2024W1', '1'), rowOf('free', '202401', '101'),
    rowOf('sexd', '202401', '1.5'), rowOf('both', '202401', '0.33333'), rowOf('both', '202401', '1', { attribute: 'HllvX50cXC0' }), rowOf('both', '202401', '1', { attribute: 'zzz' }), rowOf('both', '202401', '', { deleted: true }), rowOf('both', '202401', ''),
  ]);
  assert.deepEqual(verdicts, ['1', 'not-yes-no', 'text-not-kept', 'element-of-persons', 'element-unknown', 'period-type-not-kept', 'percent-out-of-range', 'not-whole', '0.333', '1', 'attribute-unknown', '0', 'value-missing']);
});

test('rows about one place are settled the same in any order: the newest counts, a contradiction counts for neither', () => {
  const row = (n: number, value: number, updated: number, unitAt = 0): GatherRow => ({ unit: unitAt, pair: 0, attribute: 0, row: n, file: 0, flags: 0, value, updated });
  const around = { period: '2024-01', day: '2024-01-31', placeOf: () => ({ dataSet: 'd', slot: 1 }), unitOn: (at: number) => (at < 3 ? { code: `u${at}`, province: '01' } : undefined), unitName: (at: number) => `u${at}`, attributeOf: () => '', elementName: () => 'e' };
  const rows = [row(1, 5, 10), row(2, 6, 20), row(3, 6, 20), row(4, 1, 0, 1), row(5, 2, 0, 1), row(6, 9, 0, 2), row(7, 9, 0, 3)];
  for (const order of [rows, [...rows].reverse()]) {
    const { returns, refused, repeated } = gather(order, around);
    assert.deepEqual(returns.map((one) => [one.key.unit, one.values]), [['u0', [[1, 6]]], ['u2', [[1, 9]]]]);
    assert.deepEqual(refused.map((one) => [one.row, one.code]).sort(), [[4, 'duplicate-conflict'], [5, 'duplicate-conflict'], [7, 'unit-not-on-date']]);
    assert.deepEqual(repeated.map((one) => [one.row, one.code]).sort(), [[1, 'duplicate-older'], [3, 'duplicate-same']]);
  }
});
