import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { nation, password, testSite, type Browser, type Site } from './test-site.test.ts';

const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();
const text = (value: string) => Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)]);
const bytes = (value: Uint8Array) => Buffer.concat([value.length < 256 ? Buffer.from([0x58, value.length]) : Buffer.from([0x59, value.length >> 8, value.length & 255]), value]);

/** A security key in software: what a browser and its authenticator do together (WebAuthn level 2, ES256, no attestation). */
function securityKey(site = { origin: 'http://localhost', id: 'localhost' }, verifiesPerson = true) {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = pair.publicKey.export({ format: 'jwk' });
  const id = randomBytes(32);
  let counter = 0;
  const flags = (attested: boolean) => 0x01 | (verifiesPerson ? 0x04 : 0) | (attested ? 0x40 : 0);
  const dataOf = (attested: boolean, rest: Uint8Array = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    counter += 1;
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(site.id), Buffer.from([flags(attested)]), count, rest]);
  };
  const clientData = (type: string, challenge: string) => Buffer.from(JSON.stringify({ type, challenge, origin: site.origin, crossOrigin: false }));
  const coseKey = Buffer.concat([
    Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]), bytes(Buffer.from(jwk.x ?? '', 'base64url')), Buffer.from([0x22]), bytes(Buffer.from(jwk.y ?? '', 'base64url')),
  ]);
  const wrap = (response: Record<string, string>) => ({ id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {}, response });
  return {
    register(challenge: string) {
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, coseKey]);
      const attestation = Buffer.concat([Buffer.from([0xa3]), text('fmt'), text('none'), text('attStmt'), Buffer.from([0xa0]), text('authData'), bytes(dataOf(true, attested))]);
      return wrap({ clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'), attestationObject: attestation.toString('base64url') });
    },
    show(challenge: string) {
      const [data, client] = [dataOf(false), clientData('webauthn.get', challenge)];
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), pair.privateKey);
      return wrap({ clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url') });
    },
  };
}
type Key = ReturnType<typeof securityKey>;
const challengeOf = (body: Record<string, unknown>): string => String((body['options'] as { challenge: string }).challenge);

describe('passkeys', () => {
  let site: Site;
  before(async () => { site = await testSite(); });
  after(() => site.close());

  async function enrolled(userName: string, key: Key): Promise<Browser> {
    await site.person(userName, nation('administrator'), { totp: false });
    const browser = site.browser();
    await browser.send('POST', '/sign-in/password', { userName, password });
    const options = await browser.send('POST', '/factors/passkeys/options', {});
    const added = await browser.send('POST', '/factors/passkeys', { label: 'Khóa bàn làm việc', answer: key.register(challengeOf(options.body)) });
    assert.deepEqual([added.status, added.body], [200, { stage: 'full', factors: [] }], JSON.stringify(added.body));
    return browser;
  }
  async function show(browser: Browser, key: Key) {
    const options = await browser.send('POST', '/sign-in/passkey/options', {});
    return browser.send('POST', '/sign-in/passkey', { answer: key.show(challengeOf(options.body)) });
  }

  test('R1: an administrator sets up a passkey at the first sign-in; later it alone signs in, as two factors in one', async () => {
    const key = securityKey();
    const first = await enrolled('qt', key);
    assert.equal((await first.send('GET', '/accounts')).status, 200);
    const later = site.browser();
    assert.deepEqual((await show(later, key)).body, { stage: 'full', factors: [] });
    const { body } = await later.send('GET', '/factors');
    assert.deepEqual((body['passkeys'] as { label: string }[]).map((each) => each.label), ['Khóa bàn làm việc']);
  });

  test('it is also the second step after a password, and the step-up', async () => {
    const key = securityKey();
    await enrolled('qt2', key);
    const browser = site.browser();
    const first = await browser.send('POST', '/sign-in/password', { userName: 'qt2', password });
    assert.deepEqual(first.body, { stage: 'second-factor', factors: ['passkey'] });
    assert.equal((await show(browser, key)).status, 200);
    site.pass(11 * 60);
    const options = await browser.send('POST', '/session/step-up/options', {});
    assert.equal((await browser.send('POST', '/session/step-up', { kind: 'passkey', answer: key.show(challengeOf(options.body)) })).status, 200);
    assert.equal((await browser.send('POST', '/me/delegations', {})).body['code'], 'input-invalid', 'past the door, the empty body is what is wrong');
  });

  test('R1: an answer works once, for its own challenge, at this site only, and only after the key checked its person', async () => {
    const key = securityKey();
    await enrolled('qt3', key);
    const browser = site.browser();
    const options = await browser.send('POST', '/sign-in/passkey/options', {});
    const kept = browser.cookies.get('__Host-sauro-step') ?? '';
    const answer = key.show(challengeOf(options.body));
    assert.equal((await browser.send('POST', '/sign-in/passkey', { answer })).status, 200);
    const replay = site.browser();
    replay.cookies.set('__Host-sauro-step', kept);
    assert.equal((await replay.send('POST', '/sign-in/passkey', { answer })).body['code'], 'passkey-refused');
    assert.equal((await show(site.browser(), securityKey())).body['code'], 'passkey-refused', 'a key nobody registered');
    for (const wrong of [securityKey({ origin: 'http://localhost.example', id: 'localhost' }), securityKey({ origin: 'http://localhost', id: 'example' }), securityKey(undefined, false)]) {
      const asked = await browser.send('POST', '/factors/passkeys/options', {});
      assert.equal((await browser.send('POST', '/factors/passkeys', { label: 'x', answer: wrong.register(challengeOf(asked.body)) })).body['code'], 'passkey-refused');
    }
    assert.equal((await browser.send('POST', '/sign-in/passkey', { answer: { id: 'x', nonsense: [1, { a: null }] } })).status, 401);
  });

  test('the last factor cannot be removed', async () => {
    const browser = await enrolled('qt4', securityKey());
    const [only] = (await browser.send('GET', '/factors')).body['passkeys'] as { id: string }[];
    assert.equal((await browser.send('DELETE', `/factors/passkeys/${only?.id}`)).body['code'], 'last-factor');
    const second = securityKey();
    const options = await browser.send('POST', '/factors/passkeys/options', {});
    assert.equal((await browser.send('POST', '/factors/passkeys', { label: 'Khóa dự phòng', answer: second.register(challengeOf(options.body)) })).status, 200);
    assert.equal((await browser.send('DELETE', `/factors/passkeys/${only?.id}`)).status, 200);
  });
});
