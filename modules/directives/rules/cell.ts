/**
 * Cells of the vector and of the matrix. A stored cell is three bytes: the letter of the state, then the due day as a number.
 * A cell sent to a screen is one letter: small = within term or on time, capital = overdue or late, '-' = no task.
 */
import { addDays, daysBetween, type PlainDate } from '#kernel/day.ts';
import { emptyTally, isDelivered, isDone, officialStateOf, type Standing } from './official.ts';
import type { OfficialState, Tally, TaskState } from '../schema.ts';

export const cellLetters = {
  assigned: 'a', acknowledged: 'k', 'clarification-asked': 'c', 'authority-declined': 'x', 'in-progress': 'p', 'evidence-submitted': 'e', verified: 'f', accepted: 'd', returned: 'r',
  withdrawn: 'w',
} as const satisfies Record<TaskState, string>;

const stateOfLetter = new Map<string, TaskState>(Object.entries(cellLetters).map(([state, letter]) => [letter, state as TaskState])); // keys of the record above

export const cellBytes = 3;
/** The day that due numbers count from; 0 is "no due day", 65535 "the clock no longer runs". */
const dayZero = '2019-12-31';
const stopped = 65_535;

const dueNumber = (day: PlainDate): number => Math.min(65_534, Math.max(1, daysBetween(dayZero, day)));
export const dayOfDueNumber = (n: number): PlainDate | null => (n === 0 || n === stopped ? null : addDays(dayZero, n));

/** The three bytes of a task. Late delivery is told by a capital, because today no longer matters to it. */
export function packCell(standing: Standing): readonly [number, number, number] {
  const letter = cellLetters[standing.state].charCodeAt(0);
  const settled = isDone(standing.state) || isDelivered(standing.state);
  const late = settled && standing.dueOn !== null && standing.submittedOn !== null && standing.submittedOn > standing.dueOn;
  const due = settled || standing.state === 'withdrawn' ? stopped : standing.dueOn === null ? 0 : dueNumber(standing.dueOn);
  return [late ? letter - 32 : letter, due >> 8, due & 255];
}

/**
 * States from the farthest along to the one that waits most for somebody. Between two tasks equally late it decides which is shown,
 * so that what is shown never depends on the order in which tasks or lines happen to be read.
 */
const waiting: readonly TaskState[] = ['withdrawn', 'accepted', 'verified', 'evidence-submitted', 'in-progress', 'acknowledged', 'assigned', 'returned', 'clarification-asked', 'authority-declined'];
const waitingOf = new Map(waiting.map((state, place) => [state, place]));

/** Of several tasks of one commune in one assignment, the one its cell shows: the most pressing, by due day among the open. */
export function mostPressing<T extends Standing>(tasks: readonly T[]): T | undefined {
  const rank = (task: Standing): string => {
    if (task.state === 'withdrawn') return '9';
    if (isDone(task.state)) return `8${task.dueOn ?? ''}`;
    return `${isDelivered(task.state) ? '5' : '1'}${task.dueOn ?? '9999'}`;
  };
  const place = (task: Standing): number => waitingOf.get(task.state) ?? 0;
  return [...tasks].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : place(b) - place(a)))[0];
}

/** The number of today, for `readCells`. */
export const todayNumber = (today: PlainDate): number => daysBetween(dayZero, today);

const capital = 32;
const dash = 45;

/** The official state that a letter counts to, as a number: overdue, then open, then late, then done. */
const slotOf = (code: number): number => {
  if (code === dash) return 0;
  const small = code | capital;
  if (small === 119) return 1; // w
  const late = (code & capital) === 0;
  if (small === 100) return late ? 3 : 2; // d
  return late ? 5 : 4;
};

// Tables, because a matrix asks a million times.
const slot = Uint8Array.from({ length: 256 }, (_, code) => slotOf(code));
const states = 16;
const rank = Uint8Array.from({ length: 256 }, (_, code) => slotOf(code) * states + (waitingOf.get(stateOfLetter.get(String.fromCharCode(code | capital)) ?? 'withdrawn') ?? 0));
/** How pressing a letter on a screen is, for a commune with several: by official state, then by what waits most for somebody. */
const pressing = (code: number): number => rank[code] ?? 0;

/**
 * Reads stored cells into letters for the day, keeping the more pressing of what `into` holds already.
 *
 * @param into one byte a commune, filled with '-' at first
 * @param at where this province's communes begin in `into`
 */
export function readCells(cells: Uint8Array, into: Uint8Array, at: number, today: number): void {
  const communes = Math.min(Math.floor(cells.length / cellBytes), into.length - at);
  for (let i = 0, from = 0; i < communes; i += 1, from += cellBytes) {
    const letter = cells[from] ?? 0;
    if (letter === 0) continue;
    const due = ((cells[from + 1] ?? 0) << 8) | (cells[from + 2] ?? 0);
    const shown = due !== 0 && today > due ? letter & ~capital : letter; // "stopped" is later than any day
    const held = into[at + i] ?? dash;
    if (held === dash || pressing(shown) > pressing(held)) into[at + i] = shown;
  }
}

export const emptyCells = (communes: number): Uint8Array => new Uint8Array(communes).fill(dash);

const slots: readonly (keyof Tally | undefined)[] = [undefined, undefined, 'doneOnTime', 'doneLate', 'openWithin', 'openOverdue'];

/** The letters counted by official state. */
export function tallyOfLetters(letters: Uint8Array, start = 0, end = letters.length): Tally {
  const counts = new Uint32Array(256);
  for (let i = start; i < end; i += 1) {
    const code = letters[i] ?? dash;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  const tally = { ...emptyTally };
  counts.forEach((count, code) => {
    const counted = count === 0 ? undefined : slots[slot[code] ?? 0];
    if (counted !== undefined) tally[counted] += count;
  });
  return tally;
}

/** What one letter of the matrix says; undefined where the commune has no task. */
export function cellOf(letter: string): { readonly state: TaskState; readonly official: OfficialState | null } | undefined {
  const state = stateOfLetter.get(letter.toLowerCase());
  if (state === undefined) return undefined;
  const late = letter !== letter.toLowerCase();
  if (state === 'withdrawn') return { state, official: null };
  if (isDone(state)) return { state, official: late ? 'done-late' : 'done-on-time' };
  return { state, official: late ? 'open-overdue' : 'open-within' };
}

/** The letter a task shows on a day: what `packCell` and `readCells` give together. */
export function letterOf(standing: Standing, today: PlainDate): string {
  const letter = cellLetters[standing.state];
  const official = officialStateOf(standing, today);
  return official === 'done-late' || official === 'open-overdue' ? letter.toUpperCase() : letter;
}
