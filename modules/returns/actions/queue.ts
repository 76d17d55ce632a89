/** A reviewer's queue: anomalies first, and enough in each row to decide on the plain ones without opening them. */
import { shiftPeriod } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import { latestProgramme } from '#modules/definitions/index.ts';
import { periodAt, type Period } from '#kernel/period.ts';
import type { Form } from '../rules/form.ts';
import { sectionsApproved } from '../rules/approval.ts';
import { differenceOf, type Content } from '../rules/content.ts';
import { outliersOf } from '../rules/outliers.ts';
import { approvingGrant, seesWhole } from '../rules/rights.ts';
import { keyText, standings, stateOfStanding, type Jump, type Moved, type QueueRow, type ShownValue, type Step } from '../schema.ts';
import { listApprovals, type StoredApproval } from '../store/approvals.ts';
import { readHistories } from '../store/histories.ts';
import { listOwn, listReturns, type Stored } from '../store/views.ts';
import { violationsOf, type StoredViolation } from '../store/violations.ts';
import { contentHashOf } from './command.ts';
import { expectedUnder } from './counts.ts';
import { engineOf } from './engine.ts';
import { cellName, shownValues } from './form-view.ts';
import type { FormOn } from './forms.ts';
import { contentAt } from './history.ts';

const mostRows = 1000;
type Asked = { readonly step: Step; readonly period?: string; readonly dataSet?: string; readonly province?: string };
export type Queue = { step: Step; rows: QueueRow[]; waiting: number; decided: number; notSent: number; more: boolean };

export async function reviewQueue(context: Context, { step, period, dataSet, province }: Asked): Promise<Queue> {
  const { tx, actor, now, services } = context;
  const programme = await latestProgramme(tx);
  const queue: Queue = { step, rows: [], waiting: 0, decided: 0, notSent: 0, more: false };
  for (const set of programme.dataSets.values()) {
    if (!set.approval.includes(step) || (dataSet !== undefined && set.id !== dataSet)) continue;
    const latest = periodAt(now.today, set.periodType, programme.head.calendar);
    const periods: Period[] = period === undefined ? [0, -1, -2, -3].map((n) => shiftPeriod(latest, n)) : [period];
    for (const one of periods) {
      const on = await engineOf(services.db).forms.on(tx, set.id, one);
      if (on.ok) await addPeriod(context, queue, on.value, province);
    }
  }
  queue.rows.sort((a, b) => b.rank - a.rank || (a.sentAt < b.sentAt ? -1 : 1));
  queue.more = queue.rows.length > mostRows;
  queue.rows.length = Math.min(queue.rows.length, mostRows);
  return queue;

  async function addPeriod(use: Context, into: Queue, on: FormOn, only: string | undefined): Promise<void> {
    const { form, map } = on;
    const mine = (code: string): boolean => { const unit = map.place(code); return unit !== undefined && (only === undefined || unit.province === only) && approvingGrant(actor, step, unit, form.dataSet) !== undefined; };
    const expected = [...new Set((expectedUnder(on).get('00') ?? []))].filter(mine);
    if (expected.length === 0) return;
    const stored = (await listReturns(use.tx, { periods: [form.period], dataSets: [form.dataSet.id], ...(expected.length <= 300 ? { units: expected } : {}) })).filter((one) => mine(one.key.unit));
    const before = form.steps.slice(0, form.steps.indexOf(step)).at(-1);
    const waiting = stored.filter((one) => one.standing < standings[step] && one.standing >= (before === undefined ? 0 : standings[before]));
    into.waiting += waiting.length;
    into.decided += stored.filter((one) => one.standing >= standings[step]).length;
    if (now.today >= form.last) into.notSent += expected.length - new Set(stored.map((one) => one.key.unit)).size;
    into.rows.push(...await rowsOf(use, on, step, waiting.slice(0, mostRows)));
  }
}

async function rowsOf(context: Context, on: FormOn, step: Step, waiting: readonly Stored[]): Promise<QueueRow[]> {
  const { tx, actor } = context;
  const { form } = on;
  if (waiting.length === 0) return [];
  const earlier = Array.from({ length: 12 }, (_, i) => shiftPeriod(form.period, i - 12));
  const keys = waiting.map((one) => one.key);
  const [histories, approvals, violations, own] = await Promise.all([
    readHistories(tx, keys.map((key) => ({ key, periods: earlier }))), listApprovals(tx, keys), violationsOf(tx, { periods: [form.period], dataSets: [form.dataSet.id], units: waiting.length <= 300 ? keys.map((key) => key.unit) : null }),
    listOwn(tx, actor.account, [form.period], [form.dataSet.id]),
  ]);
  const byKey = Map.groupBy(violations, ({ province, orgUnit, period, dataSet, attribute }) => keyText({ province, unit: orgUnit, period, dataSet, attribute }));
  const rows: QueueRow[] = [];
  for (const one of waiting) {
    const text = keyText(one.key);
    const history = approvals.get(text) ?? [];
    const approved = history.findLast((past) => past.step === step && (past.verdict === 'approve' || past.verdict === 'accept') && past.rev < one.rev);
    const past = approved === undefined ? undefined : await contentAt(tx, one.key, approved.rev);
    rows.push(rowOf(context, on, { one, step, history, past, violations: byKey.get(text) ?? [], earlier: [...(histories.get(text)?.values() ?? [])], own: own.has(text) }));
  }
  return rows;
}

type RowCase = {
  readonly one: Stored; readonly step: Step; readonly history: readonly StoredApproval[]; readonly past: Content | undefined; readonly violations: readonly StoredViolation[];
  readonly earlier: readonly (readonly (number | null)[])[]; readonly own: boolean;
};
function rowOf({ actor }: Context, { form, map }: FormOn, { one, step, history, past, violations, earlier, own }: RowCase): QueueRow {
  const unit = map.place(one.key.unit);
  const whole = unit !== undefined && seesWhole(actor, unit);
  const explained = new Set((one.words?.e ?? []).filter((each) => each.rule === 'outlier').map((each) => each.slot));
  const jumps: Jump[] = outliersOf(one.vals, earlier).filter(({ slot }) => form.slots.has(slot) && (whole || !form.protectedSlots.has(slot))).slice(0, 5)
    .map(({ slot, value, usual }) => ({ slot, value, usual, element: form.slots.get(slot)?.element.id ?? '', name: slotName(form, slot), explained: explained.has(slot) }));
  const open = violations.filter((each) => each.state === 'open');
  const hardest = form.programme.rules.get(open.find((each) => each.kind === 'rule')?.rule ?? '')?.name ?? null;
  const filled = one.vals.filter((value) => value !== null).length;
  const moved = past === undefined ? null : movedSince(form, past, one, whole);
  const unexplained = jumps.filter((jump) => !jump.explained).length;
  const rank = open.length * 100 + unexplained * 20 + (moved === null ? 0 : 10) + (one.late ? 2 : 0) + (filled + one.noData.length < form.slots.size ? 1 : 0);
  return {
    key: one.key, unit: map.shown(one.key.unit), state: stateOfStanding(one.standing), rev: one.rev, late: one.late, sentAt: one.sentAt, due: form.due, filled, of: form.slots.size, noData: one.noData.length,
    notes: Object.keys(one.words?.n ?? {}).length, openViolations: open.length, explainedViolations: violations.length - open.length, hardest, jumps, moved,
    sectionsApproved: [...sectionsApproved({ history, allSections: [...form.sections.keys()], hashOf: (ids) => contentHashOf(one.key, one, ids === null ? undefined : new Set(ids.flatMap((id) => [...(form.sections.get(id) ?? [])]))) }, step)],
    mayDecide: !own, plain: open.length === 0 && unexplained === 0 && moved === null && filled + one.noData.length === form.slots.size, rank,
  };
}

export function slotName(form: Form, slot: number): { vi: string; en: string } {
  const place = form.slots.get(slot);
  if (place === undefined) return { vi: String(slot), en: String(slot) };
  const { element, cell } = place;
  const breakdown = form.programme.disaggregations.get(element.disaggregation ?? '');
  if (breakdown === undefined || cell === '') return element.shortName;
  const name = cellName(breakdown, cell);
  return { vi: `${element.shortName.vi} — ${name.vi}`, en: `${element.shortName.en} — ${name.en}` };
}

/** Exactly what moved between two contents, as this reader sees them. */
export function movedSince(form: Form, before: Content, after: Content, whole: boolean): Moved[] {
  const [was, is]: [ShownValue[], ShownValue[]] = [shownValues(form, before, whole), shownValues(form, after, whole)];
  return differenceOf(before, after).slice(0, 200).map(({ slot }) => ({ slot, element: form.slots.get(slot)?.element.id ?? '', cell: form.slots.get(slot)?.cell ?? '', name: slotName(form, slot), before: was[slot - 1] ?? null, after: is[slot - 1] ?? null }));
}
