import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { isPassword, mayHashNow } from '#platform/crypto/password.ts';
import { tokenHash } from '#platform/crypto/token.ts';
import { factorsMissing, factorsToShow, passkeysPossibleAt } from '../rules/second-factor.ts';
import { mostSecondFactorTries } from '../rules/session-life.ts';
import type { SessionView, signInOptions } from '../schema/session.ts';
import { factorsOf, findBySignInName, isKnownDevice } from '../store/credentials.ts';
import { countTry, deleteSession, deleteSessionByToken } from '../store/sessions.ts';
import { listDemonstrationSignIns } from '../store/demonstration.ts';
import { findOpenSession } from './authenticate.ts';
import { passGate, passwordTry, secondFactorTry, succeeded } from './attempts.ts';
import { tell } from './leaf.ts';
import { advance, type Step } from './open-session.ts';
import { clearCookie, readCookie, type Asking } from './request.ts';
import { isOidcConfigured } from './oidc.ts';
import { isTotpCode } from './totp.ts';

/** First step. An unknown name, a wrong password and a locked account take the same work and get the same answer (SECURITY R2). */
export async function signInWithPassword(asking: Asking, typed: { readonly userName: string; readonly password: string }): Promise<Result<Step>> {
  const { services: { db, mode }, now, edge } = asking;
  if (!mayHashNow()) return refuse({ code: 'busy-try-again' });
  const userName = typed.userName.trim().toLowerCase();
  const gate = await passGate(db, passwordTry(userName, edge.address, await knownDevice(asking, userName)), now.at);
  if (!gate.ok) return gate;
  const candidate = await db.read('system', (tx) => findBySignInName(tx, userName));
  const usable = candidate?.state === 'active' && !(candidate.demonstration && mode === 'production');
  const right = await isPassword(usable ? (candidate.hash ?? undefined) : undefined, typed.password);
  if (!right || candidate === undefined) return refuse({ code: 'sign-in-failed' });
  await succeeded(db, gate.value, now.at);
  const passed = { account: candidate.account, first: 'password', secondShown: false, method: 'password', demonstration: candidate.demonstration } as const;
  return ok(await db.write('system', (tx) => advance(tx, asking, passed)));
}

/** The token of this browser if the account signed in from it before; it makes the try no stranger's. */
async function knownDevice({ services, edge, now }: Asking, userName: string): Promise<string | undefined> {
  const token = readCookie(edge, 'device');
  if (token === undefined) return undefined;
  return services.db.write('system', async (tx) => {
    const found = await findBySignInName(tx, userName);
    return found !== undefined && (await isKnownDevice(tx, found.account, tokenHash(token), now.at)) ? token : undefined;
  });
}

/** Second step. The session's row is locked while a code is judged, so parallel uses of one code come one after another (SECURITY R1). */
export async function signInWithTotp(asking: Asking, code: string): Promise<Result<Step>> {
  const { services, now, edge } = asking;
  const session = await findOpenSession(edge, services, now);
  if (session?.stage !== 'second-factor') return refuse({ code: 'sign-in-expired' });
  const gate = await passGate(services.db, secondFactorTry(session.account), now.at);
  if (!gate.ok) return gate;
  const outcome = await services.db.write('system', async (tx): Promise<Result<Step>> => {
    const counted = await countTry(tx, session.id);
    if (counted === undefined) return refuse({ code: 'sign-in-expired' });
    if (counted.tries > mostSecondFactorTries) {
      await deleteSession(tx, session.id);
      return refuse({ code: 'sign-in-expired' });
    }
    if (!(await isTotpCode(tx, asking, session.account, code))) return refuse({ code: 'code-wrong' });
    const first = session.method === 'oidc' ? 'oidc' : 'password';
    return ok(await advance(tx, asking, { account: session.account, first, secondShown: true, method: `${first}+totp`, from: session.id }));
  });
  if (outcome.ok) await succeeded(services.db, gate.value, now.at);
  return outcome;
}

/** One click, for accounts that exist only to be looked at; the door does not exist in production. */
export async function signInForDemonstration(asking: Asking, userName: string): Promise<Result<Step>> {
  const { services: { db, mode } } = asking;
  if (mode !== 'demonstration') return refuse({ code: 'demonstration-only' });
  return db.write('system', async (tx) => {
    const found = await findBySignInName(tx, userName.trim().toLowerCase());
    if (found === undefined || !found.demonstration || found.state !== 'active') return refuse({ code: 'sign-in-failed' });
    return ok(await advance(tx, asking, { account: found.account, first: 'password', secondShown: false, method: 'demonstration', demonstration: true }));
  });
}

export async function signOut({ services, edge, now }: Asking): Promise<Record<string, never>> {
  const token = readCookie(edge, 'session');
  if (token !== undefined) {
    await services.db.write('system', async (tx) => {
      const ended = await deleteSessionByToken(tx, tokenHash(token));
      if (ended) await tell(tx, { at: now.at, actor: 'system', action: 'identity.signed-out', province: '00', account: ended.account });
    });
  }
  clearCookie(edge, 'session');
  return {};
}

export async function readOptions({ services, now }: Asking): Promise<Static<typeof signInOptions.reply>> {
  const { db, mode, publicUrl } = services;
  const demonstration = mode === 'demonstration' ? await db.read('system', (tx) => listDemonstrationSignIns(tx, now.today)) : [];
  return { mode, passkeys: passkeysPossibleAt(publicUrl), oidc: isOidcConfigured(), demonstration };
}

const nobody: Static<typeof SessionView> = { stage: 'none', factors: [], account: null, grants: [], freshUntil: null, endsAt: null };

/** Where this browser stands: not signed in, half way, or in. */
export async function readSession({ services, edge, now }: Asking): Promise<Static<typeof SessionView>> {
  const session = await findOpenSession(edge, services, now);
  if (session === undefined) return nobody;
  const { account, name, userName, language, demonstration, stage, endsAt, freshUntil } = session;
  if (stage === 'full') {
    const grants = session.grants.map(({ delegatedFrom, ...grant }) => ({ ...grant, delegated: delegatedFrom !== null }));
    const factors = await services.db.read('system', (tx) => factorsOf(tx, account));
    const canShow = factorsToShow({ held: factors, passkeysPossible: passkeysPossibleAt(services.publicUrl) });
    return { stage, factors: canShow, account: { id: account, name, userName, language, demonstration }, grants, freshUntil, endsAt };
  }
  const held = await services.db.read('system', (tx) => factorsOf(tx, account));
  const passkeysPossible = passkeysPossibleAt(services.publicUrl);
  const factors = stage === 'second-factor' ? factorsToShow({ held, passkeysPossible }) : factorsMissing({ held, roles: session.grants.map((g) => g.role), passkeysPossible });
  return { ...nobody, stage, factors, endsAt };
}
