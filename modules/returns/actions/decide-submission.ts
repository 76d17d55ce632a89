/** One submission of a batch: its sender's rights, the rules of its form, what it writes. */
import { newId } from '#kernel/id.ts';
import { addDays } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Receipt } from '../schema.ts';
import { encodeChanges } from '../rules/delta.ts';
import { mayEnter, mayImport } from '../rules/rights.ts';
import { decideSubmission, type Submitted } from '../rules/submit.ts';
import { brokenRules, type History } from '../rules/validation.ts';
import type { Given, Locked } from '../store/batch.ts';
import { digestOf, leftOpen, receiptCodeFor, revisionKind, wasMerged, type Submit } from './command.ts';
import type { FormOn } from './forms.ts';
import type { Plan } from './plan.ts';

export type SubmissionCase = {
  readonly command: Submit; readonly place: number; readonly on: FormOn; readonly locked: Locked | undefined; readonly given: Given | undefined;
  readonly changedSince: ReadonlySet<number>; readonly history: History;
};
/** Days in which a broken soft rule is to be explained or put right. */
const daysToExplain = 7;

export function decideSubmit(plan: Plan, one: SubmissionCase): Result<Receipt, Refusal> {
  const { command: { key, actor, source }, on: { form, map } } = one;
  const unit = map.place(key.unit);
  if (unit === undefined || unit.province !== key.province) return refuse({ code: 'unit-not-on-date', unit: key.unit, day: form.treeDay });
  if (!mayEnter(actor, unit, form.dataSet) && !(source === 'import' && mayImport(actor, unit, form.dataSet))) return refuse({ code: 'not-your-return' });
  const repeated = repeatOf(one);
  if (repeated !== undefined) return repeated;
  const row = map.units.get(key.unit);
  if (row === undefined || !map.isAssigned(form.dataSet, row)) return refuse({ code: 'not-assigned', unit: key.unit, dataSet: form.dataSet.id });
  const attributes = form.dataSet.attribute === null ? [''] : (form.programme.disaggregations.get(form.dataSet.attribute)?.cells.map((cell) => cell.id) ?? []);
  if (!attributes.includes(key.attribute)) return refuse({ code: 'attribute-unknown', attribute: key.attribute });
  const decided = decideSubmission({ current: one.locked, submission: one.command.submission, form, today: one.command.now.today, changedSince: one.changedSince });
  return decided.ok ? take(plan, one, decided.value) : decided;
}

/** The same command again, or the same content: the same receipt. Another body under a used id is refused (SECURITY R55). */
function repeatOf({ given, command, locked }: SubmissionCase): Result<Receipt, Refusal> | undefined {
  if (given === undefined) return undefined;
  if (given.digest !== digestOf(command)) return refuse({ code: 'command-id-reused' });
  return ok({
    key: given.key, rev: given.rev, receiptCode: receiptCodeFor(given.key, given.rev), receivedAt: new Date(given.at).toISOString(), late: locked?.late ?? false, merged: wasMerged(given.kind), openViolations: leftOpen(given.kind),
  });
}

function take(plan: Plan, one: SubmissionCase, decided: Submitted): Result<Receipt, Refusal> {
  const { command, locked, on: { form, map } } = one;
  const { key, actor, now } = command;
  const digest = digestOf(command);
  if (decided.nothing && locked !== undefined) {
    plan.receipts.push({ key, command: command.commandId, by: actor.account, digest, rev: locked.rev, at: locked.at });
    return ok({ key, rev: locked.rev, receiptCode: receiptCodeFor(key, locked.rev), receivedAt: locked.at, late: locked.late, merged: false, openViolations: 0 });
  }
  const broken = brokenRules(form, decided.content.vals, map.facts(key.unit), one.history);
  const hard = broken.filter(({ rule }) => rule.severity === 'hard');
  if (hard.length > 0) return refuse({ code: 'rule-broken', rules: hard.map(({ rule, left, right, slots }) => ({ id: rule.id, name: rule.name, instruction: rule.instruction, left, right, slots })) });
  const rev = (locked?.rev ?? 0) + 1;
  const explanations = decided.content.words?.e ?? [];
  const explained = (rule: string): string => explanations.find((each) => each.rule === rule)?.text ?? '';
  const open = broken.filter(({ rule }) => explained(rule.id) === '').length;
  if (form.rules.length > 0) {
    plan.checked.push(key);
    for (const { rule, left, right } of broken) plan.violations.push({
      key, kind: 'rule', rule: rule.id, slot: 0, rev, value: null, usual: null, left, right, explanation: explained(rule.id), due: addDays(now.today, daysToExplain), at: now.at, id: newId(),
    });
  }
  write(plan, one, decided, { rev, digest, open });
  return ok({ key, rev, receiptCode: receiptCodeFor(key, rev), receivedAt: now.at, late: decided.late, merged: decided.merged, openViolations: open });
}

function write(plan: Plan, { command, place, locked, on: { form, map } }: SubmissionCase, { content, changes, late, merged }: Submitted, { rev, digest, open }: { rev: number; digest: string; open: number }): void {
  const { key, actor, now } = command;
  const approved = form.approvedFrom === 0;
  const saved = { key, rev, standing: 0, late, approved, at: now.at, by: actor.account, vals: content.vals, noData: content.noData, words: content.words };
  (locked === undefined ? plan.inserts : plan.updates).push(saved);
  const bytes = encodeChanges(changes);
  plan.revisions.push({ key, rev, at: now.at, by: actor.account, command: command.commandId, digest, kind: revisionKind(command.source, merged, open), changes: bytes, words: content.words });
  plan.deltas.add({ period: key.period, dataSet: key.dataSet, attribute: key.attribute, length: form.length, before: locked, after: { vals: content.vals, late, approved }, nodes: map.nodesOf(key.unit) });
  plan.touch(key);
  plan.leaves.push({ command: place, leaf: {
    province: key.province, at: now.at, actor, action: 'returns.received', target: { type: 'return', id: `${key.unit}/${key.period}/${key.dataSet}/${key.attribute}` }, unit: key.unit,
    after: Buffer.from(bytes).toString('base64'), facts: { rev, changed: changes.length, late },
  } });
  plan.received.push(key);
  plan.committed.push({ ...key, rev, standing: 0, approved, late, vals: content.vals, noData: content.noData });
}
