import { RefusalError, ok, refuse, type Result } from '#kernel/result.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Static } from '#kernel/shape.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Now } from '#kernel/clock.ts';
import type { Services } from '#platform/services.ts';
import type { listFactors } from '../schema/factors.ts';
import { passkeysPossibleAt } from '../rules/second-factor.ts';
import { confirmTotp, deletePasskey, deleteTotp, factorsOf, listOidcLinks, listPasskeys, passwordChangedAt } from '../store/credentials.ts';
import type { SessionRow } from '../store/sessions.ts';
import { passGate, secondFactorTry, succeeded } from './attempts.ts';
import { actorOf, findOpenSession } from './authenticate.ts';
import { tell } from './leaf.ts';
import { advance, type Step } from './open-session.ts';
import { askForNewPasskey, keepNewPasskey } from './passkeys.ts';
import type { Asking } from './request.ts';
import { firstCodeStep, newTotp } from './totp.ts';

/**
 * Who may add a factor: a person in the middle of enrolment, or one signed in who has just shown a factor again.
 * @throws RefusalError `sign-in-needed`, `step-up-needed`
 */
async function enrolling(asking: Asking): Promise<SessionRow> {
  const session = await findOpenSession(asking.edge, asking.services, asking.now);
  if (session === undefined || session.stage === 'second-factor') throw new RefusalError({ code: 'sign-in-needed' });
  if (session.stage === 'full' && (session.freshUntil ?? '') < asking.now.at) throw new RefusalError({ code: 'step-up-needed' });
  return session;
}

/** A factor just proven finishes an enrolment; for somebody signed in nothing else changes. */
async function factorAdded(tx: Tx, asking: Asking, session: SessionRow, factor: 'totp' | 'passkey'): Promise<Step> {
  await tell(tx, { at: asking.now.at, actor: actorOf(session), action: 'identity.factor-added', province: '00', account: session.account, facts: { factor } });
  if (session.stage === 'full') return { stage: 'full', factors: [] };
  const first = session.method === 'oidc' ? 'oidc' : 'password';
  return advance(tx, asking, { account: session.account, first, secondShown: true, method: `${first}+${factor}`, from: session.id });
}

export async function beginTotp(asking: Asking): Promise<{ secret: string; uri: string; qrSvg: string }> {
  const session = await enrolling(asking);
  return asking.services.db.write('system', (tx) => newTotp(tx, asking, session.account, session.userName));
}

export async function finishTotp(asking: Asking, code: string): Promise<Result<Step>> {
  const session = await enrolling(asking);
  const { db } = asking.services;
  const gate = await passGate(db, secondFactorTry(session.account), asking.now.at);
  if (!gate.ok) return gate;
  const outcome = await db.write('system', async (tx): Promise<Result<Step>> => {
    const step = await firstCodeStep(tx, asking, session.account, code);
    if (step === 'not-begun') return refuse({ code: 'enrolment-not-begun' });
    if (step === undefined) return refuse({ code: 'code-wrong' });
    if ((await confirmTotp(tx, session.account, step, asking.now.at)) === 0) return refuse({ code: 'enrolment-not-begun' });
    return ok(await factorAdded(tx, asking, session, 'totp'));
  });
  if (outcome.ok) await succeeded(db, gate.value, asking.now.at);
  return outcome;
}

export async function beginPasskey(asking: Asking): Promise<Result<{ options: Record<string, unknown> }>> {
  const session = await enrolling(asking);
  return askForNewPasskey(asking, { id: session.account, name: session.name, userName: session.userName });
}

export async function finishPasskey(asking: Asking, label: string, answer: Readonly<Record<string, unknown>>): Promise<Result<Step>> {
  const session = await enrolling(asking);
  if (!passkeysPossibleAt(asking.services.publicUrl)) return refuse({ code: 'passkeys-not-possible' });
  return asking.services.db.write('system', async (tx): Promise<Result<Step>> => {
    if (!(await keepNewPasskey(tx, asking, session.account, label, answer))) return refuse({ code: 'passkey-refused' });
    return ok(await factorAdded(tx, asking, session, 'passkey'));
  });
}

export async function readFactors(tx: Tx, actor: Actor, services: Services): Promise<Static<typeof listFactors.reply>> {
  const keys = await listPasskeys(tx, actor.account);
  return {
    totp: (await factorsOf(tx, actor.account)).totp,
    passkeys: keys.map(({ id, label, createdAt, lastUsedAt }) => ({ id, label, createdAt, lastUsedAt })),
    linked: await listOidcLinks(tx, actor.account), passkeysPossible: passkeysPossibleAt(services.publicUrl), passwordChangedAt: await passwordChangedAt(tx, actor.account),
  };
}

export async function removeTotp(tx: Tx, actor: Actor, now: Now): Promise<Result<Record<string, never>>> {
  if ((await factorsOf(tx, actor.account)).passkeys === 0) return refuse({ code: 'last-factor' });
  await deleteTotp(tx, actor.account);
  await tell(tx, { at: now.at, actor, action: 'identity.factor-removed', province: '00', account: actor.account, facts: { factor: 'totp' } });
  return ok({});
}

export async function removePasskey(tx: Tx, actor: Actor, now: Now, id: string): Promise<Result<Record<string, never>>> {
  const held = await factorsOf(tx, actor.account);
  if (held.passkeys === 1 && !held.totp) return refuse({ code: 'last-factor' });
  if ((await deletePasskey(tx, actor.account, id)) === 0) return refuse({ code: 'not-found' });
  await tell(tx, { at: now.at, actor, action: 'identity.factor-removed', province: '00', account: actor.account, facts: { factor: 'passkey' } });
  return ok({});
}
