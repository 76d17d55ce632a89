/** A case as the screens see it: what was said and signed, what the evidence says now, and what the reader may do. */
import { addDays, vietnamDay, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { figureOf, numberIn } from '#modules/indicators/schema.ts';
import { procedureDays, reviewDays, type ProcedureDays } from '../rules/procedure-days.ts';
import { concludedStates, movesOf } from '../rules/procedure.ts';
import { seesSmallNumbers } from '../rules/procedure-stance.ts';
import type { AreaCaseRow, CaseView, Conclusion, CriterionNoted, DecisionMade, Objection, Proposal, UnitSeen } from '../schema.ts';
import { listEntries } from '../store/acts.ts';
import { findCase, type CaseStored } from '../store/cases.ts';
import { findOpenHeld } from '../store/standing.ts';
import { namesOf, sceneOf, unitSeen, type CaseScene, type UseCase } from './scene.ts';

/** The quantities made of boxes that could point at people in a small place (SECURITY E4). */
const protectedQuantities: readonly string[] = ['managed-rate', 'people-using'];
const hidden = (criterion: CriterionNoted): CriterionNoted => (protectedQuantities.includes(criterion.quantity) && numberIn(criterion.value) !== null ? { ...criterion, value: figureOf('<') } : criterion);
/** To readers who may not see small numbers, a proposal tells verdicts, not those numbers; nor the digest, from which they could be found by trying. */
const shown = (proposal: Proposal, whole: boolean): Proposal => (whole ? proposal : { ...proposal, digest: '', criteria: proposal.criteria.map(hidden) });

/** The day by which the step that waits is due; null when nothing is. */
export function dueOf(row: Pick<CaseStored, 'kind' | 'state' | 'openedAt' | 'objectionsUntil'>, days: ProcedureDays): PlainDate | null {
  if (row.state === 'in-force' || row.state === 'dropped') return null;
  if (row.state === 'published') return row.objectionsUntil === null ? null : addDays(row.objectionsUntil, 1);
  if (row.kind === 'review') return addDays(vietnamDay(new Date(row.openedAt)), reviewDays);
  return row.state === 'preparing' || row.state === 'returned' ? days.selfAssessmentUntil : days.decisionUntil;
}

export type Counted = { readonly opinions: number; readonly seats: number; readonly openObjections: number };
export function caseRow(row: CaseStored, unit: UnitSeen, counted: Counted, today: PlainDate): AreaCaseRow {
  const dueOn = dueOf(row, procedureDays(row.period, row.level));
  return {
    province: row.province, id: row.id, unit, period: row.period, kind: row.kind, state: row.state, version: row.version, cause: row.cause, selfAssessed: row.assessment?.status ?? null, proposed: row.proposed,
    concluded: row.conclusion?.status ?? null, decided: row.decided, againstProposal: row.against, ...counted, dueOn, late: dueOn !== null && row.state !== 'published' && today > dueOn, updatedAt: row.updatedAt,
  };
}

/** Criteria whose value or verdict is not what was concluded from. */
export function evidenceMoved(before: Proposal, now: Proposal): CaseView['evidenceChanged'] {
  if (before.digest === now.digest) return [];
  return now.criteria.flatMap((one) => {
    const old = before.criteria.find((other) => other.id === one.id);
    if (old === undefined || (old.verdict === one.verdict && JSON.stringify(old.value) === JSON.stringify(one.value))) return []; // what was not noted then cannot have moved
    return [{ id: one.id, article: one.article, before: old.value, now: one.value, verdictBefore: old.verdict, verdictNow: one.verdict }];
  });
}

function decisionsSeen({ decisions, signatures, officeNames }: CaseScene, whole: boolean): DecisionMade[] {
  return decisions.map((one) => ({
    round: one.round, status: one.status, proposed: one.proposed, againstProposal: one.against, reason: one.reason, number: one.number, decidedOn: one.decidedOn, late: one.late, proposal: shown(one.proposal, whole),
    signatures: signatures.filter((signed) => signed.round === one.round).map((signed) => ({ order: signed.part, office: signed.office, officeNameVi: officeNames.get(signed.office) ?? signed.office, post: signed.post, at: signed.at, digest: whole ? signed.digest : '' })),
    publishedAt: one.publishedAt, inForceFrom: one.inForceFrom, setAside: one.setAsideAt === null || one.setAsideWhy === null ? null : { at: one.setAsideAt, why: one.setAsideWhy },
  }));
}

const objectionsSeen = ({ objections, officeNames }: CaseScene): Objection[] => objections.map((one) => ({
  id: one.id, source: one.source, reference: one.reference, text: one.text, by: { office: one.office, officeNameVi: officeNames.get(one.office) ?? one.office, post: one.post, at: one.at },
  answer: one.upheld === null || one.answeredAt === null ? null : {
    upheld: one.upheld, text: one.answer ?? '', by: { office: one.answerOffice ?? '', officeNameVi: officeNames.get(one.answerOffice ?? '') ?? '', post: one.answerPost ?? '', at: one.answeredAt },
  },
}));

const concluded = (conclusion: Conclusion | null, whole: boolean): Conclusion | null => (conclusion === null ? null : { ...conclusion, proposal: shown(conclusion.proposal, whole) });

export async function viewOf(use: UseCase, scene: CaseScene): Promise<CaseView> {
  const { row, facts, stance, proposed } = scene;
  const whole = seesSmallNumbers(use.actor.grants, scene.area);
  const entries = await listEntries(use.tx, { province: row.province, caseId: row.id });
  const names = await namesOf(use, [...new Set(entries.flatMap((entry) => entry.office ?? []))]);
  const held = await findOpenHeld(use.tx, row.province, row.unitId);
  const days = scene.days;
  const signedFrom = scene.decisions.findLast((one) => one.setAsideAt === null)?.proposal ?? row.conclusion?.proposal;
  const moved = signedFrom === undefined || !concludedStates.includes(row.state) ? [] : evidenceMoved(signedFrom, proposed.approved);
  const sensitive = new Set(proposed.approved.criteria.filter((one) => protectedQuantities.includes(one.quantity)).map((one) => one.id));
  return {
    row: { ...caseRow(row, await unitSeen(use, row), { opinions: facts.opinions.length, seats: facts.seats.length, openObjections: facts.objections.filter((one) => !one.answered).length }, use.now.today), proposed: proposed.approved.status },
    days: { periodFirst: days.periodFirst, periodLast: days.periodLast, selfAssessmentUntil: row.kind === 'yearly' ? days.selfAssessmentUntil : null, decisionUntil: row.kind === 'yearly' ? days.decisionUntil : dueOf({ ...row, state: 'submitted' }, days), objectionsUntil: row.objectionsUntil },
    assessment: row.assessment, proposalNow: shown(proposed.approved, whole), proposalReported: shown(proposed.reported, whole),
    evidenceChanged: whole ? moved : moved.map((one) => (sensitive.has(one.id) ? { ...one, before: figureOf('<'), now: figureOf('<') } : one)),
    causeText: row.causeText, council: [...scene.seats], quorum: facts.quorum,
    opinions: scene.opinions.map(({ account: _, ...one }) => ({ ...one, officeNameVi: scene.officeNames.get(one.office) ?? one.office })),
    conclusion: concluded(row.conclusion, whole), decisions: decisionsSeen(scene, whole), objections: objectionsSeen(scene), listedNow: held?.status ?? null,
    history: entries.map((entry) => ({ seq: entry.seq, move: entry.move, from: entry.fromState, to: entry.toState, status: entry.status, text: entry.text, office: entry.office, officeNameVi: entry.office === null ? null : (names.get(entry.office) ?? entry.office), post: entry.post, at: entry.at })),
    ...movesOf(facts, stance, use.now.today), editable: stance.unit && (row.state === 'preparing' || row.state === 'returned'), mySeat: stance.seat,
  };
}

export const caseNotFound = () => refuse({ code: 'case-not-found' });

export async function readCase(use: UseCase, key: { readonly province: string; readonly case: string }): Promise<Result<CaseView, Refusal>> {
  const row = await findCase(use.tx, key.province, key.case);
  if (row === undefined || !maySee(use, row)) return caseNotFound();
  return ok(await viewOf(use, await sceneOf(use, row)));
}

/** The policy's answer at the very place; a commune's case is seen by the commune, its province and the nation. */
export const maySee = ({ may }: Pick<UseCase, 'may'>, row: Pick<CaseStored, 'province' | 'unit' | 'level'>): boolean =>
  may('classification.read', { province: row.province, commune: row.level === 'commune' ? row.unit : null });
