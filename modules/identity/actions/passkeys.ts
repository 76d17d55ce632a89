import {
  generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse,
  type AuthenticationResponseJSON, type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoBase64URL } from '@simplewebauthn/server/helpers';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { newToken, tokenHash } from '#platform/crypto/token.ts';
import type { Tx } from '#platform/db/tx.ts';
import { passkeysPossibleAt } from '../rules/second-factor.ts';
import { minutesAfter, sessionMinutes } from '../rules/session-life.ts';
import { findPasskey, insertChallenge, insertPasskey, listPasskeys, takeChallenge, usePasskey } from '../store/credentials.ts';
import { findOpenSession } from './authenticate.ts';
import { advance, type Step } from './open-session.ts';
import { giveCookie, readCookie, type Asking } from './request.ts';

type Options = { readonly options: Record<string, unknown> };
type Answer = Readonly<Record<string, unknown>>;
type Purpose = 'passkey-sign-in' | 'passkey-step-up' | 'passkey-new';

const notPossible = { code: 'passkeys-not-possible' } as const;
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
const transportsOf = (stored: string) => transports.filter((each) => stored.split(',').includes(each));
const site = (asking: Asking) => ({ origin: new URL(asking.services.publicUrl).origin, id: new URL(asking.services.publicUrl).hostname });

async function keepChallenge(asking: Asking, kind: Purpose, account: string | null, challenge: string): Promise<void> {
  const token = newToken();
  await asking.services.db.write('system', (tx) => insertChallenge(tx, {
    tokenHash: tokenHash(token), kind, account, facts: { challenge }, expiresAt: minutesAfter(asking.now.at, sessionMinutes.unfinished),
  }));
  giveCookie(asking.edge, 'step', token);
}

/** A challenge to show a passkey: of one account when it is known, of any account otherwise. The person's own check is asked (PIN, finger). */
export async function askForPasskey(asking: Asking, kind: 'passkey-sign-in' | 'passkey-step-up', account: string | null): Promise<Result<Options>> {
  if (!passkeysPossibleAt(asking.services.publicUrl)) return refuse(notPossible);
  const keys = account === null ? [] : await asking.services.db.read('system', (tx) => listPasskeys(tx, account));
  const options = await generateAuthenticationOptions({
    rpID: site(asking).id, userVerification: 'required', allowCredentials: keys.map((key) => ({ id: key.credentialId, transports: transportsOf(key.transports) })),
  });
  await keepChallenge(asking, kind, account, options.challenge);
  return ok({ options: { ...options } });
}

/** The account whose passkey answered the challenge of this browser; undefined when anything about it is wrong. */
export async function passkeyShown(tx: Tx, asking: Asking, kind: 'passkey-sign-in' | 'passkey-step-up', answer: Answer): Promise<string | undefined> {
  const token = readCookie(asking.edge, 'step');
  const challenge = token === undefined ? undefined : await takeChallenge(tx, tokenHash(token), kind, asking.now.at);
  const key = typeof answer['id'] === 'string' ? await findPasskey(tx, answer['id']) : undefined;
  if (challenge === undefined || key === undefined) return undefined;
  if (challenge.account !== null && challenge.account !== key.account) return undefined;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON, // the library checks every part of it and throws
      expectedChallenge: challenge.facts['challenge'] ?? '', expectedOrigin: site(asking).origin, expectedRPID: site(asking).id, requireUserVerification: true,
      credential: { id: key.credentialId, publicKey: isoBase64URL.toBuffer(key.publicKey), counter: key.counter, transports: transportsOf(key.transports) },
    });
    if (!verified) return undefined;
    await usePasskey(tx, key.id, authenticationInfo.newCounter, asking.now.at);
    return key.account;
  } catch {
    return undefined; // malformed, replayed, for another site, or without the person's own check
  }
}

/** A passkey is two factors in one: something held, and the PIN or finger that opens it. */
export async function signInWithPasskey(asking: Asking, answer: Answer): Promise<Result<Step>> {
  const { services, edge, now } = asking;
  if (!passkeysPossibleAt(services.publicUrl)) return refuse(notPossible);
  const pending = await findOpenSession(edge, services, now);
  return services.db.write('system', async (tx): Promise<Result<Step>> => {
    const account = await passkeyShown(tx, asking, 'passkey-sign-in', answer);
    if (account === undefined) return refuse({ code: 'passkey-refused' });
    const from = pending?.stage === 'second-factor' && pending.account === account ? { from: pending.id } : {};
    return ok(await advance(tx, asking, { account, first: 'passkey', secondShown: true, method: 'passkey', ...from }));
  });
}

export async function askForPasskeySignIn(asking: Asking): Promise<Result<Options>> {
  const pending = await findOpenSession(asking.edge, asking.services, asking.now);
  return askForPasskey(asking, 'passkey-sign-in', pending?.stage === 'second-factor' ? pending.account : null);
}

/** A challenge to make a new passkey for this account. */
export async function askForNewPasskey(asking: Asking, account: { readonly id: string; readonly name: string; readonly userName: string }): Promise<Result<Options>> {
  if (!passkeysPossibleAt(asking.services.publicUrl)) return refuse(notPossible);
  const keys = await asking.services.db.read('system', (tx) => listPasskeys(tx, account.id));
  const options = await generateRegistrationOptions({
    rpName: 'Sáu Rõ', rpID: site(asking).id, userName: account.userName, userDisplayName: account.name, userID: new TextEncoder().encode(account.id), attestationType: 'none',
    excludeCredentials: keys.map((key) => ({ id: key.credentialId, transports: transportsOf(key.transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(asking, 'passkey-new', account.id, options.challenge);
  return ok({ options: { ...options } });
}

/** Stores a new passkey when it answers the challenge made for this account. @returns false when refused */
export async function keepNewPasskey(tx: Tx, asking: Asking, account: string, label: string, answer: Answer): Promise<boolean> {
  const token = readCookie(asking.edge, 'step');
  const challenge = token === undefined ? undefined : await takeChallenge(tx, tokenHash(token), 'passkey-new', asking.now.at);
  if (challenge === undefined || challenge.account !== account) return false;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as unknown as RegistrationResponseJSON, // the library checks every part of it and throws
      expectedChallenge: challenge.facts['challenge'] ?? '', expectedOrigin: site(asking).origin, expectedRPID: site(asking).id, requireUserVerification: true,
    });
    if (!verified) return false;
    const { credential } = registrationInfo;
    const kept = await insertPasskey(tx, {
      id: newId(), account, credentialId: credential.id, publicKey: isoBase64URL.fromBuffer(credential.publicKey), counter: credential.counter,
      transports: (credential.transports ?? []).join(','), label, at: asking.now.at,
    });
    return kept === 1;
  } catch {
    return false;
  }
}
