/** Cases begin here: the yearly one of an area, a review by hand, the self-assessment that is written before anything is sent. */
import { looksPersonal } from '#kernel/personal.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { getUnit, type UnitVersion } from '#modules/org-units/index.ts';
import { periodRunningOn, procedureDays } from '../rules/procedure-days.ts';
import { isStatusOf, leastReason, openStates } from '../rules/procedure.ts';
import { postFor, stanceOf, type Area } from '../rules/procedure-stance.ts';
import type { Assessment, CaseKind, CaseView, ReviewCause } from '../schema.ts';
import { appendEntry } from '../store/acts.ts';
import { findOpenReview, findYearly, insertCase, lockCase, neighboursOf, saveCase, type CaseStored } from '../store/cases.ts';
import { findOpenHeld } from '../store/standing.ts';
import { caseNotFound, maySee, viewOf } from './case-view.ts';
import { logCase, sceneOf, type UseCase } from './scene.ts';

type Opening = { readonly province: string; readonly unit: string; readonly period: string; readonly kind: CaseKind; readonly reason: string };

/** The area a case of a period is about: a period that ended is about who was there on its last day, a running one about who is there now. */
async function unitOf({ tx, now }: UseCase, { province, unit, period }: Opening): Promise<Result<UnitVersion, Refusal>> {
  const { periodLast } = procedureDays(period, 'commune');
  const found = await getUnit(tx, unit, now.today < periodLast ? now.today : periodLast);
  if (!found.ok || found.value.province !== province || (found.value.level !== 'commune' && found.value.level !== 'province')) return refuse({ code: 'unit-not-found', unit });
  const today = await getUnit(tx, unit, now.today);
  return today.ok && today.value.unitId === found.value.unitId ? ok(found.value) : refuse({ code: 'unit-gone', unit });
}

const areaFor = (unit: UnitVersion): Area => ({ province: unit.province, unit: unit.code, level: unit.level === 'province' ? 'province' : 'commune' });
/** The one who opens is of the unit or of the office that decides about it: the ministry for provinces. */
function mayOpen({ may, actor }: UseCase, area: Area): boolean {
  const stance = stanceOf(actor.account, actor.grants, area, []);
  return (stance.unit || stance.office) && may('classification.assess', { province: area.province, commune: area.level === 'commune' ? area.unit : null });
}

export function newCase(unit: UnitVersion, given: { readonly period: string; readonly kind: CaseKind; readonly cause: ReviewCause | null; readonly causeText: string }, at: string): CaseStored {
  return {
    province: unit.province, id: newId<'Case'>(), unit: unit.code, unitId: unit.unitId, unitName: unit.nameVi, level: unit.level === 'province' ? 'province' : 'commune', period: given.period, kind: given.kind, state: 'preparing', version: 1,
    round: 1, cause: given.cause, causeText: given.causeText, assessment: null, submittedBy: null, proposed: null, conclusion: null, concludedBy: null, decided: null, against: false, objectionsUntil: null, seenDigest: null, openedAt: at, updatedAt: at,
  };
}

export async function openCase(use: UseCase, opening: Opening): Promise<Result<CaseView, Refusal>> {
  const { tx, actor, now } = use;
  const found = await unitOf(use, opening);
  if (!found.ok) return found;
  const area = areaFor(found.value);
  if (!mayOpen(use, area)) return refuse({ code: 'unit-not-yours', unit: opening.unit });
  if (opening.period > periodRunningOn(now.today)) return refuse({ code: 'assessment-not-begun', first: procedureDays(opening.period, area.level).periodFirst });
  const there = opening.kind === 'yearly' ? await findYearly(tx, area.province, found.value.unitId, opening.period) : await findOpenReview(tx, area.province, found.value.unitId);
  if (there !== undefined) return opening.kind === 'yearly' ? ok(await viewOf(use, await sceneOf(use, there))) : refuse({ code: 'review-open', case: there.id });
  const refusal = opening.kind === 'review' ? await reviewRefusal(use, opening, found.value) : undefined;
  if (refusal !== undefined) return { ok: false, problem: refusal };
  const row = newCase(found.value, { period: opening.period, kind: opening.kind, cause: opening.kind === 'review' ? 'by-hand' : null, causeText: opening.reason.trim() }, now.at);
  if (opening.kind === 'yearly' && (await neighboursOf(tx, row)).laterDecided) return refuse({ code: 'later-period-decided' });
  if ((await insertCase(tx, row)) === 0) return refuse({ code: 'review-open', case: '' });
  const post = postFor(actor.grants, area, ['unit', 'adviser', 'head']);
  await appendEntry(tx, { province: row.province, caseId: row.id }, { move: 'opened', fromState: null, toState: 'preparing', status: null, text: row.causeText, account: actor.account, office: post?.office ?? null, post: post?.post ?? null, at: now.at });
  await logCase(use, row, { action: 'classification.case-opened', after: row, ...(post === undefined ? {} : { role: post.role }) });
  return ok(await viewOf(use, await sceneOf(use, row)));
}

/** A review by hand needs a status to review and a reason. */
async function reviewRefusal({ tx }: UseCase, { reason }: Opening, unit: UnitVersion): Promise<Refusal | undefined> {
  if ([...reason.trim()].length < leastReason) return refuse({ code: 'reason-needs-words', least: leastReason }).problem;
  if (looksPersonal(reason)) return { code: 'words-look-personal' };
  return (await findOpenHeld(tx, unit.province, unit.unitId)) === undefined ? { code: 'nothing-to-review' } : undefined;
}

export type Writing = { readonly province: string; readonly case: string; readonly version: number; readonly assessment: Assessment };
export async function saveAssessment(use: UseCase, writing: Writing): Promise<Result<CaseView, Refusal>> {
  const { tx, now } = use;
  const row = await lockCase(tx, writing.province, writing.case);
  if (row === undefined || !maySee(use, row)) return caseNotFound();
  const scene = await sceneOf(use, row);
  if (!scene.stance.unit) return refuse({ code: 'unit-not-yours', unit: row.unit });
  if (row.state !== 'preparing' && row.state !== 'returned') return refuse({ code: 'case-not-editable', state: row.state });
  if (row.version !== writing.version) return refuse({ code: 'case-changed', version: row.version });
  const { assessment } = writing;
  if (!isStatusOf(row.level, assessment.status)) return refuse({ code: 'status-not-of-level', level: row.level });
  if ([assessment.statement, ...assessment.answers.map((one) => one.note)].some(looksPersonal)) return refuse({ code: 'words-look-personal' });
  const next: CaseStored = { ...row, assessment, version: row.version + 1, updatedAt: now.at };
  await saveCase(tx, next);
  await logCase(use, next, { action: 'classification.assessment-kept', before: row.assessment, after: assessment, facts: { status: assessment.status } });
  return ok(await viewOf(use, await sceneOf(use, next)));
}

export const isOpen = (row: Pick<CaseStored, 'state'>): boolean => openStates.includes(row.state);
