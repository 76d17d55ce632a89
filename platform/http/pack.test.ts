import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { after, before, describe, test } from 'node:test';
import { contract } from '#kernel/contract.ts';
import { shape, Type } from '#kernel/shape.ts';
import { defineModule } from '../module.ts';
import { testServer, type TestServer } from '../testing/test-server.ts';
import { bind } from './bind.ts';
import { Packer, takesGzip } from './pack.ts';

const long = contract({ method: 'GET', path: '/long', who: 'anyone', summary: 'a long answer', reply: shape({ words: Type.String() }), problems: {} });
const words = Array.from({ length: 60_000 }, (_, i) => `chữ ${i}`).join(' ');
const module = defineModule({
  name: 'echo', tier: 'foundation', needs: [], holds: 'places', tables: {}, permissions: {}, routes: [bind(long, async () => ({ words }))],
});

describe('large answers', () => {
  let server: TestServer;
  before(async () => { server = await testServer([module]); });
  after(() => server.close());
  const ask = (accepted?: string) => server.app.inject({ method: 'GET', url: '/api/long', headers: accepted === undefined ? {} : { 'accept-encoding': accepted } });

  test('go out compressed to those who take it, the same every time', async () => {
    for (let i = 0; i < 2; i += 1) {
      const answer = await ask('gzip, deflate, br');
      assert.equal(answer.headers['content-encoding'], 'gzip');
      assert.equal(answer.headers['vary'], 'accept-encoding');
      assert.equal(Number(answer.headers['content-length']), answer.rawPayload.length);
      assert.deepEqual(JSON.parse(gunzipSync(answer.rawPayload).toString()), { words });
    }
  });

  test('go out as they are to those who do not', async () => {
    for (const accepted of [undefined, 'identity', 'gzip;q=0']) {
      const answer = await ask(accepted);
      assert.equal(answer.headers['content-encoding'], undefined);
      assert.deepEqual(answer.json(), { words });
    }
  });
});

test('Accept-Encoding is read with its weights', () => {
  for (const taken of ['gzip', 'GZIP', 'br;q=1.0, gzip;q=0.5', '*', 'x-gzip', 'identity, *;q=0.1']) assert.ok(takesGzip(taken), taken);
  for (const refused of [undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip; q=0.0, *', '*;q=0']) assert.ok(!takesGzip(refused), refused);
});

test('of two answers that differ in one letter each has its own bytes', async () => {
  const packer = new Packer();
  const texts = ['a', 'b'].map((end) => `${'x'.repeat(300_000)}${end}`);
  for (const text of [...texts, ...texts]) assert.equal(gunzipSync((await packer.pack(Buffer.from(text), 'gzip')) ?? '').toString(), text);
});
