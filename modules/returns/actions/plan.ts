/** What a batch is going to write, gathered while each command is decided; a refused command leaves nothing in it. */
import type { Leaf } from '#platform/log/record.ts';
import type { Committed, ReturnKey } from '../schema.ts';
import { Deltas } from '../rules/roll-up.ts';
import type { NewAct, NewApproval } from '../store/approvals.ts';
import type { Given, NewRevision, Saved } from '../store/batch.ts';
import type { NewViolation } from '../store/violations.ts';

export class Plan {
  readonly inserts: Saved[] = [];
  readonly updates: Saved[] = [];
  readonly standings: { readonly key: ReturnKey; readonly standing: number; readonly approved: boolean }[] = [];
  readonly revisions: NewRevision[] = [];
  readonly receipts: Omit<Given, 'kind'>[] = [];
  readonly approvals: NewApproval[] = [];
  /** By command, period and data set: what one person decided about the returns of a province at once. */
  readonly acts = new Map<string, NewAct>();
  readonly checked: ReturnKey[] = [];
  readonly violations: NewViolation[] = [];
  readonly deltas = new Deltas();
  readonly leaves: { readonly command: number; readonly leaf: Leaf }[] = [];
  readonly committed: Committed[] = [];
  readonly received: ReturnKey[] = [];
  readonly decided: ReturnKey[] = [];
  readonly #touched = new Map<string, { readonly period: string; readonly dataSet: string }>();

  touch({ period, dataSet }: ReturnKey): void {
    this.#touched.set(`${period}/${dataSet}`, { period, dataSet });
  }

  /** In the order in which their rows are locked. */
  touched(): { readonly period: string; readonly dataSet: string }[] {
    return [...this.#touched].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place);
  }
}
