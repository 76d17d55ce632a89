/** Where proposals and the figures of E13 come from: the engine. The procedure asks for them here and nowhere else. */
import type { Instant } from '#kernel/day.ts';
import type { Database } from '#platform/db/database.ts';
import type { BesideFigure, Proposal } from '../schema.ts';

/** What the engine proposes for an area on the evidence the province approved, and on everything reported. */
export type Proposed = { readonly approved: Proposal; readonly reported: Proposal };
export type Asking = { readonly db: Database; readonly period: string; readonly units: readonly string[]; readonly at: Instant };
export type Proposer = {
  /** A unit the engine does not know is left out. Values are whole: who shows them hides small ones. */
  readonly propose: (asking: Asking) => Promise<ReadonlyMap<string, Proposed>>;
  /** The figures that stand beside a drug-free share (E13), protected as for the public; empty when the programme defines none. */
  readonly beside: (asking: Omit<Asking, 'units'> & { readonly province: string }) => Promise<readonly BesideFigure[]>;
};

let proposer: Proposer | undefined;
/** Set once when the module is put together; tests of the procedure put evidence of their own in its place. */
export function proposeWith(next: Proposer): void {
  proposer = next;
}
export function proposing(): Proposer {
  if (proposer === undefined) throw new Error('nobody proposes: call proposeWith first');
  return proposer;
}
