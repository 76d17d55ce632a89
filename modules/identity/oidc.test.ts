import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { codeOf, inProvince, password, testSite, type Browser, type Person, type Site } from './test-site.test.ts';

type Provider = { callback(): RequestListener };
type ProviderModule = { default: new (issuer: string, options: Record<string, unknown>) => Provider };
const packageName: string = 'oidc-provider'; // carries no types; its two used parts are named above

/** A foreign identity provider (npm oidc-provider) on this machine, with its own sign-in and consent pages. */
async function identityProvider(): Promise<{ issuer: string; server: Server }> {
  const server = createServer();
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const { default: OidcProvider } = (await import(packageName)) as ProviderModule; // see above
  const provider = new OidcProvider(issuer, {
    clients: [{ client_id: 'sauro', client_secret: 'bi-mat-chi-de-thu', redirect_uris: ['http://localhost/sign-in/oidc'], grant_types: ['authorization_code'], response_types: ['code'] }],
    cookies: { keys: ['khoa-thu'] }, pkce: { required: () => true },
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId, email: 'ai-cung-tu-khai@example.gov.vn' }) }),
  });
  server.on('request', provider.callback());
  return { issuer, server };
}

/** What a person's browser does there: follows redirects, signs in as `subject`, consents. @returns the query it comes back with */
async function signOnThere(url: string, subject: string): Promise<string> {
  const jar = new Map<string, string>();
  const go = async (to: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(to, {
      redirect: 'manual', headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }, ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  let response = await go(url);
  for (let i = 0; i < 12; i += 1) {
    const next = response.headers.get('location');
    if (next !== null) {
      const target = new URL(next, response.url);
      if (target.pathname === '/sign-in/oidc') return target.search;
      response = await go(target.href);
      continue;
    }
    const page = await response.text();
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? assert.fail(page.slice(0, 400));
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
    response = await go(new URL(action, response.url).href, { prompt, login: subject, password: 'x' });
  }
  throw new Error('the provider never came back');
}

describe('sign-on at another identity provider', () => {
  let site: Site;
  let provider: { issuer: string; server: Server };
  let person: Person;
  let own: Browser;
  before(async () => {
    provider = await identityProvider();
    Object.assign(process.env, { SAURO_OIDC_ISSUER: provider.issuer, SAURO_OIDC_CLIENT_ID: 'sauro', SAURO_OIDC_CLIENT_SECRET: 'bi-mat-chi-de-thu' });
    site = await testSite();
    person = await site.person('lien-ket', inProvince('province-secretary', '01'));
    own = site.browser();
    await own.signIn(person);
  });
  after(async () => {
    for (const name of ['SAURO_OIDC_ISSUER', 'SAURO_OIDC_CLIENT_ID', 'SAURO_OIDC_CLIENT_SECRET']) delete process.env[name];
    await site.close();
    provider.server.closeAllConnections();
    await new Promise((closed) => { provider.server.close(closed); });
  });

  async function signOn(browser: Browser, subject: string, purpose: 'sign-in' | 'link' = 'sign-in') {
    const begun = await browser.send('POST', '/sign-in/oidc', { purpose });
    assert.equal(begun.status, 200, JSON.stringify(begun.body));
    const returned = await signOnThere(String(begun.body['url']), subject);
    return { returned, answer: await browser.send('POST', '/sign-in/oidc/finish', { returned }) };
  }

  test('an identity nobody linked does not sign in, whatever e-mail address it claims', async () => {
    const { answer } = await signOn(site.browser(), 'nguoi-la');
    assert.deepEqual([answer.status, answer.body['code']], [403, 'oidc-not-linked']);
  });

  test('a person links the identity once, then signs on with it and shows the second factor here', async () => {
    assert.deepEqual((await signOn(own, 'can-bo-7', 'link')).answer.body, { stage: 'full', factors: [] });
    assert.deepEqual(((await own.send('GET', '/factors')).body['linked'] as { issuer: string }[]).map((link) => link.issuer), [provider.issuer]);
    const browser = site.browser();
    const { answer } = await signOn(browser, 'can-bo-7');
    assert.deepEqual([answer.status, answer.body], [200, { stage: 'second-factor', factors: ['totp'] }]);
    site.pass(30);
    assert.equal((await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) })).status, 200);
    const { body } = await browser.send('GET', '/session');
    assert.equal((body['account'] as { id: string }).id, person.id);
  });

  test('R16: one verified identity is one account: a second account of the same person is refused', async () => {
    const second = await site.person('tai-khoan-hai', inProvince('province-leader', '01'));
    const browser = site.browser();
    await browser.signIn(second);
    const { answer } = await signOn(browser, 'can-bo-7', 'link');
    assert.deepEqual([answer.status, answer.body['code']], [409, 'same-person-other-account']);
  });

  test('R3: state, nonce and browser are bound: a used, altered or foreign answer is refused', async () => {
    const browser = site.browser();
    const begun = await browser.send('POST', '/sign-in/oidc', { purpose: 'sign-in' });
    const returned = await signOnThere(String(begun.body['url']), 'can-bo-7');
    assert.equal((await site.browser().send('POST', '/sign-in/oidc/finish', { returned })).body['code'], 'sign-in-expired');
    const altered = new URLSearchParams(returned);
    altered.set('state', 'khac');
    assert.equal((await browser.send('POST', '/sign-in/oidc/finish', { returned: `?${altered}` })).body['code'], 'oidc-refused');
    assert.equal((await browser.send('POST', '/sign-in/oidc/finish', { returned })).body['code'], 'sign-in-expired');
  });

  test('R6: linking asks for a sign-in and a fresh factor', async () => {
    assert.equal((await site.browser().send('POST', '/sign-in/oidc', { purpose: 'link' })).body['code'], 'sign-in-needed');
    const browser = site.browser();
    site.pass(30);
    assert.equal((await browser.send('POST', '/sign-in/password', { userName: person.userName, password })).status, 200);
    assert.equal((await browser.send('POST', '/sign-in/totp', { code: codeOf(person, site.now()) })).status, 200);
    site.pass(11 * 60);
    assert.equal((await browser.send('POST', '/sign-in/oidc', { purpose: 'link' })).body['code'], 'step-up-needed');
  });
});
