/**
 * What a process remembers by name, where a name has one value for ever, within a weight that is never exceeded: two generations,
 * each at most half of it. What was used since the last turn stays over the next; the rest is forgotten.
 */
export class Bounded<Value> {
  readonly #half: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #weight = 0;
  readonly #weigh: (key: string, value: Value) => number;

  /** @param most in the unit of `weigh`, usually bytes */
  constructor(most: number, weigh: (key: string, value: Value) => number) {
    this.#half = most / 2;
    this.#weigh = weigh;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** The value, without counting as use. */
  peek(key: string): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: Value): void {
    const weight = this.#weigh(key, value);
    if (weight > this.#half || this.#young.has(key)) return;
    if (this.#weight + weight > this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#weight = 0;
    }
    this.#young.set(key, value);
    this.#weight += weight;
  }
}
