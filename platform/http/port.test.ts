import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { StartRefused } from '../postgres/refusal.ts';
import { assertPortFree } from './port.ts';

test('a port that another program holds is refused in both languages, and free again when that program ends', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => { other.listen(0, '127.0.0.1', resolve); });
  const address = other.address();
  assert.ok(address !== null && typeof address !== 'string');
  const refused: unknown = await assertPortFree(address.port, '127.0.0.1').catch((error: unknown) => error);
  assert.ok(refused instanceof StartRefused);
  assert.equal(refused.problem.code, 'port-taken');
  for (const sentence of [refused.sentences.vi, refused.sentences.en]) assert.match(sentence, new RegExp(`${address.port}`));
  await new Promise((resolve) => { other.close(resolve); });
  await assertPortFree(address.port, '127.0.0.1');
});

test('an address that is not this machine’s is named', async () => {
  const refused: unknown = await assertPortFree(0, '192.0.2.1').catch((error: unknown) => error);
  assert.ok(refused instanceof StartRefused);
  assert.deepEqual([refused.problem.code, refused.problem['host']], ['host-unknown', '192.0.2.1']);
});
