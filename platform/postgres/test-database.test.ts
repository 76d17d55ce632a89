import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { withClient } from './roles.ts';
import { testDatabase } from './test-database.ts';

const tableT = (digest: string) => {
  const counted = { digest, runs: 0, apply: async (urls: { ownerUrl: string }) => {
    counted.runs += 1;
    await withClient(urls.ownerUrl, (client) => client.query('create schema s; create table s.t (a int); insert into s.t values (1); grant usage on schema s to sauro_app; grant select on s.t to sauro_app'));
  } };
  return counted;
};

test('migrations run once; every asker, also at the same moment, gets a copy of its own with the same rights', async (t) => {
  const migrations = tableT(randomUUID());
  const databases = await Promise.all(Array.from({ length: 4 }, () => testDatabase(t, migrations)));
  assert.equal(migrations.runs, 1);
  assert.equal(new Set(databases.map((database) => database.name)).size, 4);
  const [one, two] = databases;
  assert.ok(one && two);
  await withClient(one.ownerUrl, (client) => client.query('insert into s.t values (2)'));
  const count = (url: string) => withClient(url, async (client) => (await client.query('select * from s.t')).rowCount);
  assert.deepEqual([await count(one.appUrl), await count(two.appUrl)], [2, 1]);
  await assert.rejects(withClient(two.appUrl, (client) => client.query('create temporary table x ()')), /permission denied/);
});

test('a migration that fails leaves no template behind', async (t) => {
  const digest = randomUUID();
  await assert.rejects(testDatabase(t, { digest, apply: async () => { throw new Error('broken migration'); } }), /broken migration/);
  const migrations = tableT(digest);
  await testDatabase(t, migrations);
  assert.equal(migrations.runs, 1);
});
