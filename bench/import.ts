/**
 * The import of a foreign country's bundle: files as the field's software writes them, from an empty database to values, revisions, rules
 * and sums at every ancestor; against a loop that upserts one row a value with its audit row, on the same server in the same run.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { configOf } from '#platform/config.ts';
import { openBase, root } from '#app/start.ts';
import { importDhis2, type ImportReport } from '#modules/returns/load/import-dhis2.ts';
import { jsonOf, makeBundle, whole, type MadeRow } from '#modules/returns/load/testing/foreign-bundle.ts';
import { f } from './lib-measure.ts';

/** 200,000 values in 5 s; ten times the loop. */
const mostSeconds = 5;
const leastRatio = 10;
const loopRows = 4000;

/** @returns how many goals were missed */
export async function measure(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sauro-bench-import-'));
  const config = configOf({ SAURO_DATA: join(folder, 'data'), PORT: '0' }, root);
  if (!config.ok) throw new Error(config.problem.name);
  const base = await openBase(config.value, () => undefined, 'silent');
  const owner = new pg.Client({ connectionString: base.server.urls.ownerUrl });
  try {
    await owner.connect();
    const made = makeBundle({ ...whole, filled: 33 });
    const [units, metadata, values] = ['units.json', 'metadata.json', 'values.json'].map((name) => join(folder, name)) as [string, string, string];
    await writeFile(units, JSON.stringify({ organisationUnits: made.units }));
    await writeFile(metadata, JSON.stringify(made.metadata));
    await writeFile(values, jsonOf(made.rows));
    const asked = { units: [units], metadata: [metadata], values: [values], dryRun: false, report: join(folder, 'verdicts.csv') };
    const before = process.memoryUsage().rss;
    const first = await run(base.services.db, asked);
    const grown = process.memoryUsage().rss - before;
    const again = await run(base.services.db, asked);
    const loop = await upsertLoop(owner, made.rows.slice(0, loopRows));
    const [rate, loopRate] = [first.rows.read / first.seconds, loopRows / loop];
    const per200k = (200_000 / rate);
    console.log(`  ${f(first.rows.read, 0)} values of ${f(made.units.length, 0)} units: ${f(first.seconds, 2)} s, ${f(rate, 0)} values/s with rules, revisions and sums (${f(first.storeSeconds, 2)} s of it storing); 200,000 values ${f(per200k, 2)} s   least ${mostSeconds} s   ${per200k <= mostSeconds ? 'reached' : 'MISSED'}`);
    console.log(`  the same files again: ${f(again.seconds, 2)} s, ${again.rows.added + again.rows.changed + again.rows.removed} changes; memory grew by ${f(grown / 1e6, 0)} MB`);
    console.log(`  a row a value with its audit row, one statement each, 1,000 a commit: ${f(loopRate, 0)} values/s   ratio ${f(rate / loopRate)} ×   least ${leastRatio}   ${rate / loopRate >= leastRatio ? 'reached' : 'MISSED'}`);
    return Number(per200k > mostSeconds) + Number(rate / loopRate < leastRatio);
  } finally {
    await owner.end();
    await base.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(db: Parameters<typeof importDhis2>[0], asked: Parameters<typeof importDhis2>[1]): Promise<ImportReport> {
  const answer = await importDhis2(db, asked);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problem));
  return answer.value;
}

/** @returns seconds, without any sums: those would come by a nightly job */
async function upsertLoop(owner: pg.Client, rows: readonly MadeRow[]): Promise<number> {
  await owner.query(`create schema if not exists shape; create table shape.value_row (element text, period text, unit text, cell text, attribute text, value text, updated timestamptz, primary key (element, period, unit, cell, attribute));
    create table shape.value_audit (id bigserial primary key, element text, period text, unit text, cell text, attribute text, value text, at timestamptz);
    create index on shape.value_audit (element, period, unit, cell, attribute)`);
  const started = performance.now();
  for (const [i, row] of rows.entries()) {
    if (i % 1000 === 0) await owner.query('begin');
    const values = [row.dataElement, row.period, row.orgUnit, row.categoryOptionCombo, row.attributeOptionCombo, row.value];
    await owner.query({ name: 'value', text: 'insert into shape.value_row values ($1, $2, $3, $4, $5, $6, now()) on conflict (element, period, unit, cell, attribute) do update set value = excluded.value, updated = now()', values });
    await owner.query({ name: 'audit', text: 'insert into shape.value_audit (element, period, unit, cell, attribute, value, at) values ($1, $2, $3, $4, $5, $6, now())', values });
    if (i % 1000 === 999 || i === rows.length - 1) await owner.query('commit');
  }
  return (performance.now() - started) / 1000;
}
