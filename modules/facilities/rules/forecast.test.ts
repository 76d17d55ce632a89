import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addDays, daysBetween } from '#kernel/day.ts';
import { assumedOf, gapOf, needOf, needSpread } from './access.ts';
import { type BookedDay, forecast, newLawFrom, spreadOf } from './forecast.ts';

/** Chance that is the same at each run (mulberry32). */
function dice(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const poisson = (mean: number, u: () => number): number => { let n = 0; for (let p = u(); p > Math.exp(-mean); p *= u()) n += 1; return n; };
const thin = (n: number, p: number, u: () => number): number => { let out = 0; for (let i = 0; i < n; i += 1) if (u() < p) out += 1; return out; };

type Truth = { readonly admitted: number; readonly completing: number; readonly leaving: number; readonly there: number };
/** A province lived day by day by the rules the method assumes; people are told apart here, which the book never does. */
function live(truth: Truth, until: string, u: () => number): { days: BookedDay[]; there: Map<string, number>; out: Map<string, number> } {
  let [old, fresh] = [truth.there, 0];
  const days: BookedDay[] = [];
  const out = new Map<string, number>();
  for (let day = newLawFrom; day <= until; day = addDays(day, 1)) {
    const completed = thin(old, truth.completing, u);
    const oldLeft = thin(old - completed, truth.leaving, u);
    const freshLeft = thin(fresh, truth.leaving, u);
    const admitted = poisson(truth.admitted, u);
    old -= completed + oldLeft;
    fresh += admitted - freshLeft;
    out.set(day, completed + oldLeft + freshLeft);
    days.push({ day, there: old + fresh, admitted, completed, otherwise: oldLeft + freshLeft });
  }
  return { days, there: new Map(days.map((one) => [one.day, one.there])), out };
}

describe('forecast of discharges', () => {
  test('the interval holds about four of five simulated futures: who is there after half a year, and who leaves in the third month', () => {
    const truth: Truth = { admitted: 1.6, completing: 0.0022, leaving: 0.0005, there: 600 };
    const [asOf, bookFrom] = ['2026-11-20', '2026-08-15'];
    let [thereIn, outIn] = [0, 0];
    const runs = 300;
    for (let run = 0; run < runs; run += 1) {
      const life = live(truth, addDays(asOf, 184), dice(run + 1));
      const ahead = forecast({ days: life.days.filter((one) => one.day >= bookFrom && one.day <= asOf), asOf, months: 6, termMonths: 24 });
      assert.ok(ahead?.[5] !== undefined && ahead[2] !== undefined);
      const [there, out] = [spreadOf(ahead[5].there), spreadOf(ahead[2].discharges)];
      const realThere = life.there.get(addDays(asOf, 183)) ?? -1;
      const realOut = [...life.out].filter(([day]) => { const n = daysBetween(asOf, day); return n > 61 && n <= 91; }).reduce((sum, [, n]) => sum + n, 0);
      if (realThere >= there.low && realThere <= there.high) thereIn += 1;
      if (realOut >= out.low && realOut <= out.high) outIn += 1;
    }
    for (const [what, share] of [['there', thereIn / runs], ['out', outIn / runs]] as const) assert.ok(share > 0.73 && share < 0.88, `${what}: ${share}`);
  });
  test('people admitted under the new law stay their term: with 24 months nobody of them completes before July 2028, with 12 they begin to in 2027', () => {
    const days = live({ admitted: 2, completing: 0.002, leaving: 0.0003, there: 500 }, '2026-11-20', dice(7)).days;
    const at = (termMonths: number) => forecast({ days, asOf: '2026-11-20', months: 14, termMonths })?.at(-1)?.there.mean ?? 0;
    assert.ok(at(24) > at(12) + 200, `${at(24)} against ${at(12)}`);
  });
  test('a book shorter than four weeks says nothing rather than something', () => {
    assert.equal(forecast({ days: live({ admitted: 1, completing: 0.002, leaving: 0, there: 100 }, '2026-07-20', dice(1)).days, asOf: '2026-07-20', months: 3, termMonths: 24 }), undefined);
  });
  test('a facility that nobody enters and few leave gives a finite interval, never below nobody', () => {
    const days = Array.from({ length: 40 }, (_, i): BookedDay => ({ day: addDays('2026-09-01', i), there: 3, admitted: 0, completed: 0, otherwise: 0 }));
    const last = forecast({ days, asOf: '2026-10-10', months: 14, termMonths: 24 })?.at(-1);
    assert.ok(last !== undefined && Number.isFinite(last.there.variance) && spreadOf(last.there).low >= 0);
  });
});

describe('access to treatment for all by 2027', () => {
  test('the gap is the need less every place, with the interval of the need; an excess of places is kept', () => {
    const need = needOf(1000, '2026-12-31', assumedOf({ needGrowthPercent: 10, needErrorPercent: 20 }));
    assert.deepEqual(needSpread(need), { mean: 1099.9, low: 879.9, high: 1319.9 });
    assert.deepEqual(gapOf(need, 1200), { mean: -100.1, low: -320.1, high: 119.9 });
  });
});
