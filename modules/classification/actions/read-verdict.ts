/** The verdict of a unit as its page shows it. */
import { addDays } from '#kernel/day.ts';
import { shiftPeriod } from '#kernel/period.ts';
import type { Context } from '#platform/http/bind.ts';
import type { Tx } from '#platform/db/tx.ts';
import { RefusalError } from '#kernel/result.ts';
import { lineage, type UnitRow } from '#modules/org-units/index.ts';
import type { Figure, Standing } from '#modules/indicators/schema.ts';
import { changesOf } from '../rules/sentences.ts';
import { gather } from '../rules/gather.ts';
import type { Decided, HistoryRow, Outcome, UnitVerdict } from '../schema.ts';
import { listDecidedOf, type HeldOnDay } from '../store/standing.ts';
import { besideFigures, besideFor, besideOf } from './beside.ts';
import { decreeSeen } from './decrees.ts';
import { frameOf, stop, type Frame } from './frame.ts';
import { nationOf } from './nation.ts';
import { hidesCounts, unitFor, unitName } from './place.ts';
import { pointsIn, type PointSource } from './register.ts';
import { answersIn, concealsProvince, exceptedOf, look, materialOf, type Found, type Material } from './verdict.ts';

type Use = Pick<Context, 'actor' | 'now' | 'services' | 'language'>;
export type VerdictAsked = { readonly unit: string; readonly period?: string; readonly standing?: Standing };

const shown = (value: number | null, hidden = false): Figure => (hidden ? { suppressed: true } : value === null ? { missing: true } : { v: value });

/** Decisions of one period by unit code. */
export async function decidedOf(tx: Tx, period: string, province: string | null): Promise<ReadonlyMap<string, Decided>> {
  return new Map((await listDecidedOf(tx, period, province)).map((row) => [row.unit, decidedSeen(row)]));
}
const decidedSeen = (row: HeldOnDay): Decided => ({ status: row.status, number: row.number, decidedOn: row.decidedOn, office: row.office, againstProposal: row.against, underReview: row.reviewOpen });

/**
 * One unit and one period, judged from what this transaction sees: the door of the procedure and of everything else that needs a proposal.
 *
 * @param tx as somebody who may read the unit's returns, or as the machinery
 * @param asked.hidden leaves counts of people in care out of the trace (SECURITY E4)
 * @throws RefusalError unit-unknown, level-not-classified, period-not-classified, programme-missing
 */
export async function verdictIn(tx: Tx, asked: { readonly unit: string; readonly period: string; readonly standing: Standing; readonly today: string; readonly hidden: boolean; readonly source: PointSource | null }): Promise<{ readonly material: Material; readonly found: Found }> {
  const frame = await frameOf(tx, asked.period, asked.today);
  const unit = frame.places.byCode.get(asked.unit) ?? stop({ code: 'unit-unknown', unit: asked.unit });
  const material = await materialOf(tx, frame, classifiable(unit), asked.source);
  return { material, found: look(material, asked) };
}

const classifiable = (unit: UnitRow): UnitRow => (unit.depth === 2 || unit.depth === 3 ? unit : stop({ code: 'level-not-classified', unit: unit.code }));

export async function readVerdict(use: Use, asked: VerdictAsked): Promise<UnitVerdict> {
  const { db } = use.services;
  const standing = asked.standing ?? 'reported';
  const read = await db.read('system', async (tx) => {
    const frame = await frameOf(tx, asked.period, use.now.today);
    const unit = classifiable(unitFor(frame.places, use.actor, asked.unit));
    const source = nationOf(db).source;
    const material = await materialOf(tx, frame, unit, source);
    return { frame, unit, material, decided: (await decidedOf(tx, frame.period.id, unit.province)).get(unit.code) ?? null, history: await historyOf(tx, { frame, unit, source, today: use.now.today }) };
  });
  const { frame, unit, material, decided } = read;
  const hidden = hidesCounts(use.actor, unit) && (unit.depth >= 3 || concealsProvince(material.communes.map((_, row) => gather(answersIn(material, row, standing), frame.due, null, 0))));
  const found = look(material, { standing, hidden });
  const other = look(material, { standing: standing === 'reported' ? 'approved' : 'reported', hidden });
  const now: HistoryRow = { period: frame.period.id, unit: unit.code, proposal: found.outcome, testsMet: found.groups[0]?.met ?? null, decided };
  return { ...placed(frame, unit, standing), asOf: use.now.at, ...proposed(found, frame, hidden), ...beyondCriteria(material, found, standing, hidden), byStanding: standing === 'reported' ? { reported: found.outcome, approved: other.outcome } : { reported: other.outcome, approved: found.outcome },
    beside: besideFigures(await besideFor(use, frame, unit.code, 'self'), unit.code, besideOf(frame, use.language)), decided, history: [now, ...read.history] };
}

function placed(frame: Frame, unit: UnitRow, standing: Standing) {
  const province = frame.places.byCode.get(unit.province);
  return {
    unit: unitName(unit), province: unit.province, provinceName: province?.nameVi ?? null, level: unit.depth === 2 ? 'province' as const : 'commune' as const, period: frame.period, treeDay: frame.places.day,
    decree: frame.decree === undefined ? null : decreeSeen(frame.decree), standing, forecast: !frame.period.ended,
  };
}

function proposed(found: Found, frame: Frame, hidden: boolean) {
  const tests = found.groups.find((one) => one.group === 'drug-free');
  const notMet = tests === undefined ? 0 : tests.of - tests.met - tests.toConclude - tests.cannotJudge;
  return {
    proposal: found.outcome, possible: [...found.possible], tests: { met: tests?.met ?? 0, toConclude: tests?.toConclude ?? 0, notMet, cannotJudge: tests?.cannotJudge ?? 0 }, classIfNotDrugFree: found.classIfNotDrugFree,
    groups: [...found.groups], readings: [...found.readings], readingsAgree: new Set(found.readings.map((one) => one.outcome)).size <= 1, changes: changesOf(found.groups, addDays(frame.period.last, 1)), hidden,
  };
}

/** What stands beside the criteria: residents, the three situations, the two accounts of points and of routes. */
function beyondCriteria(material: Material, found: Found, standing: Standing, hidden: boolean): Pick<UnitVerdict, 'residents' | 'excepted' | 'points' | 'route'> {
  const { substitution, atHome, aftercare } = exceptedOf(material, standing);
  const parts = [substitution, atHome, aftercare];
  const bare = material.communes.map((_, row) => gather(answersIn(material, row, standing), material.frame.due, null, 0));
  const reported = bare.map((one) => one.points.closing.value);
  const sum = (list: readonly (number | null)[]): number | null => (list.every((one) => one === null) ? null : list.reduce<number>((all, one) => all + (one ?? 0), 0));
  const register = material.register.points === null ? null : material.communes.reduce((all, row) => all + (pointsIn(material.register, row.code)?.closing ?? 0), 0);
  const [listed, own] = [material.communes.reduce((all, row) => all | (material.routes.get(row.code) ?? 0), 0), bare.reduce((all, one) => all | (one.route.value ?? 0), 0)];
  const ownKnown = bare.some((one) => one.route.value !== null);
  return {
    residents: shown(found.evidence.residents.value), points: { register: shown(register), reported: shown(sum(reported)), used: shown(found.evidence.points.closing.value), differ: register !== null && sum(reported) !== null && register !== sum(reported) },
    route: { reported: shown(ownKnown ? own : null), listed: shown(listed), differ: ownKnown && listed !== 0 && (listed & own) !== listed },
    excepted: { substitution: shown(substitution, hidden), atHome: shown(atHome, hidden), aftercare: shown(aftercare, hidden), total: shown(parts.includes(null) ? null : sum(parts), hidden) },
  };
}

type Past = { readonly frame: Frame; readonly unit: UnitRow; readonly source: PointSource | null; readonly today: string };
/** Earlier periods, newest first; where the unit was others then, each of them with its own status: two that merged stay two in the history. */
async function historyOf(tx: Tx, { frame, unit, source, today }: Past): Promise<HistoryRow[]> {
  const rows: HistoryRow[] = [];
  for (let id = shiftPeriod(frame.period.id, -1); rows.length < 10; id = shiftPeriod(id, -1)) {
    const before = await frameIfAny(tx, id, today);
    if (before === undefined) return rows;
    const decided = await decidedOf(tx, id, unit.province);
    for (const code of await codesThen(tx, frame, before, unit)) {
      const then = before.places.byCode.get(code);
      if (then === undefined) continue;
      const found: Found | undefined = before.decree === undefined ? undefined : look(await materialOf(tx, before, then, source), { standing: 'approved', hidden: true });
      const proposal: Outcome = found?.outcome ?? 'older-criteria';
      rows.push({ period: id, unit: code, proposal, testsMet: found?.groups[0]?.met ?? null, decided: decided.get(code) ?? null });
    }
  }
  return rows.slice(0, 11);
}

async function codesThen(tx: Tx, now: Frame, before: Frame, unit: UnitRow): Promise<readonly string[]> {
  if (before.places === now.places) return [unit.code];
  const fate = (await lineage(tx)).fate(unit.code, now.places.day, before.places.day);
  return fate.kind === 'whole' ? [fate.code] : fate.kind === 'part' ? fate.codes.slice(0, 4) : [];
}

async function frameIfAny(tx: Tx, id: string, today: string): Promise<Frame | undefined> {
  try {
    return await frameOf(tx, id, today);
  } catch (error) {
    if (error instanceof RefusalError && error.problem.code === 'period-not-classified') return undefined;
    throw error;
  }
}
