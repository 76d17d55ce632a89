/**
 * The life of a place as a table: which step leads from which state to which, what it needs, who must be another person.
 * Read by the server, which decides, and by the screens, which show the same.
 *
 * The law defines the point and its removal from the list (Decision 28/2025/QĐ-TTg, articles 2 and 6); the states between and the watch of 180
 * days follow from "keep clean what was cleared" (Plan 483/KH-BCA-C04) and are the programme's own.
 */
import type { BoardColumn, Move, State } from '../schema.ts';

export type Transition = {
  readonly from: readonly State[];
  readonly to: State;
  /** Permission that takes the step. */
  readonly by: 'hotspots.work' | 'hotspots.decide';
  readonly needs: { readonly measures?: true; readonly document?: true; readonly reason?: true };
  /** Fields the step may carry beside those it needs. */
  readonly takes: readonly ('measures' | 'document' | 'reason' | 'duplicateOf')[];
  /** Whoever reported, or resolved, in this time through may not take it. */
  readonly notBy?: 'reporter' | 'resolver';
};

export const life = {
  verify: { from: ['reported'], to: 'verified', by: 'hotspots.work', needs: {}, takes: [] },
  dismiss: { from: ['reported', 'verified'], to: 'dismissed', by: 'hotspots.decide', needs: { reason: true }, takes: ['reason', 'duplicateOf'], notBy: 'reporter' },
  list: { from: ['verified'], to: 'listed', by: 'hotspots.decide', needs: {}, takes: ['document'], notBy: 'reporter' },
  start: { from: ['listed', 'recurred'], to: 'resolving', by: 'hotspots.work', needs: { measures: true }, takes: ['measures', 'document'] },
  resolve: { from: ['resolving'], to: 'resolved', by: 'hotspots.work', needs: { measures: true }, takes: ['measures', 'document'] },
  resume: { from: ['resolved'], to: 'resolving', by: 'hotspots.work', needs: {}, takes: [] },
  remove: { from: ['resolved'], to: 'removed', by: 'hotspots.decide', needs: { document: true }, takes: ['document'], notBy: 'resolver' },
  watch: { from: ['removed'], to: 'watched', by: 'hotspots.work', needs: {}, takes: [] },
  close: { from: ['watched'], to: 'closed', by: 'hotspots.decide', needs: {}, takes: ['document'], notBy: 'resolver' },
  recur: { from: ['removed', 'watched', 'closed'], to: 'recurred', by: 'hotspots.work', needs: {}, takes: [] },
} as const satisfies Record<Move, Transition>;

/** By when the next step is taken, counted from the day the state began. Working days are those of the Labour Code. */
export const deadlines = {
  reported: { days: 7, working: true }, verified: { days: 5, working: true }, listed: { days: 10, working: true }, resolving: { days: 60, working: false }, resolved: { days: 10, working: true },
  removed: { days: 5, working: true }, recurred: { days: 1, working: true },
} as const satisfies Partial<Record<State, { readonly days: number; readonly working: boolean }>>;

/** A check may be made this many days before its day; after it, it is late. */
export const checkWindowDays = 5;

/** States in which a place is on the list: what Decision 28/2025 counts as a point left. */
export const onList: readonly State[] = ['listed', 'resolving', 'resolved', 'recurred'];
/** Reported or on the list: something is still to be done. */
export const openStates: readonly State[] = ['reported', 'verified', ...onList];
export const watchStates: readonly State[] = ['removed', 'watched'];
export const ended: readonly State[] = ['closed', 'dismissed'];

export const columnStates: Readonly<Record<BoardColumn, readonly State[]>> = {
  received: ['reported'], verified: ['verified', 'listed'], resolving: ['resolving', 'resolved'], watch: ['removed', 'watched'], recurred: ['recurred'],
};

/** Steps out of a state, in the order of the table. */
export const movesFrom = (state: State): Move[] => (Object.keys(life) as Move[]).filter((move) => (life[move].from as readonly State[]).includes(state)); // keys of the table above

/** Working days after the fourth check within which a watch is closed. */
export const closeWithinDays = 10;
