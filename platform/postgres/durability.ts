import pg from 'pg';
import { StartRefused } from './refusal.ts';

type Queryable = { query(text: string): Promise<{ rows: unknown[] }> };

const settings = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/**
 * Refuses a database that could lose an acknowledged write, or that is made to be thrown away (SECURITY R54.2). Asked at the start, on the
 * embedded server and on `DATABASE_URL` alike, and by every health check.
 *
 * @param database an address, or a client or pool to ask through
 * @throws StartRefused `database-not-durable`, `database-for-tests` or `database-unreachable`
 */
export async function assertDurable(database: string | Queryable): Promise<void> {
  if (typeof database !== 'string') return refuseUnlessDurable(await readSettings(database));
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    refuseUnlessDurable(await readSettings(client));
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused('database-unreachable', { reason: error instanceof Error ? error.message : String(error) });
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readSettings(client: Queryable): Promise<Map<string, string>> {
  const { rows } = await client.query(`
    select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'cluster_name')
    union all select 'database', current_database()`);
  return new Map(rows.flatMap((row) => (isSetting(row) ? [[row.name, row.setting]] : [])));
}

const isSetting = (row: unknown): row is { name: string; setting: string } =>
  typeof row === 'object' && row !== null && 'name' in row && 'setting' in row && typeof row.name === 'string' && typeof row.setting === 'string';

function refuseUnlessDurable(found: ReadonlyMap<string, string>): void {
  const database = found.get('database') ?? '';
  const cluster = found.get('cluster_name') ?? '';
  if (cluster.startsWith('sauro-test') || database.startsWith('sauro_test')) {
    throw new StartRefused('database-for-tests', { name: cluster.startsWith('sauro-test') ? cluster : database });
  }
  for (const setting of settings) {
    if (found.get(setting) === 'off' || found.get(setting) === undefined) throw new StartRefused('database-not-durable', { setting });
  }
}
