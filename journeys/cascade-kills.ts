/**
 * Issues directives to the whole nation and kills the process that brings them down, with -9, at seeded statements, as often
 * as was asked for. Nobody helps: the next process goes on by itself.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { nodeCrypto } from '#platform/log/checkpoint.ts';
import { loadLogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { exportLog, verifyExport } from '#modules/audit/index.ts';

export type KillReport = {
  readonly kills: number; readonly cascades: number;
  /** Kills after which the directive was neither untouched nor complete. */
  readonly midway: number;
  /** What was found wrong afterwards; empty when every unit was told exactly once. */
  readonly wrong: readonly string[];
  readonly auditEntries: number;
};

/** mulberry32: the same seed gives the same moments. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param diesAt the statement, counted from when it is ready, at which it kills itself; 0: never */
const child = (site: TestServer, diesAt: number): ChildProcess => spawn(process.execPath, [fileURLToPath(new URL('cascade-child.ts', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, NODE_TEST_CONTEXT: '', CHILD_DATABASE: site.db.url, CHILD_KEYS: site.services.keysDir, CHILD_DATA: site.services.dataDir, CHILD_DIES_AT: String(diesAt) },
});

/** Resolves when the worker says the word; never when it ends before. */
const said = (worker: ChildProcess, word: string): Promise<void> => new Promise((resolve) => {
  worker.stdout?.on('data', (chunk: Buffer) => { if (chunk.toString().includes(word)) resolve(); });
});

async function killed(worker: ChildProcess): Promise<void> {
  const gone = once(worker, 'exit');
  worker.kill('SIGKILL');
  await gone;
}

const Reach = shape({ reached: Type.Integer(), of: Type.Integer(), state: Type.String() });
const reachOf = (site: TestServer, directive: string) => site.db.read('system', (tx) => tx.one(Reach, sql`
  select (select count(*)::int from directives.reach where directive = d.id and reached_at is not null) as reached, (select count(*)::int from directives.reach where directive = d.id) as of, state
    from directives.directive d where province = origin and id = ${directive}`));

/** A province takes some twenty statements, so a process lives for up to six of them. */
const mostStatements = 130;

/** Kills until the cascade is complete or enough kills were made. */
async function killThrough(site: TestServer, directive: string, chance: () => number, left: number): Promise<{ kills: number; midway: number }> {
  let [kills, midway] = [0, 0];
  while (kills < left) {
    const before = await reachOf(site, directive);
    if (before.state === 'issued') break;
    const worker = child(site, 1 + Math.floor(chance() * mostStatements));
    await Promise.race([once(worker, 'exit'), said(worker, 'idle')]); // complete before its statement came: then it is not a kill
    if (worker.exitCode === null && worker.signalCode === null) {
      await killed(worker);
      break;
    }
    const after = await reachOf(site, directive);
    kills += 1;
    if (after.reached > 0 && after.state !== 'issued') midway += 1;
  }
  return { kills, midway };
}

const Facts = shape({
  state: Type.String(), reached: Type.Integer(), tasks: Type.Integer(), offices: Type.Integer(), notices: Type.Integer(), told: Type.Integer(), copies: Type.Integer(), cells: Type.Integer(), waiting: Type.Integer(), leaves: Type.Integer(),
});

/** What must be so of a directive to 34 provinces and 3,321 communes, however it came down. */
async function wrongAbout(site: TestServer, directive: string): Promise<string[]> {
  const facts = await site.db.read('system', (tx) => tx.one(Facts, sql`
    select (select state from directives.directive where province = origin and id = ${directive}) as state, (select count(*)::int from directives.reach where directive = ${directive} and reached_at is not null) as reached,
      (select count(*)::int from directives.task where directive = ${directive}) as tasks, (select count(distinct holder_office)::int from directives.task where directive = ${directive}) as offices,
      (select count(*)::int from directives.notice where directive = ${directive}) as notices, (select count(distinct office)::int from directives.notice where directive = ${directive}) as told,
      (select count(*)::int from directives.directive where id = ${directive}) as copies, (select sum(length(cells))::int / 3 from directives.vector where directive = ${directive}) as cells,
      (select count(*)::int from platform.outbox where payload ->> 'directive' = ${directive} and delivered_at is null) as waiting,
      (select count(*)::int from log.leaf where action = 'directives.reached' and target = ${directive}) as leaves`));
  const expected = { state: 'issued', reached: 34, tasks: 3355, offices: 3355, notices: 3355, told: 3355, copies: 35, cells: 3321, waiting: 0, leaves: 34 };
  return Object.entries(expected).flatMap(([name, value]) => { const found: unknown = Object.entries(facts).find(([key]) => key === name)?.[1]; return found === value ? [] : [`${directive}: ${name} is ${String(found)}, not ${String(value)}`]; });
}

/** @param issue makes and issues a directive to every province and commune, without delivering it; gives its id */
export async function killCascades(site: TestServer, issue: () => Promise<string>, options: { readonly points: number; readonly seed: number; readonly say?: (line: string) => void }): Promise<KillReport> {
  const chance = seeded(options.seed);
  useLogKeys(await loadLogKeys(site.services.keysDir)); // one installation: this process and its workers sign and pseudonymise with the same keys
  let [kills, midway, cascades] = [0, 0, 0];
  const wrong: string[] = [];
  while (kills < options.points) {
    const directive = await issue();
    cascades += 1;
    const done = await killThrough(site, directive, chance, options.points - kills);
    kills += done.kills;
    midway += done.midway;
    const worker = child(site, 0);
    await said(worker, 'idle'); // by itself, with nobody's help
    await killed(worker);
    wrong.push(...(await wrongAbout(site, directive)));
    options.say?.(`${kills}/${options.points} kills, ${midway} midway, ${cascades} cascades, ${wrong.length} wrong`);
  }
  const verdict = await site.db.read('system', (tx) => verifyExport(exportLog(tx, new Date().toISOString()), { crypto: nodeCrypto }));
  if (!verdict.ok) wrong.push(`audit log: ${JSON.stringify(verdict.first)}`);
  return { kills, midway, cascades, wrong, auditEntries: verdict.entries };
}
