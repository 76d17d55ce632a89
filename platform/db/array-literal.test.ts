import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../postgres/test-database.ts';
import { arrayLiteral } from './array-literal.ts';

let database: TestDatabase;
let client: pg.Client;
before(async () => {
  database = await testDatabase('arrays');
  client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
});
after(async () => {
  await client.end();
  await database.drop();
});

test('an array comes back as it went, whether its elements need escaping or not', async () => {
  for (const values of [['UBND:01:00004', 'ĐBi', null], ['a b', 'c'], ['null', 'NULL'], ['', 'x'], ['"', '\\', '{', ','], ['2026-12-31'], []]) {
    const { rows } = await client.query<{ back: (string | null)[] }>('select $1::text[] as back', [arrayLiteral(values) ?? values]);
    assert.deepEqual(rows[0]?.back, values);
  }
});

test('numbers and gaps need no escaping; blanks, quotes, empty texts and the word null do', () => {
  assert.equal(arrayLiteral([1, null, 2.5]), '{1,NULL,2.5}');
  for (const value of ['a b', '', 'null', 'it"s', 'a,b', 'a\\b']) assert.equal(arrayLiteral([value]), undefined);
});
