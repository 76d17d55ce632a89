/** What the book makes of the monthly return, by facility for those who run it and by province for the return itself. */
import { addDays, compareDays } from '#kernel/day.ts';
import { daysOf, periodAt, periodRange, shiftPeriod } from '#kernel/period.ts';
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import type { FacilityKey, Flows, MonthView } from '../schema.ts';
import { findLastDay, flowsOf } from '../store/book.ts';
import { type DaySum, expectedDays, sumDays, sumRest } from '../store/sums.ts';
import { facilityFor, type UseCase } from './use-case.ts';

const shownMonths = 13;

/** Months of one facility, newest first, from the month its book begins in. */
export async function monthsOf(use: UseCase, key: FacilityKey): Promise<Result<{ months: MonthView[] }, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.read-book');
  if (!found.ok) return found;
  const facility = found.value;
  const { head } = await latestProgramme(use.tx);
  const last = periodAt(use.now.today, 'month', head.calendar);
  const begun = periodAt(facility.bookFrom, 'month', head.calendar);
  const earliest = shiftPeriod(last, 1 - shownMonths);
  const months: MonthView[] = [];
  for (const period of periodRange(begun > earliest ? begun : earliest, last)) {
    const days = daysOf(period, head.calendar);
    const yesterday = addDays(use.now.today, -1);
    const until = compareDays(days.last, yesterday) > 0 ? yesterday : days.last;
    const [sum] = await sumDays(use.tx, key.province, days.first, days.last, key.facility);
    const before = await findLastDay(use.tx, key.province, key.facility, days.first);
    const first = compareDays(facility.bookFrom, days.first) > 0 ? facility.bookFrom : days.first;
    months.push(monthView(period, days, sum, { opening: before?.closing ?? { voluntary: facility.bookVoluntary, compulsory: facility.bookCompulsory }, expected: Math.max(0, countDays(first, facility.closedOn !== null && facility.closedOn < until ? facility.closedOn : until)) }));
  }
  return ok({ months: months.reverse() });
}
const countDays = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

function monthView(period: string, days: { readonly first: string; readonly last: string }, sum: DaySum | undefined, { opening, expected }: { readonly opening: MonthView['opening']; readonly expected: number }): MonthView {
  return {
    period, ...days, daysRecorded: sum?.days ?? 0, daysExpected: expected, opening, closing: sum?.voluntaryEnd == null || sum.compulsoryEnd === null ? null : { voluntary: sum.voluntaryEnd, compulsory: sum.compulsoryEnd },
    voluntary: flowsOf(sum?.voluntary ?? []), compulsory: flowsOf(sum?.compulsory ?? []), firstEver: sum?.firstEver ?? 0, waitedDays: sum?.waitedDays ?? 0, waiting: sum?.waiting ?? null,
  };
}

const total = (sums: readonly DaySum[], pick: (sum: DaySum) => number): number => sums.reduce((all, one) => all + pick(one), 0);
const flow = (sums: readonly DaySum[], regime: 'voluntary' | 'compulsory', kind: keyof Flows): number => total(sums, (sum) => flowsOf(sum[regime])[kind]);

/**
 * The figures of the monthly return that the register knows, by `element` or `element/cell`: nothing at all of movements while a day of
 * any facility is missing, for a sum of some days would look like the month. Moves between facilities of the province are taken out of
 * both sides. Keys are the elements of the programme's form 03-CS.
 *
 * @param tx of the system: the return shows the same figure to all who may read it
 */
export async function censusOf(tx: Tx, { province, first, last }: { readonly province: string; readonly first: string; readonly last: string }): Promise<ReadonlyMap<string, number>> {
  const expected = await expectedDays(tx, province, first, last);
  if (expected.length === 0) return new Map();
  const rest = await sumRest(tx, province, first, last);
  const figures = new Map<string, number>([
    ['cho-thiet-ke', rest.places], ['khieu-nai', rest.complaints], ['khieu-nai-den-han', rest.due], ['khieu-nai-dung-han', rest.dueOnTime], ['tu-vong-ra-soat', rest.deathsReviewed], ['kiem-tra-ngoai', rest.outsideInspections],
    ['hoc-nghe-co-so', rest.inTraining], ['dieu-tri-benh-kem', rest.illnessCare],
  ]);
  if (rest.staffed > 0) { figures.set('can-bo-co-so', rest.staff); figures.set('can-bo-y-te', rest.healthStaff); }
  const sums = await sumDays(tx, province, first, last);
  const whole = expected.every((one) => sums.find((sum) => sum.facility === one.code)?.days === one.days);
  if (!whole) return figures;
  const moved = { voluntary: flow(sums, 'voluntary', 'moved'), compulsory: flow(sums, 'compulsory', 'moved') };
  const came = (regime: 'voluntary' | 'compulsory'): number => flow(sums, regime, 'admitted') + flow(sums, regime, 'received') - moved[regime];
  const both = (kind: keyof Flows): number => flow(sums, 'voluntary', kind) + flow(sums, 'compulsory', kind);
  for (const [key, value] of [
    ['co-mat/tu-nguyen', total(sums, (sum) => sum.voluntaryEnd ?? 0)], ['co-mat/bat-buoc', total(sums, (sum) => sum.compulsoryEnd ?? 0)], ['vao-co-so/tu-nguyen', Math.max(0, came('voluntary'))],
    ['vao-co-so/bat-buoc', Math.max(0, came('compulsory'))], ['vao-lan-dau', total(sums, (sum) => sum.firstEver)], ['ra-co-so/hoan-thanh', both('completed')], ['ra-co-so/chuyen-di', both('away')], ['ra-co-so/tu-bo', both('left')],
    ['ra-co-so/tu-vong', both('died')], ['tu-vong', both('died')], ['ngay-cho', total(sums, (sum) => sum.waitedDays)], ['dang-cho-co-so', total(sums, (sum) => sum.waiting ?? 0)],
  ] as const) figures.set(key, value);
  return figures;
}

