/** The daily book: read, record, correct. */
import { addDays, compareDays, daysBetween, vietnamDay } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { dayIsIn, nextDay, recordNewDay, sumOf } from '../rules/balance.ts';
import { normPlaces, occupancy } from '../rules/capacity.ts';
import { correctBook, firstOf } from '../rules/correct.ts';
import { roleAt } from '../rules/rights.ts';
import type { Balance, Book, BookDay, Correction, DayCommand, DayKey, FacilityKey } from '../schema.ts';
import { type BookRow, findDay, findLastDay, insertDay, listBefore, listDays, replaceDay, setStanding } from '../store/book.ts';
import { type FacilityStored, listStored } from '../store/register.ts';
import { openDeathMatter } from './matters.ts';
import { facilityFor, holdFacility, impersonal, log, notFound, type UseCase } from './use-case.ts';

const startOf = (facility: FacilityStored): Balance => ({ voluntary: facility.bookVoluntary, compulsory: facility.bookCompulsory });
const shown = (row: BookRow, opening: Balance, places: number): BookDay => ({
  day: row.day, rev: row.rev, opening, figures: row.figures, closing: row.closing, occupancy: occupancy(sumOf(row.closing), places), recordedAt: row.recordedAt, late: row.late, reason: row.reason,
});
const mostDays = 400;

/** Days of the book, newest first, each with what it opened with; and what comes next. */
export async function bookOf(use: UseCase, key: FacilityKey, asked: { readonly from?: string; readonly to?: string }): Promise<Result<Book, Refusal>> {
  const { tx, now } = use;
  const found = await facilityFor(use, key, 'facilities.read-book');
  if (!found.ok) return found;
  const facility = found.value;
  const last = await findLastDay(tx, key.province, key.facility);
  const to = asked.to ?? last?.day ?? now.today;
  const from = asked.from ?? addDays(to, -13);
  if (daysBetween(from, to) >= mostDays) return refuse({ code: 'book-period-too-long', days: mostDays });
  const rows = await listDays(tx, key.province, key.facility, from, to);
  const before = await findLastDay(tx, key.province, key.facility, from);
  const [listed] = await listStored(tx, now.today, key.province, key.facility);
  const places = listed?.places ?? 0;
  let opening = before?.closing ?? startOf(facility);
  const days = rows.map((row) => { const one = shown(row, opening, places); opening = row.closing; return one; });
  const next = nextDay(facility, startOf(facility), last);
  return ok({ days: days.reverse(), today: now.today, places, normPlaces: listed === undefined ? 0 : normPlaces(listed.landM2, listed.terrain), next: dayIsIn(facility, next.day, now.today).ok ? next : null });
}

/** Records a day. A death opens a matter that waits for a review from outside. The receipt names the day and its revision. */
export async function recordOneDay(use: UseCase, key: DayKey, { opening, figures }: DayCommand): Promise<Result<{ day: BookDay; receipt: string }, Refusal>> {
  const { tx, now, actor } = use;
  const held = await holdFacility(use, key, 'facilities.record');
  if (!held.ok) return held;
  const facility = held.value;
  const next = nextDay(facility, startOf(facility), await findLastDay(tx, key.province, key.facility));
  const decided = recordNewDay(facility, next, { day: key.day, today: now.today, opening, figures });
  if (!decided.ok) return decided;
  const row: BookRow = { day: key.day, rev: 1, recordedAt: now.at, late: compareDays(vietnamDay(now.at), addDays(key.day, 1)) > 0, reason: '', figures, closing: decided.value };
  await insertDay(tx, key.province, key.facility, { ...row, at: now.at, by: actor.account });
  await setStanding(tx, key.province, key.facility, row);
  const died = figures.voluntary.died + figures.compulsory.died;
  if (died > 0) await openDeathMatter(use, key, died);
  await log(use, { key, action: 'facilities.day-recorded', target: { type: 'facility-day', id: `${key.facility}/${key.day}` }, role: roleAt(actor, 'facilities.record', facility), after: row, facts: { there: sumOf(row.closing), died } });
  const [listed] = await listStored(tx, now.today, key.province, key.facility);
  return ok({ day: shown(row, next.opening, listed?.places ?? 0), receipt: `${key.province}-${key.facility}-${key.day}-1` });
}

/** Puts days right; the chain to the last day of the book holds again, or nothing changes. */
export async function correctRecorded(use: UseCase, key: FacilityKey, body: Correction): Promise<Result<{ corrected: number; shifted: number }, Refusal>> {
  const { tx, now, actor } = use;
  const held = await holdFacility(use, key, 'facilities.record');
  if (!held.ok) return held;
  const words = impersonal(body.reason);
  if (!words.ok) return words;
  const first = firstOf(body.days);
  if (first === undefined) return refuse({ code: 'nothing-to-correct' });
  const outside = body.days.map((one) => dayIsIn(held.value, one.day, now.today)).find((one) => !one.ok);
  if (outside !== undefined && !outside.ok) return outside;
  const days = await listDays(tx, key.province, key.facility, first, '9999-12-31');
  const before = await findLastDay(tx, key.province, key.facility, first);
  const decided = correctBook(days, before?.closing ?? startOf(held.value), body);
  if (!decided.ok) return decided;
  const was = new Map(days.map((one) => [one.day, one]));
  for (const one of decided.value) {
    if ((await replaceDay(tx, key.province, key.facility, { ...one, late: was.get(one.day)?.late ?? false, reason: body.reason, at: now.at, by: actor.account })) === 0) return refuse({ code: 'revision-stale', day: one.day });
    const moreDeaths = deathsOf(one) - deathsOf(was.get(one.day));
    if (!one.shifted && moreDeaths > 0) await openDeathMatter(use, { ...key, day: one.day }, moreDeaths);
  }
  const last = await findLastDay(tx, key.province, key.facility);
  if (last !== undefined) await setStanding(tx, key.province, key.facility, last);
  const shifted = decided.value.filter((one) => one.shifted).length;
  await log(use, {
    key, action: 'facilities.days-corrected', target: { type: 'facility-day', id: `${key.facility}/${first}` }, before: decided.value.map((one) => was.get(one.day)), after: decided.value,
    facts: { days: decided.value.length - shifted, shifted },
  });
  return ok({ corrected: decided.value.length - shifted, shifted });
}
const deathsOf = (day: { readonly figures: BookRow['figures'] } | undefined): number => (day === undefined ? 0 : day.figures.voluntary.died + day.figures.compulsory.died);

export async function dayHistory(use: UseCase, key: DayKey) {
  const found = await facilityFor(use, key, 'facilities.read-book');
  if (!found.ok) return found;
  const now = await findDay(use.tx, key.province, key.facility, key.day);
  if (now === undefined) return notFound();
  const { rev, figures, recordedAt, reason } = now;
  return ok({ versions: [{ rev, figures, recordedAt, reason }, ...await listBefore(use.tx, key.province, key.facility, key.day)] });
}
