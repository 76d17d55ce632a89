import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { looksPersonal } from '#kernel/personal.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { routes } from './routes.ts';
import { openSite } from './site.test.ts';

type Found = { readonly path: string; readonly schema: Record<string, unknown> };
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema within a schema, with the way to it. */
function* within(path: string, schema: unknown): Generator<Found> {
  if (Array.isArray(schema)) { for (const [i, one] of schema.entries()) yield* within(`${path}[${i}]`, one); return; }
  if (!isRecord(schema)) return;
  yield { path, schema };
  for (const key of ['properties', 'patternProperties']) if (isRecord(schema[key])) for (const [name, one] of Object.entries(schema[key])) yield* within(`${path}.${name}`, one);
  for (const key of ['items', 'anyOf', 'allOf', 'oneOf', 'additionalProperties']) yield* within(path, schema[key]);
}
const taken = routes.flatMap(({ contract: { method, path, params, query, body } }) => [params, query, body].flatMap((schema) => (schema === undefined ? [] : [...within(`${method} ${path}`, schema)])));
const given = routes.flatMap(({ contract: { method, path, reply } }) => [...within(`${method} ${path} →`, reply)]);
const isText = ({ schema }: Found): boolean => schema['type'] === 'string' && !('const' in schema);

/** Texts that a name, an address, an identity or telephone number would need. */
const persons = ['Nguyễn Văn An', 'nguyen van an', 'Trần Thị B', 'ông Ba nhà số 12', '12 ngõ 5 phố Huế', '001199012345', '012345678', '0912345678', 'An', 'Lê.C', 'o\'Brien', 'A-B C', 'Ng.V.A', 'CA phường: A'];
/** Read from the tree of units and offices, written by no caller. */
const ofTheRegister = new Set(['officeName']);

describe('E1: no field of the register can hold a person', () => {
  test('E1: every text that a caller may send has a closed form that takes no name and no number of a person', () => {
    const loose = taken.filter(isText).filter(({ schema, path }) => {
      if (typeof schema['format'] === 'string') return !['date', 'date-time'].includes(schema['format']);
      if (typeof schema['pattern'] !== 'string') return true;
      const pattern = new RegExp(schema['pattern'], 'u');
      // A commune code and a part of a place's code are looked up, never kept: what is no code of a unit or place finds nothing.
      return persons.some((text) => pattern.test(text)) && !/\.(commune|code)$/.test(path);
    });
    assert.deepEqual(loose.map(({ path }) => path), []);
  });
  test('E1: a document number takes no number that looks like one of a person', () => {
    const numbers = taken.filter(({ path }) => path.endsWith('.documentNumber'));
    assert.ok(numbers.length > 0);
    for (const { schema } of numbers) for (const text of ['001199012345/QĐ', '0912345678/KL', 'NGUYENVANAN', '1/NGUYENVANAN', '12/Nguyen', '1/A B']) assert.equal(new RegExp(String(schema['pattern']), 'u').test(text), false, text);
    assert.equal(looksPersonal('125/QĐ-UBND'), false);
  });
  test('E1: every object a caller may send is closed', () => {
    assert.deepEqual(taken.filter(({ schema }) => schema['type'] === 'object' && schema['additionalProperties'] !== false).map(({ path }) => path), []);
  });
  test('E1 E7: no reply holds a field named for a person, an account or a free text', () => {
    const suspicious = /name|person|owner|suspectId|account|address|birth|phone|ident|note|remark|text|comment|description/i;
    const found = given.map(({ path }) => path.replace(/\[\d+\]/g, '').split(/[.\s]/).at(-1) ?? '').filter((field) => suspicious.test(field) && !ofTheRegister.has(field));
    assert.deepEqual([...new Set(found)], []);
  });
  test('E15: no field tells of pupils, tests or results of people', () => {
    assert.deepEqual([...taken, ...given].filter(({ path }) => /pupil|student|testResult|urine|household/i.test(path)).map(({ path }) => path), []);
  });
});

let site: TestServer;
before(async () => { site = await openSite(); });
after(() => site.close());

describe('E1: no column can hold a person', () => {
  test('E1: every text column is a code, a closed word, a digest or a document number; the only free form is the seizures, whose shape is closed', async () => {
    const columns = await site.db.read('system', (tx) => tx.rows(shape({ name: Type.String(), type: Type.String() }), sql`
      select c.relname || '.' || a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'hotspots' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped order by 1`));
    const codes = new Set(['province', 'commune', 'code', 'kind', 'setting', 'source', 'basis', 'activities', 'state', 'office', 'measures', 'dismissal', 'duplicate_of', 'step', 'from_state', 'to_state', 'document_number', 'reason', 'check_result', 'result', 'stage', 'content_type', 'sha256', 'removal']);
    const wide = columns.filter(({ name, type }) => ['text', 'text[]', 'jsonb', 'bytea'].includes(type) && !codes.has(name.slice(name.indexOf('.') + 1)));
    assert.deepEqual(wide.map(({ name }) => name), ['linked_count.seizures', 'photograph_image.image']);
  });
  test('E3: no table has a score or a rank', () => {
    const migrations = readdirSync(join(import.meta.dirname, 'migrations')).map((file) => readFileSync(join(import.meta.dirname, 'migrations', file), 'utf8')).join('\n');
    assert.doesNotMatch(migrations, /\b(score|rank|rating|risk_level)\b/i);
  });
});
