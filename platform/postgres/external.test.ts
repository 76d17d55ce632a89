import assert from 'node:assert/strict';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { productCluster, superuser } from './cluster.ts';
import { crashDirectory } from './crash-campaign.ts';
import { prepareServer, type ServerUrls } from './external.ts';
import { StartRefused } from './refusal.ts';
import { assertAppRole, withClient, withDatabase } from './roles.ts';
import { type Cluster, openCluster } from './supervisor.ts';

// A server as an operator would run it: nothing of ours is in it yet.
const dir = crashDirectory();
let server: Cluster;
let adminUrl: string;
const databaseOf = (name: string, role: string): string => {
  const url = new URL(withDatabase(adminUrl, name));
  url.username = role;
  url.password = 'of-the-operator';
  return url.toString();
};

before(async () => {
  server = await openCluster({ dataDir: join(dir, 'server') }, productCluster);
  adminUrl = server.url(superuser, server.secrets.superuser, 'postgres');
  await withClient(adminUrl, async (client) => {
    for (const role of ['head createrole', 'weak']) await client.query(`create role ${role} login password 'of-the-operator'`);
    for (const [name, owner] of [['by_superuser', superuser], ['by_owner', 'head'], ['by_weak', 'weak']]) await client.query(`create database ${name} owner ${owner}`);
  });
});
after(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

async function rolesWork(urls: ServerUrls): Promise<void> {
  await assertAppRole(urls.appUrl);
  await withClient(urls.ownerUrl, (client) => client.query('create schema made; create table made.t (a int); grant usage on schema made to sauro_app; grant select on made.t to sauro_app'));
  await withClient(urls.appUrl, async (client) => {
    await client.query('select * from made.t');
    await assert.rejects(client.query('drop table made.t'), /must be owner/);
  });
  await withClient(urls.jobsUrl, (client) => client.query('create table graphile_worker.t ()'));
}

test('R11: DATABASE_URL of a superuser: migrations run as an owner that is none, the application as a role that owns nothing', async () => {
  const options = { databaseUrl: withDatabase(adminUrl, 'by_superuser'), dataDir: join(dir, 'one') };
  const urls = await prepareServer(options);
  await rolesWork(urls);
  await withClient(urls.ownerUrl, async (client) => {
    assert.deepEqual((await client.query('select rolsuper, rolbypassrls from pg_roles where rolname = current_user')).rows, [{ rolsuper: false, rolbypassrls: false }]);
  });
  assert.deepEqual(await prepareServer(options), urls, 'the next start uses the same');
  assert.equal(statSync(join(dir, 'one', 'database-secrets.json')).mode & 0o077, 0);
});

test('DATABASE_URL may name a database that is not there yet, or the maintenance database, which stays untouched', async () => {
  const options = { databaseUrl: adminUrl, dataDir: join(dir, 'one') };
  const urls = await prepareServer(options);
  assert.equal(new URL(urls.appUrl).pathname, '/sauro');
  await assertAppRole((await prepareServer({ ...options, databaseUrl: withDatabase(adminUrl, 'new one') })).appUrl);
  await withClient(adminUrl, async (client) => {
    assert.equal((await client.query("select 1 from pg_namespace where nspname = 'graphile_worker'")).rowCount, 0);
  });
});

test('R11: passwords are not taken from under a running system; once it is gone they are renewed', async () => {
  const options = { databaseUrl: databaseOf('by_owner', 'head'), dataDir: join(dir, 'two') };
  const running = await prepareServer({ databaseUrl: withDatabase(adminUrl, 'by_superuser'), dataDir: join(dir, 'one') });
  await withClient(running.appUrl, async () => {
    await assert.rejects(prepareServer(options), (error: unknown) => error instanceof StartRefused && error.problem.code === 'app-role-elsewhere');
  });
  await withClient(adminUrl, (client) => client.query('grant sauro_app, sauro_jobs to head with admin option'));
  await rolesWork(await prepareServer(options));
});

test('R11: DATABASE_URL of a role that may not make roles is refused in plain words', async () => {
  await withClient(adminUrl, (client) => client.query('alter role sauro_app rename to not_ours_app; alter role sauro_jobs rename to not_ours_jobs'));
  const refused = await prepareServer({ databaseUrl: databaseOf('by_weak', 'weak'), dataDir: join(dir, 'three') }).then(() => undefined, (error: unknown) => error);
  assert.ok(refused instanceof StartRefused);
  assert.equal(refused.problem.code, 'database-cannot-create-roles');
  assert.match(refused.message, /CREATEROLE.*\n.*CREATEROLE/);
});

test('R54.2: DATABASE_URL of a server with fsync off is refused', async () => {
  await withClient(adminUrl, async (client) => {
    await client.query('alter system set fsync = off');
    await client.query('select pg_reload_conf()');
    while ((await client.query<{ fsync: string }>('show fsync')).rows[0]?.fsync === 'on') await client.query('select pg_sleep(0.02)');
  });
  await assert.rejects(prepareServer({ databaseUrl: withDatabase(adminUrl, 'by_superuser'), dataDir: join(dir, 'one') }), (error: unknown) =>
    error instanceof StartRefused && error.problem.code === 'database-not-durable' && error.problem['setting'] === 'fsync');
});
