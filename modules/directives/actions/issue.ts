/** Preview, issue, withdraw. Issuing writes the issuer's province only; the tasks go out by events, one a province. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { publish } from '#platform/events/publish.ts';
import { provinceCodes } from '#modules/org-units/index.ts';
import { planProvince, type PlannedAssignment, type PlannedTask } from '../rules/cascade.ts';
import { mayIssueTo, type IssuedTo } from '../rules/standing.ts';
import { missingCells } from '../rules/verdicts.ts';
import type { IssuePreview } from '../schema.ts';
import { closeDraft, listAssignments, type AssignmentStored } from '../store/assignments.ts';
import { findDirective, isNumberTaken, listReach, lockDirective, planReach, setState, type DirectiveStored } from '../store/directives.ts';
import { targetsOf } from './offices.ts';
import { byOf, log, notFound, type UseCase } from './use-case.ts';

type Plan = { readonly targets: readonly string[]; readonly tasks: readonly (PlannedTask & { readonly province: string })[] };

/** Where a directive may go: the nation's anywhere, a province's within the province. */
const territory = (origin: string): string[] => (origin === '00' ? provinceCodes() : [origin]);

async function planOf({ tx, now }: UseCase, directive: DirectiveStored, lines: readonly AssignmentStored[]): Promise<Plan> {
  const { targets, recipientsOf } = await targetsOf(tx, lines.map((line) => line.clears), now.today, territory(directive.origin));
  const planned: readonly PlannedAssignment[] = lines;
  return { targets, tasks: targets.flatMap((province) => planProvince(planned, recipientsOf(province), directive.issuerOffice).map((task) => ({ ...task, province }))) };
}

const headFields = ['title', 'number', 'issuedOn', 'signer'] as const;
const missingHead = (directive: DirectiveStored): IssuePreview['missingHead'] => headFields.filter((field) => (directive[field] ?? '').trim() === '');

const issuedTo = ({ targets, tasks }: Plan): IssuedTo => ({
  agencies: [...new Set(tasks.filter((task) => task.province === '00').map((task) => task.holderOffice))], provinces: targets.filter((target) => target !== '00'),
});

/** Why the directive may not be issued now, first reason first; undefined when it may. */
async function refusalOf(use: UseCase, directive: DirectiveStored, lines: readonly AssignmentStored[], plan: Plan): Promise<Refusal | undefined> {
  if (directive.state !== 'drafting') return { code: 'already-issued' };
  if (directive.secrecy !== 'ordinary') return refuse({ code: 'secrecy-above-ordinary', secrecy: directive.secrecy }).problem;
  const missing = missingCells(lines);
  if (missing.length > 0) return refuse({ code: 'clears-missing', count: missing.length, cells: missing.slice(0, 1000) }).problem;
  const head = missingHead(directive);
  if (head.length > 0) return refuse({ code: 'head-missing', fields: head }).problem;
  if (plan.tasks.length === 0) return { code: 'no-recipient' };
  const early = lines.find((line) => line.dueOn !== null && directive.issuedOn !== null && line.dueOn < directive.issuedOn);
  if (early !== undefined) return refuse({ code: 'due-before-issue', ordinal: early.ordinal }).problem;
  if (!mayIssueTo(use.actor.grants, { office: directive.issuerOffice, province: directive.province }, issuedTo(plan))) return { code: 'authority-lacking' };
  if (await isNumberTaken(use.tx, directive)) return refuse({ code: 'number-taken', number: directive.number ?? '' }).problem;
  return undefined;
}

const openLines = async ({ tx }: UseCase, province: string, id: string): Promise<AssignmentStored[]> => (await listAssignments(tx, province, id)).filter((line) => !line.removed);

/** Counts who would receive what and names everything that stands in the way. Changes nothing. */
export async function previewIssue(use: UseCase, province: string, id: string): Promise<Result<IssuePreview, Refusal>> {
  const directive = await findDirective(byOf(use), province, id);
  if (directive === undefined || directive.origin !== province) return notFound();
  const lines = await openLines(use, province, id);
  const plan = await planOf(use, directive, lines);
  const refusal = await refusalOf(use, directive, lines, plan);
  const distinct = (level: 'agencies' | 'provinces' | 'communes', tasks: Plan['tasks']): number =>
    new Set(tasks.filter((task) => (task.commune !== null ? 'communes' : task.province === '00' ? 'agencies' : 'provinces') === level).map((task) => (level === 'agencies' ? task.holderOffice : (task.commune ?? task.province)))).size;
  const counts = (tasks: Plan['tasks']) => ({ agencies: distinct('agencies', tasks), provinces: distinct('provinces', tasks), communes: distinct('communes', tasks) });
  return ok({
    ...counts(plan.tasks), tasks: plan.tasks.length,
    byAssignment: lines.map((line) => ({ assignment: line.id, ordinal: line.ordinal, ...counts(plan.tasks.filter((task) => task.assignment === line.id)) })),
    missing: missingCells(lines), missingHead: missingHead(directive), refusals: refusal === undefined ? [] : [refusal.code],
  });
}

/**
 * Issues a directive: its state becomes `issuing`, the provinces it must reach are written down, and one event a province is
 * published in the same transaction. From here it completes by itself, however often it is interrupted.
 */
export async function issueDirective(use: UseCase, key: { readonly province: string; readonly directive: string; readonly version: number }): Promise<Result<true, Refusal>> {
  const { tx, now } = use;
  const directive = await lockDirective(byOf(use), key.province, key.directive);
  if (directive === undefined || directive.origin !== key.province) return notFound();
  if (directive.state === 'drafting' && directive.version !== key.version) return refuse({ code: 'revision-stale', version: directive.version });
  const lines = await openLines(use, key.province, key.directive);
  const plan = await planOf(use, directive, lines);
  const refusal = await refusalOf(use, directive, lines, plan);
  if (refusal !== undefined) return { ok: false, problem: refusal };
  await closeDraft(tx, key.province, key.directive);
  await setState(tx, { province: key.province, id: key.directive }, 'issuing', now.at);
  await planReach(tx, key.province, key.directive, plan.targets);
  await log(use, {
    province: key.province, action: 'directives.issued', target: { type: 'directive', id: key.directive }, unit: directive.issuerOffice, after: { ...directive, lines: lines.map((line) => line.clears) },
    facts: { lines: lines.length, provinces: plan.targets.length, tasks: plan.tasks.length, number: (directive.number ?? '').replace(/[^A-Za-z0-9ĐđƯưƠơ_.,:;@#+=/-]/gu, '_').slice(0, 160) },
  });
  await publish(tx, now.at, plan.targets.map((target) => ({ province: key.province, type: 'directives.issued', payload: { directive: key.directive, target }, lane: target })));
  return ok(true);
}

/** Withdraws an issued directive; its open tasks end, province by province. */
export async function withdrawDirective(use: UseCase, key: { readonly province: string; readonly directive: string; readonly reason: string }): Promise<Result<true, Refusal>> {
  const { tx, now, actor } = use;
  const directive = await lockDirective(byOf(use), key.province, key.directive);
  if (directive === undefined || directive.origin !== key.province) return notFound();
  if (directive.state !== 'issued' && directive.state !== 'issuing') return refuse({ code: 'not-issued' });
  if (!mayIssueTo(actor.grants, { office: directive.issuerOffice, province: directive.province }, { agencies: [], provinces: [] })) return refuse({ code: 'authority-lacking' });
  const targets = (await listReach(tx, key.province, key.directive)).map((row) => row.target);
  await setState(tx, { province: key.province, id: key.directive }, 'withdrawn', now.at);
  await log(use, { province: key.province, action: 'directives.withdrawn', target: { type: 'directive', id: key.directive }, unit: directive.issuerOffice, after: { reason: key.reason } });
  const withdrawal = newId<'Withdrawal'>();
  await publish(tx, now.at, targets.map((target) => ({ province: key.province, type: 'directives.withdrawn', payload: { directive: key.directive, target, reason: key.reason, withdrawal }, lane: target })));
  return ok(true);
}
