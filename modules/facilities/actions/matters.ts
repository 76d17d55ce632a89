/** Incidents and complaints: each is answered by the facility and closed by somebody outside it. */
import { compareDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { categoryFits, dueOf, isOverdue, moveMatter } from '../rules/follow-up.ts';
import { roleAt } from '../rules/rights.ts';
import type { DayKey, FacilityKey, Matter, recordMatter } from '../schema.ts';
import { insertMatter, insertStep, listMatters, listSteps, lockMatter, type MatterStored, moveStored } from '../store/oversight.ts';
import { facilityFor, impersonal, log, notFound, type UseCase } from './use-case.ts';

async function viewsOf(use: UseCase, { province, facility }: FacilityKey, rows: readonly MatterStored[]): Promise<Matter[]> {
  const steps = Map.groupBy(await listSteps(use.tx, province, facility, rows.map((one) => one.id)), (step) => step.matter);
  return rows.map(({ answeredBy: _, ...row }) => ({ ...row, province, facility, overdue: isOverdue(row, use.now.today), steps: (steps.get(row.id) ?? []).map(({ matter: _m, seq: _s, ...step }) => step) }));
}
async function oneMatter(use: UseCase, key: FacilityKey, id: string): Promise<Result<Matter, Refusal>> {
  const [view] = await viewsOf(use, key, await listMatters(use.tx, key.province, key.facility, id));
  return view === undefined ? notFound() : ok(view);
}
export async function mattersOf(use: UseCase, key: FacilityKey): Promise<Result<{ matters: Matter[] }, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.read-book');
  return found.ok ? ok({ matters: await viewsOf(use, key, await listMatters(use.tx, key.province, key.facility)) }) : found;
}

type Given = Static<NonNullable<(typeof recordMatter)['body']>>;
async function open(use: UseCase, key: FacilityKey, given: Given, role: string): Promise<string> {
  const { tx, now, actor } = use;
  const id = newId<'Matter'>();
  await insertMatter(tx, key.province, key.facility, {
    ...given, id, rev: 1, state: 'open', dueOn: dueOf(given.category, given.onDay), answeredOn: null, answeredBy: null, closedOn: null, reviewedOutside: false,
  });
  await insertStep(tx, key.province, key.facility, { matter: id, seq: 1, at: now.at, account: actor.account, role, kind: 'recorded', text: '' });
  await log(use, { key, action: 'facilities.matter-recorded', target: { type: 'matter', id }, role, after: given, facts: { kind: given.kind, category: given.category } });
  return id;
}

export async function recordOneMatter(use: UseCase, key: FacilityKey, body: Given): Promise<Result<Matter, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.report');
  if (!found.ok) return found;
  if (!categoryFits(body.kind, body.category)) return refuse({ code: 'category-not-of-kind', category: body.category });
  if (compareDays(body.onDay, use.now.today) > 0) return refuse({ code: 'facility-day-in-future', day: body.onDay, today: use.now.today });
  if (compareDays(body.onDay, found.value.openedOn) < 0) return refuse({ code: 'before-opening', day: body.onDay, openedOn: found.value.openedOn });
  const words = impersonal(body.text);
  if (!words.ok) return words;
  return oneMatter(use, key, await open(use, key, body, roleAt(use.actor, 'facilities.report', found.value)));
}

/** A death in the book is never only a figure: it opens an incident that waits for a review from outside. */
export const openDeathMatter = (use: UseCase, key: DayKey, people: number): Promise<string> =>
  open(use, key, { kind: 'incident', category: 'death', channel: 'staff', onDay: key.day, people, text: '' }, 'facility-manager');

type Acting = { readonly key: FacilityKey & { readonly matter: string }; readonly rev: number; readonly text: string };
async function held(use: UseCase, { key, rev, text }: Acting, permission: 'facilities.record' | 'facilities.settle'): Promise<Result<{ matter: MatterStored; role: string }, Refusal>> {
  const found = await facilityFor(use, key, permission);
  if (!found.ok) return found;
  const words = impersonal(text);
  if (!words.ok) return words;
  const matter = await lockMatter(use.tx, key.province, key.facility, key.matter);
  if (matter === undefined) return notFound();
  return matter.rev === rev ? ok({ matter, role: roleAt(use.actor, permission, found.value) }) : refuse({ code: 'revision-stale', rev: matter.rev });
}
async function step(use: UseCase, { key, text }: Acting, kind: 'answered' | 'closed' | 'returned', role: string): Promise<void> {
  const steps = await listSteps(use.tx, key.province, key.facility, [key.matter]);
  await insertStep(use.tx, key.province, key.facility, { matter: key.matter, seq: steps.length + 1, at: use.now.at, account: use.actor.account, role, kind, text });
  await log(use, { key, action: `facilities.matter-${kind}`, target: { type: 'matter', id: key.matter }, role, after: text });
}

export async function answerOne(use: UseCase, acting: Acting): Promise<Result<Matter, Refusal>> {
  const { key } = acting;
  const found = await held(use, acting, 'facilities.record');
  if (!found.ok) return found;
  const { matter, role } = found.value;
  const moved = moveMatter(matter.state, 'answer', { answeredBy: matter.answeredBy, account: use.actor.account });
  if (!moved.ok) return moved;
  await moveStored(use.tx, key.province, key.facility, { ...matter, state: moved.value, answeredOn: matter.answeredOn ?? use.now.today, answeredBy: use.actor.account });
  await step(use, acting, 'answered', role);
  return oneMatter(use, key, key.matter);
}

/** Closing by an inspector is what the return counts as a review from outside. Giving back needs a reason, and the due day stays. */
export async function settleOne(use: UseCase, acting: Acting & { readonly close: boolean }): Promise<Result<Matter, Refusal>> {
  const { key, close, text } = acting;
  if (!close && text.trim() === '') return refuse({ code: 'reason-missing' });
  const found = await held(use, acting, 'facilities.settle');
  if (!found.ok) return found;
  const { matter, role } = found.value;
  const moved = moveMatter(matter.state, close ? 'close' : 'return', { answeredBy: matter.answeredBy, account: use.actor.account });
  if (!moved.ok) return moved;
  await moveStored(use.tx, key.province, key.facility, {
    ...matter, state: moved.value, answeredOn: close ? matter.answeredOn : null, answeredBy: close ? matter.answeredBy : null, closedOn: close ? use.now.today : null, reviewedOutside: close && role === 'facility-inspector',
  });
  await step(use, acting, close ? 'closed' : 'returned', role);
  return oneMatter(use, key, key.matter);
}
