/** Visits: recorded by an office and a post, withdrawn with a reason, never edited. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { findOffices } from '#modules/org-units/index.ts';
import { visitAllowed } from '../rules/review.ts';
import { standsIn } from '../rules/scope.ts';
import type { recordVisit as recordContract, Place, Visit } from '../schema.ts';
import * as store from '../store/places.ts';
import { granted } from './campaigns.ts';
import { holdPlace, placeShown, type PlaceKey } from './places.ts';
import { byOf, log, notFound, notYours, type UseCase } from './use-case.ts';

export async function recordVisit(use: UseCase, key: PlaceKey, body: Static<NonNullable<typeof recordContract.body>>): Promise<Result<Place, Refusal>> {
  const held = await holdPlace(use, 'coverage.record', key);
  if (!held.ok) return held;
  const { place, campaign } = held.value;
  const grant = granted(use, 'coverage.record', key.shard, place.commune);
  if (grant === undefined) return notYours();
  const allowed = visitAllowed(campaign, place, body, use.now.today);
  if (!allowed.ok) return allowed;
  const visit = { ...body, id: newId<'Visit'>(), office: grant.office, post: grant.post, recordedAt: use.now.at };
  await store.insertVisit(use.tx, place, visit);
  await store.recountPlace(use.tx, key.shard, key.place);
  await log(use, { province: key.shard, action: 'coverage.visited', target: { type: 'place', id: key.place }, unit: place.commune, role: grant.role, after: visit, facts: { outcome: body.outcome, on: body.visitedOn, reached: body.sizeReached } });
  return ok(await placeShown(use, key));
}

export async function listVisits(use: UseCase, key: PlaceKey): Promise<Result<{ place: Place; visits: Visit[] }, Refusal>> {
  const place = await store.findPlace(byOf(use), key.shard, key.place);
  if (place === undefined) return notFound();
  const rows = await store.listVisits(byOf(use), key.shard, key.place);
  const offices = await findOffices(use.tx, rows.map((row) => row.office), use.now.today);
  const own = standsIn(use.actor, key.shard, place.commune);
  return ok({
    place: await placeShown(use, key),
    visits: rows.map((row) => {
      const office = offices.get(row.office);
      return { ...row, offered: own ? row.offered : null, accepted: own ? row.accepted : null, officeName: office?.nameVi ?? row.office, post: office?.posts.find((post) => post.id === row.post)?.nameVi ?? row.post };
    }),
  });
}

export async function withdrawVisit(use: UseCase, { visit, ...key }: PlaceKey & { readonly visit: string }, reason: 'wrong-place' | 'wrong-count' | 'twice'): Promise<Result<Place, Refusal>> {
  const held = await holdPlace(use, 'coverage.record', key);
  if (!held.ok) return held;
  const found = (await store.listVisits(byOf(use), key.shard, key.place)).find((one) => one.id === visit);
  if (found === undefined) return notFound();
  if (found.withdrawn !== null || (await store.setWithdrawn(use.tx, key.shard, visit, reason)) === 0) return refuse({ code: 'coverage-withdrawn-already' });
  await store.recountPlace(use.tx, key.shard, key.place);
  await log(use, { province: key.shard, action: 'coverage.visit-withdrawn', target: { type: 'visit', id: visit }, unit: held.value.place.commune, before: found, facts: { reason } });
  return ok(await placeShown(use, key));
}
