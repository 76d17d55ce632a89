import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, valueOrRefusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { hashPassword, isPassword, mayHashNow } from '#platform/crypto/password.ts';
import type { Tx } from '#platform/db/tx.ts';
import { publish } from '#platform/events/publish.ts';
import type { delegate } from '../schema/my-account.ts';
import { mayDelegate } from '../rules/delegation.ts';
import { officesOf } from '../rules/granting.ts';
import { checkPassword } from '../rules/password.ts';
import { findStanding, setLanguage } from '../store/accounts.ts';
import { findCandidate, setPassword } from '../store/credentials.ts';
import { endGrant, findGrant, insertGrant, listColleagues, lockGrant } from '../store/grants.ts';
import { deleteSessionOf, deleteSessionsOf } from '../store/sessions.ts';
import { passGate, secondFactorTry, succeeded } from './attempts.ts';
import { grantEnded } from './grants.ts';
import { tell } from './leaf.ts';
import type { Asking } from './request.ts';

type Done = Result<Record<string, never>>;

/** A new password ends every other session: whoever knew the old one is out. */
export async function changePassword(asking: Asking, actor: Actor, typed: { readonly current: string; readonly next: string }): Promise<Done> {
  const { services: { db }, now } = asking;
  const gate = await passGate(db, secondFactorTry(actor.account), now.at);
  if (!gate.ok) return gate;
  if (!mayHashNow()) return refuse({ code: 'busy-try-again' });
  const candidate = await db.read('system', (tx) => findCandidate(tx, actor.account));
  if (!(await isPassword(candidate?.hash ?? undefined, typed.current))) return refuse({ code: 'password-wrong' });
  await succeeded(db, gate.value, now.at);
  const allowed = checkPassword(typed.next, [actor.name, candidate?.userName ?? '']);
  if (!allowed.ok) return allowed;
  const hash = await hashPassword(typed.next);
  await db.write(actor, async (tx) => {
    await setPassword(tx, actor.account, hash, now.at);
    await deleteSessionsOf(tx, actor.account, actor.session);
    await tell(tx, { at: now.at, actor, action: 'identity.password-changed', province: '00', account: actor.account });
  });
  return ok({});
}

export async function endOneSession(tx: Tx, actor: Actor, now: Now, id: string): Promise<Done> {
  if ((await deleteSessionOf(tx, actor.account, id)) === 0) return refuse({ code: 'not-found' });
  await tell(tx, { at: now.at, actor, action: 'identity.session-ended', province: '00', account: actor.account, facts: { sessions: 1 } });
  return ok({});
}

export async function endOtherSessions(tx: Tx, actor: Actor, now: Now): Promise<{ ended: number }> {
  const ended = await deleteSessionsOf(tx, actor.account, actor.session);
  await tell(tx, { at: now.at, actor, action: 'identity.session-ended', province: '00', account: actor.account, facts: { sessions: ended } });
  return { ended };
}

export async function chooseLanguage(tx: Tx, actor: Actor, now: Now, language: 'vi' | 'en'): Promise<Record<string, never>> {
  await setLanguage(tx, actor.account, language);
  await tell(tx, { at: now.at, actor, action: 'identity.language-chosen', province: '00', account: actor.account, facts: { language } });
  return {};
}

/** Gives a role of one's own to a colleague until a day; it carries the same office, post and reach, and no more (SECURITY R4). */
export async function delegateRole(tx: Tx, actor: Actor, now: Now, wanted: Static<NonNullable<typeof delegate.body>>): Promise<Result<{ id: string }>> {
  const grant = await findGrant(tx, wanted.grant);
  if (grant === undefined || grant.account !== actor.account) return refuse({ code: 'grant-not-yours' });
  const to = await findStanding(tx, wanted.account);
  if (to === undefined) return refuse({ code: 'delegate-other-office' });
  const period = valueOrRefusal(mayDelegate(actor.account, grant, { ...to, active: to.state === 'active' }, { from: wanted.from, until: wanted.until, today: now.today }));
  const id = newId<'Grant'>();
  await insertGrant(tx, {
    ...grant, id, account: to.id, validFrom: period.from, validUntil: period.until, grantedBy: actor.account, at: now.at, delegatedFrom: grant.id, twoBodyRequest: null,
  });
  await tell(tx, {
    at: now.at, actor, action: 'identity.role-delegated', province: grant.province, account: to.id, unit: grant.office, role: grant.role,
    facts: { role: grant.role, from: period.from, until: period.until },
  });
  await publish(tx, now.at, [{ province: grant.province, type: 'identity.role-delegated', payload: { account: to.id, from: actor.account, office: grant.office, post: grant.post, until: period.until } }]);
  return ok({ id });
}

export const readColleagues = async (tx: Tx, actor: Actor) => ({ colleagues: await listColleagues(tx, officesOf(actor), actor.account) });

/** Takes a delegation back; whoever gave it or holds it may. */
export async function endDelegation(tx: Tx, actor: Actor, now: Now, id: string): Promise<Done> {
  const grant = await lockGrant(tx, id);
  if (grant === undefined || grant.delegatedFrom === null || (grant.grantedBy !== actor.account && grant.account !== actor.account)) return refuse({ code: 'not-found' });
  await endGrant(tx, id, { at: now.at, by: actor.account, reason: 'delegation-taken-back', request: null });
  await grantEnded(tx, actor, now, grant, 'delegation-taken-back');
  return ok({});
}
