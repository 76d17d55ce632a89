/** Submitting and deciding from outside: each hands its command to the batcher and waits for its own answer. */
import { refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Context } from '#platform/http/bind.ts';
import { looksPersonal } from '#kernel/personal.ts';
import type { Decision, DecisionVerdict, Receipt, ReturnKey, RevisionKind, Submission } from '../schema.ts';
import { engineOf } from './engine.ts';
import { checkPrefill } from './prefill.ts';
import type { Submit } from './command.ts';

export type Sending = Pick<Context, 'actor' | 'now' | 'services' | 'commandId'>;

/** Waits for its place in a batch. @param source 'import' when a province brings the file of a unit below it */
export async function submit({ actor, now, services, commandId }: Sending, key: ReturnKey, submission: Submission, source: RevisionKind = 'form'): Promise<{ result: Result<Receipt, Refusal>; leaf?: string }> {
  if (commandId === '') return { result: refuse({ code: 'command-id-missing' }) };
  const command: Submit = { kind: 'submit', key, actor, now, commandId, submission, source };
  const answer = await engineOf(services.db).batches.send(command);
  if (answer.kind !== 'submit') throw new Error('a submission was answered as a decision');
  return answer;
}

export async function submitForm(context: Context, key: ReturnKey, submission: Submission): Promise<Result<Receipt, Refusal>> {
  const { services: { db }, actor } = context;
  const explained = await checkPrefill({ db, forms: engineOf(db).forms, actor }, key, submission);
  if (!explained.ok) return explained;
  const { result, leaf } = await submit(context, key, submission);
  if (leaf !== undefined) context.tx.leaves.push(leaf);
  return result;
}

/** Each item is decided alone: a refused one is told and holds up no other. */
export async function decideMany(context: Context, { items, step, verdict, sections, reason = '' }: Decision): Promise<Result<{ items: DecisionVerdict[]; decided: number; refused: number }, Refusal>> {
  const { actor, now, services, commandId } = context;
  if (commandId === '') return refuse({ code: 'command-id-missing' });
  if ((verdict === 'return' || verdict === 'unapprove') && reason.trim() === '') return refuse({ code: 'reason-missing' });
  if (looksPersonal(reason)) return refuse({ code: 'note-names-person' });
  const { batches } = engineOf(services.db);
  const answers = await Promise.all(items.map(({ key, rev }) => batches.send({ kind: 'decide', key, rev, actor, now, commandId, step, verdict, sections: sections ?? null, reason })));
  const verdicts = answers.flatMap((answer) => (answer.kind === 'decide' ? [answer.verdict] : []));
  for (const { leaf } of answers) if (leaf !== undefined) context.tx.leaves.push(leaf);
  const decided = verdicts.filter((one) => one.ok).length;
  return { ok: true, value: { items: verdicts, decided, refused: verdicts.length - decided } };
}
