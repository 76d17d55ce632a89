import { contract } from '#kernel/contract.ts';
import { Line, List, Moment, Nothing, Nullable, oneOf, shape, Type, Uuid } from '#kernel/shape.ts';
import { OfficeId } from './roles.ts';

export const requestKinds = ['oversight-grant', 'oversight-removal'] as const;
export const requestStates = ['waiting', 'confirmed', 'declined'] as const;

export const TwoBodyRequest = shape({
  id: Uuid, kind: oneOf(requestKinds), account: Uuid, accountName: Type.String(), office: OfficeId, reason: Type.String(), state: oneOf(requestStates),
  requestedByName: Type.String(), requestedOffice: OfficeId, requestedAt: Moment, decidedByName: Nullable(Type.String()), decidedOffice: Nullable(OfficeId), decidedAt: Nullable(Moment),
  /** True when the person asking may be the second body for this one. */
  mayConfirm: Type.Boolean(),
});
export const listTwoBodyRequests = contract({
  method: 'GET', path: '/oversight/requests', who: 'identity.two-bodies', summary: 'Requests to give or take the oversight role', reply: shape({ requests: List(TwoBodyRequest, 500) }), problems: {},
});
const refusals = { 'not-found': 404, 'two-bodies-same-person': 409, 'two-bodies-same-office': 409, 'two-bodies-same-role': 409, 'request-decided': 409, 'own-account': 409 } as const;
export const requestTwoBodies = contract({
  method: 'POST', path: '/oversight/requests', who: 'identity.two-bodies', summary: 'Ask to give or take the oversight role; another body must confirm', stepUp: true,
  body: shape({ kind: oneOf(requestKinds), account: Uuid, office: OfficeId, reason: Line(500) }), reply: shape({ id: Uuid }),
  problems: { ...refusals, 'oversight-not-held': 409, 'role-already-held': 409, 'duties-not-separate': 409, 'account-not-active': 409 },
});
export const confirmTwoBodies = contract({
  method: 'POST', path: '/oversight/requests/:id/confirm', who: 'identity.two-bodies', summary: 'Confirm as the second body; it takes effect at once', stepUp: true,
  params: shape({ id: Uuid }), body: Nothing, reply: Nothing, problems: { ...refusals, 'oversight-not-held': 409, 'duties-not-separate': 409, 'account-not-active': 409 },
});
export const declineTwoBodies = contract({
  method: 'POST', path: '/oversight/requests/:id/decline', who: 'identity.two-bodies', summary: 'Decline as the second body', stepUp: true,
  params: shape({ id: Uuid }), body: Nothing, reply: Nothing, problems: refusals,
});
