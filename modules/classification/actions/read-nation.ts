/** The list and the map of proposals: the nation or a province, with counts and, beside every drug-free share, the figures of E13. */
import { compareVietnamese, fold } from '#kernel/fold.ts';
import type { Context } from '#platform/http/bind.ts';
import type { Standing } from '#modules/indicators/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { Decided, DrugFreeShare, Outcome, ProvinceRow, Tally, VerdictList, VerdictMap, VerdictRow } from '../schema.ts';
import { besideFor, besideOf, besideValues, type Beside, type BesideOf } from './beside.ts';
import { decreeSeen } from './decrees.ts';
import { nationOf, type JudgedBoth, type Year } from './nation.ts';
import { unitFor, unitName } from './place.ts';
import { decidedOf } from './read-verdict.ts';
import { judgedIn, provinceOutcome, shareOf, tallyOf } from './tally.ts';

export type Use = Pick<Context, 'actor' | 'now' | 'services' | 'language'>;
/** A year with what was decided of it, for one reader. */
export type Scene = { readonly year: Year; readonly decided: ReadonlyMap<string, Decided>; readonly unit: UnitRow; readonly beside: Beside; readonly of: readonly BesideOf[]; readonly standing: Standing };

/** @throws RefusalError unit-unknown, unit-not-yours, period-not-classified, programme-missing */
export async function sceneFor(use: Use, asked: { readonly unit?: string; readonly period?: string; readonly standing?: Standing }): Promise<Scene> {
  const { db } = use.services;
  const { year, decided } = await db.read('system', async (tx) => {
    const loaded = await nationOf(db).year(tx, asked.period, use.now.today);
    return { year: loaded, decided: await decidedOf(tx, loaded.frame.period.id, null) };
  });
  const unit = unitFor(year.frame.places, use.actor, asked.unit);
  const own = await besideFor(use, year.frame, unit.code, 'self');
  const provinces = unit.depth <= 1 ? await besideFor(use, year.frame, unit.code, 'province') : new Map();
  return { year, decided, unit, beside: new Map([...own, ...provinces]), of: besideOf(year.frame, use.language), standing: asked.standing ?? 'reported' };
}

/** Places of the communes at or below a unit. */
export function rowsBelow({ year, unit }: Pick<Scene, 'year' | 'unit'>): readonly number[] {
  const { places } = year.frame;
  if (unit.depth <= 1) return places.communes.map((_, at) => at);
  if (unit.depth === 2) return places.below.get(unit.code) ?? [];
  const at = places.rowOf.get(unit.code);
  return at === undefined ? [] : [at];
}

/** The share of a unit, never without its companions. */
export function shareFor({ beside, of, year }: Pick<Scene, 'beside' | 'of' | 'year'>, unit: string, proposed: Tally, decided: Tally | null): DrugFreeShare {
  return { proposed: year.frame.decree === undefined ? null : shareOf(proposed.drugFree, proposed.total), decided: decided === null ? null : shareOf(decided.drugFree, decided.total), beside: besideValues(beside, unit, of) };
}

/** Decided statuses of some communes; null when none of them has one. */
export function decidedTally({ year, decided }: Pick<Scene, 'year' | 'decided'>, rows: readonly number[]): Tally | null {
  const found = rows.flatMap((at) => decided.get(year.frame.places.communes[at]?.code ?? '')?.status ?? []);
  return found.length === 0 ? null : tallyOf(found, rows.length);
}

export function provinceRow(scene: Scene, row: UnitRow): ProvinceRow {
  const { year, standing, decided } = scene;
  const rows = year.frame.places.below.get(row.code) ?? [];
  const tally = tallyOf(judgedIn(year, standing, row.code).map((one) => one.outcome), rows.length);
  const signed = decidedTally(scene, rows);
  return { code: row.code, nameVi: row.nameVi, tally, decidedTally: signed, outcome: provinceOutcome(year, row.code, standing), decided: decided.get(row.code) ?? null, share: shareFor(scene, row.code, tally, signed) };
}

function verdictRow({ year, decided, standing }: Scene, at: number): VerdictRow | undefined {
  const unit = year.frame.places.communes[at];
  const both: JudgedBoth | undefined = year.rows[at];
  if (unit === undefined || both === undefined) return undefined;
  const judged = both[standing];
  const signed = decided.get(unit.code) ?? null;
  const register = year.register.points?.get(unit.code)?.closing ?? (year.register.points === null ? null : 0);
  const reported = year.reportedPoints[at] ?? Number.NaN;
  return {
    code: unit.code, nameVi: unit.nameVi, kind: unit.kind, province: unit.province, outcome: judged.outcome, classIfNotDrugFree: judged.classed, tests: [...judged.tests], readingsAgree: new Set(judged.readings).size <= 1,
    pointsDiffer: register !== null && !Number.isNaN(reported) && register !== reported, missingMonths: judged.missingMonths, decided: signed, turned: signed !== null && isStatus(judged.outcome) && signed.status !== judged.outcome,
  };
}
const isStatus = (outcome: Outcome): boolean => outcome !== 'cannot-judge' && outcome !== 'to-conclude' && outcome !== 'older-criteria';

export type ListAsked = {
  readonly unit?: string; readonly period?: string; readonly standing?: Standing; readonly outcome?: Outcome; readonly decided?: Outcome;
  readonly only?: 'readings-differ' | 'points-differ' | 'turned' | 'evidence-missing'; readonly search?: string; readonly page?: number;
};
const passes: Record<NonNullable<ListAsked['only']>, (row: VerdictRow) => boolean> = {
  'readings-differ': (row) => !row.readingsAgree, 'points-differ': (row) => row.pointsDiffer, turned: (row) => row.turned, 'evidence-missing': (row) => row.missingMonths > 0 || row.outcome === 'cannot-judge',
};
const pageSize = 100;

export async function readList(use: Use, asked: ListAsked): Promise<VerdictList> {
  const scene = await sceneFor(use, asked);
  const { year, unit, standing } = scene;
  const { frame } = year;
  const below = rowsBelow(scene);
  const all = below.flatMap((at) => verdictRow(scene, at) ?? []);
  const words = fold(asked.search ?? '');
  const wanted = all.filter((row) => (asked.outcome === undefined || row.outcome === asked.outcome) && (asked.decided === undefined || row.decided?.status === asked.decided)
    && (asked.only === undefined || passes[asked.only](row)) && (words === '' || fold(row.nameVi).includes(words) || row.code === asked.search));
  const sorted = [...wanted].sort((a, b) => (a.province < b.province ? -1 : a.province > b.province ? 1 : compareVietnamese(a.nameVi, b.nameVi)));
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const page = Math.min(asked.page ?? 1, pages);
  const tally = tallyOf(all.map((row) => row.outcome), below.length);
  const signed = decidedTally(scene, below);
  return {
    period: frame.period, treeDay: frame.places.day, decree: frame.decree === undefined ? null : decreeSeen(frame.decree), standing, unit: unitName(unit), asOf: use.now.at, forecast: !frame.period.ended, tally, decidedTally: signed,
    share: shareFor(scene, unit.code, tally, signed), besideOf: [...scene.of], provinces: unit.depth <= 1 ? frame.places.provinces.map((row) => provinceRow(scene, row)) : [],
    rows: sorted.slice((page - 1) * pageSize, page * pageSize), page, pages, rowsTotal: sorted.length,
  };
}

const letters: Record<Outcome, string> = {
  'drug-free': 'd', I: '1', II: '2', III: '3', 'not-classified': 'n', 'key-complex': 'k', 'not-key-complex': 'o', 'to-conclude': 'c', 'cannot-judge': 'm', 'older-criteria': 'x',
};
export type MapAsked = { readonly unit?: string; readonly level?: 'province' | 'commune'; readonly period?: string; readonly standing?: Standing };

export async function readMap(use: Use, asked: MapAsked): Promise<VerdictMap> {
  const scene = await sceneFor(use, asked);
  const { year, unit, standing, decided } = scene;
  const { frame } = year;
  const below = rowsBelow(scene);
  const level = asked.level ?? 'commune';
  const provinces = level === 'province' ? frame.places.provinces.filter((row) => unit.depth <= 1 || row.code === unit.province) : [];
  const codes = level === 'province' ? provinces.map((row) => row.code) : below.flatMap((at) => frame.places.communes[at]?.code ?? []);
  const outcomes = level === 'province' ? provinces.map((row) => provinceOutcome(year, row.code, standing)) : below.map((at): Outcome => year.rows[at]?.[standing].outcome ?? 'cannot-judge');
  const tally = tallyOf(below.map((at): Outcome => year.rows[at]?.[standing].outcome ?? 'cannot-judge'), below.length);
  return {
    period: frame.period, treeDay: frame.places.day, standing, unit: unitName(unit), level, forecast: !frame.period.ended, codes, proposed: outcomes.map((one) => letters[one]).join(''),
    decided: codes.map((code) => { const one = decided.get(code); return one === undefined ? '-' : letters[one.status]; }).join(''), tally, share: shareFor(scene, unit.code, tally, decidedTally(scene, below)), besideOf: [...scene.of],
  };
}
