/** The demonstration's general review: one campaign that ended, its successor half way, in all communes. Set-based, synthetic, deterministic. */
import type { Now } from '#kernel/clock.ts';
import { addDays } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import type { Campaign } from '../schema.ts';
import { insertCampaign } from '../store/campaigns.ts';
import { seedPlaces, seedVisits } from '../store/demonstration.ts';

const running = 'c0fe4830-0000-4000-8000-000000000002';
const ended = 'c0fe4830-0000-4000-8000-000000000001';

/** Loads the campaigns and their places inside the caller's transaction; about 28,000 places of the running one. */
export async function seedCoverage(tx: Tx, now: Now): Promise<{ places: number }> {
  const started = addDays(now.today, -70);
  const first: Campaign = {
    province: '00', id: ended, nameVi: 'Tổng rà soát theo Kế hoạch 483/KH-BCA-C04 (mẫu)', nameEn: 'General review under Plan 483/KH-BCA-C04 (sample)', basis: '483/KH-BCA-C04', startsOn: '2024-10-07', endsOn: '2026-01-31',
    reviewDays: ['2024-12-14', '2025-01-15', '2025-10-18', '2026-01-31'], kinds: ['residential-group', 'boarding-house', 'industrial-park', 'conditional-business'], state: 'closed', issuerOffice: 'BCA', succeeds: null, version: 2,
    demonstration: true,
  };
  const second: Campaign = {
    ...first, id: running, nameVi: 'Rà soát địa bàn cuối năm (mẫu)', nameEn: 'Year-end review of areas (sample)', basis: 'Kế hoạch mẫu', startsOn: started, endsOn: addDays(started, 100), reviewDays: [addDays(started, 30), addDays(started, 60), addDays(started, 90)],
    kinds: [...first.kinds, 'public-place'], state: 'running', succeeds: ended, version: 1,
  };
  await insertCampaign(tx, first, now.at);
  await insertCampaign(tx, second, now.at);
  const places = await seedPlaces(tx, { campaign: running, startsOn: second.startsOn, endsOn: second.endsOn, today: now.today });
  await seedVisits(tx, { campaign: running, at: now.at });
  await record(tx, { province: '00', at: now.at, actor: 'system', action: 'coverage.seeded', target: { type: 'campaign', id: running }, facts: { places, demonstration: true } });
  return { places };
}
