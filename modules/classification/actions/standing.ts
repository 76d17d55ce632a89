/** Decided statuses: of one area with all that went before, the list on a day, and the notices anybody may read. */
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { getTree, getUnit, lineage, type UnitVersion } from '#modules/org-units/index.ts';
import type { AreaStatus, ListedRow, Notice, NoticeItem, StatusHeld, UnitSeen, UnitStanding } from '../schema.ts';
import { areaStatuses } from '../schema.ts';
import { listCases } from '../store/cases.ts';
import { listDecidedOf, listHeldBy, listHeldOn, listNoticeItems, listNotices, type HeldOnDay, type HeldRow, type ItemRow } from '../store/standing.ts';
import { offsetOf, pageSize, rowsOf, withinOf } from './case-lists.ts';
import { unitSeen, type UseCase } from './scene.ts';

/** First day of the map of today's units (Resolution 202/2025/QH15); what existed before is not asked for a status under Decision 28/2025. */
const firstDay = '2025-07-01';

/** Units of earlier maps that lie in this one and are other units: those merged into it. */
async function formerOf(tx: Tx, unit: UnitVersion, day: PlainDate): Promise<UnitVersion[]> {
  if (unit.validFrom <= firstDay) return [];
  const before = (await getTree(tx, dayBefore(unit.validFrom))).provinces.find((one) => one.code === unit.province)?.communes.map(([code]) => code) ?? [];
  const fates = (await lineage(tx)).between(dayBefore(unit.validFrom), day);
  const former: UnitVersion[] = [];
  for (const code of before) {
    const fate = fates.get(code);
    const leads = fate !== undefined && ((fate.kind === 'whole' && fate.code === unit.code && fate.change === 'merged') || (fate.kind === 'part' && fate.codes.includes(unit.code)));
    if (!leads) continue;
    const found = await getUnit(tx, code, dayBefore(unit.validFrom));
    if (found.ok && found.value.unitId !== unit.unitId) former.push(found.value);
  }
  return former;
}
const dayBefore = (day: PlainDate): PlainDate => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** `endedOn`: the last day of a unit that is no more; its status ended with it. */
function heldSeen(row: HeldRow, unit: UnitSeen, endedOn: PlainDate | null, mine: boolean): StatusHeld {
  const byUnit = endedOn !== null && (row.untilDay === null || row.untilDay > endedOn);
  return { unit, period: row.period, status: row.status, case: row.caseId, number: row.number, decidedOn: row.decidedOn, from: row.fromDay, until: byUnit ? endedOn : row.untilDay, endedBy: byUnit ? 'unit-ended' : row.endedBy, mine };
}

/**
 * What an area is by decision on a day. A unit made of others inherits nothing: their statuses are shown beside it as theirs, and whether they differ,
 * and it has none until its own decision.
 */
export async function standingOf(use: UseCase, asked: { readonly province: string; readonly unit: string; readonly day?: PlainDate }): Promise<Result<UnitStanding, Refusal>> {
  const { tx, now } = use;
  const asOf = asked.day ?? now.today;
  const found = await getUnit(tx, asked.unit, asOf);
  if (!found.ok || found.value.province !== asked.province || (found.value.level !== 'commune' && found.value.level !== 'province')) return refuse({ code: 'unit-not-found', unit: asked.unit });
  const unit = found.value;
  const formerUnits = unit.level === 'commune' ? await formerOf(tx, unit, asOf) : [];
  const rows = (await listHeldBy(tx, unit.province, [unit.unitId, ...formerUnits.map((one) => one.unitId)])).filter((row) => row.fromDay <= asOf);
  const name = await unitSeen(use, { unit: unit.code, unitName: unit.nameVi, level: unit.level === 'province' ? 'province' : 'commune', province: unit.province });
  const own = rows.filter((row) => row.unitId === unit.unitId).map((row) => heldSeen(row, name, unit.validTo, true));
  const former = rows.filter((row) => row.unitId !== unit.unitId).map((row) => heldSeen(row, { ...name, code: row.unit, nameVi: row.unitName }, formerUnits.find((one) => one.unitId === row.unitId)?.validTo ?? null, false));
  const current = own.find((row) => row.until === null || row.until > asOf) ?? null;
  const last = formerUnits.map((one) => former.find((row) => row.unit.code === one.code && row.endedBy === 'unit-ended')?.status ?? null);
  const open = await listCases(tx, { province: unit.province, unit: unit.code, period: null, kind: null, state: null, against: null, states: ['preparing', 'submitted', 'returned', 'in-council', 'concluded', 'signed-once', 'decided', 'published'], containing: null, offset: 0, limit: 20, within: withinOf(use) });
  return ok({ unit: name, asOf, current, history: own, former, formerDiffer: new Set(last).size > 1, openCases: await rowsOf(use, open.filter((row) => row.unitId === unit.unitId)) });
}

/** Statuses in force on a day, of areas that exist on it: a merged unit takes its status with it. */
export async function heldOn(tx: Tx, day: PlainDate, province: string | null = null): Promise<HeldOnDay[]> {
  const rows = await listHeldOn(tx, day, province);
  const standing: HeldOnDay[] = [];
  for (const row of rows) {
    const unit = await getUnit(tx, row.unit, day);
    if (unit.ok && unit.value.unitId === row.unitId) standing.push(row);
  }
  return standing;
}
/** What persons decided of a period, by area: for screens that lay decisions over proposals. */
export const decidedOf = (tx: Tx, period: string, province: string | null = null): Promise<HeldOnDay[]> => listDecidedOf(tx, period, province);

export type Listing = { readonly day?: PlainDate; readonly province?: string; readonly status?: AreaStatus; readonly level?: 'commune' | 'province'; readonly page?: number };
const unlisted: readonly AreaStatus[] = ['not-classified', 'not-key-complex'];
export async function listOn({ tx, now }: UseCase, query: Listing) {
  const asOf = query.day ?? now.today;
  const tree = await getTree(tx, asOf);
  const level = query.level ?? 'commune';
  const rows = (await heldOn(tx, asOf, query.province ?? null)).filter((row) => row.level === level && !unlisted.includes(row.status));
  const names = new Map(tree.provinces.map((one) => [one.code, one.nameVi]));
  const wanted = query.status === undefined ? rows : rows.filter((row) => row.status === query.status);
  const offset = offsetOf(query.page);
  return {
    asOf, total: wanted.length, page: query.page ?? 1, pageSize,
    rows: wanted.slice(offset, offset + pageSize).map((row): ListedRow => ({
      unit: { code: row.unit, nameVi: row.unitName, level: row.level, province: row.province, provinceNameVi: names.get(row.province) ?? row.province }, status: row.status, period: row.period, number: row.number, decidedOn: row.decidedOn, from: row.fromDay, reviewOpen: row.reviewOpen,
    })),
    counts: areaStatuses.flatMap((status) => { const areas = rows.filter((row) => row.status === status).length; return areas === 0 ? [] : [{ status, areas }]; }),
    communes: tree.provinces.filter((one) => query.province === undefined || one.code === query.province).reduce((sum, one) => sum + one.communes.length, 0),
  };
}

const noticeStanding = (row: ItemRow): NoticeItem['standing'] => (row.setAside ? 'set-aside' : row.replaced ? 'replaced' : row.inForce ? 'in-force' : 'open-to-objections');
type Reading = Pick<UseCase, 'tx' | 'services'>;
export async function publicNotices({ tx, services }: Reading, query: { readonly province?: string; readonly period?: string }) {
  const rows = await listNotices(tx, query.province ?? null, query.period ?? null);
  return { notices: rows.map(({ provinceName, rights: _, ...row }) => ({ ...row, provinceNameVi: provinceName })), synthetic: services.synthetic };
}
export async function publicNotice({ tx, services }: Reading, key: { readonly province: string; readonly period: string }): Promise<Result<Notice, Refusal>> {
  const [row] = await listNotices(tx, key.province, key.period);
  if (row === undefined) return refuse({ code: 'notice-not-found' });
  const { provinceName, rights, ...head } = row;
  const items = await listNoticeItems(tx, key.province, key.period);
  return ok({
    head: { ...head, provinceNameVi: provinceName }, rights, synthetic: services.synthetic,
    items: items.map((item) => ({ unit: item.unit, nameVi: item.unitName, kind: item.kind, status: item.status, number: item.number, decidedOn: item.decidedOn, objectionsUntil: item.objectionsUntil, standing: noticeStanding(item) })),
  });
}
