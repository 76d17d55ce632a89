import { useEffect, useReducer } from 'react';
import type { Box } from '../entry/boxes.ts';
import type { FieldWriter, SaveState } from '#web/offline/field-writer.ts';
import type { GridStore, Totals } from './grid-store.ts';

/** Draws this row again only when the store tells this row. */
export function useRow(store: GridStore, slot: number): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => store.watchRow(slot, () => again()), [store, slot]);
}

/** The counts beside and below the grid: told after the key was drawn, so that typing never waits for them. */
export function useTotals(store: GridStore): Totals {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.watchTotals(() => { timer ??= setTimeout(() => { timer = undefined; again(); }, 250); });
    return () => { stop(); clearTimeout(timer); };
  }, [store]);
  return store.totals();
}

/** Where the figures are now. Told at most five times a second: the clock shows minutes. */
export function useSaved(writer: FieldWriter): SaveState {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = writer.watch(() => { timer ??= setTimeout(() => { timer = undefined; again(); }, 200); });
    return () => { stop(); clearTimeout(timer); };
  }, [writer]);
  return writer.state;
}

/** The box the hand is in, once it rests there: help follows a moment later and never holds a key up. */
export function useNear(store: GridStore): Box | undefined {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = store.watchNear(() => { clearTimeout(timer); timer = setTimeout(again, 400); });
    return () => { stop(); clearTimeout(timer); };
  }, [store]);
  return store.near;
}
