import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, valueOrRefusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { Tx } from '#platform/db/tx.ts';
import { publish } from '#platform/events/publish.ts';
import { administers, mayEndGrant, mayGrant } from '../rules/granting.ts';
import type { grantRole as grantRoleContract } from '../schema/administration.ts';
import { findStanding, lockAccountRow } from '../store/accounts.ts';
import { endGrant, findGrant, findSameGrant, insertGrant, lockGrant, type GrantRow } from '../store/grants.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { tell } from './leaf.ts';

/** Gives a role. The account's row is locked first, so that two roles that exclude each other cannot be given at once. */
export async function grantRole(tx: Tx, actor: Actor, now: Now, account: string, wanted: Static<NonNullable<typeof grantRoleContract.body>>): Promise<Result<{ id: string }>> {
  const standing = await findStanding(tx, account);
  if (standing === undefined) return refuse({ code: 'not-found' });
  if (standing.state === 'left') return refuse({ code: 'account-not-active' });
  valueOrRefusal(mayGrant(actor, standing, wanted, now.today));
  if (!administers(actor, standing.province, standing.commune)) return refuse({ code: 'place-not-yours' });
  const locked = await lockAccountRow(tx, account);
  if (locked === undefined) return refuse({ code: 'duties-not-separate', held: standing.roles.join(', '), wanted: wanted.role });
  valueOrRefusal(mayGrant(actor, locked, wanted, now.today));
  const { from, until, ...place } = wanted;
  if ((await findSameGrant(tx, { account, ...wanted })) !== undefined) return refuse({ code: 'role-already-held' });
  const id = newId<'Grant'>();
  await insertGrant(tx, { ...place, id, account, validFrom: from, validUntil: until, grantedBy: actor.account, at: now.at, delegatedFrom: null, twoBodyRequest: null });
  await deleteSessionsOf(tx, account);
  await tell(tx, { at: now.at, actor, action: 'identity.role-granted', province: wanted.province, account, unit: wanted.office, role: 'administrator', after: wanted, facts: { role: wanted.role, from } });
  await publish(tx, now.at, [{ province: wanted.province, type: 'identity.role-granted', payload: { grant: id, account, role: wanted.role, office: wanted.office, post: wanted.post } }]);
  return ok({ id });
}

export async function takeRole(tx: Tx, actor: Actor, now: Now, id: string, reason: string): Promise<Result<Record<string, never>>> {
  const found = await findGrant(tx, id);
  if (found === undefined) return refuse({ code: 'not-found' });
  valueOrRefusal(mayEndGrant(actor, found));
  const grant = await lockGrant(tx, id);
  if (grant === undefined) return refuse({ code: 'not-found' });
  await endGrant(tx, id, { at: now.at, by: actor.account, reason, request: null });
  await deleteSessionsOf(tx, grant.account);
  await grantEnded(tx, actor, now, grant, 'taken');
  return ok({});
}

/** Tells the log and the other modules that a post lost its holder, so that open work can be handed to the next one. */
export async function grantEnded(tx: Tx, actor: Actor | 'system', now: Now, grant: GrantRow, why: string): Promise<void> {
  await tell(tx, { at: now.at, actor, action: 'identity.grant-ended', province: grant.province, account: grant.account, unit: grant.office, facts: { role: grant.role, why } });
  await publish(tx, now.at, [{
    province: grant.province, type: 'identity.grant-ended',
    payload: { grant: grant.id, account: grant.account, role: grant.role, office: grant.office, post: grant.post, commune: grant.commune, delegated: grant.delegatedFrom !== null },
  }]);
}
