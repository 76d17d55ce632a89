import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Tx } from '#platform/db/tx.ts';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { slotsOf } from '#modules/definitions/index.ts';
import { definitions } from '#modules/definitions/module.ts';
import { identity } from '#modules/identity/module.ts';
import { groupSets, loadUnits } from '#modules/org-units/index.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { returns } from '../module.ts';
import { readPacked, readRollUps } from '../store/reading.ts';
import { changedNothing, importDhis2, type ImportReport } from './import-dhis2.ts';
import { chance, csvOf, defaultCombo, elementsMade, jsonOf, makeBundle, shuffled, small, uid, whole, type MadeRow } from './testing/foreign-bundle.ts';
import { stateOf } from './testing/state-of.ts';

const size = process.env['SAURO_WHOLE_IMPORT'] === '1' ? whole : small;
const made = makeBundle(size);
const folder = mkdtempSync(join(tmpdir(), 'sauro-dhis2-'));
const file = (name: string, content: string | Uint8Array): string => { const path = join(folder, name); writeFileSync(path, content); return path; };
const open: TestServer[] = [];
const fresh = async (): Promise<TestServer> => {
  const server = await testServer([orgUnits, identity, definitions, returns], { name: 'dhis2', fill: async (db) => { await loadUnits(db); } });
  open.push(server);
  return server;
};
const files = {
  units: [file('units.json', JSON.stringify({ organisationUnits: made.units }))], metadata: [file('metadata.json.gz', gzipSync(JSON.stringify(made.metadata)))],
  values: [file('values.json.gz', gzipSync(jsonOf(made.rows)))],
};
let first: TestServer;
let report: ImportReport;

async function importInto(server: TestServer, given: Partial<Parameters<typeof importDhis2>[1]> = {}): Promise<ImportReport> {
  const answer = await importDhis2(server.db, { ...files, dryRun: false, report: undefined, ...given });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

before(async () => {
  first = await fresh();
  const dry = await importInto(first, { dryRun: true });
  report = await importInto(first);
  assert.deepEqual([dry.rows.added, dry.rows.refused, dry.returns.added], [report.rows.added, report.rows.refused, report.returns.added], 'the dry run told what came');
});
after(async () => { for (const server of open) await server.close(); rmSync(folder, { recursive: true, force: true }); });

const unitById = new Map(made.units.map((unit) => [unit.id, unit]));
const closedOn = (unit: string, period: string): boolean => { const closed = unitById.get(unit)?.closedDate?.slice(0, 10); return closed !== undefined && closed < `${period.slice(0, 4)}-${period.slice(4)}-28`; };
const taken = made.rows.filter((row) => !closedOn(row.orgUnit, row.period));
const kindOf = new Map(elementsMade().map((one) => [one.id, one.aggregationType]));
const monthOf = (period: string): string => `${period.slice(0, 4)}-${period.slice(4)}`;
const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(b));

test('a foreign tree of four levels with group sets, an attribute dimension and monthly values imports in one pass from an empty database', () => {
  assert.equal(report.tree?.counts.new, made.units.length);
  assert.equal(report.groups?.sets, 4);
  assert.equal(report.rows.read, made.rows.length);
  assert.equal(report.rows.added, taken.length);
  assert.deepEqual([...report.rows.byCode], made.rows.length === taken.length ? [] : [['unit-not-on-date', made.rows.length - taken.length]]);
});

test('nothing of the metadata is lost silently: every kind says what was read, taken, refused and ignored', () => {
  const of = (kind: string) => report.objects.find((one) => one.kind === kind);
  assert.deepEqual([of('dataElements')?.read, of('dataElements')?.taken], [made.metadata['dataElements']?.length, made.metadata['dataElements']?.length]);
  assert.equal(of('indicators')?.taken, 1);
  assert.equal(of('indicators')?.refused[0]?.code, 'formula-wrong');
  assert.equal(of('dashboards')?.ignored, 1);
  assert.equal(of('validationRules')?.taken, 1);
  for (const one of report.objects) assert.equal(one.read, one.taken + one.refused.length, one.kind);
});

/** One figure by group of two sets, quarter and element, from the rows of the file alone. */
function bruteForce(rows: readonly MadeRow[], groupOf: (set: string, unit: string) => string | undefined, sets: readonly [string, string]): Map<string, number> {
  const months = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const groups = sets.map((set) => groupOf(set, row.orgUnit));
    if (groups.some((group) => group === undefined)) continue;
    const key = `${groups.join('/')} ${quarterOf(monthOf(row.period))} ${row.dataElement}`;
    const unit = `${row.orgUnit} ${row.categoryOptionCombo} ${row.attributeOptionCombo}`;
    const at = kindOf.get(row.dataElement) === 'LAST' ? `${unit}` : `${unit} ${row.period}`;
    const known = months.get(key) ?? new Map<string, number>();
    months.set(key, known);
    known.set(at, Number(row.value)); // rows come in the order of months, so the last one stays
  }
  return new Map([...months].map(([key, values]) => [key, [...values.values()].reduce((a, b) => a + b, 0)]));
}

test('quarterly totals by two group sets equal an independent computation from the rows of the file', async () => {
  const setIds = { type: uid('gset', 2), ownership: uid('gset', 1), area: uid('gset', 0), location: uid('gset', 3) };
  const groups = new Map((made.metadata['organisationUnitGroups'] ?? []).map((group) => [String(group['id']), new Set((group['organisationUnits'] as { id: string }[]).map(({ id }) => id))]));
  const sets = new Map((made.metadata['organisationUnitGroupSets'] ?? []).map((set) => [String(set['id']), (set['organisationUnitGroups'] as { id: string }[]).map(({ id }) => id)]));
  const inFile = (set: string, unit: string): string | undefined => {
    for (let at: string | undefined = unit; at !== undefined; at = set === setIds.area ? unitById.get(at)?.parent?.id : undefined) {
      const found = (sets.get(set) ?? []).find((group) => groups.get(group)?.has(at ?? ''));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const pair of [[setIds.type, setIds.ownership], [setIds.area, setIds.location]] as const) {
    const expected = bruteForce(taken, inFile, pair);
    const got = await first.db.read('system', (tx) => storedTotals(tx, pair));
    assert.deepEqual([...got.keys()].sort(), [...expected.keys()].sort());
    for (const [key, value] of expected) assert.ok(near(got.get(key) ?? Number.NaN, value), `${key}: ${got.get(key)} for ${value}`);
  }
});

async function storedTotals(tx: Tx, sets: readonly [string, string]): Promise<Map<string, number>> {
  const slots = await slotsOf(tx);
  const months = [...new Set(taken.map((row) => monthOf(row.period)))].sort();
  const rows: MadeRow[] = [];
  const here = new Map((await groupSets(tx, `${months.at(-1)}-28`)).map((set) => [set.id, set.groupOf]));
  for (const dataSet of [0, 1, 2].map((n) => uid('dset', n))) for (const one of await readPacked(tx, { periods: months, dataSets: [dataSet] })) {
    one.vals.forEach((value, i) => {
      const slot = slots.of(dataSet).find((each) => each.slot === i + 1);
      if (value !== null && slot !== undefined) rows.push({ dataElement: slot.element, period: one.period.replace('-', ''), orgUnit: one.orgUnit, categoryOptionCombo: slot.cell || defaultCombo, attributeOptionCombo: one.attribute, value: String(value) });
    });
  }
  rows.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
  // Groups of a month are those of its own map; members of this bundle never move, closed units have no rows after their end.
  const early = new Map((await groupSets(tx, `${months[0]}-28`)).map((set) => [set.id, set.groupOf]));
  return bruteForce(rows, (set, unit) => here.get(set)?.get(unit) ?? early.get(set)?.get(unit), sets);
}

test('sums and counts at every ancestor equal those of the rows below it', async () => {
  const months = [...new Set(taken.map((row) => monthOf(row.period)))].sort();
  const expected = new Map<string, { sum: number; count: number }>();
  for (const row of taken) {
    for (let unit = unitById.get(unitById.get(row.orgUnit)?.parent?.id ?? ''); unit !== undefined; unit = unitById.get(unit.parent?.id ?? '')) {
      const key = `${unit.level === 1 ? '00' : unit.id} ${monthOf(row.period)} ${row.dataElement} ${row.categoryOptionCombo} ${row.attributeOptionCombo}`;
      const known = expected.get(key) ?? { sum: 0, count: 0 };
      known.sum += Number(row.value);
      known.count += 1;
      expected.set(key, known);
    }
  }
  await first.db.read('system', async (tx) => {
    const slots = await slotsOf(tx);
    let found = 0;
    for (const dataSet of [0, 1, 2].map((n) => uid('dset', n))) for (const node of await readRollUps(tx, { periods: months, dataSets: [dataSet], standing: 'reported' })) {
      const bySlot = new Map(slots.of(dataSet).map((slot) => [slot.slot, slot]));
      node.counts.forEach((count, i) => {
        const slot = bySlot.get(i + 1);
        if (count === 0 || slot === undefined) return;
        const key = `${node.node} ${node.period} ${slot.element} ${slot.cell || defaultCombo} ${node.attribute || defaultCombo}`;
        assert.equal(count, expected.get(key)?.count, key);
        assert.ok(near(node.sums[i] ?? 0, expected.get(key)?.sum ?? Number.NaN), key);
        found += 1;
      });
    }
    assert.equal(found, expected.size);
  });
});

test('the same files again change nothing', async () => {
  const before = await stateOf(first.ownerUrl);
  const again = await importInto(first);
  assert.ok(changedNothing(again));
  assert.equal(again.rows.same, taken.length);
  assert.deepEqual(await stateOf(first.ownerUrl), before);
});

test('rows and objects in any order, as CSV and in several files, give the same database', async () => {
  const random = chance(99);
  const server = await fresh();
  const rows = shuffled(made.rows, random);
  const metadata = Object.fromEntries(shuffled(Object.entries(made.metadata), random).map(([kind, list]) => [kind, shuffled(list, random)]));
  const half = Math.floor(rows.length / 2);
  await importInto(server, {
    units: [file('units2.json', JSON.stringify({ organisationUnits: shuffled(made.units, random) }))], metadata: [file('metadata2.json', JSON.stringify(metadata))],
    values: [file('late.csv.gz', gzipSync(csvOf(rows.slice(half)))), file('early.csv', csvOf(rows.slice(0, half)))],
  });
  const [mine, theirs] = [await stateOf(server.ownerUrl), await stateOf(first.ownerUrl)];
  mine.forEach((part, i) => { assert.equal(part, theirs[i], `part ${i}`); });
});

test('killed in the middle and run again, the database is the same', async () => {
  const server = await fresh();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing', 'import-child.ts'), server.db.url, ...files.units, ...files.metadata, ...files.values], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<string | null>((resolve) => { child.on('exit', (_, signal) => { resolve(signal); }); });
  child.stdout.on('data', () => { child.kill('SIGKILL'); });
  assert.equal(await ended, 'SIGKILL');
  const between = await stateOf(server.ownerUrl);
  assert.notEqual(between[0], '', 'something was committed before the kill');
  const again = await importInto(server);
  assert.ok(again.rows.added > 0 && again.rows.same > 0, `the second run found ${again.rows.same} rows done and added ${again.rows.added}`);
  const [mine, theirs] = [await stateOf(server.ownerUrl), await stateOf(first.ownerUrl)];
  mine.forEach((part, i) => { assert.equal(part, theirs[i], `part ${i}`); });
});

test('two who import the same values at one moment store each once: what both believe new is looked for again', async () => {
  const server = await fresh();
  const [earliest = ''] = made.rows.map((row) => row.period).sort();
  await importInto(server, { values: [file('earliest.json', jsonOf(made.rows.filter((row) => row.period === earliest)))] }); // definitions and one month are there
  const reports = await Promise.all([importInto(server), importInto(server)]);
  const before = taken.filter((row) => row.period === earliest).length;
  assert.equal(reports.reduce((sum, one) => sum + one.rows.added, 0), taken.length - before);
  assert.deepEqual(reports.map((one) => one.rows.added + one.rows.same), [taken.length, taken.length]);
  assert.deepEqual((await stateOf(server.ownerUrl)).slice(0, 4), (await stateOf(first.ownerUrl)).slice(0, 4));
});

test('a changed, a deleted and an unchanged value are told apart, with the verdict of every row in a file', async () => {
  const server = first;
  const [a, b, c] = taken;
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  const verdicts = join(folder, 'verdicts.csv');
  const values = [file('changes.json', JSON.stringify({ dataValues: [{ ...a, value: String(Number(a.value) + 7) }, { ...b, deleted: true }, c, { ...c, orgUnit: 'nobodyknows' }] }))];
  const changed = await importInto(server, { values, report: verdicts });
  assert.deepEqual([changed.rows.changed, changed.rows.removed, changed.rows.same, changed.rows.refused], [1, 1, 1, 1]);
  const lines = readFileSync(verdicts, 'utf8').trim().split('\r\n').slice(1).sort();
  assert.deepEqual(lines.map((line) => line.split(',').slice(1, 4)).sort(), [['1', 'changed', ''], ['2', 'removed', ''], ['3', 'same', ''], ['4', 'refused', 'unit-unknown']]);
  assert.match(lines.find((line) => line.includes('refused')) ?? '', /Không có đơn vị mang mã nobodyknows\. .+There is no unit with the code nobodyknows\. /, 'the reason and what to do, in both languages');
  assert.ok(lines.some((line) => line.endsWith(`,changed,,,,${a.value},${Number(a.value) + 7}`)) && lines.some((line) => line.endsWith(`,removed,,,,${b.value},`)), 'what stood there, and what stands there now');
  await importInto(server);
});
