import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Type } from 'typebox';
import { shape } from '#kernel/shape.ts';
import { prepareJobs } from '../jobs/queue.ts';
import { testDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { actorWith, atCommune, atNation, atProvince } from '../testing/test-server.ts';
import { openDatabase, type Database } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { sql } from './sql.ts';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const provinces = ['01', '04', '08', '79'];
const Row = shape({ province: Type.String(), commune: Type.Union([Type.String(), Type.Null()]) });

let database: TestDatabase;
let db: Database;

before(async () => {
  database = await testDatabase('pool');
  await prepareJobs(database.jobsUrl);
  await migrate(database.ownerUrl, await readMigrations([{ module: 'platform', folder: fileURLToPath(new URL('../migrations', import.meta.url)) }]));
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`
    create table platform.place (province text, commune text, primary key (province, commune));
    insert into platform.place select p, lpad(c::text, 5, '0') from unnest(array['01','04','08','79']) p, generate_series(1, 50) c;
    alter table platform.place enable row level security; alter table platform.place force row level security;
    create policy reached on platform.place using (platform.reaches(province, commune));
    grant select on platform.place to sauro_app`);
  await owner.end();
  db = openDatabase(database.appUrl, { max: 4 });
});
after(async () => {
  await db.close();
  await database.drop();
});

/** A seeded generator, so that a failure can be run again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

test('R12: over one small pool, with aborts and throws in mid-transaction, every row belongs to the caller', async () => {
  const random = seeded(12);
  const oneRequest = async (): Promise<void> => {
    const province = provinces[Math.floor(random() * provinces.length)] ?? '01';
    const level = Math.floor(random() * 3);
    const actor = level === 0 ? actorWith(atNation('reader')) : level === 1 ? actorWith(atProvince('reader', province)) : actorWith(atCommune('reader', province, '00007'));
    const fate = random();
    const expected = level === 0 ? 200 : level === 1 ? 50 : 1;
    await db.write(actor, async (tx) => {
      const rows = await tx.rows(Row, sql`select province, commune from platform.place`);
      assert.equal(rows.length, expected);
      if (level > 0) assert.ok(rows.every((row) => row.province === province));
      if (fate < 0.2) throw new Error('the work failed');
      if (fate < 0.3) await tx.run(sql`select 1 / 0`);
    }).catch((error: Error) => { assert.match(error.message, /the work failed|division by zero/); });
  };
  await Promise.all(Array.from({ length: 64 }, async () => { for (let i = 0; i < 12; i += 1) await oneRequest(); }));
});

test('R12: nothing of a transaction is left on the connection it used', async () => {
  await Promise.all(Array.from({ length: 8 }, () => db.read(actorWith(atNation('reader')), (tx) => tx.rows(Row, sql`select province, commune from platform.place limit 1`))));
  const client = await db.connect();
  try {
    const { rows } = await client.query("select coalesce(current_setting('sauro.grants', true), '') as grants, coalesce(current_setting('sauro.account', true), '') as account, (select count(*)::int from platform.place) as seen");
    assert.deepEqual(rows, [{ grants: '', account: '', seen: 0 }]);
  } finally {
    client.release();
  }
});

test('R11: no text parameter can leave the role or widen the reach', async () => {
  const actor = actorWith(atCommune('reader', '01', '00007'));
  for (const text of ["'; set local sauro.nation = 'on'; --", "' or set_config('sauro.nation','on',true) is not null --", 'reset role', "set session authorization 'postgres'"]) {
    const seen = await db.read(actor, (tx) => tx.rows(Row, sql`select province, commune from platform.place where commune <> ${text}`));
    assert.equal(seen.length, 1);
  }
  await assert.rejects(db.write(actor, (tx) => tx.run(sql`set role sauro_owner`)), /permission denied/);
  await assert.rejects(db.write({ ...actor, grants: [{ role: "x' ; set local sauro.system = 'on", office: 'A', post: 'p', reach: { level: 'nation' } }] }, async () => 1), /row-security setting/);
});
