/**
 * What the nation's row costs where a commit takes long: a slow disk, a synchronous standby over a slow line; and what an hour of writing does
 * to the tables of sums. Each against the same without the nation's row, in turn. SAURO_BENCH_SOAK: minutes of the soak (default 1).
 *
 * A slow disk is made by the server's own `commit_delay`, which sleeps where the flush of the log would wait, with the same lock held. The
 * standby is a second server on this machine behind a relay that holds every packet back, so that only the line is slow.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { openDatabase, type Database } from '#platform/db/database.ts';
import { giveTo, type Account } from '#platform/postgres/account.ts';
import { findBinaries } from '#platform/postgres/binaries.ts';
import { cleanEnv, superuser } from '#platform/postgres/cluster.ts';
import { findPlace, type Place } from '#platform/postgres/place.ts';
import { readSecrets } from '#platform/postgres/secrets.ts';
import { readPidFile } from '#platform/postgres/server.ts';
import { engineOf } from '#modules/returns/index.ts';
import { f, inLoop, machineLimits, quantile, type Run, say } from './lib-measure.ts';
import { formValues, openSite, sendReturn, type Site } from './lib-returns.ts';

const seconds = 3;
const turns = 3;
const dataSet = 'bench52';
let missed = 0;

/** Runs the comparisons. @returns how many of section 5's answers did not pass */
export async function measure(): Promise<number> {
  const limits = machineLimits();
  say(`machine: fdatasync ${f(limits.syncsPerSecond, 0)}/s`);
  const site = await openSite(1);
  const place = findPlace(site.dataDir);
  const address = new URL(site.base.server.urls.ownerUrl);
  address.username = superuser;
  address.password = readSecrets(place.secretsFile)?.superuser ?? '';
  const master = new pg.Client({ connectionString: address.href });
  await master.connect();
  const all = openDatabase(site.base.server.urls.appUrl, { max: 6 });
  const provinces = openDatabase(site.base.server.urls.appUrl, { max: 6 });
  engineOf(provinces, { keeps: (node: string) => node !== '00' });
  try {
    const compare = async (what: string): Promise<void> => report(what, await inTurn(site, master, { all, provinces }));
    await inTurn(site, master, { all, provinces }); // warm
    await compare('as it is');
    for (const ms of [3, 10]) {
      await set(master, { commit_siblings: '0', commit_delay: String(ms * 1000) });
      await compare(`each flush of the log ${ms} ms longer`);
    }
    await set(master, { commit_delay: '0' });
    await withStandby(site, place, master, compare);
    await soak(site, master, all);
  } finally {
    await all.close();
    await provinces.close();
    await master.end();
    await site.close();
  }
  return missed;
}

async function set(master: pg.Client, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) await master.query(`alter system set ${name} = '${value}'`);
  await master.query('select pg_reload_conf()');
  await sleep(300);
}

type Both = { readonly all: Database; readonly provinces: Database };
let loops = 0;
function writing(site: Site, master: pg.Client, db: Database, long = seconds): Promise<Run> {
  loops += 1;
  const salt = loops * 7_919_000;
  return inLoop(master, 32, long, async (client, round) => {
    const mine = site.communes.filter((_, i) => i % 32 === client);
    const commune = mine[(round + 1) % mine.length];
    if (commune !== undefined) await sendReturn(db, commune, site.periods[0] ?? '', dataSet, formValues(52, salt + round * 1000 + client));
  });
}
async function inTurn(site: Site, master: pg.Client, { all, provinces }: Both): Promise<{ all: Run; provinces: Run }> {
  const [mine, others]: [Run[], Run[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    others.push(await writing(site, master, provinces));
    mine.push(await writing(site, master, all));
  }
  const best = (runs: readonly Run[]): Run => runs.reduce((most, one) => (one.perSecond > most.perSecond ? one : most));
  return { all: best(mine), provinces: best(others) };
}
function report(what: string, { all, provinces }: { readonly all: Run; readonly provinces: Run }): void {
  const share = all.perSecond / provinces.perSecond;
  if (share < 0.5) missed += 1;
  say(`  ${what.padEnd(44)} with the nation's row ${f(all.perSecond, 0).padStart(6)} ret/s, p50 ${f(all.p50)}, p99 ${f(all.p99)} ms · provinces only ${f(provinces.perSecond, 0).padStart(6)}, p99 ${f(provinces.p99)} ms · ${f(share, 2)} of its rate (at least 0.5) ${share >= 0.5 ? 'passed' : 'MISSED'}`);
}

/** Holds every packet back for a while, both ways. */
function relay(listenAt: string, to: { readonly path?: string; readonly port: number }, delay: { ms: number }): Promise<Server> {
  const server = createServer((near) => {
    const far = to.path === undefined ? createConnection({ host: '127.0.0.1', port: to.port }) : createConnection({ path: to.path });
    for (const [from, into] of [[near, far], [far, near]] as const) {
      from.on('data', (chunk) => { setTimeout(() => { into.write(chunk); }, delay.ms); });
      from.on('close', () => { into.destroy(); });
      from.on('error', () => { into.destroy(); });
    }
  });
  return new Promise((resolve, reject) => { server.on('error', reject); server.listen(listenAt, () => { resolve(server); }); });
}

async function withStandby(site: Site, place: Place, master: pg.Client, compare: (what: string) => Promise<void>): Promise<void> {
  const running = readPidFile(place.cluster);
  if (running?.listen.socketDir === undefined) { say('  no socket to stand behind: the standby is not measured here'); return; }
  const base = mkdtempSync(join(tmpdir(), 'sauro-standby-'));
  const copy = join(base, 'cluster');
  appendFileSync(join(place.cluster, 'pg_hba.conf'), 'local replication all scram-sha-256\n');
  await set(master, { max_wal_senders: '10' });
  await master.query("select pg_backup_start('bench', true)");
  cpSync(place.cluster, copy, { recursive: true, filter: (from) => !from.endsWith('postmaster.pid') && !from.endsWith('postmaster.opts') });
  const { rows: [label] } = await master.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  writeFileSync(join(copy, 'backup_label'), label?.labelfile ?? '');
  writeFileSync(join(copy, 'standby.signal'), '');
  const delay = { ms: 0 };
  const lines = await relay(join(base, `.s.PGSQL.${running.listen.port}`), { path: join(running.listen.socketDir, `.s.PGSQL.${running.listen.port}`), port: running.listen.port }, delay);
  const sockets = join(base, 'sockets');
  mkdirSync(sockets);
  const secret = readSecrets(place.secretsFile)?.superuser ?? '';
  appendFileSync(join(copy, 'postgresql.auto.conf'), `primary_conninfo = 'host=${base} port=${running.listen.port} user=${superuser} password=${secret} application_name=bench'\n`);
  giveAll(base, place.account);
  const standby = spawn(findBinaries(place.base, place.account).postgres, ['-D', copy, '-c', `unix_socket_directories=${sockets}`, '-c', 'listen_addresses=', '-c', 'cluster_name=bench'], { ...place.account, env: cleanEnv(), stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  standby.stderr.on('data', (chunk: Buffer) => { told = `${told}${chunk.toString()}`.slice(-2000); });
  try {
    if (!(await follows(master))) { missed += 1; say(`  the standby does not follow: MISSED\n${told}`); return; }
    await set(master, { synchronous_standby_names: 'bench' });
    for (const ms of [1, 20]) {
      delay.ms = ms / 2;
      await compare(`a synchronous standby ${ms} ms away and back`);
    }
  } finally {
    await set(master, { synchronous_standby_names: '' });
    await ended(standby);
    lines.close();
    rmSync(base, { recursive: true, force: true });
  }
}

/** The server runs under an account of its own when we are root. */
function giveAll(path: string, account: Account | undefined): void {
  giveTo(path, account);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveAll(join(path, name), account);
}

async function follows(master: pg.Client): Promise<boolean> {
  for (let i = 0; i < 150; i += 1) {
    const { rows } = await master.query("select 1 from pg_stat_replication where application_name = 'bench' and state = 'streaming'");
    if (rows.length > 0) return true;
    await sleep(200);
  }
  return false;
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => {
  if (child.exitCode !== null) { resolve(); return; }
  child.on('exit', () => { resolve(); });
  child.kill('SIGINT'); // PostgreSQL's fast stop
});

/** Writing without a pause, the server cleaning up as it always does. */
async function soak(site: Site, master: pg.Client, db: Database): Promise<void> {
  const minutes = Math.max(1, Number(process.env['SAURO_BENCH_SOAK'] ?? '1'));
  const counted = async () => (await master.query<{ moved: string; hot: string; dead: string; size: string; live: string }>(`
    select s.n_tup_upd::text as moved, s.n_tup_hot_upd::text as hot, s.n_dead_tup::text as dead, pg_relation_size('returns.roll_up')::text as size,
           (select sum(pg_column_size(r.*) + 28)::text from returns.roll_up r) as live
      from pg_stat_user_tables s where s.schemaname = 'returns' and s.relname = 'roll_up'`)).rows[0];
  await master.query('vacuum returns.roll_up');
  const before = await counted();
  const slices: Run[] = [];
  for (let minute = 0; minute < minutes; minute += 1) slices.push(await writing(site, master, db, 60));
  await sleep(2000); // the server counts a little late
  const after = await counted();
  const share = (Number(after?.hot) - Number(before?.hot)) / Math.max(1, Number(after?.moved) - Number(before?.moved));
  const [first, last] = [slices[0]?.p99 ?? 0, slices.at(-1)?.p99 ?? 0];
  const [size, live] = [Number(after?.size), Number(after?.live)];
  const passed = { hot: share >= 0.95, size: size <= 4 * live, drift: last <= first * 1.2 };
  missed += Object.values(passed).filter((one) => !one).length;
  say(`soak of ${minutes} min, 32 clients, ${f(slices.reduce((sum, one) => sum + one.done, 0), 0)} returns: updates of sums that stay on their page ${f(100 * share)} % (at least 95) ${passed.hot ? 'passed' : 'MISSED'} · table of sums ${f(size / 1024, 0)} kB for ${f(live / 1024, 0)} kB alive, ${f(size / live)} x (at most 4) ${passed.size ? 'passed' : 'MISSED'}, ${after?.dead ?? '?'} dead rows · p99 of the first minute ${f(first)} ms, of the last ${f(last)} ms (at most 1.2 x) ${passed.drift ? 'passed' : 'MISSED'}; median of all ${f(quantile(slices.map((one) => one.p99), 0.5))} ms`);
}
