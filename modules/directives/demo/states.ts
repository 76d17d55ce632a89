/** Realistic states, the same for the same seed and day: provinces differ in diligence, communes follow their province. */
import { addDays, daysBetween, type PlainDate } from '#kernel/day.ts';
import type { TaskState } from '../schema.ts';

/** FNV-1a as a number in [0, 1): deterministic chance. */
export function chance(...parts: readonly string[]): number {
  let hash = 2_166_136_261;
  for (const sign of parts.join('|')) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}

export type Lived = { readonly state: TaskState; readonly submittedOn: PlainDate | null; readonly percent: number; readonly extensionAskedFor: PlainDate | null };
const still = (state: TaskState, percent = 0, extensionAskedFor: PlainDate | null = null): Lived => ({ state, submittedOn: null, percent, extensionAskedFor });

export type Situation = { readonly key: string; readonly issuedOn: PlainDate; readonly dueOn: PlainDate; readonly today: PlainDate; readonly diligence: number };

/** Where a task stands today. `diligence` 0..1 of its province; all is done by then where it is above 0.55 and the day is past. */
export function livedSo({ key, issuedOn, dueOn, today, diligence }: Situation): Lived {
  const luck = chance(key, 'luck');
  const span = Math.max(10, daysBetween(issuedOn, dueOn));
  const elapsed = daysBetween(issuedOn, today) / span;
  const finished = addDays(issuedOn, Math.round(span * (0.45 + 0.7 * luck - 0.25 * diligence)));
  const past = today > dueOn;
  if (past && diligence > 0.55) return { state: 'accepted', submittedOn: finished >= today ? addDays(today, -1) : finished, percent: 100, extensionAskedFor: null };
  if (finished < addDays(today, -6) && luck < 0.55 + 0.4 * diligence) return { state: 'accepted', submittedOn: finished, percent: 100, extensionAskedFor: null };
  if (finished < today && luck < 0.7 + 0.2 * diligence) return { state: luck < 0.5 ? 'verified' : 'evidence-submitted', submittedOn: finished, percent: 95, extensionAskedFor: null };
  const progress = Math.min(90, Math.round(100 * elapsed * (0.3 + 0.5 * luck) * (0.5 + diligence)));
  const turn = chance(key, 'turn');
  if (turn < 0.04) return still('clarification-asked');
  if (turn < 0.05) return still('authority-declined');
  if (turn < 0.1 && progress > 20) return still('returned', progress);
  if (turn < 0.16 && elapsed > 0.6) return still('in-progress', progress, addDays(dueOn > today ? dueOn : today, 14));
  if (turn < 0.62) return still('in-progress', Math.max(5, progress));
  return turn < 0.82 ? still('acknowledged') : still('assigned');
}
