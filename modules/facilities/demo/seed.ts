/**
 * Made-up facilities, 77 public and some private, whose daily books close and add up to the monthly returns of their provinces. The same
 * on every machine for the same day. Synthetic; names say so.
 */
import type { Now } from '#kernel/clock.ts';
import { addDays, daysBetween } from '#kernel/day.ts';
import { daysOf, periodAt, shiftPeriod } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import { getTree } from '#modules/org-units/index.ts';
import { besideOf, type Beside } from './beside.ts';
import { type DemoDay, facilitiesOf, liveBooks } from './books.ts';
import { chanceOf, idOf } from './chance.ts';
import { begun, type MonthFigures, planMonths, startOf } from './months.ts';
import { insertBeside, insertDays, insertRegister, insertStandings, type Named } from './store.ts';

const publicOnes = 77;
const months = 3;
/** The months whose returns the books agree with, and the one before them, from which they start; newest last. */
export async function demonstrationPeriods(tx: Tx, today: string): Promise<string[]> {
  const { head } = await latestProgramme(tx);
  const last = shiftPeriod(periodAt(today, 'month', head.calendar), -1);
  return Array.from({ length: months + 1 }, (_, i) => shiftPeriod(last, i - months));
}

/** @param figuresOf what a province's return of a month says, by `element` or `element/cell`; undefined when there is none */
export async function seedFacilities(tx: Tx, now: Now, figuresOf: (province: string, period: string) => MonthFigures | undefined): Promise<{ facilities: number; days: number }> {
  const { head } = await latestProgramme(tx);
  const [base = '', ...periods] = await demonstrationPeriods(tx, now.today);
  const wanted = periods.map((period) => ({ period, ...daysOf(period, head.calendar) }));
  const bookFrom = wanted[0]?.first ?? now.today;
  const yesterday = addDays(now.today, -1);
  const tree = await getTree(tx, now.today);
  const most = [...tree.provinces].sort((a, b) => b.communes.length - a.communes.length || (a.code < b.code ? -1 : 1)).map((one) => one.code);
  const register: Named[] = [];
  const days: DemoDay[] = [];
  const beside: Beside = { staff: [], activities: [], matters: [], inspections: [], answers: [] };
  for (const { code, nameVi } of tree.provinces) {
    const given = wanted.map((month) => ({ ...month, figures: figuresOf(code, month.period) }));
    const start = startOf(figuresOf(code, base), given);
    if (start === undefined) continue;
    const plan = planMonths(start, given);
    const before = plan.at(-1);
    const open = shiftPeriod(periods.at(-1) ?? '', 1);
    const first = daysOf(open, head.calendar).first;
    if (before !== undefined && first <= yesterday) plan.push(begun(before, open, { first, last: yesterday }, (daysBetween(first, yesterday) + 1) / 30));
    const publics = Math.floor(publicOnes / most.length) + (most.indexOf(code) < publicOnes % most.length ? 1 : 0);
    const facilities = facilitiesOf(code, { publicOnes: publics, privateOnes: chanceOf(`private ${code}`) < 0.55 ? 1 : 0 }, { start, places: before?.figures.get('cho-thiet-ke') ?? start.voluntary + start.compulsory, last: yesterday });
    const books = liveBooks(facilities, plan);
    register.push(...facilities.map((one): Named => ({ ...one, bookFrom, nameVi: `${one.ownership === 'public' ? 'Cơ sở cai nghiện ma túy' : 'Cơ sở cai nghiện tư nhân'} số ${one.number}, ${nameVi} (mẫu)`, nameEn: `${one.ownership === 'public' ? 'Rehabilitation facility' : 'Private rehabilitation facility'} no. ${one.number}, ${nameVi} (sample)` })));
    days.push(...books.days);
    const own = besideOf(facilities, plan, books.deaths, now.today);
    for (const key of ['staff', 'activities', 'matters', 'inspections', 'answers'] as const) (beside[key] as unknown[]).push(...own[key]); // the same key of the same type on both sides
  }
  const by = idOf('demonstration');
  await insertRegister(tx, register, now.at);
  await insertDays(tx, days, by);
  await insertStandings(tx);
  await insertBeside(tx, beside, by);
  await record(tx, [...new Set(register.map((one) => one.province))].map((province) => ({ province, at: now.at, actor: 'system' as const, action: 'facilities.demonstration', target: { type: 'facilities', id: province }, unit: province, facts: { facilities: register.filter((one) => one.province === province).length } })));
  return { facilities: register.length, days: days.length };
}
