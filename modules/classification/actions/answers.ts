/** The boxes of a year in one array: [commune][month][box], NaN where nothing was reported, with the revision and approval of each month. */
import type { Period } from '#kernel/period.ts';
import { boxCount } from '../rules/boxes.ts';
import { box } from '../rules/boxes.ts';
import type { Answers } from '../rules/gather.ts';
import { readMonthText } from '../rules/month-text.ts';
import type { MonthText } from '../store/answers.ts';
import type { FromOldMap } from './frame.ts';

export class YearAnswers {
  readonly months: number;
  readonly values: Float64Array;
  readonly rev: Int32Array;
  readonly approved: Uint8Array;

  constructor(units: number, months: number) {
    this.months = months;
    this.values = new Float64Array(units * months * boxCount).fill(Number.NaN);
    this.rev = new Int32Array(units * months);
    this.approved = new Uint8Array(units * months);
  }

  get stride(): number { return boxCount; }
  startOf(row: number): number { return row * this.months * boxCount; }
  reported(row: number): Answers { return { values: this.values, start: this.startOf(row), stride: boxCount }; }

  /** The same with what the province has not approved left out. */
  approvedOnly(row: number): Answers {
    const start = this.startOf(row);
    const values = this.values.slice(start, start + this.months * boxCount);
    for (let month = 0; month < this.months; month += 1) if (this.approved[row * this.months + month] !== 1) values.fill(Number.NaN, month * boxCount, (month + 1) * boxCount);
    return { values, start: 0, stride: boxCount };
  }
  allApproved(row: number): boolean {
    for (let i = row * this.months; i < (row + 1) * this.months; i += 1) if ((this.rev[i] ?? 0) > 0 && this.approved[i] !== 1) return false;
    return true;
  }

  clearMonth(month: number): void {
    for (let row = 0; row * this.months < this.rev.length; row += 1) {
      this.values.fill(Number.NaN, this.startOf(row) + month * boxCount, this.startOf(row) + (month + 1) * boxCount);
      this.rev[row * this.months + month] = 0;
      this.approved[row * this.months + month] = 0;
    }
  }

  /** Puts one month in. @param from what became of the units of an older map; undefined: the map is the same */
  putMonth(month: number, text: string, rowOf: ReadonlyMap<string, number>, from: FromOldMap | undefined): void {
    if (from !== undefined) { this.#putOldMonth(month, text, rowOf, from); return; }
    readMonthText(text, this.values, ({ unit, rev, approved }) => {
      const row = rowOf.get(unit);
      if (row === undefined) return -1;
      this.rev[row * this.months + month] = rev;
      this.approved[row * this.months + month] = Number(approved);
      return this.startOf(row) + month * boxCount;
    });
  }

  /** Communes that became one are added up; what one of them did not report the whole did not report. */
  #putOldMonth(month: number, text: string, rowOf: ReadonlyMap<string, number>, from: FromOldMap): void {
    const found = new Map<string, { readonly at: number; readonly rev: number; readonly approved: boolean }>();
    const values = new Float64Array((text.split(';').length + 1) * boxCount);
    readMonthText(text, values, ({ unit, rev, approved }) => { const at = found.size * boxCount; found.set(unit, { at, rev, approved }); return at; });
    for (const [target, sources] of from) {
      const row = rowOf.get(target);
      const all = sources?.map((code) => found.get(code)) ?? [];
      if (row === undefined || all.length === 0 || all.includes(undefined)) continue;
      const parts = all.flatMap((one) => one ?? []);
      this.rev[row * this.months + month] = parts.reduce((sum, one) => sum + one.rev, 0);
      this.approved[row * this.months + month] = Number(parts.every((one) => one.approved));
      for (let of = 0; of < boxCount; of += 1) {
        const list = parts.map((one) => values[one.at + of] ?? Number.NaN);
        const isYesNo = of === box.routeInside || of === box.routeBetween;
        this.values[this.startOf(row) + month * boxCount + of] = isYesNo ? Math.max(...list) : list.reduce((sum, one) => sum + one, 0);
      }
    }
  }
}

/** Texts of several months, joined by month. */
export function byMonth(texts: readonly MonthText[]): Map<Period, string> {
  const found = new Map<Period, string[]>();
  for (const { period, lines } of texts) { const list = found.get(period); if (list === undefined) found.set(period, [lines]); else list.push(lines); }
  return new Map([...found].map(([period, list]) => [period, list.join(';')]));
}
