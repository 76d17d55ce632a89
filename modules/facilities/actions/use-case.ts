/** What every use case of the module starts from. */
import type { Fact } from '#kernel/entry.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Refusal, type Refused, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { publish } from '#platform/events/publish.ts';
import { record } from '#platform/log/record.ts';
import type { Permission } from '../rules/permissions.ts';
import { mayAt } from '../rules/rights.ts';
import type { FacilityKey } from '../schema.ts';
import { type FacilityStored, findFacility, lockFacility } from '../store/register.ts';
import { asMachinery } from '#platform/db/as-machinery.ts';

export type UseCase = Pick<Context, 'tx' | 'actor' | 'now' | 'services' | 'language' | 'commandId'>;
export const notFound = (): Refused<{ code: 'not-found' }> => refuse({ code: 'not-found' });

/** The facility, when the actor may do this there; one it may not read is not there for it. */
export async function facilityFor(use: UseCase, key: FacilityKey, permission: Permission): Promise<Result<FacilityStored, Refusal>> {
  const found = await findFacility(use.tx, key.province, key.facility);
  if (found === undefined || !mayAt(use.actor, 'facilities.read', found)) return notFound();
  return mayAt(use.actor, permission, found) ? ok(found) : refuse({ code: 'not-permitted' });
}
/** The same, held until the transaction ends. */
export async function holdFacility(use: UseCase, key: FacilityKey, permission: Permission): Promise<Result<FacilityStored, Refusal>> {
  const found = await facilityFor(use, key, permission);
  if (!found.ok) return found;
  const held = await asMachinery(use.tx, () => lockFacility(use.tx, key.province, key.facility));
  return held === undefined ? notFound() : ok(held);
}

/** Words that hold a number of a person are refused, not stored (SECURITY E1). */
export const impersonal = (...texts: readonly string[]): Result<true, Refusal> => (texts.some(looksPersonal) ? refuse({ code: 'facility-personal' }) : ok(true));

export type Logged = { readonly key: FacilityKey; readonly action: `facilities.${string}`; readonly target: { readonly type: string; readonly id: string }; readonly role?: string; readonly before?: unknown; readonly after?: unknown; readonly facts?: Readonly<Record<string, Fact>> };
/** Every write leaves its entry in the transaction of the change (SECURITY R25), and says that the facility is not what it was. */
export async function log({ tx, actor, now }: UseCase, { key, action, ...logged }: Logged): Promise<void> {
  await record(tx, { province: key.province, at: now.at, actor, action, unit: key.province, ...logged });
  await publish(tx, now.at, [{ province: key.province, type: 'facilities.changed', payload: { facility: key.facility, action } }]);
}
