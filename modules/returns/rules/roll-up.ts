/** Deltas of sums and counts, added in code: microseconds here, a hundred times that in SQL. */
import type { Standing } from '../schema.ts';
import { exactSum } from './values.ts';

export type NodeKey = { readonly province: string; readonly node: string; readonly period: string; readonly dataSet: string; readonly attribute: string; readonly standing: Standing };
export const nodeText = ({ province, node, period, dataSet, attribute, standing }: NodeKey): string => `${province}/${node}/${period}/${dataSet}/${attribute}/${standing}`;

export class NodeDelta {
  readonly key: NodeKey;
  readonly sums: Float64Array;
  readonly counts: Int32Array;
  returns = 0;
  late = 0;
  constructor(key: NodeKey, length: number) {
    this.key = key;
    this.sums = new Float64Array(length);
    this.counts = new Int32Array(length);
  }

  /** Takes out what stood and puts in what stands; undefined: nothing. */
  move(before: readonly (number | null)[] | undefined, after: readonly (number | null)[] | undefined): void {
    if (before !== undefined) this.#add(before, -1);
    if (after !== undefined) this.#add(after, 1);
  }

  #add(vals: readonly (number | null)[], sign: 1 | -1): void {
    const { sums, counts } = this;
    for (let i = 0; i < vals.length; i += 1) {
      const value = vals[i];
      if (value === null || value === undefined) continue;
      sums[i] = (sums[i] ?? 0) + sign * value;
      counts[i] = (counts[i] ?? 0) + sign;
    }
  }
}

/** One return's part in the sums. */
export type Part = { readonly vals: readonly (number | null)[]; readonly late: boolean; readonly approved: boolean };
export type Moving = {
  readonly period: string; readonly dataSet: string; readonly attribute: string; readonly length: number;
  readonly before: Part | undefined; readonly after: Part;
  /** Every node that holds the return, with its shard. */
  readonly nodes: readonly { readonly province: string; readonly node: string }[];
};

/** All deltas of a batch, one a node, period, data set, attribute and standing. */
export class Deltas {
  readonly byNode = new Map<string, NodeDelta>();

  add({ before, after, nodes, length, ...place }: Moving): void {
    for (const node of nodes) {
      this.#move({ ...place, ...node, standing: 'reported' }, length, before, after);
      this.#move({ ...place, ...node, standing: 'approved' }, length, before?.approved === true ? before : undefined, after.approved ? after : undefined);
    }
  }

  #move(key: NodeKey, length: number, before: Part | undefined, after: Part | undefined): void {
    if (before === undefined && after === undefined) return;
    if (before !== undefined && after !== undefined && before.vals === after.vals && before.late === after.late) return;
    const text = nodeText(key);
    let delta = this.byNode.get(text);
    if (delta === undefined) {
      delta = new NodeDelta(key, Math.max(length, before?.vals.length ?? 0, after?.vals.length ?? 0));
      this.byNode.set(text, delta);
    }
    delta.move(before?.vals, after?.vals);
    delta.returns += Number(after !== undefined) - Number(before !== undefined);
    delta.late += Number(after?.late ?? false) - Number(before?.late ?? false);
  }

  /** In the order in which nodes are locked. */
  sorted(): NodeDelta[] {
    return [...this.byNode].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
  }
}

export type NodeState = { readonly returns: number; readonly late: number; readonly sums: readonly number[]; readonly counts: readonly number[] };
/** A node after its delta; vectors grow with the data set and never shrink. */
export function addDelta(state: NodeState | undefined, delta: NodeDelta): { returns: number; late: number; sums: number[]; counts: number[] } {
  const length = Math.max(state?.sums.length ?? 0, delta.sums.length);
  const sums = new Array<number>(length);
  const counts = new Array<number>(length);
  for (let i = 0; i < length; i += 1) {
    sums[i] = exactSum((state?.sums[i] ?? 0) + (delta.sums[i] ?? 0));
    counts[i] = (state?.counts[i] ?? 0) + (delta.counts[i] ?? 0);
  }
  return { returns: (state?.returns ?? 0) + delta.returns, late: (state?.late ?? 0) + delta.late, sums, counts };
}
