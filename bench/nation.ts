/**
 * Twenty years of the whole nation on one machine: 3,321 communes × 240 months × 200 cells, two in five filled, about 64 million values with
 * every revision. What they take on the disk, what memory the product and its server hold while they are asked about, and how long the
 * figures of twenty years take. SAURO_BENCH_SCALE (1 = 240 months) makes it quicker.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { loadavg } from 'node:os';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import { periodRange } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import { findPlace } from '#platform/postgres/place.ts';
import { actorWith, atNation } from '#platform/testing/test-server.ts';
import { engineOf, rebuildRollUps } from '#modules/returns/index.ts';
import { encodeWhole } from '#modules/returns/rules/delta.ts';
import { insertReturns, insertRevisions } from '#modules/returns/store/batch.ts';
import { readKept, recomputeInCode } from '#modules/returns/store/recompute.ts';
import { differencesOf } from '#modules/returns/rules/audit.ts';
import { readMap, readPivot } from '#modules/indicators/actions/read.ts';
import type { PivotQuery } from '#modules/indicators/schema.ts';
import { f, machineLimits, median, say } from './lib-measure.ts';
import { now, openSite, type Site } from './lib-returns.ts';

const scale = Math.min(1, Math.max(0.02, Number(process.env['SAURO_BENCH_SCALE'] ?? '1')));
const periods = periodRange('2026-01', '2045-12').slice(0, Math.round(240 * scale));
const length = 200;
const dataSet = `bench${length}`;
const mostMemory = 4_000;
let missed = 0;

/** Runs the measurement. @returns how many goals were missed */
export async function measure(): Promise<number> {
  const limits = machineLimits();
  const site = await openSite(1);
  const owner = new pg.Client({ connectionString: site.base.server.urls.ownerUrl });
  await owner.connect();
  cluster = findPlace(site.dataDir).cluster;
  const memory = watchMemory();
  try {
    const { values, sum } = await fill(site);
    await owner.query('vacuum analyze returns.packed');
    const { rows: [size] } = await owner.query<{ packed: string; revision: string; sums: string }>(`select pg_total_relation_size('returns.packed')::text as packed, pg_total_relation_size('returns.revision')::text as revision, pg_total_relation_size('returns.roll_up')::text as sums`);
    const bytes = Number(size?.packed) + Number(size?.revision) + Number(size?.sums);
    say(`${f(values, 0)} values in ${f(periods.length, 0)} months: ${f(bytes / 1e6, 0)} MB, ${f(bytes / values, 2)} bytes a value with every revision and all sums (packed ${f(Number(size?.packed) / values, 2)}); limit/result ${f(8 / (bytes / values), 2)}`);
    await ask(site, sum);
    await recompute(site, values, limits.additionsPerUs);
  } finally {
    await owner.end();
    await site.close();
  }
  const most = memory();
  if (most > mostMemory) missed += 1;
  say(`most memory of product and database server together (proportional share of shared pages): ${f(most, 0)} MB, at most ${f(mostMemory, 0)}: ${most <= mostMemory ? 'reached' : 'MISSED'} · load ${f(loadavg()[0] ?? 0)}`);
  return missed;
}

/** As the product's own writer stores them, a month a transaction; sums made from them afterwards. */
async function fill({ base: { services: { db } }, communes }: Site): Promise<{ values: number; sum: number }> {
  const begun = performance.now();
  const by = newId<'Account'>();
  let [values, sum] = [0, 0];
  for (const [p, period] of periods.entries()) {
    const at = `${period}-28T00:00:00.000Z`;
    const list = communes.map(({ code, province }, o) => {
      const vals = Array.from({ length }, (_, c) => {
        const mixed = Math.imul(o * 7919 + p * 104_729 + c * 31_337 + 1, 2_654_435_761) >>> 0;
        if ((mixed & 1023) >= 410) return null;
        values += 1;
        sum += mixed >>> 22;
        return mixed >>> 22;
      });
      return { key: { province, unit: code, period, dataSet, attribute: '' }, rev: 1, standing: 0, late: false, approved: false, at, by, vals, noData: [], words: null };
    });
    await db.write('system', async (tx) => {
      for (let from = 0; from < list.length; from += 512) {
        const some = list.slice(from, from + 512);
        await insertReturns(tx, some);
        await insertRevisions(tx, some.map((one) => ({ key: one.key, rev: 1, at, by, command: newId<'Command'>(), digest: '1', kind: 1, changes: encodeWhole(one.vals, []), words: null })));
      }
      await rebuildRollUps(tx, engineOf(db).forms, period, dataSet);
    });
  }
  const took = (performance.now() - begun) / 1000;
  say(`filled in ${f(took)} s, ${f(values / took / 1e6, 2)} M values/s with revisions and sums`);
  return { values, sum };
}

async function ask({ base: { services } }: Site, sum: number): Promise<void> {
  const use: Pick<Context, 'actor' | 'now' | 'services'> = { actor: actorWith(atNation('national-analyst')), now, services };
  const quarters = [...new Set(periods.map((period) => `${period.slice(0, 4)}-Q${Math.ceil(Number(period.slice(5)) / 3)}`))];
  const years = [...new Set(periods.map((period) => period.slice(0, 4)))];
  const pivot = (elements: readonly number[], spans: readonly string[], axes: readonly string[], level = 'children'): PivotQuery => ({ measures: elements.map((n) => ({ kind: 'element', id: `b${length}e${n}` })), periods: [...spans], units: { of: '00', level }, axes: [...axes], standing: 'reported' });
  const timed = async <T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> => { const begun = performance.now(); const value = await work(); return { ms: performance.now() - begun, value }; };
  const first = await timed(() => readPivot(use, pivot([0, 1, 2, 3, 4], quarters, ['four'])));
  const again: number[] = [];
  for (let i = 0; i < 20; i += 1) again.push((await timed(() => readPivot(use, pivot([i + 5, i + 6, i + 7, i + 8, i + 9], quarters, ['four'])))).ms);
  say(`20 cells × 34 provinces × ${quarters.length} quarters, ${f(first.value.values.length, 0)} figures: the first ${f(first.ms)} ms, other cells ${f(median(again))} ms`);
  const whole = await timed(() => readPivot(use, pivot(Array.from({ length: length / 4 }, (_, i) => i), years, [], 'self')));
  const told = whole.value.values.reduce<number>((all, value) => all + (typeof value === 'number' ? value : 0), 0);
  if (told !== sum) missed += 1;
  say(`all cells of the nation by year in ${f(whole.ms)} ms; they add up to ${f(told, 0)}, what was written to ${f(sum, 0)}: ${told === sum ? 'equal' : 'DIFFERENT'}`);
  const maps: number[] = [];
  for (let i = 0; i < periods.length; i += Math.max(1, Math.floor(periods.length / 60))) maps.push((await timed(() => readMap(use, { element: 'b200e3', cell: 'o2', period: periods[i] ?? '' }))).ms);
  say(`maps of communes of ${maps.length} months that nobody asked about before: median ${f(median(maps))} ms`);
  const communes = await timed(() => readPivot(use, pivot([0, 1], years, [], 'commune')));
  say(`two elements of 3,321 communes by year, ${f(communes.value.values.length, 0)} figures, which reads every return: ${f(communes.ms / 1000, 2)} s`);
}

async function recompute({ base: { services: { db } } }: Site, values: number, additionsPerUs: number): Promise<void> {
  const { forms } = engineOf(db);
  const left = [...periods];
  let differing = 0;
  const begun = performance.now();
  await Promise.all([0, 1].map(async () => {
    for (let period = left.pop(); period !== undefined; period = left.pop()) {
      const slice = period;
      await db.read('system', async (tx) => {
        const on = await forms.on(tx, dataSet, slice);
        if (!on.ok) throw new Error('no form');
        const made = await recomputeInCode(tx, slice, dataSet, (unit) => on.value.map.nodesOf(unit));
        for (const one of differencesOf(await readKept(tx, slice, dataSet), made)) differing += one.differing;
      });
    }
  }));
  const took = (performance.now() - begun) / 1000;
  if (differing > 0) missed += 1;
  say(`self-audit over all ${f(periods.length, 0)} months: ${f(took)} s, ${f(values / took / 1e6)} M values/s; limit/result ${f((periods.length * 3321 * length * 2) / additionsPerUs / 1e6 / took, 3)}; ${differing} slots differ ${differing === 0 ? '' : 'MISSED'}`);
}

/** This process and every process of its database server, five times a second. @returns ends it, and tells the most MB there were */
function watchMemory(): () => number {
  let most = 0;
  const look = (): void => { most = Math.max(most, ours().reduce((sum, pid) => sum + shareOf(pid), 0) / 1000); };
  const timer = setInterval(look, 200);
  return () => { look(); clearInterval(timer); return most; };
}
/** Proportional share in kB: a page that ten processes share counts a tenth in each. */
function shareOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // ended meanwhile, or a system without /proc
  }
}
function ours(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch { /* ended meanwhile */ }
  }
  const own = (pid: number): boolean => { for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at)) if (at === process.pid || clusterOf(at)) return true; return false; };
  return [...parents.keys()].filter(own);
}
/** The postmaster is started on its own: it is known by where it works. */
let cluster: string | undefined;
function clusterOf(pid: number): boolean {
  if (cluster === undefined) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster;
  } catch {
    return false;
  }
}
