/** What the clock does: reminders of each day once, the next instance of recurring tasks, the daily digest by mail. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import type { Now } from '#kernel/clock.ts';
import type { StoredEvent } from '#platform/events/publish.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import type { Services } from '#platform/services.ts';
import { nextOccurrence } from '../rules/deadline.ts';
import { acknowledgeWithinWorkingDays, announcementsOf } from '../rules/escalation.ts';
import { workingDaysBefore, type WorkingCalendar } from '../rules/working-days.ts';
import { appendEntries } from '../store/history.ts';
import { announceDue, announceUnacknowledged } from '../store/notices.ts';
import { findClock, listEndedPeriods, setAwaitedDue, setClock } from '../store/personal.ts';
import { dueByEvent, insertTasks, shortenChildren } from '../store/tasks.ts';
import { keepCell, recomputeCells } from './cells.ts';
import { calendarInForce } from './personal.ts';
import { taskId } from './use-case.ts';

/** Days a server may have been off and still catches up on; older days are past telling. */
const catchUpDays = 31;

async function announceDay(tx: Tx, today: PlainDate, at: string, works: WorkingCalendar): Promise<number> {
  let told = 0;
  for (const one of announcementsOf(today, works)) told += await announceDue(tx, { ...one, today, at });
  if (works(today)) told += await announceUnacknowledged(tx, { assignedOn: workingDaysBefore(today, acknowledgeWithinWorkingDays, works), at });
  return told;
}

/**
 * Tells what each day since the last run has to tell. Run as often as you like: a day is told once, and within it each task once.
 *
 * @returns notices written now
 */
export async function announceDays(tx: Tx, now: Now): Promise<number> {
  const last = (await findClock(tx, 'reminders'))?.doneThrough ?? addDays(now.today, -1);
  if (last >= now.today) return 0;
  const works = await calendarInForce(tx);
  let told = 0;
  const first = addDays(last, 1) < addDays(now.today, -catchUpDays) ? addDays(now.today, -catchUpDays) : addDays(last, 1);
  for (let day = first; day <= now.today; day = addDays(day, 1)) told += await announceDay(tx, day, now.at, works);
  await setClock(tx, 'reminders', now.today);
  if (told > 0) await record(tx, { province: '00', at: now.at, actor: 'system', action: 'directives.reminders-told', target: { type: 'clock', id: now.today }, facts: { notices: told, from: first } });
  return told;
}

/** Starts the next instance of every recurring task whose period has ended, province by province. @returns tasks made */
export async function startPeriods(services: Services, now: Now): Promise<number> {
  const ended = await services.db.read('system', (tx) => listEndedPeriods(tx, now.today));
  let made = 0;
  for (const [province, own] of Map.groupBy(ended, (task) => task.province)) {
    made += await services.db.write('system', async (tx) => {
      let created = 0;
      for (const [directive, tasks] of Map.groupBy(own, (task) => task.directive)) {
        const next = tasks.flatMap((task) => {
          const dueOn = nextOccurrence(task.recurrence, now.today > task.period ? addDays(now.today, -1) : task.period);
          if (dueOn === null) return [];
          return [{ ...task, id: taskId(task.assignment, task.holderOffice, dueOn), parent: task.parent === null ? null : taskId(task.assignment, task.assignedBy, dueOn), period: dueOn, dueOn }];
        });
        created += await insertTasks(tx, { province, directive, at: now.at, tasks: next });
        await recomputeCells(tx, province, directive);
      }
      if (created > 0) await record(tx, { province, at: now.at, actor: 'system', action: 'directives.period-started', target: { type: 'clock', id: now.today }, unit: province === '00' ? null : province, facts: { tasks: created } });
      return created;
    });
  }
  return made;
}

/** Consumer of `directives.event-dated`: one province's waiting tasks get their day, and their children keep within it. */
export async function dateByEvent(tx: Tx, event: StoredEvent, now: Now): Promise<void> {
  const [name, on, target] = [event.payload['event'], event.payload['on'], event.payload['target']];
  if (typeof name !== 'string' || typeof on !== 'string' || typeof target !== 'string') throw new Error('the event directives.event-dated lacks a part');
  await setAwaitedDue(tx, target, name, on);
  const dated = await dueByEvent(tx, target, name, on, now.at);
  for (const task of dated) {
    for (const child of await shortenChildren(tx, target, task.id, on, now.at)) await keepCell(tx, child);
    await keepCell(tx, task);
  }
  await appendEntries(tx, dated.map((task) => ({
    province: target, task: task.id, seq: task.entryCount, at: now.at, account: null, office: null, post: null, kind: 'deadline-set', fromState: task.state, toState: task.state,
    payload: { until: on, text: name },
  })));
  await record(tx, { province: target, at: now.at, actor: 'system', action: 'directives.deadline-set', target: { type: 'deadline-event', id: name.replace(/[^A-Za-z0-9_.:-]/gu, '_').slice(0, 120) }, unit: target === '00' ? null : target, facts: { on, tasks: dated.length } });
}

/** The hourly job: reminders, then new instances. */
export async function runClock(services: Services, now: Now): Promise<void> {
  await services.db.write('system', (tx) => announceDays(tx, now));
  await startPeriods(services, now);
}
