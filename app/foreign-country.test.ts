import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { testServer, type TestServer } from '#platform/testing/test-server.ts';
import { shape, Type } from '#kernel/shape.ts';
import { identity } from '#modules/identity/module.ts';
import { loadForeignTree, loadUnits, type ForeignUnit } from '#modules/org-units/index.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { demonstrationSignIns, loadDemonstration } from './demo.ts';

/** Two districts, three chiefdoms; ids that differ in case only, as random ids of other systems may. */
const country: readonly ForeignUnit[] = [
  { id: 'NATION00001', name: 'Made-up Land', openingDate: '2000-01-01' },
  { id: 'DISTRICT00a', name: 'Aland', parent: 'NATION00001' }, { id: 'DISTRICT00A', name: 'Bland', parent: 'NATION00001' },
  { id: 'CHIEFDOM00a', name: 'Cland', parent: 'DISTRICT00a' }, { id: 'CHIEFDOM00A', name: 'Dland', parent: 'DISTRICT00a' }, { id: 'CHIEFDOM00b', name: 'Eland', parent: 'DISTRICT00A' },
];
let server: TestServer;
before(async () => {
  server = await testServer([orgUnits, identity], { name: 'abroad', fill: async (db) => { await loadUnits(db); } });
  const tree = await loadForeignTree(server.db, country);
  assert.ok(tree.ok, JSON.stringify(tree));
});
after(() => server.close());

test('after an import the trial installation holds no made-up figure of Việt Nam, and every sign-in it names exists', async () => {
  assert.equal(await loadDemonstration(server.services, () => undefined), false);
  assert.equal(await loadDemonstration(server.services, () => undefined), false, 'a second start makes nothing twice');
  const named = (await demonstrationSignIns(server.services)).map((one) => one.userName);
  const rows = await server.db.read('system', (tx) => tx.rows(shape({ userName: Type.String() }), sql`select user_name from identity.sign_in_name`));
  const held = new Set(rows.map((row) => row.userName));
  assert.deepEqual(named.filter((one) => !held.has(one)), []);
  assert.ok(named.includes('phantich') && named.some((one) => /^tinh\d\d$/u.test(one)) && named.some((one) => /^xa\d\d\.canbo$/u.test(one)), named.join(' '));
});

test('the page for signing in offers one account a role, though units have ids of the other system', async () => {
  const answer = await server.call<{ demonstration: { userName: string; office: string }[] }>(undefined, 'GET', '/sign-in/options');
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  assert.ok(answer.body.demonstration.some((one) => /^UBND:\d\d:CHIEFDOM00[aAb]$/u.test(one.office)));
});

test('a leader of the second tier signs in with one click', async () => {
  const answer = await server.call(undefined, 'POST', '/sign-in/demonstration', { userName: 'tinh01' });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
});
