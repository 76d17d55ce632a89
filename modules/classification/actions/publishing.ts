/** What leaves the council: the public notice with the figures of E13, and the list. Decision 28/2025/QĐ-TTg, Article 9. */
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { getTree } from '#modules/org-units/index.ts';
import { windowEnd } from '../rules/procedure-days.ts';
import { enforceDecision, publishDecision } from '../store/acts.ts';
import { addNoticeItem, endHeld, enforceItem, findOpenHeld, giveNotice as saveNotice, insertHeld, replaceItem } from '../store/standing.ts';
import type { Acting, Effect } from './move-case.ts';
import { proposing } from './proposing.ts';
import { unitSeen } from './scene.ts';

/** No drug-free share leaves without the figures of E13 of the same province and period beside it: they are frozen into the notice. */
export async function giveNotice({ use, scene }: Acting): Promise<Result<Effect, Refusal>> {
  const { tx, services, now } = use;
  const { row, days } = scene;
  const key = { province: row.province, caseId: row.id };
  const decision = scene.decisions.find((one) => one.round === row.round);
  if (decision === undefined) return refuse({ code: 'move-not-open', state: row.state });
  const rights = await proposing().beside({ services, period: row.period, province: row.province, at: now.at });
  if (rights.length === 0) return refuse({ code: 'rights-figures-missing' });
  const { provinceNameVi } = await unitSeen(use, row);
  const tree = await getTree(tx, now.today < days.periodLast ? now.today : days.periodLast);
  const communes = tree.provinces.find((one) => one.code === row.province)?.communes.length ?? 0;
  const until = windowEnd(now.today);
  await saveNotice(tx, { province: row.province, period: row.period, provinceName: provinceNameVi, communes, rights: [...rights], publishedAt: now.at });
  await addNoticeItem(tx, row.province, row.period, { caseId: row.id, round: row.round, unit: row.unit, unitName: row.unitName, level: row.level, kind: row.kind, status: decision.status, number: decision.number, decidedOn: decision.decidedOn, objectionsUntil: until });
  await publishDecision(tx, key, row.round, now.at);
  return ok({ objectionsUntil: until });
}

/** Puts the area on the list under its new status; the one it had ends on the same day and stays in its history. */
export async function enlist({ use, scene, post }: Acting): Promise<Result<Effect, Refusal>> {
  const { tx, now } = use;
  const { row } = scene;
  const key = { province: row.province, caseId: row.id };
  const decision = scene.decisions.find((one) => one.round === row.round);
  if (decision === undefined) return refuse({ code: 'move-not-open', state: row.state });
  const before = await findOpenHeld(tx, row.province, row.unitId);
  if (before !== undefined) {
    await endHeld(tx, before, now.today, before.status === 'drug-free' && decision.status !== 'drug-free' ? 'taken-off' : 'later-decision');
    await replaceItem(tx, { province: before.province, caseId: before.caseId });
  }
  await insertHeld(tx, {
    ...key, unit: row.unit, unitId: row.unitId, unitName: row.unitName, level: row.level, period: row.period, status: decision.status, number: decision.number, decidedOn: decision.decidedOn, office: scene.signatures.findLast((one) => one.round === row.round && one.part === 'head')?.office ?? post.office, against: decision.against, fromDay: now.today,
  });
  await enforceDecision(tx, key, row.round, now.today);
  await enforceItem(tx, key, row.round);
  return ok({});
}
