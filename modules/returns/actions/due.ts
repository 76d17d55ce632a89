/** What is due and what came: one unit's calendar, and the counts of the units below. */
import { addDays, addMonths, compareDays, type PlainDate } from '#kernel/day.ts';
import { daysOf, periodAt, periodRange, type Period } from '#kernel/period.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import type { Form } from '../rules/form.ts';
import { mayRead, mayReadSums } from '../rules/rights.ts';
import { stateOfStanding, type CompletenessRow, type DueCell, type DueCount, type ReturnKey } from '../schema.ts';
import { countReturns, listFilled, listHeads } from '../store/views.ts';
import { violationsOf } from '../store/violations.ts';
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

const expectedOf = new WeakMap<UnitMap, Map<string, ReadonlyMap<string, readonly string[]>>>();
/** Codes of the units that owe a data set, by the code of each unit above them (and by themselves for provinces and the nation). */
export function expectedUnder({ form, map }: FormOn): ReadonlyMap<string, readonly string[]> {
  const known = expectedOf.get(map) ?? new Map<string, ReadonlyMap<string, readonly string[]>>();
  expectedOf.set(map, known);
  const text = `${form.dataSet.id}/${form.programme.edition}/${form.dataSet.validFrom}`;
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const made = new Map<string, string[]>();
  for (const unit of map.units.values()) {
    if (!map.isAssigned(form.dataSet, unit)) continue;
    for (const { node } of map.nodesOf(unit.code)) { const list = made.get(node); if (list === undefined) made.set(node, [unit.code]); else list.push(unit.code); }
  }
  known.set(text, made);
  return made;
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

async function countsBelow({ tx, now }: Context, code: string, province: string, placed: readonly Placed[]): Promise<DueCount[]> {
  const owed = placed.map((one) => ({ ...one, expected: (expectedUnder(one.on).get(code) ?? []).filter((unit) => unit !== code).length })).filter((one) => one.expected > 0);
  const counts = await countReturns(tx, [...new Set(owed.map((one) => one.period))], [...new Set(owed.map((one) => one.on.form.dataSet.id))], province === '00' ? null : province);
  const found = Map.groupBy(counts, (one) => `${one.period}/${one.dataSet}`);
  return owed.map(({ on: { form }, period, expected }) => {
    const rows = found.get(`${period}/${form.dataSet.id}`) ?? [];
    const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + pick(row), 0);
    const sent = sum((row) => row.sent);
    return { period, dataSet: form.dataSet.id, due: form.due, expected, sent, late: sum((row) => row.late), returned: sum((row) => row.returned), approved: sum((row) => row.approved), overdue: now.today > form.due ? Math.max(0, expected - sent) : 0 };
  });
}

/** Expected, received, in time, approved, by child of a node; a period's units and assignments are those of its own map. */
export async function completenessOf(context: Context, { node, periods, dataSet }: { node: string; periods: readonly string[]; dataSet: string }): Promise<Result<{ node: ReturnType<UnitMap['shown']>; total: CompletenessRow[]; rows: CompletenessRow[] }, Refusal>> {
  const { tx, actor, services } = context;
  const [total, rows]: [CompletenessRow[], CompletenessRow[]] = [[], []];
  let shown: ReturnType<UnitMap['shown']> | undefined;
  const placed: Placed[] = [];
  for (const period of periods) {
    const on = await engineOf(services.db).forms.on(tx, dataSet, period);
    if (!on.ok) return on;
    placed.push({ on: on.value, period });
  }
  const top = placed.at(-1)?.on.map.place(node);
  if (top === undefined || !mayReadSums(actor, top)) return refuse({ code: 'unit-not-on-date', unit: node });
  const heads = await listHeads(tx, periods, [dataSet], top.province === '00' ? null : top.province);
  const byPeriod = Map.groupBy(heads, (head) => head.period);
  for (const { on, period } of placed) {
    shown ??= on.map.shown(node);
    const sent = Map.groupBy(byPeriod.get(period) ?? [], (head) => head.orgUnit);
    const expected = expectedUnder(on);
    const count = (code: string): CompletenessRow => {
      const unit = on.map.units.get(code);
      const units = expected.get(code) ?? (unit !== undefined && on.map.isAssigned(on.form.dataSet, unit) ? [code] : []);
      const row = { unit: on.map.shown(code), period, dataSet, due: on.form.due, expected: units.length, received: 0, onTime: 0, approved: 0 };
      for (const each of units) {
        const own = sent.get(each);
        if (own === undefined) continue;
        row.received += 1;
        if (own.every((head) => !head.late)) row.onTime += 1;
        if (own.every((head) => head.approved)) row.approved += 1;
      }
      return row;
    };
    total.push(count(node));
    rows.push(...(on.map.children.get(node) ?? []).map((child) => count(child.code)).filter((row) => row.expected > 0));
  }
  return shown === undefined ? refuse({ code: 'unit-not-on-date', unit: node }) : ok({ node: shown, total, rows });
}
