import type { Actor, Grant } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { asId } from '#kernel/id.ts';
import { isToken, tokenHash } from '#platform/crypto/token.ts';
import type { Edge } from '#platform/http/bind.ts';
import type { Services } from '#platform/services.ts';
import { opensNoContent, reachOf } from '../rules/granting.ts';
import { isSessionLive, shouldMarkSeen } from '../rules/session-life.ts';
import { findSession, markSeen, type HeldGrant, type SessionRow } from '../store/sessions.ts';
import { readCookie } from './request.ts';

/**
 * Who sends this request: read afresh each time from the session, the account and its live grants, so that a lock, a changed role
 * or an ended delegation counts from the next request on (SECURITY R5).
 */
export async function authenticate(edge: Edge, services: Pick<Services, 'db' | 'mode'>, now: Now): Promise<Actor | undefined> {
  const session = await findOpenSession(edge, services, now);
  if (session?.stage !== 'full') return undefined;
  if (shouldMarkSeen(session.lastSeenAt, now.at)) await services.db.write('system', (tx) => markSeen(tx, session.id, now.at));
  return actorOf(session);
}

/** The session of the request at whatever stage; undefined when it ended, ran out, or its account may not work. */
export async function findOpenSession(edge: Edge, services: Pick<Services, 'db' | 'mode'>, now: Now): Promise<SessionRow | undefined> {
  const token = readCookie(edge, 'session');
  if (token === undefined || !isToken(token)) return undefined;
  const session = await services.db.read('system', (tx) => findSession(tx, tokenHash(token), now.today));
  return session !== undefined && mayContinue(session, services.mode, now) ? session : undefined;
}

export const mayContinue = (session: SessionRow, mode: Services['mode'], now: Now): boolean =>
  isSessionLive(session, now.at) && session.state === 'active' && !(session.demonstration && mode === 'production');

const grantOf = (held: HeldGrant): Grant => ({
  role: held.role, office: held.office, post: held.post, reach: reachOf(held),
  ...(held.delegatedFrom === null ? {} : { delegatedFrom: held.delegatedFrom }),
  ...(opensNoContent(held.role) ? { opensNoContent: true } : {}),
});

export const actorOf = (session: SessionRow): Actor => ({
  account: asId<'Account'>(session.account), session: asId<'Session'>(session.id), name: session.name, language: session.language,
  grants: session.grants.map(grantOf),
  ...(session.freshUntil === null ? {} : { freshUntil: session.freshUntil }),
});
