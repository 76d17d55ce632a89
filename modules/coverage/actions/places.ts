/** The division of a commune: places added, planned, taken out, or taken over from the campaign before. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { findOffices, getUnit } from '#modules/org-units/index.ts';
import { placeAllowed, planAllowed } from '../rules/review.ts';
import { standsIn } from '../rules/scope.ts';
import type { addPlaces as addContract, planPlace as planContract, Campaign, DivisionView, Place } from '../schema.ts';
import * as campaigns from '../store/campaigns.ts';
import * as store from '../store/places.ts';
import { communeOn, granted } from './campaigns.ts';
import { byOf, log, notFound, notYours, type UseCase } from './use-case.ts';

export type DivisionKey = { readonly province: string; readonly campaign: string; readonly shard: string; readonly commune: string };
export type PlaceKey = { readonly shard: string; readonly place: string };
const mostPlaces = 2000;

/** Offices of the commune that may be sent: its People's Committee, police and health station, on the day. */
const officesOf = async (use: UseCase, shard: string, commune: string) => {
  const ids = ['UBND', 'CA', 'TYT'].map((kind) => `${kind}:${shard}:${commune}`);
  return [...(await findOffices(use.tx, ids, use.now.today)).values()].map(({ id, nameVi, nameEn }) => ({ id, nameVi, nameEn }));
};
async function officeKnown(use: UseCase, shard: string, commune: string, offices: readonly (string | null)[]): Promise<Result<true, Refusal>> {
  const known = new Set((await officesOf(use, shard, commune)).map((office) => office.id));
  const unknown = offices.find((office) => office !== null && !known.has(office));
  return unknown === undefined ? ok(true) : refuse({ code: 'coverage-office-unknown', office: unknown });
}
const named = async (use: UseCase, places: readonly store.PlaceStored[]): Promise<Place[]> => {
  const names = await findOffices(use.tx, places.flatMap((place) => (place.plannedOffice === null ? [] : [place.plannedOffice])), use.now.today);
  return places.map((place) => ({ ...place, plannedOfficeName: place.plannedOffice === null ? null : (names.get(place.plannedOffice)?.nameVi ?? place.plannedOffice) }));
};
/** A place as it stands now. @throws when it is gone within its own transaction: a fault */
export async function placeShown(use: UseCase, { shard, place }: PlaceKey): Promise<Place> {
  const stored = await store.findPlace(byOf(use), shard, place);
  const [shown] = stored === undefined ? [] : await named(use, [stored]);
  if (shown === undefined) throw new Error('the place is not there after it was written');
  return shown;
}

export async function divisionView(use: UseCase, key: DivisionKey): Promise<Result<DivisionView, Refusal>> {
  const by = byOf(use);
  const campaign = await campaigns.findCampaign(by, key.province, key.campaign);
  const seen = by.scope.all || by.scope.provinces.includes(key.shard) || by.scope.communes.includes(`${key.shard}/${key.commune}`);
  if (campaign === undefined || !seen) return notFound();
  const { today } = use.now;
  const stored = await store.listPlaces(by, campaign.id, key.shard, key.commune);
  const unit = await getUnit(use.tx, key.commune, today);
  const former = unit.ok ? unit : await getUnit(use.tx, key.commune, campaign.startsOn);
  if (!former.ok || former.value.province !== key.shard || former.value.level !== 'commune') return refuse({ code: 'unit-unknown', unitCode: key.commune });
  const area = { campaign: campaign.id, province: key.shard, commune: key.commune, today };
  const own = standsIn(use.actor, key.shard, key.commune) ? await campaigns.offersOf(by, area) : null;
  const before = campaign.succeeds === null ? 0 : await store.countPlaces(by, campaign.succeeds, key.shard, key.commune);
  const running = campaign.state === 'running' && unit.ok;
  return ok({
    asOf: today, campaign, commune: key.commune, nameVi: former.value.nameVi, shard: key.shard, totals: await campaigns.totalsOf(by, area), places: await named(use, stored),
    offered: own?.offered ?? null, accepted: own?.accepted ?? null, offices: await officesOf(use, key.shard, key.commune),
    mayDivide: running && granted(use, 'coverage.divide', key.shard, key.commune) !== undefined, mayRecord: running && granted(use, 'coverage.record', key.shard, key.commune) !== undefined,
    predecessor: campaign.succeeds === null || before === 0 ? null : { id: campaign.succeeds, places: before },
  });
}

/** What every change of a division begins with: a right here, a campaign here, a commune that stands today. */
async function dividing(use: UseCase, key: DivisionKey): Promise<Result<Campaign, Refusal>> {
  const by = byOf(use);
  if (key.province !== '00' && key.province !== key.shard) return notFound();
  const campaign = await campaigns.findCampaign(by, key.province, key.campaign);
  if (campaign === undefined) return notFound();
  if (granted(use, 'coverage.divide', key.shard, key.commune) === undefined) return notYours();
  if (campaign.state === 'closed') return refuse({ code: 'coverage-closed' });
  const commune = await communeOn(use, key.shard, key.commune, use.now.today);
  return commune.ok ? ok(campaign) : commune;
}

type Adding = Static<NonNullable<typeof addContract.body>>;
export async function addPlaces(use: UseCase, key: DivisionKey, { places }: Adding): Promise<Result<{ added: string[] }, Refusal>> {
  const campaign = await dividing(use, key);
  if (!campaign.ok) return campaign;
  const wrong = places.map((place) => placeAllowed(campaign.value, place)).find((result) => !result.ok);
  if (wrong !== undefined && !wrong.ok) return wrong;
  const offices = await officeKnown(use, key.shard, key.commune, places.map((place) => place.plannedOffice));
  if (!offices.ok) return offices;
  const where = { province: key.shard, campaign: key.campaign, commune: key.commune };
  const taken = await store.listTaken(use.tx, where);
  if (taken.length + places.length > mostPlaces) return refuse({ code: 'coverage-too-many', most: mostPlaces });
  const names = new Set(taken.map((place) => place.name.toLocaleLowerCase('vi')));
  const last = new Map<string, number>();
  for (const { kind, number } of taken) last.set(kind, Math.max(number, last.get(kind) ?? 0));
  const added: store.PlaceNew[] = [];
  for (const place of places) {
    const name = place.name.trim();
    if (name !== '' && names.has(name.toLocaleLowerCase('vi'))) return refuse({ code: 'coverage-name-twice', name });
    names.add(name.toLocaleLowerCase('vi'));
    const number = (last.get(place.kind) ?? 0) + 1;
    last.set(place.kind, number);
    added.push({ ...place, name, id: newId<'Place'>(), number });
  }
  await store.insertPlaces(use.tx, where, added);
  await log(use, { province: key.shard, action: 'coverage.divided', target: { type: 'campaign', id: key.campaign }, unit: key.commune, after: added, facts: { places: added.length } });
  return ok({ added: added.map((place) => place.id) });
}

/** A successor's commune starts from the division of the campaign before: same places and sizes, nothing planned, nothing reached. */
export async function takeOverDivision(use: UseCase, key: DivisionKey): Promise<Result<{ added: number }, Refusal>> {
  const campaign = await dividing(use, key);
  if (!campaign.ok) return campaign;
  const { succeeds, kinds } = campaign.value;
  if (succeeds === null) return refuse({ code: 'coverage-no-predecessor' });
  const where = { province: key.shard, campaign: key.campaign, commune: key.commune };
  if ((await store.listTaken(use.tx, where)).length > 0) return refuse({ code: 'coverage-divided-already' });
  const before = (await store.listDivisionOf(use.tx, { ...where, campaign: succeeds })).filter((place) => kinds.includes(place.kind));
  if (before.length === 0) return refuse({ code: 'coverage-no-predecessor' });
  await store.insertPlaces(use.tx, where, before.map((place) => ({ ...place, id: newId<'Place'>(), plannedOn: null, plannedOffice: null })));
  await log(use, { province: key.shard, action: 'coverage.taken-over', target: { type: 'campaign', id: key.campaign }, unit: key.commune, facts: { places: before.length, from: succeeds } });
  return ok({ added: before.length });
}

/** A place the actor may change, locked, with its campaign. */
export async function holdPlace(use: UseCase, permission: 'coverage.divide' | 'coverage.record', { shard, place: id }: PlaceKey): Promise<Result<{ place: store.PlaceStored; campaign: Campaign }, Refusal>> {
  const by = byOf(use);
  const seen = await store.findPlace(by, shard, id);
  if (seen === undefined) return notFound();
  if (granted(use, permission, shard, seen.commune) === undefined) return notYours();
  const place = await store.lockPlace(by, shard, id);
  const campaign = await campaigns.findCampaignOf(by, shard, seen.campaign);
  if (place === undefined || campaign === undefined) return notFound();
  if (campaign.state === 'closed') return refuse({ code: 'coverage-closed' });
  const commune = await communeOn(use, shard, place.commune, use.now.today);
  return commune.ok ? ok({ place, campaign }) : commune;
}

export async function planPlace(use: UseCase, key: PlaceKey, { version, ...plan }: Static<NonNullable<typeof planContract.body>>): Promise<Result<Place, Refusal>> {
  const held = await holdPlace(use, 'coverage.divide', key);
  if (!held.ok) return held;
  const { place, campaign } = held.value;
  if (place.version !== version) return refuse({ code: 'coverage-stale', version: place.version });
  const allowed = planAllowed(campaign, plan.plannedOn);
  if (!allowed.ok) return allowed;
  if (plan.size < place.sizeReached) return refuse({ code: 'coverage-size-below-reached', reached: place.sizeReached });
  const office = await officeKnown(use, key.shard, place.commune, [plan.plannedOffice]);
  if (!office.ok) return office;
  await store.savePlan(use.tx, key.shard, key.place, plan);
  await log(use, { province: key.shard, action: 'coverage.planned', target: { type: 'place', id: key.place }, unit: place.commune, before: place, after: plan });
  return ok(await placeShown(use, key));
}

export async function removePlace(use: UseCase, key: PlaceKey): Promise<Result<Record<string, never>, Refusal>> {
  const held = await holdPlace(use, 'coverage.divide', key);
  if (!held.ok) return held;
  const { place } = held.value;
  if (place.visits > 0 || (await store.deletePlace(use.tx, key.shard, key.place)) === 0) return refuse({ code: 'coverage-visited' });
  await log(use, { province: key.shard, action: 'coverage.removed', target: { type: 'place', id: key.place }, unit: place.commune, before: place });
  return ok({});
}
