/** How far directives are: computed from vectors and the tasks above the communes, at the moment of asking. */
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { emptyCells, readCells, tallyOfLetters, todayNumber } from '../rules/cell.ts';
import { addTallies, emptyTally, officialStateOf, overdueRates, progressOf, tallyOf } from '../rules/official.ts';
import type { AssignmentProgress, CascadeRow, getCascade, getOverdueRates, getProgress, Tally, TaskLevel } from '../schema.ts';
import { listAssignments } from '../store/assignments.ts';
import { findDirective, listDirectives } from '../store/directives.ts';
import { listUpperTasks, ownStandings, upperStandings } from '../store/tasks.ts';
import { readVectors } from '../store/vectors.ts';
import { namesOf } from './offices.ts';
import { levelOf } from './task-view.ts';
import { byOf, type UseCase } from './use-case.ts';

export type VectorTally = { readonly directive: string; readonly root: string; readonly province: string; readonly tally: Tally };

/** Communes by official state, for each line and province. */
export async function vectorTallies(use: Pick<UseCase, 'tx' | 'now' | 'actor'>, directives: readonly string[], province: string | null): Promise<VectorTally[]> {
  const today = todayNumber(use.now.today);
  return (await readVectors(byOf(use), directives, province)).map(({ directive, root, province: at, cells }) => {
    const letters = emptyCells(Math.floor(cells.length / 3));
    readCells(cells, letters, 0, today);
    return { directive, root, province: at, tally: tallyOfLetters(letters) };
  });
}

/** True for a reader below the province: what such a reader counts are its own tasks, row by row. */
export const readsOwnOnly = (use: Pick<UseCase, 'actor'>): boolean => use.actor.grants.every((grant) => grant.reach.level === 'commune');

type LevelTallies = ReadonlyMap<string, ReadonlyMap<TaskLevel, Tally>>;
const levels = ['agency', 'province', 'commune'] as const;

async function talliesByLine(use: UseCase, directive: string, scope: string | null): Promise<LevelTallies> {
  const lines = new Map<string, Map<TaskLevel, Tally>>();
  const add = (line: string, level: TaskLevel, tally: Tally): void => {
    const held = lines.get(line) ?? new Map<TaskLevel, Tally>();
    lines.set(line, held.set(level, addTallies([held.get(level) ?? emptyTally, tally])));
  };
  if (readsOwnOnly(use)) {
    for (const task of await ownStandings(byOf(use), [directive])) add(task.assignment, 'commune', tallyOf([officialStateOf(task, use.now.today)]));
    return lines;
  }
  for (const task of await listUpperTasks(byOf(use), directive, scope)) add(task.assignment, levelOf({ ...task, commune: null }), tallyOf([officialStateOf(task, use.now.today)]));
  for (const { root, tally } of await vectorTallies(use, [directive], scope)) add(root, 'commune', tally);
  return lines;
}

export async function progressOfDirective(use: UseCase, province: string, id: string, scope: string | undefined): Promise<Result<Static<(typeof getProgress)['reply']>, Refusal>> {
  const directive = await findDirective(byOf(use), province, id);
  if (directive === undefined) return refuse({ code: 'not-found' });
  const tallies = await talliesByLine(use, id, scope ?? (province === directive.origin && province === '00' ? null : province));
  const lines = (await listAssignments(use.tx, province, id)).filter((line) => !line.removed);
  const assignments = lines.map((line): AssignmentProgress => {
    const held = tallies.get(line.id) ?? new Map<TaskLevel, Tally>();
    const byLevel = levels.flatMap((level) => { const tally = held.get(level); return tally === undefined ? [] : [{ level, tally, progress: progressOf(tally) }]; });
    const whole = addTallies(byLevel.map((one) => one.tally));
    const official = whole.openOverdue > 0 ? 'open-overdue' : whole.openWithin > 0 ? 'open-within' : whole.doneLate > 0 ? 'done-late' : whole.doneOnTime > 0 ? 'done-on-time' : null;
    return { assignment: line.id, ordinal: line.ordinal, text: line.clears.task.text, dueOn: line.dueOn, official, levels: byLevel, progress: progressOf(whole) };
  });
  const tally = addTallies(assignments.flatMap((one) => one.levels.map((level) => level.tally)));
  return ok({ asOf: use.now.today, tally, progress: progressOf(tally), assignments });
}

/** One assignment on its way down: agencies, each province's own task, and its communes counted. */
export async function cascadeOf(use: UseCase, province: string, id: string, assignment: string): Promise<Result<Static<(typeof getCascade)['reply']>, Refusal>> {
  const { tx, now } = use;
  const directive = await findDirective(byOf(use), province, id);
  if (directive === undefined) return refuse({ code: 'not-found' });
  const scope = province === '00' ? null : province;
  const upper = (await listUpperTasks(byOf(use), id, scope)).filter((task) => task.assignment === assignment);
  const communes = new Map<string, Tally>();
  for (const one of (await vectorTallies(use, [id], scope)).filter((row) => row.root === assignment)) communes.set(one.province, addTallies([communes.get(one.province) ?? emptyTally, one.tally]));
  const names = await namesOf(tx, upper.map((task) => task.holderOffice), now.today, use.language);
  const official = (task: (typeof upper)[number]) => officialStateOf(task, now.today);
  const held = Map.groupBy(upper.filter((task) => task.province !== '00'), (task) => task.province);
  const provinces = [...new Set([...held.keys(), ...communes.keys()])].sort().map((code): CascadeRow => {
    const own = held.get(code) ?? [];
    const task = own.find((one) => one.holderOffice.startsWith('UBND:')) ?? own[0];
    const below = communes.get(code) ?? emptyTally;
    return {
      province: code, task: task?.id ?? null, holderOffice: task?.holderOffice ?? null, state: task?.state ?? null, dueOn: task?.dueOn ?? null, official: task === undefined ? null : official(task),
      communes: below, progress: progressOf(below),
    };
  });
  return ok({
    asOf: now.today, provinces, communes: addTallies(communes.values()),
    agencies: upper.filter((task) => task.province === '00').map((task) => ({
      task: task.id, holderOffice: task.holderOffice, holderName: names.office(task.holderOffice), state: task.state, dueOn: task.dueOn, official: official(task),
    })),
  });
}

const mostDirectives = 1000;

/** Both overdue rates over everything the reader follows, whole and by province. */
export async function overdueRatesOf(use: UseCase, query: { readonly province?: string; readonly directive?: string }): Promise<Static<(typeof getOverdueRates)['reply']>> {
  const { now } = use;
  const scope = query.province ?? null;
  const ids = query.directive !== undefined ? [query.directive] : (await listDirectives(byOf(use), { q: null, state: null, kind: null, province: null, limit: mostDirectives, offset: 0 })).filter((row) => row.state !== 'drafting').map((row) => row.id);
  const byProvince = new Map<string, Tally>();
  const add = (province: string, tally: Tally): void => { byProvince.set(province, addTallies([byProvince.get(province) ?? emptyTally, tally])); };
  if (readsOwnOnly(use)) add(use.actor.grants[0]?.reach.level === 'commune' ? use.actor.grants[0].reach.province : '00', tallyOf((await ownStandings(byOf(use), ids)).map((task) => officialStateOf(task, now.today))));
  else {
    for (const task of await upperStandings(byOf(use), ids, scope)) add(task.province, tallyOf([officialStateOf(task, now.today)]));
    for (const one of await vectorTallies(use, ids, scope)) add(one.province, one.tally);
  }
  const tally = addTallies(byProvince.values());
  const rates = (of: Tally) => [...overdueRates(of)];
  return { asOf: now.today, tally, rates: rates(tally), byProvince: [...byProvince].sort(([a], [b]) => (a < b ? -1 : 1)).map(([province, of]) => ({ province, tally: of, rates: rates(of) })) };
}
