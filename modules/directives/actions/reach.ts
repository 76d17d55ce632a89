/** How far a directive has come, and the text a draft was read from. */
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { getReach, getSource } from '../schema.ts';
import { findDirective, findSource, listReach } from '../store/directives.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';

type Key = { readonly province: string; readonly directive: string };

export async function reachOf(use: UseCase, key: Key): Promise<Result<Static<(typeof getReach)['reply']>, Refusal>> {
  const directive = await findDirective(byOf(use), key.province, key.directive);
  if (directive === undefined) return notFound();
  const rows = (await listReach(use.tx, directive.origin, directive.id)).map(({ target, tasks, reachedAt }) => ({ province: target, tasks, reachedAt }));
  return ok({ state: directive.state, reached: rows.filter((row) => row.reachedAt !== null).length, of: rows.length, rows });
}

export async function sourceOf(use: UseCase, key: Key): Promise<Result<Static<(typeof getSource)['reply']>, Refusal>> {
  const directive = await findDirective(byOf(use), key.province, key.directive);
  const source = await findSource(use.tx, key.province, key.directive);
  if (directive === undefined || source === undefined) return notFound();
  const original = directive.originalSha256 === null ? null : { fileName: directive.originalName, sha256: directive.originalSha256, bytes: directive.originalBytes ?? 0 };
  return ok({ text: source.text ?? '', original });
}
