/**
 * Values of the returns that this process wrote last, so that a correction, an approval or a repeat need not carry them out of the database
 * again. They are never trusted by themselves: the row is locked and used with them only while it stands at the very revision kept here.
 */
import { keyText, type ReturnKey } from '../schema.ts';
import type { Known } from '../store/batch.ts';

/** Slots of all returns kept: eight bytes each, five thousand forms of two hundred. */
const mostSlots = 1_000_000;

export class Contents {
  readonly #byKey = new Map<string, Known>();
  readonly #most: number;
  #slots = 0;
  constructor(most = mostSlots) {
    this.#most = most;
  }

  of(key: ReturnKey): Known | undefined {
    return this.#byKey.get(keyText(key));
  }

  /** After its commit, and not before. What was written longest ago gives way. */
  keep(key: ReturnKey, { rev, at, vals }: Known): void {
    const text = keyText(key);
    this.#drop(text);
    this.#byKey.set(text, { rev, at, vals });
    this.#slots += vals.length;
    for (const oldest of this.#byKey.keys()) {
      if (this.#slots <= this.#most) return;
      this.#drop(oldest);
    }
  }

  #drop(text: string): void {
    const held = this.#byKey.get(text);
    if (held === undefined) return;
    this.#slots -= held.vals.length;
    this.#byKey.delete(text);
  }
}
