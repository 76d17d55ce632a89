import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';
import { StartRefused } from './refusal.ts';
import { syncDirectory, writePrivately } from './secrets.ts';

export const superuser = 'sauro_superuser';

/** How a cluster is set up. Real data: `durable`. Test clusters are thrown away and carry a name the product refuses. */
export type ClusterKind = {
  readonly durable: boolean;
  readonly clusterName: string;
  readonly maxConnections: number;
  readonly sharedBuffersMb: number;
};

export const productCluster: ClusterKind = { durable: true, clusterName: 'sauro', maxConnections: 60, sharedBuffersMb: 256 };
export const testCluster: ClusterKind = { durable: false, clusterName: 'sauro-test', maxConnections: 300, sharedBuffersMb: 128 };

export type Listen = { readonly socketDir: string | undefined; readonly port: number };

/**
 * Creates the cluster if there is none. It is made under another name and renamed when it is whole and on the disk, so a crash
 * in between leaves nothing that looks like a cluster.
 */
export async function initialise(place: Place, binaries: Binaries, kind: ClusterKind, password: string): Promise<'made' | 'there'> {
  for (const name of readdirSync(place.base)) {
    if (name.startsWith('cluster.new-')) rmSync(join(place.base, name), { recursive: true, force: true, maxRetries: 5 });
  }
  if (existsSync(place.cluster)) {
    const found = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
    const expected = binaries.version.split('.')[0] ?? '';
    if (found !== expected) throw new StartRefused('database-version', { found, expected });
    return 'there';
  }
  const draft = join(place.base, `cluster.new-${process.pid}-${Date.now()}`);
  const passwordFile = join(place.base, `password.${process.pid}`);
  writePrivately(passwordFile, `${password}\n`, place.account);
  try {
    await runInitdb(binaries, place.account, [
      '-D', draft, `--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--data-checksums', '--encoding=UTF8',
      // Order by code point as in locale C, with the letters of all scripts known to upper() and lower().
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions', ...(kind.durable ? [] : ['--no-sync']),
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  appendFileSync(join(draft, 'postgresql.conf'), "\n# Written at each start by the supervisor. A setting below this line wins.\ninclude 'sauro.conf'\n");
  renameSync(draft, place.cluster);
  syncDirectory(place.base);
  return 'made';
}

async function runInitdb(binaries: Binaries, account: Account | undefined, args: readonly string[]): Promise<void> {
  const { code, output } = await runProgram(binaries.initdb, args, account);
  if (code !== 0) throw new StartRefused('database-init-failed', { reason: output.trim().split('\n').slice(-3).join(' ') });
}

/** Runs a program of PostgreSQL to its end, as the account and without our environment. */
export function runProgram(program: string, args: readonly string[], account: Account | undefined): Promise<{ code: number; output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { ...account, cwd: dirname(program), env: cleanEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** PostgreSQL gets none of our settings and secrets, and no PG… variable of the shell changes what it does. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env['PATH'] ?? '' };
  if (process.platform === 'win32') for (const name of ['SystemRoot', 'TEMP', 'TMP']) kept[name] = process.env[name];
  return kept;
}

/** Writes our settings and the list of who may sign in. `postgresql.conf` itself stays the operator's. */
export function configure(place: Place, kind: ClusterKind, listen: Listen): void {
  const on = kind.durable ? 'on' : 'off';
  const settings: Record<string, string | number> = {
    cluster_name: `'${kind.clusterName}'`,
    listen_addresses: listen.socketDir === undefined ? "'127.0.0.1'" : "''",
    unix_socket_directories: `'${listen.socketDir ?? ''}'`,
    unix_socket_permissions: '0700',
    port: listen.port,
    max_connections: kind.maxConnections,
    superuser_reserved_connections: 5,
    password_encryption: "'scram-sha-256'",
    fsync: on,
    full_page_writes: on,
    synchronous_commit: on,
    shared_buffers: `'${kind.sharedBuffersMb}MB'`,
    effective_cache_size: "'1GB'",
    maintenance_work_mem: "'64MB'",
    checkpoint_timeout: "'5min'",
    max_wal_size: "'1GB'",
    random_page_cost: 1.1,
    jit: 'off',
    timezone: "'UTC'",
    log_timezone: "'UTC'",
    // A statement, its parameters or an error's detail may hold a person's data: none of it is logged (SECURITY R60).
    log_min_messages: kind.durable ? 'log' : 'fatal',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: -1,
    log_line_prefix: "'%m [%p] '",
  };
  const text = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`).join('');
  writePrivately(join(place.cluster, 'sauro.conf'), text, place.account);
  writePrivately(join(place.cluster, 'pg_hba.conf'), signInRules(listen), place.account);
}

function signInRules(listen: Listen): string {
  if (listen.socketDir !== undefined) return 'local all all scram-sha-256\n';
  return 'host all all 127.0.0.1/32 scram-sha-256\n';
}

/**
 * Refuses to start a server that would not keep what it acknowledges. PostgreSQL is asked before it starts, so the operator's file,
 * `alter system` and our own settings are judged together.
 *
 * @throws StartRefused `database-not-durable`
 */
export async function refuseUnlessConfiguredDurable(place: Place, binaries: Binaries): Promise<void> {
  await Promise.all(['fsync', 'full_page_writes', 'synchronous_commit'].map(async (setting) => {
    const { output } = await runProgram(binaries.postgres, ['-D', place.cluster, '-C', setting], place.account);
    if (output.trim() === 'off') throw new StartRefused('database-not-durable', { setting });
  }));
}
