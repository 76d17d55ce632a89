/** Saved views, the private calendar address, the year's days, the days of events. */
import { createHash, randomBytes } from 'node:crypto';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { publish } from '#platform/events/publish.ts';
import type { Tx } from '#platform/db/tx.ts';
import { remindWorkingDaysBefore } from '../rules/escalation.ts';
import { hasPermission } from '../rules/permissions.ts';
import { holidaysOf, workingCalendar, yearDays, type WorkingCalendar } from '../rules/working-days.ts';
import type { CalendarDay, DeadlineEvent, FeedLink, SavedView, YearCalendar } from '../schema.ts';
import * as store from '../store/personal.ts';
import { log, notFound, type UseCase } from './use-case.ts';

const mostViews = 100;
export async function saveView(use: UseCase, body: { readonly name: string; readonly path: string }): Promise<Result<SavedView, Refusal>> {
  const views = await store.listViews(use.tx, use.actor.account);
  if (views.length >= mostViews) return refuse({ code: 'too-many-views', most: mostViews });
  const view = { id: newId<'View'>(), name: body.name, path: body.path, createdAt: use.now.at };
  await store.insertView(use.tx, use.actor.account, view);
  await log(use, { province: '00', action: 'directives.view-saved', target: { type: 'view', id: view.id } });
  return ok(view);
}

export async function deleteView(use: UseCase, id: string): Promise<Result<Record<string, never>, Refusal>> {
  if ((await store.deleteView(use.tx, use.actor.account, id)) === 0) return notFound();
  await log(use, { province: '00', action: 'directives.view-deleted', target: { type: 'view', id } });
  return ok({});
}

export const tokenDigest = (token: string): string => createHash('sha256').update(token).digest('hex');

export async function feedLink({ tx, actor }: UseCase): Promise<FeedLink> {
  const feed = await store.findFeed(tx, actor.account);
  return { exists: feed !== undefined, url: null, createdAt: feed?.createdAt ?? null };
}

/** A new address with 256 random bits; only its hash is kept, so it is shown once and the one before it ends. */
export async function makeFeedLink(use: UseCase): Promise<FeedLink> {
  const token = randomBytes(32).toString('base64url');
  await store.saveFeed(use.tx, { account: use.actor.account, tokenSha256: tokenDigest(token), at: use.now.at });
  await log(use, { province: '00', action: 'directives.feed-made', target: { type: 'feed', id: use.actor.session } });
  return { exists: true, url: `${use.services.publicUrl}/api/calendar-feed/${token}.ics`, createdAt: use.now.at };
}

export async function endFeedLink(use: UseCase): Promise<FeedLink> {
  await store.deleteFeed(use.tx, use.actor.account);
  await log(use, { province: '00', action: 'directives.feed-ended', target: { type: 'feed', id: use.actor.session } });
  return { exists: false, url: null, createdAt: null };
}

async function editedByYear(tx: Tx): Promise<Map<number, CalendarDay[]>> {
  const days = (await store.listEditedDays(tx)).map(({ day, year, kind, name }) => ({ year, shown: { day, kind, name, source: 'edited' as const } }));
  return new Map([...Map.groupBy(days, (one) => one.year)].map(([year, group]) => [year, group.map((one) => one.shown)]));
}

export const calendarInForce = async (tx: Tx): Promise<WorkingCalendar> => workingCalendar(await editedByYear(tx));

export async function yearCalendar(use: UseCase, year: number): Promise<Result<YearCalendar, Refusal>> {
  const edited = (await editedByYear(use.tx)).get(year) ?? [];
  if (edited.length === 0 && holidaysOf(year) === undefined) return refuse({ code: 'year-unknown', year });
  return ok({ year, days: yearDays(year, edited), remindWorkingDaysBefore, mayEdit: use.actor.grants.some((grant) => hasPermission(grant.role, 'calendar.edit')) });
}

type EditedDay = Pick<CalendarDay, 'day' | 'kind' | 'name'>;
/** The days of a year as decided, in place of the rule; an empty list gives the rule back. */
export async function editCalendar(use: UseCase, year: number, days: readonly EditedDay[]): Promise<Result<YearCalendar, Refusal>> {
  const wrong = days.find((one) => Number(one.day.slice(0, 4)) !== year);
  if (wrong !== undefined) return refuse({ code: 'day-of-other-year', day: wrong.day });
  if (new Set(days.map((one) => one.day)).size !== days.length) return refuse({ code: 'day-twice' });
  const before = (await editedByYear(use.tx)).get(year) ?? [];
  await store.replaceYear(use.tx, year, days);
  await log(use, { province: '00', action: 'directives.calendar-edited', target: { type: 'calendar', id: String(year) }, before, after: days, facts: { days: days.length } });
  return yearCalendar(use, year);
}

export const listDeadlineEvents = async (tx: Tx): Promise<DeadlineEvent[]> => (await store.listAwaited(tx, null)).map((one) => ({ ...one, text: one.text ?? one.event }));

/** Sets the day of an event; every province with tasks that wait for it gets an event of its own and dates them. */
export async function setDeadlineEvent(use: UseCase, event: string, on: string): Promise<Result<DeadlineEvent, Refusal>> {
  if (!use.may('directives.issue', { province: '00' })) return refuse({ code: 'authority-lacking' });
  const [awaited] = await store.listAwaited(use.tx, event);
  if (awaited === undefined) return refuse({ code: 'event-unknown', event });
  await store.saveEventDay(use.tx, event, on, use.now.at);
  await log(use, { province: '00', action: 'directives.event-dated', target: { type: 'deadline-event', id: event.replace(/[^A-Za-z0-9_.:-]/gu, '_').slice(0, 120) }, before: awaited.on, after: on, facts: { on } });
  const provinces = (await store.provincesAwaiting(use.tx, event)).map((row) => row.province);
  await publish(use.tx, use.now.at, provinces.map((target) => ({ province: '00', type: 'directives.event-dated', payload: { event, on, target }, lane: target })));
  return ok({ event, text: awaited.text ?? event, on, tasks: awaited.tasks });
}

export type FeedTasks = { readonly account: string; readonly tasks: Static<typeof import('../store/tasks.ts').TaskListed>[] };
/**
 * The dated tasks behind a calendar address: of the offices where its owner holds a role today, so that a change of post or a lock
 * ends what it shows. Undefined when there is no such address.
 *
 * @param tx of the machinery: the reader is not signed in
 */
export async function feedTasks(tx: Tx, token: string, today: string): Promise<FeedTasks | undefined> {
  const account = (await store.findFeedByToken(tx, tokenDigest(token)))?.account;
  if (account === undefined) return undefined;
  const held = (await store.officesHeldBy(tx, account, today)).filter((one) => hasPermission(one.role, 'tasks.act'));
  return { account, tasks: await store.listForCalendar(tx, held.map((one) => one.office), addDays(today, -366)) };
}
