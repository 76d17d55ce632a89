/**
 * What this device keeps, as the outbox and the forms see it: named rows and one kind of change. Written against this, they
 * are proven in memory with a crash between any two steps, and run in the browser on IndexedDB (`device-store-here.ts`).
 */
export type Row = readonly [key: string, value: unknown];
/** What to write, by key; `undefined` takes the row away. */
export type Writes = ReadonlyMap<string, unknown>;

export type DeviceStore = {
  /** Every row whose key begins so, in the order of keys. A device that keeps nothing answers none. */
  readonly list: (prefix: string) => Promise<readonly Row[]>;
  /**
   * One step that no other tab comes between: reads the rows, writes what `decide` answers, all of it or nothing.
   * `decide` answering undefined writes nothing. True when the writes are on the device.
   */
  readonly change: (keys: readonly string[], decide: (found: readonly unknown[]) => Writes | undefined) => Promise<boolean>;
};

/** In memory: for tests, and for a browser that refuses to keep anything (it then says so: `lasting` false). */
export function memoryStore(rows: Map<string, unknown> = new Map()): DeviceStore {
  return {
    list: async (prefix) => [...rows].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1)),
    change: async (keys, decide) => {
      const writes = decide(keys.map((key) => rows.get(key)));
      if (writes === undefined) return false;
      for (const [key, value] of writes) {
        if (value === undefined) rows.delete(key);
        else rows.set(key, structuredClone(value));
      }
      return true;
    },
  };
}
