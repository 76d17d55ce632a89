import { addDays, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { areDutiesSeparate } from './granting.ts';

/** A delegation ends by itself: at most half a year ahead (days). */
export const longestDelegationDays = 184;
const notDelegable: readonly string[] = ['administrator', 'oversight'];

export type DelegableGrant = {
  readonly account: string; readonly role: string; readonly office: string; readonly delegatedFrom: string | null; readonly validUntil: PlainDate | null;
};
export type Period = { readonly from: PlainDate; readonly until: PlainDate };
export type Delegate = { readonly id: string; readonly offices: readonly string[]; readonly roles: readonly string[]; readonly active: boolean };

/**
 * Decides a delegation: a role of one's own, to a colleague of the same office, until a day. It carries at most what its giver holds,
 * ends no later than the giver's own grant, and cannot be passed on (SECURITY R4).
 */
export function mayDelegate(giver: string, grant: DelegableGrant, to: Delegate, period: Period & { readonly today: PlainDate }): Result<Period, Refusal> {
  if (grant.account !== giver) return refuse({ code: 'grant-not-yours' });
  if (grant.delegatedFrom !== null) return refuse({ code: 'delegation-of-delegation' });
  if (notDelegable.includes(grant.role)) return refuse({ code: 'role-not-delegable', role: grant.role });
  if (to.id === giver) return refuse({ code: 'delegate-to-self' });
  if (!to.active) return refuse({ code: 'account-not-active' });
  if (!to.offices.includes(grant.office)) return refuse({ code: 'delegate-other-office' });
  if (period.until < period.from || period.until < period.today) return refuse({ code: 'delegation-end-missing' });
  if (period.until > addDays(period.from, longestDelegationDays)) return refuse({ code: 'delegation-too-long', days: longestDelegationDays });
  if (grant.validUntil !== null && period.until > grant.validUntil) return refuse({ code: 'delegation-past-grant', until: grant.validUntil });
  if (!areDutiesSeparate(to.roles, grant.role)) return refuse({ code: 'duties-not-separate', held: to.roles.join(', '), wanted: grant.role });
  return ok({ from: period.from < period.today ? period.today : period.from, until: period.until });
}
