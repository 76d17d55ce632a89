import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { openDatabase } from '#platform/db/database.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { editionOfFiles, loadUnits } from './load.ts';
import { orgUnits } from './module.ts';
import { routes } from './routes.ts';
import type { CommitteePage, RecordCommittee } from './schema.ts';

let server: TestServer;
before(async () => {
  server = await testServer([orgUnits], { name: `ou${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });
});
after(() => server.close());

const aCommittee = (province: string, changes: Partial<RecordCommittee> = {}): RecordCommittee => ({
  decisionNumber: '2101/QĐ-UBND', decidedOn: '2025-10-20', signerPost: 'Chủ tịch', documentHash: null, documentUrl: null, meetings: [], baseRevision: 0,
  seats: [{ role: 'chair', office: `UBND:${province}`, post: 'Chủ tịch', holder: null }, { role: 'standing-deputy', office: `CA:${province}`, post: 'Giám đốc Công an', holder: null }],
  ...changes,
});

describe('who may read the register', () => {
  const paths = ['/units/tree', '/units/counts', '/units/search?q=ha', '/units/changes', '/units/offices?unit=01', '/units/group-sets', '/units/01', '/steering-committees', '/steering-committees/01'];
  for (const path of paths) test(`R8: ${path} is refused to nobody and open to any signed-in person`, async () => {
    assert.equal((await server.call(undefined, 'GET', path)).status, 401);
    assert.equal((await server.call(actorWith(atCommune('commune-officer', '01', '00004')), 'GET', path)).status, 200);
  });
  test('R8: no route of the module is open to everybody', () => assert.deepEqual(routes.filter((route) => route.contract.who === 'anyone'), []));
});

describe('who may record a steering committee: role × place', () => {
  const holders: readonly (readonly [string, Actor, 'own' | 'any' | 'none'])[] = [
    ['province-leader of the province', actorWith(atProvince('province-leader', '04')), 'own'],
    ['province-secretary of the province', actorWith(atProvince('province-secretary', '04')), 'own'],
    ['government-office', actorWith(atNation('government-office')), 'any'],
    ['ministry', actorWith(atNation('ministry', 'BCA')), 'any'],
    ['province-police of the province', actorWith(atProvince('province-police', '04', 'CA:04')), 'none'],
    ['commune-leader in the province', actorWith(atCommune('commune-leader', '04', '01273')), 'none'],
    ['administrator', actorWith(atNation('administrator')), 'none'],
    ['oversight', actorWith(atNation('oversight')), 'none'],
    ['auditor', actorWith(atNation('auditor')), 'none'],
    ['national-analyst', actorWith(atNation('national-analyst')), 'none'],
  ];
  for (const [who, actor, where] of holders) test(`R8: ${who} may record ${where}`, async () => {
    for (const province of ['04', '11']) {
      const allowed = where === 'any' || (where === 'own' && province === '04');
      const page = await server.call<CommitteePage>(actor, 'GET', `/steering-committees/${province}`);
      assert.equal(page.body.mayRecord, allowed, `button for ${province}`);
      const answer = await server.call(actor, 'PUT', `/steering-committees/${province}`, aCommittee(province, { baseRevision: page.body.recorded?.revision ?? 0 }));
      assert.equal(answer.status, allowed ? 200 : 403, `${province}: ${JSON.stringify(answer.body)}`);
    }
  });
});

describe('row security alone, with the policy function out of the way', () => {
  const write = (actor: Actor, province: string) => server.db.write(actor, (tx) => tx.run(sql`
    insert into org_units.steering_committee (province, term, decision_number, decided_on, signer_post, seats, meetings, revision, recorded_at, recorded_by)
    values (${province}, ${`row-security-${actor.account}`}, '1/QĐ', '2025-10-01', 'x', '[]', '[]', 1, now(), 'x')`));
  test('R10: a province leader writes the own province and no other', async () => {
    const leader = actorWith(atProvince('province-leader', '04'));
    assert.equal(await write(leader, '04'), 1);
    await assert.rejects(write(leader, '11'), /row-level security/u);
  });
  test('R10: a person without a recording role writes nowhere, even at the nation', async () => {
    await assert.rejects(write(actorWith(atNation('auditor')), '04'), /row-level security/u);
    await assert.rejects(write(actorWith(atCommune('commune-leader', '04', '01273')), '04'), /row-level security/u);
  });
  test('R10: nobody changes units but the loader', async () => {
    const minister = actorWith(atNation('ministry', 'BCA'));
    assert.equal(await server.db.write(minister, (tx) => tx.run(sql`update org_units.unit_version set name_vi = 'x'`)), 0);
    assert.equal(await server.db.write(minister, (tx) => tx.run(sql`delete from org_units.office`)), 0);
    await assert.rejects(server.db.write(minister, (tx) => tx.run(sql`insert into org_units.edition (singleton, digest, loaded_at) values (true, 'x', now())`)), /row-level security/u);
  });
  test('R10: row security is forced on every table of the module', async () => {
    const owner = openDatabase(server.ownerUrl, { max: 1 });
    const rows = await owner.read('system', (tx) => tx.arrays(sql`
      select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'org_units' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`)).finally(() => owner.close());
    assert.deepEqual(rows, []);
  });
});
