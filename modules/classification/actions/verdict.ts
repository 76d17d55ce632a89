/** The verdict of one commune or province, from its own returns as they stand in this very transaction. */
import { earlierOf } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Standing } from '#modules/indicators/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { box } from '../rules/boxes.ts';
import type { Evidence } from '../rules/evidence.ts';
import { gather, gatherProvince, seeBox, type Answers, type RegisterPoints } from '../rules/gather.ts';
import { allReadings, firstReading, proposeProvince, type Proposal } from '../rules/judge.ts';
import { judgeCommune, provinceReadings } from '../rules/readings.ts';
import { traceCommune, traceProvince } from '../rules/trace.ts';
import type { Criteria, CriteriaGroup, Outcome, Reading } from '../schema.ts';
import { readProvinceRoutes, readUnits } from '../store/answers.ts';
import { byMonth, YearAnswers } from './answers.ts';
import type { Frame } from './frame.ts';
import { judge, quartersOf, type Judged } from './nation.ts';
import { pointsIn, pointsOf, routesByCommune, type PointSource, type Register } from './register.ts';
import { sourcesOf } from './sources.ts';

/** Everything that was read for one unit: a commune, or a province with its communes. */
export type Material = {
  readonly frame: Frame; readonly unit: UnitRow; readonly communes: readonly UnitRow[]; readonly answers: YearAnswers; readonly register: Register; readonly routes: ReadonlyMap<string, number>;
  /** What the province itself reports of routes between provinces; null when it says nothing. */
  readonly ownRoute: number | null;
};

/** Reads a unit's year. @param tx as somebody who may read the unit's returns, or as the machinery */
export async function materialOf(tx: Tx, frame: Frame, unit: UnitRow, source: PointSource | null): Promise<Material> {
  const { places } = frame;
  const communes = unit.depth >= 3 ? [unit] : (places.below.get(unit.code) ?? []).flatMap((at) => places.communes[at] ?? []);
  const rowOf = new Map(communes.map((row, at) => [row.code, at]));
  const former = [...frame.oldMaps.values()].flatMap((map) => communes.flatMap((row) => map.get(row.code) ?? []));
  const last = earlierOf(frame.period.last, frame.today);
  const [read, register, routes, ownRoute] = await Promise.all([
    readUnits(tx, unit.province, [...new Set([...rowOf.keys(), ...former])], frame.months, frame.slots), pointsOf(tx, source, { first: frame.period.first, last, province: unit.province }), routesByCommune(tx, last),
    unit.depth === 2 ? ownRouteOf(tx, frame, unit.code) : null,
  ]);
  const texts = byMonth(read);
  const answers = new YearAnswers(communes.length, frame.months.length);
  frame.months.forEach((month, at) => answers.putMonth(at, texts.get(month) ?? '', rowOf, frame.oldMaps.get(month)));
  return { frame, unit, communes, answers, register, routes, ownRoute };
}

async function ownRouteOf(tx: Tx, frame: Frame, province: string): Promise<number | null> {
  if (frame.provinceRoute === undefined) return null;
  const row = (await readProvinceRoutes(tx, quartersOf(frame.period.id), frame.provinceRoute.dataSet, frame.provinceRoute.slot)).find((one) => one.orgUnit === province);
  return row === undefined ? null : row.value >= 1 ? 2 : 0;
}

export const answersIn = ({ answers }: Pick<Material, 'answers'>, row: number, standing: Standing): Answers => (standing === 'approved' ? answers.approvedOnly(row) : answers.reported(row));
const evidenceOf = (material: Material, row: number, standing: Standing): Evidence => {
  const code = material.communes[row]?.code ?? '';
  return gather(answersIn(material, row, standing), material.frame.due, pointsIn(material.register, code), material.routes.get(code) ?? 0);
};

/** Communes of class I or II among some outcomes, and those of which it is not known. */
export const classedOf = (outcomes: readonly Outcome[]): { certain: number; open: number } => ({
  certain: outcomes.filter((one) => one === 'I' || one === 'II').length, open: outcomes.filter((one) => one === 'cannot-judge').length,
});

export type Found = Proposal & {
  readonly evidence: Evidence; readonly groups: readonly CriteriaGroup[]; readonly readings: readonly { readonly reading: Reading; readonly outcome: Outcome }[]; readonly classIfNotDrugFree: Outcome | null;
};
const older: Proposal = { outcome: 'older-criteria', possible: ['older-criteria'] };
export type LookOptions = { readonly standing: Standing; readonly hidden: boolean; readonly criteria?: Criteria };

/** The proposal with every criterion. @param options.hidden counts of people in care are left out of the answer */
export function look(material: Material, { standing, hidden, criteria = material.frame.decree?.criteria }: LookOptions): Found {
  const evidences = material.communes.map((_, row) => evidenceOf(material, row, standing));
  return material.unit.depth >= 3 ? lookAtCommune(material, evidences[0] ?? emptyEvidence(material), { standing, hidden }, criteria) : lookAtProvince(material, evidences, { standing, hidden }, criteria);
}

const emptyEvidence = (material: Material): Evidence => gather({ values: new Float64Array(0), start: 0, stride: 0 }, material.frame.due, null, 0);

function lookAtCommune(material: Material, evidence: Evidence, { standing, hidden }: Omit<LookOptions, 'criteria'>, criteria: Criteria | undefined): Found {
  if (criteria === undefined) return { ...older, evidence, groups: [], readings: [], classIfNotDrugFree: null };
  const { frame, unit } = material;
  const context = { frame, unit: unit.code, standing, hidden, answers: [answersIn(material, 0, standing)], register: pointsIn(material.register, unit.code), listedRoute: material.routes.get(unit.code) ?? 0, reading: firstReading, classed: null };
  const { outcome, possible, classed, readings } = judgeCommune(criteria, evidence);
  return {
    outcome, possible, evidence, classIfNotDrugFree: classed,
    groups: traceCommune(criteria, evidence, { reading: firstReading, hidden, ended: frame.period.ended, sourcesOf: (quantity, window) => sourcesOf(context, quantity, window) }),
    readings: allReadings.map((reading, at) => ({ reading, outcome: readings[at] ?? 'cannot-judge' })),
  };
}

function lookAtProvince(material: Material, evidences: readonly Evidence[], { standing, hidden }: Omit<LookOptions, 'criteria'>, criteria: Criteria | undefined): Found {
  const { frame, unit, ownRoute } = material;
  const route = Math.max(ownRoute ?? 0, material.routes.get(unit.code) ?? 0);
  const listed = ownRoute === null && route === 0 ? null : route;
  if (criteria === undefined) return { ...older, evidence: gatherProvince(evidences, { certain: 0, open: 0 }, listed), groups: [], readings: [], classIfNotDrugFree: null };
  const judged = evidences.map((evidence): Judged => judge(criteria, evidence, 0));
  const classed = classedOf(judged.map((one) => one.outcome));
  const evidence = gatherProvince(evidences, classed, listed);
  const points = material.register.points === null ? null : material.communes.map((row) => pointsIn(material.register, row.code)).reduce<RegisterPoints>((all, one) => ({ closing: all.closing + (one?.closing ?? 0), period: all.period + (one?.period ?? 0) }), { closing: 0, period: 0 });
  const concealed = hidden && smallOrAlone(evidences);
  const context = { frame, unit: unit.code, standing, hidden: concealed, answers: material.communes.map((_, row) => answersIn(material, row, standing)), register: points, listedRoute: route, reading: firstReading, classed };
  const inReading = (at: number): Evidence => gatherProvince(evidences, classedOf(judged.map((one) => one.readings[at] ?? 'cannot-judge')), listed);
  const outcomes = provinceReadings(criteria, inReading);
  return {
    ...proposeProvince(criteria, evidence, firstReading), evidence, classIfNotDrugFree: null,
    groups: traceProvince(criteria, evidence, { reading: firstReading, hidden: concealed, ended: frame.period.ended, sourcesOf: (quantity, window) => sourcesOf(context, quantity, window) }),
    readings: allReadings.map((reading, at) => ({ reading, outcome: outcomes[at] ?? 'cannot-judge' })),
  };
}

/** A province's sum gives a commune away when it is small, or when one commune alone makes it. */
function smallOrAlone(evidences: readonly Evidence[]): boolean {
  return [(one: Evidence) => one.managed.notCounted.value, (one: Evidence) => one.managed.counted.value, (one: Evidence) => one.using.period.value].some((pick) => {
    const values = evidences.map((one) => pick(one) ?? 0).filter((value) => value > 0);
    const total = values.reduce((all, value) => all + value, 0);
    return total > 0 && (total < 10 || values.length < 2);
  });
}
export const concealsProvince = smallOrAlone;

/** People in the three situations of Art. 6.1 on the closing day, over the unit's communes. */
export function exceptedOf(material: Material, standing: Standing): { readonly substitution: number | null; readonly atHome: number | null; readonly aftercare: number | null } {
  const closing = (of: number): number | null => {
    const values = material.communes.map((_, row) => seeBox(answersIn(material, row, standing), material.frame.due, of).closing.value);
    return values.length === 0 || values.every((value) => value === null) ? null : values.reduce<number>((all, value) => all + (value ?? 0), 0);
  };
  return { substitution: closing(box.substitution), atHome: closing(box.atHome), aftercare: closing(box.aftercare) };
}
