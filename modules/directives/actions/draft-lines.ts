/** A draft that another module writes line by line: prevention drafts the directive that carries what worked to other units. */
import { ok, type Refusal, type Result } from '#kernel/result.ts';
import type { SixClearsInput } from '../schema.ts';
import { findDirective } from '../store/directives.ts';
import { createDraft, headOf, saveHead } from './draft.ts';
import { addLine } from './lines.ts';
import { byOf, notFound, type UseCase } from './use-case.ts';

type Lines = { readonly issuerOffice?: string; readonly title: string; readonly lines: readonly SixClearsInput[] };

/**
 * Makes a draft of the actor's office with a title and lines. It is issued by a person on the directive's own page, never from here.
 *
 * @returns where the draft lies; refused as drafting by hand would be (`issuer-not-held`, `office-unknown`, `deadline-impossible` …)
 */
export async function draftOfLines(use: UseCase, { issuerOffice, title, lines }: Lines): Promise<Result<{ province: string; id: string }, Refusal>> {
  const made = await createDraft(use, { ...(issuerOffice === undefined ? {} : { issuerOffice }), text: '' });
  if (!made.ok) return made;
  const { province, id } = made.value;
  const draft = await findDirective(byOf(use), province, id);
  if (draft === undefined) return notFound();
  const named = await saveHead(use, { province, directive: id, version: draft.version, head: { ...headOf(draft), title } });
  if (!named.ok) return named;
  for (const clears of lines) {
    const added = await addLine(use, { province, directive: id }, { clears });
    if (!added.ok) return added;
  }
  return ok({ province, id });
}
