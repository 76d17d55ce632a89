import { join } from 'node:path';
import type pg from 'pg';
import { assertDurable } from './durability.ts';
import { makeDataDir } from './place.ts';
import { sentences, StartRefused } from './refusal.ts';
import { databaseNames, withClient, withDatabase } from './roles.ts';
import { readOrMakeSecrets, type RoleSecrets } from './secrets.ts';
import type { Notice } from './supervisor.ts';

export type ServerUrls = { readonly ownerUrl: string; readonly appUrl: string; readonly jobsUrl: string };

export type ServerOptions = {
  /** `DATABASE_URL`: the product's database, as a superuser or as its owner with CREATEROLE; `sauro` when it names none or `postgres`. */
  readonly databaseUrl: string;
  /** Holds `database-secrets.json`, the passwords of the roles made there; several application servers share one such file. */
  readonly dataDir: string;
  readonly log?: (notice: Notice) => void;
};

/**
 * Prepares a database on a server of the operator's (`DATABASE_URL`) and gives the addresses of the three roles (SECURITY R11).
 *
 * Given a superuser, migrations run as `sauro_owner`; given an owner, as that owner. `sauro_app` and `sauro_jobs` are made with stored
 * passwords. A role that exists with another password gets ours, unless somebody is signed in with it. Safe to repeat.
 *
 * @throws StartRefused `database-not-durable`, `database-for-tests`, `database-unreachable`, `database-cannot-create-roles`,
 *   `app-role-elsewhere`
 */
export async function prepareServer(options: ServerOptions): Promise<ServerUrls> {
  const databaseUrl = await findDatabase(options.databaseUrl);
  await assertDurable(databaseUrl);
  const dataDir = makeDataDir(options.dataDir);
  const file = join(dataDir, 'database-secrets.json');
  const secrets = readOrMakeSecrets(file, undefined);
  return withClient(databaseUrl, async (client) => {
    const admin = await readAdmin(client);
    const work: Preparation = { client, admin, options: { ...options, databaseUrl }, file, secrets };
    // Several application servers may start at once.
    await client.query('select pg_advisory_lock(7364103)');
    const roles = admin.superuser ? (['owner', 'app', 'jobs'] as const) : (['app', 'jobs'] as const);
    for (const role of roles) await ensureRole(work, role);
    await ensureRights(work);
    return {
      ownerUrl: admin.superuser ? addressAs(databaseUrl, databaseNames.owner, secrets.owner) : databaseUrl,
      appUrl: addressAs(databaseUrl, databaseNames.app, secrets.app),
      jobsUrl: addressAs(databaseUrl, databaseNames.jobs, secrets.jobs),
    };
  });
}

const maintenance = 'postgres';

/** The address of the product's own database, made when the server has none of that name. The maintenance database is never used. */
async function findDatabase(databaseUrl: string): Promise<string> {
  const named = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  const name = named === '' || named === maintenance ? databaseNames.database : named;
  const url = withDatabase(databaseUrl, name);
  if (await exists(url)) return url;
  return withClient(withDatabase(databaseUrl, maintenance), async (client) => {
    await assertDurable(client);
    const admin = await readAdmin(client);
    await attempt({ client, admin }, name, `create database "${name.replaceAll('"', '""')}"`);
    return url;
  });
}

async function exists(url: string): Promise<boolean> {
  try {
    return await withClient(url, async () => true);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '3D000') return false;
    throw new StartRefused('database-unreachable', { reason: error instanceof Error ? error.message : String(error) });
  }
}

type Admin = { readonly role: string; readonly database: string; readonly superuser: boolean };
type Preparation = {
  readonly client: pg.Client; readonly admin: Admin; readonly options: ServerOptions; readonly file: string; readonly secrets: RoleSecrets;
};

async function readAdmin(client: pg.Client): Promise<Admin> {
  const { rows } = await client.query<Admin>(
    'select current_user as role, current_database() as database, rolsuper as superuser from pg_roles where rolname = current_user');
  const admin = rows[0];
  if (admin === undefined) throw new StartRefused('database-unreachable', { reason: 'current_user' });
  return admin;
}

function addressAs(databaseUrl: string, role: string, password: string): string {
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password;
  for (const name of ['user', 'password']) url.searchParams.delete(name);
  return url.toString();
}

async function ensureRole(work: Preparation, role: 'owner' | 'app' | 'jobs'): Promise<void> {
  const { client, secrets } = work;
  const name = databaseNames[role];
  const password = `'${secrets[role]}'`; // base64url: no quote can stand in it
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) {
    await attempt(work, name, `create role ${name} login noinherit nosuperuser nocreatedb nocreaterole nobypassrls password ${password}`);
  } else if (!(await signsIn(addressAs(work.options.databaseUrl, name, secrets[role])))) {
    await refuseWhenInUse(work, name);
    await attempt(work, name, `alter role ${name} login password ${password}`);
    work.options.log?.({ key: 'postgres.password-renewed', ...sentences('postgres.password-renewed', { role: name }) });
  }
}

/** Whether the role can sign in. Only a wrong password, or a role not let in yet, counts as no. */
async function signsIn(url: string): Promise<boolean> {
  try {
    return await withClient(url, async () => true);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === '28P01' || code === '28000') return false;
    if (code === '42501') return true; // the password was right, the right to connect comes next
    throw error;
  }
}

async function refuseWhenInUse({ client, file }: Preparation, name: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_stat_activity where usename = $1 limit 1', [name]);
  if (rowCount !== 0) throw new StartRefused('app-role-elsewhere', { role: name, file });
}

async function attempt({ client, admin }: Pick<Preparation, 'client' | 'admin'>, missing: string, text: string): Promise<void> {
  try {
    await client.query(text);
  } catch (error) {
    await client.query('rollback');
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (!(error instanceof Error) || code !== '42501') throw error;
    throw new StartRefused('database-cannot-create-roles', { role: admin.role, missing, reason: error.message });
  }
}

async function ensureRights(work: Preparation): Promise<void> {
  const { client, admin } = work;
  const { owner, app, jobs } = databaseNames;
  const database = `"${admin.database.replaceAll('"', '""')}"`;
  const toOwner = admin.superuser ? `grant connect, create, temporary on database ${database} to ${owner};` : '';
  await attempt(work, 'grants', `
    grant connect on database ${database} to ${app}, ${jobs};
    revoke create, temporary on database ${database} from public;
    ${toOwner}
    revoke create on schema public from public`);
  const { rowCount } = await client.query("select 1 from pg_tables where schemaname = 'graphile_worker' and tablename = 'migrations'");
  if (rowCount !== 0) return;
  // To make something in another role's name one must be its member; only a superuser is so by nature.
  const join = admin.superuser ? '' : `grant ${jobs} to current_user;`;
  const leave = admin.superuser ? '' : `revoke ${jobs} from current_user;`;
  await attempt(work, 'graphile_worker', `
    begin;
    ${join}
    create schema if not exists graphile_worker authorization ${jobs};
    set local role ${jobs};
    create table if not exists graphile_worker.migrations (id int primary key, ts timestamptz default now() not null, breaking boolean not null default false);
    reset role;
    ${leave}
    commit`);
}
