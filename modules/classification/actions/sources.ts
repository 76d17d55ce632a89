/** The rows a number was computed from: which box of which data set, how read, from which days, how many months answered. */
import type { Period } from '#kernel/period.ts';
import { daysOf } from '#kernel/period.ts';
import type { Figure, Standing } from '#modules/indicators/schema.ts';
import { boxes, boxesOf, dataSet, protectedBoxes } from '../rules/boxes.ts';
import { seeBox, type Answers, type BoxSeen, type RegisterPoints } from '../rules/gather.ts';
import type { Quantity, Reading, SourceRow } from '../schema.ts';
import type { Frame } from './frame.ts';

export type SourceContext = {
  readonly frame: Frame; readonly unit: string; readonly standing: Standing; readonly hidden: boolean;
  /** One commune, or all communes of a province. */
  readonly answers: readonly Answers[]; readonly register: RegisterPoints | null; readonly listedRoute: number; readonly reading: Reading;
  readonly classed: { readonly certain: number } | null;
};

const figure = (value: number | null, hidden: boolean): Figure => (hidden ? { suppressed: true } : value === null ? { missing: true } : { v: value });
const sum = (list: readonly (number | null)[]): number | null => (list.every((one) => one === null) ? null : list.reduce<number>((all, one) => all + (one ?? 0), 0));

/** Months that lack an answer in any of the units, in order. */
const monthsMissing = (seen: readonly BoxSeen[], months: readonly Period[]): string[] => [...new Set(seen.flatMap((one) => one.missing))].sort((a, b) => a - b).flatMap((at) => months[at] ?? []);

function returnRow(context: SourceContext, wanted: ReturnType<typeof boxesOf>[number]): SourceRow | undefined {
  const { frame, unit, standing } = context;
  const of = boxes[wanted.box];
  if (of === undefined) return undefined;
  const seen = context.answers.map((answers) => seeBox(answers, frame.due, wanted.box));
  const value = sum(seen.map((one) => (wanted.over === 'sum' ? one.sum : wanted.over === 'largest' ? one.largest : one.closing).value));
  const closing = wanted.over === 'closing-day';
  const month = closing && context.answers.length === 1 ? frame.months[seen[0]?.closingMonth ?? -1] : undefined;
  const days = month === undefined ? { first: frame.period.first, last: frame.period.last } : daysOf(month, { startDay: frame.startDay });
  const lastDue = frame.due.lastIndexOf(true);
  const missing = closing ? seen.flatMap((one) => (one.closing.value === null ? [lastDue] : [])) : [];
  return {
    unit, from: 'return', dataSet, element: of.element, cell: of.cell === '' ? null : of.cell, over: wanted.over, first: days.first, last: days.last, value: figure(value, context.hidden && protectedBoxes.has(wanted.box)), standing,
    answered: closing ? seen.length - missing.length : seen.reduce((all, one) => all + one.expected - one.missing.length, 0), expected: closing ? seen.length : seen.reduce((all, one) => all + one.expected, 0),
    missing: closing ? [...new Set(missing)].flatMap((at) => frame.months[at] ?? []) : monthsMissing(seen, frame.months).slice(0, 24),
  };
}

/** Rows behind a quantity, the register of points and the list of routes among them. */
export function sourcesOf(context: SourceContext, quantity: Quantity, window: Reading['window']): SourceRow[] {
  const { frame, unit, standing, register, listedRoute, classed } = context;
  const rows = boxesOf(quantity, { people: context.reading.people, window }).flatMap((wanted) => returnRow(context, wanted) ?? []);
  const other = { unit, dataSet: null, element: null, cell: null, first: frame.period.first, last: frame.period.last, standing, answered: 1, expected: 1, missing: [] };
  if (quantity === 'points' && register !== null) {
    const over = window === 'closing-day' ? 'closing-day' as const : 'largest' as const;
    rows.push({ ...other, from: 'register', over, value: { v: window === 'closing-day' ? register.closing : register.period } });
  }
  if (quantity === 'on-route') rows.push({ ...other, from: 'route-list', over: 'closing-day', value: { v: listedRoute } });
  if (quantity === 'class-I-II-share' && classed !== null) rows.push({ ...other, from: 'engine', over: 'closing-day', value: { v: classed.certain } });
  return rows.slice(0, 8);
}
