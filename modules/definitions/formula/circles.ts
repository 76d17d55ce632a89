import type { Formula } from './ast.ts';

/**
 * Indicators that are made of each other for ever.
 * @param formulas formulas of each indicator (numerator, denominator …), by its id
 * @returns the ids of one circle in its order, the first repeated at the end; undefined when there is none
 */
export function circleIn(formulas: ReadonlyMap<string, readonly Formula[]>): readonly string[] | undefined {
  const needed = new Map([...formulas].map(([id, list]) => [id, list.flatMap((formula) => formula.references).flatMap((r) => (r.kind === 'indicator' ? [r.id] : []))]));
  const settled = new Set<string>();
  for (const start of needed.keys()) {
    // A walk with its own stack: a thousand indicators in a row must not exhaust the engine's.
    const path: { id: string; next: number }[] = settled.has(start) ? [] : [{ id: start, next: 0 }];
    const onPath = new Set(path.map((step) => step.id));
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const id = needed.get(step.id)?.[step.next];
      step.next += 1;
      if (id === undefined) {
        settled.add(step.id);
        onPath.delete(step.id);
        path.pop();
      } else if (onPath.has(id)) {
        const ids = path.map((visited) => visited.id);
        return [...ids.slice(ids.indexOf(id)), id];
      } else if (!settled.has(id)) {
        onPath.add(id);
        path.push({ id, next: 0 });
      }
    }
  }
  return undefined;
}
