import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { nowOf } from '#kernel/clock.ts';
import { authenticate, firstAdministratorLink, seedDemonstrationAccounts, demonstrationPassword, type DemonstrationAccount } from './index.ts';
import { codeOf, inProvince, password, start, testSite, type Site } from './test-site.test.ts';

const demo: DemonstrationAccount[] = [
  { userName: 'demo-tinh', name: 'Trình diễn', role: 'province-secretary', office: 'UBND:01', post: 'secretary', level: 'province', province: '01', commune: null, validFrom: '2026-01-01' },
  { userName: 'demo-xa', name: 'Trình diễn', role: 'commune-officer', office: 'UBND:01:00004', post: 'officer', level: 'commune', province: '01', commune: '00004', validFrom: '2026-01-01' },
];

describe('demonstration mode', () => {
  let site: Site;
  before(async () => { site = await testSite(); });
  after(() => site.close());

  test('thousands of accounts are made in one go, and any of them signs in with one click or the printed password', async () => {
    const many = Array.from({ length: 6000 }, (_, i): DemonstrationAccount => ({ ...demo[1] ?? demo[0] as DemonstrationAccount, userName: `xa-${i}` }));
    assert.equal(await site.db.write('system', (tx) => seedDemonstrationAccounts(tx, [...demo, ...many], start)), 6002);
    const options = await site.browser().send('GET', '/sign-in/options');
    assert.deepEqual(options.body['demonstration'], [
      { userName: 'demo-xa', name: 'Trình diễn', role: 'commune-officer', office: 'UBND:01:00004' },
      { userName: 'demo-tinh', name: 'Trình diễn', role: 'province-secretary', office: 'UBND:01' },
    ]);
    const click = site.browser();
    assert.deepEqual((await click.send('POST', '/sign-in/demonstration', { userName: 'xa-5999' })).body, { stage: 'full', factors: [] });
    assert.equal((await click.send('GET', '/me/sessions')).status, 200);
    assert.equal((await click.send('POST', '/session/step-up', { kind: 'demonstration' })).status, 200);
    const typed = site.browser();
    assert.deepEqual((await typed.send('POST', '/sign-in/password', { userName: 'demo-tinh', password: demonstrationPassword })).body, { stage: 'full', factors: [] });
  });

  test('a real account is not signed in by a click', async () => {
    const person = await site.person('that', inProvince('province-secretary', '01'));
    assert.equal((await site.browser().send('POST', '/sign-in/demonstration', { userName: person.userName })).status, 401);
  });
});

describe('production mode', () => {
  let site: Site;
  before(async () => { site = await testSite({ mode: 'production' }); });
  after(() => site.close());

  test('R1: demonstration accounts do not sign in, by click or by password, and are not listed', async () => {
    await site.db.write('system', (tx) => seedDemonstrationAccounts(tx, demo, start));
    const browser = site.browser();
    assert.deepEqual((await browser.send('GET', '/sign-in/options')).body, { mode: 'production', passkeys: true, oidc: false, demonstration: [] });
    assert.equal((await browser.send('POST', '/sign-in/demonstration', { userName: 'demo-tinh' })).body['code'], 'demonstration-only');
    assert.equal((await browser.send('POST', '/sign-in/password', { userName: 'demo-tinh', password: demonstrationPassword })).body['code'], 'sign-in-failed');
    assert.equal((await browser.send('GET', '/me/sessions')).status, 401);
  });

  test('a session left from demonstration mode is worth nothing in production', async () => {
    const demonstration = await testSite();
    await demonstration.db.write('system', (tx) => seedDemonstrationAccounts(tx, demo, start));
    const browser = demonstration.browser();
    await browser.send('POST', '/sign-in/demonstration', { userName: 'demo-tinh' });
    const edge = { cookies: Object.fromEntries(browser.cookies), secure: true, address: '127.0.0.1', userAgent: '', rawUrl: '', setCookie: () => undefined, redirect: () => undefined };
    const now = nowOf(new Date(demonstration.now()));
    assert.equal((await authenticate(edge, demonstration.services, now))?.name, 'Trình diễn');
    assert.equal(await authenticate(edge, { ...demonstration.services, mode: 'production' }, now), undefined);
    await demonstration.close();
  });

  test('the first administrator enters by a link that works once, within a day, and only until there is one', async () => {
    const link = await firstAdministratorLink(site.services, 'http://localhost', nowOf(new Date(site.now())));
    assert.match(link ?? '', /^http:\/\/localhost\/invitation#[A-Za-z0-9_-]{43}$/);
    const token = (link ?? '').split('#')[1] ?? '';
    const browser = site.browser();
    assert.equal((await browser.send('POST', '/invitations/look', { token })).body['kind'], 'first-administrator');
    const accept = { token, name: 'Trần Thị Đầu', userName: 'tran.thi.dau', password };
    assert.equal((await browser.send('POST', '/invitations/accept', { ...accept, password: 'ngan' })).body['code'], 'password-too-short');
    const both = await Promise.all([browser.send('POST', '/invitations/accept', accept), site.browser().send('POST', '/invitations/accept', { ...accept, userName: 'tran.thi.hai' })]);
    assert.deepEqual(both.map((answer) => answer.status).sort(), [200, 404]);
    const done = both.find((answer) => answer.status === 200);
    assert.deepEqual(done?.body, { stage: 'enrolment', factors: ['passkey'] });
    assert.equal(await firstAdministratorLink(site.services, 'http://localhost', nowOf(new Date(site.now()))), undefined);
  });

  test('a link is dead after its day, and a wrong one is not told apart from it', async () => {
    const other = await testSite({ mode: 'production' });
    const link = await firstAdministratorLink(other.services, 'http://localhost', nowOf(new Date(other.now())));
    other.pass(24 * 3600 + 1);
    const old = await other.browser().send('POST', '/invitations/look', { token: (link ?? '').split('#')[1] });
    const wrong = await other.browser().send('POST', '/invitations/look', { token: 'A'.repeat(43) });
    assert.deepEqual([old.status, old.body], [404, wrong.body]);
    await other.close();
  });

  test('the code of an account that is not of the demonstration works as ever', async () => {
    const person = await site.person('thuc', inProvince('province-secretary', '01'));
    const browser = site.browser();
    await browser.send('POST', '/sign-in/password', { userName: person.userName, password });
    assert.equal((await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) })).status, 200);
  });
});
