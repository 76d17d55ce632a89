/** Saving a step: the place, its time through, the history, the log, the event; all in the transaction of the use case. */
import { publish } from '#platform/events/publish.ts';
import { workingDaysAfter, dueOf, type Works } from '../rules/calendar.ts';
import { nextCheck, type CheckMade } from '../rules/checks.ts';
import { closeWithinDays } from '../rules/life.ts';
import type { PlaceChanged, Step } from '../schema.ts';
import { appendEntry, type EntryStored } from '../store/history.ts';
import { raiseVersion, saveCycle, savePlace, type CycleStored, type PlaceStored } from '../store/places.ts';
import { changed } from './changes.ts';
import { log, type UseCase } from './use-case.ts';

export type Said = Partial<Pick<EntryStored, 'measures' | 'documentNumber' | 'documentDate' | 'reason' | 'duplicateOf' | 'checkDay' | 'checkResult' | 'late'>>;
export type StepTaken = { readonly before: PlaceStored; readonly after: PlaceStored; readonly cycles: readonly CycleStored[]; readonly step: Step; readonly onDay: string; readonly office: string; readonly said?: Said };

export const entryOf = (use: UseCase, place: PlaceStored, step: { readonly step: Step; readonly onDay: string; readonly office: string; readonly from: PlaceStored['state'] | null; readonly said?: Said | undefined; readonly cycle?: number }): EntryStored => ({
  seq: place.entryCount, cycle: step.cycle ?? place.cycle, at: use.now.at, onDay: step.onDay, step: step.step, fromState: step.from, toState: place.state, account: use.actor.account, office: step.office, late: false, measures: [],
  documentNumber: null, documentDate: null, reason: null, duplicateOf: null, checkDay: null, checkResult: null, ...step.said,
});

/** By when a watched place is next looked at: its next check, and after the fourth the closing. */
export function watchDue(removedOn: string, made: readonly Pick<CheckMade, 'day' | 'checkedOn'>[], works: Works): { readonly dueOn: string; readonly nextCheck: number | null } {
  const next = nextCheck(removedOn, made);
  if (next !== undefined) return { dueOn: next.dueOn, nextCheck: next.day };
  const last = made.reduce((day, one) => (one.checkedOn > day ? one.checkedOn : day), removedOn);
  return { dueOn: workingDaysAfter(last, closeWithinDays, works), nextCheck: null };
}
export const dueAfter = (state: PlaceStored['state'], since: string, works: Works): string | null => dueOf(state, since, works);

export async function saveStep(use: UseCase, { before, after: given, cycles, step, onDay, office, said }: StepTaken): Promise<PlaceStored> {
  const { tx, now } = use;
  const after: PlaceStored = { ...given, version: before.version + 1, entryCount: before.entryCount + 1, updatedAt: now.at };
  const change = await raiseVersion(tx, after.province);
  const late = before.dueOn !== null && onDay > before.dueOn && after.state !== before.state;
  const entry = entryOf(use, after, { step, onDay, office, from: before.state, said: { late, ...said }, cycle: before.cycle });
  await savePlace(tx, { ...after, change });
  for (const cycle of cycles) await saveCycle(tx, { province: after.province, place: after.id, commune: after.commune, kind: after.kind }, cycle);
  await appendEntry(tx, { province: after.province, place: after.id, commune: after.commune }, entry);
  await log(use, {
    province: after.province, action: `hotspots.${step === 'check' ? 'checked' : `step-${step}`}`, target: { type: 'place', id: after.id }, unit: after.commune, before, after: { ...after, entry },
    facts: { code: after.code, from: before.state, to: after.state, on: onDay, cycle: entry.cycle, office },
  });
  await tell(use, after, step, change);
  return after;
}

/** Tells other modules and open screens, after the commit, that a place changed. */
export async function tell({ tx, now }: UseCase, place: PlaceStored, step: Step, version: number): Promise<void> {
  const payload: PlaceChanged = { place: place.id, commune: place.commune, kind: place.kind, state: place.state, step, cycle: place.cycle, version };
  await publish(tx, now.at, [{ province: place.province, type: 'hotspots.changed', payload }]);
  await changed(tx, { province: place.province, commune: place.commune, place: place.id });
}
