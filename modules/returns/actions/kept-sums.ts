/**
 * Vectors of the nodes that this process moved last. A batch adds to them without reading them first, and the server moves them only while
 * each is as this process left it: whoever else touched one (another process, an import, a repair) makes the batch run again on locked rows.
 *
 * Batches that move sums of the same period and data set take turns here, since the second adds to what the first makes.
 */
import type { NodeDelta, NodeState } from '../rules/roll-up.ts';
import { nodeText } from '../rules/roll-up.ts';
import type { NodeVector } from '../store/batch.ts';

type Held = { readonly state: NodeState; readonly number: string; readonly until: number };
export type KnownNodes = { readonly vectors: readonly NodeVector[]; readonly numbers: readonly string[] };

/** Numbers of all vectors kept, eight bytes each. */
const mostNumbers = 2_000_000;
/** Transaction numbers come around again after four thousand million; nothing is believed that long. */
const believedMs = 3_600_000;
/** After others were seen to write, rows are locked for this long before they are believed again. */
const cautiousMs = 2_000;

export class KeptSums {
  readonly #byNode = new Map<string, Held>();
  readonly #turns = new Map<string, Promise<void>>();
  #numbers = 0;
  #cautiousUntil = 0;

  /** Waits for the batches before this one that move the same sums. @returns ends the turn, after commit or rollback */
  async turn(places: readonly { readonly period: string; readonly dataSet: string }[]): Promise<() => void> {
    const keys = places.map(({ period, dataSet }) => `${period}/${dataSet}`);
    const before = keys.flatMap((key) => this.#turns.get(key) ?? []);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    for (const key of keys) this.#turns.set(key, promise.then(() => undefined));
    await Promise.all(before);
    return () => { resolve(undefined); };
  }

  /** @param add makes the vector after the delta @returns undefined unless every node is known */
  of(deltas: readonly NodeDelta[], add: (state: NodeState, delta: NodeDelta) => NodeState): KnownNodes | undefined {
    const now = Date.now();
    if (now < this.#cautiousUntil) return undefined;
    const vectors: NodeVector[] = [];
    const numbers: string[] = [];
    const held = deltas.map((delta) => this.#byNode.get(nodeText(delta.key)));
    for (const [i, delta] of deltas.entries()) {
      const one = held[i];
      if (one === undefined || one.until < now) return undefined;
      vectors.push({ delta, state: add(one.state, delta) });
      numbers.push(one.number);
    }
    return { vectors, numbers };
  }

  /** After the commit. @param number of the transaction that wrote them */
  keep(vectors: readonly NodeVector[], number: string): void {
    const until = Date.now() + believedMs;
    for (const { delta, state } of vectors) {
      const text = nodeText(delta.key);
      this.#drop(text);
      this.#byNode.set(text, { state, number, until });
      this.#numbers += 2 * state.sums.length;
    }
    for (const oldest of this.#byNode.keys()) {
      if (this.#numbers <= mostNumbers) return;
      this.#drop(oldest);
    }
  }

  /** After a batch that failed: everything is looked at before it is believed again. */
  distrust(othersWrite: boolean): void {
    this.#byNode.clear();
    this.#numbers = 0;
    if (othersWrite) this.#cautiousUntil = Date.now() + cautiousMs;
  }

  #drop(text: string): void {
    const held = this.#byNode.get(text);
    if (held === undefined) return;
    this.#numbers -= 2 * held.state.sums.length;
    this.#byNode.delete(text);
  }
}
