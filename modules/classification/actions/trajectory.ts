/** Drug-free communes and provinces by year against the targets, with what provinces promised and how fast it would have to go. */
import { shiftPeriod } from '#kernel/period.ts';
import { RefusalError } from '#kernel/result.ts';
import type { Target } from '#modules/definitions/schema.ts';
import { readCommitments } from '#modules/indicators/index.ts';
import type { Commitment, Standing } from '#modules/indicators/schema.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import { neededPerYear, round, shouldBeIn } from '../rules/path.ts';
import type { Trajectory, TrajectoryProvince, TrajectoryTarget, TrajectoryYear } from '../schema.ts';
import { stop } from './frame.ts';
import { unitName } from './place.ts';
import { decidedTally, rowsBelow, sceneFor, shareFor, type Scene, type Use } from './read-nation.ts';
import { judgedIn, provinceOutcome, shareOf, tallyOf } from './tally.ts';

type Asked = { readonly unit?: string; readonly standing?: Standing };
/** Official targets only: proposals of drafts judge nobody. Communes by their share; provinces by theirs. */
const official = new Set(['adopted', 'pm_instruction']);
const communeIndicators = new Set(['xa-dat-ba-dieu-kien', 'xa-duoc-cong-nhan-ty-le']);
const provinceIndicators = new Set(['tinh-duoc-cong-nhan-ty-le']);

function targetsOf(scene: Scene): { readonly target: Target; readonly of: 'communes' | 'provinces' }[] {
  return [...scene.year.frame.programme.targets.values()].flatMap((target) => {
    const of = communeIndicators.has(target.indicator ?? '') ? 'communes' as const : provinceIndicators.has(target.indicator ?? '') ? 'provinces' as const : undefined;
    return of !== undefined && official.has(target.status) && target.level === 'national' && target.low !== null && target.year !== null ? [{ target, of }] : [];
  }).sort((a, b) => (a.target.year ?? 0) - (b.target.year ?? 0) || (a.target.id < b.target.id ? -1 : 1));
}
const targetSeen = ({ target, of }: ReturnType<typeof targetsOf>[number]): TrajectoryTarget => ({ id: target.id, name: target.name, year: target.year ?? 0, low: target.low ?? 0, high: target.high, of, status: target.status, source: target.source });

/** The years the product knows, oldest first. */
async function scenesOf(use: Use, asked: Asked): Promise<Scene[]> {
  const newest = await sceneFor(use, asked);
  const scenes = [newest];
  for (let id = shiftPeriod(newest.year.frame.period.id, -1); scenes.length < 8; id = shiftPeriod(id, -1)) {
    try {
      scenes.unshift(await sceneFor(use, { ...asked, period: id }));
    } catch (error) {
      if (error instanceof RefusalError && error.problem.code === 'period-not-classified') return scenes;
      throw error;
    }
  }
  return scenes;
}

type Counts = { readonly total: number; readonly proposed: number | null; readonly decided: number | null };
function countsOf(scene: Scene, rows: readonly number[]): Counts {
  const { year, standing } = scene;
  const inForce = year.frame.decree !== undefined;
  const proposed = rows.filter((at) => year.rows[at]?.[standing].outcome === 'drug-free').length;
  return { total: rows.length, proposed: inForce ? proposed : null, decided: decidedTally(scene, rows)?.drugFree ?? null };
}
/** What counts as reached: decided where the year has been decided, else proposed. */
const reached = ({ total, proposed, decided }: Counts): number | null => { const count = decided ?? proposed; return count === null ? null : shareOf(count, total); };

const promisedFor = (commitments: readonly Commitment[], unit: string, year: string): Commitment | undefined => commitments.find((one) => one.unit === unit && one.period === year);

function yearOf(scene: Scene, points: readonly { year: number; value: number }[], commitments: readonly Commitment[]): TrajectoryYear {
  const { year, unit } = scene;
  const rows = rowsBelow(scene);
  const counts = countsOf(scene, rows);
  const id = year.frame.period.id;
  const promises = unit.depth <= 1 ? promisedBelow(scene, commitments, id) : promiseOf(commitments, unit.code, id, counts.total);
  const tally = tallyOf(rows.map((at) => year.rows[at]?.[scene.standing].outcome ?? 'cannot-judge'), rows.length);
  return {
    period: id, ended: year.frame.period.ended, total: counts.total, decided: counts.decided, proposed: counts.proposed, committed: promises, committedShare: promises === null ? null : shareOf(promises, counts.total),
    share: shareFor(scene, unit.code, tally, decidedTally(scene, rows)), shouldBe: shouldBeIn(Number(id), points),
  };
}
const promiseOf = (commitments: readonly Commitment[], unit: string, year: string, communes: number): number | null => { const one = promisedFor(commitments, unit, year); return one === undefined ? null : Math.round((one.value * communes) / 100); };
function promisedBelow({ year }: Scene, commitments: readonly Commitment[], id: string): number | null {
  const list = year.frame.places.provinces.map((row) => promiseOf(commitments, row.code, id, year.frame.places.below.get(row.code)?.length ?? 0)).filter((one) => one !== null);
  return list.length === 0 ? null : list.reduce((sum, one) => sum + one, 0);
}

type Goal = { readonly year: number; readonly value: number };
function provinceOf(row: UnitRow, scenes: readonly Scene[], goal: Goal | undefined, commitments: readonly Commitment[]): TrajectoryProvince | undefined {
  const scene = scenes.at(-1);
  if (scene === undefined) return undefined;
  const rowsIn = (one: Scene): readonly number[] => one.year.frame.places.below.get(row.code) ?? [];
  const counts = scenes.map((one) => countsOf(one, rowsIn(one)));
  const now = counts.at(-1) ?? { total: 0, proposed: null, decided: null };
  const share = reached(now);
  const before = counts.length > 1 ? reached(counts.at(-2) ?? now) : null;
  const own = commitments.filter((one) => one.unit === row.code).sort((a, b) => (a.period < b.period ? -1 : 1));
  const highest = own.at(-1);
  const aim = goal === undefined ? undefined : highest !== undefined && Number(highest.period.slice(0, 4)) >= goal.year && highest.value > goal.value ? { year: Number(highest.period.slice(0, 4)), value: highest.value } : goal;
  const needed = aim === undefined ? null : neededPerYear(share, Number(scene.year.frame.period.id), aim);
  const made = share === null || before === null ? null : round(share - before);
  const due = own.findLast((one) => one.period.slice(0, 4) <= scene.year.frame.period.id);
  const tally = tallyOf(judgedIn(scene.year, scene.standing, row.code).map((one) => one.outcome), now.total);
  return {
    code: row.code, nameVi: row.nameVi, communes: now.total, decided: now.decided, proposed: now.proposed, share: shareFor(scene, row.code, tally, decidedTally(scene, rowsIn(scene))),
    commitments: own.slice(-12).map(({ period, value, basis }) => ({ period, value, basis })), neededPerYear: needed, madeLastYear: made, communesPerYear: needed === null ? null : Math.ceil((needed * now.total) / 100),
    keeps: share === null ? 'cannot-judge' : due === undefined ? 'no-commitment' : share >= due.value ? 'ahead' : 'behind',
  };
}

/** @throws RefusalError of every read; level-not-classified for a commune */
export async function readTrajectory(use: Use, asked: Asked): Promise<Trajectory> {
  const scenes = await scenesOf(use, asked);
  const newest = scenes.at(-1) ?? stop({ code: 'period-not-classified', period: '' });
  if (newest.unit.depth > 2) stop({ code: 'level-not-classified', unit: newest.unit.code });
  const targets = targetsOf(newest);
  const ids = new Set(targets.filter((one) => one.of === 'communes').map((one) => one.target.id));
  const commitments = (await use.services.db.read(use.actor, (tx) => readCommitments(tx, null, null))).filter((one) => ids.has(one.target));
  const points = targets.filter((one) => one.of === 'communes').map(({ target }) => ({ year: target.year ?? 0, value: target.low ?? 0 }));
  const goal = points.at(-1);
  const { places } = newest.year.frame;
  const wanted = newest.unit.depth <= 1 ? places.provinces : places.provinces.filter((row) => row.code === newest.unit.code);
  const counts = scenes.map((scene) => countsOf(scene, rowsBelow(scene)));
  const now = counts.at(-1) ?? { total: 0, proposed: null, decided: null };
  const share = reached(now);
  const before = counts.length > 1 ? reached(counts.at(-2) ?? now) : null;
  const needed = goal === undefined ? null : neededPerYear(share, Number(newest.year.frame.period.id), goal);
  return {
    unit: unitName(newest.unit), standing: newest.standing, targets: targets.map(targetSeen), years: scenes.map((scene) => yearOf(scene, points, commitments)),
    provincesDrugFree: newest.unit.depth <= 1 ? scenes.map(provinceYear) : [], provinces: wanted.flatMap((row) => provinceOf(row, scenes, goal, commitments) ?? []), besideOf: [...newest.of],
    neededPerYear: needed, madeLastYear: share === null || before === null ? null : round(share - before), communesPerYear: needed === null ? null : Math.ceil((needed * now.total) / 100), promised: promisedIn(newest, commitments, goal),
  };
}

const provinceYear = (scene: Scene): Trajectory['provincesDrugFree'][number] => {
  const { provinces } = scene.year.frame.places;
  const decided = provinces.filter((row) => scene.decided.has(row.code));
  return {
    period: scene.year.frame.period.id, of: provinces.length, decided: decided.length === 0 ? null : decided.filter((row) => scene.decided.get(row.code)?.status === 'drug-free').length,
    proposed: scene.year.frame.decree === undefined ? null : provinces.filter((row) => provinceOutcome(scene.year, row.code, scene.standing) === 'drug-free').length,
  };
};

function promisedIn({ year, unit }: Scene, commitments: readonly Commitment[], goal: Goal | undefined): Trajectory['promised'] {
  const { places } = year.frame;
  const provinces = unit.depth <= 1 ? places.provinces : places.provinces.filter((row) => row.code === unit.code);
  const made = provinces.flatMap((row) => {
    const one = commitments.filter((commitment) => commitment.unit === row.code && goal !== undefined && Number(commitment.period.slice(0, 4)) <= goal.year).sort((a, b) => (a.period < b.period ? -1 : 1)).at(-1);
    return one === undefined ? [] : [(one.value * (places.below.get(row.code)?.length ?? 0)) / 100];
  });
  const total = provinces.reduce((sum, row) => sum + (places.below.get(row.code)?.length ?? 0), 0);
  const share = made.length === 0 || total === 0 ? null : round((made.reduce((sum, one) => sum + one, 0) * 100) / total);
  return { provinces: made.length, of: provinces.length, share, fallsShortBy: share === null || goal === undefined ? null : round(Math.max(0, goal.value - share)) };
}
