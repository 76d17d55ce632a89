/** Where proposals and the figures of E13 come from: the engine. The procedure asks for them here and nowhere else. */
import type { Services } from '#platform/services.ts';
import type { BesideFigure } from '../schema.ts';
import { beside, propose, type Asking, type Proposed } from './engine-proposer.ts';

export type { Proposed };
export type Proposer = {
  /** What the engine proposes on the evidence the province approved, and on everything reported. A unit it does not know is left out. Values are whole: who shows them hides small ones. */
  readonly propose: (asking: Asking) => Promise<ReadonlyMap<string, Proposed>>;
  /** The figures that stand beside a drug-free share (E13), protected as for the public; empty when the programme defines none. */
  readonly beside: (asking: { readonly services: Services; readonly period: string; readonly province: string; readonly at: string }) => Promise<readonly BesideFigure[]>;
};

let proposer: Proposer = { propose, beside };
/** Tests of the procedure put evidence of their own in the engine's place. @returns what stood there */
export function proposeWith(next: Proposer): Proposer {
  const before = proposer;
  proposer = next;
  return before;
}
export const proposing = (): Proposer => proposer;
