/** What a person sees first, what reminds them, and the calendar both rest on. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nothing, Nullable, oneOf, Prose, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { OfficeId } from './clears.ts';
import { TaskRow } from './tasks.ts';
import { DirectiveKey, NoticeKind, OfficialState, TaskLevel } from './words.ts';

/** What an entry of the list waits for: my office acts (overdue, week, later), or I decide or verify for others. */
export const WorkGroup = oneOf(['overdue', 'week', 'later', 'verify', 'decide']);
export type WorkGroup = Static<typeof WorkGroup>;
export const MyWork = shape({
  asOf: Day, group: WorkGroup, counts: shape({ overdue: Type.Integer(), week: Type.Integer(), later: Type.Integer(), verify: Type.Integer(), decide: Type.Integer(), unread: Type.Integer() }),
  rows: List(TaskRow, 200), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer(), nextDueOn: Nullable(Day),
});
export type MyWork = Static<typeof MyWork>;
export const getMyWork = contract({
  method: 'GET', path: '/my-work', who: 'signed-in', summary: "Tasks of the reader's offices in one answer: overdue, this week, later, to verify, to decide; with counts of all groups",
  query: shape({ group: Type.Optional(WorkGroup), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }), reply: MyWork, problems: {},
});

export const Notice = shape({
  province: ProvinceCode, id: Type.String(), kind: NoticeKind, at: Type.String(), office: OfficeId, officeName: Type.String(), read: Type.Boolean(), directive: Nullable(Type.String()),
  directiveNumber: Nullable(Type.String()), directiveTitle: Nullable(Type.String()), task: Nullable(Type.String()), ordinal: Nullable(Type.String()), text: Nullable(Type.String()), dueOn: Nullable(Day),
  tasks: Type.Integer({ description: 'how many tasks it speaks of' }),
});
export type Notice = Static<typeof Notice>;
export const getInbox = contract({
  method: 'GET', path: '/inbox', who: 'signed-in', summary: "Notices to the reader's offices, newest first", query: shape({ unread: Type.Optional(Type.Boolean()), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  reply: shape({ rows: List(Notice, 200), unread: Type.Integer(), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer() }), problems: {},
});
export const readNotices = contract({
  method: 'POST', path: '/inbox/read', who: 'signed-in', summary: 'Mark notices as read by me (all when the list is empty)', body: shape({ notices: List(Uuid, 500) }), reply: shape({ unread: Type.Integer() }), problems: {},
});

/** "Nhắc 5 tỉnh" in one click: everyone who is late (or in the given state) at a level of a directive or an assignment. */
const RemindTarget = {
  assignment: Type.Optional(Uuid), level: Type.Optional(TaskLevel), official: Type.Optional(OfficialState), scope: Type.Optional(ProvinceCode), tasks: Type.Optional(List(Uuid, 4000)),
};
export const remind = contract({
  method: 'POST', path: '/directives/:province/:directive/reminders', who: 'tasks.remind', summary: 'Remind the holders of the chosen tasks now; each at most once a day', params: DirectiveKey,
  body: shape({ ...RemindTarget, note: Type.Optional(Prose(1000)) }), reply: shape({ reminded: Type.Integer(), alreadyToday: Type.Integer(), offices: Type.Integer() }), problems: { 'nobody-to-remind': 409 },
});
export const composeReminder = contract({
  method: 'POST', path: '/directives/:province/:directive/reminder-text', who: 'tasks.remind', summary: 'A text ready to copy into any messenger, naming the units', readOnly: true, params: DirectiveKey,
  body: shape(RemindTarget), reply: shape({ text: Type.String(), offices: Type.Integer() }), problems: { 'nobody-to-remind': 409 },
});

/** `text` is the recipe of the view as the screen writes it into the address; nothing else is kept. */
export const SavedView = shape({ id: Type.String(), name: Type.String(), path: Type.String(), createdAt: Type.String() });
export type SavedView = Static<typeof SavedView>;
export const listViews = contract({ method: 'GET', path: '/saved-views', who: 'signed-in', summary: "The reader's own saved views", reply: shape({ views: List(SavedView, 200) }), problems: {} });
export const saveView = contract({
  method: 'POST', path: '/saved-views', who: 'signed-in', summary: 'Save a view under a name', body: shape({ name: Line(80), path: Type.String({ maxLength: 1000, pattern: '^/[^/].*$' }) }), reply: SavedView,
  problems: { 'too-many-views': 409 },
});
export const deleteView = contract({ method: 'DELETE', path: '/saved-views/:view', who: 'signed-in', summary: 'Delete a saved view', params: shape({ view: Uuid }), reply: Nothing, problems: {} });

/** A private address of a calendar of the reader's deadlines; making a new one ends the old one. */
export const FeedLink = shape({ exists: Type.Boolean(), url: Nullable(Type.String({ description: 'shown once, when it is made' })), createdAt: Nullable(Type.String()) });
export type FeedLink = Static<typeof FeedLink>;
export const getFeedLink = contract({ method: 'GET', path: '/calendar-feed', who: 'signed-in', summary: 'Whether a private calendar address exists', reply: FeedLink, problems: {} });
export const makeFeedLink = contract({ method: 'POST', path: '/calendar-feed', who: 'signed-in', summary: 'Make a private calendar address (ends the one before)', body: Nothing, reply: FeedLink, problems: {} });
export const endFeedLink = contract({ method: 'DELETE', path: '/calendar-feed', who: 'signed-in', summary: 'End the private calendar address', reply: FeedLink, problems: {} });
export const getFeed = contract({
  method: 'GET', path: '/calendar-feed/:token', who: 'anyone', summary: 'The calendar itself (text/calendar); the address is the key', params: shape({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}(\\.ics)?$' }) }),
  reply: Nothing, download: true, problems: {},
});

/** Days that differ from the rule of the year: `off` a public holiday or a day given off, `working` a compensating working day. */
export const CalendarDay = shape({ day: Day, kind: oneOf(['off', 'working']), name: Type.String(), source: oneOf(['law', 'edited']) });
export type CalendarDay = Static<typeof CalendarDay>;
export const YearCalendar = shape({ year: Type.Integer(), days: List(CalendarDay, 366), remindWorkingDaysBefore: Type.Integer(), mayEdit: Type.Boolean() });
export type YearCalendar = Static<typeof YearCalendar>;
const Year = Type.String({ pattern: '^20[0-9]{2}$' });
export const getCalendar = contract({ method: 'GET', path: '/working-calendar/:year', who: 'signed-in', summary: 'Public holidays, Tết and compensating days of a year', params: shape({ year: Year }), reply: YearCalendar, problems: { 'year-unknown': 404 } });
export const editCalendar = contract({
  method: 'PUT', path: '/working-calendar/:year', who: 'calendar.edit', summary: 'Put the decided days of a year in place of the rule', params: shape({ year: Year }),
  body: shape({ days: List(shape({ day: Day, kind: oneOf(['off', 'working']), name: Line(120) }), 366) }), reply: YearCalendar, problems: { 'year-unknown': 404, 'day-of-other-year': 422, 'day-twice': 422 },
});

/** Events that deadlines wait for ("Kỳ họp thứ 10, Quốc hội khóa XV" = NA15-S10). */
export const DeadlineEvent = shape({ event: Type.String(), text: Type.String(), on: Nullable(Day), tasks: Type.Integer() });
export type DeadlineEvent = Static<typeof DeadlineEvent>;
export const listDeadlineEvents = contract({ method: 'GET', path: '/deadline-events', who: 'directives.read', summary: 'Events that deadlines wait for, with their day once set', reply: shape({ events: List(DeadlineEvent, 1000) }), problems: {} });
export const setDeadlineEvent = contract({
  method: 'PUT', path: '/deadline-events/:event', who: 'directives.issue', summary: 'Set the day of an event; every task that waits for it gets its deadline', params: shape({ event: Type.String({ maxLength: 120 }) }),
  body: shape({ on: Day }), reply: DeadlineEvent, problems: { 'event-unknown': 404, 'authority-lacking': 403 },
});
