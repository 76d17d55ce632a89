/** Periods as the field's software writes them, to and from ours. Pure. */
import { isPeriod, type Period } from '#kernel/period.ts';

export type PeriodRead = { readonly ok: true; readonly period: Period } | { readonly ok: false; readonly code: 'period-unreadable' | 'period-type-not-kept'; readonly facts: Readonly<Record<string, string>> };

const others: readonly (readonly [RegExp, string])[] = [
  [/^\d{8}$|^\d{4}-\d{2}-\d{2}$/, 'Daily'], [/^\d{4}W\d{1,2}$/, 'Weekly'], [/^\d{4}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)W\d{1,2}$/, 'Weekly'], [/^\d{4}BiW\d{1,2}$/, 'BiWeekly'],
  [/^\d{6}B$/, 'BiMonthly'], [/^\d{4}[A-Z][a-z]+S[12]$/, 'SixMonthly'], [/^\d{4}[A-Z][a-z]+Q[1-4]$/, 'Quarterly'], [/^\d{4}(?:April|July|Sep|Oct|Nov|Feb|Aug)$/, 'Financial'], [/^\d{4}NovS[12]$/, 'SixMonthlyNov'],
];

const known = new Map<string, PeriodRead>();

/** `202403`, `2024Q1`, `2024S1`, `2024`, and our own `2024-03`, `2024-Q1`, `2024-H1`. Weeks, days and financial years are no periods of ours. */
export function readPeriod(text: string): PeriodRead {
  const had = known.get(text);
  if (had !== undefined) return had;
  const read = periodOf(text.trim());
  if (known.size > 5000) known.clear();
  known.set(text, read);
  return read;
}

function periodOf(text: string): PeriodRead {
  const ours = isPeriod(text) ? text
    : text.replace(/^(\d{4})(\d{2})$/u, '$1-$2').replace(/^(\d{4})Q([1-4])$/u, '$1-Q$2').replace(/^(\d{4})-?S([12])$/u, '$1-H$2');
  if (isPeriod(ours)) return { ok: true, period: ours };
  const other = others.find(([pattern]) => pattern.test(text));
  return other === undefined
    ? { ok: false, code: 'period-unreadable', facts: { period: text.slice(0, 30) } }
    : { ok: false, code: 'period-type-not-kept', facts: { period: text, type: other[1] } };
}

/** Our period in the field's spelling. Nine months have none: undefined. */
export function foreignPeriod(period: Period): string | undefined {
  if (/^\d{4}-\d{2}$/u.test(period)) return period.replace('-', '');
  if (/^\d{4}-Q\d$/u.test(period)) return period.replace('-', '');
  if (/^\d{4}-H\d$/u.test(period)) return period.replace('-H', 'S');
  return /^\d{4}$/u.test(period) ? period : undefined;
}
