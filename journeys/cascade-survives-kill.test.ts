import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { audit } from '#modules/audit/module.ts';
import { directives } from '#modules/directives/module.ts';
import { draftWith, expectOk, people } from '#modules/directives/site.test.ts';
import { identity } from '#modules/identity/module.ts';
import { editionOfFiles, loadUnits } from '#modules/org-units/load.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { killCascades } from './cascade-kills.ts';

let site: TestServer;
before(async () => {
  site = await testServer([orgUnits, identity, audit, directives], { name: `jk${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
});
after(() => site.close());

/** 200 for the whole campaign, which takes some twenty minutes. */
const points = Number(process.env['SAURO_KILL_POINTS'] ?? '8');

test(`R54: ${points} cascades, each killed with -9 at a seeded point of its own, complete by themselves, each unit is told once, and the log verifies`, { timeout: 7_200_000 }, async () => {
  const report = await killCascades(site, async () => {
    const office = people.vpcp();
    const draft = await draftWith(site, office, [{}]);
    await expectOk(site.call(office, 'POST', `/directives/00/${draft.id}/issue`, { version: draft.version }));
    return draft.id;
  }, { cascades: points, seed: Number(process.env['SAURO_KILL_SEED'] ?? '1'), ...(points > 50 ? { say: (line: string) => console.log(line) } : {}) });
  const { wrong, ...counts } = report;
  if (points > 50) console.log(JSON.stringify(counts));
  assert.deepEqual(wrong, []);
  assert.ok(report.killed >= points * 0.75, `kills must come before the end: ${report.killed} of ${points}`);
  assert.ok(report.midway > 0, 'some kills must hit a cascade that has begun and not ended');
  assert.ok(report.auditEntries >= 35 * points);
});
