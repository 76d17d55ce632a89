/** Splitting and joining lines of a draft, and what a person wrote turned into six clears. */
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Deadline, SixClears, SixClearsInput } from '../schema.ts';
import { dueDayOf, resolveDeadline, type EventDays } from './deadline.ts';

/** What was written, with its deadlines as days. @param from the document's day, or today in a draft without one */
export function sixClearsOf(input: SixClearsInput, from: PlainDate, events: EventDays): Result<SixClears, { code: 'deadline-impossible'; value: string }> {
  const deadlines: Deadline[] = [];
  for (const one of input.timeline.deadlines) {
    const resolved = resolveDeadline(one, from, events);
    if (!resolved.ok) return resolved;
    deadlines.push(resolved.value);
  }
  return ok({ ...input, timeline: { deadlines, dueOn: dueDayOf(deadlines) } });
}

/** The parts of a line cut at a UTF-16 offset of its task text. */
export function splitText(text: string, at: number): Result<readonly [string, string], { code: 'split-leaves-empty' }> {
  const first = text.slice(0, at).replace(/[\s;,]+$/u, '');
  const second = text.slice(at).replace(/^[\s;,]+/u, '');
  return first === '' || second === '' ? refuse({ code: 'split-leaves-empty' }) : ok([first, second]);
}

const union = <T>(a: readonly T[], b: readonly T[]): T[] => [...new Map([...a, ...b].map((one) => [JSON.stringify(one), one])).values()];
const joined = (a: string, b: string, by: string): string => (a === '' || a === b ? b : b === '' ? a : `${a}${by}${b}`);
const firstOf = (a: string | null, b: string | null): string | null => (a === null || a === b ? b : b === null ? a : `${a}; ${b}`);

/** Two lines as one: texts one after the other, the other cells together, nothing lost. */
export function mergeClears(a: SixClears, b: SixClears): SixClears {
  const deadlines = union(a.timeline.deadlines, b.timeline.deadlines).slice(0, 10);
  return {
    person: { offices: union(a.person.offices, b.person.offices), classes: union(a.person.classes, b.person.classes), post: a.person.post ?? b.person.post, text: joined(a.person.text, b.person.text, ', ') },
    task: { text: joined(a.task.text, b.task.text, ' ') },
    responsibility: {
      roles: union(a.responsibility.roles, b.responsibility.roles), coordinating: union(a.responsibility.coordinating, b.responsibility.coordinating),
      text: joined(a.responsibility.text, b.responsibility.text, '; '),
    },
    authority: { text: joined(a.authority.text, b.authority.text, '; ') },
    timeline: { deadlines, dueOn: dueDayOf(deadlines) },
    result: { product: firstOf(a.result.product, b.result.product), measure: firstOf(a.result.measure, b.result.measure), targets: union(a.result.targets, b.result.targets).slice(0, 10) },
  };
}
