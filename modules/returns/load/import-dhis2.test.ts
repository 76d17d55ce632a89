import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadUnits } from '#modules/org-units/index.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { identity } from '#modules/identity/module.ts';
import { definitions } from '#modules/definitions/module.ts';
import { returns } from '../module.ts';
import { changedNothing, importDhis2, type ImportReport } from './import-dhis2.ts';
import { csvOf, jsonOf, makeBundle, small, whole } from './testing/foreign-bundle.ts';

const size = process.env['SAURO_WHOLE_IMPORT'] === '1' ? whole : small;
const made = makeBundle(size);
const folder = mkdtempSync(join(tmpdir(), 'sauro-dhis2-'));
const file = (name: string, content: string | Uint8Array): string => { const path = join(folder, name); writeFileSync(path, content); return path; };
const open: TestServer[] = [];
const fresh = async (): Promise<TestServer> => { const server = await testServer([orgUnits, identity, definitions, returns], { name: 'dhis2', fill: async (db) => { await loadUnits(db); } }); open.push(server); return server; };
let files: { units: string[]; metadata: string[]; values: string[] };

before(() => {
  files = { units: [file('units.json', JSON.stringify({ organisationUnits: made.units }))], metadata: [file('metadata.json.gz', gzipSync(JSON.stringify(made.metadata)))], values: [file('values.json.gz', gzipSync(jsonOf(made.rows)))] };
});
after(async () => { for (const server of open) await server.close(); rmSync(folder, { recursive: true, force: true }); });

async function importInto(server: TestServer, given: Partial<Parameters<typeof importDhis2>[1]> = {}): Promise<ImportReport> {
  const answer = await importDhis2(server.db, { ...files, dryRun: false, report: undefined, ...given });
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

test('a foreign tree of four levels imports in one pass from an empty database', async () => {
  const server = await fresh();
  const report = await importInto(server);
  console.log(JSON.stringify({ ...report, rows: { ...report.rows, byCode: [...report.rows.byCode] }, objects: report.objects.map((one) => ({ ...one, changed: one.changed.length, refused: one.refused })) }, null, 1));
  assert.equal(changedNothing(report), false);
  void csvOf;
});
