/** One step of a case: lock, ask the state table, write down, tell. Many cases at once take the same road one after another. */
import { hash } from 'node:crypto';
import { looksPersonal } from '#kernel/personal.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { publish } from '#platform/events/publish.ts';
import { inputFault, isAgainst, refusalOf, stateAfter } from '../rules/procedure.ts';
import { postFor } from '../rules/procedure-stance.ts';
import type { AreaCaseMove, CaseState, CaseView, MoveInput } from '../schema.ts';
import { answerObjection, appendEntry, insertDecision, insertObjection, insertOpinion, insertSignature, isNumberTaken, setDecisionAside } from '../store/acts.ts';
import { lockCase, saveCase, type CaseStored } from '../store/cases.ts';
import { setItemAside } from '../store/standing.ts';
import { caseNotFound, maySee, viewOf } from './case-view.ts';
import { enlist, giveNotice } from './publishing.ts';
import { logCase, sceneOf, type CaseScene, type UseCase } from './scene.ts';

type Key = { readonly province: string; readonly case: string };
/** What a step makes of the row, before its state and version are set. */
export type Effect = Partial<Omit<CaseStored, 'state' | 'version' | 'updatedAt'>>;
export type Acting = { readonly use: UseCase; readonly scene: CaseScene; readonly input: MoveInput; readonly post: { readonly office: string; readonly post: string; readonly role: string } };

const events: Partial<Record<CaseState, string>> = { decided: 'classification.decided', published: 'classification.published', 'in-force': 'classification.in-force' };
const parts: Readonly<Record<AreaCaseMove, Parameters<typeof postFor>[2]>> = {
  submit: ['unitHead'], return: ['adviser', 'head'], convene: ['adviser', 'head'], opine: ['adviser', 'head', 'unit'], conclude: ['head', 'adviser'], reconsider: ['head', 'adviser'], sign: ['adviser', 'head'], publish: ['adviser', 'head'],
  object: ['unit', 'objecting', 'adviser', 'head'], 'answer-objection': ['head', 'adviser'], enlist: ['adviser', 'head'], drop: ['head'], comment: ['unit', 'adviser', 'head', 'objecting'],
};

/** A case moved, or why not. Everything that is written is written in the caller's transaction. */
export async function moveOne(use: UseCase, key: Key, given: MoveInput): Promise<Result<CaseStored, Refusal>> {
  const { tx, actor, now } = use;
  const row = await lockCase(tx, key.province, key.case);
  if (row === undefined || !maySee(use, row)) return caseNotFound();
  if (row.version !== given.version) return refuse({ code: 'case-changed', version: row.version });
  const scene = await sceneOf(use, row);
  const input: MoveInput = given.move === 'object' ? { ...given, source: sourceOf(scene) } : given;
  const refusal = refusalOf(input.move, scene.facts, scene.stance, now.today) ?? inputFault(scene.facts, scene.stance, input, now.today);
  if (refusal !== undefined) return { ok: false, problem: refusal };
  if ([input.text, input.reason, input.minutes, input.number, input.reference].some((text) => text !== undefined && looksPersonal(text))) return refuse({ code: 'words-look-personal' });
  if (input.move === 'sign' && input.number !== undefined && input.decidedOn !== undefined && row.state === 'concluded' && (await isNumberTaken(tx, row.province, input.number.trim(), input.decidedOn))) return refuse({ code: 'decision-number-taken', number: input.number });
  const grant = postFor(actor.grants, scene.area, input.move === 'sign' && row.state === 'signed-once' ? ['head'] : parts[input.move]);
  const acting: Acting = { use, scene, input, post: { office: grant?.office ?? '', post: grant?.post ?? '', role: grant?.role ?? '' } };
  const effect = await effectOf(acting);
  if (!effect.ok) return effect;
  const state = stateAfter(input.move, scene.facts, input.upheld === true) ?? row.state;
  const next: CaseStored = { ...row, ...effect.value, state, version: row.version + 1, updatedAt: now.at };
  await saveCase(tx, next);
  await appendEntry(tx, { province: row.province, caseId: row.id }, {
    move: input.move, fromState: row.state, toState: state, status: input.status ?? (input.move === 'sign' || input.move === 'enlist' ? (row.conclusion?.status ?? null) : null), text: (input.text ?? input.reason ?? '').trim(),
    account: actor.account, office: acting.post.office, post: acting.post.post, at: now.at,
  });
  await logCase(use, next, { action: `classification.${input.move}`, before: row, after: next, role: acting.post.role, facts: { from: row.state, round: row.round, ...(next.conclusion === null ? {} : { status: next.conclusion.status, against: next.against }) } });
  const event = events[state];
  if (event !== undefined && state !== row.state) await publish(tx, now.at, [{ province: row.province, type: event, payload: { case: row.id, unit: row.unit, level: row.level, period: row.period, status: next.decided } }]);
  return ok(next);
}

export async function moveCase(use: UseCase, key: Key, input: MoveInput): Promise<Result<CaseView, Refusal>> {
  const moved = await moveOne(use, key, input);
  return moved.ok ? ok(await viewOf(use, await sceneOf(use, moved.value))) : moved;
}

/** Who objects follows from the posts held: the unit itself, another office, or the deciding office that writes down a letter. */
const sourceOf = ({ stance }: CaseScene): 'unit' | 'office' | 'letter' => stance.objects ?? 'letter';

const effects: Readonly<Record<AreaCaseMove, (acting: Acting) => Promise<Result<Effect, Refusal>>>> = {
  submit: async ({ use }) => ok({ submittedBy: use.actor.account }),
  return: async () => ok({}), convene: async ({ scene }) => ok({ proposed: scene.proposed.approved.status }), comment: async () => ok({}), drop: async () => ok({}),
  opine: giveOpinion, conclude, reconsider: async ({ scene }) => ok({ round: scene.row.round + 1, conclusion: null, concludedBy: null, against: false }), sign, publish: giveNotice, object, 'answer-objection': answer, enlist,
};
const effectOf = (acting: Acting): Promise<Result<Effect, Refusal>> => effects[acting.input.move](acting);
const keyOf = ({ row }: CaseScene) => ({ province: row.province, caseId: row.id });

async function giveOpinion({ use, scene, input }: Acting): Promise<Result<Effect, Refusal>> {
  const { tx, actor, now } = use;
  const at = scene.seats.find((one) => one.id === (input.seat ?? scene.stance.seat));
  if (at === undefined || input.status === undefined) return refuse({ code: 'seat-not-yours' });
  const written = await insertOpinion(tx, keyOf(scene), {
    round: scene.row.round, seat: at.id, part: at.part, office: at.office, post: at.post, status: input.status, note: (input.text ?? '').trim(), recordedFrom: at.id === scene.stance.seat ? null : (input.minutes ?? '').trim(), account: actor.account, at: now.at,
  });
  return written === 0 ? refuse({ code: 'opinion-given' }) : ok({});
}

async function conclude({ use, scene, input, post }: Acting): Promise<Result<Effect, Refusal>> {
  const { status } = input;
  if (status === undefined) return refuse({ code: 'status-missing' });
  const proposal = scene.proposed.approved;
  const against = isAgainst(status, proposal.status);
  const by = { office: post.office, officeNameVi: scene.officeNames.get(post.office) ?? post.office, post: post.post, at: use.now.at };
  return ok({
    proposed: proposal.status, against, concludedBy: use.actor.account, seenDigest: proposal.digest,
    conclusion: { round: scene.row.round, status, againstProposal: against, reason: (input.reason ?? '').trim(), minutes: (input.minutes ?? '').trim(), proposal, by, number: null, decidedOn: null },
  });
}

/** First the adviser's signature with number and day, then the head's: only then is there a decision. Both sign the same digest. */
async function sign({ use, scene, input, post }: Acting): Promise<Result<Effect, Refusal>> {
  const { tx, actor, now } = use;
  const { row } = scene;
  const first = row.state === 'concluded';
  const conclusion = row.conclusion === null ? null : first ? { ...row.conclusion, number: (input.number ?? '').trim(), decidedOn: input.decidedOn ?? now.today } : row.conclusion;
  if (conclusion === null || conclusion.number === null || conclusion.decidedOn === null) return refuse({ code: 'number-missing' });
  const digest = hash('sha256', JSON.stringify([row.id, row.unitId, row.period, conclusion.round, conclusion.status, conclusion.reason, conclusion.number, conclusion.decidedOn, conclusion.proposal.digest]));
  const signed = await insertSignature(tx, keyOf(scene), { round: row.round, part: first ? 'adviser' : 'head', account: actor.account, office: post.office, post: post.post, digest, at: now.at });
  if (signed === 0) return refuse({ code: 'signed-already' });
  if (first) return ok({ conclusion });
  await insertDecision(tx, keyOf(scene), {
    round: row.round, status: conclusion.status, proposed: conclusion.proposal.status, against: conclusion.againstProposal, reason: conclusion.reason, number: conclusion.number, decidedOn: conclusion.decidedOn,
    late: row.kind === 'yearly' && conclusion.decidedOn > scene.days.decisionUntil, proposal: conclusion.proposal, publishedAt: null, inForceFrom: null, setAsideAt: null, setAsideWhy: null,
  });
  return ok({ decided: conclusion.status });
}

async function object({ use, scene, input, post }: Acting): Promise<Result<Effect, Refusal>> {
  const { tx, actor, now } = use;
  await insertObjection(tx, keyOf(scene), {
    id: newId<'Objection'>(), round: scene.row.round, source: input.source ?? 'letter', reference: (input.reference ?? '').trim(), text: (input.text ?? '').trim(), account: actor.account, office: post.office, post: post.post, at: now.at,
    upheld: null, answer: null, answerOffice: null, answerPost: null, answeredAt: null,
  });
  return ok({});
}

/** Dismissed, the decision stands; upheld, it is set aside with its signatures, and the council sits again. */
async function answer({ use, scene, input, post }: Acting): Promise<Result<Effect, Refusal>> {
  const { tx, actor, now } = use;
  const { row } = scene;
  await answerObjection(tx, row.province, { id: input.objection ?? '', upheld: input.upheld === true, text: (input.text ?? '').trim(), account: actor.account, office: post.office, post: post.post, at: now.at });
  if (input.upheld !== true) return ok({});
  await setDecisionAside(tx, keyOf(scene), row.round, now.at);
  await setItemAside(tx, keyOf(scene), row.round);
  return ok({ round: row.round + 1, conclusion: null, concludedBy: null, decided: null, against: false, objectionsUntil: null });
}
