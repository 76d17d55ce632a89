/**
 * Issues directive after directive to the whole nation, and kills the process that brings each down, with -9, at a seeded statement of
 * its own, anywhere in the length of a cascade. Nobody helps: the next process goes on by itself, and each cascade is checked then.
 * The process is a worker with the product's own delivery, sequencing and signing (`cascade-child.ts`); the whole product and its
 * database are killed in `e2e/killed-and-started-again.test.ts`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shape, Type } from '#kernel/shape.ts';
import { sql } from '#platform/db/sql.ts';
import { nodeCrypto } from '#platform/log/checkpoint.ts';
import { loadLogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import type { TestServer } from '#platform/testing/test-server.ts';
import { exportLog, verifyExport } from '#modules/audit/index.ts';

export type KillReport = {
  /** Cascades issued, one directive each. */
  readonly cascades: number;
  /** Of them those whose process died by the kill. The others were done before their statement came. */
  readonly killed: number;
  /** How the killed ones lay there: nobody had a task yet, some provinces had theirs, all had theirs but it did not read issued, or it was issued. */
  readonly untouched: number; readonly midway: number; readonly unread: number; readonly issued: number;
  /** Statements of a cascade that nobody disturbed: the length over which the kills are spread. */
  readonly length: number;
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

type Worker = { readonly child: ChildProcess; /** Resolves with the number of statements sent when it has nothing more to do; undefined when it died. */ readonly idle: () => Promise<number | undefined>; readonly goOn: (diesAt: number) => void };

function startWorker(site: TestServer): Worker {
  const child = spawn(process.execPath, [fileURLToPath(new URL('cascade-child.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_TEST_CONTEXT: '', CHILD_DATABASE: site.db.url, CHILD_KEYS: site.services.keysDir, CHILD_DATA: site.services.dataDir, NODE_COMPILE_CACHE: join(site.services.dataDir, 'compiled') },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    child,
    idle: async () => { const said = await lines.next(); return said.done === true ? undefined : Number(said.value.slice('idle '.length)); },
    goOn: (diesAt) => { child.stdin.write(`${diesAt}\n`); },
  };
}

/** A worker that has gone on with whatever was left. @throws when it ends by itself, which nothing told it to */
async function nextWorker(site: TestServer): Promise<Worker> {
  const worker = startWorker(site);
  if ((await worker.idle()) === undefined) throw new Error('the worker ended before it was told to');
  return worker;
}

const Lies = shape({ provinces: Type.Integer(), state: Type.String() });
async function howItLies(site: TestServer, directive: string): Promise<'untouched' | 'midway' | 'unread' | 'issued'> {
  const { provinces, state } = await site.db.read('system', (tx) => tx.one(Lies, sql`
    select (select count(distinct province)::int from directives.task where directive = d.id) as provinces, state from directives.directive d where province = origin and id = ${directive}`));
  return state === 'issued' ? 'issued' : provinces === 0 ? 'untouched' : provinces < 34 ? 'midway' : 'unread';
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

export type Campaign = { readonly cascades: number; readonly seed: number; readonly say?: (line: string) => void };
/** @param issue makes and issues a directive to every province and commune, without delivering it; gives its id */
export async function killCascades(site: TestServer, issue: () => Promise<string>, { cascades, seed, say }: Campaign): Promise<KillReport> {
  const chance = seeded(seed);
  useLogKeys(await loadLogKeys(site.services.keysDir)); // one installation: this process and its workers sign and pseudonymise with the same keys
  const lay = { untouched: 0, midway: 0, unread: 0, issued: 0 };
  const wrong: string[] = [];
  let worker = await nextWorker(site);
  const length = await undisturbed(worker, issue);
  for (let done = 0; done < cascades; done += 1) {
    const directive = await issue();
    worker.goOn(1 + Math.floor(chance() * length));
    if ((await worker.idle()) === undefined) {
      lay[await howItLies(site, directive)] += 1;
      worker = await nextWorker(site); // by itself, with nobody's help
    }
    wrong.push(...(await wrongAbout(site, directive)));
    say?.(`${done + 1}/${cascades} cascades; killed: ${JSON.stringify(lay)}; wrong: ${wrong.length}`);
  }
  worker.child.kill('SIGKILL');
  const verdict = await site.db.read('system', (tx) => verifyExport(exportLog(tx, new Date().toISOString()), { crypto: nodeCrypto }));
  if (!verdict.ok) wrong.push(`audit log: ${JSON.stringify(verdict.first)}`);
  return { cascades, killed: lay.untouched + lay.midway + lay.unread + lay.issued, ...lay, length, wrong, auditEntries: verdict.entries };
}

/** The length of a cascade in statements: of the second, when communes have their seats and nothing is read for the first time. */
async function undisturbed(worker: Worker, issue: () => Promise<string>): Promise<number> {
  let length: number | undefined;
  for (let i = 0; i < 2; i += 1) {
    await issue();
    worker.goOn(0);
    length = await worker.idle();
  }
  if (length === undefined || length < 100) throw new Error('a cascade of no length cannot be killed');
  return length;
}
