/** Edits of a grid and the way back: what one key, one paste or one "nothing to report" did is one step. Pure. */
import type { CellValue } from '../schema.ts';
import type { Box, Values } from './boxes.ts';

export type Change = { readonly slot: number; readonly before: CellValue; readonly after: CellValue };
export type Step = { readonly how: 'typed' | 'last-month' | 'pasted' | 'nothing-to-report' | 'no-data' | 'prefilled' | 'restored'; readonly changes: readonly Change[] };
export type History = { readonly done: readonly Step[]; readonly undone: readonly Step[] };
export const noHistory: History = { done: [], undone: [] };
const longest = 500;

/** A step with only what really changes; undefined when nothing does. */
export function stepOf(how: Step['how'], values: Values, wanted: Iterable<readonly [number, CellValue]>): Step | undefined {
  const changes: Change[] = [];
  for (const [slot, after] of wanted) {
    const before = values.get(slot) ?? null;
    if (before !== after) changes.push({ slot, before, after });
  }
  return changes.length === 0 ? undefined : { how, changes };
}

export const afterStep = (history: History, step: Step): History => ({ done: [...history.done.slice(1 - longest), step], undone: [] });
export const applied = (step: Step): readonly (readonly [number, CellValue])[] => step.changes.map(({ slot, after }) => [slot, after] as const);
export const reverted = (step: Step): readonly (readonly [number, CellValue])[] => step.changes.map(({ slot, before }) => [slot, before] as const);

export function undo(history: History): { readonly history: History; readonly step: Step } | undefined {
  const step = history.done[history.done.length - 1];
  return step === undefined ? undefined : { history: { done: history.done.slice(0, -1), undone: [...history.undone, step] }, step };
}
export function redo(history: History): { readonly history: History; readonly step: Step } | undefined {
  const step = history.undone[history.undone.length - 1];
  return step === undefined ? undefined : { history: { done: [...history.done, step], undone: history.undone.slice(0, -1) }, step };
}

/** "Không phát sinh": every empty box of a section becomes zero; what was filled stays as it is. */
export const nothingToReport = (boxes: readonly Box[], values: Values): readonly (readonly [number, CellValue])[] =>
  boxes.filter((box) => (values.get(box.slot) ?? null) === null).map((box) => [box.slot, 0] as const);
