/** What the screens are shown of a directive and its lines. */
import { hasAccents } from '#kernel/fold.ts';
import { weakVerbs } from '../extract/ambiguous.ts';
import { foldText } from '../extract/normalise.ts';
import { officesWith } from '../rules/standing.ts';
import type { AmbiguousVerb, Assignment, DirectiveView } from '../schema.ts';
import { listAssignments, type AssignmentStored } from '../store/assignments.ts';
import { findDirective, listReach, type DirectiveStored } from '../store/directives.ts';
import { headOf } from './draft.ts';
import { namesOf } from './offices.ts';
import { byOf, type UseCase } from './use-case.ts';

function ambiguousIn(text: string): AmbiguousVerb[] {
  const folded = foldText(text);
  if (folded.length !== text.length) return []; // places would not fit the text on the screen
  return weakVerbs(folded, hasAccents(text) ? 'vi' : 'en').slice(0, 50).map(({ start, end, suggestion }) => ({ verb: text.slice(start, end), start, end, suggestion }));
}

export const assignmentView = (line: AssignmentStored): Assignment => ({
  id: line.id, ordinal: line.ordinal, position: line.position, version: line.version,
  clears: { ...line.clears, timeline: { ...line.clears.timeline, dueOn: line.dueOn } }, verdicts: line.verdicts, ambiguous: ambiguousIn(line.clears.task.text),
  span: line.spanStart === null || line.spanEnd === null ? null : { start: line.spanStart, end: line.spanEnd }, quote: line.quote, removed: line.removed,
});

/** What the actor may do with a directive; drawing and refusing ask the same. */
export function mayOf(use: UseCase, directive: DirectiveStored): DirectiveView['may'] {
  const { grants } = use.actor;
  const at = (permission: 'directives.draft' | 'directives.issue' | 'tasks.remind'): boolean => officesWith(grants, permission).includes(directive.issuerOffice);
  const original = directive.origin === directive.province;
  const standing = directive.state === 'issued' || directive.state === 'issuing';
  return {
    edit: original && directive.state === 'drafting' && at('directives.draft'), issue: original && directive.state === 'drafting' && at('directives.issue'),
    withdraw: original && standing && at('directives.issue'), remind: standing && use.may('tasks.remind', { province: directive.province }),
  };
}

/** The whole page of a directive; undefined when the reader may not see it. */
export async function directiveView(use: UseCase, province: string, id: string): Promise<DirectiveView | undefined> {
  const directive = await findDirective(byOf(use), province, id);
  if (directive === undefined) return undefined;
  const lines = await listAssignments(use.tx, province, id);
  const reach = directive.state === 'drafting' ? [] : await listReach(use.tx, directive.origin, id);
  const names = await namesOf(use.tx, [directive.issuerOffice], use.now.today, use.language);
  const drafting = directive.state === 'drafting';
  return {
    province, id, state: directive.state, version: directive.version, head: headOf(directive), issuerOffice: directive.issuerOffice, issuerName: names.office(directive.issuerOffice),
    original: directive.originalSha256 === null ? null : { fileName: directive.originalName, sha256: directive.originalSha256, bytes: directive.originalBytes ?? 0 }, reading: directive.reading,
    assignments: lines.filter((line) => drafting || !line.removed).map(assignmentView), reach: { reached: reach.filter((row) => row.reachedAt !== null).length, of: reach.length },
    createdAt: directive.createdAt, issuedAt: directive.issuedAt, may: mayOf(use, directive),
  };
}
