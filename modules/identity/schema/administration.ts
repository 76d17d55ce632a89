import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Moment, Nothing, Nullable, shape, Type, Uuid } from '#kernel/shape.ts';
import { AccountStateShape, CommuneOrNone, LevelShape, OfficeId, PostCode, ProvinceOrNation, Role } from './roles.ts';
import { GrantView } from './session.ts';

const Home = { office: OfficeId, province: ProvinceOrNation, commune: CommuneOrNone };
export const AccountRow = shape({
  id: Uuid, name: Type.String(), userName: Type.String(), state: AccountStateShape, demonstration: Type.Boolean(), ...Home, roles: List(Role, 50), lastSeenAt: Nullable(Moment),
});
export const listAccounts = contract({
  method: 'GET', path: '/accounts', who: 'identity.read-accounts', summary: 'Accounts of the places I administer, by name',
  query: shape({
    search: Type.Optional(Type.String({ maxLength: 120 })), office: Type.Optional(OfficeId), province: Type.Optional(ProvinceOrNation), role: Type.Optional(Role),
    state: Type.Optional(AccountStateShape), after: Type.Optional(Uuid), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: shape({ accounts: List(AccountRow, 200), more: Type.Boolean() }), problems: {},
});
export const AccountPage = shape({
  id: Uuid, name: Type.String(), userName: Type.String(), email: Nullable(Type.String()), state: AccountStateShape, stateReason: Nullable(Type.String()), demonstration: Type.Boolean(), ...Home,
  createdAt: Moment, grants: List(GrantView, 200), sessions: Type.Integer(),
});
export const getAccount = contract({
  method: 'GET', path: '/accounts/:id', who: 'identity.read-accounts', summary: 'One account with its roles', params: shape({ id: Uuid }), reply: AccountPage,
  problems: { 'not-found': 404 }, recordsRead: true,
});
/** The link is shown once, to the administrator, and handed over in person or by post; only its hash is stored. */
const OneTimeLink = shape({ id: Uuid, link: Type.String(), expiresAt: Moment });
export const createAccount = contract({
  method: 'POST', path: '/accounts', who: 'identity.administer', summary: 'Create an account; the reply holds its one-time link', stepUp: true,
  body: shape({ name: Line(120), userName: Line(60), email: Nullable(Type.String({ maxLength: 200, format: 'email' })), ...Home }), reply: OneTimeLink,
  problems: { 'user-name-not-valid': 422, 'user-name-taken': 409, 'email-taken': 409, 'place-not-yours': 403 },
});
export const issueLink = contract({
  method: 'POST', path: '/accounts/:id/link', who: 'identity.administer', summary: 'A new one-time link: for a lost password or lost factor. Every session ends, and signing in waits for the link', stepUp: true,
  params: shape({ id: Uuid }), body: Nothing, reply: OneTimeLink, problems: { 'not-found': 404, 'place-not-yours': 403, 'two-bodies-needed': 409, 'own-account': 409, 'account-not-active': 409 },
});
export const grantRole = contract({
  method: 'POST', path: '/accounts/:id/grants', who: 'identity.administer', summary: 'Give a role at an office, by post', stepUp: true,
  params: shape({ id: Uuid }),
  body: shape({ role: Role, office: OfficeId, post: PostCode, level: LevelShape, province: ProvinceOrNation, commune: CommuneOrNone, from: Day, until: Nullable(Day) }),
  reply: shape({ id: Uuid }),
  problems: {
    'not-found': 404, 'own-account': 409, 'place-not-yours': 403, 'role-wider-than-yours': 403, 'two-bodies-needed': 409, 'role-not-at-level': 422, 'place-not-valid': 422,
    'period-not-valid': 422, 'duties-not-separate': 409, 'account-not-active': 409, 'role-already-held': 409,
  },
});
export const endGrant = contract({
  method: 'POST', path: '/grants/:id/end', who: 'identity.administer', summary: 'Take a role away; the sessions of the account end at once', stepUp: true,
  params: shape({ id: Uuid }), body: shape({ reason: Line(500) }), reply: Nothing,
  problems: { 'not-found': 404, 'own-account': 409, 'place-not-yours': 403, 'role-wider-than-yours': 403, 'two-bodies-needed': 409 },
});
const onAccount = { 'not-found': 404, 'own-account': 409, 'place-not-yours': 403, 'two-bodies-needed': 409, 'account-not-active': 409, 'role-wider-than-yours': 403 } as const;
export const lockAccount = contract({
  method: 'POST', path: '/accounts/:id/lock', who: 'identity.administer', summary: 'Lock; every session ends at once', stepUp: true,
  params: shape({ id: Uuid }), body: shape({ reason: Line(500) }), reply: Nothing, problems: onAccount,
});
export const unlockAccount = contract({
  method: 'POST', path: '/accounts/:id/unlock', who: 'identity.administer', summary: 'Unlock', stepUp: true, params: shape({ id: Uuid }), body: Nothing, reply: Nothing,
  problems: { ...onAccount, 'account-not-locked': 409 },
});
export const endSessions = contract({
  method: 'POST', path: '/accounts/:id/sessions/end', who: 'identity.administer', summary: 'End every session of an account', params: shape({ id: Uuid }), body: Nothing,
  reply: shape({ ended: Type.Integer() }), problems: { 'not-found': 404, 'place-not-yours': 403 },
});
export const leaveOffice = contract({
  method: 'POST', path: '/accounts/:id/leave', who: 'identity.administer', summary: 'The person has left: every role ends, open work is handed over by post', stepUp: true,
  params: shape({ id: Uuid }), body: shape({ reason: Line(500) }), reply: shape({ ended: Type.Integer() }), problems: onAccount,
});
