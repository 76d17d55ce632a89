/** What people add: signed judgements, commitments, kept analyses. Each in its transaction, with its leaf. */
import type { Actor } from '#kernel/actor.ts';
import { isPeriod } from '#kernel/period.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import { record } from '#platform/log/record.ts';
import { directionOf, gapOf } from '../rules/judge.ts';
import { placeOf, type Place } from '../rules/scope.ts';
import type { Analysis, Commitment, Drawing, Judged, JudgementStep, PivotQuery } from '../schema.ts';
import { addJudgement, analysisSeen, countAnalyses, deleteAnalysis, findAnalysis, insertAnalysis, lockAnalysis, lockCommitment, readAnalyses, readCommitments, saveCommitment, updateAnalysis } from '../store/people.ts';
import { checkedPeriod, stop, unitFor, worthOf } from './ask.ts';
import { guardFor } from './guard.ts';
import { spanOf } from './measure.ts';
import { withFigures } from './answer.ts';
import type { Scene } from './scene.ts';
import { heldAgainst, type Added } from './targets.ts';
import type { Use } from './verification.ts';

const postOf = (actor: Actor, roles: readonly string[]) => actor.grants.find((grant) => roles.includes(grant.role)) ?? actor.grants[0];

export type Judging = { readonly indicator: string; readonly unit: string; readonly period: string; readonly step: JudgementStep; readonly reason: string };
const leastReason = 20;

/**
 * Another judgement than the computed one, signed with its reason. A province does not judge itself; what has no direction and no
 * target has no judgement to replace.
 */
export async function judgeFigure(use: Use, asked: Judging): Promise<Result<Judged>> {
  const { tx, actor, now } = use;
  if ([...asked.reason.trim()].length < leastReason) return refuse({ code: 'reason-too-short', least: leastReason });
  if (looksPersonal(asked.reason)) return refuse({ code: 'words-name-person' });
  // without earlier signatures: what is replaced is always the computed judgement
  const added = { judgements: [], commitments: await readCommitments(tx, null, null) };
  const computed = await withFigures(use.services.db, `judge ${actor.account} ${JSON.stringify(asked)}`, (scene) => computedFor(scene, actor, asked, added), () => false);
  const { judged, place } = computed;
  if (!use.may('indicators.judge', place)) return refuse({ code: 'unit-not-yours', unit: asked.unit });
  if (ownUnit(actor, place)) return refuse({ code: 'judgement-own-unit' });
  if (judged.target === null) return refuse({ code: 'direction-says-nothing' });
  if (judged.step === asked.step) return refuse({ code: 'judgement-same', step: asked.step });
  const signer = postOf(actor, ['government-office', 'ministry', 'province-leader']);
  const row = { unit: asked.unit, indicator: asked.indicator, period: asked.period, step: asked.step, computed: judged.step, reason: asked.reason.trim(), office: signer?.office ?? '', post: signer?.post ?? '', at: now.at };
  await addJudgement(tx, { ...row, province: place.province, commune: place.commune, by: actor.account });
  await record(tx, { province: place.province, at: now.at, actor, action: 'indicators.judged', unit: asked.unit, target: { type: 'figure', id: `${asked.indicator}:${asked.unit}:${asked.period}` }, before: judged.step, after: row, facts: { step: asked.step, computed: judged.step ?? 'none' } });
  return ok({ ...judged, step: asked.step, reason: 'signed-override', override: { step: row.step, computed: row.computed, reason: row.reason, office: row.office, post: row.post, at: row.at } });
}

/** True for a province leader on the province itself: the grant is held at the very unit that is judged. */
const ownUnit = (actor: Actor, place: Place): boolean => place.province !== '00' && actor.grants.some(({ reach }) => reach.level === 'province' && reach.province === place.province && place.commune === null) && !actor.grants.some(({ reach }) => reach.level === 'nation');

function computedFor(scene: Scene, actor: Actor, { indicator: id, unit: code, period }: Judging, added: Added): { judged: Judged; place: Place } {
  const span = spanOf(scene, checkedPeriod(period));
  const tree = scene.tree(span.treeDay);
  const unit = unitFor(tree, actor, code);
  const indicator = span.programme.indicators.get(id) ?? stop({ code: 'indicator-unknown', indicator: id });
  const worth = worthOf({ scene, guard: guardFor(scene, actor), span, standing: 'reported' }, indicator, unit);
  return { judged: heldAgainst({ scene, indicator, unit, span, worth, added }).judged, place: placeOf(unit, tree.ancestors.get(code) ?? []) };
}

export type Committing = { readonly unit: string; readonly target: string; readonly period: string; readonly value: number; readonly basis: string; readonly baseRevision: number };
/** What a province commits to. It may be more than the target asks of all, never less in the year the target is due. */
export async function commit(use: Use, asked: Committing): Promise<Result<Commitment>> {
  const { tx, actor, now } = use;
  if (!Number.isFinite(asked.value)) return refuse({ code: 'value-not-finite' });
  if (looksPersonal(asked.basis)) return refuse({ code: 'words-name-person' });
  if (!isPeriod(asked.period)) return refuse({ code: 'period-malformed', period: asked.period.slice(0, 20) });
  const { place, target } = await withFigures(use.services.db, `commit ${actor.account} ${asked.unit} ${asked.target} ${asked.period}`, (scene) => {
    const span = spanOf(scene, checkedPeriod(asked.period));
    const tree = scene.tree(scene.treeDayOf(asked.period));
    const unit = unitFor(tree, actor, asked.unit);
    return { place: placeOf(unit, tree.ancestors.get(unit.code) ?? []), target: span.programme.targets.get(asked.target) ?? scene.latest.targets.get(asked.target) ?? stop({ code: 'target-unknown', target: asked.target }) };
  }, () => false);
  if (!use.may('indicators.commit', place)) return refuse({ code: 'unit-not-yours', unit: asked.unit });
  const direction = directionOf(target);
  if (direction !== 0 && target.low !== null && target.year !== null && Number(asked.period.slice(0, 4)) >= target.year && gapOf(asked.value, target.low, direction) < 0) return refuse({ code: 'commitment-weaker-than-target', low: target.low });
  const held = await lockCommitment(tx, place.province, asked.unit, asked.target, asked.period);
  if ((held?.revision ?? 0) !== asked.baseRevision) return refuse({ code: 'commitment-changed', revision: held?.revision ?? 0 });
  const row: Commitment = { province: place.province, unit: asked.unit, target: asked.target, period: asked.period, value: asked.value, basis: asked.basis, revision: asked.baseRevision + 1, recordedAt: now.at, office: actor.grants[0]?.office ?? '' };
  await saveCommitment(tx, { ...row, commune: place.commune, by: actor.account });
  await record(tx, { province: place.province, at: now.at, actor, action: 'indicators.committed', unit: asked.unit, target: { type: 'commitment', id: `${asked.target}:${asked.unit}:${asked.period}` }, before: held ?? null, after: row, facts: { revision: row.revision } });
  return ok(row);
}

const mostAnalyses = 200;
export type Keeping = { readonly title: string; readonly note: string; readonly query: PivotQuery; readonly drawing: Drawing; readonly shared: boolean; readonly baseRevision: number };
export async function keep(use: Use, id: string, body: Keeping): Promise<Result<Analysis>> {
  const { tx, actor, now } = use;
  if (looksPersonal(`${body.title}\n${body.note}`)) return refuse({ code: 'words-name-person' });
  const held = await lockAnalysis(tx, id, actor.account);
  if (held === undefined && (await findAnalysis(tx, id)) !== undefined) return refuse({ code: 'analysis-not-found' });
  if ((held?.revision ?? 0) !== body.baseRevision) return refuse({ code: 'analysis-changed', revision: held?.revision ?? 0 });
  if (held === undefined && (await countAnalyses(tx, actor.account)) >= mostAnalyses) return refuse({ code: 'analyses-too-many', most: mostAnalyses });
  const { baseRevision, ...given } = body;
  const row = { id, owner: actor.account, office: actor.grants[0]?.office ?? '', ...given, revision: baseRevision + 1, changedAt: now.at };
  // an id another person holds, hidden from this one, answers as an absent one does (SECURITY R13)
  if (held === undefined ? (await insertAnalysis(tx, row)) === 0 : (await updateAnalysis(tx, row)) === 0) return refuse({ code: 'analysis-not-found' });
  await record(tx, { province: '00', at: now.at, actor, action: 'indicators.analysis-kept', target: { type: 'analysis', id }, before: held ?? null, after: row, facts: { revision: row.revision, shared: row.shared } });
  return ok(analysisSeen(row, actor.account));
}

export async function drop(use: Use, id: string): Promise<Result<Record<never, never>>> {
  if ((await deleteAnalysis(use.tx, id, use.actor.account)) === 0) return refuse({ code: 'analysis-not-found' });
  await record(use.tx, { province: '00', at: use.now.at, actor: use.actor, action: 'indicators.analysis-dropped', target: { type: 'analysis', id } });
  return ok({});
}
export const analyses = async ({ tx, actor }: Pick<Use, 'tx' | 'actor'>): Promise<{ rows: Analysis[] }> => ({ rows: (await readAnalyses(tx)).map((row) => analysisSeen(row, actor.account)) });
export async function analysis({ tx, actor }: Pick<Use, 'tx' | 'actor'>, id: string): Promise<Result<Analysis>> {
  const row = await findAnalysis(tx, id);
  return row === undefined ? refuse({ code: 'analysis-not-found' }) : ok(analysisSeen(row, actor.account));
}
