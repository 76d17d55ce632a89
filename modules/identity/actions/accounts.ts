import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { fold } from '#kernel/fold.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, RefusalError, valueOrRefusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { Tx } from '#platform/db/tx.ts';
import { checkUserName } from '../rules/password.ts';
import { administers, mayActOn } from '../rules/granting.ts';
import type { AccountPage, createAccount as createAccountContract, listAccounts as listAccountsContract } from '../schema/administration.ts';
import { endInvitations, findAccountPage, findStanding, insertAccount, listAccounts, lockAccountRow, setState, type Standing } from '../store/accounts.ts';
import { endGrantsOf, listGrantsOf } from '../store/grants.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { grantEnded } from './grants.ts';
import { makeLink, type Link } from './invitations.ts';
import { tell } from './leaf.ts';

type Done = Result<Record<string, never>>;
const pageSize = 50;

export async function readAccounts(tx: Tx, now: Now, asked: Static<NonNullable<typeof listAccountsContract.query>>): Promise<Static<typeof listAccountsContract.reply>> {
  const limit = asked.limit ?? pageSize;
  const search = asked.search === undefined ? '' : fold(asked.search).replace(/[\\%_]/g, '\\$&');
  const rows = await listAccounts(tx, {
    search: search === '' ? null : search, office: asked.office ?? null, province: asked.province ?? null, role: asked.role ?? null, state: asked.state ?? null,
    after: asked.after ?? null, limit: limit + 1, today: now.today,
  });
  return { accounts: rows.slice(0, limit), more: rows.length > limit };
}

/** Who holds which role is read with a trace: the look itself is an entry of the log (SECURITY R25). */
export async function readAccount(tx: Tx, actor: Actor, now: Now, id: string): Promise<Result<Static<typeof AccountPage>>> {
  const page = await findAccountPage(tx, id);
  if (page === undefined) return refuse({ code: 'not-found' });
  await tell(tx, { at: now.at, actor, kind: 'read', action: 'identity.account-read', province: page.province, account: id, unit: page.office });
  const grants = (await listGrantsOf(tx, id)).map(({ delegatedFrom, ...grant }) => ({ ...grant, delegated: delegatedFrom !== null }));
  return ok({ ...page, grants });
}

export async function createAccount(tx: Tx, actor: Actor, now: Now, wanted: Static<NonNullable<typeof createAccountContract.body>>, publicUrl: string): Promise<Result<Link>> {
  const userName = checkUserName(wanted.userName);
  if (!userName.ok) return userName;
  const { name, office, province, commune } = wanted;
  if (!administers(actor, province, commune)) return refuse({ code: 'place-not-yours' });
  const id = newId<'Account'>();
  const taken = await insertAccount(tx, {
    id, name, userName: userName.value, email: wanted.email?.toLowerCase() ?? null, searchText: fold(`${name} ${userName.value}`), state: 'invited', demonstration: false,
    office, province, commune, createdBy: actor.account, at: now.at,
  });
  if (taken !== undefined) throw new RefusalError({ code: taken });
  await tell(tx, { at: now.at, actor, action: 'identity.account-created', province, account: id, unit: office, role: 'administrator' });
  return ok({ ...(await makeLink(tx, publicUrl, now, { kind: 'new-account', account: id, by: actor.account })), id });
}

/** The account judged for an act of administration. @throws RefusalError with the reason why not */
async function actingOn(tx: Tx, actor: Actor, id: string): Promise<Standing> {
  const found = await findStanding(tx, id);
  if (found === undefined) throw new RefusalError({ code: 'not-found' });
  valueOrRefusal(mayActOn(actor, found));
  const locked = await lockAccountRow(tx, id);
  if (locked === undefined) throw new RefusalError({ code: 'not-found' });
  valueOrRefusal(mayActOn(actor, locked));
  return locked;
}

/** A new link. For an account in use it is a reset: signing in with what was lost or stolen stops now, and using the link forgets it. */
export async function issueLink(tx: Tx, actor: Actor, now: Now, id: string, publicUrl: string): Promise<Result<Link>> {
  const account = await actingOn(tx, actor, id);
  if (account.state !== 'invited' && account.state !== 'active') return refuse({ code: 'account-not-active' });
  const kind = account.state === 'invited' ? 'new-account' : 'reset';
  await setState(tx, id, 'invited', null, now.at);
  await deleteSessionsOf(tx, id);
  await tell(tx, { at: now.at, actor, action: 'identity.link-issued', province: account.province, account: id, unit: account.office, role: 'administrator', facts: { kind } });
  return ok({ ...(await makeLink(tx, publicUrl, now, { kind, account: id, by: actor.account })), id });
}

export async function lockAccount(tx: Tx, actor: Actor, now: Now, id: string, reason: string): Promise<Done> {
  const account = await actingOn(tx, actor, id);
  if (account.state === 'left') return refuse({ code: 'account-not-active' });
  await setState(tx, id, 'locked', reason, now.at);
  await endInvitations(tx, id, now.at);
  await deleteSessionsOf(tx, id);
  await tell(tx, { at: now.at, actor, action: 'identity.account-locked', province: account.province, account: id, unit: account.office, role: 'administrator', after: reason });
  return ok({});
}

export async function unlockAccount(tx: Tx, actor: Actor, now: Now, id: string): Promise<Done> {
  const account = await actingOn(tx, actor, id);
  if (account.state !== 'locked') return refuse({ code: 'account-not-locked' });
  await setState(tx, id, 'active', null, now.at);
  await tell(tx, { at: now.at, actor, action: 'identity.account-unlocked', province: account.province, account: id, unit: account.office, role: 'administrator' });
  return ok({});
}

export async function endSessionsOf(tx: Tx, actor: Actor, now: Now, id: string): Promise<Result<{ ended: number }>> {
  const account = await findStanding(tx, id);
  if (account === undefined) return refuse({ code: 'not-found' });
  if (!administers(actor, account.province, account.commune)) return refuse({ code: 'place-not-yours' });
  const ended = await deleteSessionsOf(tx, id);
  await tell(tx, { at: now.at, actor, action: 'identity.session-ended', province: account.province, account: id, unit: account.office, role: 'administrator', facts: { sessions: ended } });
  return ok({ ended });
}

/** The person has left: every role ends with what was delegated from it, and each post's open work is told to be handed over. */
export async function leaveOffice(tx: Tx, actor: Actor, now: Now, id: string, reason: string): Promise<Result<{ ended: number }>> {
  const account = await actingOn(tx, actor, id);
  if (account.state === 'left') return refuse({ code: 'account-not-active' });
  const ended = await endGrantsOf(tx, id, { at: now.at, by: actor.account, reason, request: null });
  await setState(tx, id, 'left', reason, now.at);
  await endInvitations(tx, id, now.at);
  await deleteSessionsOf(tx, id);
  for (const grant of ended) await grantEnded(tx, actor, now, grant, 'left');
  await tell(tx, { at: now.at, actor, action: 'identity.account-left', province: account.province, account: id, unit: account.office, role: 'administrator', facts: { grants: ended.length } });
  return ok({ ended: ended.length });
}
