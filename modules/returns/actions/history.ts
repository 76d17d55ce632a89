/** Revisions decoded: what each changed, and a return as it stood at any of them. */
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Context } from '#platform/http/bind.ts';
import { pseudonymOf } from '#platform/log/record.ts';
import { emptyContent, notesOf, withChanges, type Content } from '../rules/content.ts';
import { decodeChanges } from '../rules/delta.ts';
import { seesWhole } from '../rules/rights.ts';
import type { ReturnKey, RevisionRow } from '../schema.ts';
import { listApprovals } from '../store/approvals.ts';
import { listRevisions, type StoredRevision } from '../store/views.ts';
import { contentHashOf, receiptCodeFor, sourceOf } from './command.ts';
import { openForm, shownApprovals, shownTexts, shownValues } from './form-view.ts';
import { movedSince } from './queue.ts';

const after = (content: Content, { changes, words }: StoredRevision): Content => withChanges(content, decodeChanges(changes), words);

/** The content at one revision, rebuilt from the log; undefined when there is no such revision. */
export async function contentAt(tx: Tx, key: ReturnKey, rev: number): Promise<Content | undefined> {
  const revisions = (await listRevisions(tx, key)).filter((one) => one.rev <= rev);
  return revisions.at(-1)?.rev === rev ? revisions.reduce<Content>(after, emptyContent) : undefined;
}

export async function returnHistory(context: Context, key: ReturnKey) {
  const opened = await openForm(context, key);
  if (!opened.ok) return opened;
  const { form, map } = opened.value;
  const { tx, actor } = context;
  const unit = map.place(key.unit);
  const whole = unit !== undefined && seesWhole(actor, unit);
  const [stored, approvals] = await Promise.all([listRevisions(tx, key), listApprovals(tx, [key])]);
  if (stored.length === 0) return refuse({ code: 'return-unknown' });
  let content: Content = emptyContent;
  const revisions: RevisionRow[] = stored.map((one) => {
    const before = content;
    content = after(content, one);
    return {
      rev: one.rev, at: one.at, kind: sourceOf(one.kind), account: pseudonymOf(one.by), mine: one.by === actor.account, receiptCode: receiptCodeFor(key, one.rev), contentHash: whole ? contentHashOf(key, content) : null,
      changes: movedSince(form, before, content, whole),
    };
  });
  return ok({ key, revisions: revisions.reverse().slice(0, 2000), total: stored.length, approvals: shownApprovals({ form, key, current: content, history: [...approvals.values()].flat(), account: actor.account, whole }) });
}

export async function returnRevision(context: Context, key: ReturnKey, rev: number): Promise<Result<{ key: ReturnKey; rev: number; at: string; slots: number[]; values: ReturnType<typeof shownValues>; notes: { slot: number; text: string }[]; contentHash: string | null }, Refusal>> {
  const opened = await openForm(context, key);
  if (!opened.ok) return opened;
  const { form, map } = opened.value;
  const revisions = (await listRevisions(context.tx, key)).filter((one) => one.rev <= rev);
  const last = revisions.at(-1);
  if (last === undefined || last.rev !== rev) return refuse({ code: 'revision-unknown' });
  const content = revisions.reduce<Content>(after, emptyContent);
  const unit = map.place(key.unit);
  const whole = unit !== undefined && seesWhole(context.actor, unit);
  const shown = shownValues(form, content, whole);
  const slots = [...form.slots.keys()].sort((a, b) => a - b);
  return ok({ key, rev, at: last.at, slots, values: slots.map((slot) => shown[slot - 1] ?? null), notes: shownTexts(form, notesOf(content.words), whole), contentHash: whole ? contentHashOf(key, content) : null });
}
