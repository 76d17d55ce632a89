import type { Entry } from '#kernel/entry.ts';
import type { TimelineFilter } from '../schema.ts';

/** True when the timeline with this filter must show the entry; the same reading as the server's query. */
export function matches(entry: Entry, filter: TimelineFilter): boolean {
  const same = (wanted: string | undefined, value: string | null): boolean => wanted === undefined || wanted === value;
  const { from, until, action } = filter;
  return (
    same(filter.log, entry.log) && same(filter.kind, entry.kind) && same(filter.unit, entry.unit) && same(filter.role, entry.role) &&
    same(filter.actor, entry.actor) && same(filter.targetType, entry.targetType) && same(filter.target, entry.target) &&
    (from === undefined || entry.at >= from) && (until === undefined || entry.at < until) &&
    (action === undefined || entry.action === action || entry.action.startsWith(`${action}.`))
  );
}

export type View = {
  readonly filter: TimelineFilter;
  /** Ids shown, of any log. */
  readonly shown: ReadonlySet<string>;
  /** Instant of the oldest entry shown while older pages were not asked for; null when the view goes back to the beginning. */
  readonly reachesBackTo: string | null;
  /** When the view was asked for: later entries cannot be in it. */
  readonly askedAt: string;
};

/**
 * The entry is one the view should have shown and did not (SECURITY R29). Asked of every entry of a verified export, it finds what
 * a server left out: a view is only as honest as the log behind it.
 */
export const isOmitted = (entry: Entry, { filter, shown, reachesBackTo, askedAt }: View): boolean =>
  !shown.has(entry.id) && entry.at < askedAt && (reachesBackTo === null || entry.at > reachesBackTo) && matches(entry, filter);
