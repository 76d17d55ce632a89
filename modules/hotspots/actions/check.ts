/** A check of a removed place. The first one begins the watch; one that finds the place active again reopens it under its code. */
import { newId } from '#kernel/id.ts';
import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import { calendarInForce } from '#modules/directives/index.ts';
import { decideCheck, latest } from '../rules/checks.ts';
import { grantFor } from '../rules/scope.ts';
import type { PlaceKey, PlaceView, RecordCheck } from '../schema.ts';
import { insertCheck, listChecks, type CheckStored } from '../store/history.ts';
import { listCycles, lockPlace } from '../store/places.ts';
import { recurredPlace } from './move.ts';
import { viewOrNone } from './page.ts';
import { saveStep, watchDue } from './save-step.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';

/** A check with an id that stands already (a phone that lost the answer) is answered as it is, also after the place has recurred. */
async function isKnown(use: UseCase, key: PlaceKey, asked: RecordCheck, cycle: number): Promise<boolean> {
  if (asked.id === undefined) return false;
  const made = [...await listChecks(use.tx, key.province, key.place, cycle), ...(cycle > 1 ? await listChecks(use.tx, key.province, key.place, cycle - 1) : [])];
  return made.some((one) => one.id === asked.id && one.day === asked.day && one.checkedOn === asked.checkedOn && one.result === asked.result && one.account === use.actor.account);
}

export async function recordCheck(use: UseCase, key: PlaceKey, asked: RecordCheck): Promise<Result<PlaceView, Refusal>> {
  const { tx, actor, now: { today } } = use;
  const place = await lockPlace(byOf(use), key.province, key.place);
  if (place === undefined) return notFound();
  const grant = grantFor(actor, 'hotspots.work', place);
  if (grant === undefined) return refuse({ code: 'not-your-area', commune: place.commune });
  if (await isKnown(use, key, asked, place.cycle)) return viewOrNone(use, key);
  const cycle = (await listCycles(tx, key.province, key.place)).at(-1);
  if (cycle === undefined) return notFound();
  const made = await listChecks(tx, key.province, key.place, place.cycle);
  const decided = decideCheck({ state: place.state, removedOn: cycle.removedOn, made, resolvers: cycle.resolvers }, asked, actor.account, today);
  if (!decided.ok) return decided;
  const check: CheckStored = { id: asked.id ?? newId<'Check'>(), cycle: place.cycle, day: asked.day, checkedOn: asked.checkedOn, late: decided.value.late, result: asked.result, account: actor.account };
  await insertCheck(tx, { province: place.province, place: place.id, commune: place.commune }, check, use.now.at);
  const works = await calendarInForce(tx);
  const said = { late: decided.value.late, checkDay: asked.day, checkResult: asked.result };
  const step = { before: place, step: 'check', onDay: asked.checkedOn, office: grant.office, said } as const;
  if (asked.result === 'recurred') {
    const { place: after, cycles } = recurredPlace(place, { ...cycle, watchedOn: cycle.watchedOn ?? asked.checkedOn }, asked.checkedOn, works, actor.account);
    await saveStep(use, { ...step, after, cycles });
    return viewOrNone(use, key);
  }
  const all = [...made, check];
  const begins = place.state === 'removed';
  const due = watchDue(cycle.removedOn ?? asked.checkedOn, all, works);
  await saveStep(use, {
    ...step, after: { ...place, ...due, state: 'watched', since: begins ? asked.checkedOn : place.since, signs: latest(all)?.result === 'signs' },
    cycles: begins ? [{ ...cycle, watchedOn: asked.checkedOn }] : [],
  });
  return viewOrNone(use, key);
}
