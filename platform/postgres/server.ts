import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { giveTo } from './account.ts';
import type { Binaries } from './binaries.ts';
import { type ClusterKind, cleanEnv, configure, type Listen, refuseUnlessConfiguredDurable, superuser } from './cluster.ts';
import { makeSocketDir, type Place } from './place.ts';
import { commandLine, isRunning, isZombie, processesIn, type ProcessMark, signal, startMark, waitForEnd, workingDirectory } from './processes.ts';
import { StartRefused } from './refusal.ts';
import { writePrivately } from './secrets.ts';

/** A server that answers and is ours. */
export type Server = ProcessMark & { readonly listen: Listen; readonly adopted: boolean };

/** The address of a database as a URL; a socket's directory stands in `host`. */
export function urlOf(listen: Listen, user: string, password: string, database: string): string {
  const address = `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${listen.port}/${database}`;
  return listen.socketDir === undefined ? address : `${address}?host=${encodeURIComponent(listen.socketDir)}`;
}

type PidFile = { readonly pid: number; readonly dataDir: string; readonly startedEpoch: number; readonly listen: Listen; readonly status: string };

/** What `postmaster.pid` says; undefined when there is none or it is not whole yet. */
export function readPidFile(cluster: string): PidFile | undefined {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const [pid, dataDir, startedEpoch, port, socketDir, , , status] = readFileSync(path, 'utf8').split('\n');
  if (pid === undefined || !/^\d+$/.test(pid) || dataDir === undefined) return undefined;
  return {
    pid: Number(pid),
    dataDir,
    startedEpoch: Number(startedEpoch),
    listen: { port: Number(port), socketDir: socketDir === '' ? undefined : socketDir },
    status: (status ?? '').trim(),
  };
}

const markFile = (place: Place): string => join(place.base, 'server.mark');

/** Whether the process of that number is the postmaster of this cluster: by its start mark, else by where it works. */
function isPostmaster(place: Place, pid: number): boolean {
  const mark = startMark(pid);
  if (mark === undefined) return false;
  if (existsSync(markFile(place)) && readFileSync(markFile(place), 'utf8').trim() === `${pid} ${mark}`) return true;
  if (process.platform === 'linux') return workingDirectory(pid) === place.cluster;
  const command = commandLine(pid) ?? '';
  return command.includes('postgres') && command.includes(place.cluster);
}

/**
 * Looks for a server left running by an earlier start and adopts it when it proves to be ours: it is the process that started,
 * works in our cluster, knows our password (SCRAM proves both sides) and reports the same directory and start time. One that does
 * not answer is stopped.
 */
async function adopt(place: Place, password: string): Promise<Server | undefined> {
  const file = readPidFile(place.cluster);
  if (file === undefined) return undefined;
  if (!isPostmaster(place, file.pid)) {
    await clearOrphans(place);
    // PostgreSQL itself takes any process of that number for the postmaster and would refuse to start. Only when the number provably
    // belongs to no postmaster of this cluster (it has ended and waits to be collected, or is somebody else's process) the file goes.
    const provenOther = isZombie(file.pid) || (isRunning(file.pid) && workingDirectory(file.pid) !== undefined);
    if (provenOther) rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
    return undefined;
  }
  const answer = await provesOurs(place, file.pid, password);
  if (answer !== undefined) return { pid: file.pid, startedAt: startMark(file.pid) ?? '', listen: answer, adopted: true };
  await stopServer(place, file.pid, 2);
  return undefined;
}

async function provesOurs(place: Place, pid: number, password: string): Promise<Listen | undefined> {
  const begun = performance.now();
  for (let patience = 3000; isRunning(pid) && performance.now() - begun < patience; await sleep(20)) {
    const file = readPidFile(place.cluster);
    if (file === undefined || file.pid !== pid) return undefined;
    const reported = file.status === 'ready' ? await identity(file.listen, password) : 'recovering';
    if (reported === 'recovering') {
      if (file.status === 'ready' || file.status === 'starting') patience = 120_000; // it replays its log: worth waiting for
    } else if (reported !== undefined) {
      const same = reported.directory === place.cluster && Math.abs(reported.startedEpoch - file.startedEpoch) <= 2;
      return same ? file.listen : undefined;
    }
  }
  return undefined;
}

type Identity = { readonly directory: string; readonly startedEpoch: number };

async function identity(listen: Listen, password: string): Promise<Identity | 'recovering' | undefined> {
  const client = new pg.Client({ connectionString: urlOf(listen, superuser, password, 'postgres'), connectionTimeoutMillis: 1000, query_timeout: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string; started: number }>(
      "select current_setting('data_directory') as directory, extract(epoch from pg_postmaster_start_time())::float8 as started");
    const row = rows[0];
    return row === undefined ? undefined : { directory: row.directory, startedEpoch: row.started };
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === '57P03' ? 'recovering' : undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** After kill -9 of the postmaster a busy backend may live on and hold the shared memory: a new server would not start. */
async function clearOrphans(place: Place): Promise<void> {
  const orphans = processesIn(place.cluster).filter((pid) => pid !== process.pid);
  for (const pid of orphans) signal(pid, 'SIGQUIT');
  await Promise.all(orphans.map(async (pid) => {
    if (!(await waitForEnd(pid, 2))) signal(pid, 'SIGKILL');
    await waitForEnd(pid, 2);
  }));
}

/**
 * Adopts the server left running, or starts one and waits until it answers. Call it with the lock held. Both are tried in turn: a
 * process killed at the very moment it started a server leaves one that has not yet written who it is.
 *
 * @param port kept from the last time, so that addresses handed out stay true; only used without a socket
 * @throws StartRefused `database-not-durable`; `database-start-failed` with the end of the log
 */
export async function adoptOrStart(place: Place, binaries: Binaries, kind: ClusterKind, password: string, port?: number): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    const server = (await adopt(place, password)) ?? (await startServer(place, binaries, kind, port));
    if (server !== undefined) return server;
    if (attempt >= 8) throw new StartRefused('database-start-failed', { log: place.logFile, reason: logTail(place) });
    await clearOrphans(place);
    await sleep(100 * attempt);
  }
}

async function startServer(place: Place, binaries: Binaries, kind: ClusterKind, port?: number): Promise<Server | undefined> {
  const listen: Listen = process.platform === 'win32'
    ? { socketDir: undefined, port: port ?? (await freePort()) }
    : { socketDir: makeSocketDir(place.base, place.account), port: 5432 };
  if (listen.socketDir !== undefined) clearSocket(place, listen.socketDir);
  configure(place, kind, listen);
  if (kind.durable) await refuseUnlessConfiguredDurable(place, binaries);
  const pid = spawnPostmaster(place, binaries);
  if (!(await becomesReady(place, pid))) return undefined;
  const startedAt = startMark(pid) ?? '';
  writePrivately(markFile(place), `${pid} ${startedAt}\n`, place.account);
  return { pid, startedAt, listen, adopted: false };
}

/** The socket's own lock file names a process too; it goes when that one is no postmaster of this cluster. The directory is ours alone. */
function clearSocket(place: Place, socketDir: string): void {
  const socket = join(socketDir, '.s.PGSQL.5432');
  if (!existsSync(`${socket}.lock`)) return;
  const pid = Number.parseInt(readFileSync(`${socket}.lock`, 'utf8'), 10);
  if (Number.isInteger(pid) && isPostmaster(place, pid)) return;
  rmSync(socket, { force: true });
  rmSync(`${socket}.lock`, { force: true });
}

function spawnPostmaster(place: Place, binaries: Binaries): number {
  const size = statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10_000_000) renameSync(place.logFile, `${place.logFile}.1`);
  const log = openSync(place.logFile, 'a', 0o600);
  try {
    giveTo(place.logFile, place.account);
    // Its own session: Ctrl C in a terminal reaches us alone, and we stop it after the last request was answered.
    const child = spawn(binaries.postgres, ['-D', place.cluster], {
      ...place.account, cwd: dirname(binaries.postgres), env: cleanEnv(), detached: true, stdio: ['ignore', log, log],
    });
    child.on('error', () => undefined); // seen as a process that never became ready
    child.unref();
    return child.pid ?? 0;
  } finally {
    closeSync(log);
  }
}

async function becomesReady(place: Place, pid: number): Promise<boolean> {
  if (pid === 0) return false;
  while (isRunning(pid)) {
    const file = readPidFile(place.cluster);
    if (file?.pid === pid && file.status === 'ready') return true;
    await sleep(10);
  }
  return false;
}

const logTail = (place: Place): string =>
  existsSync(place.logFile) ? readFileSync(place.logFile, 'utf8').trim().split('\n').slice(-4).join(' ') : '';

/** Stops the server: fast (transactions are rolled back, a checkpoint is written), then without the checkpoint, then by force. */
export async function stopServer(place: Place, pid: number, seconds = 60): Promise<void> {
  if (!isPostmaster(place, pid)) return;
  const steps: [NodeJS.Signals, number][] = [['SIGINT', seconds], ['SIGQUIT', Math.min(seconds, 5)], ['SIGKILL', 5]];
  for (const [name, patience] of steps) {
    signal(pid, name);
    if (await waitForEnd(pid, patience)) {
      await clearOrphans(place);
      return;
    }
  }
  throw new StartRefused('database-stop-failed', { pid, seconds });
}

/** A socket's folder outside the base goes with the server; the next start makes it again. */
export function removeSocketDir(place: Place, { socketDir }: Listen): void {
  if (socketDir !== undefined && dirname(socketDir) !== place.base) rmSync(socketDir, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? done(address.port) : fail(new Error('no free port'))));
    });
  });
}
