/** After a step on a draft the screen gets what it now looks like. */
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Assignment, DirectiveView } from '../schema.ts';
import { findAssignment } from '../store/assignments.ts';
import { directiveView, assignmentView } from './views.ts';
import type { UseCase } from './use-case.ts';

type Key = { readonly province: string; readonly directive: string };

export async function thenView(use: UseCase, key: Key, done: Result<unknown, Refusal>): Promise<Result<DirectiveView, Refusal>> {
  if (!done.ok) return done;
  const view = await directiveView(use, key.province, key.directive);
  return view === undefined ? refuse({ code: 'not-found' }) : ok(view);
}

export async function thenLine(use: UseCase, key: Key, done: Result<unknown, Refusal>, line?: string): Promise<Result<Assignment, Refusal>> {
  if (!done.ok) return done;
  const found = await findAssignment(use.tx, key.province, line ?? String(done.value));
  return found === undefined ? refuse({ code: 'not-found' }) : ok(assignmentView(found));
}
