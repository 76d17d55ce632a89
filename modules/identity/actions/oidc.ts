import {
  allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, discovery, randomNonce, randomPKCECodeVerifier, randomState,
  type Configuration,
} from 'openid-client';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { newToken, tokenHash } from '#platform/crypto/token.ts';
import { minutesAfter, sessionMinutes } from '../rules/session-life.ts';
import { findCandidate, findOidcLink, insertChallenge, insertOidcLink, takeChallenge } from '../store/credentials.ts';
import { actorOf, findOpenSession } from './authenticate.ts';
import { tell } from './leaf.ts';
import { advance, type Step } from './open-session.ts';
import { giveCookie, readCookie, type Asking } from './request.ts';

type Settings = { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };

function settings(): Settings | undefined {
  const { SAURO_OIDC_ISSUER: issuer, SAURO_OIDC_CLIENT_ID: clientId, SAURO_OIDC_CLIENT_SECRET: clientSecret } = process.env;
  return issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : undefined;
}
export const isOidcConfigured = (): boolean => settings() !== undefined;

const configurations = new Map<string, Promise<Configuration>>();

/** The provider's metadata, fetched once; a failed fetch is tried again next time. Plain http only on this machine itself. */
function configurationOf({ issuer, clientId, clientSecret }: Settings): Promise<Configuration> {
  const key = `${issuer} ${clientId}`;
  const known = configurations.get(key);
  if (known) return known;
  const url = new URL(issuer);
  const local = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const found = discovery(url, clientId, clientSecret, undefined, { timeout: 10, ...(local ? { execute: [allowInsecureRequests] } : {}) });
  configurations.set(key, found);
  found.catch(() => configurations.delete(key));
  return found;
}

/** A page of ours takes the provider's redirect and posts its query back: the Strict cookies do not travel with a foreign redirect. */
const returnAddress = (asking: Asking): string => `${asking.services.publicUrl}/sign-in/oidc`;

/** Begins a sign-on: PKCE, state and nonce, kept on the server under a cookie of this browser. */
export async function startOidc(asking: Asking, purpose: 'sign-in' | 'link'): Promise<Result<{ url: string }>> {
  const { services, now, edge } = asking;
  const set = settings();
  if (set === undefined) return refuse({ code: 'oidc-not-configured' });
  const session = purpose === 'link' ? await findOpenSession(edge, services, now) : undefined;
  if (purpose === 'link' && session?.stage !== 'full') return refuse({ code: 'sign-in-needed' });
  if (session !== undefined && (session.freshUntil ?? '') < now.at) return refuse({ code: 'step-up-needed' });
  const configuration = await configurationOf(set).catch(() => undefined);
  if (configuration === undefined) return refuse({ code: 'oidc-unreachable' });
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const nonce = randomNonce();
  const token = newToken();
  await services.db.write('system', (tx) => insertChallenge(tx, {
    tokenHash: tokenHash(token), kind: 'oidc', account: session?.account ?? null, facts: { verifier, state, nonce }, expiresAt: minutesAfter(now.at, sessionMinutes.unfinished),
  }));
  giveCookie(edge, 'step', token);
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: returnAddress(asking), scope: 'openid', response_type: 'code', state, nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  });
  return ok({ url: url.href });
}

type Verified = { readonly issuer: string; readonly subject: string; readonly twoFactors: boolean };

/** Finishes a sign-on. The account is found by the verified issuer and subject, never by an e-mail address the provider tells. */
export async function finishOidc(asking: Asking, returned: string): Promise<Result<Step>> {
  const { services, now, edge } = asking;
  const set = settings();
  if (set === undefined) return refuse({ code: 'oidc-not-configured' });
  const token = readCookie(edge, 'step');
  const challenge = token === undefined ? undefined : await services.db.write('system', (tx) => takeChallenge(tx, tokenHash(token), 'oidc', now.at));
  if (challenge === undefined) return refuse({ code: 'sign-in-expired' });
  const verified = await verify(asking, set, challenge.facts, returned);
  if (verified === undefined) return refuse({ code: 'oidc-refused' });
  if (challenge.account !== null) return link(asking, challenge.account, verified);
  return services.db.write('system', async (tx): Promise<Result<Step>> => {
    const linked = await findOidcLink(tx, verified.issuer, verified.subject);
    const candidate = linked && (await findCandidate(tx, linked.account));
    if (candidate?.state !== 'active' || candidate.demonstration) return refuse({ code: 'oidc-not-linked' });
    const first = verified.twoFactors ? 'oidc-two-factor' : 'oidc';
    return ok(await advance(tx, asking, { account: candidate.account, first, secondShown: false, method: 'oidc' }));
  });
}

async function verify(asking: Asking, set: Settings, facts: Readonly<Record<string, string>>, returned: string): Promise<Verified | undefined> {
  const { verifier = '', state = '', nonce = '' } = facts;
  const url = new URL(returnAddress(asking));
  url.search = returned;
  try {
    const tokens = await authorizationCodeGrant(await configurationOf(set), url, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
    const claims = tokens.claims();
    if (claims === undefined) return undefined;
    const methods: readonly unknown[] = Array.isArray(claims['amr']) ? claims['amr'] : [];
    return { issuer: claims.iss, subject: claims.sub, twoFactors: methods.includes('mfa') };
  } catch (error) {
    asking.services.logger.warn({ event: 'oidc-refused', reason: error instanceof Error ? error.name : 'unknown' });
    return undefined;
  }
}

/** One verified identity is one account: a second account of the same person is refused (SECURITY R16). */
async function link(asking: Asking, account: string, verified: Verified): Promise<Result<Step>> {
  const { services, now, edge } = asking;
  const session = await findOpenSession(edge, services, now);
  if (session?.stage !== 'full' || session.account !== account) return refuse({ code: 'sign-in-expired' });
  return services.db.write('system', async (tx): Promise<Result<Step>> => {
    const linked = await findOidcLink(tx, verified.issuer, verified.subject);
    if (linked !== undefined && linked.account !== account) return refuse({ code: 'same-person-other-account' });
    if (linked === undefined) {
      if ((await insertOidcLink(tx, verified.issuer, verified.subject, account, now.at)) === 0) return refuse({ code: 'same-person-other-account' });
      await tell(tx, { at: now.at, actor: actorOf(session), action: 'identity.sign-on-linked', province: '00', account });
    }
    return ok({ stage: 'full', factors: [] });
  });
}
