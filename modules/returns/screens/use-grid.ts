import { useEffect, useReducer } from 'react';
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
    const stop = store.watchTotals(() => { timer ??= setTimeout(() => { timer = undefined; again(); }, 30); });
    return () => { stop(); clearTimeout(timer); };
  }, [store]);
  return store.totals();
}
