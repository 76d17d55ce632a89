import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type ClusterKind, initialise, productCluster, superuser } from './cluster.ts';
import { assertDurable } from './durability.ts';
import { type Lock, takeLock } from './lock.ts';
import { findPlace, makeDataDir, type Place } from './place.ts';
import { isSameProcess } from './processes.ts';
import { type Facts, sentences, StartRefused } from './refusal.ts';
import { databaseNames, prepareDatabase } from './roles.ts';
import { readOrMakeSecrets, readSecrets, type RoleSecrets } from './secrets.ts';
import { adoptOrStart, removeSocketDir, type Server, stopServer, urlOf } from './server.ts';

export { dropPrivileges } from './account.ts';
export { assertDurable } from './durability.ts';
export { StartRefused } from './refusal.ts';

/** Something worth telling the operator: a key of the messages and its sentence in both languages. */
export type Notice = { readonly key: string; readonly vi: string; readonly en: string };

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly log?: (notice: Notice) => void;
  /** Told after the server died and runs again; the addresses stay the same, so pools recover by themselves. */
  readonly onRestart?: () => void;
  /** The platform package, when it is not the one in `node_modules`. */
  readonly packageRoot?: string;
};

export type Embedded = {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly jobsUrl: string;
  /** Whom the server runs as when we were started as root; pass it to `dropPrivileges`. */
  readonly account: Account | undefined;
  /** Process number of the postmaster; changes after a restart. */
  readonly pid: () => number;
  readonly adopted: boolean;
  /** Stops the server cleanly and frees the directory. Safe to call twice. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts the embedded PostgreSQL of a data directory, or adopts the one an earlier process left running, and keeps it running until
 * `stop`. On return it answers, is durable, and has the database and its roles.
 *
 * @throws StartRefused with a plain sentence in both languages: the directory is in use, fsync is off, ...
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const cluster = await openCluster(options, productCluster);
  try {
    await assertDurable(cluster.url(superuser, cluster.secrets.superuser, 'postgres'));
    await prepareDatabase(cluster.url(superuser, cluster.secrets.superuser, 'postgres'), databaseNames, cluster.secrets);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const { secrets } = cluster;
  return {
    superuserUrl: cluster.url(superuser, secrets.superuser, databaseNames.database),
    ownerUrl: cluster.url(databaseNames.owner, secrets.owner, databaseNames.database),
    appUrl: cluster.url(databaseNames.app, secrets.app, databaseNames.database),
    jobsUrl: cluster.url(databaseNames.jobs, secrets.jobs, databaseNames.database),
    account: cluster.place.account,
    pid: cluster.pid,
    adopted: cluster.adopted,
    stop: cluster.stop,
  };
}

/** A running cluster under this process's supervision, of either kind. */
export type Cluster = {
  readonly place: Place;
  readonly secrets: RoleSecrets;
  readonly adopted: boolean;
  readonly pid: () => number;
  readonly url: (user: string, password: string, database: string) => string;
  readonly stop: () => Promise<void>;
};

/** Takes the locks, finds or makes the cluster, starts or adopts its server and watches over it. */
export async function openCluster(options: EmbeddedOptions, kind: ClusterKind): Promise<Cluster> {
  const dataDir = makeDataDir(options.dataDir);
  const locks: Lock[] = [await lockOrRefuse(dataDir, dataDir)];
  const release = () => { for (const lock of locks.splice(0)) lock.release(); };
  const tell = teller(options);
  try {
    const place = findPlace(dataDir);
    // A copied data directory points to the same base: that one has a lock of its own.
    if (place.moved) {
      locks.push(await lockOrRefuse(place.base, dataDir));
      tell('postgres.moved', { base: place.base, dataDir });
      for (const base of place.leftBehind) tell('postgres.left-behind', { base, dataDir });
    }
    const binaries = findBinaries(place.moved ? dirname(place.base) : place.base, place.account, options.packageRoot);
    const { server, secrets } = await bringUp(place, binaries, kind, tell);
    return supervise({ place, binaries, kind, secrets, server, release, tell, options });
  } catch (error) {
    release();
    throw error;
  }
}

async function lockOrRefuse(directory: string, dataDir: string): Promise<Lock> {
  const lock = await takeLock(directory);
  if ('heldBy' in lock) throw new StartRefused('database-in-use', { dataDir, pid: lock.heldBy });
  return lock;
}

type Tell = (key: string, facts?: Facts) => void;
const teller = (options: EmbeddedOptions): Tell => (key, facts = {}) => options.log?.({ key, ...sentences(key, facts) });

async function bringUp(place: Place, binaries: Binaries, kind: ClusterKind, tell: Tell): Promise<{ server: Server; secrets: RoleSecrets }> {
  const hadCluster = existsSync(place.cluster);
  if (hadCluster && readSecrets(place.secretsFile) === undefined) {
    throw new StartRefused('database-secrets-missing', { file: place.secretsFile, cluster: place.cluster });
  }
  const secrets = readOrMakeSecrets(place.secretsFile, place.account);
  if (!hadCluster) tell('postgres.preparing');
  await initialise(place, binaries, kind, secrets.superuser);
  const server = await adoptOrStart(place, binaries, kind, secrets.superuser);
  tell(server.adopted ? 'postgres.adopted' : 'postgres.started');
  return { server, secrets };
}

type Watched = {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly kind: ClusterKind;
  readonly secrets: RoleSecrets;
  readonly server: Server;
  readonly release: () => void;
  readonly tell: Tell;
  readonly options: EmbeddedOptions;
};

function supervise(watched: Watched): Cluster {
  const { place, binaries, kind, secrets, release, tell, options } = watched;
  let server = watched.server;
  let stopping: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;

  const watch = setInterval(() => {
    if (stopping !== undefined || restarting !== undefined) return;
    if (isSameProcess(server)) return;
    restarting = restart().finally(() => { restarting = undefined; });
  }, 100);
  watch.unref();

  async function restart(): Promise<void> {
    tell('postgres.restarting');
    for (let pause = 100; stopping === undefined; pause = Math.min(pause * 2, 5000)) {
      try {
        server = await adoptOrStart(place, binaries, kind, secrets.superuser, server.listen.port);
        tell('postgres.restarted');
        options.onRestart?.();
        return;
      } catch (error) {
        // Whatever it is (a full disk, too many files): told, and tried again, because nobody else would.
        if (error instanceof StartRefused) options.log?.({ key: `problem.${error.problem.code}`, ...error.sentences });
        else tell('problem.database-start-failed', { log: place.logFile, reason: error instanceof Error ? error.message : String(error) });
        await sleep(pause);
      }
    }
  }

  async function stop(): Promise<void> {
    clearInterval(watch);
    await restarting;
    await stopServer(place, server.pid);
    removeSocketDir(place, server.listen);
    release();
  }

  return {
    place,
    secrets,
    adopted: server.adopted,
    pid: () => server.pid,
    url: (user, password, database) => urlOf(server.listen, user, password, database),
    stop: () => (stopping ??= stop()),
  };
}
