/** Recording a place: where, what sort, when; the unit must have existed on that day. */
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { calendarInForce } from '#modules/directives/index.ts';
import { getUnit } from '#modules/org-units/index.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Works } from '../rules/calendar.ts';
import { grantFor } from '../rules/scope.ts';
import type { PlaceView, ReportPlace } from '../schema.ts';
import { appendEntry, saveExact } from '../store/history.ts';
import { findPlace, insertPlace, raiseVersion, saveCycle, takeNumbers, type PlaceStored } from '../store/places.ts';
import { viewOrNone } from './page.ts';
import { dueAfter, entryOf, tell } from './save-step.ts';
import { byOf, log, type UseCase } from './use-case.ts';

/** Older than this nothing is recorded: it belongs to the archives, not to a register of what is to be done. */
const oldestDays = 3653;

export const codeOf = (province: string, year: string, number: number): string => `ĐN-${province}-${year}-${String(number).padStart(4, '0')}`;

/** Refused: a day to come or too long ago, a unit that is no commune of the province or is there today but was not on that day. */
export async function checkUnitAndDay(tx: Tx, { province, commune, foundOn }: Pick<ReportPlace, 'province' | 'commune' | 'foundOn'>, today: string): Promise<Result<null, Refusal>> {
  if (foundOn > today) return refuse({ code: 'day-in-future', day: foundOn, today });
  if (foundOn < addDays(today, -oldestDays)) return refuse({ code: 'day-too-old', day: foundOn, earliest: addDays(today, -oldestDays) });
  const now = await getUnit(tx, commune, today);
  if (!now.ok) return now;
  if (now.value.level !== 'commune' || now.value.province !== province || now.value.code !== commune) return refuse({ code: 'not-a-commune', commune, province });
  // A code may have been another unit's before: what counts is whether this unit was there.
  const then = await getUnit(tx, commune, foundOn);
  return then.ok && then.value.unitId === now.value.unitId ? ok(null) : refuse({ code: 'unit-began-later', commune, nameVi: now.value.nameVi, validFrom: now.value.validFrom, asOf: foundOn });
}

/** A new place in the state `reported`, with its first time through and the first line of its history. */
export async function newPlace(use: UseCase, given: ReportPlace & { readonly id: string }, office: string, works: Works): Promise<PlaceStored> {
  const { tx, now, actor } = use;
  const { province, commune, kind, setting, source, basis, foundOn, exact } = given;
  const change = await raiseVersion(tx, province);
  const year = now.today.slice(0, 4);
  const place: PlaceStored = {
    province, id: given.id, commune, code: codeOf(province, year, await takeNumbers(tx, province, Number(year), 1)), kind, setting, source, basis, activities: given.activities, state: 'reported', version: 1, cycle: 1, foundOn, since: now.today,
    dueOn: dueAfter('reported', now.today, works), nextCheck: null, signs: false, office, measures: [], dismissal: null, duplicateOf: null, entryCount: 1, recurrences: 0, recurredAfter: null, exactRecorded: exact !== undefined, updatedAt: now.at,
  };
  const home = { province, place: place.id, commune };
  await insertPlace(tx, { ...place, change });
  await saveCycle(tx, { ...home, kind }, {
    cycle: 1, openedOn: foundOn, verifiedOn: null, listedOn: null, startedOn: null, resolvedOn: null, removedOn: null, watchedOn: null, closedOn: null, recurredOn: null, dismissedOn: null, reporters: [actor.account], resolvers: [],
  });
  await appendEntry(tx, home, entryOf(use, place, { step: 'report', onDay: foundOn, office, from: null }));
  if (exact !== undefined) await saveExact(tx, home, { ...exact, recordedOn: now.today });
  await log(use, {
    province, action: 'hotspots.step-report', target: { type: 'place', id: place.id }, unit: commune, after: { ...place, exact: exact ?? null }, facts: { code: place.code, kind, setting, source, found: foundOn, exact: exact !== undefined, office },
  });
  await tell(use, place, 'report', change);
  return place;
}

const isSame = (place: PlaceStored, asked: ReportPlace): boolean => place.commune === asked.commune && place.kind === asked.kind && place.setting === asked.setting && place.foundOn === asked.foundOn;

/** A place of the same id and content that stands already is answered as it is: a phone that lost the answer sends again. */
export async function report(use: UseCase, asked: ReportPlace): Promise<Result<PlaceView, Refusal>> {
  const { tx, actor, now: { today } } = use;
  const grant = grantFor(actor, 'hotspots.report', asked);
  if (grant === undefined) return refuse({ code: 'not-your-area', commune: asked.commune });
  const standing = asked.id === undefined ? undefined : await findPlace(byOf(use), asked.province, asked.id);
  if (standing !== undefined) return isSame(standing, asked) ? viewOrNone(use, { province: standing.province, place: standing.id }) : refuse({ code: 'place-id-taken' });
  const right = await checkUnitAndDay(tx, asked, today);
  if (!right.ok) return right;
  const place = await newPlace(use, { ...asked, id: asked.id ?? newId<'Place'>() }, grant.office, await calendarInForce(tx));
  return viewOrNone(use, { province: place.province, place: place.id });
}
