import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Type } from 'typebox';
import { contract } from '#kernel/contract.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse } from '#kernel/result.ts';
import { Line, Nothing, shape } from '#kernel/shape.ts';
import { publish } from '../events/publish.ts';
import { defineModule } from '../module.ts';
import { actorWith, atNation, testServer, type TestServer } from '../testing/test-server.ts';
import { bind } from './bind.ts';

const echo = contract({
  method: 'POST', path: '/echo', who: 'echo.say', summary: 'says it again',
  body: shape({ words: Line(40) }), reply: shape({ words: Type.String() }), problems: { 'echo-refused': 409 },
});
const secret = contract({ method: 'GET', path: '/secret', who: 'echo.say', summary: 'leaks', reply: shape({ seen: Type.String() }), problems: {} });
const fails = contract({ method: 'GET', path: '/fails', who: 'anyone', summary: 'breaks', reply: Nothing, problems: {} });
let told = 0;
const module = defineModule({
  name: 'echo', tier: 'foundation', needs: [], holds: 'places', tables: {}, permissions: { 'echo.say': ['speaker'] },
  routes: [
    bind(echo, async ({ tx, now }, { body }) => {
      if (body.words === 'no') return refuse({ code: 'echo-refused' });
      await publish(tx, now.at, [{ province: '00', type: 'echo.said', payload: { words: body.words } }]);
      return ok({ words: body.words });
    }),
    bind(secret, async () => ({ seen: 'yes', password: 'never leaves' }) as { seen: string }),
    bind(fails, async () => { throw new Error('inner detail'); }),
  ],
  consumers: [{ name: 'count', event: 'echo.said', consume: async () => { told += 1; } }],
});
const speaker = actorWith(atNation('speaker'));

describe('a contract bound to HTTP', () => {
  let server: TestServer;
  before(async () => { server = await testServer([module]); });
  after(() => server.close());

  test('R8: nobody is let in without signing in, nor without the role', async () => {
    assert.equal((await server.call(undefined, 'POST', '/echo', { words: 'a' })).status, 401);
    assert.equal((await server.call(actorWith(atNation('other')), 'POST', '/echo', { words: 'a' })).status, 403);
  });
  test('R55: a command repeated gives the same answer once, and its id serves no other', async () => {
    const key = { 'idempotency-key': newId() };
    const before = told;
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.call(speaker, 'POST', '/echo', { words: 'một' }, key)));
    assert.deepEqual(answers.map((a) => [a.status, a.body]), Array(4).fill([200, { words: 'một' }]));
    assert.equal((await server.call(speaker, 'POST', '/echo', { words: 'hai' }, key)).status, 409);
    await server.deliver();
    await server.deliver();
    assert.equal(told - before, 1);
  });
  test('a refusal is problem details with the code as the message key, in the asked language', async () => {
    const answer = await server.call(speaker, 'POST', '/echo', { words: 'no' }, { 'x-sauro-language': 'en' });
    assert.equal(answer.status, 409);
    assert.equal(answer.body['code'], 'echo-refused');
    assert.match(String(answer.headers['content-type']), /problem\+json/);
  });
  test('R14: a field the contract does not name cannot leave', async () => {
    assert.deepEqual((await server.call(speaker, 'GET', '/secret')).body, { seen: 'yes' });
  });
  test('R13: a fault of ours says nothing of its inside', async () => {
    const answer = await server.call(speaker, 'GET', '/fails');
    assert.equal(answer.status, 500);
    assert.doesNotMatch(JSON.stringify(answer.body), /inner detail/);
  });
  test('R44: keys twice, deep nesting, forbidden keys and unknown fields are refused', async () => {
    const post = (payload: string) => server.app.inject({ method: 'POST', url: '/api/echo', headers: { 'user-agent': speaker.account, 'idempotency-key': newId(), 'content-type': 'application/json' }, payload });
    for (const payload of ['{"words":"a","words":"b"}', '{"__proto__":{"x":1},"words":"a"}', `{"words":${'['.repeat(40)}${']'.repeat(40)}}`, '{"words":"a","more":1}', '{"words":', '{"words":"\\ud800"}']) {
      assert.equal((await post(payload)).statusCode, 400, payload.slice(0, 40));
    }
    assert.equal(({} as { x?: number }).x, undefined);
  });
  test('R46: text is NFC and trimmed, hidden direction marks are refused', async () => {
    assert.equal((await server.call(speaker, 'POST', '/echo', { words: '  Hòa '.normalize('NFD') })).body['words'], 'Hòa');
    assert.equal((await server.call(speaker, 'POST', '/echo', { words: 'a‮b' })).status, 400);
  });
  test('R51: a foreign page, a form and a plain-text body change nothing', async () => {
    const headers = { 'user-agent': speaker.account, 'idempotency-key': newId() };
    const from = (extra: Record<string, string>) => server.app.inject({ method: 'POST', url: '/api/echo', headers: { ...headers, ...extra }, payload: '{"words":"a"}' });
    assert.equal((await from({ 'content-type': 'application/json', origin: 'https://elsewhere.example' })).statusCode, 403);
    assert.equal((await from({ 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' })).statusCode, 403);
    assert.equal((await from({ 'content-type': 'text/plain' })).statusCode, 415);
    assert.equal((await from({ 'content-type': 'application/x-www-form-urlencoded' })).statusCode, 415);
  });
  test('R50: the guarding headers stand on every answer, refusals included', async () => {
    for (const url of ['/api/secret', '/api/nowhere', '/api/openapi.json']) {
      const { headers } = await server.app.inject({ method: 'GET', url });
      assert.match(String(headers['content-security-policy']), /default-src 'none'/, url);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(String(headers['strict-transport-security']), /max-age=31536000/);
    }
  });
  test('OpenAPI 3.1 lists each contract with who may and how it is refused', async () => {
    const document = (await server.app.inject({ method: 'GET', url: '/api/openapi.json' })).json<{ openapi: string; paths: Record<string, { post?: { 'x-who': string; responses: Record<string, unknown> } }> }>();
    assert.equal(document.openapi, '3.1.0');
    assert.equal(document.paths['/api/echo']?.post?.['x-who'], 'echo.say');
    assert.ok(document.paths['/api/echo']?.post?.responses['409']);
  });
});

test('R8: a route whose permission no manifest names does not start', async () => {
  const undeclared = defineModule({ ...module, name: 'undeclared', permissions: {} });
  await assert.rejects(testServer([undeclared]), /nobody holds the permission/);
});
