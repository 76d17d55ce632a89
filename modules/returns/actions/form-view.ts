/** Everything the form of one return needs, in one answer. */
import { monthsOf, periodTypeOf, shiftPeriod, yearToDate } from '#kernel/period.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { approvalSteps } from '#modules/definitions/schema.ts';
import { notesOf, prefillReasonsOf, valueAt, type Content } from '../rules/content.ts';
import type { Form } from '../rules/form.ts';
import { approvingGrant, mayEnter, mayRead, seesWhole } from '../rules/rights.ts';
import { sectionsApproved } from '../rules/approval.ts';
import { suppressReturn } from '../rules/suppress.ts';
import { standings, stateOfStanding, type ApprovalRow, type FormElement, type ReturnForm, type ReturnKey, type ShownValue, type Step } from '../schema.ts';
import { listApprovals, type StoredApproval } from '../store/approvals.ts';
import { findReturn, type Stored } from '../store/views.ts';
import { violationsOf } from '../store/violations.ts';
import { contentHashOf, receiptCodeFor } from './command.ts';
import { engineOf } from './engine.ts';
import type { FormOn } from './forms.ts';
import { pastOf } from './past-shown.ts';
import { prefillOf } from './prefill.ts';
import { shownViolation } from './violations.ts';

/** The form and unit of a key, when the reader may see that unit. */
export async function openForm({ tx, actor, services }: Context, key: ReturnKey): Promise<Result<FormOn, Refusal>> {
  const on = await engineOf(services.db).forms.on(tx, key.dataSet, key.period);
  if (!on.ok) return on;
  const unit = on.value.map.place(key.unit);
  if (unit === undefined || unit.province !== key.province) return refuse({ code: 'unit-not-on-date', unit: key.unit, day: on.value.form.treeDay });
  return mayRead(actor, unit, on.value.form.dataSet) ? on : refuse({ code: 'not-found' });
}

/** A content's answers in the order of slots, as this reader sees them (SECURITY E4). A content without any answer hides nothing. */
export function shownValues(form: Form, content: Content, whole: boolean): ShownValue[] {
  const length = Math.max(form.length, content.vals.length);
  const values = Array.from({ length }, (_, i) => valueAt(content, i + 1));
  return whole || (content.vals.length === 0 && content.noData.length === 0) ? values : suppressReturn(values, form.protectedSlots);
}

/** Words beside the boxes as this reader sees them: what is said about a hidden box is hidden with it. */
export const shownTexts = <T extends { readonly slot: number }>(form: Form, texts: readonly T[], whole: boolean): T[] => texts.filter(({ slot }) => whole || !form.protectedSlots.has(slot));
const blank: Content = { vals: [], noData: [], words: null };

export async function returnForm(context: Context, key: ReturnKey): Promise<Result<ReturnForm, Refusal>> {
  const opened = await openForm(context, key);
  if (!opened.ok) return opened;
  const { form, map } = opened.value;
  const row = map.units.get(key.unit);
  if (row === undefined || !map.isAssigned(form.dataSet, row)) return refuse({ code: 'not-assigned', unit: key.unit, dataSet: key.dataSet });
  const { tx, actor, now } = context;
  const unit = map.place(key.unit);
  const earlier = Array.from({ length: 12 }, (_, i) => shiftPeriod(key.period, i - 12));
  const ofYear = periodTypeOf(key.period) === 'month' ? yearToDate(key.period) : monthsOf(key.period).length < 12 ? periodsOfYear(key.period) : [key.period];
  const [current, approvals, violations, { past, prefill }] = await Promise.all([
    findReturn(tx, key), listApprovals(tx, [key]), violationsOf(tx, { periods: [key.period], dataSets: [key.dataSet], units: [key.unit] }),
    context.services.db.read('system', async (system) => ({ past: await pastOf(system, context, opened.value, key, [...new Set([...earlier, ...ofYear])]), prefill: await prefillOf(system, form, key) })),
  ]);
  const whole = unit !== undefined && seesWhole(actor, unit);
  const slots = [...form.slots.keys()].sort((a, b) => a - b);
  const pick = (content: Content): ShownValue[] => { const all = shownValues(form, content, whole); return slots.map((slot) => all[slot - 1] ?? null); };
  const months = past.filter(({ period }) => earlier.includes(period)).map(({ content, ...one }) => ({ ...one, values: pick(content) }));
  const history = [...approvals.values()].flat();
  const standing = current?.standing ?? null;
  return ok({
    key, dataSet: form.dataSet.name, formNumber: form.dataSet.form, edition: form.programme.edition, periodType: form.dataSet.periodType, startDay: form.programme.head.calendar.startDay,
    unit: map.shown(key.unit), unitAttributes: { ...map.facts(key.unit).attributes }, constants: Object.fromEntries([...form.programme.constants.values()].map((one) => [one.id, one.value])),
    first: form.first, last: form.last, due: form.due, closes: form.closes, state: stateOfStanding(standing), rev: current?.rev ?? 0, late: current?.late ?? (now.today > form.due), sentAt: current?.sentAt ?? null,
    receipt: current === undefined ? null : { key, rev: current.rev, receiptCode: receiptCodeFor(key, current.rev), receivedAt: current.at, late: current.late, merged: false, openViolations: violations.filter((one) => one.state === 'open').length },
    may: mayOf(context, opened.value, key, current), approval: [...form.steps], sections: sectionsOf(opened.value), rules: form.rules.map(({ id, name, instruction, severity, left, operator, right }) => ({ id, name, instruction, severity, left, operator, right })),
    slots, current: pick(current ?? blank), previous: months.find((one) => one.period === shiftPeriod(key.period, -1)) ?? null, months,
    yearToDate: whole ? totalsOf(form, slots, [...past.filter(({ period }) => ofYear.includes(period)).map(({ content }) => content.vals), ...(current === undefined ? [] : [current.vals])]) : slots.map(() => null),
    notes: shownTexts(form, notesOf(current?.words ?? null), whole), explanations: shownTexts(form, current?.words?.e ?? [], whole).filter(({ rule }) => whole || !form.protectedRules.has(rule)),
    prefillReasons: shownTexts(form, prefillReasonsOf(current?.words ?? null), whole), prefill: shownTexts(form, prefill, whole), approvals: shownApprovals({ form, key, current, history, account: actor.account, whole }),
    violations: violations.map((one) => shownViolation(context, opened.value, one)),
  });
}

function periodsOfYear(period: string): string[] {
  const list: string[] = [];
  for (let one = period; one.slice(0, 4) === period.slice(0, 4); one = shiftPeriod(one, -1)) list.unshift(one);
  return list;
}

/** Flows are added over the year; of stocks the last one reported counts; other kinds have no total. */
function totalsOf(form: Form, slots: readonly number[], inOrder: readonly (readonly (number | null)[])[]): (number | null)[] {
  return slots.map((slot) => {
    const aggregation = form.slots.get(slot)?.element.aggregation;
    let total: number | null = null;
    for (const vals of inOrder) {
      const value = vals[slot - 1];
      if (value === null || value === undefined) continue;
      if (aggregation === 'sum') total = (total ?? 0) + value;
      else if (aggregation === 'last') total = value;
      else if (aggregation === 'max') total = Math.max(total ?? value, value);
      else if (aggregation === 'min') total = Math.min(total ?? value, value);
    }
    return total;
  });
}

export function mayOf({ actor, now }: Pick<Context, 'actor' | 'now'>, { form, map }: FormOn, key: ReturnKey, current: Pick<Stored, 'standing'> | undefined): ReturnForm['may'] {
  const unit = map.place(key.unit);
  const standing = current?.standing ?? null;
  if (unit === undefined) return { enter: false, approve: [], unapprove: [] };
  const mine = approvalSteps.filter((step) => form.steps.includes(step) && approvingGrant(actor, step, unit, form.dataSet) !== undefined);
  const open = now.today >= form.first && (form.closes === null || now.today <= form.closes || standing === standings.returned);
  return {
    enter: mayEnter(actor, unit, form.dataSet) && open && (standing === null || standing < standings.province),
    approve: standing === null ? [] : mine.filter((step) => nextStep(form.steps, standing) === step), unapprove: standing === null ? [] : mine.filter((step) => standings[step] === standing),
  };
}
const nextStep = (steps: readonly Step[], standing: number): Step | undefined => steps.find((step) => standings[step] > Math.max(standing, 0));

function sectionsOf({ form: { programme, dataSet, slots } }: FormOn): ReturnForm['sections'] {
  const compulsory = new Set(dataSet.compulsory);
  const byElement = Map.groupBy(slots.values(), (one) => one.element.id);
  return dataSet.sections.map((section) => ({
    id: section.id, name: section.name, nothingToReport: section.nothingToReport,
    elements: section.elements.flatMap((id): FormElement[] => {
      const element = programme.elements.get(id);
      if (element === undefined) return [];
      const breakdown = programme.disaggregations.get(element.disaggregation ?? '');
      const cells = (byElement.get(id) ?? []).map(({ slot, cell }) => ({ slot, cell, name: breakdown?.cells.find((one) => one.id === cell) === undefined ? null : cellName(breakdown, cell) }));
      return [{
        id, name: element.name, shortName: element.shortName, definition: element.definition, counts: element.counts, doesNotCount: element.doesNotCount, example: element.example, source: element.source, unit: element.unit,
        valueType: element.valueType, aggregation: element.aggregation, protected: element.protected, compulsory: compulsory.has(id), prefilledFrom: element.prefilledFrom, cells, elsewhere: null,
      }];
    }),
  }));
}
type Breakdown = NonNullable<ReturnType<FormOn['form']['programme']['disaggregations']['get']>>;
/** The names of a cell's options joined: "nam, dưới 18". */
export function cellName(breakdown: Breakdown, cell: string): { vi: string; en: string } {
  const options = breakdown.cells.find((one) => one.id === cell)?.options ?? [];
  const names = breakdown.axes.flatMap((axis, i) => { const found = axis.options.find((option) => option.id === options[i]); return found === undefined ? [] : [found.name]; });
  return { vi: names.map((one) => one.vi).join(', ') || cell, en: names.map((one) => one.en).join(', ') || cell };
}

type ApprovalsShown = { readonly form: Form; readonly key: ReturnKey; readonly current: Content | undefined; readonly history: readonly StoredApproval[]; readonly account: string; readonly whole: boolean };
/** The hash of a content gives its small numbers back to whoever tries them all, so only those who see the whole content see it. */
export function shownApprovals({ form, key, current, history, account, whole }: ApprovalsShown): ApprovalRow[] {
  const slotsOf = (ids: readonly string[]): Set<number> => new Set(ids.flatMap((id) => [...(form.sections.get(id) ?? [])]));
  const hashOf = (ids: readonly string[] | null): string => (current === undefined ? '' : contentHashOf(key, current, ids === null ? undefined : slotsOf(ids)));
  const standing = new Set(approvalSteps.filter((step) => sectionsApproved({ history, allSections: [...form.sections.keys()], hashOf }, step).size > 0));
  return history.map(({ seq, rev, step, verdict, sections, reason, contentHash, office, by, at }) => ({
    seq, rev, step, verdict, sections, reason, contentHash: whole ? contentHash : null, office, mine: by === account, at, holds: (verdict === 'approve' || verdict === 'accept') && standing.has(step) && hashOf(sections) === contentHash,
  }));
}
