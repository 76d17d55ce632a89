/** The daily book: who came, who left and how, who was counted. Each day opens with what the day before closed with. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { commonProblems, Count, FacilityKey, Reason } from './words.ts';

/**
 * Movements of one regime on one day, people: admitted (new), received (transferred in), completed, moved (to another facility of the
 * province), away (to another place, deferred or exempted), left (before the end, of their own accord), died.
 */
export const flowKinds = ['admitted', 'received', 'completed', 'moved', 'away', 'left', 'died'] as const;
export type FlowKind = (typeof flowKinds)[number];
export const incoming: readonly FlowKind[] = ['admitted', 'received'];
export const Flows = shape({ admitted: Count, received: Count, completed: Count, moved: Count, away: Count, left: Count, died: Count });
export type Flows = Static<typeof Flows>;

/** What the person writes. `waitedDays`: days waited by all admitted that day, added up; `waiting`: with a decision or registered, not yet admitted; `present`: counted at the roll-call. */
export const DayFigures = shape({ voluntary: Flows, compulsory: Flows, firstEver: Count, waitedDays: Count, waiting: Count, absent: Count, present: Count });
export type DayFigures = Static<typeof DayFigures>;
export const Balance = shape({ voluntary: Type.Integer(), compulsory: Type.Integer() });
export type Balance = Static<typeof Balance>;

export const BookDay = shape({
  day: Day, rev: Type.Integer(), opening: Balance, figures: DayFigures, closing: Balance, occupancy: Nullable(Type.Number()), recordedAt: Type.String(),
  /** Recorded after the day that followed it. */
  late: Type.Boolean(), reason: Type.String(),
});
export type BookDay = Static<typeof BookDay>;

export const Book = shape({
  days: List(BookDay, 400), today: Day, places: Type.Integer(), normPlaces: Type.Integer(),
  /** The first day that is missing, and what it opens with; null when the book is full up to today. */
  next: Nullable(shape({ day: Day, opening: Balance })),
});
export type Book = Static<typeof Book>;
const DayKey = shape({ ...FacilityKey.properties, day: Day });
export type DayKey = Static<typeof DayKey>;

export const bookProblems = {
  ...commonProblems, 'census-unbalanced': 422, 'more-left-than-there': 422, 'more-first-ever-than-admitted': 422, 'waited-without-admission': 422, 'more-absent-than-there': 422,
  'facility-day-in-future': 422, 'before-opening': 422, 'before-book': 422, 'after-closing': 422, 'day-before-missing': 409, 'opening-differs': 409, 'day-exists': 409,
} as const;

export const getBook = contract({
  method: 'GET', path: '/facilities/:province/:facility/days', who: 'facilities.read-book', summary: 'Days of the book, newest first', impersonal: true,
  params: FacilityKey, query: someOf({ from: Day, to: Day }), reply: Book, problems: { ...commonProblems, 'book-period-too-long': 422 },
});
/** `opening`: what the device took the day to open with; the day is refused when the book says otherwise. */
export const DayCommand = shape({ opening: Balance, figures: DayFigures });
export type DayCommand = Static<typeof DayCommand>;
export const recordDay = contract({
  method: 'PUT', path: '/facilities/:province/:facility/days/:day', who: 'facilities.record', summary: 'Record a day; it must follow the day before and close',
  params: DayKey, body: DayCommand, reply: shape({ day: BookDay, receipt: Type.String() }), problems: bookProblems,
});
/** Days put right together, so that the balance closes from the first to the day after the last. `shiftLater` moves every later day by the difference. */
export const Correction = shape({ reason: Reason, days: List(shape({ day: Day, rev: Type.Integer({ minimum: 1 }), figures: DayFigures }), 40), shiftLater: Type.Boolean() });
export type Correction = Static<typeof Correction>;
export const correctDays = contract({
  method: 'POST', path: '/facilities/:province/:facility/corrections', who: 'facilities.record', summary: 'Put recorded days right; what was recorded before is kept',
  params: FacilityKey, body: Correction, reply: shape({ corrected: Type.Integer(), shifted: Type.Integer() }),
  problems: { ...bookProblems, 'day-after-does-not-open': 409, 'day-not-recorded': 404, 'nothing-to-correct': 422, 'shift-below-nobody': 422 },
});
export const DayVersion = shape({ rev: Type.Integer(), figures: DayFigures, recordedAt: Type.String(), reason: Type.String() });
export const getDayHistory = contract({
  method: 'GET', path: '/facilities/:province/:facility/days/:day/history', who: 'facilities.read-book', summary: 'Every version of a day, newest first',
  params: DayKey, reply: shape({ versions: List(DayVersion, 500) }), problems: commonProblems,
});

/** A month of the programme: what the book and the other records make of the monthly return. */
export const MonthView = shape({
  period: Type.String(), first: Day, last: Day, daysRecorded: Type.Integer(), daysExpected: Type.Integer(), opening: Nullable(Balance), closing: Nullable(Balance), voluntary: Flows, compulsory: Flows,
  firstEver: Type.Integer(), waitedDays: Type.Integer(), waiting: Nullable(Type.Integer()),
});
export type MonthView = Static<typeof MonthView>;
export const getMonths = contract({
  method: 'GET', path: '/facilities/:province/:facility/months', who: 'facilities.read-book', summary: 'Months of a facility as its book adds them up, newest first',
  params: FacilityKey, reply: shape({ months: List(MonthView, 24) }), problems: commonProblems,
});
