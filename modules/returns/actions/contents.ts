/**
 * Returns as this process wrote them last, so that a correction need not carry them out of the database again. They are never trusted by
 * themselves: a locked row is used with these values only at the very revision kept, and a row that was not locked is written only while the
 * transaction that made it so is the one that wrote it last.
 */
import { keyText, type ReturnKey } from '../schema.ts';
import type { Locked, Saved } from '../store/batch.ts';
import type { Command } from './command.ts';

/** Slots of all returns kept: eight bytes each, five thousand forms of two hundred. */
const mostSlots = 1_000_000;
const mostDoubts = 10_000;

/** @property number of the transaction that wrote it; `until`: numbers come around again, so none is believed for long */
export type Held = Locked & { readonly number: string; readonly until: number };
const believedMs = 3_600_000;

export class Contents {
  readonly #byKey = new Map<string, Held>();
  readonly #doubts = new Set<string>();
  readonly #most: number;
  #slots = 0;
  constructor(most = mostSlots) {
    this.#most = most;
  }

  of(key: ReturnKey): Held | undefined {
    const held = this.#byKey.get(keyText(key));
    return held === undefined || held.until < Date.now() ? undefined : held;
  }

  /**
   * What is kept of the returns of these commands, by place; no row for one that is sent for the first time.
   *
   * @returns undefined when one of them has to be looked at: a decision, a base that is not what is kept, a doubt
   */
  believed(commands: readonly Command[]): Map<number, Held> | undefined {
    const found = new Map<number, Held>();
    for (const [at, command] of commands.entries()) {
      if (command.kind !== 'submit' || this.#doubts.has(keyText(command.key))) return undefined;
      const held = this.of(command.key);
      if (command.submission.baseRev !== (held?.rev ?? 0)) return undefined;
      if (held !== undefined) found.set(at, held);
    }
    return found;
  }

  /** After its commit, and not before. What was written longest ago gives way. @param number of the transaction that wrote it */
  keep(saved: Saved, number: string): void {
    const text = keyText(saved.key);
    this.#drop(text);
    this.#doubts.delete(text);
    if (saved.words !== null) return; // texts have no bound here
    const { rev, standing, late, approved, at, by, vals, noData, words } = saved;
    this.#byKey.set(text, { rev, standing, late, approved, at, by, vals, noData, words, number, until: Date.now() + believedMs });
    this.#slots += vals.length;
    for (const oldest of this.#byKey.keys()) {
      if (this.#slots <= this.#most) return;
      this.#drop(oldest);
    }
  }

  /** A decision moved its standing: the row is another's now. */
  forget(key: ReturnKey): void {
    this.#drop(keyText(key));
  }

  /** After a batch that failed: its returns are looked at until one is stored. */
  doubt(keys: readonly ReturnKey[]): void {
    if (this.#doubts.size > mostDoubts) this.#doubts.clear();
    for (const key of keys) {
      this.#doubts.add(keyText(key));
      this.#drop(keyText(key));
    }
  }

  /** After anything went wrong: it costs one look a return, and leaves nothing of a server that was exchanged. */
  clear(): void {
    this.#byKey.clear();
    this.#slots = 0;
  }

  #drop(text: string): void {
    const held = this.#byKey.get(text);
    if (held === undefined) return;
    this.#slots -= held.vals.length;
    this.#byKey.delete(text);
  }
}
