import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays, type Instant, type PlainDate } from '#kernel/day.ts';
import { printable } from './official-document.ts';

/**
 * @property id stable: the calendar of a person keeps one entry for it whatever changes
 * @property title as it is read in a calendar's day
 * @property url page of the task
 * @property status `withdrawn` takes the entry out of the calendar, `done` leaves it without reminder
 * @property changedAt instant of the last change
 */
export type CalendarEntry = {
  readonly id: string;
  readonly title: string;
  readonly dueOn: PlainDate;
  readonly url: string;
  readonly status: 'open' | 'done' | 'withdrawn';
  readonly description?: string;
  readonly changedAt?: Instant;
};

/** @property host name under which the identifiers of entries are unique @property reminderDays days before the due day; 3 if absent */
export type CalendarFeed = { readonly name: string; readonly host: string; readonly madeAt: Instant; readonly reminderDays?: number };

const daySeconds = 86_400;

/** A day as the calendar library takes it: a moment whose parts, read in UTC, are those of the day. */
const asDay = (day: PlainDate): Date => new Date(`${day}T00:00:00Z`);

/**
 * A calendar feed (RFC 5545) of due days: whole-day entries, a reminder three days before, identifiers that stay. Days are days, without
 * zone; the calendar itself says Asia/Ho_Chi_Minh, and reminders ring at 08:00 there when the device is in Vietnam.
 */
export function calendarFeed(feed: CalendarFeed, entries: readonly CalendarEntry[]): string {
  const calendar = ical({ name: printable(feed.name), prodId: { company: 'Sau Ro', product: 'Due days', language: 'VI' }, method: ICalCalendarMethod.PUBLISH, ttl: 3600 });
  for (const entry of entries) {
    const event = calendar.createEvent({
      id: `${entry.id}@${feed.host}`,
      start: asDay(entry.dueOn),
      // the end is the first day after (RFC 5545, 3.6.1)
      end: asDay(addDays(entry.dueOn, 1)),
      allDay: true,
      summary: printable(entry.title).replace(/\s+/g, ' ').trim(),
      url: entry.url,
      stamp: new Date(feed.madeAt),
      lastModified: new Date(entry.changedAt ?? feed.madeAt),
      status: entry.status === 'withdrawn' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
      ...(entry.description === undefined ? {} : { description: printable(entry.description) }),
    });
    // 08:00 of the day that many days before: midnight of the due day, less the days, plus eight hours
    const before = (feed.reminderDays ?? 3) * daySeconds - 8 * 3600;
    if (entry.status === 'open') event.createAlarm({ type: ICalAlarmType.display, trigger: before, description: printable(entry.title) });
  }
  // the library would turn days and stamps into that zone if it were told it, and writes further properties after the entries
  return calendar.toString().replace('METHOD:PUBLISH\r\n', 'METHOD:PUBLISH\r\nX-WR-TIMEZONE:Asia/Ho_Chi_Minh\r\n');
}
