import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { passwordsHashed } from '#platform/crypto/password.ts';
import { inProvince, password, testSite, type Browser, type Site } from './test-site.test.ts';

const tries = 10_000;
const wrong = (i: number) => `doan-mo-lan-thu-${i}`;

/** So many tries within one minute, a hundred at a time. @returns how many guesses were hashed */
async function stuff(site: Site, browserOf: (i: number) => Browser, userNameOf: (i: number) => string): Promise<number> {
  const before = passwordsHashed();
  for (let i = 0; i < tries; i += 100) {
    const batch = Array.from({ length: 100 }, (_, j) => browserOf(i + j).send('POST', '/sign-in/password', { userName: userNameOf(i + j), password: wrong(i + j) }));
    const answers = await Promise.all(batch);
    assert.ok(answers.every(({ status }) => [401, 429, 503].includes(status)), String(answers.map((a) => a.status)));
    site.pass(0.5);
  }
  return passwordsHashed() - before;
}

describe('slowing of guesses', () => {
  let site: Site;
  before(async () => {
    process.env['SAURO_INSECURE_HTTP'] = '1'; // addresses other than this machine's, without a certificate
    site = await testSite();
  });
  after(async () => {
    delete process.env['SAURO_INSECURE_HTTP'];
    await site.close();
  });

  test('R7: of 10,000 guesses at one account from one address block at most 20 reach the hash, and the person enters meanwhile', async () => {
    const person = await site.person('muc-tieu', inProvince('province-secretary', '01'));
    const attacker = site.browser('10.9.9.9');
    assert.ok((await stuff(site, () => attacker, () => person.userName)) <= 20);
    const refused = await attacker.send('POST', '/sign-in/password', { userName: person.userName, password });
    assert.deepEqual([refused.status, refused.body['code']], [429, 'too-many-tries']);
    assert.equal(refused.headers['retry-after'], String(refused.body['retryAfterSeconds']));
    const real = await site.browser('10.1.1.1').send('POST', '/sign-in/password', { userName: person.userName, password });
    assert.equal(real.status, 200);
  });

  test('R7: of 10,000 guesses at one account from everywhere at most 20 reach the hash, and a browser that signed in before enters at once', async () => {
    const person = await site.person('muc-tieu-2', inProvince('province-secretary', '01'));
    const own = site.browser('10.1.1.2');
    assert.equal((await own.signIn(person)).status, 200);
    await own.send('POST', '/session/end', {});
    assert.ok((await stuff(site, (i) => site.browser(`10.${20 + (i % 200)}.${Math.floor(i / 200)}.1`), () => person.userName)) <= 20);
    assert.equal((await own.send('POST', '/sign-in/password', { userName: person.userName, password })).status, 200);
  });

  test('R7: one address block that tries 10,000 accounts gets at most 20 guesses', async () => {
    const attacker = site.browser('10.8.8.8');
    assert.ok((await stuff(site, () => attacker, (i) => `ai-do-${i}`)) <= 20);
  });

  test('R7: it is a delay and no lock-out: after the announced wait the next try is judged', async () => {
    const person = await site.person('cham', inProvince('province-secretary', '01'));
    const browser = site.browser('10.7.7.7');
    let answer = await browser.send('POST', '/sign-in/password', { userName: person.userName, password: wrong(0) });
    for (let i = 1; answer.status !== 429; i += 1) answer = await browser.send('POST', '/sign-in/password', { userName: person.userName, password: wrong(i) });
    site.pass(Number(answer.headers['retry-after']));
    assert.equal((await browser.send('POST', '/sign-in/password', { userName: person.userName, password })).status, 200);
  });

  test('R7: a restart does not forget: another process on the same database refuses too', async () => {
    const { passGate, passwordTry } = await import('./actions/attempts.ts');
    const { openDatabase } = await import('#platform/db/database.ts');
    const tried = passwordTry('nguoi-khac', '10.6.6.6', undefined);
    let last = await passGate(site.db, tried, site.now());
    while (last.ok) last = await passGate(site.db, tried, site.now());
    const restarted = openDatabase(site.db.url, { max: 2 });
    const answer = await passGate(restarted, tried, site.now());
    await restarted.close();
    assert.equal(answer.ok, false);
  });
});
