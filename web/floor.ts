/** Library functions newer than the engine floor (Chromium 87) that rules and screens use; syntax is lowered by the build. */
type Target = Record<string, unknown>;

function add(target: object, name: string, value: unknown): void {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}

function at(this: ArrayLike<unknown>, index: number): unknown {
  const place = Math.trunc(index) || 0;
  return this[place < 0 ? place + this.length : place];
}

export function raiseFloor(): void {
  for (const prototype of [Array.prototype, String.prototype, Uint8Array.prototype]) add(prototype, 'at', at);
  add(Array.prototype, 'findLast', function findLast(this: unknown[], test: (value: unknown, index: number) => boolean) {
    for (let i = this.length - 1; i >= 0; i -= 1) if (test(this[i], i)) return this[i];
    return undefined;
  });
  add(Array.prototype, 'findLastIndex', function findLastIndex(this: unknown[], test: (value: unknown, index: number) => boolean) {
    for (let i = this.length - 1; i >= 0; i -= 1) if (test(this[i], i)) return i;
    return -1;
  });
  add(Array.prototype, 'toSorted', function toSorted(this: unknown[], order?: (a: unknown, b: unknown) => number) { return [...this].sort(order); });
  add(Array.prototype, 'toReversed', function toReversed(this: unknown[]) { return [...this].reverse(); });
  add(Array.prototype, 'with', function withAt(this: unknown[], index: number, value: unknown) { const copy = [...this]; copy[index < 0 ? index + copy.length : index] = value; return copy; });
  add(Object, 'hasOwn', (target: Target, key: string) => Object.getOwnPropertyDescriptor(target, key) !== undefined);
  add(Object, 'groupBy', (items: Iterable<unknown>, keyOf: (item: unknown) => string) => {
    const groups: Record<string, unknown[]> = {};
    for (const item of items) {
      const key = keyOf(item);
      groups[key] = [...(groups[key] ?? []), item];
    }
    return groups;
  });
  add(globalThis, 'structuredClone', (value: unknown): unknown => JSON.parse(JSON.stringify(value)));
}
