/** How far a directive has come, what happened to it, and the text a draft was read from. */
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { getReach, getSource, History } from '../schema.ts';
import { findDirective, findSource, listReach } from '../store/directives.ts';
import { stepsByDay } from '../store/history.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';

type Key = { readonly province: string; readonly directive: string };

export async function reachOf(use: UseCase, key: Key): Promise<Result<Static<(typeof getReach)['reply']>, Refusal>> {
  const directive = await findDirective(byOf(use), key.province, key.directive);
  if (directive === undefined) return notFound();
  const rows = (await listReach(use.tx, directive.origin, directive.id)).map(({ target, tasks, reachedAt }) => ({ province: target, tasks, reachedAt }));
  return ok({ state: directive.state, reached: rows.filter((row) => row.reachedAt !== null).length, of: rows.length, rows });
}

/** Withdrawal is the last thing that changes a directive, so its day is that of the last change. */
export async function historyOf(use: UseCase, key: Key): Promise<Result<History, Refusal>> {
  const directive = await findDirective(byOf(use), key.province, key.directive);
  if (directive === undefined) return notFound();
  const reach = await listReach(use.tx, directive.origin, directive.id);
  const reached = reach.flatMap((row) => (row.reachedAt === null ? [] : [row.reachedAt])).sort();
  return ok({
    createdAt: directive.createdAt, issuedAt: directive.issuedAt, withdrawnAt: directive.state === 'withdrawn' ? directive.updatedAt : null, reached: reached.length, of: reach.length,
    reachedAt: reached.at(-1) ?? null, days: await stepsByDay(byOf(use), directive.id, 2000),
  });
}

export async function sourceOf(use: UseCase, key: Key): Promise<Result<Static<(typeof getSource)['reply']>, Refusal>> {
  const directive = await findDirective(byOf(use), key.province, key.directive);
  const source = await findSource(use.tx, key.province, key.directive);
  if (directive === undefined || source === undefined) return notFound();
  const original = directive.originalSha256 === null ? null : { fileName: directive.originalName, sha256: directive.originalSha256, bytes: directive.originalBytes ?? 0 };
  return ok({ text: source.text ?? '', original });
}
