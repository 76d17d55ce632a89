// Stops the test server of this user: `node platform/postgres/stop-test-server.ts`.
import { isRunning, signal, waitForEnd } from './processes.ts';
import { readTestServer } from './test-database.ts';

const server = readTestServer();
if (server === undefined || !isRunning(server.keeper)) {
  console.log('no test server runs');
} else {
  signal(server.keeper, 'SIGTERM');
  const ended = await waitForEnd(server.keeper, 30);
  console.log(ended ? 'stopped' : 'does not stop');
  process.exitCode = ended ? 0 : 1;
}
