// The keeper of the test server: `node platform/postgres/test-server.ts`. Started by the first test that needs a database and left
// running between test files; ends by itself when nobody has been connected for some minutes.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { superuser, testCluster } from './cluster.ts';
import { StartRefused } from './refusal.ts';
import { closeSystemDatabases, databaseNames, prepareRoles, withClient } from './roles.ts';
import { writePrivately } from './secrets.ts';
import { openCluster } from './supervisor.ts';
import { dropOldDatabases, testDirectory } from './test-database.ts';

const idleMinutes = 5;

async function keep(): Promise<void> {
  const dataDir = testDirectory();
  const cluster = await openCluster({ dataDir }, testCluster);
  const stateFile = join(dataDir, 'state.json');
  const url = cluster.url(superuser, cluster.secrets.superuser, 'postgres');
  const stop = async () => {
    rmSync(stateFile, { force: true });
    await cluster.stop();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
  await withClient(url, async (client) => {
    await prepareRoles(client, databaseNames, cluster.secrets);
    await closeSystemDatabases(client);
    await dropOldDatabases(client);
  });
  writePrivately(stateFile, JSON.stringify({ keeper: process.pid, superuserUrl: url, secrets: cluster.secrets }), undefined);
  for (let idle = 0; idle < idleMinutes * 6; ) {
    await sleep(10_000);
    idle = (await othersConnected(url)) ? 0 : idle + 1;
  }
  await stop();
}

async function othersConnected(url: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const { rowCount } = await client.query("select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1");
      return rowCount !== 0;
    });
  } catch {
    return true; // it is being restarted
  }
}

try {
  await keep();
} catch (error) {
  if (!(error instanceof StartRefused && error.problem.code === 'database-in-use')) throw error; // another keeper was quicker
}
