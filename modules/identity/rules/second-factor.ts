import type { Stage } from '../schema/session.ts';

export type FactorKind = 'totp' | 'passkey';
/** How the first step was passed. `passkey` is two factors in one; `oidc-two-factor`: the provider says it asked for two. */
export type FirstStep = 'password' | 'oidc' | 'oidc-two-factor' | 'passkey';

export type FactorsHeld = { readonly totp: boolean; readonly passkeys: number };
export type StepFacts = {
  readonly first: FirstStep;
  readonly secondShown: boolean;
  readonly held: FactorsHeld;
  readonly roles: readonly string[];
  /** Whether browsers offer passkeys at this installation's address (a domain over https, or localhost). */
  readonly passkeysPossible: boolean;
};

/** Roles that sign in by passkey (SECURITY R1): who holds the keys of others. */
export const passkeyRoles: readonly string[] = ['administrator'];

/** The factors that enrolment must still add: any one; for administration a passkey, where browsers offer them. */
export function factorsMissing({ held, roles, passkeysPossible }: Pick<StepFacts, 'held' | 'roles' | 'passkeysPossible'>): FactorKind[] {
  const passkeyAsked = passkeysPossible && roles.some((role) => passkeyRoles.includes(role));
  if (passkeyAsked) return held.passkeys > 0 ? [] : ['passkey'];
  if (held.totp || held.passkeys > 0) return [];
  return passkeysPossible ? ['totp', 'passkey'] : ['totp'];
}

/** The factors this person can show now. */
export const factorsToShow = ({ held, passkeysPossible }: Pick<StepFacts, 'held' | 'passkeysPossible'>): FactorKind[] => [
  ...(held.totp ? (['totp'] as const) : []),
  ...(held.passkeys > 0 && passkeysPossible ? (['passkey'] as const) : []),
];

/**
 * Where a sign-in stands. Nothing but enrolment is open before two factors exist; a person who holds a factor must show it
 * before adding another, or a stolen password could add its own.
 */
export function nextStage(facts: StepFacts): { readonly stage: Exclude<Stage, 'none'>; readonly factors: FactorKind[] } {
  const shown = facts.secondShown || facts.first === 'passkey' || facts.first === 'oidc-two-factor';
  const canShow = factorsToShow(facts);
  if (!shown && canShow.length > 0) return { stage: 'second-factor', factors: canShow };
  const missing = facts.first === 'oidc-two-factor' ? [] : factorsMissing(facts);
  if (missing.length > 0) return { stage: 'enrolment', factors: missing };
  return shown ? { stage: 'full', factors: [] } : { stage: 'enrolment', factors: factorsMissing({ ...facts, held: { totp: false, passkeys: 0 } }) };
}

/** Passkeys are bound to a domain name over https; browsers make an exception for localhost, none for bare addresses. */
export function passkeysPossibleAt(publicUrl: string): boolean {
  const [, scheme = '', host = ''] = /^(https?):\/\/([^/:]+)/.exec(publicUrl) ?? [];
  if (host === 'localhost') return true;
  return scheme === 'https' && !/^[\d.]+$|^\[/.test(host) && host.includes('.');
}
