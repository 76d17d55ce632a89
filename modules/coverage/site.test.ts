/** What the tests of this module share: a server with all units, people at their offices, an open campaign. */
import type { Actor } from '#kernel/actor.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { coverage } from './module.ts';
import type { Campaign, DivisionView, Place } from './schema.ts';

export const openSite = (): Promise<TestServer> =>
  testServer([orgUnits, coverage], { name: `cv${editionOfFiles().slice(0, 6)}`, fill: async (db) => { await loadUnits(db); } });

export const people = {
  ministry: (): Actor => actorWith(atNation('ministry', 'BCA')),
  vpcp: (): Actor => actorWith(atNation('government-office', 'VPCP')),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
  health: (province = '01', commune = '00004'): Actor => actorWith(atCommune('social-worker', province, commune, `TYT:${province}:${commune}`)),
};

export const opening = (changes: Record<string, unknown> = {}) => ({
  province: '00', nameVi: 'Tổng rà soát mẫu', nameEn: 'Sample review', basis: '483/KH-BCA-C04', startsOn: '2026-10-01', endsOn: '2026-12-14', reviewDays: ['2026-11-01', '2026-12-14'],
  kinds: ['residential-group', 'boarding-house', 'industrial-park'], succeeds: null, ...changes,
});
export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
export const openedCampaign = (site: TestServer, by: Actor = people.ministry(), changes: Record<string, unknown> = {}): Promise<Campaign> =>
  expectOk(site.call<Campaign>(by, 'POST', '/coverage/campaigns', opening(changes)));
export const divisionPath = (campaign: Campaign, commune = '00004', shard = '01'): string => `/coverage/campaigns/${campaign.province}/${campaign.id}/communes/${shard}/${commune}`;
export const group = (name: string, changes: Record<string, unknown> = {}) => ({ kind: 'residential-group', name, size: 100, plannedOn: null, plannedOffice: null, ...changes });

/** A commune divided into these places; the places as they then stand. */
export async function divided(site: TestServer, campaign: Campaign, by: Actor, places: readonly Record<string, unknown>[], commune = '00004'): Promise<readonly Place[]> {
  await expectOk(site.call(by, 'POST', `${divisionPath(campaign, commune)}/places`, { places }));
  return (await expectOk(site.call<DivisionView>(by, 'GET', divisionPath(campaign, commune)))).places;
}
export const visit = (changes: Record<string, unknown> = {}) => ({ visitedOn: '2026-11-10', outcome: 'reached', sizeReached: 90, offered: [90, 6, 2, 1], accepted: [80, 4, 1, 0], ...changes });
