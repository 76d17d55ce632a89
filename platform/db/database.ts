import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { Tx } from './tx.ts';
import { settingsOf } from './row-security.ts';
import { prepared, sql } from './sql.ts';

// Days stay text (a Date would shift with the zone), big integers come as numbers (all ours are below 2^53).
const types = new pg.TypeOverrides();
types.setTypeParser(1082, (text: string) => text);
types.setTypeParser(20, (text: string) => Number(text));
types.setTypeParser(1114, (text: string) => `${text.replace(' ', 'T')}Z`);
types.setTypeParser(1184, (text: string) => new Date(text).toISOString());

export type Database = {
  /** One transaction that writes, under the actor's row security; committed when `work` returns, rolled back when it throws. */
  write<T>(actor: Actor | 'system', work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction of the machinery itself for many commands at once: the prepared statements of a turn travel together, begin and commit with them. */
  batch<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One read-only transaction under the actor's row security. */
  read<T>(actor: Actor | 'system', work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of one's own (LISTEN, COPY); give it back. */
  connect(): Promise<pg.PoolClient>;
  readonly url: string;
  close(): Promise<void>;
};

export type PoolOptions = { readonly max?: number; readonly name?: string; readonly statementTimeoutMs?: number };

const begin = prepared('tx.begin', sql`begin`);
const commit = prepared('tx.commit', sql`commit`);
const asSystem = prepared('tx.system', { text: settingsOf('system'), values: [] });

/** Opens the application's pool. @param url of the role that owns nothing (SECURITY R11) */
export function openDatabase(url: string, options: PoolOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.name ?? 'sauro',
    types,
    pipeline: true, // statements that do not wait for one another's answers go out together
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  pool.on('error', () => undefined); // an idle connection died with the server; the next checkout opens another
  pool.on('connect', (client) => client.on('error', () => undefined)); // one in use: its query fails, the process lives on

  async function transaction<T>(begin: string, actor: Actor | 'system', work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      // Sent with the first statement and not before it: should it fail, the server refuses all that follows.
      const tx = new Tx(client);
      tx.hold();
      const begun = client.query(`${begin};${settingsOf(actor)}`);
      begun.catch(() => undefined); // awaited below
      const value = await work(tx);
      tx.hold();
      // Sent with the last statements: should one of them fail, the server answers the commit by rolling back, and we throw.
      await Promise.all([begun, ...tx.ending, client.query('commit')]);
      return value;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => { broken = failure; });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function batch<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    const tx = new Tx(client, true);
    try {
      const begun = Promise.all([tx.run(begin), tx.run(asSystem)]);
      begun.catch(() => undefined); // awaited below
      const value = await work(tx);
      const committed = tx.run(commit);
      tx.end();
      await Promise.all([begun, ...tx.ending, committed]);
      return value;
    } catch (error) {
      tx.flush();
      await client.query('rollback').catch((failure: Error) => { broken = failure; });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    url,
    batch,
    write: (actor, work) => transaction('begin', actor, work),
    read: (actor, work) => transaction('begin read only', actor, work),
    connect: () => pool.connect(),
    close: () => pool.end(),
  };
}
