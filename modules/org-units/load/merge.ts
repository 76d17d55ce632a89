import { hash } from 'node:crypto';
import { ok, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { openBook } from '../actions.ts';
import { planMerger, type Merger, type MergerRefusal } from '../merger.ts';
import { localOfficesOf } from '../offices.ts';
import { listAmendments, saveAmendment, saveEditionDigest, saveMerger } from '../store/amendments.ts';
import { unitId } from './ids.ts';
import { postpone } from './postpone.ts';

const amendmentId = (merger: Merger): string => hash('sha256', JSON.stringify([[...merger.from].sort(), merger.into, merger.on])).slice(0, 16);

/**
 * Records a merger of communes that the edition of the data files does not know. The former units end on the day with their offices,
 * and `lineage` leads from them to the new one. Kept when a later edition is loaded; the same merger again changes nothing.
 * @returns the code and id of the new unit
 */
export async function mergeUnits(tx: Tx, merger: Merger, at = new Date().toISOString()): Promise<Result<{ readonly code: string; readonly unitId: string }, MergerRefusal>> {
  const id = amendmentId(merger);
  const made = unitId('commune', merger.into.code, merger.on);
  if ((await listAmendments(tx)).some((one) => one.id === id)) return ok({ code: merger.into.code, unitId: made });
  const done = await apply(tx, id, merger);
  if (!done.ok) return done;
  await saveAmendment(tx, id, merger, at);
  await record(tx, {
    province: '00', at, actor: 'system', action: 'org-units.units-merged', target: { type: 'unit', id: done.value.unitId },
    facts: { units: merger.from.length, into: merger.into.code, on: merger.on },
  });
  return done;
}

async function apply(tx: Tx, id: string, merger: Merger): Promise<Result<{ code: string; unitId: string }, MergerRefusal>> {
  const book = await openBook(tx);
  const planned = planMerger(book, merger, ({ level, code }) => unitId(level, code, merger.on));
  if (!planned.ok) return planned;
  await saveMerger(tx, planned.value, localOfficesOf(planned.value.made));
  await saveEditionDigest(tx, `${book.edition}+${id}`); // what is kept in memory is read again
  return ok({ code: merger.into.code, unitId: planned.value.made.unitId });
}

/** Puts recorded mergers on a register just loaded. One that the new edition has made itself, or contradicts, is left out and said in the log. */
export async function mergeAgain(tx: Tx, at: string): Promise<void> {
  for (const { id, merger } of await listAmendments(tx)) {
    if ('postponed' in merger) {
      const { into, on } = merger.postponed;
      if (!await postpone(tx, id, merger)) await record(tx, { province: '00', at, actor: 'system', action: 'org-units.merger-left-out', target: { type: 'amendment', id }, facts: { code: 'merger-too-few', into, on } });
      continue;
    }
    const done = await apply(tx, id, merger);
    if (!done.ok) await record(tx, { province: '00', at, actor: 'system', action: 'org-units.merger-left-out', target: { type: 'amendment', id }, facts: { code: done.problem.code, into: merger.into.code, on: merger.on } });
  }
}
