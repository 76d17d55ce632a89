import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { actorWith, atCommune, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { policyOf } from '#platform/policy-of.ts';
import { serverModules } from '#app/server-modules.ts';
import { isRole, roles } from '#modules/identity/schema.ts';

const routes = serverModules.flatMap((module) => module.routes.map((route) => route.contract));
/** Routes that need no session, by name: a new one must be put here by hand, so that nobody opens a door unnoticed. */
const open = new Set([
  'GET /sign-in/options', 'GET /session', 'POST /sign-in/password', 'POST /sign-in/totp', 'POST /sign-in/passkey/options', 'POST /sign-in/passkey', 'POST /sign-in/demonstration',
  'POST /sign-in/oidc', 'POST /sign-in/oidc/finish', 'POST /session/end', 'POST /session/step-up', 'POST /session/step-up/options', 'POST /invitations/look', 'POST /invitations/accept',
  'GET /calendar-feed/:token', 'GET /factors', 'POST /factors/totp', 'POST /factors/totp/confirm', 'POST /factors/passkeys/options', 'POST /factors/passkeys',
  // what the public reads without an account: decided areas with the figures of E13; counts of places by province, small ones hidden
  'GET /public/classification', 'GET /public/classification/:province/:period', 'GET /public/hotspots',
]);
let server: TestServer;
before(async () => { server = await testServer(serverModules); });
after(() => server.close());

const addressOf = (path: string): string => path.replace(/:(\w+)/g, (_, name: string) => (name === 'province' ? '01' : '3f2504e0-4f89-41d3-9a0c-0305e82c3301'));
const bodyOf = (method: string, upload: boolean): unknown => (method === 'GET' ? undefined : upload ? new Uint8Array([1]) : {});

test('R8: without a session every route is closed, except those listed by name', async () => {
  const doors = routes.filter((contract) => contract.who === 'anyone').map((contract) => `${contract.method} ${contract.path}`);
  assert.deepEqual(doors.filter((door) => !open.has(door)), []);
  for (const contract of routes.filter((one) => one.who !== 'anyone')) {
    const answer = await server.call(undefined, contract.method, addressOf(contract.path), bodyOf(contract.method, contract.upload !== undefined));
    assert.equal(answer.status, 401, `${contract.method} ${contract.path}`);
  }
});

test('R8: a session without any role opens no route that asks for a permission', async () => {
  const nobody = actorWith();
  for (const contract of routes.filter((one) => one.who !== 'anyone' && one.who !== 'signed-in')) {
    const answer = await server.call(nobody, contract.method, addressOf(contract.path), bodyOf(contract.method, contract.upload !== undefined));
    assert.equal(answer.status, 403, `${contract.method} ${contract.path}`);
  }
});

test('R8: each role passes the doors its permissions name and no other', async () => {
  const policy = policyOf(serverModules);
  for (const role of roles) {
    const actor = actorWith(atCommune(role, '01', '00004'));
    for (const contract of routes.filter((one) => one.who !== 'anyone' && one.who !== 'signed-in')) {
      const held = policy[contract.who]?.includes(role) === true;
      const answer = await server.call(actor, contract.method, addressOf(contract.path), bodyOf(contract.method, contract.upload !== undefined));
      if (!held) assert.equal(answer.body['code'], 'not-permitted', `${role}: ${contract.method} ${contract.path}`);
    }
  }
});

test('R8: the policy names no role that does not exist', () => {
  const named = new Set(Object.values(policyOf(serverModules)).flat());
  assert.deepEqual([...named].filter((role) => !isRole(role)), []);
});
