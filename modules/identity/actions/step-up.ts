import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { newToken, tokenHash } from '#platform/crypto/token.ts';
import type { Actor } from '#kernel/actor.ts';
import type { stepUp } from '../schema/session.ts';
import { minutesAfter, sessionMinutes } from '../rules/session-life.ts';
import { findSession, rotateSession } from '../store/sessions.ts';
import { passGate, secondFactorTry, succeeded } from './attempts.ts';
import { tell } from './leaf.ts';
import { askForPasskey, passkeyShown } from './passkeys.ts';
import { giveCookie, readCookie, type Asking } from './request.ts';
import { isTotpCode } from './totp.ts';

type Shown = Static<NonNullable<typeof stepUp.body>>;

/** The second factor shown again: the session gets a new token and counts as fresh for ten minutes (SECURITY R3, R6). */
export async function showFactorAgain(asking: Asking, actor: Actor, shown: Shown): Promise<Result<{ freshUntil: string }>> {
  const { services: { db }, now, edge } = asking;
  const gate = await passGate(db, secondFactorTry(actor.account), now.at);
  if (!gate.ok) return gate;
  const outcome = await db.write('system', async (tx): Promise<Result<{ freshUntil: string }>> => {
    const session = await findSession(tx, tokenHash(readCookie(edge, 'session') ?? ''), now.today);
    if (session === undefined) return refuse({ code: 'sign-in-needed' });
    if (shown.kind === 'demonstration' && !(session.demonstration && asking.services.mode === 'demonstration')) return refuse({ code: 'demonstration-only' });
    if (shown.kind === 'totp' && !(await isTotpCode(tx, asking, actor.account, shown.code))) return refuse({ code: 'code-wrong' });
    if (shown.kind === 'passkey' && (await passkeyShown(tx, asking, 'passkey-step-up', shown.answer)) !== actor.account) return refuse({ code: 'passkey-refused' });
    const token = newToken();
    const freshUntil = minutesAfter(now.at, sessionMinutes.fresh);
    if ((await rotateSession(tx, session.id, { tokenHash: tokenHash(token), stage: 'full', endsAt: session.endsAt, freshUntil, at: now.at })) === 0) return refuse({ code: 'sign-in-needed' });
    await tell(tx, { at: now.at, actor, action: 'identity.stepped-up', province: '00', account: actor.account, facts: { factor: shown.kind } });
    giveCookie(edge, 'session', token);
    return ok({ freshUntil });
  });
  if (outcome.ok) await succeeded(db, gate.value, now.at);
  return outcome;
}

export const askForStepUpPasskey = (asking: Asking, actor: Actor) => askForPasskey(asking, 'passkey-step-up', actor.account);
