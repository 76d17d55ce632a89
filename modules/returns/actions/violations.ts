/** Work items of validation as screens show them, and closing one with its reason. */
import type { Actor } from '#kernel/actor.ts';
import { addDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { shiftPeriod } from '#kernel/period.ts';
import type { Now } from '#kernel/clock.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { StoredEvent } from '#platform/events/publish.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import type { Services } from '#platform/services.ts';
import type { Programme, ValidationRule } from '#modules/definitions/schema.ts';
import { valueAt } from '../rules/content.ts';
import { outliersOf } from '../rules/outliers.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { elementsIn } from '../rules/form.ts';
import { approvingGrant, mayEnter, mayRead, seesWhole, type UnitPlace } from '../rules/rights.ts';
import { keyText, type ReturnKey, type ShownValue, type ViolationRow } from '../schema.ts';
import { findReturn } from '../store/views.ts';
import { countOpen, findViolation, keyOfViolation, listViolations, markClosed, replaceViolations, type NewViolation, type StoredViolation, type ViolationScope } from '../store/violations.ts';
import { engineOf } from './engine.ts';
import type { FormOn } from './forms.ts';
import { historiesOf } from './past.ts';

const unknownWords = { vi: 'Giá trị khác thường', en: 'Unusual value' };

export function shownViolation({ actor, now }: Pick<Context, 'actor' | 'now'>, { form, map }: FormOn, one: StoredViolation): ViolationRow {
  const key = keyOfViolation(one);
  const rule = form.programme.rules.get(one.rule);
  const element = form.slots.get(one.slot)?.element;
  const unit = map.place(key.unit);
  const about = one.kind !== 'outlier' ? rule === undefined || form.protectedRules.has(one.rule) : element?.protected !== false;
  const secret = (about && (unit === undefined || !seesWhole(actor, unit))) || (one.kind === 'across' && (unit === undefined || rule === undefined || !readsAll(actor, unit, rule, form.programme)));
  const shown = (value: number | null): ShownValue => (secret ? { suppressed: true } : value);
  return {
    id: one.id, key, unit: map.shown(key.unit), kind: one.kind === 'outlier' ? 'outlier' : 'rule', rule: one.rule, name: rule?.name ?? element?.name ?? unknownWords, instruction: rule?.instruction ?? unknownWords, severity: rule?.severity ?? 'soft', slot: one.slot, rev: one.rev,
    value: shown(one.kind === 'outlier' ? one.value : one.leftValue), usual: shown(one.kind === 'outlier' ? one.usual : one.rightValue), state: one.state, explanation: secret ? '' : one.explanation, owner: one.owner, due: one.due,
    overdue: one.state === 'open' && one.due < now.today, openedAt: one.openedAt, closedAt: one.closedAt, reason: secret ? '' : one.reason, mayClose: one.state !== 'closed' && unit !== undefined && mayClose(actor, unit, form.dataSet),
  };
}
/** A rule over several returns tells what stands in each: its sides are for those who read all of them here. */
const readsAll = (actor: Actor, unit: UnitPlace, rule: ValidationRule, { dataSets }: Programme): boolean =>
  elementsIn(rule).every((id) => [...dataSets.values()].some((dataSet) => dataSet.sections.some((section) => section.elements.includes(id)) && mayRead(actor, unit, dataSet)));

/** The unit that answers for it, and the province that reviews it. */
const mayClose = (...asked: Parameters<typeof mayEnter>): boolean => { const [actor, unit, dataSet] = asked; return mayEnter(...asked) || (['province', 'head'] as const).some((step) => approvingGrant(actor, step, unit, dataSet) !== undefined); };

export async function violationList(context: Context, scope: Omit<ViolationScope, 'limit'> & { limit?: number }): Promise<{ rows: ViolationRow[]; more: boolean; open: number }> {
  const limit = scope.limit ?? 200;
  const found = await listViolations(context.tx, { ...scope, limit: limit + 1 });
  const rows: ViolationRow[] = [];
  for (const one of found.slice(0, limit)) {
    const on = await engineOf(context.services.db).forms.on(context.tx, one.dataSet, one.period);
    const unit = on.ok ? on.value.map.place(one.orgUnit) : undefined;
    if (on.ok && unit !== undefined && mayRead(context.actor, unit, on.value.form.dataSet)) rows.push(shownViolation(context, on.value, one));
  }
  return { rows, more: found.length > limit, open: await countOpen(context.tx, scope) };
}

export async function closeViolation({ tx, actor, now, services }: Context, { province, id, reason }: { province: string; id: string; reason: string }): Promise<Result<ViolationRow, Refusal>> {
  if (looksPersonal(reason)) return refuse({ code: 'note-names-person' });
  const before = await findViolation(tx, province, id);
  const on = before === undefined ? undefined : await engineOf(services.db).forms.on(tx, before.dataSet, before.period);
  if (before === undefined || on?.ok !== true) return refuse({ code: 'not-found' });
  const unit = on.value.map.place(before.orgUnit);
  if (unit === undefined || !mayClose(actor, unit, on.value.form.dataSet)) return refuse({ code: 'not-your-return' });
  if (!(await markClosed(tx, { province, id, by: actor.account, at: now.at, reason }))) return refuse({ code: 'violation-closed' });
  await record(tx, { province, at: now.at, actor, action: 'returns.violation-closed', target: { type: 'violation', id }, unit: before.orgUnit, before: before.state, after: reason });
  return ok(shownViolation({ actor, now }, on.value, { ...before, state: 'closed', reason, closedAt: now.at }));
}

/** After returns came in: compares each with its twelve periods before, and opens items for what is unusual and unexplained. */
export async function findOutliers(tx: Tx, event: StoredEvent, now: Now, services: Services): Promise<void> {
  const keys = (event.payload['keys'] ?? []) as readonly ReturnKey[]; // our own event
  const { forms } = engineOf(services.db);
  const asked: { key: ReturnKey; on: FormOn; periods: string[] }[] = [];
  for (const key of keys) {
    const on = await forms.on(tx, key.dataSet, key.period);
    if (on.ok) asked.push({ key, on: on.value, periods: Array.from({ length: 12 }, (_, i) => shiftPeriod(key.period, i - 12)) });
  }
  const histories = await historiesOf(tx, forms, asked);
  const found: NewViolation[] = [];
  for (const { key, on: { form } } of asked) {
    const current = await findReturn(tx, key);
    if (current === undefined) continue;
    const explained = (slot: number): string => current.words?.e?.find((one) => one.rule === 'outlier' && one.slot === slot)?.text ?? '';
    for (const { slot, value, usual } of outliersOf(current.vals, [...(histories.get(keyText(key))?.values() ?? [])])) {
      if (form.slots.has(slot) && valueAt(current, slot) !== null) found.push({
        key, kind: 'outlier', rule: 'outlier', slot, rev: current.rev, value, usual, left: null, right: null, explanation: explained(slot), due: addDays(now.today, 7), at: now.at, id: newId(),
      });
    }
  }
  await replaceViolations(tx, 'outlier', keys, found, now.at);
}
