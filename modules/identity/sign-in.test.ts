import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { codeOf, inProvince, password, testSite, type Site } from './test-site.ts';

describe('signing in', () => {
  let site: Site;
  before(async () => { site = await testSite(); });
  after(() => site.close());

  test('name, password and code open a session that says who is signed in', async () => {
    const person = await site.person('an', inProvince('province-secretary', '01'));
    const browser = site.browser();
    const first = await browser.send('POST', '/sign-in/password', { userName: ' AN ', password });
    assert.deepEqual([first.status, first.body], [200, { stage: 'second-factor', factors: ['totp'] }]);
    const second = await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) });
    assert.deepEqual([second.status, second.body], [200, { stage: 'full', factors: [] }]);
    const session = await browser.send('GET', '/session');
    assert.equal(session.body['stage'], 'full');
  });
});
