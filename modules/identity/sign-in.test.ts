import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { passwordsHashed } from '#platform/crypto/password.ts';
import { tokenHash } from '#platform/crypto/token.ts';
import { codeOf, inProvince, nation, password, testSite, type Browser, type Person, type Site } from './test-site.test.ts';

let site: Site;
before(async () => { site = await testSite(); });
after(() => site.close());

const cookie = '__Host-sauro';
const stage = async (browser: Browser) => (await browser.send('GET', '/session')).body['stage'];

async function withPassword(person: Person): Promise<Browser> {
  const browser = site.browser();
  assert.equal((await browser.send('POST', '/sign-in/password', { userName: person.userName, password })).status, 200);
  return browser;
}

describe('signing in with two factors', () => {
  test('name, password and code open a session that says who is signed in', async () => {
    const person = await site.person('an', inProvince('province-secretary', '01'));
    const browser = site.browser();
    const first = await browser.send('POST', '/sign-in/password', { userName: ' AN ', password });
    assert.deepEqual([first.status, first.body], [200, { stage: 'second-factor', factors: ['totp'] }]);
    const second = await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) });
    assert.deepEqual([second.status, second.body], [200, { stage: 'full', factors: [] }]);
    const { body } = await browser.send('GET', '/session');
    assert.equal(body['stage'], 'full');
    assert.deepEqual(body['grants'], [{
      id: person.grant, role: 'province-secretary', office: 'UBND:01', post: 'officer', level: 'province', province: '01', commune: null, validFrom: '2026-01-01', validUntil: null, delegated: false,
    }]);
  });

  test('R1: of 50 parallel uses of one code, from 50 sessions that know the password, exactly one succeeds', async () => {
    const person = await site.person('binh', inProvince('province-secretary', '01'));
    const browsers: Browser[] = [];
    for (let i = 0; i < 50; i += 1) browsers.push(await withPassword(person));
    const code = codeOf(person, site.now());
    const answers = await Promise.all(browsers.map((browser) => browser.send('POST', '/sign-in/totp', { code })));
    assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
    assert.ok(answers.every(({ status }) => [200, 401, 429].includes(status)), JSON.stringify(answers.map((a) => a.status)));
    const signedIn = await Promise.all(browsers.map(stage));
    assert.equal(signedIn.filter((each) => each === 'full').length, 1);
  });

  test('R1: of 50 parallel uses of one code in one session exactly one succeeds', async () => {
    const person = await site.person('binh2', inProvince('province-secretary', '01'));
    const browser = await withPassword(person);
    const held = new Map(browser.cookies);
    const code = codeOf(person, site.now());
    const answers = await Promise.all(Array.from({ length: 50 }, () => browser.send('POST', '/sign-in/totp', { code })));
    assert.equal(answers.filter((answer) => answer.status === 200).length, 1);
    assert.notEqual(browser.cookies.get(cookie), held.get(cookie));
  });

  test('R1: a code seen over the shoulder is worth nothing once used, even within its half minute', async () => {
    const person = await site.person('chi', inProvince('province-secretary', '01'));
    const owner = await withPassword(person);
    const thief = await withPassword(person);
    const code = codeOf(person, site.now());
    assert.equal((await owner.send('POST', '/sign-in/totp', { code })).status, 200);
    const replay = await thief.send('POST', '/sign-in/totp', { code });
    assert.deepEqual([replay.status, replay.body['code']], [401, 'code-wrong']);
  });

  test('five wrong codes end the sign-in; the password is asked again', async () => {
    const person = await site.person('dung', inProvince('province-secretary', '01'));
    const browser = await withPassword(person);
    for (let i = 0; i < 5; i += 1) {
      site.pass(61);
      const wrong = await browser.send('POST', '/sign-in/totp', { code: '000000' });
      assert.equal(wrong.body['code'], 'code-wrong');
    }
    site.pass(61);
    assert.equal((await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) })).body['code'], 'sign-in-expired');
  });

  test('R1: an account without a second factor can do nothing but set one up', async () => {
    const person = await site.person('giang', inProvince('province-secretary', '01'), { totp: false });
    const browser = site.browser();
    const first = await browser.send('POST', '/sign-in/password', { userName: person.userName, password });
    assert.deepEqual(first.body, { stage: 'enrolment', factors: ['totp', 'passkey'] });
    assert.equal((await browser.send('GET', '/me/sessions')).status, 401);
    const begun = await browser.send('POST', '/factors/totp', {});
    assert.match(String(begun.body['qrSvg']), /^<svg/);
    assert.match(String(begun.body['uri']), /^otpauth:\/\/totp\/S%C3%A1u%20R%C3%B5:giang\?/);
    assert.equal((await browser.send('POST', '/factors/totp/confirm', { code: '000000' })).body['code'], 'code-wrong');
    const secret = String(begun.body['secret']);
    const done = await browser.send('POST', '/factors/totp/confirm', { code: codeOf({ secret }, site.now()) });
    assert.deepEqual(done.body, { stage: 'full', factors: [] });
    assert.equal((await browser.send('GET', '/me/sessions')).status, 200);
  });

  test('R1: a stolen password cannot add a factor of its own to an account that has one', async () => {
    const person = await site.person('ha', inProvince('province-secretary', '01'));
    const thief = await withPassword(person);
    assert.equal((await thief.send('POST', '/factors/totp', {})).body['code'], 'sign-in-needed');
  });

  test('R1: beginning a new authenticator app and giving up leaves the old one in force', async () => {
    const person = await site.person('hoi', inProvince('province-secretary', '01'));
    const browser = site.browser();
    await browser.signIn(person);
    assert.equal((await browser.send('POST', '/factors/totp', {})).status, 200);
    assert.deepEqual((await withPassword(person).then((again) => again.send('GET', '/session'))).body['stage'], 'second-factor');
    assert.equal((await site.browser().signIn(person)).status, 200);
  });

  test('R1: an administrator with only an authenticator app must set up a passkey before anything else', async () => {
    const person = await site.person('khanh', nation('administrator'));
    const answer = await site.browser().signIn(person);
    assert.deepEqual(answer.body, { stage: 'enrolment', factors: ['passkey'] });
  });
});

describe('what a guesser learns', () => {
  test('R2: an unknown name, a wrong password, a locked account and an invited one get one answer for one hashing', async () => {
    await site.person('lan', inProvince('province-secretary', '01'));
    const locked = await site.person('mai', inProvince('province-secretary', '01'));
    await site.db.write('system', (tx) => tx.run({ text: "update identity.account set state = 'locked' where id = $1", values: [locked.id] }));
    const ask = async (userName: string, typed: string) => {
      const before = passwordsHashed();
      const { status, body } = await site.browser().send('POST', '/sign-in/password', { userName, password: typed });
      return { status, body, hashed: passwordsHashed() - before };
    };
    const unknown = await ask('khong-co-ai', 'mot-mat-khau-sai-hoan-toan');
    assert.deepEqual([unknown.status, unknown.hashed, unknown.body['code']], [401, 1, 'sign-in-failed']);
    assert.deepEqual(await ask('lan', 'mot-mat-khau-sai-hoan-toan'), unknown);
    assert.deepEqual(await ask('mai', password), unknown);
  });

  test('R2: a password of 100,000 characters is refused before any hashing', async () => {
    const before = passwordsHashed();
    const answer = await site.browser().send('POST', '/sign-in/password', { userName: 'lan', password: 'x'.repeat(100_000) });
    assert.deepEqual([answer.status, passwordsHashed() - before], [400, 0]);
  });

  test('R2: what is stored is Argon2id with 19 MiB and two passes', async () => {
    const person = await site.person('nga', inProvince('province-secretary', '01'));
    const rows = await site.db.read('system', (tx) => tx.arrays({ text: 'select hash from identity.password where account = $1', values: [person.id] }));
    assert.match(String(rows[0]?.[0]), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('sessions', () => {
  test('R3: the browser cannot choose its session, and each step gives a new token that makes the old one worthless', async () => {
    const person = await site.person('oanh', inProvince('province-secretary', '01'));
    const browser = site.browser();
    const planted = 'A'.repeat(43);
    browser.cookies.set(cookie, planted);
    await browser.send('POST', '/sign-in/password', { userName: person.userName, password });
    const halfWay = browser.cookies.get(cookie);
    assert.notEqual(halfWay, planted);
    await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) });
    const whole = browser.cookies.get(cookie);
    assert.notEqual(whole, halfWay);
    for (const old of [planted, halfWay ?? '']) {
      const other = site.browser();
      other.cookies.set(cookie, old);
      assert.equal(await stage(other), 'none');
    }
    site.pass(30);
    const fresh = await browser.send('POST', '/session/step-up', { kind: 'totp', code: codeOf(person, site.now()) });
    assert.equal(fresh.status, 200);
    const stale = site.browser();
    stale.cookies.set(cookie, whole ?? '');
    assert.equal(await stage(stale), 'none');
    assert.equal(await stage(browser), 'full');
  });

  test('R3: the cookie is __Host-, HttpOnly, Secure, Strict, for the whole site', async () => {
    const person = await site.person('phuc', inProvince('province-secretary', '01'));
    const answer = await site.browser().send('POST', '/sign-in/password', { userName: person.userName, password });
    const header = [answer.headers['set-cookie']].flat().find((line) => String(line).startsWith(`${cookie}=`));
    for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) assert.match(String(header), new RegExp(part));
    assert.doesNotMatch(String(header), /Domain/);
  });

  test('R3: over plain http from another machine signing in is refused with the reason', async () => {
    const person = await site.person('phu', inProvince('province-secretary', '01'));
    const answer = await site.browser('10.1.2.3').send('POST', '/sign-in/password', { userName: person.userName, password });
    assert.deepEqual([answer.status, answer.body['code']], [403, 'connection-not-safe']);
  });

  test('R3: a session is over after sign-out, after 30 idle minutes, and after 12 hours of work', async () => {
    const person = await site.person('quan', inProvince('province-secretary', '01'));
    const out = site.browser();
    await out.signIn(person);
    const kept = out.cookies.get(cookie) ?? '';
    await out.send('POST', '/session/end', {});
    out.cookies.set(cookie, kept);
    assert.equal(await stage(out), 'none');

    const idle = site.browser();
    await idle.signIn(person);
    site.pass(29 * 60);
    assert.equal((await idle.send('GET', '/me/sessions')).status, 200);
    site.pass(29 * 60);
    assert.equal((await idle.send('GET', '/me/sessions')).status, 200);
    site.pass(31 * 60);
    assert.equal((await idle.send('GET', '/me/sessions')).status, 401);

    const working = site.browser();
    await working.signIn(person);
    for (let minutes = 0; minutes < 12 * 60 - 25; minutes += 25) {
      assert.equal((await working.send('GET', '/me/sessions')).status, 200);
      site.pass(25 * 60);
    }
    site.pass(25 * 60);
    assert.equal((await working.send('GET', '/me/sessions')).status, 401);
  });

  test('R3: a dump of the database signs nobody in: no token and no readable second factor is in it', async () => {
    const person = await site.person('son', inProvince('province-secretary', '01'));
    const browser = site.browser();
    await browser.signIn(person);
    const owner = new pg.Client({ connectionString: site.ownerUrl });
    await owner.connect();
    await owner.query("set sauro.system = 'on'");
    const tables = await owner.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'identity' and table_type = 'BASE TABLE'");
    let dump = '';
    for (const { name } of tables.rows) dump += JSON.stringify((await owner.query(`select * from identity."${name}"`)).rows);
    await owner.end();
    assert.ok(dump.includes(tokenHash(browser.cookies.get(cookie) ?? '')), 'the session is in the dump, as a hash');
    for (const secret of [...browser.cookies.values(), person.secret, password]) assert.ok(!dump.includes(secret));
    const thief = site.browser();
    thief.cookies.set(cookie, tokenHash(browser.cookies.get(cookie) ?? ''));
    assert.equal(await stage(thief), 'none');
  });

  test('R6: an act that asks for a fresh factor is refused until it is shown again', async () => {
    const person = await site.person('tam', inProvince('province-secretary', '01'));
    const browser = site.browser();
    await browser.signIn(person);
    site.pass(11 * 60);
    assert.equal((await browser.send('POST', '/me/delegations', {})).body['code'], 'step-up-needed');
    assert.equal((await browser.send('POST', '/session/step-up', { kind: 'totp', code: '000000' })).body['code'], 'code-wrong');
    assert.equal((await browser.send('POST', '/session/step-up', { kind: 'demonstration' })).body['code'], 'demonstration-only');
    assert.equal((await browser.send('POST', '/session/step-up', { kind: 'totp', code: codeOf(person, site.now()) })).status, 200);
    assert.equal((await browser.send('POST', '/me/delegations', {})).body['code'], 'input-invalid', 'past the door, the empty body is what is wrong');
  });

  test('my account lists my sessions and ends the others', async () => {
    const person = await site.person('uyen', inProvince('province-secretary', '01'));
    const [desk, phone] = [site.browser(), site.browser()];
    await desk.signIn(person);
    await phone.signIn(person);
    const listed = await desk.send('GET', '/me/sessions');
    assert.equal((listed.body['sessions'] as unknown[]).length, 2);
    assert.deepEqual((await desk.send('POST', '/me/sessions/end-others', {})).body, { ended: 1 });
    assert.deepEqual([await stage(desk), await stage(phone)], ['full', 'none']);
  });

  test('a new password ends the other sessions, and the old one no longer signs in', async () => {
    const person = await site.person('vinh', inProvince('province-secretary', '01'));
    const [desk, phone] = [site.browser(), site.browser()];
    await desk.signIn(person);
    await phone.signIn(person);
    const next = 'ke-chuyen-ngay-xua-ben-bep-lua';
    assert.equal((await desk.send('POST', '/me/password', { current: 'sai-roi-sai-roi', next })).body['code'], 'password-wrong');
    assert.equal((await desk.send('POST', '/me/password', { current: password, next: 'Matkhau@12345' })).body['code'], 'password-common');
    assert.equal((await desk.send('POST', '/me/password', { current: password, next })).status, 200);
    assert.deepEqual([await stage(desk), await stage(phone)], ['full', 'none']);
    assert.equal((await site.browser().signIn(person)).status, 401);
    assert.equal((await site.browser().signIn(person, next)).status, 200);
  });
});
