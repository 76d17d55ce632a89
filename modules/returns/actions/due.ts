/** What is due and what came: one unit's calendar, and the counts of the units below. */
import { addDays, addMonths, compareDays, type PlainDate } from '#kernel/day.ts';
import { daysOf, periodAt, periodRange, type Period } from '#kernel/period.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import type { Form } from '../rules/form.ts';
import { mayRead, mayReadSums } from '../rules/rights.ts';
import { stateOfStanding, type CompletenessRow, type DueCell, type DueCount, type ReturnKey } from '../schema.ts';
import { listFilled } from '../store/views.ts';
import { violationsOf } from '../store/violations.ts';
import { countsOf, tallyAt, tallyBelow } from './counts.ts';
import { engineOf } from './engine.ts';
import type { FormOn, UnitMap } from './forms.ts';

const daysSoon = 5;
type Placed = { readonly on: FormOn; readonly period: Period };

/** Every data set and period that begins in the months until a day, with its form. */
async function formsUntil({ tx, services }: Context, until: PlainDate, months: number): Promise<Placed[]> {
  const { forms } = engineOf(services.db);
  const { head, dataSets } = await latestProgramme(tx);
  const from = addMonths(until, -months);
  const found: Placed[] = [];
  for (const dataSet of dataSets.values()) {
    for (const period of periodRange(periodAt(from, dataSet.periodType, head.calendar), periodAt(until, dataSet.periodType, head.calendar))) {
      if (daysOf(period, head.calendar).last < daysOf(head.firstPeriod, head.calendar).first) continue;
      const on = await forms.on(tx, dataSet.id, period);
      if (on.ok) found.push({ on: on.value, period });
    }
  }
  return found;
}

export async function dueList(context: Context, { unit: code, until, months = 12 }: { unit: string; until?: string; months?: number }) {
  const { tx, actor, now, services } = context;
  const placed = await formsUntil(context, until ?? now.today, months);
  const map = placed.at(-1)?.on.map ?? await engineOf(services.db).forms.mapOn(tx, now.today);
  const unit = map.place(code);
  if (unit === undefined || !mayReadSums(actor, unit)) return refuse({ code: 'unit-not-on-date', unit: code, day: now.today });
  const periods = [...new Set(placed.map((one) => one.period))];
  const own = await ownCells(context, code, placed, periods);
  const below = unit.depth <= 2 ? await countsBelow(context, code, unit.province, placed) : [];
  const dataSets = [...new Map(placed.map(({ on }) => [on.form.dataSet.id, on.form.dataSet])).values()]
    .map(({ id, name, periodType }) => ({ id, name, periodType, below: below.some((one) => one.dataSet === id) }))
    .filter((one) => one.below || own.some((cell) => cell.dataSet === one.id));
  const first = own.filter((cell) => cell.is === 'overdue' || cell.is === 'returned' || cell.is === 'due-soon' || cell.is === 'open').sort((a, b) => compareDays(a.due, b.due))[0];
  const next: ReturnKey | null = first === undefined ? null : { province: unit.province, unit: code, period: first.period, dataSet: first.dataSet, attribute: first.attribute };
  return ok({ unit: map.shown(code), today: now.today, dataSets, own, below, next });
}

async function ownCells({ tx, actor, now }: Context, code: string, placed: readonly Placed[], periods: readonly string[]): Promise<DueCell[]> {
  const owed = placed.filter(({ on }) => { const [unit, place] = [on.map.units.get(code), on.map.place(code)]; return unit !== undefined && place !== undefined && on.map.isAssigned(on.form.dataSet, unit) && mayRead(actor, place, on.form.dataSet); });
  if (owed.length === 0) return [];
  const [rows, violations] = await Promise.all([listFilled(tx, code, periods), violationsOf(tx, { periods, dataSets: [...new Set(owed.map(({ on }) => on.form.dataSet.id))], units: [code] })]);
  return owed.flatMap(({ on: { form }, period }): DueCell[] => {
    const attributes = form.dataSet.attribute === null ? [''] : (form.programme.disaggregations.get(form.dataSet.attribute)?.cells.map((cell) => cell.id) ?? []);
    return attributes.map((attribute) => {
      const row = rows.find((one) => one.period === period && one.dataSet === form.dataSet.id && one.attribute === attribute);
      return {
        period, dataSet: form.dataSet.id, attribute, due: form.due, closes: form.closes, is: dueState(form, now.today, row), state: stateOfStanding(row?.standing ?? null), late: row?.late ?? false, rev: row?.rev ?? 0,
        filled: row?.filled ?? 0, of: form.slots.size, sentAt: row?.sentAt ?? null,
        openViolations: violations.filter((one) => one.state === 'open' && one.period === period && one.dataSet === form.dataSet.id && one.attribute === attribute).length,
      };
    });
  });
}

function dueState(form: Form, today: PlainDate, row: { readonly standing: number; readonly approved: boolean } | undefined): DueCell['is'] {
  if (row !== undefined) return row.standing < 0 ? 'returned' : row.approved ? 'approved' : 'sent';
  if (today < form.first) return 'not-begun';
  if (form.closes !== null && today > form.closes) return 'closed';
  if (today > form.due) return 'overdue';
  return today >= addDays(form.due, -daysSoon) ? 'due-soon' : 'open';
}

async function countsBelow({ services, now }: Context, code: string, province: string, placed: readonly Placed[]): Promise<DueCount[]> {
  const counted = await services.db.read('system', (tx) => countsOf(tx, placed.map((one) => one.on), now.today, province === '00' ? null : province));
  return placed.flatMap(({ on: { form }, period }, i): DueCount[] => {
    const { expected, received, onTime, approved, returned } = tallyBelow(counted[i] ?? { below: new Map(), own: new Map() }, code);
    if (expected === 0) return [];
    return [{ period, dataSet: form.dataSet.id, due: form.due, expected, sent: received, late: received - onTime, returned, approved, overdue: now.today > form.due ? expected - received : 0 }];
  });
}

/** A period of which nothing could be told, and why. */
export type LeftOut = { readonly period: string; readonly code: string };
export const mostPeriods = 60;
/** @returns the periods named, once each; more than can be told are refused, never cut */
export function periodsNamed(text: string): Result<string[], Refusal> {
  const periods = [...new Set(text.split(',').map((one) => one.trim()).filter((one) => one !== ''))].sort();
  return periods.length > mostPeriods ? refuse({ code: 'periods-too-many', most: mostPeriods }) : ok(periods);
}

export type Completeness = { readonly node: ReturnType<UnitMap['shown']>; readonly total: CompletenessRow[]; readonly rows: CompletenessRow[]; readonly left: LeftOut[] };
/** Expected, received, in time, approved, by child of a node; a period's units and assignments are those of its own map. */
export async function completenessOf(context: Context, { node, periods, dataSet }: { node: string; periods: readonly string[]; dataSet: string }): Promise<Result<Completeness, Refusal>> {
  const { tx, actor, services, now } = context;
  const placed: FormOn[] = [];
  const left: LeftOut[] = [];
  let refused: Result<never, Refusal> = refuse({ code: 'unit-not-on-date', unit: node });
  for (const period of periods) {
    const on = await engineOf(services.db).forms.on(tx, dataSet, period);
    const place = on.ok ? on.value.map.place(node) : undefined;
    if (!on.ok) { left.push({ period, code: on.problem.code }); refused = on; } else if (place === undefined || !mayReadSums(actor, place)) left.push({ period, code: 'unit-not-on-date' }); else placed.push(on.value);
  }
  const last = placed.at(-1);
  if (last === undefined) return refused;
  const province = last.map.place(node)?.province ?? '00';
  const counted = await services.db.read('system', (system) => countsOf(system, placed, now.today, province === '00' ? null : province));
  const [total, rows]: [CompletenessRow[], CompletenessRow[]] = [[], []];
  placed.forEach(({ form, map }, i) => {
    const counts = counted[i];
    if (counts === undefined) return;
    const row = (code: string): CompletenessRow => {
      const { expected, received, onTime, approved } = tallyAt(counts, code);
      return { unit: map.shown(code), period: form.period, dataSet, due: form.due, expected, received, onTime, approved };
    };
    total.push(row(node));
    for (const { code } of map.children.get(node) ?? []) {
      const place = map.place(code);
      if (place !== undefined && mayReadSums(actor, place) && tallyAt(counts, code).expected > 0) rows.push(row(code));
    }
  });
  return ok({ node: last.map.shown(node), total, rows, left });
}
