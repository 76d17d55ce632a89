import type { Actor } from '#kernel/actor.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';

export type Body = { readonly role: 'administrator' | 'oversight'; readonly office: string };
export type Waiting = {
  readonly kind: 'oversight-grant' | 'oversight-removal'; readonly account: string; readonly state: string;
  readonly requestedBy: string; readonly requestedRole: string; readonly requestedOffice: string;
};
export type TwoBodyRefusal = {
  readonly code: 'two-bodies-same-person' | 'two-bodies-same-office' | 'two-bodies-same-role' | 'request-decided' | 'own-account' | 'not-permitted';
};

/** As which body the actor speaks: oversight before administration (duties are separate, so nobody is both). */
export function bodyOf(actor: Actor): Body | undefined {
  for (const role of ['oversight', 'administrator'] as const) {
    const grant = actor.grants.find((each) => each.role === role && each.delegatedFrom === undefined);
    if (grant) return { role, office: grant.office };
  }
  return undefined;
}

/**
 * May this actor be the second body of a request (SECURITY E12, R16)?
 *
 * Another person at another office; and for a removal always one of each, the operator and the oversight body, so that neither can do it
 * alone. A grant may be confirmed by a second administrator only while nobody holds oversight yet, or the first could never be made.
 */
export function mayConfirm(actor: Actor, waiting: Waiting, overseers: number): Result<Body, TwoBodyRefusal> {
  const body = bodyOf(actor);
  if (body === undefined) return refuse({ code: 'not-permitted' });
  if (waiting.state !== 'waiting') return refuse({ code: 'request-decided' });
  if (actor.account === waiting.requestedBy) return refuse({ code: 'two-bodies-same-person' });
  if (waiting.kind === 'oversight-grant' && actor.account === waiting.account) return refuse({ code: 'own-account' });
  if (body.office === waiting.requestedOffice) return refuse({ code: 'two-bodies-same-office' });
  const firstOverseer = waiting.kind === 'oversight-grant' && overseers === 0;
  if (body.role === waiting.requestedRole && !firstOverseer) return refuse({ code: 'two-bodies-same-role' });
  return ok(body);
}
