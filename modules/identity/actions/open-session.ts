import { newId, asId } from '#kernel/id.ts';
import { RefusalError } from '#kernel/result.ts';
import { newToken, tokenHash } from '#platform/crypto/token.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Static } from '#kernel/shape.ts';
import { passkeysPossibleAt, nextStage, type FirstStep } from '../rules/second-factor.ts';
import { minutesAfter, sessionMinutes } from '../rules/session-life.ts';
import type { SignInStep } from '../schema/session.ts';
import { factorsOf, rememberDevice } from '../store/credentials.ts';
import { findStanding } from '../store/accounts.ts';
import { deleteSession, deleteSessionByToken, insertSession } from '../store/sessions.ts';
import { tell } from './leaf.ts';
import { giveCookie, readCookie, type Asking } from './request.ts';

export type Step = Static<typeof SignInStep>;
export type Passed = {
  readonly account: string;
  readonly first: FirstStep;
  readonly secondShown: boolean;
  /** How the person signed in, in a word shown in their list of sessions. */
  readonly method: string;
  /** The unfinished session this step continues; when it is gone meanwhile, so is the sign-in. */
  readonly from?: string;
  /** Demonstration accounts need no second factor, in demonstration mode only. */
  readonly demonstration?: boolean;
};

/**
 * Takes a sign-in one step further: a new session with a new token, whatever the browser sent before (no fixation, SECURITY R3).
 * Runs in the transaction of the step that was passed; the cookies go out with the answer, which is sent after the commit.
 */
export async function advance(tx: Tx, asking: Asking, passed: Passed): Promise<Step> {
  const { services, now, edge } = asking;
  if (passed.from !== undefined && (await deleteSession(tx, passed.from)) === 0) throw new RefusalError({ code: 'sign-in-expired' });
  const before = readCookie(edge, 'session');
  if (before !== undefined) await deleteSessionByToken(tx, tokenHash(before));
  const standing = await findStanding(tx, passed.account);
  if (standing === undefined || standing.state !== 'active') throw new RefusalError({ code: 'sign-in-failed' });
  const next = passed.demonstration === true
    ? { stage: 'full' as const, factors: [] }
    : nextStage({ ...passed, held: await factorsOf(tx, passed.account), roles: standing.roles, passkeysPossible: passkeysPossibleAt(services.publicUrl) });
  const token = newToken();
  const session = newId<'Session'>();
  const whole = next.stage === 'full';
  await insertSession(tx, {
    id: session, account: passed.account, tokenHash: tokenHash(token), stage: next.stage, method: whole ? passed.method : passed.first, at: now.at,
    endsAt: minutesAfter(now.at, whole ? sessionMinutes.absolute : sessionMinutes.unfinished), freshUntil: whole ? minutesAfter(now.at, sessionMinutes.fresh) : null,
    address: edge.address.slice(0, 60), userAgent: edge.userAgent.slice(0, 200),
  });
  giveCookie(edge, 'session', token);
  if (whole) {
    await knowBrowser(tx, asking, passed.account);
    const actor = { account: asId<'Account'>(passed.account), session, name: standing.name, language: 'vi' as const, grants: [] };
    await tell(tx, { at: now.at, actor, action: 'identity.signed-in', province: standing.province, account: passed.account, unit: standing.office, facts: { method: passed.method } });
  }
  return next;
}

async function knowBrowser(tx: Tx, { edge, now }: Asking, account: string): Promise<void> {
  const token = newToken();
  await rememberDevice(tx, account, tokenHash(token), now.at);
  giveCookie(edge, 'device', token);
}
