/** Tells listeners of this process what a commit changed, after it. What other processes commit is told by `returns_pub.version`. */
import type { Committed } from '../schema.ts';

type Listener = (changes: readonly Committed[]) => void;
const listeners = new Set<Listener>();

/** @returns a function that ends the listening */
export function onCommitted(listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export function tellCommitted(changes: readonly Committed[]): void {
  if (changes.length === 0) return;
  for (const listener of listeners) listener(changes);
}
