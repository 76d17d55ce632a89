/** The batcher of returns: one a process and database. Everything that writes a return goes through it. */
import type { Database } from '#platform/db/database.ts';
import { batcher, type Batcher } from '#platform/db/batcher.ts';
import { askDelivery } from '#platform/events/append.ts';
import { keyText } from '../schema.ts';
import { runBatch } from './batch.ts';
import type { Answer, Command } from './command.ts';
import { startTelling } from './changes.ts';
import { tellCommitted } from './committed.ts';
import { Contents } from './contents.ts';
import { Forms } from './forms.ts';
import { KeptSums } from './kept-sums.ts';

export type Engine = { readonly forms: Forms; readonly batches: Batcher<Command, Answer> };
const engines = new WeakMap<Database, Engine>();

/** For those who measure: transactions under way at once, and which nodes are kept. Only the first call of a database chooses. */
export type EngineOptions = { readonly lanes?: number; readonly keeps?: (node: string) => boolean };

export function engineOf(db: Database, { lanes = 2, keeps }: EngineOptions = {}): Engine {
  const known = engines.get(db);
  if (known !== undefined) return known;
  const forms = new Forms(db, keeps);
  const site = { db, forms, contents: new Contents(), sums: new KeptSums(), server: { started: null } };
  const asking = deliveryAsker(db);
  const made: Engine = {
    forms,
    batches: batcher<Command, Answer>({
      keyOf: (command) => keyText(command.key), lanes, mayRetry, concernsAll,
      async run(commands) {
        const done = await runBatch(site, commands);
        tellCommitted(db, done.committed);
        if (done.told) asking();
        return done.answers;
      },
    }),
  };
  engines.set(db, made);
  startTelling(db);
  return made;
}

const stateOf = (error: unknown): string => (typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '');
/** Deadlock, serialisation, or a row that another process made between our look and our insert. */
const mayRetry = (error: unknown): boolean => ['40P01', '40001', '23505'].includes(stateOf(error));
const concernsAll = (error: unknown): boolean => /^(08|57P0|53)/.test(stateOf(error)) || (error instanceof Error && /^Connection terminated|connection error|ECONN/.test(error.message));

/** Asks for delivery outside the batch, at most once in this time: the job's row would otherwise be locked until each commit. */
const askEveryMs = 500;
function deliveryAsker(db: Database): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      db.write('system', askDelivery).catch(() => undefined); // the events are kept: the next batch, or the job of the clock, asks again
    }, askEveryMs).unref();
  };
}
