/** Everything one case is decided and shown from, read in one place. */
import { hash } from 'node:crypto';
import type { Fact } from '#kernel/entry.ts';
import { vietnamDay } from '#kernel/day.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import { findOffices, getUnit } from '#modules/org-units/index.ts';
import { procedureDays, quorumOf, type ProcedureDays } from '../rules/procedure-days.ts';
import type { CaseFacts, Stance } from '../rules/procedure.ts';
import { councilOf, stanceOf, type Area } from '../rules/procedure-stance.ts';
import type { Seat, UnitSeen } from '../schema.ts';
import { findCouncil, listDecisions, listObjections, listOpinions, listSignatures, type DecisionRow, type ObjectionRow, type OpinionRow, type SignatureRow } from '../store/acts.ts';
import { neighboursOf, type CaseStored } from '../store/cases.ts';
import { proposing, type Proposed } from './proposing.ts';

export type UseCase = Pick<Context, 'tx' | 'actor' | 'now' | 'services' | 'language' | 'may'>;

export const areaOf = ({ province, unit, level }: Pick<CaseStored, 'province' | 'unit' | 'level'>): Area => ({ province, unit, level });

export type CaseScene = {
  readonly row: CaseStored; readonly area: Area; readonly days: ProcedureDays; readonly proposed: Proposed; readonly seats: readonly Seat[]; readonly officeNames: ReadonlyMap<string, string>;
  readonly opinions: readonly OpinionRow[]; readonly signatures: readonly SignatureRow[]; readonly decisions: readonly DecisionRow[]; readonly objections: readonly ObjectionRow[];
  readonly facts: CaseFacts; readonly stance: Stance;
};

/** Nothing known of an area: it cannot be judged. */
const nothingProposed = (at: string): Proposed => {
  const none = (standing: 'approved' | 'reported') => ({ status: 'cannot-judge' as const, standing, digest: hash('sha256', `nothing ${standing}`), at, criteria: [] });
  return { approved: none('approved'), reported: none('reported') };
};

export async function proposedFor({ services, now }: Pick<UseCase, 'services' | 'now'>, period: string, unit: string): Promise<Proposed> {
  return (await proposing().propose({ db: services.db, period, units: [unit], at: now.at })).get(unit) ?? nothingProposed(now.at);
}

/** Names of offices on a day; an office the register does not know keeps its id. */
export async function namesOf({ tx, now }: Pick<UseCase, 'tx' | 'now'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await findOffices(tx, ids, now.today);
  return new Map(ids.map((id) => [id, found.get(id)?.nameVi ?? id]));
}

/** The unit a case is about still exists as the same unit: a merged one that kept the code is another. */
async function stands({ tx, now }: Pick<UseCase, 'tx' | 'now'>, row: CaseStored): Promise<boolean> {
  const unit = await getUnit(tx, row.unit, now.today);
  return unit.ok && unit.value.unitId === row.unitId;
}

async function rightsReady({ services, now }: UseCase, row: CaseStored): Promise<boolean> {
  return row.state !== 'decided' || (await proposing().beside({ services, period: row.period, province: row.province, at: now.at })).length > 0;
}

export async function sceneOf(use: UseCase, row: CaseStored): Promise<CaseScene> {
  const { tx, actor } = use;
  const area = areaOf(row);
  const key = { province: row.province, caseId: row.id };
  const proposed = await proposedFor(use, row.period, row.unit);
  const opinions = await listOpinions(tx, key);
  const signatures = await listSignatures(tx, key);
  const decisions = await listDecisions(tx, key);
  const objections = await listObjections(tx, key);
  const council = await findCouncil(tx, councilOf(area));
  const officeNames = await namesOf(use, [...new Set([...(council?.seats ?? []), ...opinions, ...signatures, ...objections].map((one) => one.office).concat(objections.flatMap((one) => one.answerOffice ?? [])))]);
  const seats: Seat[] = (council?.seats ?? []).map((seat) => ({ ...seat, officeNameVi: officeNames.get(seat.office) ?? seat.office }));
  const days = procedureDays(row.period, row.level);
  const facts: CaseFacts = {
    kind: row.kind, level: row.level, state: row.state, version: row.version, periodLast: days.periodLast, unitStands: await stands(use, row), assessed: row.assessment?.status ?? null, submittedBy: row.submittedBy,
    seats, quorum: quorumOf(seats.length), opinions: opinions.filter((one) => one.round === row.round).map((one) => ({ seat: one.seat, account: one.recordedFrom === null ? one.account : null, status: one.status })),
    proposal: proposed.approved, conclusion: row.conclusion === null ? null : { digest: row.conclusion.proposal.digest, on: vietnamDay(new Date(row.conclusion.by.at)) },
    signatures: signatures.filter((one) => one.round === row.round), objectionsUntil: row.objectionsUntil,
    objections: objections.filter((one) => one.round === row.round).map((one) => ({ id: one.id, account: one.account, answered: one.answeredAt !== null })),
    ...(await neighboursOf(tx, row)), rightsReady: await rightsReady(use, row),
  };
  return { row, area, days, proposed, seats, officeNames, opinions, signatures, decisions, objections, facts, stance: stanceOf(actor.account, actor.grants, area, seats) };
}

export async function unitSeen({ tx, now }: Pick<UseCase, 'tx' | 'now'>, row: Pick<CaseStored, 'unit' | 'unitName' | 'level' | 'province'>): Promise<UnitSeen> {
  const province = await getUnit(tx, row.province, now.today);
  return { code: row.unit, nameVi: row.unitName, level: row.level, province: row.province, provinceNameVi: province.ok ? province.value.nameVi : row.province };
}

export type Logged = { readonly action: `classification.${string}`; readonly before?: unknown; readonly after?: unknown; readonly facts?: Readonly<Record<string, Fact>>; readonly role?: string };
/** Every step leaves an entry in its own transaction (SECURITY R25); the leaf names the case and the unit, never what was written. */
export const logCase = ({ tx, actor, now }: Pick<UseCase, 'tx' | 'now'> & { readonly actor: UseCase['actor'] | 'system' }, row: CaseStored, logged: Logged): Promise<void> =>
  record(tx, { ...logged, province: row.province, at: now.at, actor, target: { type: 'classification-case', id: row.id }, unit: row.unit, facts: { period: row.period, kind: row.kind, state: row.state, ...logged.facts } });
