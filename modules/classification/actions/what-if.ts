/** Other thresholds replayed on past periods beside those in force. Everything is computed from the evidence in memory; nothing is saved. */
import { refuse, RefusalError, valueOrRefusal } from '#kernel/result.ts';
import type { Standing } from '#modules/indicators/schema.ts';
import { gatherProvince } from '../rules/gather.ts';
import { firstReading, proposeCommune, proposeProvince } from '../rules/judge.ts';
import { flawsOf, isUsable, withChanges } from '../rules/thresholds.ts';
import type { Criteria, Moved, Outcome, Reading, ThresholdChange, WhatIf, WhatIfPeriod } from '../schema.ts';
import { decreeSeen } from './decrees.ts';
import { unitName } from './place.ts';
import { rowsBelow, sceneFor, shareFor, type Scene, type Use } from './read-nation.ts';
import { tallyOf } from './tally.ts';
import { classedOf } from './verdict.ts';

export type WhatIfAsked = {
  readonly unit?: string; readonly periods: readonly string[]; readonly standing?: Standing; readonly reading?: Reading; readonly changes?: readonly ThresholdChange[]; readonly criteria?: Criteria;
};

/** The other set: a whole one, or the one in force with changes. Refused when thresholds overlap or no number can meet one. */
function otherCriteria(inForce: Criteria | undefined, asked: WhatIfAsked): Criteria {
  const base = asked.criteria ?? inForce;
  if (base === undefined) throw new RefusalError(refuse({ code: 'period-not-classified', period: asked.periods[0] ?? '' }).problem);
  const made = valueOrRefusal(withChanges(base, asked.changes ?? []));
  const flaws = flawsOf(made);
  if (!isUsable(flaws)) throw new RefusalError({ ...refuse({ code: 'thresholds-refused' }).problem, ...{ flaws: flaws.filter((one) => one.weight === 'refused') } });
  return made;
}

/** Outcomes of all communes of a scene under a set of criteria, in one reading; null: older criteria. */
function outcomesUnder({ year, standing }: Scene, rows: readonly number[], criteria: Criteria | undefined, reading: Reading): Outcome[] {
  return rows.map((at): Outcome => {
    const evidence = year.rows[at]?.[standing].evidence;
    if (criteria === undefined || evidence === undefined) return 'older-criteria';
    // a reading that was asked for names the window; the first reading leaves open windows to a person, as proposals do
    return proposeCommune(criteria, evidence, reading, reading.window === firstReading.window ? null : reading.window).outcome;
  });
}

function provincesUnder(scene: Scene, criteria: Criteria | undefined, reading: Reading): Map<string, Outcome> {
  const { year, standing, unit } = scene;
  const list = year.frame.places.provinces.filter((row) => unit.depth <= 1 || row.code === unit.code);
  return new Map(list.map((row): [string, Outcome] => {
    if (criteria === undefined) return [row.code, 'older-criteria'];
    const at = year.frame.places.below.get(row.code) ?? [];
    const evidences = at.flatMap((one) => year.rows[one]?.[standing].evidence ?? []);
    const evidence = gatherProvince(evidences, classedOf(outcomesUnder(scene, at, criteria, reading)), year.provinceRoutes.get(row.code) ?? null);
    return [row.code, proposeProvince(criteria, evidence, reading).outcome];
  }));
}

function sideBySide(scene: Scene, other: Criteria, reading: Reading): WhatIfPeriod {
  const { year } = scene;
  const { places, decree } = year.frame;
  const rows = rowsBelow(scene);
  const before = outcomesUnder(scene, rows, decree?.criteria, reading);
  const after = outcomesUnder(scene, rows, other, reading);
  const moved: Moved[] = [];
  const flows = new Map<string, number>();
  rows.forEach((at, i) => {
    const [was, is, unit] = [before[i], after[i], places.communes[at]];
    if (was === undefined || is === undefined || unit === undefined || was === is) return;
    moved.push({ code: unit.code, nameVi: unit.nameVi, province: unit.province, before: was, after: is });
    flows.set(`${was} ${is}`, (flows.get(`${was} ${is}`) ?? 0) + 1);
  });
  const [tallyBefore, tallyAfter] = [tallyOf(before, rows.length), tallyOf(after, rows.length)];
  const [was, is] = [provincesUnder(scene, decree?.criteria, reading), provincesUnder(scene, other, reading)];
  return {
    period: year.frame.period.id, decree: decree === undefined ? null : decreeSeen(decree), before: tallyBefore, after: tallyAfter,
    shareBefore: shareFor(scene, scene.unit.code, tallyBefore, null), shareAfter: shareFor(scene, scene.unit.code, tallyAfter, null),
    gained: moved.filter((one) => one.after === 'drug-free').length, lost: moved.filter((one) => one.before === 'drug-free').length,
    flows: [...flows].map(([pair, communes]) => flowOf(pair, communes)).sort((a, b) => b.communes - a.communes).slice(0, 60), moved: moved.slice(0, 500), movedTotal: moved.length,
    provinces: places.provinces.flatMap((row): Moved[] => { const [a, b] = [was.get(row.code), is.get(row.code)]; return a === undefined || b === undefined || a === b ? [] : [{ code: row.code, nameVi: row.nameVi, province: row.province, before: a, after: b }]; }),
  };
}
/** Keys were made of two outcomes with a blank between. */
function flowOf(pair: string, communes: number): WhatIfPeriod['flows'][number] {
  const [before, after] = pair.split(' ');
  return { before: before as Outcome, after: after as Outcome, communes }; // made just above from two outcomes
}

/** @throws RefusalError thresholds-refused, change-names-nothing, and those of every read */
export async function readWhatIf(use: Use, asked: WhatIfAsked): Promise<WhatIf> {
  const reading = asked.reading ?? firstReading;
  const scenes: Scene[] = [];
  for (const period of [...new Set(asked.periods)]) scenes.push(await sceneFor(use, { period, ...(asked.unit === undefined ? {} : { unit: asked.unit }), ...(asked.standing === undefined ? {} : { standing: asked.standing }) }));
  const newest = scenes.find((scene) => scene.year.frame.decree !== undefined) ?? scenes[0];
  if (newest === undefined) throw new RefusalError(refuse({ code: 'period-not-classified', period: '' }).problem);
  const shown = otherCriteria(newest.year.frame.decree?.criteria, asked);
  return {
    unit: unitName(newest.unit), standing: newest.standing, reading, criteria: shown, flaws: flawsOf(shown), besideOf: [...newest.of],
    periods: scenes.map((scene) => sideBySide(scene, otherCriteria(scene.year.frame.decree?.criteria ?? newest.year.frame.decree?.criteria, asked), reading)),
  };
}
