import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import type { Actor, Grant } from '#kernel/actor.ts';
import { fold } from '#kernel/fold.ts';
import { newId } from '#kernel/id.ts';
import { sql } from '#platform/db/sql.ts';
import { actorWith, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { identity } from './module.ts';
import { opensNoContent, reachOf, roleLevels } from './rules.ts';
import { roles, type AccountState, type RoleCode } from './schema.ts';
import { insertAccount, setState } from './store/accounts.ts';
import { findCandidate, setPassword } from './store/credentials.ts';
import { endGrant, insertGrant } from './store/grants.ts';
import { deleteSessionsOf, insertSession } from './store/sessions.ts';

type Place = { readonly province: string; readonly commune: string | null };
const places: Readonly<Record<string, Place>> = {
  nation: { province: '00', commune: null }, 'province 01': { province: '01', commune: null }, 'commune 01/00004': { province: '01', commune: '00004' },
  'sibling commune 01/00008': { province: '01', commune: '00008' }, 'province 04': { province: '04', commune: null }, 'commune 04/01273': { province: '04', commune: '01273' },
};
const states: readonly AccountState[] = ['active', 'locked', 'left'];
const levelOf = ({ province, commune }: Place) => (province === '00' ? 'nation' : commune === null ? 'province' : 'commune');
const officeOf = ({ province, commune }: Place): string => (province === '00' ? 'BCA' : ['UBND', province, commune].filter(Boolean).join(':'));
const grantAt = (role: RoleCode, place: Place): Grant => ({
  role, office: officeOf(place), post: 'post', reach: reachOf({ level: levelOf(place), ...place }), ...(opensNoContent(role) ? { opensNoContent: true as const } : {}),
});

/** Everyone who may ask: each role at each place where it may be held. */
const everyone: readonly { readonly name: string; readonly actor: Actor; readonly role: RoleCode; readonly at: Place }[] = roles.flatMap((role) =>
  Object.entries(places).filter(([, at]) => roleLevels[role].includes(levelOf(at))).map(([name, at]) => ({ name: `${role} at ${name}`, role, at, actor: actorWith(grantAt(role, at)) })));
/** The table of who may administer what, in one line: an administrator whose place contains the other. */
const mayAdminister = (role: RoleCode, at: Place, place: Place): boolean =>
  role === 'administrator' && (at.province === '00' || (at.province === place.province && (at.commune === null || at.commune === place.commune)));

type Target = { readonly account: string; readonly grant: string; readonly place: Place; readonly state: AccountState };
async function target({ db }: Pick<TestServer, 'db'>, place: Place, state: AccountState): Promise<Target> {
  const [account, grant] = [newId(), newId()];
  const at = '2026-11-18T03:00:00.000Z';
  await db.write('system', async (tx) => {
    await insertAccount(tx, { id: account, name: 'Người', searchText: fold('Người'), userName: account, email: null, state, demonstration: false, office: officeOf(place), ...place, createdBy: null, at });
    await setPassword(tx, account, 'hash', at);
    await insertGrant(tx, {
      ...place, id: grant, account, role: 'auditor', office: officeOf(place), post: 'p', level: levelOf(place), validFrom: '2026-01-01', validUntil: null, grantedBy: null, at, delegatedFrom: null, twoBodyRequest: null,
    });
    await insertSession(tx, { id: newId(), account, tokenHash: newId(), stage: 'full', method: 'password', at, endsAt: '2026-11-18T15:00:00.000Z', freshUntil: null, address: '', userAgent: '' });
  });
  return { account, grant, place, state };
}

type Operation = { readonly name: string; readonly valid: (state: AccountState) => boolean; readonly path: (t: Target) => string; readonly body: (t: Target) => unknown };
const always = () => true;
const operations: readonly Operation[] = [
  { name: 'lock', valid: (state) => state !== 'left', path: (t) => `/accounts/${t.account}/lock`, body: () => ({ reason: 'x' }) },
  { name: 'unlock', valid: (state) => state === 'locked', path: (t) => `/accounts/${t.account}/unlock`, body: () => ({}) },
  { name: 'leave', valid: (state) => state !== 'left', path: (t) => `/accounts/${t.account}/leave`, body: () => ({ reason: 'x' }) },
  { name: 'reset', valid: (state) => state === 'active', path: (t) => `/accounts/${t.account}/link`, body: () => ({}) },
  { name: 'end sessions', valid: always, path: (t) => `/accounts/${t.account}/sessions/end`, body: () => ({}) },
  { name: 'take the role', valid: always, path: (t) => `/grants/${t.grant}/end`, body: () => ({ reason: 'x' }) },
  {
    name: 'give a role', valid: (state) => state !== 'left', path: (t) => `/accounts/${t.account}/grants`,
    body: ({ place }) => ({ role: 'auditor', office: officeOf(place), post: 'khac', level: levelOf(place), ...place, from: '2026-11-18', until: null }),
  },
  { name: 'create an account', valid: always, path: () => '/accounts', body: ({ place }) => ({ name: 'Mới', userName: `moi-${newId()}`, email: null, office: officeOf(place), ...place }) },
];

async function surprises(server: TestServer): Promise<string[]> {
  const found: string[] = [];
  for (const [placeName, place] of Object.entries(places)) {
    for (const state of states) {
      const untouched = await target(server, place, state);
      const cases = everyone.flatMap((who) => operations.map((operation) => ({ who, operation })));
      for (let i = 0; i < cases.length; i += 6) {
        await Promise.all(cases.slice(i, i + 6).map(async ({ who, operation }) => {
          const allowed = mayAdminister(who.role, who.at, place) && operation.valid(state);
          const on = allowed ? await target(server, place, state) : untouched;
          const { status } = await server.call(who.actor, 'POST', operation.path(on), operation.body(on));
          const right = allowed ? status === 200 : [403, 404, 409].includes(status);
          if (!right) found.push(`${who.name}: ${operation.name} on ${state} at ${placeName} gives ${status}`);
        }));
      }
    }
  }
  return found;
}

describe('administration by role x operation x place x state', () => {
  let server: TestServer;
  before(async () => { server = await testServer([orgUnits, identity]); });
  after(() => server.close());

  test('R8: with both layers the matrix has no surprise', async () => {
    assert.deepEqual(await surprises(server), []);
  });

  test('R8: nobody unsigned and no role without the permission enters any route of administration', async () => {
    for (const { contract } of identity.routes.filter((route) => route.contract.who.startsWith('identity.'))) {
      const path = contract.path.replace(':id', newId());
      assert.equal((await server.call(undefined, contract.method, path)).status, 401, path);
      const holders = identity.permissions[contract.who] ?? [];
      for (const { role, actor, name } of everyone.filter((who) => !holders.includes(who.role))) {
        assert.equal((await server.call(actor, contract.method, path)).status, 403, `${name}: ${path} (${role})`);
      }
    }
  });

  test('R10 R16: with the policy off, row security alone lets nobody but the administrator of the place change an account, a role or a session', async () => {
    const at = '2026-11-18T04:00:00.000Z';
    for (const [placeName, place] of Object.entries(places)) {
      const kept = await target(server, place, 'active');
      for (const { name, role, at: from, actor } of everyone) {
        const allowed = mayAdminister(role, from, place);
        const on = allowed ? await target(server, place, 'active') : kept;
        const what = `${name} on ${placeName}`;
        assert.equal(await server.db.write(actor, (tx) => deleteSessionsOf(tx, on.account)), allowed ? 1 : 0, `${what}: sessions`);
        assert.equal(await server.db.write(actor, (tx) => endGrant(tx, on.grant, { at, by: actor.account, reason: 'x', request: null })).catch(() => 0), allowed ? 1 : 0, `${what}: end`);
        const granted = server.db.write(actor, (tx) => insertGrant(tx, {
          ...place, id: newId(), account: on.account, role: 'auditor', office: officeOf(place), post: 'q', level: levelOf(place), validFrom: '2026-11-18', validUntil: null,
          grantedBy: actor.account, at, delegatedFrom: null, twoBodyRequest: null,
        }));
        if (allowed) await granted;
        else await assert.rejects(granted, { code: '42501' }, `${what}: grant`);
        assert.equal(await server.db.write(actor, (tx) => setState(tx, on.account, 'locked', null, at)), allowed ? 1 : 0, `${what}: lock`);
      }
    }
  });

  test('R10 R16: row security alone: no role reads a password, nobody gives himself a role, and no single body gives or takes oversight', async () => {
    const at = '2026-11-18T04:00:00.000Z';
    const on = await target(server, { province: '01', commune: '00004' }, 'active');
    const overseer = await target(server, { province: '00', commune: null }, 'active');
    const grant = newId();
    const oversight = {
      id: grant, role: 'oversight', office: 'UBTP', post: 'o', level: 'nation', province: '00', commune: null, validFrom: '2026-01-01', validUntil: null, at, delegatedFrom: null, twoBodyRequest: null,
    };
    await server.db.write('system', (tx) => insertGrant(tx, { ...oversight, account: overseer.account, grantedBy: null }));
    for (const { name, actor } of everyone) {
      const seen = await server.db.read(actor, (tx) => findCandidate(tx, on.account));
      assert.ok(seen === undefined || seen.hash === null, `${name} reads the hash of a password`);
      for (const role of ['oversight', 'administrator']) {
        await assert.rejects(server.db.write(actor, (tx) => insertGrant(tx, { ...oversight, id: newId(), role, account: actor.account, grantedBy: actor.account })), { code: '42501' }, `${name} gives himself ${role}`);
      }
      await assert.rejects(server.db.write(actor, (tx) => insertGrant(tx, { ...oversight, id: newId(), account: on.account, grantedBy: actor.account })), { code: '42501' }, `${name} gives oversight`);
      const taken = await server.db.write(actor, (tx) => endGrant(tx, grant, { at, by: actor.account, reason: 'x', request: null })).catch(() => 0);
      assert.equal(taken, 0, `${name} takes oversight`);
      assert.equal(await server.db.write(actor, (tx) => setState(tx, overseer.account, 'locked', null, at)), 0, `${name} locks the overseer`);
    }
  });

  test('R10: unset settings show no row of any table', async () => {
    const app = new pg.Client({ connectionString: server.db.url });
    await app.connect();
    for (const table of Object.keys(identity.tables)) {
      assert.equal((await app.query(`select 1 from identity."${table}"`)).rowCount, 0, table);
    }
    await app.end();
  });

  test('R10: every table has row security, forced, also for its owner; every view runs with its reader\'s rights; nothing is a security definer', async () => {
    const { rows } = await catalogue(server, `
      select c.relname || ': ' || c.relkind::text as wrong from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('identity', 'identity_pub')
         and ((c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity))
           or (c.relkind = 'v' and not coalesce('security_invoker=true' = any (c.reloptions), false)))
      union all
      select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'identity' and p.prosecdef`);
    assert.deepEqual(rows, []);
    const tables = await catalogue(server, "select relname as name from pg_class where relnamespace = 'identity'::regnamespace and relkind = 'r' order by 1");
    assert.deepEqual(tables.rows.map((row) => row['name']), Object.keys(identity.tables).sort());
  });
});

describe('the same matrix with row security off', () => {
  let server: TestServer;
  before(async () => {
    server = await testServer([orgUnits, identity]);
    for (const table of Object.keys(identity.tables)) await catalogue(server, `alter table identity."${table}" disable row level security`);
  });
  after(() => server.close());

  test('R8 R10: the policy alone has no surprise', async () => {
    assert.deepEqual(await surprises(server), []);
  });

  test('R9 R10: the list and page of accounts hold only what the reader administers or oversees', async () => {
    for (const place of Object.values(places)) await target(server, place, 'active');
    for (const { role, at, actor, name } of everyone.filter((who) => who.role === 'administrator' || who.role === 'oversight')) {
      const { body } = await server.call<{ accounts: { id: string; province: string }[] }>(actor, 'GET', '/accounts?limit=200');
      const outside = body.accounts.filter((row) => role === 'administrator' && at.province !== '00' && row.province !== at.province);
      assert.deepEqual(outside, [], name);
    }
    const own = actorWith(grantAt('province-leader', { province: '01', commune: null }));
    const sessions = await server.call<{ sessions: unknown[] }>(own, 'GET', '/me/sessions');
    assert.deepEqual(sessions.body.sessions, []);
    assert.equal((await server.db.read(own, (tx) => tx.arrays(sql`select count(*)::int from identity.session`)))[0]?.[0] === 0, false, 'row security is really off');
  });
});

async function catalogue(server: TestServer, statement: string) {
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  try {
    return await owner.query<Record<string, string>>(statement);
  } finally {
    await owner.end();
  }
}
