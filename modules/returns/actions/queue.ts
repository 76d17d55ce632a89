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
import { listHeads, listOwn, listReturns, type Stored, type WaitingHead } from '../store/views.ts';
import { violationsOf, type StoredViolation } from '../store/violations.ts';
import { contentHashOf } from './command.ts';
import { expectedUnder } from './counts.ts';
import { engineOf } from './engine.ts';
import { cellName, shownValues } from './form-view.ts';
import type { FormOn } from './forms.ts';
import { contentAt } from './history.ts';
import { historiesOf } from './past.ts';

const mostRows = 1000;
type Asked = { readonly step: Step; readonly period?: string; readonly dataSet?: string; readonly province?: string };
export type Queue = { step: Step; rows: QueueRow[]; waiting: number; decided: number; notSent: number; more: boolean };

type Candidate = { readonly on: FormOn; readonly head: WaitingHead };

/** Everything that waits, of every period; sent and missing are counted over the periods asked for, or the last four. */
export async function reviewQueue(context: Context, { step, period, dataSet, province }: Asked): Promise<Queue> {
  const { tx, actor, now, services } = context;
  const { forms } = engineOf(services.db);
  const programme = await latestProgramme(tx);
  const queue: Queue = { step, rows: [], waiting: 0, decided: 0, notSent: 0, more: false };
  const candidates: Candidate[] = [];
  for (const set of programme.dataSets.values()) {
    if (!set.approval.includes(step) || (dataSet !== undefined && set.id !== dataSet)) continue;
    if (step === 'ministry' && province === undefined && set.approval.includes('province')) continue; // taken province by province: acceptance.ts
    const latest = periodAt(now.today, set.periodType, programme.head.calendar);
    const recent: Period[] = period === undefined ? [0, -1, -2, -3].map((n) => shiftPeriod(latest, n)) : [period];
    const before = set.approval.slice(0, set.approval.indexOf(step)).at(-1);
    const heads = await listHeads(tx, { dataSet: set.id, recent, only: period !== undefined, from: before === undefined ? 0 : standings[before], below: standings[step], province: province ?? null });
    const byPeriod = Map.groupBy(heads, (head) => head.period);
    for (const one of new Set([...recent, ...byPeriod.keys()])) {
      const on = await forms.on(tx, set.id, one);
      if (on.ok) addPeriod(on.value, byPeriod.get(one) ?? [], recent.includes(one));
    }
  }
  // What is broken most, then what came late, then what waits longest: cut only after that, and the number left is told.
  candidates.sort((a, b) => b.head.open - a.head.open || Number(b.head.late) - Number(a.head.late) || (a.head.sentAt < b.head.sentAt ? -1 : 1));
  queue.more = candidates.length > mostRows;
  for (const list of Map.groupBy(candidates.slice(0, mostRows), ({ on }) => on).values()) queue.rows.push(...await rowsOfPeriod(context, step, list));
  queue.rows.sort((a, b) => b.rank - a.rank || (a.sentAt < b.sentAt ? -1 : 1));
  return queue;

  function addPeriod(on: FormOn, heads: readonly WaitingHead[], counted: boolean): void {
    const { form, map } = on;
    const mine = (code: string): boolean => { const unit = map.place(code); return unit !== undefined && (province === undefined || unit.province === province) && approvingGrant(actor, step, unit, form.dataSet) !== undefined; };
    const own = heads.filter((head) => mine(head.orgUnit));
    const waiting = own.filter((head) => head.waits);
    queue.waiting += waiting.length;
    candidates.push(...waiting.map((head) => ({ on, head })));
    if (!counted) return;
    queue.decided += own.filter((head) => head.standing >= standings[step]).length;
    const sent = new Set(own.map((head) => head.orgUnit));
    if (now.today >= form.last) queue.notSent += (expectedUnder(on).get('00') ?? []).filter((code) => !sent.has(code) && mine(code)).length;
  }
}

async function rowsOfPeriod(context: Context, step: Step, candidates: readonly Candidate[]): Promise<QueueRow[]> {
  const [first] = candidates;
  if (first === undefined) return [];
  const { form } = first.on;
  const wanted = new Set(candidates.map(({ head }) => `${head.orgUnit}/${head.attribute}`));
  const stored = await listReturns(context.tx, { periods: [form.period], dataSets: [form.dataSet.id], units: [...new Set(candidates.map(({ head }) => head.orgUnit))] });
  return rowsOf(context, first.on, step, stored.filter((one) => wanted.has(`${one.key.unit}/${one.key.attribute}`)));
}

async function rowsOf(context: Context, on: FormOn, step: Step, waiting: readonly Stored[]): Promise<QueueRow[]> {
  const { tx, actor, services } = context;
  const { form } = on;
  if (waiting.length === 0) return [];
  const earlier = Array.from({ length: 12 }, (_, i) => shiftPeriod(form.period, i - 12));
  const keys = waiting.map((one) => one.key);
  const [histories, approvals, violations, own] = await Promise.all([
    services.db.read('system', (system) => historiesOf(system, engineOf(services.db).forms, keys.map((key) => ({ key, on, periods: earlier })))), listApprovals(tx, keys), violationsOf(tx, { periods: [form.period], dataSets: [form.dataSet.id], units: waiting.length <= 300 ? keys.map((key) => key.unit) : null }),
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
  const jumps: Jump[] = outliersOf(one.vals, earlier).filter(({ slot }) => form.slots.has(slot) && (whole || !form.protectedSlots.has(slot)))
    .map(({ slot, value, usual }) => ({ slot, value, usual, element: form.slots.get(slot)?.element.id ?? '', name: slotName(form, slot), explained: explained.has(slot) }));
  const open = violations.filter((each) => each.state === 'open');
  const hardest = form.programme.rules.get(open.find((each) => each.kind === 'rule')?.rule ?? '')?.name ?? null;
  const filled = one.vals.filter((value) => value !== null).length;
  const moved = past === undefined ? null : movedSince(form, past, one, whole);
  const unexplained = jumps.filter((jump) => !jump.explained).length;
  const rank = open.length * 100 + unexplained * 20 + (moved === null ? 0 : 10) + (one.late ? 2 : 0) + (filled + one.noData.length < form.slots.size ? 1 : 0);
  return {
    key: one.key, unit: map.shown(one.key.unit), state: stateOfStanding(one.standing), rev: one.rev, late: one.late, sentAt: one.sentAt, due: form.due, filled, of: form.slots.size, noData: one.noData.length,
    notes: Object.keys(one.words?.n ?? {}).length, openViolations: open.length, explainedViolations: violations.length - open.length, hardest, jumps: jumps.slice(0, 5), jumpCount: jumps.length, moved: moved === null ? null : moved.slice(0, 200), movedCount: moved?.length ?? 0,
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
  return differenceOf(before, after).map(({ slot }) => ({ slot, element: form.slots.get(slot)?.element.id ?? '', cell: form.slots.get(slot)?.cell ?? '', name: slotName(form, slot), before: was[slot - 1] ?? null, after: is[slot - 1] ?? null }));
}
