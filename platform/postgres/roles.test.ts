import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { runMigrations } from 'graphile-worker';
import { assertDurable } from './durability.ts';
import { StartRefused } from './refusal.ts';
import { assertAppRole, withClient, withDatabase } from './roles.ts';
import { type TestDatabase, testDatabase } from './test-database.ts';

let database: TestDatabase;
before(async () => { database = await testDatabase('roles'); });
after(() => database.drop());

const asApp = (text: string) => withClient(database.appUrl, (client) => client.query(text));
const asSuperuser = (text: string) => withClient(database.superuserUrl, (client) => client.query(text));

test('R11: the application signs in as a role that owns nothing and bypasses nothing', async () => {
  await assertAppRole(database.appUrl);
});

for (const wayOut of [
  'set role sauro_owner', 'set role sauro_jobs', 'set role sauro_superuser', 'set session authorization sauro_owner',
  "select set_config('role', 'sauro_owner', false)", "select set_config('session_authorization', 'sauro_superuser', false)",
  'reset role; create schema escaped', 'create table public.escaped ()', 'create table pg_temp.escaped ()', 'create schema escaped', 'create role escaped',
  'create database escaped', 'alter role sauro_app bypassrls', 'alter role sauro_app superuser', 'grant sauro_owner to sauro_app',
  "alter system set fsync = off", "copy (select 1) to program 'true'", "select pg_read_file('postgresql.conf')", 'select * from pg_authid',
  'alter database postgres owner to sauro_app', 'set session_replication_role = replica',
]) {
  test(`R11: the application's role cannot: ${wayOut}`, async () => {
    await assert.rejects(asApp(wayOut), /permission denied|must be|only roles with|insufficient/i);
  });
}

test('R11: the application cannot reach other databases of the cluster', async () => {
  for (const other of ['postgres', 'template1']) {
    await assert.rejects(withClient(withDatabase(database.appUrl, other), (client) => client.query('select 1')), /permission denied for database/);
  }
});

// Roles are shared by all databases of the test server: a name of our own.
const unsafe = `sauro_test_unsafe_${randomBytes(4).toString('hex')}`;

const tooMuch: Record<string, [give: string, take: string]> = {
  'SUPERUSER': [`alter role ${unsafe} superuser`, `alter role ${unsafe} nosuperuser`],
  'BYPASSRLS': [`alter role ${unsafe} bypassrls`, `alter role ${unsafe} nobypassrls`],
  'CREATEROLE / CREATEDB / REPLICATION': [`alter role ${unsafe} createrole`, `alter role ${unsafe} nocreaterole`],
  'member of sauro_owner': [`grant sauro_owner to ${unsafe}`, `revoke sauro_owner from ${unsafe}`],
  'member of pg_read_all_data': [`grant pg_read_all_data to ${unsafe}`, `revoke pg_read_all_data from ${unsafe}`],
  'owner': [`create schema sauro_test_owned authorization ${unsafe}`, 'drop schema sauro_test_owned'],
  'CREATE': [`grant create on schema public to ${unsafe}`, `revoke create on schema public from ${unsafe}`],
};

test('R11: a role with one right too many is refused at the start, by name of that right', async () => {
  await asSuperuser(`create role ${unsafe} login password 'unsafe-unsafe'`);
  const url = new URL(database.appUrl);
  url.username = unsafe;
  url.password = 'unsafe-unsafe';
  await asSuperuser(`grant connect on database ${database.name} to ${unsafe}`);
  try {
    await assertAppRole(url.toString());
    for (const [reason, [give, take]] of Object.entries(tooMuch)) {
      await asSuperuser(give);
      await assert.rejects(assertAppRole(url.toString()), (error: unknown) =>
        error instanceof StartRefused && error.problem.code === 'app-role-unsafe' && error.problem['reason'] === reason, reason);
      await asSuperuser(take);
    }
  } finally {
    await asSuperuser(`drop owned by ${unsafe}; drop role ${unsafe}`);
  }
  await assert.rejects(assertAppRole(database.superuserUrl), /SUPERUSER/);
});

test('R11: the queue installs itself as a role that owns its schema and may create no other', async () => {
  await runMigrations({ connectionString: database.jobsUrl });
  await withClient(database.jobsUrl, async (client) => {
    await client.query("select graphile_worker.add_job('anything')");
    await assert.rejects(client.query('create schema escaped'), /permission denied/);
  });
  await assert.rejects(asApp('select * from graphile_worker.jobs'), /permission denied/);
});

test('R11: the owner migrates but is no superuser, and row security binds it too', async () => {
  await withClient(database.ownerUrl, async (client) => {
    await client.query(`create schema s; create table s.t (a int); insert into s.t values (1);
      alter table s.t enable row level security; alter table s.t force row level security`);
    assert.equal((await client.query('select * from s.t')).rowCount, 0);
    await assert.rejects(client.query('alter role sauro_app bypassrls'), /permission denied/);
  });
});

test('R54.2: a test database is refused as a data store', async () => {
  for (const url of [database.appUrl, database.superuserUrl]) {
    await assert.rejects(assertDurable(url), (error: unknown) => error instanceof StartRefused && error.problem.code === 'database-for-tests');
  }
});
