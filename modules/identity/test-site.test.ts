import { Secret, TOTP } from 'otpauth';
import { newId } from '#kernel/id.ts';
import { fold } from '#kernel/fold.ts';
import { hashPassword } from '#platform/crypto/password.ts';
import { loadSeal } from '#platform/crypto/seal.ts';
import { sql } from '#platform/db/sql.ts';
import { testServer, type Differing, type TestServer } from '#platform/testing/test-server.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { authenticate } from './index.ts';
import { identity } from './module.ts';
import type { Level, RoleCode } from './schema.ts';
import { insertAccount } from './store/accounts.ts';
import { setPassword } from './store/credentials.ts';
import { insertGrant } from './store/grants.ts';

export const start = '2026-11-18T03:00:00.000Z';
export const password = 'thuyen-buom-chieu-roi-song';
let sharedHash: Promise<string> | undefined;

export type Person = { readonly id: string; readonly userName: string; readonly grant: string; readonly secret: string };
export type Held = { readonly role: RoleCode; readonly office: string; readonly level: Level; readonly province: string; readonly commune: string | null };

export const nation = (role: RoleCode, office = 'BCA'): Held => ({ role, office, level: 'nation', province: '00', commune: null });
export const inProvince = (role: RoleCode, province: string, office = `UBND:${province}`): Held => ({ role, office, level: 'province', province, commune: null });
export const inCommune = (role: RoleCode, province: string, commune: string): Held => ({ role, office: `UBND:${province}:${commune}`, level: 'commune', province, commune });

/** The module behind its real way of knowing who asks, with people made as administration would make them. */
export type Site = TestServer & {
  person(userName: string, held: Held | undefined, options?: { totp?: boolean; demonstration?: boolean; homeOf?: Held }): Promise<Person>;
  browser(address?: string): Browser;
  now(): string;
  pass(seconds: number): void;
};
export type Reply = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Record<string, unknown> };
export type Browser = {
  readonly cookies: Map<string, string>;
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Password and code; ends signed in. */
  signIn(person: Person, typed?: string): Promise<Reply>;
};

export const codeOf = (person: Pick<Person, 'secret'>, at: string): string => new TOTP({ secret: Secret.fromBase32(person.secret) }).generate({ timestamp: Date.parse(at) });

export async function testSite(differing: Differing = {}): Promise<Site> {
  const server = await testServer([orgUnits, identity], undefined, { authenticate, ...differing });
  let at = start;
  const pass = (seconds: number): void => {
    at = new Date(Date.parse(at) + seconds * 1000).toISOString();
    server.setClock(at);
  };
  server.setClock(at);
  return {
    ...server, pass, now: () => at,
    person: (userName, held, options = {}) => makePerson(server, userName, held, { at, ...options }),
    browser: (address = '127.0.0.1') => openBrowser(server, address, () => at, pass),
  };
}

type Options = { readonly at: string; readonly totp?: boolean; readonly demonstration?: boolean; readonly homeOf?: Held };

async function makePerson({ db, services }: TestServer, userName: string, held: Held | undefined, { at, totp = true, demonstration = false, homeOf }: Options): Promise<Person> {
  sharedHash ??= hashPassword(password);
  const hash = await sharedHash;
  const person = { id: newId(), userName, grant: newId(), secret: new Secret({ size: 20 }).base32 };
  const home = homeOf ?? held ?? nation('auditor');
  const sealed = (await loadSeal(services.keysDir, 'identity')).seal(person.secret, person.id);
  await db.write('system', async (tx) => {
    await insertAccount(tx, {
      id: person.id, name: `Người ${userName}`, searchText: fold(`Người ${userName}`), userName, email: `${userName}@example.gov.vn`, state: 'active', demonstration,
      office: home.office, province: home.province, commune: home.commune, createdBy: null, at,
    });
    await setPassword(tx, person.id, hash, at);
    if (totp) await tx.run(sql`insert into identity.totp (account, sealed_secret, confirmed_at, last_step) values (${person.id}, ${sealed}, ${at}, 0)`);
    if (held) await insertGrant(tx, { ...held, id: person.grant, account: person.id, post: 'officer', validFrom: '2026-01-01', validUntil: null, grantedBy: null, at, delegatedFrom: null, twoBodyRequest: null });
  });
  return person;
}

function openBrowser({ app }: TestServer, address: string, now: () => string, pass: (seconds: number) => void): Browser {
  const cookies = new Map<string, string>();
  const send = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const response = await app.inject({
      method: method as 'GET', url: `/api${path}`, remoteAddress: address,
      headers: {
        'idempotency-key': newId(), cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    for (const { name, value } of response.cookies) {
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  };
  const browser: Browser = {
    cookies, send,
    async signIn(person, typed = password) {
      const first = await send('POST', '/sign-in/password', { userName: person.userName, password: typed });
      if (first.status !== 200 || first.body['stage'] !== 'second-factor') return first;
      pass(30); // each code works once, so a second sign-in needs the next one
      return send('POST', '/sign-in/totp', { code: codeOf(person, now()) });
    },
  };
  return browser;
}
