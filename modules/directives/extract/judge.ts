import { hasGeneralAuthority } from './authority.ts';
import type { AuthorityMention, Clear, Deadline, NamedActor, ReasonCode, RoleMarker, Span, Target, Verdict } from './types.ts';

/** Everything the six verdicts are drawn from. `fold` is the assignment's folded text, `span` its place in the source. */
export type Evidence = {
  readonly fold: string;
  readonly span: Span;
  readonly lead: readonly NamedActor[];
  readonly leadIsClass: boolean;
  readonly refersBack: boolean;
  readonly roleMarkers: readonly RoleMarker[];
  readonly authority: readonly AuthorityMention[];
  readonly deadlines: readonly Deadline[];
  readonly product: string | null;
  readonly productSpan?: Span;
  readonly targets: readonly Target[];
};

const verdict = (state: Verdict['state'], code: ReasonCode, facts: Readonly<Record<string, string>> = {}, span?: Span): Verdict => ({ state, reason: { code, facts }, ...(span && { span }) });

const urgency = /khẩn trương|(?<!\p{L})sớm(?!\p{L})|(?<!\p{L})ngay(?!\p{L})|kịp thời|promptly|immediately|urgently|(?<!\p{L})soon(?!\p{L})/u;
const outcome = /(?:bảo đảm|đảm bảo|không để|nhằm|để)\s+\p{L}|(?<!\p{L})(?:ensure|so that|in order to)(?!\p{L})/u;
const passive = /(?:phải|cần) được|(?:must|should|shall) be /u;

function person(e: Evidence): Verdict {
  const names = e.lead.map((actor) => actor.text).join('; ');
  const span = e.lead[0]?.span;
  if (e.lead.length === 0) return passive.test(e.fold) ? verdict('missing', 'person-passive') : verdict('missing', 'person-missing');
  if (e.lead.some((actor) => actor.inherited)) return verdict('clear', 'person-inherited', { names }, span);
  if (e.refersBack) return verdict('clear', 'person-referred', { names }, span);
  return verdict('clear', e.leadIsClass ? 'person-class' : 'person-named', { names }, span);
}

function responsibility(e: Evidence): Verdict {
  if (e.roleMarkers.length > 0) return verdict('clear', 'responsibility-marked', { roles: e.roleMarkers.join(', ') });
  if (e.lead.length === 1 && !e.leadIsClass) return verdict('implicit', 'responsibility-sole', { names: e.lead[0]?.text ?? '' });
  if (e.lead.length > 1) return verdict('missing', 'responsibility-joint', { count: String(e.lead.length) });
  return verdict('missing', 'responsibility-missing');
}

function authority(e: Evidence): Verdict {
  const first = e.authority.find((one) => one.kind === 'instrument') ?? e.authority[0];
  if (first !== undefined) return verdict('clear', first.kind === 'instrument' ? 'authority-instrument' : 'authority-body', { text: first.text }, first.span);
  return hasGeneralAuthority(e.fold) ? verdict('implicit', 'authority-general') : verdict('missing', 'authority-missing');
}

function timeline(e: Evidence): Verdict {
  const due = e.deadlines.find((one) => one.value !== 'R/?');
  const codes = { absolute: 'timeline-dated', recurring: 'timeline-recurring', event: 'timeline-event' } as const;
  if (due !== undefined) return verdict('clear', codes[due.type], { text: due.text, value: due.value }, due.span);
  const open = e.deadlines[0];
  if (open !== undefined) return verdict('implicit', 'timeline-no-period', { text: open.text }, open.span);
  const hurry = urgency.exec(e.fold);
  return hurry === null ? verdict('missing', 'timeline-missing') : verdict('missing', 'timeline-urgency', { text: hurry[0] });
}

function result(e: Evidence): Verdict {
  if (e.product !== null) return verdict('clear', 'result-product', { text: e.product }, e.productSpan);
  const target = e.targets[0];
  if (target !== undefined) return verdict('clear', 'result-target', { text: target.text }, target.span);
  if (outcome.test(e.fold)) return verdict('implicit', 'result-outcome');
  return verdict('missing', e.fold.length > 0 ? 'result-activity' : 'result-missing');
}

/** The six clears of an assignment, each with the reason for its verdict. Mechanical: the same evidence gives the same verdict. */
export const judge = (e: Evidence): Readonly<Record<Clear, Verdict>> => ({
  person: person(e),
  task: verdict('clear', 'task-stated', {}, e.span),
  responsibility: responsibility(e),
  authority: authority(e),
  timeline: timeline(e),
  result: result(e),
});
