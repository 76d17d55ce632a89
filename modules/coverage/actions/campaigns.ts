/** Campaigns: opened, closed, read with their progress. */
import { newId } from '#kernel/id.ts';
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { getTree, getUnit, provinceCodes } from '#modules/org-units/index.ts';
import { byGap, daysOf, pointsToPerson, shownCount } from '../rules/review.ts';
import { grantFor, planningGrant } from '../rules/scope.ts';
import { placeKinds, type AreaRow, type Campaign, type CampaignRow, type CampaignView, type KindRow, type Totals, type openCampaign as openContract } from '../schema.ts';
import * as store from '../store/campaigns.ts';
import { byOf, log, notFound, notYours, type UseCase } from './use-case.ts';

export const noPlaces: Totals = { places: 0, notApplicable: 0, reached: 0, planned: 0, late: 0, size: 0, sizeReached: 0, visits: 0 };

export async function listCampaigns(use: UseCase): Promise<{ asOf: PlainDate; rows: CampaignRow[]; mayOpen: string[] }> {
  const by = byOf(use);
  const campaigns = await store.listCampaigns(by);
  const totals = new Map((await store.totalsOfCampaigns(by, use.now.today)).map(({ campaign, ...rest }) => [campaign, rest]));
  return { asOf: use.now.today, rows: campaigns.map((campaign) => ({ campaign, totals: totals.get(campaign.id) ?? noPlaces })), mayOpen: provinceCodes().filter((province) => planningGrant(use.actor, province) !== undefined) };
}

type Opening = Static<NonNullable<typeof openContract.body>>;
export async function openCampaign(use: UseCase, body: Opening): Promise<Result<Campaign, Refusal>> {
  const grant = planningGrant(use.actor, body.province);
  if (grant === undefined) return notYours();
  if ([body.nameVi, body.nameEn, body.basis].some(pointsToPerson)) return refuse({ code: 'coverage-personal' });
  const days = daysOf(body);
  if (!days.ok) return days;
  if (body.succeeds !== null && (await store.findCampaignOf(byOf(use), body.province, body.succeeds)) === undefined) return refuse({ code: 'coverage-no-predecessor' });
  const campaign: Campaign = { ...body, id: newId<'Campaign'>(), reviewDays: [...days.value], kinds: placeKinds.filter((kind) => body.kinds.includes(kind)), state: 'running', issuerOffice: grant.office, version: 1, demonstration: false };
  await store.insertCampaign(use.tx, campaign, use.now.at);
  await log(use, { province: body.province, action: 'coverage.opened', target: { type: 'campaign', id: campaign.id }, unit: grant.office, role: grant.role, after: campaign, facts: { starts: body.startsOn, ends: body.endsOn } });
  return ok(campaign);
}

export async function closeCampaign(use: UseCase, { province, campaign: id }: { province: string; campaign: string }, version: number): Promise<Result<Campaign, Refusal>> {
  const grant = planningGrant(use.actor, province);
  if (grant === undefined) return notYours();
  const campaign = await store.lockCampaign(byOf(use), province, id);
  if (campaign === undefined) return notFound();
  if (campaign.state === 'closed') return refuse({ code: 'coverage-closed' });
  if (campaign.version !== version) return refuse({ code: 'coverage-stale', version: campaign.version });
  await store.setClosed(use.tx, province, id);
  await log(use, { province, action: 'coverage.closed', target: { type: 'campaign', id }, unit: grant.office, role: grant.role, before: campaign });
  return ok({ ...campaign, state: 'closed', version: version + 1 });
}

/** The day whose map the campaign is shown on: today, or its last day once that has passed. */
const mapDay = (campaign: Campaign, today: PlainDate): PlainDate => (campaign.endsOn < today ? campaign.endsOn : today);

type Asked = { readonly scope?: string | undefined; readonly by?: 'province' | 'commune' | undefined };
export async function campaignView(use: UseCase, key: { province: string; campaign: string }, asked: Asked): Promise<Result<CampaignView, Refusal>> {
  const by = byOf(use);
  const campaign = await store.findCampaign(by, key.province, key.campaign);
  if (campaign === undefined) return notFound();
  const { today } = use.now;
  const province = key.province !== '00' ? key.province : asked.scope === '00' ? undefined : asked.scope ?? (by.scope.all ? undefined : by.scope.within[0]);
  const level = province !== undefined ? 'commune' : (asked.by ?? 'province');
  const area: store.Area = { campaign: campaign.id, province, today };
  const totals = await store.totalsOf(by, area);
  const kinds = await store.totalsByKind(by, area);
  const counted = level === 'province' ? await store.totalsByProvince(by, area) : await store.totalsByCommune(by, area);
  const offers = await store.offersOf(by, area);
  const wide = by.scope.all || by.scope.provinces.length > 0;
  return ok({
    asOf: today, campaign, totals, kinds: kindsOf(campaign, kinds), reviews: await store.reachedByReview(by, area, campaign.reviewDays), by: level,
    rows: (await areasOf(use, { campaign, province, level }, counted)).sort(byGap), offered: offers.offered, accepted: offers.accepted.map((count) => (wide ? shownCount(count) : null)),
    mayClose: campaign.state === 'running' && planningGrant(use.actor, campaign.province) !== undefined,
  });
}

const kindsOf = (campaign: Campaign, rows: readonly KindRow[]): KindRow[] => campaign.kinds.map((kind) => rows.find((row) => row.kind === kind) ?? { kind, ...noPlaces });

type Counted = Omit<AreaRow, 'nameVi' | 'communes'>;
/** Every area the reader may see, also those without a place; communes that ended meanwhile keep their row under the name they had. */
async function areasOf(use: UseCase, shown: { readonly campaign: Campaign; readonly province: string | undefined; readonly level: 'province' | 'commune' }, counted: readonly Counted[]): Promise<AreaRow[]> {
  const { scope } = byOf(use);
  const tree = await getTree(use.tx, mapDay(shown.campaign, use.now.today));
  const byCode = new Map(counted.map((row) => [row.code, row]));
  const nothing = (province: string, code: string): Counted => ({ province, code, divided: 0, ...noPlaces, lastOn: null });
  const provinces = tree.provinces.filter((one) => (shown.province === undefined || one.code === shown.province) && (scope.all || scope.within.includes(one.code)));
  const rows: AreaRow[] = shown.level === 'province'
    ? provinces.map((one) => ({ ...(byCode.get(one.code) ?? nothing(one.code, one.code)), nameVi: one.nameVi, communes: one.communes.length }))
    : provinces.flatMap((one) => one.communes.filter(([code]) => scope.all || scope.provinces.includes(one.code) || scope.communes.includes(`${one.code}/${code}`))
      .map(([code, nameVi]) => ({ ...(byCode.get(code) ?? nothing(one.code, code)), nameVi, communes: 1 })));
  const known = new Set(rows.map((row) => row.code));
  const gone = await Promise.all(counted.filter((row) => !known.has(row.code)).map(async (row) => {
    const unit = await getUnit(use.tx, row.code, shown.campaign.startsOn);
    return { ...row, nameVi: unit.ok ? unit.value.nameVi : row.code, communes: 1 };
  }));
  return [...rows, ...gone];
}

/** The campaign that covers a unit and began last. */
export async function unitCoverage(use: UseCase, shard: string, code: string): Promise<{ asOf: PlainDate; latest: { campaign: Campaign; totals: Totals } | null }> {
  const by = byOf(use);
  const { today } = use.now;
  const campaign = (await store.listCampaigns(by)).find((one) => (one.province === '00' || one.province === shard) && one.startsOn <= today);
  const seen = by.scope.all || by.scope.provinces.includes(shard) || (code !== shard && by.scope.communes.includes(`${shard}/${code}`));
  if (campaign === undefined || !seen) return { asOf: today, latest: null };
  return { asOf: today, latest: { campaign, totals: await store.totalsOf(by, { campaign: campaign.id, province: shard === '00' ? undefined : shard, commune: code === shard ? undefined : code, today }) } };
}

/** The commune on the day, in this province, or a refusal: places are only divided where a unit stands. */
export async function communeOn(use: UseCase, shard: string, commune: string, day: PlainDate): Promise<Result<{ nameVi: string }, Refusal>> {
  const unit = await getUnit(use.tx, commune, day);
  return unit.ok && unit.value.level === 'commune' && unit.value.province === shard ? ok({ nameVi: unit.value.nameVi }) : refuse({ code: 'unit-unknown', unitCode: commune });
}
export const granted = (use: UseCase, permission: 'coverage.divide' | 'coverage.record', province: string, commune: string) => {
  const grant = grantFor(use.actor, permission, { province, commune });
  return use.may(permission, { province, commune }) ? grant : undefined;
};
