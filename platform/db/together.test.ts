import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { prepareJobs } from '../jobs/queue.ts';
import { batcher } from './batcher.ts';
import { byteaArray, doubleVectors, integerVectors, textArray } from './binary.ts';
import { openDatabase, type Database } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { prepared, sql } from './sql.ts';
import type { Tx } from './tx.ts';
import { fileURLToPath } from 'node:url';

let database: TestDatabase;
let db: Database;
before(async () => {
  database = await testDatabase('together');
  await prepareJobs(database.jobsUrl);
  await migrate(database.ownerUrl, await readMigrations([{ module: 'platform', folder: fileURLToPath(new URL('../migrations', import.meta.url)) }]));
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('create table platform.line (place int primary key, word text not null); grant select, insert, update on platform.line to sauro_app');
  await owner.end();
  db = openDatabase(database.appUrl, { max: 2 });
});
after(async () => {
  await db.close();
  await database.drop();
});

const put = (tx: Tx, place: number, word: string) => tx.run(prepared('test.put', sql`insert into platform.line (place, word) values (${place}, ${word})`));
const lines = (tx: Tx, from: number) => tx.arrays(prepared('test.lines', sql`select place, word from platform.line where place >= ${from} order by place`));
const read = (from: number) => db.read('system', (tx) => lines(tx, from));

describe('statements that travel together', () => {
  test('each gets its own answer, in order, the first time on a connection and ever after', async () => {
    for (const from of [10, 20, 30, 40]) {
      const [one, two, found, none] = await db.batch((tx) => Promise.all([put(tx, from, 'a'), put(tx, from + 1, "it's {odd}"), lines(tx, from), tx.run(prepared('test.touch', sql`update platform.line set word = 'x' where place = ${-1}`))]));
      assert.deepEqual([one, two, found, none], [1, 1, [[from, 'a'], [from + 1, "it's {odd}"]], 0]);
    }
  });
  test('what is asked after an answer sees it, and statements without a name keep their place among the others', async () => {
    const seen = await db.batch(async (tx) => {
      await put(tx, 100, 'first');
      const answers = await Promise.all([tx.run(prepared('test.say', sql`update platform.line set word = word || ${'!'} where place = 100`)), tx.arrays(sql`select word from platform.line where place = 100`), tx.run(prepared('test.say', sql`update platform.line set word = word || ${'?'} where place = 100`))]);
      return [answers, await lines(tx, 100)];
    });
    assert.deepEqual(seen, [[1, [['first!']], 1], [[100, 'first!?']]]);
  });
  test('one that fails undoes all, tells everybody its error, and leaves the connection usable', async () => {
    for (let round = 0; round < 3; round += 1) {
      await assert.rejects(db.batch(async (tx) => { await Promise.all([put(tx, 200, 'kept?'), put(tx, 200, 'twice'), lines(tx, 200)]); }), (error: Error & { code?: string }) => error.code === '23505');
      assert.deepEqual(await read(200), []);
    }
    await db.batch((tx) => put(tx, 201, 'after'));
    assert.deepEqual(await read(200), [[201, 'after']]);
  });
  test('a failure among the statements sent with the commit undoes all', async () => {
    await assert.rejects(db.batch(async (tx) => { await put(tx, 300, 'first'); tx.last(put(tx, 300, 'again')); }), /duplicate key/);
    assert.deepEqual(await read(300), []);
  });
  test('work that throws is rolled back, also what waited to be sent', async () => {
    await assert.rejects(db.batch(async (tx) => { put(tx, 400, 'never').catch(() => undefined); throw new Error('decided otherwise'); }), /decided otherwise/);
    assert.deepEqual(await read(400), []);
  });
  test('a connection that dies in the middle is told to the batch and not used again', async () => {
    await assert.rejects(db.batch(async (tx) => {
      const [[pid] = []] = await tx.arrays(sql`select pg_backend_pid()`);
      const owner = new pg.Client({ connectionString: database.superuserUrl });
      await owner.connect();
      await owner.query('select pg_terminate_backend($1)', [pid]);
      await owner.end();
      await put(tx, 500, 'lost');
    }));
    await db.batch((tx) => put(tx, 501, 'found'));
    assert.deepEqual(await read(500), [[501, 'found']]);
  });
  test('R12: nothing of it is left on the connection: the machinery\'s setting ends with the transaction', async () => {
    await Promise.all([1, 2, 3, 4].map((n) => db.batch((tx) => put(tx, 600 + n, 'x'))));
    const client = await db.connect();
    try {
      assert.deepEqual((await client.query("select coalesce(current_setting('sauro.system', true), '') as system")).rows, [{ system: '' }]);
    } finally {
      client.release();
    }
  });
});

test('vectors and texts arrive as they were sent: blanks, fractions, empty ones, quotes', async () => {
  const vectors = [[1, null, -2.5, 2 ** 53 - 1], [], [null, null], [0.001]];
  const [doubles, integers] = [doubleVectors(vectors), integerVectors([[1, -2], [], [2 ** 31 - 1]])];
  const back = await db.read('system', async (tx) => [
    await tx.arrays(sql`select array_replace((${doubles.all}::float8[])[first:last], 'NaN', null) from unnest(${doubles.first}::int[], ${doubles.last}::int[]) as t(first, last)`),
    await tx.arrays(sql`select (${integers.all}::int[])[first:last] from unnest(${integers.first}::int[], ${integers.last}::int[]) as t(first, last)`),
    await tx.arrays(sql`select word, bytes from unnest(${textArray(['a "b" \\ {c},', '', null, 'NULL', 'ơ'])}::text[], ${byteaArray([Uint8Array.of(0, 255)])}::bytea[]) as t(word, bytes)`),
    await tx.arrays(sql`select ${doubleVectors([[], null]).all}::float8[]`),
  ]);
  assert.deepEqual(back, [vectors.map((one) => [one]), [[[1, -2]], [[]], [[2 ** 31 - 1]]], [['a "b" \\ {c},', Buffer.from([0, 255])], ['', null], [null, null], ['NULL', null], ['ơ', null]], [[[]]]]);
  assert.throws(() => doubleVectors([[1, Number.NaN]]), RangeError);
  assert.throws(() => doubleVectors([[Infinity]]), RangeError);
});

describe('the batcher', () => {
  const made = (run: (commands: readonly string[]) => Promise<readonly string[]>, lanes = 2) => batcher<string, string>({ keyOf: (command) => command.split(':')[0] ?? '', run, lanes, mayRetry: (error) => error instanceof Error && error.message === 'again', least: 2 });
  test('shares what waits out among the lanes that are free, in order of arrival', async () => {
    const batches: string[][] = [];
    const { send } = made(async (commands) => { batches.push([...commands]); await new Promise((done) => setTimeout(done, 5)); return commands.map((one) => one.toUpperCase()); });
    assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(send)), ['A', 'B', 'C', 'D', 'E', 'F']);
    assert.deepEqual(batches, [['a', 'b', 'c'], ['d', 'e', 'f']]);
  });
  test('two commands of one return never meet: the second waits until the first is done, and sees it', async () => {
    const done: string[] = [];
    const { send } = made(async (commands) => { await new Promise((ready) => setTimeout(ready, 2)); done.push(...commands); return commands; });
    await Promise.all(['k:1', 'k:2', 'k:3', 'l:1'].map(send));
    assert.deepEqual(done.filter((one) => one.startsWith('k')), ['k:1', 'k:2', 'k:3']);
  });
  test('the one command that faults is refused alone; its neighbours are done; a batch that may succeed is run again', async () => {
    let tries = 0;
    const { send, done } = made(async (commands) => {
      if (commands.includes('bad')) throw new Error('a fault');
      if (!commands.includes('late')) return commands;
      tries += 1;
      if (tries < 3) throw new Error('again');
      return commands;
    }, 1);
    const answers = await Promise.allSettled(['a', 'bad', 'b', 'late', 'c'].map(send));
    assert.deepEqual(answers.map((one) => (one.status === 'fulfilled' ? one.value : String(one.reason))), ['a', 'Error: a fault', 'b', 'late', 'c']);
    assert.equal(done.retries, 2);
  });
});
