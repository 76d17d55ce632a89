/** The other side of what is revised: a return, a day of a facility. One command, once; what others changed since the base is told, not overwritten. */
import type { Entry, Outcome } from '../outbox.ts';
import type { Office } from './world.ts';

export type Cells = Readonly<Record<string, number>>;
export type Body = { readonly base: number; readonly cells: Cells };
type Revision = { readonly id: string; readonly cells: Cells };
type Received = { readonly revision: number; readonly base: number };

const isReceived = (value: unknown): value is Received => typeof value === 'object' && value !== null && 'revision' in value && 'base' in value;
export const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && 'base' in value && 'cells' in value;

export class RevisedOffice implements Office {
  readonly receipts = new Map<string, Received>();
  private readonly subjects = new Map<string, Revision[]>();

  revisionsOf(subject: string): readonly Revision[] { return this.subjects.get(subject) ?? []; }
  get revisions(): readonly Revision[] { return [...this.subjects.values()].flat(); }

  /** The base moves up over our own revision before, when nobody came between. */
  toSend = (entry: Entry, before: unknown): Body => {
    if (!isBody(entry.body)) throw new Error('a body of another world');
    const { base, cells } = entry.body;
    return isReceived(before) && before.revision === before.base + 1 && before.base >= base ? { base: before.revision, cells } : { base, cells };
  };

  apply = ({ id, subject }: Pick<Entry, 'id' | 'subject'>, body: unknown): Outcome => {
    if (!isBody(body)) throw new Error('a body of another world');
    const known = this.receipts.get(id);
    if (known !== undefined) return { kind: 'received', receipt: `R-${id}`, answer: known };
    const revisions = this.subjects.get(subject) ?? [];
    const theirs = Object.fromEntries(revisions.slice(body.base).flatMap((revision) => Object.entries(revision.cells)).filter(([name]) => name in body.cells));
    if (Object.keys(theirs).some((name) => theirs[name] !== body.cells[name])) return { kind: 'conflict', problem: { code: 'revision-stale', revision: revisions.length, theirs } };
    this.subjects.set(subject, [...revisions, { id, cells: body.cells }]);
    const received = { revision: revisions.length + 1, base: body.base };
    this.receipts.set(id, received);
    return { kind: 'received', receipt: `R-${id}`, answer: received };
  };
}
