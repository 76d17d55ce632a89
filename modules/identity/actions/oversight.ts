import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, RefusalError, valueOrRefusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { Tx } from '#platform/db/tx.ts';
import { areDutiesSeparate } from '../rules/granting.ts';
import { bodyOf, mayConfirm, type Body } from '../rules/oversight.ts';
import type { listTwoBodyRequests, requestTwoBodies } from '../schema/oversight.ts';
import { findStanding } from '../store/accounts.ts';
import { endGrant, findGrant, insertGrant } from '../store/grants.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { countOverseers, decideRequest, findOversightGrant, insertRequest, listRequests, lockRequest, type RequestRow } from '../store/two-bodies.ts';
import { grantEnded } from './grants.ts';
import { tell } from './leaf.ts';

type Done = Result<Record<string, never>>;

export async function readRequests(tx: Tx, actor: Actor, now: Now): Promise<Static<typeof listTwoBodyRequests.reply>> {
  const overseers = await countOverseers(tx, now.today);
  const requests = (await listRequests(tx)).map(({ roleGrant: _grant, requestedBy, requestedRole, ...shown }) => ({
    ...shown, mayConfirm: mayConfirm(actor, { ...shown, requestedBy, requestedRole }, overseers).ok,
  }));
  return { requests };
}

/** Asks to give or take the oversight role; nothing changes until another body confirms. */
export async function askTwoBodies(tx: Tx, actor: Actor, now: Now, wanted: Static<NonNullable<typeof requestTwoBodies.body>>): Promise<Result<{ id: string }>> {
  const body = bodyOf(actor);
  if (body === undefined) return refuse({ code: 'not-permitted' });
  if (wanted.kind === 'oversight-grant' && wanted.account === actor.account) return refuse({ code: 'own-account' });
  const held = await findOversightGrant(tx, wanted.account, wanted.office);
  if (wanted.kind === 'oversight-grant') await mayReceive(tx, wanted.account, held !== undefined);
  else if (held === undefined) return refuse({ code: 'oversight-not-held' });
  const id = newId<'TwoBodyRequest'>();
  await insertRequest(tx, { ...wanted, id, roleGrant: held?.id ?? null, requestedBy: actor.account, requestedRole: body.role, requestedOffice: body.office, at: now.at });
  await tell(tx, { at: now.at, actor, action: 'identity.two-bodies-asked', province: '00', account: wanted.account, unit: wanted.office, role: body.role, after: wanted.reason, facts: { kind: wanted.kind } });
  return ok({ id });
}

/** @throws RefusalError when the account cannot hold oversight: away, or with other duties (SECURITY R16) */
async function mayReceive(tx: Tx, account: string, holds: boolean): Promise<void> {
  if (holds) throw new RefusalError({ code: 'role-already-held' });
  const standing = await findStanding(tx, account);
  if (standing === undefined) throw new RefusalError({ code: 'not-found' });
  if (standing.state === 'left' || standing.state === 'locked') throw new RefusalError({ code: 'account-not-active' });
  if (!areDutiesSeparate(standing.roles, 'oversight')) throw new RefusalError({ code: 'duties-not-separate' });
}

/** Confirms as the second body: the role is given or taken in the same transaction, and every session of the account ends. */
export async function confirmRequest(tx: Tx, actor: Actor, now: Now, id: string): Promise<Done> {
  const { request, body } = await deciding(tx, actor, now, id);
  await decideRequest(tx, id, { state: 'confirmed', by: actor.account, ...body, at: now.at });
  if (request.kind === 'oversight-grant') await giveOversight(tx, actor, now, request);
  else await takeOversight(tx, actor, now, request);
  await deleteSessionsOf(tx, request.account);
  await tell(tx, { at: now.at, actor, action: 'identity.two-bodies-confirmed', province: '00', account: request.account, unit: request.office, role: body.role, facts: { kind: request.kind } });
  return ok({});
}

export async function declineRequest(tx: Tx, actor: Actor, now: Now, id: string): Promise<Done> {
  const { request, body } = await deciding(tx, actor, now, id);
  await decideRequest(tx, id, { state: 'declined', by: actor.account, ...body, at: now.at });
  await tell(tx, { at: now.at, actor, action: 'identity.two-bodies-declined', province: '00', account: request.account, unit: request.office, role: body.role, facts: { kind: request.kind } });
  return ok({});
}

async function deciding(tx: Tx, actor: Actor, now: Now, id: string): Promise<{ request: RequestRow; body: Body }> {
  const request = await lockRequest(tx, id);
  if (request === undefined) throw new RefusalError({ code: 'not-found' });
  return { request, body: valueOrRefusal(mayConfirm(actor, request, await countOverseers(tx, now.today))) };
}

async function giveOversight(tx: Tx, actor: Actor, now: Now, request: RequestRow): Promise<void> {
  await mayReceive(tx, request.account, (await findOversightGrant(tx, request.account, request.office)) !== undefined);
  await insertGrant(tx, {
    id: newId(), account: request.account, role: 'oversight', office: request.office, post: 'overseer', level: 'nation', province: '00', commune: null,
    validFrom: now.today, validUntil: null, grantedBy: request.requestedBy, at: now.at, delegatedFrom: null, twoBodyRequest: request.id,
  });
  await tell(tx, { at: now.at, actor, action: 'identity.role-granted', province: '00', account: request.account, unit: request.office, facts: { role: 'oversight', from: now.today } });
}

async function takeOversight(tx: Tx, actor: Actor, now: Now, request: RequestRow): Promise<void> {
  const grant = request.roleGrant === null ? undefined : await findGrant(tx, request.roleGrant);
  if (grant === undefined) throw new RefusalError({ code: 'oversight-not-held' });
  await endGrant(tx, grant.id, { at: now.at, by: actor.account, reason: request.reason, request: request.id });
  await grantEnded(tx, actor, now, grant, 'two-bodies');
}
