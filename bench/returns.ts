/**
 * Returns against the baseline of dhis2-shape.ts, on one server in one run: bytes, log, durable returns a second, CPU until visible,
 * recompute, and what the nation's row, vector length and more processes cost. SAURO_BENCH_SCALE (1 = 3,321 communes × 24 months; 0.02 for a look) makes it quicker.
 */
import { spawn } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openDatabase, type Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { engineOf } from '#modules/returns/index.ts';
import { placementsOf } from '#modules/returns/actions/self-audit.ts';
import { differencesOf } from '#modules/returns/rules/audit.ts';
import { readKept, recomputeInCode, recomputeRollUp } from '#modules/returns/store/recompute.ts';
import type { SlotValue } from '#modules/returns/schema.ts';
import { fillShape, filledSql, makeShape, rebuildAnalytics, sizeOf, valueSql, writeAudited, type Rebuilt } from './dhis2-shape.ts';
import { f, inLoop, type Limits, machineLimits, median, quantile, type Run, say } from './lib-measure.ts';
import { communesOf, formValues, lengths, openSite, prepareProcess, sendReturn, type Commune, type Site } from './lib-returns.ts';

const scale = Math.min(1, Math.max(0.01, Number(process.env['SAURO_BENCH_SCALE'] ?? '1')));
// The whole nation as long as possible: sums are one row a node, whatever the number of communes, and tables of a few pages measure pages.
const communeCount = Math.max(200, Math.min(3321, Math.round(3321 * scale * 12)));
const months = Math.max(2, Math.round((24 * scale * 3321) / communeCount));
const seconds = scale < 0.2 ? 1.5 : 4;
const length = lengths[0];
const load = (): string => `load ${f(loadavg()[0] ?? 0)}`;
let missed = 0;
type Line = { readonly what: string; readonly ours: string; readonly theirs: string; readonly ratio: number; readonly goal: number; readonly limit?: string };
function line({ what, ours, theirs, ratio, goal, limit = '' }: Line): void {
  const reached = ratio >= goal;
  if (!reached) missed += 1;
  say(`  ${what.padEnd(58)} ${ours.padStart(12)} ${theirs.padStart(12)}   ${f(ratio).padStart(8)} ×  least ${f(goal)}  ${reached ? 'reached' : 'MISSED'}${limit === '' ? '' : `   result/limit ${limit}`}`);
}

/** Runs the comparisons. @returns how many of the least accepted ratios were missed */
export async function measure(): Promise<number> {
  const limits = machineLimits();
  say(`machine: fdatasync ${f(limits.syncsPerSecond, 0)}/s · copy ${f(limits.copyGBs)} GB/s · ${f(limits.additionsPerUs, 0)} additions/µs · scale ${scale}: ${communeCount} communes × ${months} months × ${length} cells`);
  const site = await openSite(months);
  const owner = new pg.Client({ connectionString: site.base.server.urls.ownerUrl });
  await owner.connect();
  try {
    await owner.query('checkpoint').catch(() => undefined);
    const { values, rebuilt } = await sizes(site, owner);
    await writes(site, owner, { values, rebuilt, limits });
    await recomputes(site, rebuilt, limits);
    await questions(site, owner);
  } finally {
    await owner.end();
    await site.close();
  }
  return missed;
}

/** Loads the same facts on both sides, ours through the product's own writer. */
async function sizes(site: Site, owner: pg.Client): Promise<{ values: number; rebuilt: Rebuilt }> {
  const { db } = site.base.services;
  await makeShape(owner);
  const values = await fillShape(owner, { communes: communeCount, months, elements: length / 4 });
  const begun = performance.now();
  for (const [p, period] of site.periods.entries()) {
    const { rows } = await owner.query<{ o: number; vals: (number | null)[] }>(`select o, array_agg(case when ${filledSql} then ${valueSql} end order by c) as vals from (select ${p} as p) x, generate_series(0, ${communeCount - 1}) o, generate_series(0, ${length - 1}) c group by o`);
    await Promise.all(rows.map(async ({ o, vals }) => {
      const commune = site.communes[o];
      if (commune !== undefined) await sendReturn(db, commune, period, `bench${length}`, vals.flatMap((value, i): SlotValue[] => (value === null ? [] : [[i + 1, Number(value)]])));
    }));
  }
  const loadSeconds = (performance.now() - begun) / 1000;
  const rebuilt = await rebuildAnalytics(owner);
  for (const table of ['packed', 'revision', 'roll_up']) await owner.query(`vacuum analyze returns.${table}`);
  const [packed, revision, sums, log] = [await sizeOf(owner, 'returns.packed'), await sizeOf(owner, 'returns.revision'), await sizeOf(owner, 'returns.roll_up', 'returns.version'), await sizeOf(owner, 'log.leaf')];
  const [value, analytics] = [await sizeOf(owner, 'shape.datavalue'), await sizeOf(owner, 'shape.analytics')];
  const ours = packed + revision + sums;
  say(`\nstored, ${f(values, 0)} values; ours loaded through its own writer in ${f(loadSeconds)} s (${f(values / loadSeconds / 1e6, 2)} M values/s with revisions, sums and log)`);
  say(`  bytes a value: packed ${f(packed / values)} + revisions ${f(revision / values)} + sums ${f(sums / values)}; audit leaves beside them ${f(log / values)}. Baseline: values ${f(value / values)} + analytics ${f(analytics / values)}`);
  line({ what: 'bytes a value, with full revision log and sums', ours: f(ours / values), theirs: f((value + analytics) / values), ratio: (value + analytics) / ours, goal: 40, limit: f(8 / (ours / values), 2) });
  say(`  … against the baseline's value table alone, without any log there: ${f(value / ours)} ×; our audit leaves counted too: ${f((value + analytics) / (ours + log))} ×`);
  return { values, rebuilt };
}

/** Turns of each contestant. */
const turns = scale < 0.2 ? 2 : 3;
const bestOf = (runs: readonly Run[]): Run => runs.reduce((best, one) => (one.perSecond > best.perSecond ? one : best));
const perClient = (communes: readonly Commune[], clients: number, client: number): Commune[] => communes.filter((_, i) => i % clients === client);
/** Each loop writes other values than the ones before: the same content again would be answered and not written. */
let loops = 0;
/** spread: returns of all months at random; else everybody sends the month that is due, as at a deadline. */
type Writing = { readonly db: Database; readonly clients: number; readonly slots?: number; readonly spread?: boolean };
function oursInLoop(site: Site, owner: pg.Client, { db, clients, slots = length, spread = false }: Writing): Promise<Run> {
  const dataSet = `bench${slots}`;
  loops += 1;
  const salt = loops * 7_919_000;
  const own = Array.from({ length: clients }, (_, client) => perClient(site.communes, clients, client));
  return inLoop(owner, clients, seconds, async (client, round) => {
    const mine = own[client] ?? [];
    const commune = mine[(round + 1) % mine.length];
    const period = site.periods[spread ? (Math.abs(round) * 7 + client) % site.periods.length : 0] ?? '';
    if (commune !== undefined) await sendReturn(db, commune, period, dataSet, formValues(slots, salt + round * 1000 + client));
  });
}
async function theirsInLoop(site: Site, owner: pg.Client, clients: number, spread = false): Promise<Run> {
  const pool = new pg.Pool({ connectionString: site.base.server.urls.ownerUrl, max: clients });
  const [elements, combos] = [Array.from({ length }, (_, i) => 1 + Math.floor(i / 4)), Array.from({ length }, (_, i) => 1 + (i % 4))];
  const run = await inLoop(owner, clients, seconds, async (client, round) => {
    const commune = (Math.abs(round) * clients + client) % communeCount;
    const values = formValues(length, round * 1000 + client).map(([, value]) => String(value));
    await pool.query({ ...writeAudited, values: [elements, combos, values, 1 + (spread ? (Math.abs(round) * 7 + client) % months : 0), 1 + commune] });
  });
  await pool.end();
  return run;
}

async function writes(site: Site, owner: pg.Client, { values, rebuilt, limits }: { values: number; rebuilt: Rebuilt; limits: Limits }): Promise<void> {
  const { db } = site.base.services;
  say(`\none return of ${length} values, durable, audited, sums of province and nation in the same commit; baseline without its rebuild; the month that is due, "spread": all months at random; best of ${turns} turns of ${seconds} s (median)`);
  say(`  ${'clients'.padEnd(10)}${'ours ret/s'.padStart(14)}${'p50'.padStart(9)}${'p99 ms'.padStart(9)}${'WAL B/val'.padStart(11)}${'CPU µs/val'.padStart(12)}${'node µs/val'.padStart(13)}   |${'base ret/s'.padStart(14)}${'p50'.padStart(9)}${'p99 ms'.padStart(9)}${'WAL B/val'.padStart(11)}${'CPU µs/val'.padStart(12)}`);
  await theirsInLoop(site, owner, 32); // warm
  await oursInLoop(site, owner, { db, clients: 32 });
  const found = new Map<number, { ours: Run; theirs: Run; p99: { ours: number; theirs: number } }>();
  for (const [clients, spread] of [[1, false], [32, false], [128, false], [32, true]] as const) {
    const [theirs, ours]: [Run[], Run[]] = [[], []];
    for (let turn = 0; turn < turns; turn += 1) { // in turn, so that a busy minute of the machine falls on both
      theirs.push(await theirsInLoop(site, owner, Math.min(clients, 32), spread));
      ours.push(await oursInLoop(site, owner, { db, clients, spread }));
    }
    const best = { ours: bestOf(ours), theirs: bestOf(theirs) };
    const least = (runs: readonly Run[]): number => Math.min(...runs.map((run) => run.p99));
    if (!spread) found.set(clients, { ...best, p99: { ours: least(ours), theirs: least(theirs) } });
    const each = (run: Run, n: number): string => f(n / (run.done * length));
    const side = (run: Run, all: readonly Run[]): string => `${`${f(run.perSecond, 0)} (${f(median(all.map((one) => one.perSecond)), 0)})`.padStart(14)}${f(run.p50).padStart(9)}${f(run.p99).padStart(9)}${each(run, run.wal).padStart(11)}${f(run.cpuUs / (run.done * length), 2).padStart(12)}`;
    say(`  ${`${clients}${spread ? ' spread' : ''}`.padEnd(10)}${side(best.ours, ours)}${f(best.ours.ownCpuUs / (best.ours.done * length), 2).padStart(13)}   |${side(best.theirs, theirs)}   ${load()}`);
  }
  const [one, many, most] = [found.get(1), found.get(32), found.get(128)];
  if (!one || !many || !most) return;
  const of = (run: Run, n: number): number => n / (run.done * length);
  line({ what: 'durable audited returns/s, 32 clients (goal 12)', ours: f(many.ours.perSecond, 0), theirs: f(many.theirs.perSecond, 0), ratio: many.ours.perSecond / many.theirs.perSecond, goal: 8, limit: f(many.ours.perSecond / limits.syncsPerSecond, 2) });
  line({ what: 'p99 ms, 32 clients, the best turn of each (goal 10)', ours: f(many.p99.ours), theirs: f(many.p99.theirs), ratio: many.p99.theirs / many.p99.ours, goal: 8, limit: f(1000 / limits.syncsPerSecond / many.p99.ours, 3) });
  line({ what: 'one client, p50 ms (goal 6)', ours: f(one.ours.p50, 2), theirs: f(one.theirs.p50, 2), ratio: one.theirs.p50 / one.ours.p50, goal: 1, limit: f(1000 / limits.syncsPerSecond / one.ours.p50, 2) });
  line({ what: 'WAL bytes a value, 32 clients (goal 40)', ours: f(of(many.ours, many.ours.wal)), theirs: f(of(many.theirs, many.theirs.wal)), ratio: of(many.theirs, many.theirs.wal) / of(many.ours, many.ours.wal), goal: 1, limit: f(8 / of(many.ours, many.ours.wal), 2) });
  const rebuildUs = (rebuilt.totalMs * 1000) / values;
  const visible = of(many.theirs, many.theirs.cpuUs) + rebuildUs;
  line({ what: 'server CPU µs a value until visible, 32 clients (goal 100)', ours: f(of(many.ours, many.ours.cpuUs), 2), theirs: f(visible), ratio: visible / of(many.ours, many.ours.cpuUs), goal: 40 });
  line({ what: 'server CPU µs a value until visible, 128 clients', ours: f(of(most.ours, most.ours.cpuUs), 2), theirs: f(visible), ratio: visible / of(most.ours, most.ours.cpuUs), goal: 40 });
  say(`  … with our own process counted as well, 128 clients: ${f(visible / of(most.ours, most.ours.cpuUs + most.ours.ownCpuUs))} × (the baseline's Java is not counted)`);
  const { done } = engineOf(db).batches;
  say(`  batches: ${f(done.commands / done.batches)} returns each on average over the whole run, ${done.retries} run again`);
}

async function recomputes(site: Site, rebuilt: Rebuilt, limits: Limits): Promise<void> {
  const { db } = site.base.services;
  const { forms } = engineOf(db);
  const formOn = async (tx: Tx, period: string) => {
    const on = await forms.on(tx, `bench${length}`, period);
    if (!on.ok) throw new Error('no form');
    return on.value;
  };
  /** Two slices at a time: while one is added up, the server reads the other. */
  const recomputeAll = async (): Promise<number> => {
    const left = [...site.periods];
    const begun = performance.now();
    await Promise.all([0, 1].map(async () => {
      for (let period = left.pop(); period !== undefined; period = left.pop()) {
        const slice = period;
        await db.read('system', async (tx) => { const { map } = await formOn(tx, slice); await recomputeInCode(tx, slice, `bench${length}`, (unit) => map.nodesOf(unit)); });
      }
    }));
    return performance.now() - begun;
  };
  const first = await recomputeAll();
  const inCode = Math.min(await recomputeAll(), await recomputeAll());
  let [inSql, differing, slots] = [0, 0, 0];
  for (const period of site.periods) {
    await db.read('system', async (tx) => {
      const on = await formOn(tx, period);
      const begun = performance.now();
      const bySql = await recomputeRollUp(tx, period, `bench${length}`, placementsOf(on));
      inSql += performance.now() - begun;
      const byCode = await recomputeInCode(tx, period, `bench${length}`, (unit) => on.map.nodesOf(unit));
      const kept = await readKept(tx, period, `bench${length}`);
      for (const one of [...differencesOf(kept, bySql), ...differencesOf(kept, byCode)]) differing += one.differing;
      slots += kept.reduce((sum, row) => sum + row.sums.length, 0);
    });
  }
  say(`\nrecompute of all sums from the returns (baseline: fill ${f(rebuilt.fillMs / 1000)} s + indexes ${f(rebuilt.indexMs / 1000)} s + vacuum ${f(rebuilt.vacuumMs / 1000)} s)`);
  line({ what: 'full recompute in code, s', ours: f(inCode / 1000, 2), theirs: f(rebuilt.totalMs / 1000), ratio: rebuilt.totalMs / inCode, goal: 150, limit: f((communeCount * months * length * 2) / limits.additionsPerUs / 1000 / inCode, 3) });
  say(`  the first time ${f(first / 1000, 2)} s, ${f(rebuilt.totalMs / first)} × · ${load()}`);
  say(`  in plain SQL, the reference: ${f(inSql / 1000, 2)} s, ${f(rebuilt.totalMs / inSql)} ×`);
  say(`  kept sums against both after all writes above: ${differing} of ${f(slots, 0)} slots differ ${differing === 0 ? '' : 'MISSED'}`);
  if (differing > 0) missed += 1;
}

/** Section 5 of PERFORMANCE: the hot row, vector lengths, processes. Each contestant has a pool of its own. */
async function questions(site: Site, owner: pg.Client): Promise<void> {
  say('\nthe nation\'s row, 32 and 128 clients: all nodes / provinces only / none, in turn');
  const url = site.base.server.urls.appUrl;
  for (const clients of [32, 128]) {
    const pools = [['all', () => true], ['provinces', (node: string) => node !== '00'], ['none', () => false]] as const;
    const runs: Record<string, Run[]> = {};
    const dbs = pools.map(([name, keeps]) => { const db = openDatabase(url, { max: 6 }); engineOf(db, { keeps }); return { name, db }; });
    for (let turn = -1; turn < turns; turn += 1) for (const { name, db } of dbs) {
      const run = await oursInLoop(site, owner, { db, clients, slots: lengths[2] });
      if (turn >= 0) runs[name] = [...(runs[name] ?? []), run]; // the first turn warms
    }
    for (const { db } of dbs) await db.close();
    const [all, provinces, none] = [bestOf(runs['all'] ?? []), bestOf(runs['provinces'] ?? []), bestOf(runs['none'] ?? [])];
    const share = all.perSecond / provinces.perSecond;
    say(`  ${String(clients).padEnd(5)} ${f(all.perSecond, 0)} / ${f(provinces.perSecond, 0)} / ${f(none.perSecond, 0)} ret/s · p99 ${f(all.p99)} / ${f(provinces.p99)} / ${f(none.p99)} ms · nation against provinces only ${f(share, 2)} (pass 0.85), p99 ${f(all.p99 / provinces.p99, 2)} (pass 1.25) · ${load()}`);
  }
  say('vector length, 32 clients');
  for (const slots of [...lengths].sort((a, b) => a - b)) {
    const run = await oursInLoop(site, owner, { db: site.base.services.db, clients: 32, slots });
    say(`  ${String(slots).padStart(4)} slots  ${f(run.perSecond, 0).padStart(7)} ret/s   p99 ${f(run.p99).padStart(6)} ms   WAL ${f(run.wal / run.done, 0).padStart(7)} B a return   server CPU ${f(run.cpuUs / run.done, 0).padStart(6)} µs a return (${f(run.cpuUs / run.done / slots, 2)} a value)`);
  }
  say('several processes on one database, 32 clients each');
  for (const processes of [1, 2, 4]) {
    const looking = new pg.Client({ connectionString: url }); // the writers' own role sees what they wait for
    await looking.connect();
    const waits = lockWaits(looking);
    const rates = await Promise.all(Array.from({ length: processes }, (_, i) => otherProcess(url, i, processes)));
    say(`  ${processes}: ${f(rates.reduce((sum, rate) => sum + rate, 0), 0)} ret/s together; share of looks at which a connection waited for a lock ${f(100 * await waits(), 0)} % (pass 30 %)`);
    await looking.end();
  }
  const left = await processesDiffer(site);
  say(`  sums of their period against a recompute afterwards: ${left} slots differ ${left === 0 ? '' : 'MISSED'}`);
  if (left > 0) missed += 1;
  await burst(site);
}

async function processesDiffer(site: Site): Promise<number> {
  const { db } = site.base.services;
  return db.read('system', async (tx) => {
    const on = await engineOf(db).forms.on(tx, `bench${lengths[2]}`, writersPeriod);
    if (!on.ok) throw new Error('no form');
    const made = await recomputeInCode(tx, writersPeriod, `bench${lengths[2]}`, (unit) => on.value.map.nodesOf(unit));
    return differencesOf(await readKept(tx, writersPeriod, `bench${lengths[2]}`), made).reduce((sum, one) => sum + one.differing, 0);
  });
}
/** No other contestant writes this one: contestants that leave nodes out would be found as differences. */
const writersPeriod = '2027-06';

/** A deadline: every commune of the nation sends its form at the same moment. */
async function burst(site: Site): Promise<void> {
  const begun = performance.now();
  const times = await Promise.all(site.communes.map(async (commune, i) => { await sendReturn(site.base.services.db, commune, '2027-05', `bench${length}`, formValues(length, 31_000_003 + i)); return performance.now() - begun; }));
  const took = Math.max(...times) / 1000;
  say(`deadline: ${times.length} first returns of ${length} values at one moment, all durable after ${f(took, 2)} s (pass 10 s), ${f(times.length / took, 0)} a second, half after ${f(quantile(times, 0.5) / 1000, 2)} s · ${load()}`);
  if (took > 10) missed += 1;
}

/** Looks ten times a second whether the writers wait for a lock. @returns ends it, and tells the share */
function lockWaits(owner: pg.Client): () => Promise<number> {
  let [active, waiting] = [0, 0];
  const timer = setInterval(() => {
    void owner.query<{ active: string; waiting: string }>("select count(*) filter (where state <> 'idle') as active, count(*) filter (where wait_event_type = 'Lock') as waiting from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()")
      .then(({ rows }) => { active += Number(rows[0]?.active); waiting += Number(rows[0]?.waiting); }).catch(() => undefined);
  }, 100);
  return async () => { clearInterval(timer); return active === 0 ? 0 : waiting / active; };
}

function otherProcess(url: string, index: number, of: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'writer', String(index), String(of)], { env: { ...process.env, SAURO_BENCH_URL: url }, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (part: Buffer) => { text += part.toString(); });
    child.on('exit', (code) => { if (code === 0) resolve(Number(text.trim())); else reject(new Error(`a writer ended with ${code}`)); });
  });
}

async function writer(index: number, of: number): Promise<void> {
  prepareProcess();
  const db = openDatabase(process.env['SAURO_BENCH_URL'] ?? '', { max: 4 });
  const communes = (await communesOf(db)).filter((_, i) => i % of === index);
  const clients = 32;
  let done = 0;
  const one = async (client: number, round: number): Promise<void> => {
    const mine = perClient(communes, clients, client);
    const commune = mine[round % mine.length];
    if (commune !== undefined) await sendReturn(db, commune, writersPeriod, `bench${lengths[2]}`, formValues(lengths[2], of * 1_000_003 + index * 100_003 + round * 100 + client));
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client, 0)));
  const begun = performance.now();
  await Promise.all(Array.from({ length: clients }, async (_, client) => { for (let round = 1; performance.now() - begun < seconds * 1000; round += 1) { await one(client, round); done += 1; } }));
  console.log(done / ((performance.now() - begun) / 1000));
  await db.close();
}
if (process.argv[2] === 'writer') await writer(Number(process.argv[3]), Number(process.argv[4]));
