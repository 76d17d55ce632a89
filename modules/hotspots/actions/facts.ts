/** What is told of a place beside its steps: corrections, the exact place, photographs, linked counts. */
import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Download, UploadedFile } from '#platform/http/bind.ts';
import { ended } from '../rules/life.ts';
import type { Permission } from '../rules/permissions.ts';
import { grantFor } from '../rules/scope.ts';
import { stripPhotograph } from '../rules/strip.ts';
import type { Activity, Basis, ExactPlace, Kind, PhotographStage, PlaceKey, PlaceView, Purpose, Setting, Step } from '../schema.ts';
import * as history from '../store/history.ts';
import { findPlace, listCycles, lockPlace, saveKindOfCycles, type PlaceStored } from '../store/places.ts';
import { viewOrNone } from './page.ts';
import { saveStep } from './save-step.ts';
import { byOf, log, notFound, type UseCase } from './use-case.ts';

type Held = { readonly place: PlaceStored; readonly office: string };
async function held(use: UseCase, key: PlaceKey, permission: Permission, lock = true): Promise<Result<Held, Refusal>> {
  const place = await (lock ? lockPlace : findPlace)(byOf(use), key.province, key.place);
  if (place === undefined) return notFound();
  const grant = grantFor(use.actor, permission, place);
  return grant === undefined ? refuse({ code: 'not-your-area', commune: place.commune }) : ok({ place, office: grant.office });
}
const homeOf = (place: PlaceStored): history.Home => ({ province: place.province, place: place.id, commune: place.commune });

async function noted(use: UseCase, { place, office }: Held, step: Step, more: { readonly after?: PlaceStored; readonly said?: { readonly documentNumber: string; readonly documentDate: string } } = {}): Promise<Result<PlaceView, Refusal>> {
  await saveStep(use, { before: place, after: more.after ?? place, cycles: [], step, onDay: use.now.today, office, ...(more.said === undefined ? {} : { said: more.said }) });
  return viewOrNone(use, { province: place.province, place: place.id });
}

export type Correction = { readonly version: number; readonly kind: Kind; readonly setting: Setting; readonly basis: Basis; readonly activities: readonly Activity[] };
/** The kind is settled with the listing: another kind afterwards would change counts that were already reported. */
export async function correctPlace(use: UseCase, key: PlaceKey, { version, ...facts }: Correction): Promise<Result<PlaceView, Refusal>> {
  const found = await held(use, key, 'hotspots.work');
  if (!found.ok) return found;
  const { place } = found.value;
  if (place.version !== version) return refuse({ code: 'place-changed', version: place.version, state: place.state });
  if (ended.includes(place.state)) return refuse({ code: 'place-ended', state: place.state });
  if (facts.kind !== place.kind && !['reported', 'verified'].includes(place.state)) return refuse({ code: 'kind-fixed', kind: place.kind });
  if (facts.kind !== place.kind) await saveKindOfCycles(use.tx, place.province, place.id, facts.kind);
  return noted(use, found.value, 'correct', { after: { ...place, ...facts, activities: [...facts.activities] } });
}

export async function setExactPlace(use: UseCase, key: PlaceKey, exact: ExactPlace): Promise<Result<PlaceView, Refusal>> {
  const found = await held(use, key, 'hotspots.exact');
  if (!found.ok) return found;
  await history.saveExact(use.tx, homeOf(found.value.place), { ...exact, recordedOn: use.now.today });
  return noted(use, found.value, 'exact-place', { after: { ...found.value.place, exactRecorded: true } });
}

/** The opening is in the log before the place is on the screen: who, when, for what (A9). */
export async function openExactPlace(use: UseCase, key: PlaceKey, purpose: Purpose): Promise<Result<{ exact: ExactPlace | null; recordedOn: string | null }, Refusal>> {
  const found = await held(use, key, 'hotspots.exact', false);
  if (!found.ok) return found;
  const { place, office } = found.value;
  const exact = await history.findExact(use.tx, place.province, place.id);
  await log(use, { kind: 'read', province: place.province, action: 'hotspots.exact-place-opened', target: { type: 'place', id: place.id }, unit: place.commune, facts: { purpose, office, code: place.code } });
  return ok(exact === undefined ? { exact: null, recordedOn: null } : { exact: { latitudeE5: exact.latitudeE5, longitudeE5: exact.longitudeE5 }, recordedOn: exact.recordedOn });
}

const mostPhotographs = 60;
export async function addPhotograph(use: UseCase, key: PlaceKey, about: { readonly stage: PhotographStage; readonly takenOn: string }, file: UploadedFile): Promise<Result<PlaceView, Refusal>> {
  const found = await held(use, key, 'hotspots.work');
  if (!found.ok) return found;
  const { place } = found.value;
  if (about.takenOn > use.now.today) return refuse({ code: 'day-in-future', day: about.takenOn, today: use.now.today });
  const stripped = stripPhotograph(file.bytes);
  if (!stripped.ok) return stripped;
  const { bytes, contentType, width, height } = stripped.value;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const kept = await history.listPhotographs(use.tx, place.province, place.id);
  if (kept.some((one) => one.sha256 === sha256)) return refuse({ code: 'photograph-already' });
  if (kept.length >= mostPhotographs) return refuse({ code: 'photograph-too-many', most: mostPhotographs });
  await history.insertPhotograph(use.tx, homeOf(place), { id: newId<'Photograph'>(), cycle: place.cycle, ...about, contentType, width, height, size: bytes.length, sha256, account: use.actor.account, at: use.now.at }, bytes);
  return noted(use, found.value, 'photograph');
}

const endings = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const;
export async function openPhotograph(use: UseCase, key: PlaceKey & { readonly photograph: string }, purpose: Purpose): Promise<Result<Download, Refusal>> {
  const found = await held(use, key, 'hotspots.exact', false);
  if (!found.ok) return found;
  const { place, office } = found.value;
  const photograph = await history.findPhotograph(use.tx, place.province, place.id, key.photograph);
  const bytes = photograph === undefined ? undefined : await history.findImage(use.tx, place.province, key.photograph);
  if (photograph === undefined || bytes === undefined) return notFound();
  await log(use, { kind: 'read', province: place.province, action: 'hotspots.photograph-opened', target: { type: 'place', id: place.id }, unit: place.commune, facts: { purpose, office, photograph: photograph.id } });
  return ok({ bytes, fileName: `${place.code}-${photograph.id.slice(0, 8)}.${endings[photograph.contentType]}`, contentType: photograph.contentType });
}

export async function removePhotograph(use: UseCase, key: PlaceKey & { readonly photograph: string }, reason: string): Promise<Result<PlaceView, Refusal>> {
  const found = await held(use, key, 'hotspots.work');
  if (!found.ok) return found;
  const photograph = await history.findPhotograph(use.tx, key.province, key.place, key.photograph);
  if (photograph === undefined) return notFound();
  await history.dropPhotograph(use.tx, key.province, photograph.id, reason, use.now.at);
  return noted(use, found.value, 'photograph-removed');
}

export type CountGiven = { readonly documentNumber: string; readonly documentDate: string; readonly cases: number; readonly suspects: number; readonly seizures: history.CountStored['seizures'] };
/** Only where something was resolved: what is under way is the business of the case file, not of this register. */
export async function linkCount(use: UseCase, key: PlaceKey, given: CountGiven): Promise<Result<PlaceView, Refusal>> {
  const found = await held(use, key, 'hotspots.work');
  if (!found.ok) return found;
  const { place } = found.value;
  const resolved = (await listCycles(use.tx, key.province, key.place)).findLast((cycle) => cycle.resolvedOn !== null);
  if (resolved === undefined) return refuse({ code: 'not-resolved', state: place.state });
  if (given.documentDate > use.now.today) return refuse({ code: 'document-in-future', day: given.documentDate, today: use.now.today });
  if (given.cases === 0 && given.suspects === 0 && given.seizures.length === 0) return refuse({ code: 'count-empty' });
  if (new Set(given.seizures.map(({ substance }) => substance)).size < given.seizures.length) return refuse({ code: 'substance-twice' });
  const standing = await history.listCounts(use.tx, key.province, key.place);
  if (standing.some((one) => !one.withdrawn && one.documentNumber === given.documentNumber && one.documentDate === given.documentDate)) return refuse({ code: 'count-already', document: given.documentNumber });
  const { suspects, ...count } = given;
  await history.insertCount(use.tx, homeOf(place), { ...count, countSuspects: suspects, id: newId<'LinkedCount'>(), cycle: resolved.cycle, withdrawn: false, at: use.now.at }, use.actor.account);
  return noted(use, found.value, 'count', { said: { documentNumber: given.documentNumber, documentDate: given.documentDate } });
}

export async function withdrawCount(use: UseCase, key: PlaceKey & { readonly count: string }): Promise<Result<PlaceView, Refusal>> {
  const found = await held(use, key, 'hotspots.work');
  if (!found.ok) return found;
  const withdrawn = (await history.listCounts(use.tx, key.province, key.place)).find((one) => one.id === key.count && !one.withdrawn);
  if (withdrawn === undefined) return notFound();
  await history.withdrawLinked(use.tx, key.province, key.place, key.count, use.now.at);
  return noted(use, found.value, 'count-withdrawn', { said: { documentNumber: withdrawn.documentNumber, documentDate: withdrawn.documentDate } });
}
