import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Actor, Grant } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import type { Policy } from '#kernel/policy.ts';
import { openDatabase, type Database } from '../db/database.ts';
import { digestOf, migrate, readMigrations } from '../db/migrate.ts';
import { deliverEvents } from '../events/deliver.ts';
import type { Edge } from '../http/bind.ts';
import { createServer } from '../http/server.ts';
import { prepareJobs } from '../jobs/queue.ts';
import { newLogKeys } from '../log/keys.ts';
import { useLogKeys } from '../log/record.ts';
import { messageFolders, readMessages, sentenceOf } from '../messages.ts';
import type { Module } from '../module.ts';
import { inOrderOfNeeds, policyOf } from '../policy-of.ts';
import { testDatabase } from '../postgres/test-database.ts';
import type { Services } from '../services.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export type TestServer = {
  readonly app: FastifyInstance;
  readonly db: Database;
  readonly services: Services;
  /** URL of the role that owns the tables, for tests that look behind row security. */
  readonly ownerUrl: string;
  setClock(instant: string): void;
  /** Delivers every waiting event now, as the workers would. */
  deliver(): Promise<void>;
  /** Calls the API as this actor (or as nobody). The command id is made unless given. */
  call<Body = Record<string, unknown>>(actor: Actor | undefined, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<{ status: number; body: Body; headers: Record<string, unknown> }>;
  close(): Promise<void>;
};

/** Actor for tests: holds the roles given, at the places given. */
export function actorWith(...grants: readonly Grant[]): Actor {
  return { account: newId<'Account'>(), session: newId<'Session'>(), name: 'Người thử', language: 'vi', grants, freshUntil: '2999-01-01T00:00:00.000Z' };
}

export const atNation = (role: string, office = 'VPCP'): Grant => ({ role, office, post: 'post', reach: { level: 'nation' } });
export const atProvince = (role: string, province: string, office = `UBND:${province}`): Grant => ({ role, office, post: 'post', reach: { level: 'province', province } });
export const atCommune = (role: string, province: string, commune: string, office = `UBND:${province}:${commune}`): Grant => ({ role, office, post: 'post', reach: { level: 'commune', province, commune } });

/** Rows that every test of a file starts from; filled once into the template `name` (change the name when the filling changes). */
export type Prepared = { readonly name: string; readonly fill: (db: Database) => Promise<void> };

/** What a test of sign-in or of one layer alone has otherwise: the real way of knowing who asks, production mode, another policy. */
export type Differing = {
  readonly mode?: Services['mode'];
  readonly policy?: Policy;
  readonly authenticate?: (edge: Edge, services: Services, now: Now) => Promise<Actor | undefined>;
};

/** JSON as a value, anything else as bytes; of a feed nothing, for it does not end by itself. */
async function bodyOf(stream: Readable, type: string): Promise<unknown> {
  if (type.startsWith('text/event-stream')) {
    stream.destroy();
    return new Uint8Array();
  }
  const bytes = await buffer(stream);
  return type.includes('json') ? JSON.parse(bytes.toString('utf8')) : bytes;
}

/**
 * The modules given, on a database of their own cloned from a migrated template, behind the real HTTP layer.
 * The acting person comes from a header that only this server reads.
 */
export async function testServer(modules: readonly Module[], prepared?: Prepared, differing: Differing = {}): Promise<TestServer> {
  const ordered = inOrderOfNeeds(modules);
  useLogKeys(newLogKeys());
  const migrations = await readMigrations([
    { module: 'platform', folder: join(root, 'platform', 'migrations') },
    ...['log'].map((name) => ({ module: `platform/${name}`, folder: join(root, 'platform', name, 'migrations') })),
    ...ordered.map((module) => ({ module: module.name, folder: join(root, 'modules', module.name, 'migrations') })),
  ]);
  const database = await testDatabase('test-server', {
    digest: `${digestOf(migrations)}${prepared?.name ?? ''}`,
    apply: async (urls) => {
      await prepareJobs(urls.jobsUrl);
      await migrate(urls.ownerUrl, migrations);
      if (prepared === undefined) return;
      const filling = openDatabase(urls.appUrl, { max: 2 });
      await prepared.fill(filling).finally(() => filling.close());
    },
  });
  const db = openDatabase(database.appUrl, { max: 8 });
  const dataDir = await mkdtemp(join(tmpdir(), 'sauro-test-'));
  let clock = new Date('2026-11-18T03:00:00.000Z');
  const services: Services = {
    db, dataDir, filesDir: join(dataDir, 'files'), keysDir: join(dataDir, 'keys'), publicUrl: 'http://localhost', mode: differing.mode ?? 'demonstration', synthetic: differing.mode !== 'production',
    logger: pino({ level: process.env['SAURO_TEST_LOG'] ?? 'silent' }), wake: () => undefined,
  };
  const actors = new Map<string, Actor>();
  const app = await createServer({
    routes: ordered.flatMap((module) => module.routes),
    policy: differing.policy ?? policyOf(ordered), services, requestsPerMinute: 0,
    clock: () => clock,
    sentence: sentenceOf(readMessages(messageFolders(root))),
    authenticate: async (edge, now) => (differing.authenticate ? differing.authenticate(edge, services, now) : actors.get(edge.userAgent)),
  });
  return {
    app, db, services, ownerUrl: database.ownerUrl,
    setClock: (instant) => { clock = new Date(instant); },
    deliver: async () => { await deliverEvents(services, ordered.flatMap((module) => module.consumers ?? []), () => clock); },
    async call<Body>(actor: Actor | undefined, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      if (actor) actors.set(actor.account, actor);
      const raw = body instanceof Uint8Array;
      const response = await app.inject({
        method: method as 'GET', url: `/api${path}`,
        headers: { 'user-agent': actor?.account ?? 'nobody', 'idempotency-key': newId(), ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }), ...headers },
        ...(body === undefined ? {} : { payload: raw ? Buffer.from(body) : JSON.stringify(body) }),
        payloadAsStream: true, // a feed answers with its head and then stays open
      });
      const type = String(response.headers['content-type'] ?? '');
      const answer: unknown = await bodyOf(response.stream(), type);
      return { status: response.statusCode, body: answer as Body, headers: response.headers }; // the test names the shape it expects
    },
    async close() {
      await app.close();
      await db.close();
      await database.drop();
    },
  };
}
