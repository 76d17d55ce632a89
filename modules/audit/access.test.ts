import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { record } from '#platform/log/record.ts';
import { sequenceAll } from '#platform/log/sequencer.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { audit } from './module.ts';
import { readEntry } from './actions/proofs.ts';
import { listEntries } from './actions/timeline.ts';
import type { PlacedEntry } from './schema.ts';

let server: TestServer;
const ids = new Map<string, string>();
const at = '2026-11-18T03:00:00.000Z';

before(async () => {
  server = await testServer([orgUnits, audit]);
  for (const province of ['00', '01', '79']) {
    await server.db.write('system', (tx) => record(tx, { province, at, actor: 'system', action: 'tasks.issued', target: { type: 'task', id: newId() }, unit: province }));
  }
  await sequenceAll(server.db, () => new Date(at));
  const rows = await server.db.read('system', (tx) => tx.arrays({ text: 'select province, id from log.leaf', values: [] }));
  for (const [province, id] of rows) ids.set(String(province), String(id));
});
after(() => server.close());

const noContent = (actor: Actor): Actor => ({ ...actor, grants: actor.grants.map((grant) => ({ ...grant, opensNoContent: true as const })) });

/** Role and place -> the logs whose entries it may read. */
const matrix: readonly (readonly [string, Actor, readonly string[]])[] = [
  ['oversight of the nation', noContent(actorWith(atNation('oversight'))), ['00', '01', '79']],
  ['oversight of province 01', noContent(actorWith(atProvince('oversight', '01'))), ['01']],
  ['auditor of the nation', actorWith(atNation('auditor')), ['00', '01', '79']],
  ['auditor of province 79', actorWith(atProvince('auditor', '79')), ['79']],
  ['Government Office', actorWith(atNation('government-office')), ['00', '01', '79']],
  ['leader of province 01', actorWith(atProvince('province-leader', '01')), ['01']],
  ['leader of province 99, which has no log', actorWith(atProvince('province-leader', '99')), []],
  ['administrator of the nation', noContent(actorWith(atNation('administrator'))), []],
  ['ministry', actorWith(atNation('ministry')), []],
  ['national analyst', actorWith(atNation('national-analyst')), []],
  ['secretary of province 01', actorWith(atProvince('province-secretary', '01')), []],
  ['police of province 01', actorWith(atProvince('province-police', '01')), []],
  ['leader of a commune', actorWith(atCommune('commune-leader', '01', '00004')), []],
  ['officer of a commune', actorWith(atCommune('commune-officer', '01', '00004')), []],
  ['facility manager', actorWith(atProvince('facility-manager', '01')), []],
  ['social worker', actorWith(atCommune('social-worker', '01', '00004')), []],
  ['nobody with a role', actorWith(), []],
];
const mayRead = (logs: readonly string[]): boolean => logs.length > 0;
const hasRole = (actor: Actor): boolean => actor.grants.some((grant) => (audit.permissions['audit.read'] ?? []).includes(grant.role));

describe('R8: who may read the log, by role and place', () => {
  for (const [who, actor, logs] of matrix) {
    test(`R8, E12: ${who} reads ${logs.length > 0 ? `logs ${logs.join(', ')}` : 'no entries'}`, async () => {
      const timeline = await server.call<{ entries: PlacedEntry[] }>(actor, 'GET', '/audit/entries?action=tasks&limit=200');
      assert.equal(timeline.status, hasRole(actor) ? 200 : 403);
      if (hasRole(actor)) assert.deepEqual([...new Set(timeline.body.entries.map((placed) => placed.entry.log))].sort(), logs);
      for (const [log, id] of ids) {
        const readable = logs.includes(log);
        const refused = hasRole(actor) ? 404 : 403;
        assert.equal((await server.call(actor, 'GET', `/audit/logs/${log}/entries/${id}`)).status, readable ? 200 : refused, `entry of ${log}`);
        assert.equal((await server.call(actor, 'GET', `/audit/logs/${log}/export`)).status, readable ? 200 : refused, `export of ${log}`);
      }
      assert.equal((await server.call(actor, 'GET', '/audit/state')).status, hasRole(actor) ? 200 : 403);
    });
  }

  test('R8: without signing in nothing of the log is given', async () => {
    for (const { contract } of audit.routes) {
      const path = contract.path.replace(':log', '01').replace(':id', newId()).replace(':hash', 'a'.repeat(64)).replace(':level', '0').replace(':index', '0');
      assert.equal((await server.call(undefined, contract.method, path)).status, 401, path);
    }
  });

  test('R13: an entry that is hidden and one that does not exist are refused alike', async () => {
    const leader = actorWith(atProvince('province-leader', '01'));
    const hidden = await server.call(leader, 'GET', `/audit/logs/79/entries/${ids.get('79') ?? ''}`);
    const absent = await server.call(leader, 'GET', `/audit/logs/79/entries/${newId()}`);
    assert.deepEqual([hidden.status, hidden.body], [absent.status, absent.body]);
  });
});

describe('R10: each layer alone keeps the log closed', () => {
  const now = { at, today: '2026-11-18' };
  test('R10: with the policy switched off, row security shows the same logs', async () => {
    for (const [who, actor, logs] of matrix) {
      const rows = await server.db.read(actor, (tx) => tx.arrays({ text: "select distinct province from log.leaf where action = 'tasks.issued' order by 1", values: [] }));
      assert.deepEqual(rows.map(([province]) => province), logs, who);
      for (const [log, id] of ids) {
        const answer = await server.db.read(actor, (tx) => readEntry({ tx, may: () => true }, log, id));
        assert.equal(answer.ok, logs.includes(log), `${who}: ${log}`);
      }
    }
  });

  test('R10: with row security switched off, the policy shows the same logs', async () => {
    for (const [who, actor, logs] of matrix.filter(([, , each]) => mayRead(each))) {
      const may = (_permission: string, place?: { province: string }): boolean => place === undefined || logs.includes(place.province);
      await server.db.write('system', async (tx) => {
        const { entries } = await listEntries({ tx, actor, now, may }, { action: 'tasks' });
        assert.deepEqual([...new Set(entries.map((placed) => placed.entry.log))].sort(), logs, who);
        for (const [log, id] of ids) assert.equal((await readEntry({ tx, may }, log, id)).ok, logs.includes(log));
      });
    }
  });

  test('R10: the manifest and row security name the same readers', async () => {
    const [[text] = []] = await server.db.read('system', (tx) => tx.arrays({ text: "select prosrc from pg_proc where oid = 'audit.readable_logs'::regproc", values: [] }));
    const named = [...(/any \(array\[([^\]]+)\]\)/.exec(String(text))?.[1] ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1]);
    assert.deepEqual(named, audit.permissions['audit.read']);
  });

  test('R10: every table of the log has row security, enabled and forced', async () => {
    const open = await server.db.read('system', (tx) => tx.arrays({ text: "select relname from pg_class where relnamespace = 'log'::regnamespace and relkind = 'r' and not (relrowsecurity and relforcerowsecurity)", values: [] }));
    assert.deepEqual(open, []);
  });
});
