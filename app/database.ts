import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '#platform/config.ts';
import { assertAppRole, databaseNames, prepareDatabase, withDatabase } from '#platform/postgres/roles.ts';
import { assertDurable, startEmbedded } from '#platform/postgres/supervisor.ts';
import type { Say } from './start.ts';

export type DatabaseUrls = { readonly ownerUrl: string; readonly appUrl: string; readonly jobsUrl: string };
export type OpenServer = { readonly urls: DatabaseUrls; stop(): Promise<void> };

/** The embedded server of the data directory, or the server of DATABASE_URL with the same roles on it. */
export async function openServer(config: Config, say: Say): Promise<OpenServer> {
  const server = config.databaseUrl === undefined ? await embedded(config, say) : await external(config.databaseUrl, config.dataDir);
  await assertAppRole(server.urls.appUrl).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return server;
}

async function embedded(config: Config, say: Say): Promise<OpenServer> {
  const server = await startEmbedded({ dataDir: config.dataDir, log: ({ vi, en }) => say({ vi, en }) });
  return { urls: server, stop: () => server.stop() };
}

type Secrets = { readonly owner: string; readonly app: string; readonly jobs: string };

/**
 * A server we do not supervise. DATABASE_URL's role must be able to create roles and the database on the first start; the
 * three roles' secrets are made then and kept in the data directory.
 */
async function external(adminUrl: string, dataDir: string): Promise<OpenServer> {
  await assertDurable(adminUrl);
  const secrets = await secretsOf(dataDir);
  await prepareDatabase(adminUrl, databaseNames, secrets);
  const urlOf = (role: string, password: string): string => {
    const url = new URL(withDatabase(adminUrl, databaseNames.database));
    url.username = role;
    url.password = password;
    return url.toString();
  };
  return {
    urls: {
      ownerUrl: urlOf(databaseNames.owner, secrets.owner),
      appUrl: urlOf(databaseNames.app, secrets.app),
      jobsUrl: urlOf(databaseNames.jobs, secrets.jobs),
    },
    stop: async () => undefined,
  };
}

async function secretsOf(dataDir: string): Promise<Secrets> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'server-roles.json');
  try {
    const secret = (): string => randomBytes(24).toString('base64url');
    await writeFile(path, JSON.stringify({ owner: secret(), app: secret(), jobs: secret() }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!isSecrets(parsed)) throw new Error(`${path} does not hold the three secrets`);
  return parsed;
}

const isSecrets = (value: unknown): value is Secrets =>
  typeof value === 'object' && value !== null && ['owner', 'app', 'jobs'].every((role) => role in value);
