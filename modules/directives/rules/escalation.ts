/** Who is told, when a due day comes near, comes and passes. */
import { addDays, type PlainDate } from '#kernel/day.ts';
import type { NoticeKind } from '../schema.ts';
import { dueDaysToAnnounce, type WorkingCalendar } from './working-days.ts';

/** Reminders "three days before" are three working days (configured here, shown in the calendar's answer). */
export const remindWorkingDaysBefore = 3;
/** Days after the due day on which whoever assigned the task is told too, and again. */
export const escalateAfterDays = [1, 7, 30] as const;
/** Working days after which an assigned task nobody acknowledged is told to whoever assigned it. */
export const acknowledgeWithinWorkingDays = 3;

/** One thing to tell today about all open tasks due on `dueOn`; `to`: the office that holds them or the one that assigned them. */
export type Announcement = { readonly kind: NoticeKind; readonly dueOn: PlainDate; readonly to: 'holder' | 'assigner' };

/** Everything that a day announces: before, on and after the due day, each once a task because the key holds kind and due day. */
export function announcementsOf(today: PlainDate, works: WorkingCalendar): Announcement[] {
  return [
    ...dueDaysToAnnounce(today, remindWorkingDaysBefore, works).map((dueOn): Announcement => ({ kind: 'due-soon', dueOn, to: 'holder' })),
    { kind: 'due-today', dueOn: today, to: 'holder' },
    { kind: 'overdue', dueOn: addDays(today, -1), to: 'holder' },
    ...escalateAfterDays.map((after): Announcement => ({ kind: 'overdue-escalated', dueOn: addDays(today, -after), to: 'assigner' })),
  ];
}
