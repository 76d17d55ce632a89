import pg from 'pg';
import { StartRefused } from './refusal.ts';
import type { RoleSecrets } from './secrets.ts';

/**
 * The database and its three roles (SECURITY R11). `owner` owns the modules' schemas and runs migrations; `app` signs in for the
 * application, owns nothing and cannot leave row security; `jobs` owns the schema of the job queue alone. The fourth, the
 * superuser, belongs to the supervisor.
 */
export type DatabaseNames = { readonly database: string; readonly owner: string; readonly app: string; readonly jobs: string };

export const databaseNames: DatabaseNames = { database: 'sauro', owner: 'sauro_owner', app: 'sauro_app', jobs: 'sauro_jobs' };

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Opens a connection for one piece of work and closes it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'sauro-prepare', connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // the failing query tells
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Creates what is missing of the database and its roles, and sets what must hold. Safe to repeat and to be interrupted.
 *
 * @param superuserUrl of any database of the cluster, as its superuser
 */
export async function prepareDatabase(superuserUrl: string, names: DatabaseNames, secrets: Omit<RoleSecrets, 'superuser'>): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await prepareRoles(client, names, secrets);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [names.database]);
    if (rowCount === 0) await client.query(`create database ${quoteName(names.database)} owner ${quoteName(names.owner)}`);
    await grantDatabase(client, names);
    await closeSystemDatabases(client);
  });
  await withClient(withDatabase(superuserUrl, names.database), (client) => prepareSchemas(client, names));
}

/** Keeps the application out of the databases that come with a cluster of ours. */
export async function closeSystemDatabases(client: pg.Client): Promise<void> {
  await client.query('revoke all on database postgres from public; revoke all on database template1 from public');
}

/** The same address with another database in it. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.toString();
}

export async function prepareRoles(client: pg.Client, names: DatabaseNames, secrets: Omit<RoleSecrets, 'superuser'>): Promise<void> {
  for (const [name, password] of [[names.owner, secrets.owner], [names.app, secrets.app], [names.jobs, secrets.jobs]] as const) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [name]);
    // A password is not set again: hashing it costs more than all the rest of a start.
    const verb = rowCount === 0 ? `create role ${quoteName(name)} password ${quoteText(password)}` : `alter role ${quoteName(name)}`;
    await client.query(`${verb} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit`);
  }
}

/** Rights on the database itself: they are not part of a template, so a cloned database needs them again. */
export async function grantDatabase(client: pg.Client, names: DatabaseNames): Promise<void> {
  const database = quoteName(names.database);
  await client.query(`
    revoke all on database ${database} from public;
    grant connect on database ${database} to ${quoteName(names.app)}, ${quoteName(names.jobs)}`);
}

/** Rights and schemas inside the database. */
// The queue's table of migrations is made here, as it makes it itself: its owner then needs no right to create schemas.
export async function prepareSchemas(client: pg.Client, names: DatabaseNames): Promise<void> {
  const jobs = quoteName(names.jobs);
  await client.query('revoke all on schema public from public');
  const { rowCount } = await client.query("select 1 from pg_tables where schemaname = 'graphile_worker' and tablename = 'migrations'");
  if (rowCount !== 0) return;
  await client.query(`
    begin;
    create schema if not exists graphile_worker authorization ${jobs};
    set local role ${jobs};
    create table graphile_worker.migrations (id int primary key, ts timestamptz default now() not null, breaking boolean not null default false);
    commit`);
}

type RoleFacts = {
  role: string; session: string; superuser: boolean; bypasses: boolean; creates: boolean; memberships: string | null; owns: boolean; may_create: boolean;
};

const roleFacts = `
  select current_user as role, session_user as session, r.rolsuper as superuser, r.rolbypassrls as bypasses,
         r.rolcreaterole or r.rolcreatedb or r.rolreplication as creates,
         (select string_agg(g.rolname, ', ') from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid) as memberships,
         exists (select 1 from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o') as owns,
         has_database_privilege(current_database(), 'create')
           or exists (select 1 from pg_namespace n where has_schema_privilege(n.oid, 'create')) as may_create
    from pg_roles r where r.rolname = current_user`;

/**
 * Refuses to run on a role that could leave row security: superuser, BYPASSRLS, owner of anything anywhere in the cluster, member of
 * any role, or allowed to create roles, databases or schemas (SECURITY R11). Asked at each start.
 *
 * @throws StartRefused `app-role-unsafe` naming the first right too many
 */
export async function assertAppRole(appUrl: string): Promise<void> {
  const facts = await withClient(appUrl, async (client) => (await client.query<RoleFacts>(roleFacts)).rows[0]);
  if (facts === undefined) throw new StartRefused('app-role-unsafe', { role: '?', reason: 'unknown' });
  const tooMuch =
    facts.superuser ? 'SUPERUSER'
    : facts.bypasses ? 'BYPASSRLS'
    : facts.creates ? 'CREATEROLE / CREATEDB / REPLICATION'
    : facts.memberships !== null ? `member of ${facts.memberships}`
    : facts.owns ? 'owner'
    : facts.may_create ? 'CREATE'
    : facts.role !== facts.session ? 'SET ROLE'
    : undefined;
  if (tooMuch !== undefined) throw new StartRefused('app-role-unsafe', { role: facts.role, reason: tooMuch });
}
