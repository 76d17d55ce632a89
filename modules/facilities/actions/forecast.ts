/** Composes the forecast of every province: the books' part from here, need and other places from the returns. */
import { addDays, daysBetween } from '#kernel/day.ts';
import type { Static } from '#kernel/shape.ts';
import { provinceCodes } from '#modules/org-units/index.ts';
import type { Tx } from '#platform/db/tx.ts';
import { type AccessFigures, assumedOf, assumptionsOf, type Assumed, gapOf, type Given, horizon, type Need, needOf, needSpread } from '../rules/access.ts';
import { normPlaces } from '../rules/capacity.ts';
import { added, type AheadSpread, type BookedDay, coverage, forecast, monthAhead, type Moments, monthsUntil, none, spreadOf } from '../rules/forecast.ts';
import { mayAt } from '../rules/rights.ts';
import type { Forecast, getForecast, ProvinceForecast, Spread } from '../schema.ts';
import { asMachinery } from '#platform/db/as-machinery.ts';
import { listStored, type Listed } from '../store/register.ts';
import { sumProvinces } from '../store/sums.ts';
import type { UseCase } from './use-case.ts';

/** Asks the returns; set by `app/`, for this register knows no returns. */
export type AccessSource = (tx: Tx, today: string) => Promise<readonly AccessFigures[]>;
let accessSource: AccessSource = () => Promise.resolve([]);
export function provideAccessFigures(source: AccessSource): void {
  accessSource = source;
}

const bookDays = 180;
type Part = { readonly row: ProvinceForecast; readonly ahead: readonly AheadSpread[] | undefined; readonly need: Need | undefined; readonly facilityPlaces: number };
type World = { readonly today: string; readonly months: number; readonly assumed: Assumed };

function partOf(province: string, facilities: readonly Listed[], days: readonly BookedDay[], figures: AccessFigures | undefined, world: World): Part {
  const places = facilities.reduce((sum, one) => sum + one.places, 0);
  const norm = facilities.reduce((sum, one) => sum + normPlaces(one.landM2, one.terrain), 0);
  const there = facilities.reduce((sum, one) => sum + (one.voluntary ?? 0) + (one.compulsory ?? 0), 0);
  const ahead = forecast({ days, asOf: days.at(-1)?.day ?? world.today, months: world.months, termMonths: world.assumed.termMonths });
  const need = figures?.need == null ? undefined : needOf(figures.need, world.today, world.assumed);
  const facilityPlaces = facilities.reduce((sum, one) => sum + Math.min(one.places, normPlaces(one.landM2, one.terrain)), 0);
  const base = { province, facilities: facilities.length, thereNow: there, places, normPlaces: norm, monthsOfBook: Math.floor(days.length / 30), substitution: figures?.substitution ?? null, home: figures?.home ?? null, figuresOf: figures?.period ?? null };
  return { row: finish(base, { ahead, need, places, facilityPlaces }), ahead, need, facilityPlaces };
}

type Base = Omit<ProvinceForecast, 'admissionsMonthly' | 'dischargesMonthly' | 'thereThen' | 'shortPlaces' | 'need' | 'gap' | 'missing'>;
/** Without the book or the return the part is absent and says so; it is never counted as nobody. */
function finish(base: Base, { ahead, need, places, facilityPlaces }: { readonly ahead: readonly AheadSpread[] | undefined; readonly need: Need | undefined; readonly places: number; readonly facilityPlaces: number }): ProvinceForecast {
  const [first, last] = [ahead?.[0], ahead?.at(-1)];
  const whole = need !== undefined && base.substitution !== null && base.home !== null;
  return {
    ...base, admissionsMonthly: first === undefined ? null : spreadOf(first.admissions), dischargesMonthly: first === undefined ? null : spreadOf(first.discharges), thereThen: last === undefined ? null : spreadOf(last.there),
    shortPlaces: last === undefined ? null : short(spreadOf(last.there), places), need: need === undefined ? null : needSpread(need), gap: whole ? gapOf(need, facilityPlaces + (base.substitution ?? 0) + (base.home ?? 0)) : null,
    missing: [...(ahead === undefined && base.facilities > 0 ? ['no-book'] : []), ...(whole ? [] : ['no-return'])],
  };
}
const short = ({ mean, low, high }: Spread, places: number): Spread => ({ mean: Math.max(0, mean - places), low: Math.max(0, low - places), high: Math.max(0, high - places) });

/** The provinces chosen, together: counts vary independently, the error of the need is shared. */
function together(parts: readonly Part[], code: string): Part {
  const sum = (pick: (row: ProvinceForecast) => number | null): number => parts.reduce((total, { row }) => total + (pick(row) ?? 0), 0);
  const known = parts.map((one) => one.ahead).filter((one) => one !== undefined);
  const ahead = known[0]?.map((_, month): AheadSpread => {
    const over = (pick: (one: AheadSpread) => Moments): Moments => added(known.map((one) => { const at = one[month]; return at === undefined ? none : pick(at); }));
    return { admissions: over((one) => one.admissions), discharges: over((one) => one.discharges), there: over((one) => one.there) };
  });
  const told = parts.filter((one) => one.row.gap !== null);
  const need = told.length === 0 ? undefined : { mean: told.reduce((total, one) => total + (one.need?.mean ?? 0), 0), deviation: told.reduce((total, one) => total + (one.need?.deviation ?? 0), 0) };
  const facilityPlaces = told.reduce((total, one) => total + one.facilityPlaces, 0);
  const base: Base = {
    province: code, facilities: sum((row) => row.facilities), thereNow: sum((row) => row.thereNow), places: sum((row) => row.places), normPlaces: sum((row) => row.normPlaces), monthsOfBook: Math.max(0, ...parts.map((one) => one.row.monthsOfBook)),
    substitution: told.length === 0 ? null : told.reduce((total, one) => total + (one.row.substitution ?? 0), 0), home: told.length === 0 ? null : told.reduce((total, one) => total + (one.row.home ?? 0), 0), figuresOf: told[0]?.row.figuresOf ?? null,
  };
  const row = finish(base, { ahead, need, places: base.places, facilityPlaces });
  return { row: { ...row, missing: [...new Set([...row.missing, ...(told.length < parts.length ? ['no-return'] : [])])] }, ahead, need, facilityPlaces };
}

export async function forecastFor(use: UseCase, query: Static<NonNullable<(typeof getForecast)['query']>>): Promise<Forecast> {
  const { tx, actor, now } = use;
  const { province, ...rest } = query;
  const given: Given = rest;
  const assumed = assumedOf(given);
  const world: World = { today: now.today, months: Math.min(60, monthsUntil(now.today, horizon)), assumed };
  const codes = provinceCodes().filter((code) => code !== '00' && (province === undefined || code === province) && mayAt(actor, 'facilities.forecast', { province: code, managerOffice: '' }));
  const { stored, days, figures } = await asMachinery(tx, async () => ({
    stored: (await listStored(tx, now.today, null)).filter((one) => one.closedOn === null), days: await sumProvinces(tx, addDays(now.today, -bookDays)), figures: await accessSource(tx, now.today),
  }));
  const [facilitiesOf, daysOf, figuresOf] = [Map.groupBy(stored, (one) => one.province), Map.groupBy(days, (one) => one.province), new Map(figures.map((one) => [one.province, one]))];
  const parts = codes.map((code) => partOf(code, facilitiesOf.get(code) ?? [], wholeDays(daysOf.get(code) ?? []), figuresOf.get(code), world));
  const all = together(parts, province ?? (codes.length === 1 ? codes[0] ?? '00' : '00'));
  const path = (all.ahead ?? []).map((one, i) => ({ month: monthAhead(now.today, i + 1), admissions: spreadOf(one.admissions), discharges: spreadOf(one.discharges), there: spreadOf(one.there) }));
  return { asOf: now.today, until: horizon, horizonMonths: world.months, coverage, assumptions: assumptionsOf(given, coverage), nation: all.row, rows: parts.map((one) => one.row), path };
}

/** Days on which every facility that has a book by then is recorded, without a hole: the last such run. */
function wholeDays(days: readonly (BookedDay & { readonly facilities: number })[]): BookedDay[] {
  const most = Math.max(0, ...days.map((one) => one.facilities));
  const run: BookedDay[] = [];
  for (const one of days) {
    if (one.facilities < most) { if (run.length > 28) break; run.length = 0; continue; }
    const before = run.at(-1);
    if (before !== undefined && daysBetween(before.day, one.day) !== 1) run.length = 0;
    run.push(one);
  }
  return run;
}
