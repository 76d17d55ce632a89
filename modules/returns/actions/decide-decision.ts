/** One decision of a batch: approve, give back, un-approve or accept one return. */
import { createHash } from 'node:crypto';
import { formatUuid } from '#kernel/id.ts';
import { keyText, stateOfStanding, type DecisionVerdict } from '../schema.ts';
import { decideApproval } from '../rules/approval.ts';
import { approvingGrant, seesWhole } from '../rules/rights.ts';
import type { NewAct, StoredApproval } from '../store/approvals.ts';
import type { Locked } from '../store/batch.ts';
import { contentHashOf, type Decide } from './command.ts';
import type { FormOn } from './forms.ts';
import type { Plan } from './plan.ts';

export type DecisionInput = {
  readonly command: Decide; readonly place: number; readonly on: FormOn | undefined; readonly locked: Locked | undefined; readonly history: readonly StoredApproval[]; readonly makers: ReadonlySet<string>;
};

/** One request decides on many returns: each has a command id of its own, made of the request's and the return. */
export const itemCommand = ({ commandId, key }: Decide): string => formatUuid(new Uint8Array(createHash('sha256').update(`${commandId} ${keyText(key)}`).digest()));

export function decideDecision(plan: Plan, one: DecisionInput): DecisionVerdict {
  const { command, on, locked } = one;
  const { key, actor } = command;
  const refused = (problem: DecisionVerdict['problem']): DecisionVerdict => ({ key, ok: false, state: stateOfStanding(locked?.standing ?? null), rev: locked?.rev ?? 0, contentHash: null, problem });
  const unit = on?.map.place(key.unit);
  if (on === undefined || unit === undefined || unit.province !== key.province) return refused('return-unknown');
  const grant = approvingGrant(actor, command.step, unit, on.form.dataSet);
  if (grant === undefined) return { ...refused('not-your-return'), state: 'none', rev: 0 }; // tells nothing of a return one may not decide on
  if (locked === undefined) return refused('return-unknown');
  const id = isAct(on.form, command.step) ? command.commandId : itemCommand(command);
  const past = one.history.find((each) => each.command === id);
  if (past !== undefined) {
    if (past.by !== actor.account || past.step !== command.step || past.verdict !== command.verdict || past.rev !== command.rev) return refused('command-id-reused');
    return { key, ok: true, state: stateOfStanding(past.standingAfter), rev: past.rev, contentHash: seesWhole(actor, unit) ? past.contentHash : null, problem: null };
  }
  if (locked.rev !== command.rev) return refused('revision-stale');
  const { form } = on;
  const sectionSlots = (ids: readonly string[]): Set<number> => new Set(ids.flatMap((section) => [...(form.sections.get(section) ?? [])]));
  const decided = decideApproval({
    standing: locked.standing, steps: form.steps, allSections: [...form.sections.keys()], history: one.history, step: command.step, verdict: command.verdict, sections: command.sections, reason: command.reason,
    hashOf: (sections) => contentHashOf(key, locked, sections === null ? undefined : sectionSlots(sections)), own: one.makers.has(actor.account),
  });
  if (!decided.ok) return refused(decided.problem.code);
  write(plan, one, on, { locked, id, office: grant.office, role: grant.role, ...decided.value });
  return { key, ok: true, state: stateOfStanding(decided.value.standing), rev: locked.rev, contentHash: seesWhole(actor, unit) ? decided.value.contentHash : null, problem: null };
}

/** Returns that a province has approved come to the ministry as the province's: one act signs them all, and each by itself. */
export const isAct = ({ steps }: Pick<FormOn['form'], 'steps'>, step: Decide['step']): boolean => step === 'ministry' && steps.includes('province');
export const memberOf = ({ unit, attribute }: Pick<Decide['key'], 'unit' | 'attribute'>): string => `${unit}/${attribute}`;

type Written = { readonly locked: Locked; readonly id: string; readonly office: string; readonly role: string; readonly standing: number; readonly contentHash: string };
function write(plan: Plan, { command, place, history }: DecisionInput, { form, map }: FormOn, { locked, id, office, role, standing, contentHash }: Written): void {
  const { key, actor, now } = command;
  const approved = standing >= form.approvedFrom;
  if (standing !== locked.standing) {
    plan.standings.push({ key, standing, approved });
    if (approved !== locked.approved) plan.deltas.add({
      period: key.period, dataSet: key.dataSet, attribute: key.attribute, length: form.length, before: locked, after: { vals: locked.vals, late: locked.late, approved }, nodes: map.nodesOf(key.unit),
    });
    plan.committed.push({ ...key, rev: locked.rev, standing, approved, late: locked.late, vals: locked.vals, noData: locked.noData });
  }
  plan.touch(key);
  const { step, verdict, reason } = command;
  const signed = { step, verdict, sections: command.sections === null ? null : [...command.sections], reason, command: id, by: actor.account, office, at: now.at };
  if (isAct(form, step)) {
    const { province, period, dataSet } = key;
    const text = `${id}/${province}/${period}/${dataSet}`;
    const act: NewAct = plan.acts.get(text) ?? { province, period, dataSet, members: [], revs: [], hashes: [], standings: [], ...signed };
    plan.acts.set(text, act);
    act.members.push(memberOf(key));
    act.revs.push(locked.rev);
    act.hashes.push(contentHash);
    act.standings.push(standing);
  } else plan.approvals.push({ ...signed, key, seq: Math.max(0, ...history.map((past) => past.seq)) + 1, rev: locked.rev, contentHash, standingAfter: standing });
  plan.leaves.push({ command: place, leaf: {
    province: key.province, at: now.at, actor, role, action: 'returns.decided', target: { type: 'return', id: `${key.unit}/${key.period}/${key.dataSet}/${key.attribute}` }, unit: key.unit,
    before: locked.standing, after: contentHash, facts: { rev: locked.rev, step: command.step, verdict: command.verdict, standing },
  } });
  plan.decided.push(key);
}
