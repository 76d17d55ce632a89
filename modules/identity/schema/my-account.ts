import { contract } from '#kernel/contract.ts';
import { Day, List, Moment, Nothing, Nullable, shape, Type, Uuid } from '#kernel/shape.ts';
import { Language, OfficeId, Role } from './roles.ts';
import { Password } from './session.ts';

export const MySession = shape({ id: Uuid, current: Type.Boolean(), method: Type.String(), createdAt: Moment, lastSeenAt: Moment, address: Type.String(), userAgent: Type.String() });
export const listMySessions = contract({
  method: 'GET', path: '/me/sessions', who: 'signed-in', summary: 'Where I am signed in', reply: shape({ sessions: List(MySession, 200) }), problems: {},
});
export const endMySession = contract({
  method: 'DELETE', path: '/me/sessions/:id', who: 'signed-in', summary: 'End one of my sessions', params: shape({ id: Uuid }), reply: Nothing, problems: { 'not-found': 404 },
});
export const endMyOtherSessions = contract({
  method: 'POST', path: '/me/sessions/end-others', who: 'signed-in', summary: 'End all my sessions but this one', body: Nothing,
  reply: shape({ ended: Type.Integer() }), problems: {},
});
export const changePassword = contract({
  method: 'POST', path: '/me/password', who: 'signed-in', summary: 'Change my password; my other sessions end', ownTransactions: true, stepUp: true,
  body: shape({ current: Password, next: Password }), reply: Nothing,
  problems: {
    'password-wrong': 422, 'password-too-short': 422, 'password-too-long': 422, 'password-common': 422, 'password-holds-name': 422,
    'too-many-tries': 429, 'busy-try-again': 503,
  },
});
export const setLanguage = contract({
  method: 'PUT', path: '/me/language', who: 'signed-in', summary: 'My language', body: shape({ language: Language }), reply: Nothing, problems: {},
});

export const Delegation = shape({
  id: Uuid, role: Role, office: OfficeId, post: Type.String(), fromName: Type.String(), toName: Type.String(), mine: Type.Boolean(), validFrom: Day, validUntil: Nullable(Day),
});
export const listDelegations = contract({
  method: 'GET', path: '/me/delegations', who: 'signed-in', summary: 'What I delegated and what was delegated to me, still running',
  reply: shape({ delegations: List(Delegation, 200) }), problems: {},
});
export const listColleagues = contract({
  method: 'GET', path: '/me/colleagues', who: 'signed-in', summary: 'Accounts of my offices, to whom I may delegate',
  reply: shape({ colleagues: List(shape({ account: Uuid, name: Type.String(), office: OfficeId }), 2000) }), problems: {},
});
export const delegate = contract({
  method: 'POST', path: '/me/delegations', who: 'signed-in', summary: 'Delegate a role of mine to a colleague of the same office until a day', stepUp: true,
  body: shape({ grant: Uuid, account: Uuid, from: Day, until: Day }), reply: shape({ id: Uuid }),
  problems: {
    'grant-not-yours': 404, 'delegation-of-delegation': 409, 'role-not-delegable': 409, 'delegate-other-office': 409, 'delegate-to-self': 409,
    'delegation-end-missing': 422, 'delegation-too-long': 422, 'delegation-past-grant': 422, 'duties-not-separate': 409, 'account-not-active': 409,
  },
});
export const endDelegation = contract({
  method: 'POST', path: '/me/delegations/:id/end', who: 'signed-in', summary: 'Take back a delegation before its end', params: shape({ id: Uuid }), body: Nothing,
  reply: Nothing, problems: { 'not-found': 404 },
});
