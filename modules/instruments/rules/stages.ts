/** Stages of a legislative product and its lateness: pure, no clock. */
import type { Actor, Grant } from '#kernel/actor.ts';
import { daysBetween, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { stageNames, type Instrument, type Stage, type StageName, type Standing } from '../schema.ts';
import { hasPermission } from './permissions.ts';

const placeOf = (stage: StageName): number => stageNames.indexOf(stage);
export const dayOf = (stages: readonly Stage[], stage: StageName): PlainDate | undefined => stages.find((one) => one.stage === stage)?.on;

/**
 * May a stage be dated so? Days follow the order of the stages. Only what is in force may lie ahead (a law passed today takes effect
 * later); what has passed has a number; nothing takes effect that has not passed.
 */
export function stageAllowed(stages: readonly Stage[], next: Stage, today: PlainDate): Result<true, Refusal> {
  if (next.stage !== 'in-force' && next.on > today) return refuse({ code: 'instrument-ahead', stage: next.stage });
  if (next.stage === 'passed' && next.number.trim() === '') return refuse({ code: 'instrument-number-needed' });
  if (next.stage === 'in-force' && dayOf(stages, 'passed') === undefined) return refuse({ code: 'instrument-not-passed' });
  const wrong = stages.find((one) => one.stage !== next.stage && (placeOf(one.stage) < placeOf(next.stage) ? one.on > next.on : one.on < next.on));
  return wrong === undefined ? ok(true) : refuse({ code: 'instrument-order', other: wrong.stage, on: wrong.on });
}
/** A stage is taken out from the end only where another rests on it: in force rests on passed. */
export const removable = (stages: readonly Stage[], stage: StageName): boolean => stage !== 'passed' || dayOf(stages, 'in-force') === undefined;

export function standingOf({ stages, dueOn, dueStage }: Pick<Instrument, 'stages' | 'dueOn' | 'dueStage'>, today: PlainDate): Standing {
  const come = stages.filter((one) => one.on <= today).sort((a, b) => placeOf(a.stage) - placeOf(b.stage));
  const reached = come.find((one) => placeOf(one.stage) >= placeOf(dueStage));
  const overdue = dueOn !== null && reached === undefined && dueOn < today;
  const until = reached?.on ?? (overdue ? today : undefined);
  return { stage: come.at(-1)?.stage ?? null, lateDays: dueOn === null || until === undefined ? null : daysBetween(dueOn, until), exact: reached === undefined || reached.stage === dueStage, met: reached !== undefined };
}

/** Who keeps a product: the Government Office all of the centre's, a ministry those it leads, a province its own. */
export const keeperOf = (actor: Actor, { province, leadOffice }: Pick<Instrument, 'province' | 'leadOffice'>): Grant | undefined =>
  actor.grants.find(({ role, office, reach }) => hasPermission(role, 'instruments.manage')
    && (province === '00' ? reach.level === 'nation' && (role === 'government-office' || office === leadOffice) : reach.level === 'province' && reach.province === province));
