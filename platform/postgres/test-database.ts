import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { ourUid, startedAsRoot } from './account.ts';
import { databaseNames, type DatabaseNames, grantDatabase, prepareSchemas, withClient, withDatabase } from './roles.ts';
import type { RoleSecrets } from './secrets.ts';

export type TestUrls = { readonly ownerUrl: string; readonly appUrl: string; readonly jobsUrl: string; readonly superuserUrl: string };
export type TestDatabase = TestUrls & { readonly name: string; readonly drop: () => Promise<void> };

/** What a database holds before the test starts. `digest` names the template: equal digests share one. */
export type TestMigrations = { readonly digest: string; readonly apply: (urls: TestUrls) => Promise<unknown> };

type TestContext = { readonly name: string; readonly after: (work: () => Promise<void>) => void };

/**
 * A database of its own for a test file, cloned in a fraction of a second from a template that the first asker makes.
 *
 * All test processes of a user share one embedded server; it is started on demand, stops when idle, runs without fsync and carries a
 * name that the product refuses as a data store (SECURITY R54.2).
 *
 * @param owner a test context (the database is dropped after that test) or a name (call `drop` in an `after` hook)
 * @param migrations left out: an empty database with roles and rights
 */
export async function testDatabase(owner: string | TestContext, migrations?: TestMigrations): Promise<TestDatabase> {
  const server = await testServer();
  const name = `sauro_test_${Math.floor(Date.now() / 1000).toString(36)}_${randomBytes(5).toString('hex')}`;
  const names = { ...databaseNames, database: name };
  await withClient(server.superuserUrl, async (client) => {
    const template = await ensureTemplate(client, server, migrations);
    await client.query(`create database ${name} template ${template} owner ${names.owner}`);
    await grantDatabase(client, names);
  });
  const drop = () => withClient(server.superuserUrl, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
  });
  if (typeof owner !== 'string') owner.after(drop);
  return { ...urlsOf(server, name), name, drop };
}

/** The shared folder of this user's test server. @throws when somebody else made a folder of that name */
export function testDirectory(): string {
  const dir = join(tmpdir(), `sauro-test-${ourUid()}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const stat = lstatSync(dir);
  const ours = stat.uid === ourUid() || startedAsRoot() || process.platform === 'win32';
  if (!stat.isDirectory() || !ours) throw new Error(`${dir} belongs to somebody else`);
  return dir;
}

type TestServer = { readonly keeper: number; readonly superuserUrl: string; readonly secrets: RoleSecrets };

function urlsOf(server: TestServer, database: string): TestUrls {
  const asRole = (role: string, password: string) => {
    const url = new URL(withDatabase(server.superuserUrl, database));
    url.username = role;
    url.password = password;
    return url.toString();
  };
  return {
    superuserUrl: withDatabase(server.superuserUrl, database),
    ownerUrl: asRole(databaseNames.owner, server.secrets.owner),
    appUrl: asRole(databaseNames.app, server.secrets.app),
    jobsUrl: asRole(databaseNames.jobs, server.secrets.jobs),
  };
}

/** What the keeper wrote once its server was ready; undefined when none runs. */
export function readTestServer(): TestServer | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(testDirectory(), 'state.json'), 'utf8'));
    return isTestServer(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const isTestServer = (value: unknown): value is TestServer =>
  typeof value === 'object' && value !== null && 'keeper' in value && 'superuserUrl' in value && 'secrets' in value;

async function testServer(): Promise<TestServer> {
  const until = performance.now() + 90_000;
  for (let attempt = 0; performance.now() < until; attempt += 1) {
    const server = readTestServer();
    if (server !== undefined && (await answers(server.superuserUrl))) return server;
    if (attempt % 50 === 0) startKeeper(); // all but one of several keepers find the lock held and leave
    await sleep(100);
  }
  throw new Error(`the test server does not start; see ${join(testDirectory(), 'postgres', 'postgres.log')}`);
}

async function answers(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query('select 1')).rowCount === 1).catch(() => false);
}

function startKeeper(): void {
  const { NODE_TEST_CONTEXT: _runner, NODE_OPTIONS: _options, ...env } = process.env; // it is no test file and reports to no runner
  const child = spawn(process.execPath, [fileURLToPath(new URL('test-server.ts', import.meta.url))], { detached: true, stdio: 'ignore', env, cwd: tmpdir() });
  child.on('error', () => undefined);
  child.unref();
}

async function ensureTemplate(client: pg.Client, server: TestServer, migrations: TestMigrations | undefined): Promise<string> {
  const digest = (migrations?.digest ?? 'empty').toLowerCase().replaceAll(/[^a-z0-9]/g, '').slice(0, 24);
  const template = `sauro_test_template_${digest}`;
  if (await isTemplate(client, template)) return template;
  await client.query('select pg_advisory_lock(hashtext($1))', [template]);
  try {
    if (!(await isTemplate(client, template))) await makeTemplate(client, server, template, migrations);
  } finally {
    await client.query('select pg_advisory_unlock(hashtext($1))', [template]);
  }
  return template;
}

async function isTemplate(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
  return rowCount !== 0;
}

// It gets its name only when it is whole: a migration that failed or was killed leaves nothing to clone.
async function makeTemplate(client: pg.Client, server: TestServer, template: string, migrations: TestMigrations | undefined): Promise<void> {
  const draft = template.replace('_template_', '_draft_');
  const names: DatabaseNames = { ...databaseNames, database: draft };
  await client.query(`drop database if exists ${draft} with (force)`);
  await client.query(`create database ${draft} template template0 owner ${names.owner}`);
  await grantDatabase(client, names);
  const urls = urlsOf(server, draft);
  await withClient(urls.superuserUrl, (inside) => prepareSchemas(inside, names));
  await migrations?.apply(urls);
  await client.query('select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1', [draft]);
  await client.query(`alter database ${draft} rename to ${template}`);
  await client.query(`alter database ${template} is_template true allow_connections false`);
  await dropOldDatabases(client);
}

const keptTemplates = 6;

/** Drops databases that killed tests left more than an hour ago, and all but the newest templates. */
export async function dropOldDatabases(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; template: boolean }>(
    "select datname as name, datistemplate as template from pg_database where datname like 'sauro\\_test\\_%' order by oid desc");
  const oldTemplates = rows.filter((row) => row.template).slice(keptTemplates);
  const leftBehind = rows.filter((row) => !row.template && isOld(row.name));
  for (const { name, template } of [...oldTemplates, ...leftBehind]) {
    if (template) await client.query(`alter database ${name} is_template false`);
    await client.query(`drop database if exists ${name}`).catch(() => undefined); // still in use: next time
  }
}

function isOld(name: string): boolean {
  const seconds = Number.parseInt(/^sauro_test_([0-9a-z]+)_[0-9a-f]{10}$/.exec(name)?.[1] ?? '', 36);
  return Number.isFinite(seconds) && Date.now() / 1000 - seconds > 3600;
}
