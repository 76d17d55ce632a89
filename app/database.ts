import type { Config } from '#platform/config.ts';
import { prepareServer } from '#platform/postgres/external.ts';
import { assertAppRole } from '#platform/postgres/roles.ts';
import { dropPrivileges, startEmbedded } from '#platform/postgres/supervisor.ts';
import type { Say } from './start.ts';

export type DatabaseUrls = { readonly ownerUrl: string; readonly appUrl: string; readonly jobsUrl: string };
export type OpenServer = {
  readonly urls: DatabaseUrls;
  /** Gives up root when we were started with it; the port must be open by then. */
  readonly dropRoot: (own: readonly string[], needs: readonly string[]) => boolean;
  stop(): Promise<void>;
};

/** The embedded server of the data directory, or the server of DATABASE_URL with the same roles on it. */
export async function openServer(config: Config, say: Say): Promise<OpenServer> {
  const server = config.databaseUrl === undefined ? await embedded(config, say) : await external(config.databaseUrl, config, say);
  await assertAppRole(server.urls.appUrl).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return server;
}

async function embedded(config: Config, say: Say): Promise<OpenServer> {
  const server = await startEmbedded({ dataDir: config.dataDir, log: ({ vi, en }) => say({ vi, en }) });
  return { urls: server, dropRoot: (own, needs) => dropPrivileges(server.account, { own, needs }), stop: () => server.stop() };
}

/** A server we do not supervise: the roles are made there, their passwords kept in the data directory. */
async function external(databaseUrl: string, { dataDir }: Config, say: Say): Promise<OpenServer> {
  const urls = await prepareServer({ databaseUrl, dataDir, log: ({ vi, en }) => say({ vi, en }) });
  return { urls, dropRoot: () => true, stop: async () => undefined };
}
