/** Whether a step may be taken, and what the place is after it. Pure: takes the day, the person and what stands. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { DismissalReason, Measure, Move, State } from '../schema.ts';
import type { Permission } from './permissions.ts';
import { latest, nextCheck, type CheckMade } from './checks.ts';
import { life, movesFrom, type Transition } from './life.ts';

/** What a step is decided on. `lastDay`: the day of the step before it in this time through. */
export type Standing = {
  readonly state: State; readonly version: number; readonly lastDay: PlainDate; readonly removedOn: PlainDate | null; readonly checks: readonly CheckMade[]; readonly reporters: readonly string[]; readonly resolvers: readonly string[];
};
/** Who asks: the account, and whether it holds a permission at the place. */
export type Person = { readonly account: string; readonly holds: (permission: Permission) => boolean };
export type MoveAsked = {
  readonly move: Move; readonly version: number; readonly onDay: PlainDate; readonly measures?: readonly Measure[] | undefined; readonly documentNumber?: string | undefined; readonly documentDate?: PlainDate | undefined;
  readonly reason?: DismissalReason | undefined; readonly duplicateOf?: string | undefined;
};

const transitionOf = (move: Move): Transition => life[move];

/** What stands in the way of a person, whatever the details of the step; undefined when nothing does. */
export function obstacle(standing: Standing, move: Move, person: Person): Refusal | undefined {
  const step = transitionOf(move);
  if (!step.from.includes(standing.state)) return { code: 'step-not-now', ...{ state: standing.state, move } };
  if (!person.holds(step.by)) return { code: person.holds('hotspots.work') ? 'step-not-yours' : 'not-your-area' };
  if (step.notBy === 'reporter' && standing.reporters.includes(person.account)) return { code: 'own-report' };
  if (step.notBy === 'resolver' && standing.resolvers.includes(person.account)) return { code: 'own-resolution' };
  return move === 'close' ? watchUnfinished(standing) : undefined;
}

/** A watch ends with four checks, the last of which found nothing. */
function watchUnfinished({ removedOn, checks }: Standing): Refusal | undefined {
  const next = removedOn === null ? undefined : nextCheck(removedOn, checks);
  if (next !== undefined) return { code: 'checks-missing', ...{ day: next.day, on: next.dueOn } };
  return latest(checks)?.result === 'clean' ? undefined : { code: 'signs-open' };
}

const fieldOf = { measures: 'measures', documentNumber: 'document', documentDate: 'document', reason: 'reason', duplicateOf: 'duplicateOf' } as const;

/** @returns the state after the step */
export function decideMove(standing: Standing, asked: MoveAsked, person: Person, today: PlainDate): Result<State, Refusal> {
  if (asked.version !== standing.version) return refuse({ code: 'place-changed', version: standing.version, state: standing.state });
  const blocked = obstacle(standing, asked.move, person);
  if (blocked !== undefined) return { ok: false, problem: blocked };
  if (asked.onDay > today) return refuse({ code: 'day-in-future', day: asked.onDay, today });
  if (asked.onDay < standing.lastDay) return refuse({ code: 'day-before-step', day: asked.onDay, earliest: standing.lastDay });
  const { needs, takes, to } = transitionOf(asked.move);
  const stray = (Object.keys(fieldOf) as (keyof typeof fieldOf)[]).find((field) => asked[field] !== undefined && !takes.includes(fieldOf[field])); // keys of the record above
  if (stray !== undefined) return refuse({ code: 'field-not-of-step', field: stray });
  if (needs.measures === true && (asked.measures ?? []).length === 0) return refuse({ code: 'measures-missing' });
  if (needs.reason === true && asked.reason === undefined) return refuse({ code: 'dismissal-reason-missing' });
  if (needs.document === true && (asked.documentNumber === undefined || asked.documentDate === undefined)) return refuse({ code: 'document-missing' });
  if (asked.documentDate !== undefined && asked.documentDate > today) return refuse({ code: 'document-in-future', day: asked.documentDate, today });
  return ok(to);
}

/** The steps out of the present state with what stands in this person's way, '' for nothing. Steps of another office are left out. */
export function nextSteps(standing: Standing, person: Person): { readonly move: Move; readonly refusal: string }[] {
  return movesFrom(standing.state).flatMap((move) => {
    const blocked = obstacle(standing, move, person)?.code ?? '';
    return blocked === 'not-your-area' || blocked === 'step-not-yours' ? [] : [{ move, refusal: blocked }];
  });
}
