/** Tells listeners of this process what a commit changed, after it. What other processes commit is told by `returns_pub.version`. */
import type { Database } from '#platform/db/database.ts';
import type { Committed } from '../schema.ts';

type Listener = (changes: readonly Committed[], db: Database) => void;
const listeners = new Set<Listener>();

/**
 * @param listener called after each commit with the returns it changed; `db` tells tests with several databases apart
 * @returns a function that ends the listening
 */
export function onCommitted(listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export function tellCommitted(db: Database, changes: readonly Committed[]): void {
  if (changes.length === 0) return;
  for (const listener of listeners) listener(changes, db);
}
