import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ProgrammeFile, Verdict } from '../schema.ts';
import { tinyDataSet, tinyElement, tinyFiles, tinyHead, tinyIndicator } from '../testing/tiny.ts';
import { checkProgramme } from './check.ts';
import { readItems } from './read-items.ts';
import { planVersions } from './versions.ts';

/** Everything the loader would say of these files, without a database. */
function verdictsOf(changes: Partial<Record<ProgrammeFile['kind'], readonly unknown[]>>): Verdict[] {
  const read = readItems(tinyFiles(changes));
  const plan = planVersions(read.versions, [], { on: '2026-11-20', partial: false });
  return [...read.verdicts, ...plan.verdicts, ...checkProgramme(plan.versions, read.head ?? tinyHead)];
}
const said = (verdicts: readonly Verdict[]): string[] => verdicts.map((one) => `${one.severity} ${one.code} ${one.item}${one.field === '' ? '' : ` ${one.field}`}`);
const planted = (name: string, changes: Partial<Record<ProgrammeFile['kind'], readonly unknown[]>>, expected: readonly string[]): void => {
  test(name, () => assert.deepEqual(said(verdictsOf(changes)), expected));
};

const elements = [tinyElement('known', { aggregation: 'last' }), tinyElement('served'), tinyElement('spent', { unit: { code: 'dong', vi: 'đồng', en: 'dong' } }), tinyElement('plans')];
const words = { vi: 'Chữ', en: 'Words' };
const from = { validFrom: '2024-12-15', validTo: null };
const rule = (id: string, left: string, operator: string, right: string, more: object = {}) => ({
  id, name: words, instruction: words, severity: 'hard', periodType: 'month', left: { formula: left, missing: 'never-skip' }, operator, right: { formula: right, missing: 'never-skip' }, ...from, ...more,
});
const target = (changes: object) => ({
  id: 'T1', name: words, indicator: 'coverage', level: 'national', unit: 'percent', operator: '>=', low: 50, high: null, year: 2030, everyYear: false, pillar: 'demand', measures: 'coverage', status: 'adopted', baseline: null, path: [],
  tiers: [], source: 'x', note: null, ...from, ...changes,
});
const breakdown = (cells: object[]) => ({ id: 'sex', name: words, axes: [{ id: 'sex', name: words, options: [{ id: 'f', name: words }, { id: 'm', name: words }] }], cells, ...from });
const good = [{ id: 'f', options: ['f'] }, { id: 'm', options: ['m'] }];

describe('a programme without fault', () => {
  planted('the tiny programme has no verdict', {}, []);
});

describe('references', () => {
  planted('an element a form names but nobody defined', { 'data-set': [tinyDataSet('thang', ['known', 'served', 'spent', 'plans', 'ghost'])] }, ['error reference-unknown thang sections.mot']);
  planted('an id that belongs to another kind', { 'data-set': [tinyDataSet('thang', ['known', 'served', 'spent', 'plans', 'coverage'])] }, ['error reference-other-kind thang sections.mot']);
  planted('a target of an indicator that does not exist', { target: [target({ indicator: 'nowhere' })] }, ['error reference-unknown T1 indicator']);
  planted('a breakdown that does not exist', { 'data-element': [tinyElement('known', { aggregation: 'last', disaggregation: 'none' }), ...elements.slice(1)] }, ['error reference-unknown known disaggregation']);
  planted('an element that ends before the form that lists it', { 'data-element': [...elements.slice(0, 3), tinyElement('plans', { validTo: '2026-01-01' })] }, ['warning reference-ends quy sections.mot']);
  planted('an element in no section of any form', { 'data-element': [...elements, tinyElement('alone')] }, ['warning element-nowhere alone']);
  planted('the overview names an indicator that does not exist, and a share with nothing beside it (E13)', { programme: [{ ...tinyHead, overview: { main: ['lost'], cascade: [], share: 'coverage', beside: [], map: null } }] },
    ['error reference-unknown tiny overview', 'error share-alone tiny overview.beside']);
});

describe('identity and time', () => {
  planted('one id twice from the same day', { indicator: [tinyIndicator('coverage'), tinyIndicator('coverage', { factor: 1 })] }, ['error duplicate-id coverage id']);
  planted('two versions that overlap', { indicator: [tinyIndicator('coverage', { validTo: '2026-06-01' }), tinyIndicator('coverage', { validFrom: '2026-01-01' })] },
    ['error versions-overlap coverage validFrom', 'warning reference-not-yet T1 indicator']);
  planted('a version that ends before it begins', { 'data-element': [...elements, tinyElement('late', { validTo: '2024-01-01' })] }, ['error ends-before-it-begins late validTo']);
  planted('a field of the wrong shape, and one nobody knows', { 'data-element': [...elements, { ...tinyElement('bad'), aggregation: 'total' }, { ...tinyElement('more'), personName: 'x' }] }, ['error wrong-shape bad aggregation', 'error wrong-shape more']);
});

describe('what cannot be added', () => {
  planted('per cents over units', { 'data-element': [tinyElement('known', { valueType: 'percent' }), ...elements.slice(1)] }, ['error sum-of-percent known aggregation']);
  planted('answers yes over months', { 'data-element': [tinyElement('known', { valueType: 'yes-no' }), ...elements.slice(1)] }, ['error sum-of-yes known aggregation']);
  planted('texts', { 'data-element': [tinyElement('known', { valueType: 'text' }), ...elements.slice(1)] }, ['error sum-of-text known aggregation']);
  planted('a stock over time, asked by a formula', { indicator: [tinyIndicator('coverage', { denominator: '#{known}.aggregationType(SUM)' })] }, ['error sum-of-stock coverage denominator']);
  planted('a stock from the start of the year', { indicator: [tinyIndicator('coverage', { denominator: '#{known}.yearToDate()' })] }, ['error year-to-date-of-stock coverage denominator']);
  planted('averages with averages', { 'data-element': [tinyElement('known', { aggregation: 'average' }), tinyElement('served', { aggregation: 'average' }), ...elements.slice(2)], indicator: [tinyIndicator('coverage', { numerator: '#{known} + #{served}', denominator: null })] },
    ['error averages-added coverage numerator']);
  planted('people and money', { indicator: [tinyIndicator('coverage', { numerator: '(#{known} + #{spent}) * 2', denominator: null })] }, ['warning units-added coverage numerator']);
});

describe('formulas', () => {
  planted('indicators made of each other', { indicator: [tinyIndicator('coverage', { numerator: 'N{two}' }), tinyIndicator('two', { numerator: 'N{coverage} + 1' })] }, ['error circle coverage numerator']);
  planted('a division by a written zero', { indicator: [tinyIndicator('coverage', { numerator: '#{served} / 0' })] }, ['error formula-wrong coverage numerator']);
  planted('a denominator that is always zero', { indicator: [tinyIndicator('coverage', { denominator: '2 - 2' })] }, ['error denominator-zero coverage denominator']);
  planted('a formula that cannot be read, and one that names nobody', { indicator: [tinyIndicator('coverage', { numerator: '#{served} +', denominator: '#{nobody}' })] }, ['error formula-wrong coverage denominator', 'error formula-wrong coverage numerator']);
  planted('a cell the element does not have', { disaggregation: [breakdown(good)], 'data-element': [elements[0], tinyElement('served', { disaggregation: 'sex' }), ...elements.slice(2)], indicator: [tinyIndicator('coverage', { numerator: '#{served.x}' })] }, ['error cell-unknown coverage numerator']);
  planted('a monthly rule over a quarterly figure', { rule: [rule('r', '#{plans}', '<=', '5')] }, ['warning rule-period-differs r periodType']);
  planted('a quarterly rule over monthly figures, which are added up', { rule: [rule('r', '#{plans}', '<=', '#{served}', { periodType: 'quarter', severity: 'soft' })] }, []);
  planted('a hard rule over two returns cannot hold up either', { rule: [rule('r', '#{plans}', '<=', '#{served}', { periodType: 'quarter' })] }, ['warning rule-across-hard r severity']);
  planted('a rule over an indicator, a group of elements and a group of options', { rule: [rule('r', 'N{coverage}', '<=', '#{deGroup:all} + #{served.coGroup:young}', { severity: 'soft' })] }, ['error formula-wrong r right', 'error formula-wrong r right', 'error rule-names-indicator r left']);
  test('the verdict of a formula says line, column and what to write', () => {
    const [verdict] = verdictsOf({ indicator: [tinyIndicator('coverage', { numerator: '#{served} + #{knwon}' })] });
    assert.deepEqual([verdict?.facts['line'], verdict?.facts['column'], verdict?.facts['nearest']], [1, 13, 'known']);
  });
});

describe('rules that contradict each other', () => {
  planted('below and above', { rule: [rule('a', '#{served}', '<', '#{known}'), rule('b', '#{served}', '>', '#{known}')] }, ['error rules-contradict b operator']);
  planted('the same written the other way round', { rule: [rule('a', '#{served}+1', '<', '#{known}'), rule('b', '#{known}', '<=', '#{served} + 1')] }, ['error rules-contradict b operator']);
  planted('equal and not equal', { rule: [rule('a', '#{served}', '==', '#{known}'), rule('b', '#{served}', '!=', '#{known}')] }, ['error rules-contradict b operator']);
  planted('must go together and must not', { rule: [rule('a', '#{served}', 'compulsory_pair', '#{known}'), rule('b', '#{known}', 'exclusive_pair', '#{served}')] }, ['error rules-contradict b operator']);
  planted('at most and at least leave equality', { rule: [rule('a', '#{served}', '<=', '#{known}'), rule('b', '#{served}', '>=', '#{known}')] }, []);
  planted('one after the other in time', { rule: [rule('a', '#{served}', '<', '#{known}', { validTo: '2026-01-01' }), rule('b', '#{served}', '>', '#{known}', { validFrom: '2026-01-01' })] }, []);
  planted('a soft rule only asks for an explanation', { rule: [rule('a', '#{served}', '<', '#{known}'), rule('b', '#{served}', '>', '#{known}', { severity: 'soft' })] }, []);
});

describe('forms, breakdowns and targets', () => {
  planted('an element twice in one form; a compulsory one that is not in it', { 'data-set': [tinyDataSet('thang', ['known', 'served', 'served', 'spent'], { compulsory: ['plans'] }), tinyDataSet('quy', ['plans'], { periodType: 'quarter' })] },
    ['error element-listed-twice thang sections', 'error compulsory-not-listed thang compulsory']);
  planted('one element in forms of different periods', { 'data-set': [tinyDataSet('thang', ['known', 'served', 'spent']), tinyDataSet('quy', ['plans', 'known'], { periodType: 'quarter' })] }, ['warning element-in-two-period-types quy periodType', 'warning rule-across-hard served-known severity']);
  planted('cells twice, cells of no option, cells alike', { disaggregation: [breakdown([...good, { id: 'f', options: ['x'] }, { id: 'w', options: ['m'] }])] },
    ['error cell-twice sex cells', 'error cell-options-wrong sex cells', 'error cells-alike sex cells']);
  const many = Array.from({ length: 241 }, (_, index) => `e${index}`);
  planted('more than 240 places in one form', { 'data-element': [...elements, ...many.map((id) => tinyElement(id))], 'data-set': [tinyDataSet('thang', ['known', 'served', 'spent', 'plans']), tinyDataSet('to', many)] }, ['warning too-many-places to sections']);
  planted('a target with no indicator', { target: [target({ indicator: null })] }, ['warning target-without-indicator T1 indicator']);
  planted('a proposal may stand without one', { target: [target({ indicator: null, status: 'proposal_stage_only' })] }, []);
  planted('a target without a value given a path', { target: [target({ low: null, path: [{ period: '2026', value: 3 }] })] }, ['error path-without-value T1 path']);
  planted('a path that is no period, or runs backwards', { target: [target({ path: [{ period: '2027', value: 3 }, { period: '2026', value: 4 }, { period: 'soon', value: 5 }] })] }, ['error period-wrong T1 path', 'error path-out-of-order T1 path']);
});

test('every verdict has its sentence in both languages, with the facts it names', () => {
  const codes = new Set<string>();
  for (const file of ['check.ts', 'check-items.ts', 'check-formulas.ts', 'check-contradictions.ts', 'versions.ts', 'read-items.ts', '../load/folder.ts', '../load.ts']) {
    for (const match of readFileSync(new URL(file, import.meta.url), 'utf8').matchAll(/\b(?:error|warning)\((?:\{[^}]*\}|[^,{]+)(?:, )'([a-z-]+)'/gu)) codes.add(match[1] ?? '');
  }
  assert.ok(codes.size >= 35, `found only ${codes.size}`);
  for (const language of ['vi', 'en']) {
    const parsed: unknown = JSON.parse(readFileSync(new URL(`../messages.${language}.json`, import.meta.url), 'utf8'));
    const keys = new Set(Object.keys(typeof parsed === 'object' && parsed !== null ? parsed : {}));
    assert.deepEqual([...codes].filter((code) => !keys.has(`definitions.verdict.${code}`)), []);
  }
});
