import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { attachToRunning } from './attach.ts';
import { startEmbedded } from './supervisor.ts';

test('a command beside the running product finds its server, and finds none after it has stopped', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sauro-attach-'));
  await chmod(dataDir, 0o711);
  assert.equal(attachToRunning(dataDir), undefined);
  const server = await startEmbedded({ dataDir });
  try {
    const client = new pg.Client({ connectionString: attachToRunning(dataDir)?.appUrl ?? '' });
    await client.connect();
    assert.deepEqual((await client.query('select current_user as name')).rows, [{ name: 'sauro_app' }]);
    await client.end();
  } finally {
    await server.stop();
  }
  assert.equal(attachToRunning(dataDir), undefined);
  await rm(dataDir, { recursive: true, force: true });
});
