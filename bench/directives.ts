/**
 * Directives: the cascade as it is (one transaction and a handful of statements a province, a few provinces side by side) against row at a time on the same
 * server in the same run, each against a bare insert of the same rows; and the matrix of 300 directives × 3,321 communes over HTTP.
 */
import { request } from 'node:http';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { record } from '#platform/log/record.ts';
import { deliverEvents } from '#platform/events/deliver.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { directives } from '#modules/directives/module.ts';
import { setCell } from '#modules/directives/store/vectors.ts';
import { draftWith, expectOk, openSite, people } from '#modules/directives/site.test.ts';
import { say } from './lib-measure.ts';

const rounds = 3;
const matrixRequests = 100;
/** Requests of each way before the clock runs, so that compiled code and plans are warm for all three. */
const warmRounds = 10;
const ms = (n: number): string => `${n.toFixed(n < 100 ? 1 : 0)} ms`;
const best = (times: readonly number[]): number => Math.min(...times);
const quantile = (times: readonly number[], q: number): number => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Runs the comparisons. @returns how many goals were missed */
export async function measure(): Promise<number> {
  const site = await openSite();
  const owner = new pg.Client({ connectionString: site.ownerUrl });
  await owner.connect();
  try {
    const [, , , only] = process.argv; // `npm run bench -- directives matrix`: this part alone
    await issue(site);
    await site.deliver(); // communes have their seats; caches and plans are warm for all ways
    let missed = 0;
    if (only !== 'matrix') missed += await measureCascade(site, owner);
    if (only !== 'cascade') missed += await measureMatrix(site, owner);
    return missed;
  } finally {
    await owner.end();
    await site.close();
  }
}

async function issue(site: TestServer): Promise<string> {
  const office = people.vpcp();
  const draft = await draftWith(site, office, [{}]);
  await expectOk(site.call(office, 'POST', `/directives/00/${draft.id}/issue`, { version: draft.version }));
  return draft.id;
}

async function measureCascade(site: TestServer, owner: pg.Client): Promise<number> {
  const [whole, oneLane, row, rowOnly, bare]: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  for (let round = 0; round < rounds; round += 1) {
    const directive = await issue(site);
    whole.push(await timed(() => site.deliver()));
    await issue(site);
    oneLane.push(await timed(() => deliverEvents(site.services, directives.consumers ?? [], () => new Date('2026-11-18T03:00:00.000Z'), 1)));
    row.push(await rowAtATime(site, directive, true));
    rowOnly.push(await rowAtATime(site, directive, false));
    bare.push(await bareInsert(owner, directive));
  }
  const ratio = best(row) / best(whole);
  say('cascade of one directive to 34 provinces and 3,321 communes (3,355 tasks, 3,355 notices), best of 3, one run');
  say(`  set-based, with events, log and vectors, as the product does it           ${ms(best(whole)).padStart(9)}`);
  say(`  the same, 34 provinces one after another                                  ${ms(best(oneLane)).padStart(9)}`);
  say(`  row at a time: each unit's task, notice, cell and log entry               ${ms(best(row)).padStart(9)}`);
  say(`  row at a time without cell and log entry: less than the cascade does      ${ms(best(rowOnly)).padStart(9)}`);
  say(`  bare insert of the same rows into tables without index, policy or key     ${ms(best(bare)).padStart(9)}`);
  say(`  row at a time / set-based  ${ratio.toFixed(1)} ×   (goal: at least 10)   ${ratio >= 10 ? 'reached' : 'MISSED'}`);
  say(`  … one province after another  ${(best(row) / best(oneLane)).toFixed(1)} ×`);
  say(`  … without cell and log entry  ${(best(rowOnly) / best(whole)).toFixed(1)} ×`);
  say(`  set-based / bare insert    ${(best(whole) / best(bare)).toFixed(1)} ×`);
  return ratio >= 10 ? 0 : 1;
}

const Made = shape({ province: Type.String(), assignment: Type.String(), holderOffice: Type.String(), holderPost: Type.Union([Type.String(), Type.Null()]), commune: Type.Union([Type.String(), Type.Null()]), resultMeasure: Type.String() });

/**
 * What the cascade wrote, written again as a loop over the units would: the task, the notice, the commune's cell, the log entry of the
 * write; one transaction a province, which is kind to the loop.
 */
async function rowAtATime(site: TestServer, directive: string, whole: boolean): Promise<number> {
  const rows = await site.db.read('system', (tx) => tx.rows(Made, sql`
    select province, assignment, holder_office, holder_post, commune, result_measure from directives.task where directive = ${directive} order by province, commune nulls first`));
  const twin = newId();
  return timed(async () => {
    for (const [province, own] of Map.groupBy(rows, (one) => one.province)) {
      await site.db.write('system', async (tx) => {
        for (const one of own) {
          await tx.run(sql`
            insert into directives.task (province, id, commune, directive, assignment, depth, holder_office, holder_post, assigned_by, period, due_first, due_on, result_measure, state, assigned_at, updated_at)
            values (${province}, ${newId()}, ${one.commune}, ${twin}, ${one.assignment}, 0, ${one.holderOffice}, ${one.holderPost}, 'VPCP', ${twin}, '2026-12-31', '2026-12-31', ${one.resultMeasure}, 'assigned', now(), now())
            on conflict (province, assignment, holder_office, period) do nothing`);
          await tx.run(sql`
            insert into directives.notice (province, id, office, key, kind, at, directive, tasks) values (${province}, ${newId()}, ${one.holderOffice}, ${`issued:${twin}`}, 'issued', now(), ${twin}, 1)
            on conflict (province, office, key) do nothing`);
          if (!whole) continue;
          if (one.commune !== null) await setCell(tx, { province, directive, assignment: one.assignment, commune: one.commune, bytes: [97, 9, 250] });
          await record(tx, { province, at: '2026-11-18T03:00:00.000Z', actor: 'system', action: 'directives.task-assigned', target: { type: 'task', id: twin }, unit: one.commune });
        }
      });
    }
  });
}

/** The floor: the server copies the same rows into two plain tables in one statement each. */
async function bareInsert(owner: pg.Client, directive: string): Promise<number> {
  await owner.query('begin');
  await owner.query("set local sauro.system = 'on'");
  await owner.query('create temporary table bare_task on commit drop as select * from directives.task limit 0');
  await owner.query('create temporary table bare_notice on commit drop as select * from directives.notice limit 0');
  const time = await timed(async () => {
    await owner.query('insert into bare_task select * from directives.task where directive = $1', [directive]);
    await owner.query('insert into bare_notice select * from directives.notice where directive = $1', [directive]);
  });
  await owner.query('commit');
  return time;
}

/** 300 directives over all communes, in mixed states; only what the matrix reads is made. */
export async function fill(owner: pg.Client): Promise<void> {
  await owner.query('begin');
  await owner.query("set local sauro.system = 'on'");
  await owner.query(`
    insert into directives.directive (province, id, origin, state, kind, title, number, issued_on, issuer_office, created_at, updated_at, issued_at)
    select '00', md5('bench' || n)::uuid, '00', 'issued', 'conclusion', 'Văn bản đo số ' || n, n || '/DO', date '2025-10-01' + n, 'VPCP', now(), now(), now() - n * interval '1 hour' from generate_series(1, 300) n`);
  await owner.query(`
    insert into directives.vector (province, directive, assignment, root, cells)
    select s.province, md5('bench' || n)::uuid, md5('line' || n)::uuid, md5('line' || n)::uuid,
           string_agg(set_byte(set_byte(set_byte('\\x000000'::bytea, 0, ascii(substr('aakppppdddddefrc', 1 + (hashint4(n * 7919 + s.seat) & 15), 1))), 1, 9), 2, (hashint4(n + s.seat) & 255)), ''::bytea order by s.seat)
      from directives.seat s, generate_series(1, 300) n group by s.province, n`);
  await owner.query('commit');
  await owner.query('analyze directives.vector');
  await owner.query('analyze directives.directive');
}

type Answer = { readonly status: number; readonly bytes: number };
const ask = (port: number, account: string, encoding: string): Promise<Answer> => new Promise((resolve, reject) => {
  const asked = request({ host: '127.0.0.1', port, path: '/api/task-matrix', headers: { 'user-agent': account, 'accept-encoding': encoding } }, (response) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => { bytes += chunk.length; });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }));
  });
  asked.on('error', reject);
  asked.end();
});

async function measureMatrix(site: TestServer, owner: pg.Client): Promise<number> {
  await owner.query('delete from directives.vector where false');
  await fill(owner);
  const office = people.vpcp();
  const first = await expectOk(site.call<{ rows: { cells: string }[] }>(office, 'GET', '/task-matrix'));
  const full = first.rows.filter((row) => row.cells.length === 3321 && !row.cells.includes('-')).length;
  const address = new URL(await site.app.listen({ port: 0, host: '127.0.0.1' }));
  const port = Number(address.port);
  const read = async (): Promise<void> => { await site.db.read(office, (tx) => tx.arrays(sql`select string_agg(cells, ''::bytea order by province) from directives.vector group by directive`)); };
  await ask(port, office.account, 'gzip');
  const [gzip, plain, raw]: [number[], number[], number[]] = [[], [], []];
  let sent: Answer = { status: 0, bytes: 0 };
  for (let i = 0; i < warmRounds; i += 1) for (const way of [() => ask(port, office.account, 'gzip'), () => ask(port, office.account, 'identity'), read]) await way();
  for (let i = 0; i < matrixRequests; i += 1) {
    gzip.push(await timed(async () => { sent = await ask(port, office.account, 'gzip'); }));
    plain.push(await timed(() => ask(port, office.account, 'identity')));
    raw.push(await timed(read));
  }
  const goal = quantile(gzip, 0.95) <= 200;
  say(`\nmatrix: ${full} directives × 3,321 communes in one request over HTTP, ${matrixRequests} requests each, after ${warmRounds} to warm up, one run`);
  say(`  compressed (${Math.round(sent.bytes / 1024)} kB)    p50 ${ms(quantile(gzip, 0.5)).padStart(8)}   p95 ${ms(quantile(gzip, 0.95)).padStart(8)}   (goal: p95 at most 200 ms)   ${goal ? 'reached' : 'MISSED'}`);
  say(`  uncompressed            p50 ${ms(quantile(plain, 0.5)).padStart(8)}   p95 ${ms(quantile(plain, 0.95)).padStart(8)}`);
  say(`  the same cells read from the database alone   p50 ${ms(quantile(raw, 0.5)).padStart(8)}   p95 ${ms(quantile(raw, 0.95)).padStart(8)}`);
  say(`  request / bare read   ${(quantile(gzip, 0.5) / quantile(raw, 0.5)).toFixed(1)} ×`);
  return goal ? 0 : 1;
}
