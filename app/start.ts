import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Policy } from '#kernel/policy.ts';
import { openDatabase } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { migrate, readMigrations } from '#platform/db/migrate.ts';
import { bind, type Route } from '#platform/http/bind.ts';
import { createServer } from '#platform/http/server.ts';
import { prepareJobs, startWorkers } from '#platform/jobs/queue.ts';
import { loadLogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import { startLogService } from '#platform/log/service.ts';
import { fileWitness } from '#platform/log/witness.ts';
import { messageFolders, readMessages, sentenceOf } from '#platform/messages.ts';
import type { Config } from '#platform/config.ts';
import { attachToRunning } from '#platform/postgres/attach.ts';
import { inOrderOfNeeds, policyOf } from '#platform/policy-of.ts';
import type { Services } from '#platform/services.ts';
import { builtInFolder, isLoaded, latestProgramme, loadAtStart } from '#modules/definitions/index.ts';
import { authenticate } from '#modules/identity/index.ts';
import { loadUnits, registerSource, shardCodes, warmUnits } from '#modules/org-units/index.ts';
import { getAbout } from './about.ts';
import { openServer, type DatabaseUrls, type OpenServer } from './database.ts';
import { loadDemonstration } from './demo.ts';
import { providePrefills } from './prefills.ts';
import { serverModules } from './server-modules.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }; // our own file

/** Tells the operator where the start has got to: one line a step. */
export type Say = (line: { readonly vi: string; readonly en: string }) => void;

export type Product = {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly address: string;
  stop(): Promise<void>;
};

/** The database with everything in it that every command needs: migrations, job queue, units. */
export type Base = { readonly services: Services; readonly server: OpenServer; stop(): Promise<void> };

/** @param opening the server, when its start was begun before */
export async function openBase(config: Config, say: Say, logLevel = 'warn', opening = openServer(config, say)): Promise<Base> {
  const server = await opening;
  try {
    await prepareJobs(server.urls.jobsUrl);
    await migrate(server.urls.ownerUrl, await readMigrations(migrationSources()));
    const services = await servicesOf(config, server.urls, logLevel);
    await Promise.all([ // neither knows the other
      loadUnits(services.db, (units) => say({ vi: `Nạp đơn vị hành chính: ${units}`, en: `Loading administrative units: ${units}` })),
      loadAtStart(services.db, config.programmeFolder, (items) => say({ vi: `Nạp định nghĩa của chương trình: ${items}`, en: `Loading the programme's definitions: ${items}` })),
    ]);
    return { services: await labelled(services), server, stop: async () => { await services.db.close(); await server.stop(); } };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The base of a product that runs already, for a command beside it; undefined when none runs here. */
export async function attachBase(config: Config): Promise<Base | undefined> {
  const urls = config.databaseUrl === undefined ? attachToRunning(config.dataDir) : undefined;
  if (urls === undefined) return undefined;
  const services = await servicesOf(config, urls, 'warn');
  return { services: await labelled(services), server: { urls, dropRoot: () => true, stop: async () => undefined }, stop: () => services.db.close() };
}

/** The figures of an imported country are its own and bear no label of made-up data. */
const labelled = async (services: Services): Promise<Services> =>
  ({ ...services, synthetic: services.mode === 'demonstration' && (await services.db.read('system', registerSource)) !== 'imported' });

const migrationSources = () => [
  { module: 'platform', folder: join(root, 'platform', 'migrations') },
  { module: 'platform/log', folder: join(root, 'platform', 'log', 'migrations') },
  ...inOrderOfNeeds(serverModules).map((module) => ({ module: module.name, folder: join(root, 'modules', module.name, 'migrations') })),
];

async function servicesOf(config: Config, urls: DatabaseUrls, logLevel: string): Promise<Services> {
  const folders = { filesDir: join(config.dataDir, 'files'), keysDir: join(config.dataDir, 'keys') };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
  useLogKeys(await loadLogKeys(folders.keysDir));
  return {
    db: openDatabase(urls.appUrl, { max: 16 }),
    dataDir: config.dataDir, ...folders, publicUrl: config.publicUrl, mode: config.mode, synthetic: config.mode === 'demonstration',
    logger: pino({ level: logLevel, base: null, redact: ['req', 'res', '*.password', '*.token', '*.cookie'] }),
    wake: () => undefined,
  };
}

/** What was begun while the modules were being read: the database server, and the folder of the screens. */
export type Begun = { readonly opening: Promise<OpenServer>; readonly building: Promise<string | undefined> };

/** Starts everything: database, workers, log, screens, port. */
export async function startProduct(config: Config, say: Say, { opening, building }: Begun): Promise<Product> {
  const base = await openBase(config, say, 'warn', opening);
  const running: Stop[] = [() => base.stop()];
  const stop: Stop = async () => { for (const one of running.splice(0).reverse()) await one(); };
  try {
    return { ...await startOn(base, config, say, building, running), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Stop = () => Promise<void>;

/** @param running takes what must be stopped again, in the order of starting */
async function startOn(base: Base, config: Config, say: Say, building: Promise<string | undefined>, running: Stop[]): Promise<Omit<Product, 'stop'>> {
  const { services } = base;
  if (config.mode === 'demonstration') await loadDemonstration(services, say);
  const modules = inOrderOfNeeds(serverModules);
  providePrefills();
  const keys = await loadLogKeys(services.keysDir);
  const clock = () => new Date();
  const log = startLogService({ db: services.db, keys, witness: fileWitness(keys, services.keysDir), logs: [...await services.db.read('system', shardCodes)], clock, logger: services.logger });
  running.push(() => log.stop());
  const policy = policyOf(modules);
  const webRoot = await building;
  const app = await createServer({
    routes: [aboutRoute(policy), ...modules.flatMap((module) => module.routes)],
    policy, clock,
    services, replied: log.replied,
    sentence: sentenceOf(readMessages(messageFolders(root))),
    authenticate: (edge, now) => authenticate(edge, services, now),
    requestsPerMinute: config.requestsPerMinute,
    trustProxy: config.trustProxy,
    ...(webRoot === undefined ? {} : { webRoot }),
  });
  const workers = await startWorkers(base.server.urls.jobsUrl, services, modules.flatMap((m) => m.consumers ?? []), modules.flatMap((m) => m.jobs ?? []));
  running.push(() => workers.stop(), () => app.close());
  const address = await app.listen({ port: config.port, host: config.host });
  void warmUnits(services.db).catch(() => undefined); // only haste: the first search makes the index otherwise
  flushCompileCache(); // while this process may still write where it is installed; later starts then read compiled code
  if (!base.server.dropRoot([config.dataDir], [root])) say({ vi: 'Máy chủ vẫn chạy với quyền root vì thư mục cài đặt chỉ root đọc được', en: 'The server stays root, because only root can read where it is installed' });
  return { app, services, address };
}

/** The name of the programme, when it is not the delivered one. */
const otherProgramme = async (tx: Tx): Promise<Words | null> => {
  if (!(await isLoaded(tx))) return null;
  const { head } = await latestProgramme(tx);
  return head.id === basename(builtInFolder) ? null : head.name;
};
type Words = { readonly vi: string; readonly en: string };

const aboutRoute = (policy: Policy): Route => bind(getAbout, async ({ services, now }) => ({
  mode: services.mode, synthetic: services.synthetic, programme: await services.db.read('system', otherProgramme), version, today: now.today,
  policy: Object.fromEntries(Object.entries(policy).map(([permission, roles]) => [permission, [...roles]])),
}));
