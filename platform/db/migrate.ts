import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

export type Migration = { readonly module: string; readonly name: string; readonly text: string; readonly digest: string };

/** A folder of `001-*.sql` files, in name order. Modules come in the order of their needs. */
export type MigrationSource = { readonly module: string; readonly folder: string };

export async function readMigrations(sources: readonly MigrationSource[]): Promise<Migration[]> {
  const found: Migration[] = [];
  for (const { module, folder } of sources) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
    for (const name of names) {
      const text = await readFile(join(folder, name), 'utf8');
      found.push({ module, name, text, digest: createHash('sha256').update(text).digest('hex') });
    }
  }
  return found;
}

/** One digest over all migrations: names the template database of the tests. */
export const digestOf = (migrations: readonly Migration[]): string =>
  createHash('sha256').update(migrations.map((m) => `${m.module}/${m.name}:${m.digest}`).join('\n')).digest('hex').slice(0, 16);

const ledger = `
  create schema if not exists platform;
  create table if not exists platform.migration (
    module text not null, name text not null, digest text not null, applied_at timestamptz not null default now(),
    primary key (module, name));`;

/**
 * Applies what is missing, in order, each in its own transaction, as the owner role, one process at a time.
 *
 * @throws when an applied migration's text has changed: history is not edited, a new file is added
 * @returns the names applied now
 */
export async function migrate(ownerUrl: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'sauro-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(7364101)');
    await client.query(ledger);
    const { rows } = await client.query<{ module: string; name: string; digest: string }>('select module, name, digest from platform.migration');
    const applied = new Map(rows.map((row) => [`${row.module}/${row.name}`, row.digest]));
    const done: string[] = [];
    for (const migration of migrations) {
      const key = `${migration.module}/${migration.name}`;
      const digest = applied.get(key);
      if (digest === migration.digest) continue;
      if (digest !== undefined) throw new Error(`migration ${key} was changed after it was applied`);
      await apply(client, migration);
      done.push(key);
    }
    return done;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.text);
    await client.query('insert into platform.migration (module, name, digest) values ($1, $2, $3)', [migration.module, migration.name, migration.digest]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`migration ${migration.module}/${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
