/** What must follow from an inspection, an incident or a complaint, and by when. */
import { addDays, compareDays, type PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { type AnswerInput, type Checklist, complaintCategories, incidentCategories, type Matter, type MatterCategory, type MatterState } from '../schema.ts';

/**
 * Days within which a matter is answered. Complaints: 30 days, the ordinary time of a first answer in the Law on Complaints 2011, article 28.
 * Incidents: set by this product so that none is left without an answer; a death waits for a review from outside.
 */
const daysToAnswer: Readonly<Partial<Record<MatterCategory, number>>> = { death: 30, injury: 10, violence: 10, 'self-harm': 10, overdose: 10, 'use-of-force': 10, 'illness-outbreak': 3, 'leaving-in-group': 5, 'fire-or-damage': 10 };
const complaintDays = 30;
export const dueOf = (category: MatterCategory, onDay: PlainDate): PlainDate => addDays(onDay, daysToAnswer[category] ?? complaintDays);

const incidents = new Set<string>(incidentCategories);
const complaints = new Set<string>(complaintCategories);
export const categoryFits = (kind: Matter['kind'], category: MatterCategory): boolean => (kind === 'incident' ? incidents : complaints).has(category);

export const isOverdue = (matter: { readonly state: MatterState; readonly dueOn: PlainDate }, today: PlainDate): boolean => matter.state === 'open' && compareDays(matter.dueOn, today) < 0;

/** Answering is the facility's; closing or giving back is never done by the one who answered. */
export function moveMatter(state: MatterState, move: 'answer' | 'close' | 'return', people: { readonly answeredBy: string | null; readonly account: string }): Result<MatterState, Refusal> {
  if (move === 'answer') return state === 'open' ? ok('answered') : refuse({ code: 'facility-move-not-allowed', state });
  if (state !== 'answered') return refuse({ code: 'facility-move-not-allowed', state });
  if (people.answeredBy === people.account) return refuse({ code: 'not-who-answered' });
  return ok(move === 'close' ? 'closed' : 'open');
}

/** Every line of the checklist is answered, and what falls short gets a due day: an inspection without consequences is none. */
export function checkAnswers(checklist: Checklist, answers: readonly AnswerInput[], onDay: PlainDate): Result<true, Refusal> {
  const given = new Map(answers.map((one) => [one.item, one]));
  const missing = checklist.items.filter((item) => !given.has(item.id)).map((item) => item.id);
  if (missing.length > 0 || answers.length !== checklist.items.length) return refuse({ code: 'checklist-incomplete', items: missing.join(', '), missing: missing.length });
  const open = answers.find((one) => fallsShort(one) && (one.dueOn === null || compareDays(one.dueOn, onDay) < 0));
  return open === undefined ? ok(true) : refuse({ code: 'finding-needs-due-day', item: open.item });
}
export const fallsShort = ({ finding }: Pick<AnswerInput, 'finding'>): boolean => finding === 'partly' || finding === 'fails';
