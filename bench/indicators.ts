/**
 * Reads of figures over HTTP against the baseline of dhis2-shape.ts on one server in one run: twenty cells by province and quarter, the full
 * pivot, the map of communes, and how long a commit takes to be seen. SAURO_BENCH_SCALE (1 = 3,321 communes × 24 months) makes it quicker.
 *
 * The baseline is given its SQL alone, asked from this process over its socket; ours goes through HTTP, rights, the question whether anything
 * was committed, computing and JSON. "new questions" are never asked twice, so no kept answer helps.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { createServer } from '#platform/http/server.ts';
import { policyOf } from '#platform/policy-of.ts';
import { actorWith, atNation } from '#platform/testing/test-server.ts';
import { serverModules } from '#app/server-modules.ts';
import { Forms } from '#modules/returns/index.ts';
import { rebuildRollUps } from '#modules/returns/index.ts';
import type { SlotValue } from '#modules/returns/schema.ts';
import type { PivotQuery, PivotReply } from '#modules/indicators/schema.ts';
import { fillShape, filledSql, makeShape, queries, rebuildAnalytics, valueSql } from './dhis2-shape.ts';
import { f, machineLimits, median, quantile, say } from './lib-measure.ts';
import { now, openSite, sendReturn, type Site } from './lib-returns.ts';

const scale = Math.min(1, Math.max(0.01, Number(process.env['SAURO_BENCH_SCALE'] ?? '1')));
const months = Math.max(6, Math.round(24 * Math.sqrt(scale)));
const communeCount = Math.max(200, Math.round(3321 * Math.sqrt(scale)));
const length = 200;
const dataSet = `bench${length}`;
/** Questions before those that are measured, all different: as a server answers that has run for a while. At most 450 are different. */
const warming = 240;
let missed = 0;
/** CPU of this process and of all server processes of the database, in ms: what holds when the machine has other work, as waiting times do not. */
async function cpuOf(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity where datname = current_database()');
  const ticks = rows.reduce((sum, { pid }) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      return sum + Number(fields[11]) + Number(fields[12]);
    } catch {
      return sum; // ended meanwhile, or a system without /proc
    }
  }, 0);
  const own = process.cpuUsage();
  return ticks * 10 + (own.user + own.system) / 1000;
}
type Took = { readonly ms: number; readonly cpu: number };
async function took(owner: pg.Client, rounds: number, work: (round: number) => Promise<unknown>): Promise<Took> {
  const before = await cpuOf(owner);
  const list = await times(rounds, work);
  return { ms: median(list), cpu: ((await cpuOf(owner)) - before) / rounds };
}

type Goal = { readonly least: number; readonly goal: number; readonly limitMs: number };
function line(what: string, { ms: ours, cpu }: Took, { ms: theirs, cpu: theirCpu }: Took, { least, goal, limitMs }: Goal): void {
  const ratio = theirs / ours;
  if (ratio < least) missed += 1;
  say(`  ${what.padEnd(62)} ${f(ours, 3).padStart(9)} ms ${f(theirs).padStart(9)} ms ${f(ratio, 0).padStart(8)} ×  least ${f(least, 0)}, goal ${f(goal, 0)}: ${ratio >= goal ? 'goal reached' : ratio >= least ? 'reached' : 'MISSED'}   limit/result ${f(limitMs / ours, 2)}   CPU ${f(cpu, 2)} against ${f(theirCpu, 1)} ms: ${f(theirCpu / cpu, 0)} ×`);
}

type Server = { readonly port: number; readonly close: () => Promise<void> };
async function listen(site: Site, actor: Actor): Promise<Server> {
  const app = await createServer({ routes: serverModules.flatMap((module) => module.routes), policy: policyOf(serverModules), services: site.base.services, requestsPerMinute: 0, clock: () => new Date(now.at), sentence: (code) => code, authenticate: async () => actor });
  const address = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  return { port: Number(address.port), close: () => app.close() };
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });
type Answer = { readonly status: number; readonly body: Buffer };
const ask = (port: number, method: string, path: string, body?: string, encoding = 'identity'): Promise<Answer> => new Promise((resolve, reject) => {
  const asked = request({ host: '127.0.0.1', port, method, path: `/api${path}`, agent, headers: { 'user-agent': 'bench', 'accept-encoding': encoding, ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) } }, (response) => {
    const parts: Buffer[] = [];
    response.on('data', (chunk: Buffer) => parts.push(chunk));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) }));
  });
  asked.on('error', reject);
  asked.end(body);
});
async function expectOk(answer: Promise<Answer>): Promise<Buffer> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${body.toString().slice(0, 300)}`);
  return body;
}
async function times(rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const list: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await work(round);
    list.push(performance.now() - begun);
  }
  return list;
}

/** Runs the comparisons. @returns how many of the least accepted ratios were missed */
export async function measure(): Promise<number> {
  const limits = machineLimits();
  say(`machine: fdatasync ${f(limits.syncsPerSecond, 0)}/s · copy ${f(limits.copyGBs)} GB/s · ${f(limits.additionsPerUs, 0)} additions/µs · scale ${scale}: ${communeCount} communes × ${months} months × ${length} cells`);
  const site = await openSite(months);
  const owner = new pg.Client({ connectionString: site.base.server.urls.ownerUrl });
  await owner.connect();
  const server = await listen(site, actorWith(atNation('national-analyst')));
  try {
    await fill(site, owner);
    await reads(site, owner, server, limits.additionsPerUs);
    await freshness(site, server);
  } finally {
    await server.close();
    await owner.end();
    await site.close();
    agent.destroy();
  }
  return missed;
}

/** The same facts on both sides; ours by a bulk load, since writing is measured elsewhere. */
async function fill(site: Site, owner: pg.Client): Promise<void> {
  await makeShape(owner);
  const values = await fillShape(owner, { communes: communeCount, months, elements: length / 4 });
  await owner.query("begin; set local sauro.system = 'on'");
  const communes = site.communes.slice(0, communeCount);
  for (const [p, period] of site.periods.entries()) {
    await owner.query(`
      insert into returns.packed (province, org_unit, period, data_set, attribute, rev, at, sent_at, by, standing, late, vals)
      select u.province, u.code, $1, $2, '', 1, now(), now(), '00000000-0000-0000-0000-000000000000', 0, false, v.vals
        from unnest($3::text[], $4::text[]) with ordinality as u(code, province, n)
        cross join lateral (select array_agg(case when ${filledSql} then ${valueSql}::float8 end order by c) as vals from (select ${p} as p, (u.n - 1)::int as o) x, generate_series(0, ${length - 1}) c) v`,
    [period, dataSet, communes.map((one) => one.code), communes.map((one) => one.province)]);
  }
  await owner.query(`insert into returns.version (period, data_set, version, at) select p, $2, 1, now() from unnest($1::text[]) p`, [site.periods, dataSet]);
  await owner.query('commit');
  const { db } = site.base.services;
  const forms = new Forms(db);
  for (const period of site.periods) await db.write('system', (tx) => rebuildRollUps(tx, forms, period, dataSet));
  await owner.query('vacuum analyze returns.packed; ').catch(() => undefined);
  const rebuilt = await rebuildAnalytics(owner);
  say(`${f(values, 0)} values on each side; the baseline's analytics rebuilt in ${f(rebuilt.totalMs / 1000)} s`);
}

const pivot = (elements: readonly number[], periods: readonly string[]): PivotQuery => ({ measures: elements.map((n) => ({ kind: 'element', id: `b${length}e${n}` })), periods: [...periods], units: { of: '00', level: 'children' }, axes: ['four'], standing: 'reported' });
const sumOf = (reply: PivotReply): number => reply.values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);

async function reads(site: Site, owner: pg.Client, server: Server, additionsPerUs: number): Promise<void> {
  const baseline = async (text: string, rounds: number): Promise<Took> => { await owner.query(text); return took(owner, rounds, () => owner.query({ text, rowMode: 'array' })); };
  const [q1, q2, q3] = [await baseline(queries.q1, 5), await baseline(queries.q2, 20), await baseline(queries.q3, 3)];
  const quarters = [...new Set(site.periods.map((period) => `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5)) / 3)}`))];
  const years = [...new Set(site.periods.map((period) => period.slice(0, 4)))];
  const post = (query: PivotQuery): Promise<Buffer> => expectOk(ask(server.port, 'POST', '/figures/pivot', JSON.stringify(query)));

  const cold = await times(1, () => post(pivot([0, 1, 2, 3, 4], quarters)));
  const check = JSON.parse((await post(pivot([0, 1, 2, 3, 4], quarters))).toString()) as PivotReply; // our own reply
  const theirs = Number((await owner.query<{ s: string }>(`select sum(value)::text as s from shape.analytics where dx in (select lpad('d' || n, 11, '0') from generate_series(1, 5) n)`)).rows[0]?.s);
  say(`\nboth sides sum to ${f(theirs, 0)}: ${sumOf(check) === theirs ? 'equal' : `DIFFERENT, ours ${f(sumOf(check), 0)}`}; a reply has ${f(check.values.length, 0)} figures; first answer after the start ${f(cold[0] ?? 0)} ms`);
  if (sumOf(check) !== theirs) missed += 1;
  const someFive = (round: number): number[] => Array.from({ length: 5 }, (_, i) => (round * 7 + i * (1 + (round % 9))) % 50).filter((n, i, all) => all.indexOf(n) === i);
  const floor = median(await times(300, () => ask(server.port, 'GET', '/about-nothing')));
  const trip = median(await times(300, () => site.base.services.db.connect().then(async (client) => { await client.query('select 1'); client.release(); })));
  say(`an empty reply over HTTP takes ${f(floor, 3)} ms here and one question to the database ${f(trip, 3)} ms: the limit of every line below is both and adding its numbers up`);
  await times(warming, (round) => post(pivot(someFive(round), quarters)));
  const limit = (numbers: number): number => floor + trip + numbers / additionsPerUs / 1000;
  const fresh = await took(owner, 200, (round) => post(pivot(someFive(round + warming), quarters)));
  line('Q1: 20 cells × 34 provinces × quarters, new questions', fresh, q1, { least: 300, goal: 1000, limitMs: limit(34 * 20 * months) });
  const again = await took(owner, 200, () => post(pivot([0, 1, 2, 3, 4], quarters)));
  line('Q1: the same question again', again, q1, { least: 300, goal: 1000, limitMs: limit(0) });
  const all = Array.from({ length: 50 }, (_, i) => i);
  const steps = [1, 3, 7, 9]; // each gives fifty orders of its own
  const full = (round: number): PivotQuery => pivot(all.map((n) => (n * (steps[Math.floor(round / 50)] ?? 1) + round) % 50), years);
  await times(100, (round) => post(full(round)));
  line('Q3: full pivot, 50 elements × 4 × 34 × years, new questions', await took(owner, 60, (round) => post(full(round + 100))), q3, { least: 1000, goal: 5000, limitMs: limit(34 * length * months) });
  line('Q3: the same question again', await took(owner, 60, () => post(full(1))), q3, { least: 1000, goal: 5000, limitMs: limit(0) });

  const month = site.periods[Math.min(2, site.periods.length - 1)] ?? '';
  const map = (n: number, o: number, encoding = 'identity'): Promise<Buffer> => expectOk(ask(server.port, 'GET', `/figures/map?element=b${length}e${n}&cell=o${o}&period=${month}`, undefined, encoding));
  const first = await times(1, () => map(0, 1));
  await times(20, (round) => map(round % 50, 1 + (round % 4)));
  line('Q2: map of communes, new cells', await took(owner, 150, (round) => map((round + 20) % 50, 1 + ((round + 1) % 4))), q2, { least: 5, goal: 20, limitMs: limit(0) });
  line('Q2: the same cell again', await took(owner, 150, () => map(0, 1)), q2, { least: 5, goal: 20, limitMs: limit(0) });
  const packed = (await map(0, 1, 'gzip')).length;
  say(`  the first map of a month reads its communes: ${f(first[0] ?? 0)} ms; a map is ${f(packed, 0)} bytes compressed (at most 8,000 wanted): ${packed <= 8000 ? 'reached' : 'MISSED'}`);
  if (packed > 8000) missed += 1;
}

/** From the acknowledgement of a return to the nation's figure that holds it, as an open overview asks for it. */
async function freshness(site: Site, server: Server): Promise<void> {
  const { db } = site.base.services;
  const period = site.periods.at(-1) ?? '';
  const query = JSON.stringify({ ...pivot([0], [period]), units: { of: '00', level: 'self' }, axes: [] });
  const total = async (): Promise<number> => sumOf(JSON.parse((await expectOk(ask(server.port, 'POST', '/figures/pivot', query))).toString()) as PivotReply); // our own reply
  let before = await total();
  const waits: number[] = [];
  for (let i = 0; i < 120; i += 1) {
    const commune = site.communes[i % communeCount];
    if (commune === undefined) continue;
    await sendReturn(db, commune, period, dataSet, [[1, 5000 + i]] satisfies SlotValue[]);
    const acknowledged = performance.now();
    let after = await total();
    while (after === before) after = await total();
    waits.push(performance.now() - acknowledged);
    before = after;
  }
  const overviews: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const commune = site.communes[(round + 200) % communeCount];
    if (commune !== undefined && round % 2 === 0) await sendReturn(db, commune, period, dataSet, [[1, 9000 + round]] satisfies SlotValue[]);
    overviews.push(...await times(1, () => expectOk(ask(server.port, 'GET', `/figures/overview?period=${period}`, undefined, 'gzip'))));
  }
  const bytes = (await expectOk(ask(server.port, 'GET', `/figures/overview?period=${period}`, undefined, 'gzip'))).length;
  const p99 = quantile(waits, 0.99);
  if (p99 > 1000) missed += 1;
  if (bytes > 30_000) missed += 1;
  say(`  write to visible in the nation's figure: p50 ${f(median(waits))} ms, p99 ${f(p99)} ms   at most 1,000: ${p99 <= 1000 ? 'reached' : 'MISSED'}`);
  say(`  the whole overview: median ${f(median(overviews))} ms with every other one after a commit, ${f(bytes, 0)} bytes compressed   at most 30,000: ${bytes <= 30_000 ? 'reached' : 'MISSED'}`);
}
