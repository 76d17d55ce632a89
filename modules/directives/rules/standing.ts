/** What an actor is to a task or a directive: the office half of the answer; the place half is the policy's (`may`). */
import { reaches, type Grant } from '#kernel/actor.ts';
import { hasPermission, type Permission } from './permissions.ts';
import type { Stance } from './life.ts';

export type HeldTask = { readonly province: string; readonly commune: string | null; readonly holderOffice: string; readonly assignedBy: string };

/** Offices where the actor holds a role with this permission. */
export const officesWith = (grants: readonly Grant[], permission: Permission): string[] =>
  [...new Set(grants.filter((grant) => hasPermission(grant.role, permission)).map((grant) => grant.office))];

/** The place above a task: a commune's is its province, everything else answers to the nation or to who assigned it. */
export const placeAbove = ({ province, commune }: HeldTask): { readonly province: string; readonly commune: null } => ({ province: commune === null ? '00' : province, commune: null });

/**
 * Above a task stand: the office that assigned it; for a commune's task the leader and the secretary of its province; for
 * any task the Government Office, which follows the Prime Minister's directives (Decision 42/2014/QĐ-TTg). Never the holder itself.
 */
function standsAbove(grant: Grant, task: HeldTask, permission: Permission): boolean {
  if (!hasPermission(grant.role, permission) || grant.office === task.holderOffice) return false;
  if (grant.office === task.assignedBy && reaches(grant.reach, task.province, task.commune)) return true;
  if (grant.role === 'government-office') return grant.reach.level === 'nation';
  const ofProvince = grant.role === 'province-leader' || grant.role === 'province-secretary';
  return ofProvince && task.commune !== null && grant.reach.level === 'province' && grant.reach.province === task.province;
}

const leads = (grant: Grant, task: HeldTask): boolean =>
  grant.office === task.holderOffice && (grant.role.endsWith('-leader') || grant.role === 'province-police' || grant.role === 'government-office' || grant.role === 'ministry');

/** A checker stands above the task or leads the holder's own office; being another person than the reporter is asked separately. */
export function stanceOf(grants: readonly Grant[], task: HeldTask, isReporter: boolean): Stance {
  return {
    holder: grants.some((grant) => grant.office === task.holderOffice && hasPermission(grant.role, 'tasks.act') && reaches(grant.reach, task.province, task.commune)),
    parent: grants.some((grant) => standsAbove(grant, task, 'tasks.decide')),
    verifier: grants.some((grant) => standsAbove(grant, task, 'tasks.verify') || (leads(grant, task) && hasPermission(grant.role, 'tasks.verify') && reaches(grant.reach, task.province, task.commune))),
    isReporter,
  };
}

/** The grant used for a move: shown in the history as office and post. */
export function grantUsed(grants: readonly Grant[], task: HeldTask, party: 'holder' | 'above'): Grant | undefined {
  if (party === 'holder') return grants.find((grant) => grant.office === task.holderOffice && hasPermission(grant.role, 'tasks.act'));
  return grants.find((grant) => standsAbove(grant, task, 'tasks.decide')) ?? grants.find((grant) => standsAbove(grant, task, 'tasks.verify') || leads(grant, task));
}

export type IssuedTo = { readonly agencies: readonly string[]; readonly provinces: readonly string[] };

/**
 * Who may issue follows authority: the Government Office to anyone; a ministry from its own office, to provinces and communes and to
 * itself but not to other ministries; a provincial leader from the province's office within the province.
 */
export function mayIssueTo(grants: readonly Grant[], issuer: { readonly office: string; readonly province: string }, to: IssuedTo): boolean {
  return grants.some((grant) => {
    if (grant.office !== issuer.office || !hasPermission(grant.role, 'directives.issue')) return false;
    switch (grant.role) {
      case 'government-office': return grant.reach.level === 'nation';
      case 'ministry': return to.agencies.every((office) => office === grant.office);
      default: return grant.reach.level === 'province' && to.agencies.length === 0 && to.provinces.every((province) => reaches(grant.reach, province));
    }
  });
}
