/** Lists of cases, the board of the procedure, the review councils. */
import { looksPersonal } from '#kernel/personal.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { record } from '#platform/log/record.ts';
import { findOffices, getTree } from '#modules/org-units/index.ts';
import { permissions } from '../rules/permissions.ts';
import { periodRunningOn, procedureDays, quorumOf } from '../rules/procedure-days.ts';
import { openStates } from '../rules/procedure.ts';
import { councilOf, keepsCouncil } from '../rules/procedure-stance.ts';
import type { BoardRow, CaseKind, AreaCaseRow, CaseState, Council, CouncilPart, UnitSeen } from '../schema.ts';
import { caseStates } from '../schema.ts';
import { countSeats, findCouncil, insertCouncil } from '../store/acts.ts';
import { countBoard, countCases, listCases as readCases, listPeriods, type Asked, type Listed } from '../store/cases.ts';
import { caseRow } from './case-view.ts';
import { namesOf, type UseCase } from './scene.ts';

export const pageSize = 100;
export const offsetOf = (page: number | undefined): number => ((page ?? 1) - 1) * pageSize;
/** A pattern for a typed word anywhere in a name; its own wildcards mean themselves. */
const containing = (typed: string | undefined): string | null => (typed === undefined || typed === '' ? null : `%${typed.replace(/[\\%_]/g, '\\$&')}%`);

export type Searching = {
  readonly province?: string; readonly unit?: string; readonly period?: string; readonly kind?: CaseKind; readonly state?: CaseState; readonly against?: 'yes' | 'no'; readonly mine?: 'yes'; readonly q?: string; readonly page?: number;
};

/** States in which a case waits for the reader, by the roles held. */
function statesWaiting({ actor }: UseCase): readonly CaseState[] {
  const communes = actor.grants.some((grant) => grant.reach.level === 'commune');
  const others = actor.grants.some((grant) => grant.reach.level !== 'commune');
  return openStates.filter((state) => (state === 'preparing' || state === 'returned' ? communes : others));
}

/** Names of provinces on the day, by code. */
async function provinceNames({ tx, now }: Pick<UseCase, 'tx' | 'now'>): Promise<ReadonlyMap<string, { readonly nameVi: string; readonly communes: number }>> {
  return new Map((await getTree(tx, now.today)).provinces.map((one) => [one.code, { nameVi: one.nameVi, communes: one.communes.length }]));
}
const seenUnit = (row: Pick<Listed, 'unit' | 'unitName' | 'level' | 'province'>, names: ReadonlyMap<string, { readonly nameVi: string }>): UnitSeen =>
  ({ code: row.unit, nameVi: row.unitName, level: row.level, province: row.province, provinceNameVi: names.get(row.province)?.nameVi ?? row.province });

export async function rowsOf(use: UseCase, listed: readonly Listed[]): Promise<AreaCaseRow[]> {
  const names = await provinceNames(use);
  const seats = new Map((await countSeats(use.tx)).map((one) => [one.province, one.seats]));
  return listed.map((row) => caseRow(row, seenUnit(row, names), { opinions: row.opinions, openObjections: row.openObjections, seats: seats.get(councilOf(row)) ?? 0 }, use.now.today));
}

/** What the reader's row security lets it see, cut to the places its roles may read by the policy. */
export async function searchCases(use: UseCase, query: Searching): Promise<{ rows: AreaCaseRow[]; total: number; page: number; pageSize: number }> {
  const asked: Asked = {
    province: query.province ?? null, unit: query.unit ?? null, period: query.period ?? null, kind: query.kind ?? null, state: query.state ?? null, against: query.against === undefined ? null : query.against === 'yes',
    states: query.mine === 'yes' ? statesWaiting(use) : null, containing: containing(query.q), offset: offsetOf(query.page), limit: pageSize, within: withinOf(use),
  };
  return { rows: await rowsOf(use, await readCases(use.tx, asked)), total: (await countCases(use.tx, asked)).total, page: query.page ?? 1, pageSize };
}

const reads = (role: string): boolean => (permissions['classification.read'] as readonly string[]).includes(role);
/** Places the reader may see cases of; null for the whole nation. Asked again by the code so that either layer alone is enough (SECURITY R10). */
export function withinOf({ actor }: Pick<UseCase, 'actor'>): Asked['within'] {
  const grants = actor.grants.filter((grant) => grant.opensNoContent !== true && reads(grant.role));
  if (grants.some((grant) => grant.reach.level === 'nation')) return null;
  return {
    provinces: grants.flatMap(({ reach }) => (reach.level === 'province' ? [reach.province] : [])), communes: grants.flatMap(({ reach }) => (reach.level === 'commune' ? [`${reach.province}/${reach.commune}`] : [])),
  };
}

export async function board(use: UseCase, query: { readonly period?: string; readonly province?: string }) {
  const { tx, now } = use;
  const period = query.period ?? lastEnded(now.today);
  const days = procedureDays(period, 'commune');
  const names = await provinceNames(use);
  const counts = await countBoard(tx, period, query.province ?? null);
  const seats = new Map((await countSeats(tx)).map((one) => [one.province, one.seats]));
  const within = withinOf(use);
  const rows = [...names].filter(([code]) => (query.province === undefined || code === query.province) && (within === null || within.provinces.includes(code))).map(([code, { nameVi, communes }]): BoardRow => {
    const own = counts.filter((one) => one.province === code && one.level === 'commune' && one.kind === 'yearly');
    const late = now.today > days.decisionUntil;
    return {
      province: code, nameVi, communes, withoutCase: communes - own.reduce((sum, one) => sum + one.cases, 0), councilSeats: seats.get(code) ?? 0,
      states: caseStates.flatMap((state) => own.filter((one) => one.state === state).map((one) => ({ state, cases: one.cases, late: late && !['decided', 'published', 'in-force', 'dropped'].includes(state) ? one.cases : 0 }))),
      reviewsOpen: counts.filter((one) => one.province === code && one.kind === 'review' && openStates.includes(one.state)).reduce((sum, one) => sum + one.cases, 0),
      againstProposal: own.reduce((sum, one) => sum + one.against, 0), provinceState: counts.find((one) => one.province === code && one.level === 'province' && one.kind === 'yearly')?.state ?? null,
    };
  });
  const periods = [...new Set([period, periodRunningOn(now.today), ...(await listPeriods(tx)).map((one) => one.period)])].sort().reverse();
  return { period, periods, asOf: now.today, days: { periodFirst: days.periodFirst, periodLast: days.periodLast, selfAssessmentUntil: days.selfAssessmentUntil, decisionUntil: days.decisionUntil, objectionsUntil: null }, rows };
}

/** The period whose procedure is on, or was last: the one that ended. */
const lastEnded = (today: string): string => String(Number(periodRunningOn(today)) - 1);

const noCouncil = (province: string): Council => ({ province, number: '', decidedOn: null, revision: 0, seats: [], quorum: 0 });
export async function readCouncil(use: UseCase, province: string): Promise<Council> {
  const row = await findCouncil(use.tx, province);
  if (row === undefined) return noCouncil(province);
  const names = await namesOf(use, row.seats.map((seat) => seat.office));
  return { province, number: row.number, decidedOn: row.decidedOn, revision: row.revision, seats: row.seats.map((seat) => ({ ...seat, officeNameVi: names.get(seat.office) ?? seat.office })), quorum: quorumOf(row.seats.length) };
}

/** Fewer would be no council. The product's choice. */
const fewestSeats = 3;
export type Recording = { readonly revision: number; readonly number: string; readonly decidedOn: string; readonly seats: readonly { readonly part: CouncilPart; readonly office: string; readonly post: string }[] };
/** Seats are posts, not people. A seat that stays keeps its id, so that opinions given under the earlier edition stay with it. */
export async function recordCouncil(use: UseCase, province: string, given: Recording): Promise<Result<Council, Refusal>> {
  const { tx, actor, now } = use;
  if (!use.may('classification.keep-council', { province }) || !keepsCouncil(actor.grants, province)) return refuse({ code: 'unit-not-yours', unit: province });
  const { seats } = given;
  if (seats.length < fewestSeats) return refuse({ code: 'council-too-small', least: fewestSeats });
  if (seats.filter((seat) => seat.part === 'chair').length !== 1) return refuse({ code: 'council-chair' });
  if (new Set(seats.map((seat) => `${seat.office} ${seat.post}`)).size < seats.length) return refuse({ code: 'council-seat-twice' });
  if (looksPersonal(given.number)) return refuse({ code: 'words-look-personal' });
  const offices = await findOffices(tx, seats.map((seat) => seat.office), now.today);
  const unknown = seats.find((seat) => !offices.has(seat.office));
  if (unknown !== undefined) return refuse({ code: 'seat-office-unknown', office: unknown.office });
  const before = await findCouncil(tx, province);
  if ((before?.revision ?? 0) !== given.revision) return refuse({ code: 'council-changed', revision: before?.revision ?? 0 });
  const kept = seats.map((seat) => ({ ...seat, id: before?.seats.find((old) => old.office === seat.office && old.post === seat.post)?.id ?? newId<'Seat'>() }));
  const row = { revision: given.revision + 1, number: given.number.trim(), decidedOn: given.decidedOn, seats: kept };
  if ((await insertCouncil(tx, province, { ...row, account: actor.account, at: now.at })) === 0) return refuse({ code: 'council-changed', revision: given.revision + 1 });
  await record(tx, { province, at: now.at, actor, action: 'classification.council-recorded', target: { type: 'council', id: province }, unit: province, before: before ?? null, after: row, facts: { revision: row.revision, seats: kept.length } });
  return ok(await readCouncil(use, province));
}
