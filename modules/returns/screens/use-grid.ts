import { useEffect, useReducer } from 'react';
import type { Box } from '../entry/boxes.ts';
import type { FieldWriter, SaveState } from '#web/offline/field-writer.ts';
import type { GridStore, Totals } from './grid-store.ts';

/** Runs once the hand has rested so long and the page has nothing else to do: what follows a key never stands before the next one. @returns how to stop */
export function atRest(work: () => void, ms: number): () => void {
  let idle: number | undefined;
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'undefined') work();
    else idle = requestIdleCallback(work, { timeout: 1000 });
  }, ms);
  return () => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
}

/** Draws this row again only when the store tells this row. */
export function useRow(store: GridStore, slot: number): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => store.watchRow(slot, () => again()), [store, slot]);
}

/** The counts beside and below the grid: told after the key was drawn, so that typing never waits for them. */
export function useTotals(store: GridStore): Totals {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let cancel: (() => void) | undefined;
    const stop = store.watchTotals(() => { cancel ??= atRest(() => { cancel = undefined; again(); }, 250); });
    return () => { stop(); cancel?.(); };
  }, [store]);
  return store.totals();
}

/** Where the figures are now. Told at most five times a second: the clock shows minutes. */
export function useSaved(writer: FieldWriter): SaveState {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let cancel: (() => void) | undefined;
    const stop = writer.watch(() => { cancel ??= atRest(() => { cancel = undefined; again(); }, 200); });
    return () => { stop(); cancel?.(); };
  }, [writer]);
  return writer.state;
}

/** The box the hand is in, once it rests there: help follows a moment later and never holds a key up. */
export function useNear(store: GridStore): Box | undefined {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let cancel: (() => void) | undefined;
    const stop = store.watchNear(() => { cancel?.(); cancel = atRest(again, 400); });
    return () => { stop(); cancel?.(); };
  }, [store]);
  return store.near;
}
