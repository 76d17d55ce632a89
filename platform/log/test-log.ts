import { join } from 'node:path';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { openDatabase, type Database } from '../db/database.ts';
import { digestOf, migrate, readMigrations } from '../db/migrate.ts';
import { testDatabase } from '../postgres/test-database.ts';
import { newLogKeys, type LogKeys } from './keys.ts';
import { useLogKeys, type Leaf } from './record.ts';
import { memoryOnly, witnessOf } from './witness.ts';
import type { Signing } from './sign.ts';

export type TestLog = {
  readonly db: Database;
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  readonly keys: LogKeys;
  readonly signing: Signing;
  setClock(instant: string): void;
  close(): Promise<void>;
};

/** A database with only the platform's tables, fresh keys and a clock that stands still: for tests of the log itself. */
export async function testLog(name: string): Promise<TestLog> {
  const root = join(import.meta.dirname, '..');
  const migrations = await readMigrations([
    { module: 'platform', folder: join(root, 'migrations') },
    { module: 'platform/log', folder: join(root, 'log', 'migrations') },
  ]);
  const database = await testDatabase(name, { digest: `log-${digestOf(migrations)}`, apply: (urls) => migrate(urls.ownerUrl, migrations) });
  const db = openDatabase(database.appUrl, { max: 8 });
  const keys = newLogKeys();
  useLogKeys(keys);
  let clock = new Date('2026-11-18T03:00:00.000Z');
  return {
    db, keys,
    appUrl: database.appUrl, ownerUrl: database.ownerUrl, superuserUrl: database.superuserUrl,
    signing: { db, keys, witness: witnessOf(keys, memoryOnly()), logs: ['00', '01', '79'], clock: () => clock },
    setClock: (instant) => { clock = new Date(instant); },
    async close() {
      await db.close();
      await database.drop();
    },
  };
}

export const someActor = (role = 'clerk'): Actor => ({
  account: newId<'Account'>(), session: newId<'Session'>(), name: 'Người thử', language: 'vi',
  grants: [{ role, office: 'VPCP', post: 'post', reach: { level: 'nation' } }],
});

export const someLeaf = (province: string, n: number, more: Partial<Leaf> = {}): Leaf => ({
  province, actor: 'system', at: new Date(Date.parse('2026-11-18T02:00:00.000Z') + n * 1000).toISOString(),
  action: 'tasks.acknowledged', target: { type: 'task', id: `task-${n}` }, facts: { n }, ...more,
});
