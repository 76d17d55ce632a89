/** The page of a place: what it is, what happened, what may be done next by who reads. */
import type { Actor } from '#kernel/actor.ts';
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import { findOffices } from '#modules/org-units/index.ts';
import { decideCheck, slotsOf } from '../rules/checks.ts';
import { nextSteps, type Person, type Standing } from '../rules/decide.ts';
import { ended, watchStates } from '../rules/life.ts';
import { grantFor } from '../rules/scope.ts';
import type { HistoryEntry, PlaceKey, PlaceView } from '../schema.ts';
import { listChecks, listCounts, listEntries, listPhotographs, type CheckStored, type EntryStored } from '../store/history.ts';
import { findPlace, listCycles, type CycleStored, type PlaceStored } from '../store/places.ts';
import { rowOf } from './rows.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';

export const personAt = (actor: Actor, place: Pick<PlaceStored, 'province' | 'commune'>): Person => ({ account: actor.account, holds: (permission) => grantFor(actor, permission, place) !== undefined });

/** The day of the latest step of a time through; a step is never dated before it. */
const lastDayOf = (cycle: CycleStored): string => [cycle.openedOn, cycle.verifiedOn, cycle.listedOn, cycle.startedOn, cycle.resolvedOn, cycle.removedOn, cycle.watchedOn, cycle.closedOn, cycle.dismissedOn]
  .reduce<string>((last, day) => (day !== null && day > last ? day : last), cycle.openedOn);

export function standingOf(place: PlaceStored, cycle: CycleStored, checks: readonly CheckStored[]): Standing {
  const lastDay = checks.reduce((last, one) => (one.checkedOn > last ? one.checkedOn : last), lastDayOf(cycle));
  return { state: place.state, version: place.version, lastDay, removedOn: cycle.removedOn, checks, reporters: cycle.reporters, resolvers: cycle.resolvers };
}

function shownEntry(entry: EntryStored, account: string, offices: ReadonlyMap<string, { readonly nameVi: string }>): HistoryEntry {
  const { account: by, ...shown } = entry;
  return { ...shown, officeName: entry.office === null ? null : (offices.get(entry.office)?.nameVi ?? null), byYou: by === account };
}

/** The page of a place the reader may see; undefined when there is none. */
export async function placeView(use: UseCase, { province, place: id }: PlaceKey): Promise<PlaceView | undefined> {
  const { tx, actor, now: { today } } = use;
  const place = await findPlace(byOf(use), province, id);
  if (place === undefined) return undefined;
  const [cycles, entries, photographs, counts] = [await listCycles(tx, province, id), await listEntries(tx, province, id), await listPhotographs(tx, province, id), await listCounts(tx, province, id)];
  const current = cycles.at(-1);
  if (current === undefined) throw new Error(`place ${id} has no time through`);
  const checks = await listChecks(tx, province, id, place.cycle);
  const shownChecks = place.state === 'recurred' ? await listChecks(tx, province, id, place.cycle - 1) : checks;
  const removedOn = place.state === 'recurred' ? (cycles.at(-2)?.removedOn ?? null) : current.removedOn;
  const offices = await findOffices(tx, entries.flatMap(({ office }) => (office === null ? [] : [office])), today);
  const person = personAt(actor, place);
  const standing = standingOf(place, current, checks);
  const works = person.holds('hotspots.work');
  const checkAsked = decideCheck({ state: place.state, removedOn: current.removedOn, made: checks, resolvers: current.resolvers }, { day: 0, checkedOn: today, result: 'clean' }, actor.account, today);
  return {
    asOf: today, place: rowOf(place, slotsOf(removedOn, shownChecks, today), today), activities: place.activities, measures: place.measures, duplicateOf: place.duplicateOf, dismissalReason: place.dismissal,
    cycles: cycles.map(({ reporters: _, resolvers: __, dismissedOn: ___, ...cycle }) => cycle), history: entries.map((entry) => shownEntry(entry, actor.account, offices)),
    photographs: photographs.map(({ id: photograph, cycle, stage, takenOn, width, height, size, contentType, account, at }) => ({ id: photograph, cycle, stage, takenOn, width, height, bytes: size, contentType, byYou: account === actor.account, at })),
    counts: counts.map(({ countSuspects, ...count }) => ({ ...count, suspects: countSuspects })), next: nextSteps(standing, person),
    checkRefusal: !watchStates.includes(place.state) || !works ? null : checkAsked.ok ? '' : checkAsked.problem.code,
    exactRecorded: place.exactRecorded, mayOpenExact: person.holds('hotspots.exact'), mayAct: works && !ended.includes(place.state),
  };
}

export async function viewOrNone(use: UseCase, key: PlaceKey): Promise<Result<PlaceView, Refusal>> {
  const view = await placeView(use, key);
  return view === undefined ? notFound() : ok(view);
}
