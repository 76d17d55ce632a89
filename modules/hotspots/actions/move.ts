/** A step in the life of a place: lock, decide by the table, save. */
import { daysBetween } from '#kernel/day.ts';
import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import { calendarInForce } from '#modules/directives/index.ts';
import type { Works } from '../rules/calendar.ts';
import { decideMove } from '../rules/decide.ts';
import { life } from '../rules/life.ts';
import { grantFor } from '../rules/scope.ts';
import type { MovePlace, PlaceKey, PlaceView, State } from '../schema.ts';
import { listChecks } from '../store/history.ts';
import { findPlaceByCode, listCycles, lockPlace, type CycleStored, type PlaceStored } from '../store/places.ts';
import { personAt, standingOf, viewOrNone } from './page.ts';
import { dueAfter, saveStep, watchDue } from './save-step.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';

/** Which day of a time through a step sets. */
const dayOf = {
  verify: 'verifiedOn', dismiss: 'dismissedOn', list: 'listedOn', start: 'startedOn', resolve: 'resolvedOn', remove: 'removedOn', watch: 'watchedOn', close: 'closedOn', recur: 'recurredOn',
} as const satisfies Partial<Record<MovePlace['move'], keyof CycleStored>>;

/** The time through after a step. A resolution taken back leaves its day; whoever resolved stays named, so that they never check it. */
function cycleAfter(cycle: CycleStored, move: MovePlace['move'], onDay: string, account: string): CycleStored {
  if (move === 'resume') return { ...cycle, resolvedOn: null };
  const after = { ...cycle, [dayOf[move]]: onDay };
  return move === 'resolve' ? { ...after, resolvers: [...new Set([...cycle.resolvers, account])] } : after;
}

/** What a recurrence makes of a place: the same code, a new time through that is on the list from the day it was seen. */
export function recurredPlace(place: PlaceStored, cycle: CycleStored, onDay: string, works: Works, account: string): { readonly place: PlaceStored; readonly cycles: readonly CycleStored[] } {
  const next: CycleStored = {
    cycle: cycle.cycle + 1, openedOn: onDay, verifiedOn: null, listedOn: onDay, startedOn: null, resolvedOn: null, removedOn: null, watchedOn: null, closedOn: null, recurredOn: null, dismissedOn: null, reporters: [account], resolvers: [],
  };
  return {
    place: {
      ...place, state: 'recurred', cycle: next.cycle, since: onDay, dueOn: dueAfter('recurred', onDay, works), nextCheck: null, signs: false, measures: [], recurrences: place.recurrences + 1,
      recurredAfter: cycle.removedOn === null ? null : daysBetween(cycle.removedOn, onDay),
    },
    cycles: [{ ...cycle, recurredOn: onDay }, next],
  };
}

function placeAfter(place: PlaceStored, asked: MovePlace, state: State, onDay: string, office: string): PlaceStored {
  return {
    ...place, state, since: onDay, measures: asked.measures ?? (asked.move === 'start' || asked.move === 'resolve' ? [] : place.measures), dismissal: asked.reason ?? place.dismissal, duplicateOf: asked.duplicateOf ?? place.duplicateOf,
    office: asked.move === 'start' ? office : place.office, nextCheck: null,
  };
}

export async function movePlace(use: UseCase, key: PlaceKey, asked: MovePlace): Promise<Result<PlaceView, Refusal>> {
  const { tx, actor, now: { today } } = use;
  const place = await lockPlace(byOf(use), key.province, key.place);
  if (place === undefined) return notFound();
  const cycle = (await listCycles(tx, key.province, key.place)).at(-1);
  if (cycle === undefined) return notFound();
  const checks = await listChecks(tx, key.province, key.place, place.cycle);
  const onDay = asked.onDay ?? today;
  const decided = decideMove(standingOf(place, cycle, checks), { ...asked, onDay }, personAt(actor, place), today);
  if (!decided.ok) return decided;
  if (asked.duplicateOf !== undefined) {
    const other = await findPlaceByCode(byOf(use), key.province, asked.duplicateOf);
    if (other === undefined || other.id === place.id) return refuse({ code: 'duplicate-unknown', place: asked.duplicateOf });
  }
  const office = grantFor(actor, life[asked.move].by, place)?.office ?? place.office;
  const works = await calendarInForce(tx);
  const said = { measures: asked.measures ?? [], documentNumber: asked.documentNumber ?? null, documentDate: asked.documentDate ?? null, reason: asked.reason ?? null, duplicateOf: asked.duplicateOf ?? null };
  if (asked.move === 'recur') {
    const { place: after, cycles } = recurredPlace(place, cycle, onDay, works, actor.account);
    await saveStep(use, { before: place, after, cycles, step: 'recur', onDay, office, said });
    return viewOrNone(use, key);
  }
  const after = placeAfter(place, asked, decided.value, onDay, office);
  const cycleNow = cycleAfter(cycle, asked.move, onDay, actor.account);
  const due = decided.value === 'watched' && cycleNow.removedOn !== null ? watchDue(cycleNow.removedOn, checks, works) : { dueOn: dueAfter(decided.value, onDay, works), nextCheck: null };
  await saveStep(use, { before: place, after: { ...after, ...due }, cycles: [cycleNow], step: asked.move, onDay, office, said });
  return viewOrNone(use, key);
}
