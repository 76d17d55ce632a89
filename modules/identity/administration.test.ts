import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Type } from 'typebox';
import { shape } from '#kernel/shape.ts';
import { nowOf } from '#kernel/clock.ts';
import { sql } from '#platform/db/sql.ts';
import { sweepAway } from './actions/sweep.ts';
import { currentHolder } from './index.ts';
import { codeOf, inCommune, inProvince, nation, password, testSite, type Browser, type Held, type Person, type Site } from './test-site.test.ts';

let site: Site;
let root: Browser;
before(async () => {
  site = await testSite();
  await site.person('root', nation('administrator', 'BCA'), { demonstration: true });
});
beforeEach(async () => { root = await enter('root'); });
after(() => site.close());

async function enter(userName: string): Promise<Browser> {
  const browser = site.browser();
  assert.equal((await browser.send('POST', '/sign-in/demonstration', { userName })).status, 200);
  return browser;
}
const alive = async (browser: Browser) => (await browser.send('GET', '/me/sessions')).status === 200;
const wanted = ({ role, office, level, province, commune }: Held) => ({ role, office, level, province, commune, post: 'officer', from: '2026-11-18', until: null });
const eventsOf = async (type: string, account: string) => site.db.read('system', (tx) => tx.rows(shape({ payload: Type.Record(Type.String(), Type.Unknown()) }), sql`
  select payload from platform.outbox where type = ${type} and payload ->> 'account' = ${account} order by at`));
const entriesWith = async (action: string) => site.db.read('system', async (tx) => (await tx.arrays(sql`select to_jsonb(l)::text from log.leaf l`)).filter(([entry]) => String(entry).includes(action)).length);

describe('accounts and roles', () => {
  test('an account is made with a one-time link; its person sets name, password and factor and works with the role given', async () => {
    const made = await root.send('POST', '/accounts', { name: 'Lê Văn Xã', userName: 'Le.Van.Xa', email: 'xa@example.gov.vn', office: 'UBND:01:00004', province: '01', commune: '00004' });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    const id = String(made.body['id']);
    assert.equal((await root.send('POST', `/accounts/${id}/grants`, wanted(inCommune('commune-officer', '01', '00004')))).status, 200);
    const person = site.browser();
    const token = String(made.body['link']).split('#')[1];
    const step = await person.send('POST', '/invitations/accept', { token, name: 'Lê Văn Xã', userName: 'le.van.xa', password });
    assert.equal(step.body['stage'], 'enrolment');
    const { body } = await person.send('POST', '/factors/totp', {});
    assert.equal((await person.send('POST', '/factors/totp/confirm', { code: codeOf({ secret: String(body['secret']) }, site.now()) })).body['stage'], 'full');
    const session = await person.send('GET', '/session');
    assert.equal((session.body['grants'] as { role: string }[])[0]?.role, 'commune-officer');
    assert.equal((await site.browser().send('POST', '/invitations/accept', { token, name: 'Kẻ lạ', userName: 'ke.la', password })).body['code'], 'invitation-not-valid');
    const found = await root.send('GET', '/accounts?search=le%20van%20xa');
    assert.deepEqual((found.body['accounts'] as { name: string }[]).map((row) => row.name), ['Lê Văn Xã']);
    const again = await root.send('POST', '/accounts', { name: 'Khác', userName: 'le.van.xa', email: null, office: 'BCA', province: '00', commune: null });
    assert.deepEqual([again.status, again.body['code']], [409, 'user-name-taken']);
  });

  test('a reset stops the old password and factor at once; the link sets new ones', async () => {
    const person = await site.person('mat-may', inProvince('province-secretary', '01'));
    const browser = site.browser();
    await browser.signIn(person);
    const reset = await root.send('POST', `/accounts/${person.id}/link`, {});
    assert.equal(await alive(browser), false);
    assert.equal((await site.browser().signIn(person)).status, 401);
    const fresh = site.browser();
    const step = await fresh.send('POST', '/invitations/accept', { token: String(reset.body['link']).split('#')[1], name: 'Người mat-may', userName: 'x', password: 'mot-dem-trang-o-bien-ho' });
    assert.deepEqual([step.body['stage']], ['enrolment']);
  });

  test('R16: nobody gives a role to himself, and administration stands apart from all other work', async () => {
    const { body } = await root.send('GET', '/session');
    const own = (body['account'] as { id: string }).id;
    assert.equal((await root.send('POST', `/accounts/${own}/grants`, wanted(nation('auditor')))).body['code'], 'own-account');
    const worker = await site.person('lam-viec', inProvince('province-leader', '01'));
    assert.equal((await root.send('POST', `/accounts/${worker.id}/grants`, wanted(nation('administrator')))).body['code'], 'duties-not-separate');
    const other = await site.person('quan-tri-tinh', inProvince('administrator', '01'));
    assert.equal((await root.send('POST', `/accounts/${other.id}/grants`, wanted(inProvince('province-leader', '01')))).body['code'], 'duties-not-separate');
  });

  test("R4: a province's administrator makes no administrator and reaches no other province", async () => {
    await site.person('qt-01', inProvince('administrator', '01'), { demonstration: true });
    const province = await enter('qt-01');
    const here = await site.person('o-day', undefined, { homeOf: inProvince('auditor', '01') });
    const there = await site.person('o-kia', undefined, { homeOf: inProvince('auditor', '04') });
    assert.equal((await province.send('POST', `/accounts/${here.id}/grants`, wanted(inProvince('administrator', '01')))).body['code'], 'role-wider-than-yours');
    assert.equal((await province.send('POST', `/accounts/${here.id}/grants`, wanted(nation('ministry')))).body['code'], 'place-not-yours');
    assert.equal((await province.send('POST', `/accounts/${here.id}/grants`, wanted(inProvince('province-leader', '04')))).body['code'], 'place-not-yours');
    assert.equal((await province.send('POST', `/accounts/${there.id}/lock`, { reason: 'thử' })).status, 404);
    assert.equal((await province.send('POST', `/accounts/${here.id}/grants`, wanted(inProvince('province-leader', '01')))).status, 200);
    const listed = (await province.send('GET', '/accounts?limit=200')).body['accounts'] as { province: string }[];
    assert.ok(listed.length > 0 && listed.every((row) => row.province === '01'));
  });

  test('a person who leaves hands over: every role ends, each post is told, and the post stands vacant for the next holder', async () => {
    const person = await site.person('ra-di', inProvince('province-secretary', '04'));
    assert.equal((await site.db.read('system', (tx) => currentHolder(tx, 'UBND:04', 'officer', '2026-11-18')))?.account, person.id);
    assert.deepEqual((await root.send('POST', `/accounts/${person.id}/leave`, { reason: 'Chuyển công tác' })).body, { ended: 1 });
    const [event] = await eventsOf('identity.grant-ended', person.id);
    assert.deepEqual([event?.payload['office'], event?.payload['post'], event?.payload['role']], ['UBND:04', 'officer', 'province-secretary']);
    assert.equal(await site.db.read('system', (tx) => currentHolder(tx, 'UBND:04', 'officer', '2026-11-18')), undefined);
    assert.equal((await site.browser().signIn(person)).status, 401);
  });

  test('a role past its last day gives nothing any more, and the hourly sweep tells its post once', async () => {
    const giver = await site.person('het-han', inProvince('province-leader', '01'));
    const taker = await site.person('duoc-giao', inProvince('province-secretary', '01'));
    const browser = site.browser();
    await browser.signIn(giver);
    assert.equal((await browser.send('POST', '/me/delegations', { grant: giver.grant, account: taker.id, from: '2026-11-18', until: '2026-11-18' })).status, 200);
    const sweep = () => sweepAway(site, nowOf(new Date('2026-11-19T03:00:00.000Z')));
    await sweep();
    await sweep();
    const events = await eventsOf('identity.grant-ended', taker.id);
    assert.deepEqual(events.map(({ payload }) => [payload['role'], payload['delegated']]), [['province-leader', true]]);
  });

  test('R25: each act of administration has its entry in the log, without names', async () => {
    const person = await site.person('ghi-so', inProvince('province-secretary', '01'));
    const before = await entriesWith('identity.account-locked');
    const answer = await root.send('POST', `/accounts/${person.id}/lock`, { reason: 'Lý do nêu tên Nguyễn Văn Kín' });
    assert.match(String(answer.headers['x-sauro-leaf']), /^01\/[0-9a-f]{64}$/);
    assert.equal(await entriesWith('identity.account-locked'), before + 1);
    assert.equal(await entriesWith('Nguyễn Văn Kín'), 0);
  });
});

describe('what ends a session', () => {
  const acts: readonly [string, (person: Person) => Promise<unknown>][] = [
    ['a lock', (person) => root.send('POST', `/accounts/${person.id}/lock`, { reason: 'thử' })],
    ['leaving', (person) => root.send('POST', `/accounts/${person.id}/leave`, { reason: 'thử' })],
    ['a role taken away', (person) => root.send('POST', `/grants/${person.grant}/end`, { reason: 'thử' })],
    ['a role given', (person) => root.send('POST', `/accounts/${person.id}/grants`, wanted(inProvince('auditor', '01')))],
  ];
  for (const [name, act] of acts) {
    test(`R5: ${name}: of 200 requests racing with it none that starts after its answer succeeds`, async () => {
      const person = await site.person(`dua-${acts.findIndex(([each]) => each === name)}`, inProvince('province-secretary', '01'));
      const browser = site.browser();
      await browser.signIn(person);
      const during = Array.from({ length: 100 }, () => browser.send('GET', '/me/sessions'));
      const [answer] = await Promise.all([act(person), ...during]);
      assert.equal((answer as { status: number }).status, 200);
      const afterwards = await Promise.all(Array.from({ length: 100 }, () => browser.send('GET', '/me/sessions')));
      assert.deepEqual([...new Set(afterwards.map(({ status }) => status))], [401]);
    });
  }

  test('R5: a delegation gives the role until its last day, and the next request after its end is without it', async () => {
    const giver = await site.person('uy-quyen', inProvince('province-leader', '01'));
    const taker = await site.person('nhan-uq', inProvince('province-secretary', '01'));
    const [from, to] = [site.browser(), site.browser()];
    await from.signIn(giver);
    await to.signIn(taker);
    const ask = { grant: giver.grant, account: taker.id, from: '2026-11-18', until: '2026-11-20' };
    assert.equal((await from.send('POST', '/me/delegations', { ...ask, until: '2028-01-01' })).body['code'], 'delegation-too-long');
    const elsewhere = await site.person('noi-khac', inProvince('province-secretary', '04'));
    assert.equal((await from.send('POST', '/me/delegations', { ...ask, account: elsewhere.id })).body['code'], 'delegate-other-office');
    const given = await from.send('POST', '/me/delegations', ask);
    assert.equal(given.status, 200, JSON.stringify(given.body));
    const rolesOf = async (browser: Browser) => ((await browser.send('GET', '/session')).body['grants'] as { role: string }[]).map((grant) => grant.role);
    assert.deepEqual(await rolesOf(to), ['province-secretary', 'province-leader']);
    const delegated = ((await to.send('GET', '/me/delegations')).body['delegations'] as { id: string }[])[0]?.id;
    assert.equal((await to.send('POST', '/me/delegations', { ...ask, grant: delegated, account: giver.id })).body['code'], 'delegation-of-delegation');
    assert.equal((await from.send('POST', `/me/delegations/${String(given.body['id'])}/end`, {})).status, 200);
    assert.deepEqual(await rolesOf(to), ['province-secretary']);
    assert.equal((await from.send('POST', '/me/delegations', ask)).status, 200);
    await root.send('POST', `/accounts/${giver.id}/lock`, { reason: 'thử' });
    assert.deepEqual(await rolesOf(to), ['province-secretary'], 'a locked giver gives nothing');
    await root.send('POST', `/accounts/${giver.id}/unlock`, {});
    assert.deepEqual(await rolesOf(to), ['province-secretary', 'province-leader']);
    site.pass(3 * 86_400);
    const later = site.browser();
    await later.signIn(taker);
    assert.deepEqual(await rolesOf(later), ['province-secretary']);
  });
});

describe('the oversight role', () => {
  const ask = (browser: Browser, kind: string, account: string) => browser.send('POST', '/oversight/requests', { kind, account, office: 'UBTP', reason: 'Theo quyết định' });

  test('E12 R16: the operator alone can neither make nor remove oversight; two bodies can', async () => {
    const overseer = await site.person('giam-sat', undefined, { demonstration: true, homeOf: nation('auditor', 'UBTP') });
    await site.person('root-2', nation('administrator', 'VPCP'), { demonstration: true });
    await site.person('root-3', nation('administrator', 'BCA'), { demonstration: true });
    const [second, sameOffice] = [await enter('root-2'), await enter('root-3')];
    assert.equal((await root.send('POST', `/accounts/${overseer.id}/grants`, wanted(nation('oversight')))).body['code'], 'two-bodies-needed');

    const request = await ask(root, 'oversight-grant', overseer.id);
    const path = `/oversight/requests/${String(request.body['id'])}/confirm`;
    assert.equal((await root.send('POST', path, {})).body['code'], 'two-bodies-same-person');
    assert.equal((await sameOffice.send('POST', path, {})).body['code'], 'two-bodies-same-office');
    assert.equal((await second.send('POST', path, {})).status, 200);
    assert.equal((await second.send('POST', path, {})).body['code'], 'request-decided');

    const watching = await enter('giam-sat');
    assert.deepEqual(((await watching.send('GET', '/session')).body['grants'] as { role: string }[]).map((grant) => grant.role), ['oversight']);
    assert.equal((await watching.send('GET', '/accounts')).status, 200);
    assert.equal((await watching.send('POST', `/accounts/${overseer.id}/lock`, { reason: 'thử' })).status, 403);

    const page = await root.send('GET', `/accounts/${overseer.id}`);
    const grant = (page.body['grants'] as { id: string }[])[0]?.id;
    for (const [where, body] of [[`/grants/${grant}/end`, { reason: 'x' }], [`/accounts/${overseer.id}/lock`, { reason: 'x' }], [`/accounts/${overseer.id}/leave`, { reason: 'x' }], [`/accounts/${overseer.id}/link`, {}]] as const) {
      assert.equal((await root.send('POST', where, body)).body['code'], 'two-bodies-needed', where);
    }
    const removal = await ask(root, 'oversight-removal', overseer.id);
    const removing = `/oversight/requests/${String(removal.body['id'])}/confirm`;
    assert.equal((await second.send('POST', removing, {})).body['code'], 'two-bodies-same-role', 'two administrators are one body: the operator');
    assert.equal((await watching.send('POST', removing, {})).status, 200);
    assert.equal(await alive(watching), false);
    assert.equal((await root.send('POST', `/accounts/${overseer.id}/lock`, { reason: 'thử' })).status, 200);
  });

  test('E12: administration and oversight reach no content: row security gives them no place', async () => {
    const { actorOf } = await import('./actions/authenticate.ts');
    const { findSession } = await import('./store/sessions.ts');
    const { tokenHash } = await import('#platform/crypto/token.ts');
    const session = await site.db.read('system', (tx) => findSession(tx, tokenHash(root.cookies.get('__Host-sauro') ?? ''), '2026-11-18'));
    assert.ok(session);
    for (const role of ['administrator', 'oversight'] as const) {
      const actor = actorOf({ ...session, grants: session.grants.map((grant) => ({ ...grant, role })) });
      const [row] = await site.db.read(actor, (tx) => tx.arrays(sql`select platform.reaches('01', null), platform.reaches('00', null), platform.at_office('BCA'), platform.has_role(${role})`));
      assert.deepEqual(row, [false, false, false, true]);
    }
  });
});
