/** Who owes a return, from when until when: pure, the same in the browser and on the server. */
import { addDays, weekday, type PlainDate } from '#kernel/day.ts';
import { daysOf, type Calendar, type Period } from '#kernel/period.ts';
import type { DataSet } from './items.ts';

type Due = Pick<DataSet, 'dueWorkingDays'>;
type Closing = Pick<DataSet, 'closesAfterDays'>;
type Assigned = Pick<DataSet, 'assignedTo'>;

/** The programme's calendar: where its months begin, and the days on which no office works. */
export type DutyCalendar = Calendar & { readonly holidays?: { readonly days: readonly PlainDate[] } };
/** Monday to Friday without the programme's holidays; what an office's own working calendar adds comes with `isHoliday`. */
const isWorkingDay = (day: PlainDate, { holidays }: DutyCalendar, isHoliday: (day: PlainDate) => boolean): boolean =>
  weekday(day) <= 5 && !(holidays !== undefined && has(holidays.days, day)) && !isHoliday(day);

/**
 * The last day on which a return is in time: so many working days after the period's last day; with 0 that last day itself.
 *
 * @throws RangeError when the text is no period
 */
export function dueDayOf(dataSet: Due, period: Period, calendar: DutyCalendar, isHoliday: (day: PlainDate) => boolean = () => false): PlainDate {
  let day = daysOf(period, calendar).last;
  for (let left = dataSet.dueWorkingDays; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar, isHoliday)) left -= 1;
  }
  return day;
}

/** The last day on which a return may still come; null when it is never closed. */
export const closesOn = (dataSet: Closing, period: Period, calendar: Calendar): PlainDate | null =>
  (dataSet.closesAfterDays === null ? null : addDays(daysOf(period, calendar).last, dataSet.closesAfterDays));

export type AssignableUnit = { readonly code: string; readonly level: string; readonly kind: string };
const lists = new WeakMap<object, ReadonlySet<string>>();
const has = (list: readonly string[], one: string): boolean => {
  const set = lists.get(list) ?? new Set(list);
  lists.set(list, set);
  return set.has(one);
};

/**
 * Whether a unit fills a data set: by its level, its kind, its code, or a group it is in.
 *
 * @param groupOf the group of this unit in a group set, as "set/group" names it
 */
export function isAssigned({ assignedTo }: Assigned, unit: AssignableUnit, groupOf: (set: string) => string | undefined = () => undefined): boolean {
  const { levels, kinds, groups, units } = assignedTo;
  if (levels.includes(unit.level) || kinds.includes(unit.kind)) return true;
  if (units.length > 0 && has(units, unit.code)) return true;
  return groups.some((path) => {
    const cut = path.indexOf('/');
    return cut > 0 && groupOf(path.slice(0, cut)) === path.slice(cut + 1);
  });
}

/**
 * The one data set in which each element has its places: the one it has already, else the first by id that lists it.
 *
 * @param known homes given earlier; they stay, because a place once given is never given again
 */
export function homeDataSets(dataSets: Iterable<Pick<DataSet, 'id' | 'sections'>>, known: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const homes = new Map(known);
  for (const dataSet of [...dataSets].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    for (const element of dataSet.sections.flatMap((section) => section.elements)) if (!homes.has(element)) homes.set(element, dataSet.id);
  }
  return homes;
}
