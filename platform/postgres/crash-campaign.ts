import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ourUid } from './account.ts';
import { processesIn, signal, waitForEnd } from './processes.ts';

/** What is killed with -9 at a point of the campaign (SECURITY R54.6). */
export const crashKinds = ['node', 'backend', 'postmaster', 'group', 'checkpoint', 'wal-switch', 'start', 'background'] as const;
export type CrashKind = (typeof crashKinds)[number];

export type CrashReport = {
  readonly seed: number;
  readonly points: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  readonly lost: readonly number[];
  readonly halfApplied: readonly number[];
  readonly slowestRecoverySeconds: number;
};

/** A data directory the unprivileged account may enter also when the tests run as root. */
export function crashDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'sauro-crash-'));
  chmodSync(dir, 0o711);
  return dir;
}

export type Serving = { readonly child: ChildProcess; readonly first: Promise<Record<string, unknown>>; readonly acknowledged: Set<number>; readonly ended: Promise<number> };

/** Starts `fixtures/serve.ts` in a process of its own. `first` is its first line: the server, or why it refused. */
export function serve(dataDir: string, ...more: string[]): Serving {
  const child = spawn(process.execPath, [fileURLToPath(new URL('fixtures/serve.ts', import.meta.url)), dataDir, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), `sauro-compiled-${ourUid()}`) }, // dozens of starts read the same files
  });
  const acknowledged = new Set<number>();
  const ended = new Promise<number>((done) => { child.on('close', (code) => done(code ?? -1)); });
  const first = new Promise<Record<string, unknown>>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = parseLine(line);
      if (typeof said['acknowledged'] === 'number') acknowledged.add(said['acknowledged']);
      else done(said);
    });
    void ended.then((code) => fail(new Error(`ended with ${code} before it was ready`)));
  });
  first.catch(() => undefined);
  return { child, first, acknowledged, ended };
}

function parseLine(line: string): Record<string, unknown> {
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
}

/** The same seed gives the same points (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Kills at seeded random points while one writer works, restarts without a manual step, and compares what was acknowledged, recorded
 * outside the system, with what is there.
 */
export async function runCampaign(points: number, seed: number, tell: (line: string) => void = () => undefined): Promise<CrashReport> {
  const dir = crashDirectory();
  const random = randomFrom(seed);
  const acknowledged = new Set<number>();
  const byKind: Record<string, number> = {};
  let slowest = 0;
  try {
    for (let point = 0; point < points; point += 1) {
      const kind = crashKinds[Math.floor(random() * crashKinds.length)] ?? 'postmaster';
      byKind[kind] = (byKind[kind] ?? 0) + 1;
      const begun = performance.now();
      let seconds = 0;
      const serving = serve(join(dir, 'data'), 'write');
      if (kind === 'start') {
        await sleep(random() * 600);
      } else {
        const server = await serving.first;
        if (typeof server['pid'] !== 'number') throw new Error(`point ${point + 1} (${kind}) after a kill: ${JSON.stringify(server)}`);
        seconds = (performance.now() - begun) / 1000;
        slowest = Math.max(slowest, point === 0 ? 0 : seconds); // the first one makes the cluster
        await sleep(random() * 300);
        await strike(kind, String(server['superuserUrl']), Number(server['pid']), random);
        // What the supervisor brings back by itself is written on for a while before it is killed too.
        if (kind !== 'node' && kind !== 'group') await sleep(random() * 700);
      }
      serving.child.kill('SIGKILL');
      if (kind === 'group') await killAll(join(dir, 'data'));
      await serving.ended;
      for (const id of serving.acknowledged) acknowledged.add(id);
      tell(`${point + 1}/${points} ${kind}: back after ${seconds.toFixed(2)} s, ${acknowledged.size} acknowledged`);
    }
    return { seed, points, byKind, acknowledged: acknowledged.size, ...(await compare(join(dir, 'data'), acknowledged)), slowestRecoverySeconds: slowest };
  } finally {
    await killAll(join(dir, 'data'));
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function strike(kind: CrashKind, superuserUrl: string, postmaster: number, random: () => number): Promise<void> {
  if (kind === 'node') return;
  if (kind === 'postmaster' || kind === 'group') return signal(postmaster, 'SIGKILL');
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on('error', () => undefined);
  await client.connect();
  if (kind === 'checkpoint' || kind === 'wal-switch') {
    void client.query(kind === 'checkpoint' ? 'checkpoint' : 'select pg_switch_wal()').catch(() => undefined);
    await sleep(random() * 20);
    signal(postmaster, 'SIGKILL');
  } else {
    const { rows } = await client.query<{ pid: number }>(kind === 'backend'
      ? "select pid from pg_stat_activity where usename = 'sauro_app' limit 1"
      : "select pid from pg_stat_activity where backend_type in ('checkpointer', 'walwriter', 'background writer') order by pid");
    const victim = rows[Math.floor(random() * rows.length)];
    if (victim !== undefined) signal(victim.pid, 'SIGKILL');
  }
  await client.end().catch(() => undefined);
}

/** Kills every process of the cluster below a data directory. */
export async function killAll(dataDir: string): Promise<void> {
  const victims = processesIn(join(dataDir, 'postgres', 'cluster'));
  for (const pid of victims) signal(pid, 'SIGKILL');
  await Promise.all(victims.map((pid) => waitForEnd(pid, 5)));
}

async function compare(dataDir: string, acknowledged: ReadonlySet<number>): Promise<{ lost: number[]; halfApplied: number[] }> {
  const serving = serve(dataDir);
  const server = await serving.first;
  const client = new pg.Client({ connectionString: String(server['ownerUrl']) });
  await client.connect();
  const { rows } = await client.query<{ id: string; parts: number }>(
    'select c.id, count(p.part)::int as parts from crash.command c left join crash.part p on p.command = c.id group by c.id');
  await client.end();
  serving.child.kill('SIGTERM');
  await serving.ended;
  const parts = new Map(rows.map((row) => [Number(row.id), row.parts]));
  return {
    lost: [...acknowledged].filter((id) => !parts.has(id)),
    halfApplied: [...parts].filter(([, count]) => count !== 3).map(([id]) => id),
  };
}
