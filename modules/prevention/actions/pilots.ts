/** Pilots: registered before they begin, concluded with figures and a lesson, replicated by a directive's draft. */
import { newId } from '#kernel/id.ts';
import { addDays } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { draftOfLines } from '#modules/directives/index.ts';
import { conclusionAllowed, differenceOf, pilotAllowed, pilotMoves } from '../rules/decide.ts';
import { managingGrant } from '../rules/scope.ts';
import { wordingAllowed } from '../rules/wording.ts';
import type { addPilot as addContract, concludePilot as concludeContract, listPilots as listContract, listReplications as replicationsContract, Pilot, PilotView, replicatePilot as replicateContract } from '../schema.ts';
import * as store from '../store/pilots.ts';
import { communeOn, mayAdd, named } from './areas.ts';
import { byOf, log, notFound, notYours, type UseCase } from './use-case.ts';

type Key = { readonly province: string; readonly pilot: string };

export async function listPilots(use: UseCase): Promise<Static<typeof listContract.reply>> {
  const by = byOf(use);
  const pilots = await store.listPilots(by);
  const counts = new Map((await store.countReplications(by)).map(({ pilot, n }) => [pilot, n]));
  return { rows: pilots.map((pilot) => ({ pilot, difference: differenceOf(pilot.measured), replications: counts.get(pilot.id) ?? 0 })), mayAdd: mayAdd(use) };
}

export async function pilotView(use: UseCase, key: Key): Promise<Result<PilotView, Refusal>> {
  const by = byOf(use);
  const pilot = await store.findPilot(by, key.province, key.pilot);
  if (pilot === undefined) return notFound();
  const mine = managingGrant(use.actor, key.province) !== undefined;
  const replications = (await store.listReplications(by, pilot.id)).map(({ pilot: _, pilotProvince: _province, titleVi: _vi, titleEn: _en, ...one }) => one);
  const moves = pilotMoves(pilot, use.now.today).filter((move) => (move === 'replicate' ? use.may('prevention.replicate') : mine));
  return ok({ pilot, difference: differenceOf(pilot.measured), areas: await named(use, pilot.areas, pilot.startsOn), comparison: await named(use, pilot.comparison, pilot.startsOn), replications, moves });
}

export async function addPilot(use: UseCase, body: Static<NonNullable<typeof addContract.body>>): Promise<Result<Pilot, Refusal>> {
  const grant = managingGrant(use.actor, body.province);
  if (grant === undefined) return notYours();
  const worded = wordingAllowed([body.titleVi, body.titleEn, body.hypothesis, body.measure]);
  if (!worded.ok) return worded;
  const allowed = pilotAllowed(body.areas, body.comparison, body);
  if (!allowed.ok) return allowed;
  for (const area of [...body.areas, ...body.comparison]) {
    if (body.province !== '00' && area.province !== body.province) return refuse({ code: 'prevention-area-outside', unit: area.commune });
    const commune = await communeOn(use, area, use.now.today);
    if (!commune.ok) return commune;
  }
  const pilot: Pilot = { ...body, id: newId<'Pilot'>(), state: 'planned', measured: null, result: null, lesson: '', office: grant.office, version: 1, demonstration: false };
  await store.insertPilot(use.tx, pilot, use.now.at);
  await log(use, { province: body.province, action: 'prevention.pilot-registered', target: { type: 'pilot', id: pilot.id }, unit: grant.office, role: grant.role, after: pilot, facts: { starts: body.startsOn, areas: body.areas.length, comparison: body.comparison.length } });
  return ok(pilot);
}

/** A pilot locked for whoever manages it, in the state the screen knew. */
async function held(use: UseCase, key: Key, version: number): Promise<Result<{ pilot: Pilot; role: string; office: string }, Refusal>> {
  const grant = managingGrant(use.actor, key.province);
  const seen = await store.findPilot(byOf(use), key.province, key.pilot);
  if (seen === undefined) return notFound();
  if (grant === undefined) return notYours();
  const pilot = await store.lockPilot(byOf(use), key.province, key.pilot);
  if (pilot === undefined) return notFound();
  return pilot.version === version ? ok({ pilot, role: grant.role, office: grant.office }) : refuse({ code: 'prevention-stale' });
}

export async function movePilot(use: UseCase, key: Key, { move, version }: { readonly move: 'start' | 'stop'; readonly version: number }): Promise<Result<PilotView, Refusal>> {
  const found = await held(use, key, version);
  if (!found.ok) return found;
  const { pilot, role, office } = found.value;
  if (!pilotMoves(pilot, use.now.today).includes(move)) return refuse({ code: 'prevention-move-not-now', state: pilot.state });
  await store.setPilotState(use.tx, key.province, key.pilot, move === 'start' ? 'running' : 'stopped');
  await log(use, { province: key.province, action: move === 'start' ? 'prevention.pilot-started' : 'prevention.pilot-stopped', target: { type: 'pilot', id: key.pilot }, unit: office, role, facts: { from: pilot.state } });
  return pilotView(use, key);
}

export async function concludePilot(use: UseCase, key: Key, { version, ...conclusion }: Static<NonNullable<typeof concludeContract.body>>): Promise<Result<PilotView, Refusal>> {
  const found = await held(use, key, version);
  if (!found.ok) return found;
  const { pilot, role, office } = found.value;
  const worded = wordingAllowed([conclusion.lesson]);
  if (!worded.ok) return worded;
  const allowed = conclusionAllowed(pilot, conclusion, use.now.today);
  if (!allowed.ok) return allowed;
  await store.saveConclusion(use.tx, key.province, key.pilot, conclusion);
  await log(use, { province: key.province, action: 'prevention.pilot-concluded', target: { type: 'pilot', id: key.pilot }, unit: office, role, before: pilot, after: conclusion, facts: { result: conclusion.result } });
  return pilotView(use, key);
}

/**
 * Drafts the directive that carries what worked: one line in six clears to the receiving provinces, and one to their communes when asked.
 * The draft belongs to the actor's own office and is issued on its page; its tasks are then counted here.
 */
export async function replicatePilot(use: UseCase, key: Key, body: Static<NonNullable<typeof replicateContract.body>>): Promise<Result<{ province: string; directive: string }, Refusal>> {
  const pilot = await store.findPilot(byOf(use), key.province, key.pilot);
  if (pilot === undefined) return notFound();
  if (pilot.state !== 'concluded' || pilot.result !== 'supported') return refuse({ code: 'prevention-not-supported' });
  if (body.provinces.length === 0) return refuse({ code: 'prevention-nobody' });
  if (body.dueOn <= use.now.today) return refuse({ code: 'prevention-due-passed' });
  const grant = use.actor.grants.find((one) => ['government-office', 'ministry', 'province-leader', 'province-secretary'].includes(one.role) && (one.reach.level === 'nation' || body.provinces.every((code) => one.reach.level === 'province' && one.reach.province === code)));
  if (grant === undefined) return notYours();
  const provinces = [...new Set(body.provinces)].sort();
  const made = await draftOfLines(use, { issuerOffice: grant.office, title: `Nhân rộng: ${pilot.titleVi}`, lines: linesOf(pilot, { ...body, provinces }) });
  if (!made.ok) return made;
  const own = grant.reach.level === 'nation' ? '00' : grant.reach.province;
  await store.insertReplication(use.tx, { id: newId<'Replication'>(), province: own, pilot: pilot.id, provinces, directiveProvince: made.value.province, directive: made.value.id, office: grant.office, at: use.now.at });
  await log(use, { province: own, action: 'prevention.pilot-replicated', target: { type: 'pilot', id: pilot.id }, unit: grant.office, role: grant.role, facts: { directive: made.value.id, provinces: provinces.length, communes: body.communes } });
  return ok({ province: made.value.province, directive: made.value.id });
}

const linesOf = (pilot: Pilot, { provinces, communes, dueOn }: { readonly provinces: readonly string[]; readonly communes: boolean; readonly dueOn: string }) => {
  const line = (officeClass: string, text: string, product: string, due: string) => ({
    person: { offices: [], classes: [{ officeClass, provinces: [...provinces] }], post: null, text: '' }, task: { text }, responsibility: { roles: ['lead' as const], coordinating: [], text: '' }, authority: { text: 'Chủ tịch Ủy ban nhân dân quyết định' },
    timeline: { deadlines: [{ type: 'absolute' as const, value: due }] }, result: { product, measure: pilot.measure, targets: [] },
  });
  return [
    line('UBND-TINH', `Ban hành kế hoạch nhân rộng mô hình "${pilot.titleVi}" trên địa bàn; bài học của thí điểm: ${pilot.lesson.slice(0, 1500)}`, 'Kế hoạch nhân rộng', communes ? addDays(dueOn, -30) : dueOn),
    ...(communes ? [line('UBND-XA', `Triển khai mô hình "${pilot.titleVi}" theo kế hoạch của tỉnh và báo cáo số lượng hoạt động.`, 'Báo cáo số lượng hoạt động đã triển khai', dueOn)] : []),
  ];
};

export const listReplications = async (use: UseCase, scope: string | undefined): Promise<Static<typeof replicationsContract.reply>> =>
  ({ rows: (await store.listReplications(byOf(use), null)).filter((row) => scope === undefined || row.provinces.includes(scope)) });
