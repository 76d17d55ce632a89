/** Judges each of the six clears of an assignment from what its cells hold: clear, implicit or missing, with the reason. */
import type { ClearVerdict, MissingCell, SixClears } from '../schema.ts';
import { clears } from '../schema.ts';
import { saysWhen } from './deadline.ts';

type Judged = Pick<ClearVerdict, 'verdict' | 'reason'>;
const clear = (reason: string): Judged => ({ verdict: 'clear', reason });
const implicit = (reason: string): Judged => ({ verdict: 'implicit', reason });
const missing = (reason: string): Judged => ({ verdict: 'missing', reason });

function person({ person: { offices, classes, text } }: SixClears): Judged {
  if (offices.length > 0) return clear('person-named');
  if (classes.length > 0) return clear('person-class');
  return text.trim() === '' ? missing('person-missing') : missing('person-unknown-office');
}

/** One holder alone is responsible even when no word says so ("implicit, sole addressee"; GUIDELINES section 4). */
function responsibility({ person: { offices, classes }, responsibility: { roles, coordinating } }: SixClears): Judged {
  if (roles.length > 0) return clear('responsibility-marked');
  if (offices.length + classes.length === 1) return implicit(coordinating.length > 0 ? 'responsibility-joint' : 'responsibility-sole');
  return missing('responsibility-missing');
}

function timeline({ timeline: { deadlines } }: SixClears): Judged {
  const said = deadlines.filter(saysWhen);
  if (said.some((deadline) => deadline.type === 'absolute')) return clear('timeline-dated');
  if (said.some((deadline) => deadline.type === 'event')) return clear('timeline-event');
  if (said.length > 0) return clear('timeline-recurring');
  return missing(deadlines.length > 0 ? 'timeline-no-period' : 'timeline-missing');
}

function result({ result: { product, measure, targets } }: SixClears): Judged {
  if (targets.length > 0) return clear('result-target');
  if ((product ?? '').trim() !== '') return clear('result-product');
  return (measure ?? '').trim() === '' ? missing('result-missing') : clear('result-outcome');
}

const judges = {
  person, responsibility, timeline, result,
  task: (six: SixClears): Judged => (six.task.text.trim() === '' ? missing('task-missing') : clear('task-stated')),
  authority: (six: SixClears): Judged => (six.authority.text.trim() === '' ? missing('authority-missing') : clear('authority-instrument')),
};

/**
 * The six verdicts, in the order of the clears.
 *
 * @param read what the reader of the document said; its reason and quotation are kept where it agrees with the cells. It may turn a
 * clear into an implicit one ("theo thẩm quyền" names nobody), never fill an empty cell.
 */
export function judge(six: SixClears, read: readonly ClearVerdict[] = []): ClearVerdict[] {
  return clears.map((name) => {
    const judged = judges[name](six);
    const said = read.find((verdict) => verdict.clear === name);
    if (said === undefined) return { clear: name, ...judged, quote: null };
    const agrees = judged.verdict === said.verdict || (judged.verdict === 'clear' && said.verdict === 'implicit');
    return agrees ? said : { clear: name, ...judged, quote: said.quote };
  });
}

/** Cells that stop an issue, in reading order. */
export const missingCells = (assignments: readonly { readonly id: string; readonly ordinal: string; readonly verdicts: readonly ClearVerdict[] }[]): MissingCell[] =>
  assignments.flatMap(({ id, ordinal, verdicts }) => verdicts.filter((v) => v.verdict === 'missing').map((v) => ({ assignment: id, ordinal, clear: v.clear })));

/** NV-01, NV-02 … NV-100. @param position 0 = first */
export const ordinalOf = (position: number): string => `NV-${String(position + 1).padStart(2, '0')}`;
