import { contract } from '#kernel/contract.ts';
import { Line, List, Moment, Nothing, Nullable, shape, Type, Uuid } from '#kernel/shape.ts';
import { PasskeyAnswer, PasskeyOptions, SignInStep, TotpCode } from './session.ts';

const needed = { 'sign-in-needed': 401, 'step-up-needed': 401, 'connection-not-safe': 403 } as const;

/** These serve both the first enrolment (before anything else) and "my account" (then with a fresh second factor). */
export const enrolTotp = contract({
  method: 'POST', path: '/factors/totp', who: 'anyone', summary: 'A new secret for the authenticator app, with its QR code', ownTransactions: true,
  body: Nothing, reply: shape({ secret: Type.String(), uri: Type.String(), qrSvg: Type.String() }), problems: needed,
});
export const confirmTotp = contract({
  method: 'POST', path: '/factors/totp/confirm', who: 'anyone', summary: 'Prove the authenticator app with one code', ownTransactions: true,
  body: shape({ code: TotpCode }), reply: SignInStep, problems: { ...needed, 'code-wrong': 422, 'enrolment-not-begun': 409, 'too-many-tries': 429 },
});
export const removeTotp = contract({
  method: 'DELETE', path: '/factors/totp', who: 'signed-in', summary: 'Remove the authenticator app; refused when it is the last factor', stepUp: true,
  reply: Nothing, problems: { 'last-factor': 409 },
});
export const passkeyEnrolmentOptions = contract({
  method: 'POST', path: '/factors/passkeys/options', who: 'anyone', summary: 'Challenge to register a passkey', ownTransactions: true,
  body: Nothing, reply: PasskeyOptions, problems: { ...needed, 'passkeys-not-possible': 409 },
});
export const addPasskey = contract({
  method: 'POST', path: '/factors/passkeys', who: 'anyone', summary: 'Register a passkey', ownTransactions: true,
  body: shape({ label: Line(80), answer: PasskeyAnswer }), reply: SignInStep, problems: { ...needed, 'passkey-refused': 422, 'passkeys-not-possible': 409 },
});
export const stepUpPasskeyOptions = contract({
  method: 'POST', path: '/session/step-up/options', who: 'signed-in', summary: 'Challenge for a passkey of this account, to step up', ownTransactions: true,
  body: Nothing, reply: PasskeyOptions, problems: { 'passkeys-not-possible': 409 },
});
export const PasskeyView = shape({ id: Uuid, label: Type.String(), createdAt: Moment, lastUsedAt: Nullable(Moment) });
export const listFactors = contract({
  method: 'GET', path: '/factors', who: 'signed-in', summary: 'My second factors and linked sign-ons',
  reply: shape({
    totp: Type.Boolean(), passkeys: List(PasskeyView, 50), linked: List(shape({ issuer: Type.String(), linkedAt: Moment }), 10),
    passkeysPossible: Type.Boolean(), passwordChangedAt: Nullable(Moment),
  }),
  problems: {},
});
export const removePasskey = contract({
  method: 'DELETE', path: '/factors/passkeys/:id', who: 'signed-in', summary: 'Remove a passkey; refused when it is the last factor', stepUp: true,
  params: shape({ id: Uuid }), reply: Nothing, problems: { 'last-factor': 409, 'not-found': 404 },
});
