/** Shapes in which real bundles come, in made-up data: what each is understood as, and that nothing else is lost over it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { definitions } from '#modules/definitions/module.ts';
import { identity } from '#modules/identity/module.ts';
import { groupSets, loadUnits, unitsOn } from '#modules/org-units/index.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { returns } from '../module.ts';
import { readPacked } from '../store/reading.ts';
import { importDhis2, type ImportReport } from './import-dhis2.ts';

const folder = mkdtempSync(join(tmpdir(), 'sauro-shapes-'));
const open: TestServer[] = [];
after(async () => { for (const server of open) await server.close(); rmSync(folder, { recursive: true, force: true }); });
let files = 0;
const file = (content: unknown): string => { files += 1; const path = join(folder, `f${files}.json`); writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content)); return path; };
async function fresh(): Promise<TestServer> {
  const server = await testServer([orgUnits, identity, definitions, returns], { name: 'dhis2', fill: async (db) => { await loadUnits(db); } });
  open.push(server);
  return server;
}
type Given = { readonly units?: unknown; readonly metadata?: unknown; readonly values?: unknown; readonly dryRun?: boolean };
async function bring(server: TestServer, { units, metadata, values, dryRun = false }: Given): Promise<ImportReport> {
  const list = (one: unknown): string[] => (one === undefined ? [] : [file(one)]);
  const answer = await importDhis2(server.db, { units: list(units), metadata: list(metadata), values: list(values), dryRun, report: undefined });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

const units = { organisationUnits: [{ id: 'rootAAAAAAA', name: 'Land' }, { id: 'distAAAAAAA', name: 'District', parent: { id: 'rootAAAAAAA' } }, { id: 'facaAAAAAAA', name: 'A', parent: { id: 'distAAAAAAA' } }, { id: 'facbAAAAAAA', name: 'B', parent: { id: 'distAAAAAAA' } }] };
const element = (id: string, more: Readonly<Record<string, unknown>> = {}) => ({ id, name: id, domainType: 'AGGREGATE', valueType: 'NUMBER', aggregationType: 'SUM', categoryCombo: { id: 'bjDvmb4bfuf' }, ...more });
const form = (elements: readonly string[]) => ({ id: 'formAAAAAAA', name: 'Form', periodType: 'Monthly', categoryCombo: { id: 'bjDvmb4bfuf' }, dataSetElements: elements.map((id) => ({ dataElement: { id } })), organisationUnits: [{ id: 'facaAAAAAAA' }, { id: 'facbAAAAAAA' }] });
const value = (dataElement: string, given: string, more: Readonly<Record<string, unknown>> = {}) => ({ dataElement, period: '202401', orgUnit: 'facaAAAAAAA', value: given, ...more });

/** Every value held, as `unit element cell attribute = value`. */
async function held(server: TestServer): Promise<string[]> {
  return server.db.read('system', async (tx) => {
    const slots = await slotsOf(tx);
    const dataSets = [...(await latestProgramme(tx)).dataSets.keys()];
    return (await readPacked(tx, { periods: ['2024-01', '2024-02', '2024-Q1'], dataSets })).flatMap((one) => one.vals.flatMap((given, i) => {
      const slot = slots.of(one.dataSet).find((each) => each.slot === i + 1);
      return given === null || slot === undefined ? [] : [`${one.orgUnit.slice(0, 4)} ${one.period} ${slot.element.slice(0, 4)} ${slot.cell || '-'} ${one.attribute || '-'} = ${given}`];
    })).sort();
  });
}
const notes = (report: ImportReport, kind: string): string[] => (report.objects.find((one) => one.kind === kind)?.changed ?? []).map((note) => `${note.id} ${note.code}`).sort();

test('answers that are added are a count of the yes; a form keeps its other elements when one is refused; per cents are averaged', async () => {
  const server = await fresh();
  const metadata = { dataElements: [element('yesaAAAAAAA', { valueType: 'BOOLEAN' }), element('onlyAAAAAAA', { valueType: 'TRUE_ONLY', aggregationType: 'COUNT' }), element('pctaAAAAAAA', { valueType: 'PERCENTAGE' }), element('wrng', { id: 'wrngAAAAAAA', name: '' }), element('goodAAAAAAA')], dataSets: [form(['yesaAAAAAAA', 'onlyAAAAAAA', 'pctaAAAAAAA', 'wrngAAAAAAA', 'goodAAAAAAA'])] };
  const report = await bring(server, { units, metadata, values: { dataValues: [value('yesaAAAAAAA', 'true'), value('yesaAAAAAAA', 'false', { orgUnit: 'facbAAAAAAA' }), value('onlyAAAAAAA', 'true'), value('pctaAAAAAAA', '40'), value('goodAAAAAAA', '7')] } });
  assert.equal(report.rows.refused, 0);
  assert.deepEqual(await held(server), ['faca 2024-01 good - - = 7', 'faca 2024-01 only - - = 1', 'faca 2024-01 pcta - - = 40', 'faca 2024-01 yesa - - = 1', 'facb 2024-01 yesa - - = 0']);
  const { elements } = await server.db.read('system', latestProgramme);
  assert.deepEqual(['yesaAAAAAAA', 'onlyAAAAAAA', 'pctaAAAAAAA'].map((id) => [elements.get(id)?.valueType, elements.get(id)?.aggregation]), [['count', 'sum'], ['count', 'sum'], ['percent', 'average']]);
  assert.deepEqual(report.objects.map((one) => [one.kind, one.read - one.taken - one.refused.length]).filter(([, lost]) => lost !== 0), [], 'nothing is lost silently');
});

test('the default combination under another id, given nowhere: understood for what is not broken down, in rows and in formulas', async () => {
  const server = await fresh();
  const axis = { categories: [{ id: 'ageaAAAAAAA', name: 'Age', categoryOptions: [{ id: 'yngaAAAAAAA' }, { id: 'oldaAAAAAAA' }] }], categoryOptions: [{ id: 'yngaAAAAAAA', name: 'Young' }, { id: 'oldaAAAAAAA', name: 'Old' }], categoryCombos: [{ id: 'comaAAAAAAA', name: 'Age', categories: [{ id: 'ageaAAAAAAA' }] }],
    categoryOptionCombos: ['ynga', 'olda'].map((one) => ({ id: `c${one}AAAAAA`, name: one, categoryCombo: { id: 'comaAAAAAAA' }, categoryOptions: [{ id: `${one}AAAAAAA` }] })) };
  const metadata = { ...axis, dataElements: [element('plnaAAAAAAA'), element('ageeAAAAAAA', { categoryCombo: { id: 'comaAAAAAAA' } })], dataSets: [form(['plnaAAAAAAA', 'ageeAAAAAAA'])],
    indicatorTypes: [{ id: 'numbAAAAAAA', name: 'Number', factor: 1 }], indicators: [{ id: 'indaAAAAAAA', name: 'Plain', numerator: '#{plnaAAAAAAA.ownDefault1}', denominator: '1', indicatorType: { id: 'numbAAAAAAA' } }] };
  const [own, cell] = [{ categoryOptionCombo: 'ownDefault1', attributeOptionCombo: 'ownDefault1' }, { categoryOptionCombo: 'cyngaAAAAAA', attributeOptionCombo: 'ownDefault1' }];
  const report = await bring(server, { units, metadata, values: { dataValues: [value('plnaAAAAAAA', '5', own), value('ageeAAAAAAA', '3', cell), value('ageeAAAAAAA', '4', own)] } });
  assert.deepEqual([...report.rows.byCode], [['breakdown-unknown', 1]], 'what is broken down needs a cell that is known');
  assert.deepEqual(await held(server), ['faca 2024-01 agee cyngaAAAAAA - = 3', 'faca 2024-01 plna - - = 5']);
  assert.deepEqual(notes(report, 'categoryOptionCombos'), ['ownDefault1 understood-as-default']);
  assert.equal(report.objects.find((one) => one.kind === 'indicators')?.taken, 1);
});

test('metadata without any combinations: the ids that values name are cells, and totals hold', async () => {
  const server = await fresh();
  const report = await bring(server, { units, metadata: { dataElements: [{ id: 'elemAAAAAAA', name: 'E' }], dataSets: [form(['elemAAAAAAA'])] }, values: { dataValues: [value('elemAAAAAAA', '5', { categoryOptionCombo: 'cell1AAAAAA', attributeOptionCombo: 'HllvX50cXC0' }), value('elemAAAAAAA', '6', { categoryOptionCombo: 'cell2AAAAAA', attributeOptionCombo: 'fundAAAAAAA' })] } });
  assert.equal(report.rows.added, 2);
  assert.deepEqual(await held(server), ['faca 2024-01 elem cell1AAAAAA - = 5', 'faca 2024-01 elem cell2AAAAAA fundAAAAAAA = 6']);
});

test('two combinations of the same options, as installations hold them by mistake, are two cells of one breakdown', async () => {
  const server = await fresh();
  const metadata = { categories: [{ id: 'ageaAAAAAAA', name: 'Age', categoryOptions: [{ id: 'yngaAAAAAAA' }] }], categoryOptions: [{ id: 'yngaAAAAAAA', name: 'Young' }], categoryCombos: [{ id: 'comaAAAAAAA', name: 'Age', categories: [{ id: 'ageaAAAAAAA' }] }],
    categoryOptionCombos: ['1', '2'].map((one) => ({ id: `cyng${one}AAAAAA`, name: 'Young', categoryCombo: { id: 'comaAAAAAAA' }, categoryOptions: [{ id: 'yngaAAAAAAA' }] })), dataElements: [element('ageeAAAAAAA', { categoryCombo: { id: 'comaAAAAAAA' } })], dataSets: [form(['ageeAAAAAAA'])] };
  const report = await bring(server, { units, metadata, values: { dataValues: [value('ageeAAAAAAA', '3', { categoryOptionCombo: 'cyng1AAAAAA' }), value('ageeAAAAAAA', '4', { categoryOptionCombo: 'cyng2AAAAAA' })] } });
  assert.equal(report.rows.added, 2);
  assert.deepEqual(await held(server), ['faca 2024-01 agee cyng1AAAAAA - = 3', 'faca 2024-01 agee cyng2AAAAAA - = 4']);
});

test('a part of a tree begins where its parents lie outside; several trees stand under one root', async () => {
  const server = await fresh();
  const part = [{ id: 'dis1AAAAAAA', name: 'One', parent: { id: 'elsewhere11' } }, { id: 'dis2AAAAAAA', name: 'Two', parent: { id: 'elsewhere11' } }, { id: 'fac1AAAAAAA', name: 'F', parent: { id: 'dis1AAAAAAA' } }];
  const groups = { organisationUnitGroups: [{ id: 'grp1AAAAAAA', name: 'Town', organisationUnits: [{ id: 'fac1AAAAAAA' }] }, { id: 'grp2AAAAAAA', name: 'Village', organisationUnits: [{ id: 'fac1AAAAAAA' }, { id: 'notInTheTre' }] }], organisationUnitGroupSets: [{ id: 'setaAAAAAAA', name: 'Place', organisationUnitGroups: [{ id: 'grp2AAAAAAA' }, { id: 'grp1AAAAAAA' }] }] };
  const report = await bring(server, { units: { organisationUnits: part, ...groups } });
  assert.deepEqual([report.tree?.counts.new, report.tree?.depth, report.definitions], [4, 3, null], 'units alone are imported too');
  assert.deepEqual([...new Set(notes(report, 'organisationUnits').map((one) => one.split(' ')[1]))], ['parent-outside', 'under-common-root']);
  const stored = await server.db.read('system', (tx) => unitsOn(tx, '2026-01-01'));
  assert.deepEqual(stored.filter((unit) => unit.parent === '00').map((unit) => unit.code).sort(), ['dis1AAAAAAA', 'dis2AAAAAAA']);
  const [set] = (await server.db.read('system', (tx) => groupSets(tx, '2026-01-01'))).filter((one) => one.id === 'setaAAAAAAA');
  assert.equal(set?.groupOf.get('fac1AAAAAAA'), 'grp1AAAAAAA', 'in two groups of a set it counts in the first by name, once');
  const told = report.objects.find((one) => one.kind === 'organisationUnitGroupSets')?.changed.map((note) => String(note.facts['says-en'])) ?? [];
  assert.ok(told.some((text) => text.includes('fac1AAAAAAA') && text.includes('Town')) && told.some((text) => text.includes('notInTheTre')), told.join('\n'));
});

test('a file of units without a unit is refused, and nothing is loaded onto the units that happen to be there', async () => {
  const server = await fresh();
  const answer = await importDhis2(server.db, { units: [file({ type: 'FeatureCollection', features: [] })], metadata: [file({ dataElements: [element('elemAAAAAAA')] })], values: [], dryRun: false, report: undefined });
  assert.equal(!answer.ok && answer.problem.code, 'import-units-empty');
});

test('a second bundle brings what it brings: elements, forms and values of the first stay, and a dry run tells only what differs', async () => {
  const server = await fresh();
  await bring(server, { units, metadata: { dataElements: [element('elemAAAAAAA'), element('freeAAAAAAA')], dataSets: [form(['elemAAAAAAA'])] }, values: { dataValues: [value('elemAAAAAAA', '5'), value('freeAAAAAAA', '9', { period: '2024Q1' })] } });
  const before = await held(server);
  const second = { units, metadata: { dataElements: [element('elemAAAAAAA', { name: 'Renamed' }), element('moreAAAAAAA')], dataSets: [{ ...form(['elemAAAAAAA']), name: 'Form' }] }, values: { dataValues: [value('elemAAAAAAA', '6'), value('elemAAAAAAA', '1', { orgUnit: 'facbAAAAAAA' }), value('moreAAAAAAA', '2')] } };
  const dry = await bring(server, { ...second, dryRun: true });
  assert.deepEqual([dry.rows.added, dry.rows.changed, dry.rows.same], [2, 1, 0]);
  assert.deepEqual(await held(server), before, 'a dry run writes nothing');
  assert.deepEqual(dry.definitions?.changes.filter((one) => one.change !== 'added').map((one) => [one.kind, one.id, one.fields.map((field) => field.field).join(' ')]), [['data-element', 'elemAAAAAAA', 'name shortName definition']]);
  const report = await bring(server, second);
  assert.deepEqual([report.rows.added, report.rows.changed, report.definitions?.ended], [2, 1, 0]);
  assert.deepEqual(await held(server), ['faca 2024-01 elem - - = 6', 'faca 2024-01 more - - = 2', 'faca 2024-Q1 free - - = 9', 'facb 2024-01 elem - - = 1']);
});
