/** What measurements of writing share: clients in closed loops, CPU of server processes, WAL, and the machine's own limits. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';

export const say = (line: string): void => console.log(line);
/** A number as lines print it. */
export const f = (n: number, digits = 1): string => n.toLocaleString('en', { maximumFractionDigits: digits });
export const quantile = (times: readonly number[], q: number): number => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)] ?? 0;
export const median = (list: readonly number[]): number => quantile(list, 0.5);

export type Run = { readonly perSecond: number; readonly p50: number; readonly p99: number; readonly done: number; readonly cpuUs: number; readonly wal: number; readonly ownCpuUs: number };

/** Ticks of 10 ms spent by the server processes of this database's connections. */
async function serverTicks(owner: pg.Client): Promise<Map<number, number>> {
  const { rows } = await owner.query<{ pid: number }>("select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
  const ticks = new Map<number, number>();
  for (const { pid } of rows) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      ticks.set(pid, Number(fields[11]) + Number(fields[12]));
    } catch { /* ended meanwhile, or a system without /proc: no figure then */ }
  }
  return ticks;
}
const walOf = async (owner: pg.Client): Promise<number> => Number((await owner.query<{ at: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as at")).rows[0]?.at);

/** `clients` of them do one thing after another for so long. CPU and WAL are sums over the run. */
export async function inLoop(owner: pg.Client, clients: number, seconds: number, one: (client: number, round: number) => Promise<void>): Promise<Run> {
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client, -1))); // connections, plans and caches are warm
  const [ticks, wal, own] = [await serverTicks(owner), await walOf(owner), process.cpuUsage()];
  const times: number[] = [];
  const begun = performance.now();
  const end = begun + seconds * 1000;
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    for (let round = 0; performance.now() < end; round += 1) {
      const from = performance.now();
      await one(client, round);
      times.push(performance.now() - from);
    }
  }));
  const took = (performance.now() - begun) / 1000;
  const used = process.cpuUsage(own);
  const after = await serverTicks(owner);
  let cpu = 0;
  for (const [pid, value] of after) cpu += value - (ticks.get(pid) ?? 0);
  return { perSecond: times.length / took, p50: quantile(times, 0.5), p99: quantile(times, 0.99), done: times.length, cpuUs: cpu * 10_000, wal: (await walOf(owner)) - wal, ownCpuUs: used.user + used.system };
}

export type Limits = { readonly syncsPerSecond: number; readonly copyGBs: number; readonly additionsPerUs: number };
/** What this machine can do at best: a synced write of 8 kB, copying memory, adding doubles. */
export function machineLimits(): Limits {
  const folder = mkdtempSync(join(tmpdir(), 'sauro-bench-'));
  const file = openSync(join(folder, 'sync'), 'w');
  const page = Buffer.alloc(8192, 1);
  const syncs: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    const from = performance.now();
    writeSync(file, page, 0, page.length, (i % 16) * page.length);
    fdatasyncSync(file);
    syncs.push(performance.now() - from);
  }
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
  const [a, b] = [Buffer.alloc(64_000_000, 1), Buffer.alloc(64_000_000)];
  const copied = performance.now();
  for (let i = 0; i < 4; i += 1) a.copy(b);
  const copyGBs = (4 * 0.064) / ((performance.now() - copied) / 1000);
  const [sums, more] = [new Float64Array(2000), new Float64Array(2000).fill(1)];
  const added = performance.now();
  for (let round = 0; round < 5000; round += 1) for (let i = 0; i < 2000; i += 1) sums[i] = (sums[i] ?? 0) + (more[i] ?? 0);
  return { syncsPerSecond: 1000 / median(syncs), copyGBs, additionsPerUs: 10_000_000 / ((performance.now() - added) * 1000) };
}
