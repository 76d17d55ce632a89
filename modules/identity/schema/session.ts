import { contract } from '#kernel/contract.ts';
import { Line, List, Moment, Nothing, Nullable, oneOf, shape, Type, Uuid, Day } from '#kernel/shape.ts';
import { CommuneOrNone, Language, LevelShape, OfficeId, ProvinceOrNation, Role } from './roles.ts';

export const UserName = Type.String({ minLength: 1, maxLength: 120, description: 'user name or e-mail address' });
/** Longer is refused before any hashing (SECURITY R2); shorter than 12 is refused by the rule, with its reason. */
export const Password = Type.String({ minLength: 1, maxLength: 200, keepRaw: true });
export const TotpCode = Type.String({ pattern: '^[0-9]{6}$' });
/** A browser's answer for a passkey, as `@simplewebauthn/browser` gives it; checked by the library and not by us. */
export const PasskeyAnswer = Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { description: 'a WebAuthn response in JSON', keepRaw: true });
export const PasskeyOptions = shape({ options: Type.Record(Type.String(), Type.Unknown(), { description: 'WebAuthn options in JSON' }) });

/** Where a sign-in stands. `second-factor`: show the code or passkey step; `enrolment`: set up a factor; `full`: signed in. */
export const stages = ['none', 'second-factor', 'enrolment', 'full'] as const;
export type Stage = (typeof stages)[number];
export const Factor = oneOf(['totp', 'passkey'] as const);
export const SignInStep = shape({
  stage: oneOf(stages),
  factors: List(Factor, 2),
});

export const GrantView = shape({
  id: Uuid, role: Role, office: OfficeId, post: Type.String(), level: LevelShape, province: ProvinceOrNation, commune: CommuneOrNone,
  validFrom: Day, validUntil: Nullable(Day), delegated: Type.Boolean(),
});

export const SessionView = shape({
  stage: oneOf(stages),
  /** Factors usable at the second step, or that enrolment still asks for. */
  factors: List(Factor, 2),
  account: Nullable(shape({ id: Uuid, name: Type.String(), userName: Type.String(), language: Language, demonstration: Type.Boolean() })),
  grants: List(GrantView, 100),
  freshUntil: Nullable(Moment),
  endsAt: Nullable(Moment),
});

const slowed = { 'too-many-tries': 429, 'busy-try-again': 503, 'connection-not-safe': 403 } as const;

export const signInOptions = contract({
  method: 'GET', path: '/sign-in/options', who: 'anyone', summary: 'Which ways of signing in this installation offers',
  reply: shape({
    mode: oneOf(['demonstration', 'production'] as const), passkeys: Type.Boolean(), oidc: Type.Boolean(),
    demonstration: List(shape({ userName: Type.String(), name: Type.String(), role: Role, office: OfficeId }), 60),
  }),
  problems: {}, ownTransactions: true,
});
export const currentSession = contract({
  method: 'GET', path: '/session', who: 'anyone', summary: 'Who is signed in, with which roles, and what the sign-in still needs',
  reply: SessionView, problems: {}, ownTransactions: true,
});
export const signInWithPassword = contract({
  method: 'POST', path: '/sign-in/password', who: 'anyone', summary: 'First step: user name and password', ownTransactions: true,
  body: shape({ userName: UserName, password: Password }), reply: SignInStep,
  problems: { ...slowed, 'sign-in-failed': 401 },
});
export const signInWithTotp = contract({
  method: 'POST', path: '/sign-in/totp', who: 'anyone', summary: 'Second step: a code of the authenticator app; each code works once', ownTransactions: true,
  body: shape({ code: TotpCode }), reply: SignInStep,
  problems: { ...slowed, 'sign-in-failed': 401, 'code-wrong': 401, 'sign-in-expired': 401 },
});
export const passkeySignInOptions = contract({
  method: 'POST', path: '/sign-in/passkey/options', who: 'anyone', summary: 'Challenge for a passkey, as only or second factor', ownTransactions: true,
  body: Nothing, reply: PasskeyOptions, problems: { ...slowed, 'passkeys-not-possible': 409 },
});
export const signInWithPasskey = contract({
  method: 'POST', path: '/sign-in/passkey', who: 'anyone', summary: 'Sign in with a passkey: two factors in one', ownTransactions: true,
  body: shape({ answer: PasskeyAnswer }), reply: SignInStep,
  problems: { ...slowed, 'passkey-refused': 401, 'passkeys-not-possible': 409 },
});
export const signInForDemonstration = contract({
  method: 'POST', path: '/sign-in/demonstration', who: 'anyone', summary: 'One click, demonstration accounts only; refused in production', ownTransactions: true,
  body: shape({ userName: UserName }), reply: SignInStep,
  problems: { ...slowed, 'demonstration-only': 403, 'sign-in-failed': 401 },
});
export const startOidc = contract({
  method: 'POST', path: '/sign-in/oidc', who: 'anyone', summary: 'Begin sign-on at the configured identity provider, or link it to the account signed in', ownTransactions: true,
  body: shape({ purpose: oneOf(['sign-in', 'link'] as const) }), reply: shape({ url: Type.String() }),
  problems: { ...slowed, 'oidc-not-configured': 409, 'oidc-unreachable': 422, 'sign-in-needed': 401, 'step-up-needed': 401 },
});
export const finishOidc = contract({
  method: 'POST', path: '/sign-in/oidc/finish', who: 'anyone', summary: "Finish sign-on with the query string the provider's redirect brought", ownTransactions: true,
  body: shape({ returned: Type.String({ minLength: 1, maxLength: 8000, keepRaw: true }) }), reply: SignInStep,
  problems: { ...slowed, 'oidc-not-configured': 409, 'oidc-refused': 401, 'oidc-not-linked': 403, 'same-person-other-account': 409, 'sign-in-expired': 401 },
});
export const signOut = contract({
  method: 'POST', path: '/session/end', who: 'anyone', summary: 'Sign out: the session is deleted', ownTransactions: true,
  body: Nothing, reply: Nothing, problems: {},
});
export const stepUp = contract({
  method: 'POST', path: '/session/step-up', who: 'signed-in', summary: 'Show the second factor again; the session gets a new token', ownTransactions: true,
  body: Type.Union([
    shape({ kind: Type.Literal('totp'), code: TotpCode }),
    shape({ kind: Type.Literal('passkey'), answer: PasskeyAnswer }),
    shape({ kind: Type.Literal('demonstration') }),
  ]),
  reply: shape({ freshUntil: Moment }),
  problems: { ...slowed, 'code-wrong': 401, 'passkey-refused': 401, 'demonstration-only': 403, 'passkeys-not-possible': 409 },
});
export const lookAtInvitation = contract({
  method: 'POST', path: '/invitations/look', who: 'anyone', summary: 'What a one-time link is for; does not use it up', ownTransactions: true,
  body: shape({ token: Line(100) }),
  reply: shape({ kind: oneOf(['first-administrator', 'new-account', 'reset'] as const), name: Type.String(), userName: Type.String(), expiresAt: Moment }),
  problems: { ...slowed, 'invitation-not-valid': 404 },
});
export const acceptInvitation = contract({
  method: 'POST', path: '/invitations/accept', who: 'anyone', summary: 'Use a one-time link: set name and password; a second factor is asked next', ownTransactions: true,
  body: shape({ token: Line(100), name: Line(120), userName: Line(60), password: Password }), reply: SignInStep,
  problems: {
    ...slowed, 'invitation-not-valid': 404, 'password-too-short': 422, 'password-too-long': 422, 'password-common': 422, 'password-holds-name': 422,
    'user-name-not-valid': 422, 'user-name-taken': 409,
  },
});
