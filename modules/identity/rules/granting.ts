import { addDays, type PlainDate } from '#kernel/day.ts';
import { reaches, type Actor, type Reach } from '#kernel/actor.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { isRole, type Level, type RoleCode } from '../schema/roles.ts';

/** At which levels a role may be held. */
export const roleLevels: Readonly<Record<RoleCode, readonly Level[]>> = {
  administrator: ['nation', 'province'],
  oversight: ['nation', 'province'],
  'government-office': ['nation'],
  ministry: ['nation'],
  'national-analyst': ['nation'],
  'province-leader': ['province'],
  'province-secretary': ['province'],
  'province-police': ['province'],
  'commune-leader': ['commune'],
  'commune-officer': ['commune'],
  'facility-manager': ['province', 'commune'],
  'facility-inspector': ['nation', 'province'],
  'social-worker': ['province', 'commune'],
  auditor: ['nation', 'province', 'commune'],
};

/** Roles whose reach opens no content: accounts and roles, or the log, and nothing of cases (SECURITY E12, R16). */
export const rolesWithoutContent: readonly RoleCode[] = ['administrator', 'oversight'];
export const opensNoContent = (role: string): boolean => rolesWithoutContent.some((each) => each === role);

export type HeldPlace = { readonly level: Level; readonly province: string; readonly commune: string | null };
export type WantedGrant = HeldPlace & { readonly role: RoleCode; readonly office: string; readonly from: PlainDate; readonly until: PlainDate | null };

export const reachOf = ({ level, province, commune }: HeldPlace): Reach => {
  if (level === 'nation') return { level };
  if (level === 'province' || commune === null) return { level: 'province', province };
  return { level, province, commune };
};

const placeFits = ({ level, province, commune }: HeldPlace): boolean =>
  (level === 'nation') === (province === '00') && (level === 'commune') === (commune !== null);

/** The role under which the actor administers a place: a grant of `administrator` that contains it. */
export const administers = (actor: Actor, province: string, commune: string | null): boolean =>
  actor.grants.some((grant) => grant.role === 'administrator' && reaches(grant.reach, province, commune));

/**
 * Duties one person may not join (SECURITY R16): administration with any work on content, oversight with anything else.
 * @param held the roles the account has, delegated ones included
 */
export function areDutiesSeparate(held: readonly string[], wanted: string): boolean {
  const others = held.filter((role) => role !== wanted);
  if (wanted === 'oversight' || others.includes('oversight')) return others.length === 0;
  if (wanted === 'administrator') return others.length === 0;
  if (runsOrInspects(wanted, others)) return false;
  return !others.includes('administrator');
}

/** Who inspects a facility from outside does not run one, nor belong to the police that run the public ones. */
const runsOrInspects = (wanted: string, others: readonly string[]): boolean => {
  const running = ['facility-manager', 'province-police'];
  return wanted === 'facility-inspector' ? others.some((role) => running.includes(role)) : running.includes(wanted) && others.includes('facility-inspector');
};

/**
 * May this actor give this role here? Never to oneself, never wider than one's own reach; administration only by the nation's
 * administrators; oversight never by one body alone.
 */
export function mayGrant(actor: Actor, account: { readonly id: string; readonly roles: readonly string[] }, wanted: WantedGrant, today: PlainDate): Result<WantedGrant, Refusal> {
  if (account.id === actor.account) return refuse({ code: 'own-account' });
  if (wanted.role === 'oversight') return refuse({ code: 'two-bodies-needed' });
  if (!placeFits(wanted)) return refuse({ code: 'place-not-valid' });
  if (!roleLevels[wanted.role].includes(wanted.level)) return refuse({ code: 'role-not-at-level', role: wanted.role, level: wanted.level });
  if (!administers(actor, wanted.province, wanted.commune)) return refuse({ code: 'place-not-yours' });
  if (wanted.role === 'administrator' && !administers(actor, '00', null)) return refuse({ code: 'role-wider-than-yours' });
  if (wanted.until !== null && (wanted.until < wanted.from || wanted.until < today)) return refuse({ code: 'period-not-valid' });
  if (wanted.from > addDays(today, 366)) return refuse({ code: 'period-not-valid' });
  if (!areDutiesSeparate(account.roles, wanted.role)) return refuse({ code: 'duties-not-separate', held: account.roles.join(', '), wanted: wanted.role });
  return ok(wanted);
}

export type AccountStanding = { readonly id: string; readonly province: string; readonly commune: string | null; readonly roles: readonly string[] };
export type OnAccountRefusal = { readonly code: 'own-account' | 'place-not-yours' | 'two-bodies-needed' | 'role-wider-than-yours' };

/** May this actor lock, reset or dismiss this account, or end its roles? Oversight is out of one body's hands. */
export function mayActOn(actor: Actor, account: AccountStanding): Result<true, OnAccountRefusal> {
  if (account.id === actor.account) return refuse({ code: 'own-account' });
  if (!administers(actor, account.province, account.commune)) return refuse({ code: 'place-not-yours' });
  if (account.roles.includes('oversight')) return refuse({ code: 'two-bodies-needed' });
  if (account.roles.includes('administrator') && !administers(actor, '00', null)) return refuse({ code: 'role-wider-than-yours' });
  return ok(true);
}

/** May this actor take this grant away? */
export function mayEndGrant(actor: Actor, grant: HeldPlace & { readonly role: string; readonly account: string }): Result<true, OnAccountRefusal> {
  return mayActOn(actor, { id: grant.account, province: grant.province, commune: grant.commune, roles: [grant.role] });
}

/**
 * The maker never approves (SECURITY R16). One person has one account, because a verified identity links to one only.
 * @returns true when the two are different people
 */
export const areDifferentPeople = (maker: string, approver: string): boolean => maker !== approver;

/** The offices at which the actor holds a role. */
export const officesOf = (actor: Actor): string[] => [...new Set(actor.grants.map((grant) => grant.office))];

export const knownRole = (role: string): role is RoleCode => isRole(role);
