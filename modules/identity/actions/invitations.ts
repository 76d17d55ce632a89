import { fold } from '#kernel/fold.ts';
import { newId } from '#kernel/id.ts';
import type { Now } from '#kernel/clock.ts';
import { ok, refuse, RefusalError, type Result } from '#kernel/result.ts';
import { hashPassword, mayHashNow } from '#platform/crypto/password.ts';
import { newToken, tokenHash } from '#platform/crypto/token.ts';
import type { Tx } from '#platform/db/tx.ts';
import { checkPassword, checkUserName } from '../rules/password.ts';
import { linkHours, minutesAfter } from '../rules/session-life.ts';
import {
  countAdministrators, endInvitations, findInvitation, insertAccount, insertInvitation, isUserNameTaken, rename, setState, spendInvitation,
} from '../store/accounts.ts';
import { clearCredentials, setPassword } from '../store/credentials.ts';
import { insertGrant } from '../store/grants.ts';
import { linkTry, passGate, succeeded } from './attempts.ts';
import { tell } from './leaf.ts';
import { advance, type Step } from './open-session.ts';
import type { Asking } from './request.ts';

export type LinkKind = keyof typeof linkHours;
export type Link = { readonly id: string; readonly link: string; readonly expiresAt: string };

/** The token stands after `#`, so it reaches no server log on its way. */
const linkOf = (publicUrl: string, token: string): string => `${publicUrl}/invitation#${token}`;

/** A one-time link of 256 random bits, of which only the hash is stored; earlier links for the same account stop working. */
export async function makeLink(tx: Tx, publicUrl: string, now: Now, of: { readonly kind: LinkKind; readonly account: string | null; readonly by: string | null }): Promise<Link> {
  const token = newToken();
  const id = newId<'Invitation'>();
  const expiresAt = minutesAfter(now.at, linkHours[of.kind] * 60);
  await endInvitations(tx, of.account, now.at);
  await insertInvitation(tx, { id, tokenHash: tokenHash(token), kind: of.kind, account: of.account, createdBy: of.by, at: now.at, expiresAt });
  return { id, link: linkOf(publicUrl, token), expiresAt };
}

/** The link for the first administrator; undefined once there is one. Runs as the system, at the start in production. */
export async function firstAdministratorLink(tx: Tx, publicUrl: string, now: Now): Promise<Link | undefined> {
  if ((await countAdministrators(tx, now.today)) > 0) return undefined;
  return makeLink(tx, publicUrl, now, { kind: 'first-administrator', account: null, by: null });
}

export async function lookAtLink({ services, edge, now }: Asking, token: string) {
  const gate = await passGate(services.db, linkTry(edge.address), now.at);
  if (!gate.ok) return gate;
  const found = await services.db.read('system', (tx) => findInvitation(tx, tokenHash(token), now.at));
  if (found === undefined) return refuse({ code: 'invitation-not-valid' });
  await succeeded(services.db, gate.value, now.at);
  const { kind, name, userName, expiresAt } = found;
  return ok({ kind, name, userName, expiresAt });
}

type Accepted = { readonly token: string; readonly name: string; readonly userName: string; readonly password: string };

/** Uses a link: name and password are set, and the sign-in goes on to the second factor. */
export async function acceptLink(asking: Asking, typed: Accepted): Promise<Result<Step>> {
  const { services, now } = asking;
  const looked = await lookAtLink(asking, typed.token);
  if (!looked.ok) return looked;
  const userName = checkUserName(looked.value.kind === 'reset' ? looked.value.userName : typed.userName);
  if (!userName.ok) return userName;
  const allowed = checkPassword(typed.password, [typed.name, userName.value]);
  if (!allowed.ok) return allowed;
  if (!mayHashNow()) return refuse({ code: 'busy-try-again' });
  const hash = await hashPassword(typed.password);
  return services.db.write('system', async (tx): Promise<Result<Step>> => {
    const invitation = await findInvitation(tx, tokenHash(typed.token), now.at);
    if (invitation === undefined || (await spendInvitation(tx, invitation.id, now.at)) === 0) return refuse({ code: 'invitation-not-valid' });
    if (await isUserNameTaken(tx, userName.value, invitation.account)) throw new RefusalError({ code: 'user-name-taken' });
    const named = { ...typed, userName: userName.value };
    const account = invitation.account ?? (await createFirstAdministrator(tx, now, named));
    if (invitation.kind === 'new-account') await rename(tx, account, typed.name, userName.value, fold(`${typed.name} ${userName.value}`));
    await clearCredentials(tx, account);
    await setState(tx, account, 'active', null, now.at);
    await setPassword(tx, account, hash, now.at);
    await tell(tx, { at: now.at, actor: 'system', action: 'identity.link-used', province: '00', account, facts: { kind: invitation.kind } });
    return ok(await advance(tx, asking, { account, first: 'password', secondShown: false, method: 'password' }));
  });
}

/** The programme's standing agency is the Ministry of Public Security (BCA); SAURO_FIRST_OFFICE names another office. */
async function createFirstAdministrator(tx: Tx, now: Now, { name, userName }: Pick<Accepted, 'name' | 'userName'>): Promise<string> {
  if ((await countAdministrators(tx, now.today)) > 0) throw new RefusalError({ code: 'invitation-not-valid' });
  const id = newId<'Account'>();
  const office = process.env['SAURO_FIRST_OFFICE'] ?? 'BCA';
  const taken = await insertAccount(tx, {
    id, name, userName, email: null, searchText: fold(`${name} ${userName}`), state: 'active', demonstration: false, office, province: '00', commune: null, createdBy: null, at: now.at,
  });
  if (taken !== undefined) throw new RefusalError({ code: 'user-name-taken' });
  await insertGrant(tx, {
    id: newId(), account: id, role: 'administrator', office, post: 'administrator', level: 'nation', province: '00', commune: null, validFrom: now.today, validUntil: null,
    grantedBy: null, at: now.at, delegatedFrom: null, twoBodyRequest: null,
  });
  await tell(tx, { at: now.at, actor: 'system', action: 'identity.first-administrator', province: '00', account: id, unit: office });
  return id;
}
