/** Decisions of prevention: what a month may hold, how a pilot moves, ends and is replicated. Pure, no clock. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Area, Measured, Model, Pilot, PilotResult } from '../schema.ts';
import { firstSchoolYear, schoolYearOf } from './school-year.ts';

type Held = { readonly sites: number; readonly sessions: number; readonly reached: number; readonly components: readonly number[] };
/** A month lies in a school year of the programme and is not ahead; sites without a session, or people without one, are a mistake. */
export function activityAllowed(model: Model, month: string, held: Held, facts: { readonly today: PlainDate; readonly sitesBase: number | null }): Result<true, Refusal> {
  if (model.state === 'retired') return refuse({ code: 'prevention-retired' });
  if (month > facts.today.slice(0, 7) || schoolYearOf(`${month}-01`) < firstSchoolYear) return refuse({ code: 'prevention-month-outside', month });
  const unknown = held.components.find((at) => at >= model.components.length);
  if (unknown !== undefined) return refuse({ code: 'prevention-component-unknown' });
  if (facts.sitesBase !== null && held.sites > facts.sitesBase) return refuse({ code: 'prevention-more-than-base', sites: facts.sitesBase });
  if (!countsAgree(held)) return refuse({ code: 'prevention-counts-disagree' });
  return ok(true);
}
const countsAgree = ({ sites, sessions, reached, components }: Held): boolean => (sessions === 0 ? reached === 0 && components.length === 0 && sites === 0 : sites > 0 && sites <= sessions);

/** People are reached by activities: none without one. */
export const driveCountsAgree = ({ activities, reached }: { readonly activities: number; readonly reached: number }): boolean => activities > 0 || reached === 0;

/** Change in the pilot's area less change in the comparison. @returns in the unit of the measure; null until measured */
export const differenceOf = (measured: Measured | null): number | null =>
  (measured === null ? null : Math.round(((measured.after - measured.before) - (measured.comparisonAfter - measured.comparisonBefore)) * 1000) / 1000);

export function pilotAllowed(areas: readonly Area[], comparison: readonly Area[], days: { readonly startsOn: PlainDate; readonly endsOn: PlainDate }): Result<true, Refusal> {
  if (days.endsOn <= days.startsOn) return refuse({ code: 'prevention-days-wrong' });
  const tried = new Set(areas.map((area) => area.commune));
  const both = comparison.find((area) => tried.has(area.commune));
  return both === undefined ? ok(true) : refuse({ code: 'prevention-areas-overlap', unit: both.commune });
}

const movesOf: Readonly<Record<Pilot['state'], readonly ('start' | 'stop' | 'conclude' | 'replicate')[]>> = { planned: ['start', 'stop'], running: ['stop', 'conclude'], concluded: ['replicate'], stopped: [] };
/** What may be done with a pilot now: one table that draws the buttons and refuses on the server. */
export const pilotMoves = (pilot: Pick<Pilot, 'state' | 'result' | 'endsOn'>, today: PlainDate) => movesOf[pilot.state].filter((move) => (move === 'conclude' ? today >= pilot.endsOn : move === 'replicate' ? pilot.result === 'supported' : true));

type Conclusion = { readonly measured: Measured; readonly result: PilotResult; readonly lesson: string };
/**
 * May a pilot be concluded so? Not before its last day, not without a lesson, and "supported" or "not supported" only where the
 * difference against the comparison points that way; a result nobody can read from the figures is "unclear".
 */
export function conclusionAllowed(pilot: Pilot, { measured, result, lesson }: Conclusion, today: PlainDate): Result<true, Refusal> {
  if (pilot.state !== 'running') return refuse({ code: 'prevention-move-not-now', state: pilot.state });
  if (today < pilot.endsOn) return refuse({ code: 'prevention-too-early', endsOn: pilot.endsOn });
  if (lesson.trim() === '') return refuse({ code: 'prevention-lesson-missing' });
  const toBetter = (differenceOf(measured) ?? 0) * (pilot.better === 'up' ? 1 : -1);
  if ((result === 'supported' && toBetter <= 0) || (result === 'not-supported' && toBetter > 0)) return refuse({ code: 'prevention-result-contradicts', difference: differenceOf(measured) ?? 0 });
  return ok(true);
}
