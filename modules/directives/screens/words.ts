import { isPlainDate } from '#kernel/day.ts';
import { day, number } from '#web/i18n/format.ts';
import { sayKey } from '#web/i18n/words.ts';
import type { ClearState, StatusKind } from '#web/kit/status.tsx';
import type { Assignment, Deadline, OfficialState, SixClears, TaskMove, TaskRow, TaskState } from '../schema.ts';
import { clears } from '../schema.ts';

export const stateWord = (state: TaskState): string => sayKey(`task-state.${state}`);
export const officialWord = (state: OfficialState): string => sayKey(`official-state.${state}`);
export const moveWord = (move: TaskMove): string => sayKey(`task-move.${move}`);
/** A post by its id in the registry; what a person typed instead of an id stands as it is. */
export const postWord = (post: string): string => sayKey(`post.${post}`, {}, post);
export const clearWord = (clear: string): string => sayKey(`clear.${clear}`);

const kindOf: Record<TaskState, StatusKind> = {
  assigned: 'idle', acknowledged: 'half', 'clarification-asked': 'warn', 'authority-declined': 'warn', 'in-progress': 'half', 'evidence-submitted': 'fair',
  verified: 'ok', accepted: 'done', returned: 'warn', withdrawn: 'idle',
};
/** Shape of a task's state: what is overdue is always the diamond, whatever is being done about it. */
export const statusKind = (row: Pick<TaskRow, 'state' | 'official'>): StatusKind => (row.official === 'open-overdue' ? 'bad' : kindOf[row.state]);

/** The six states of a line in the order of the conference report. */
export const dotsOf = (assignment: Pick<Assignment, 'verdicts'>): ClearState[] =>
  clears.map((clear) => assignment.verdicts.find((verdict) => verdict.clear === clear)?.verdict ?? 'missing');

/** The words of the document; without them the day, the rule by its name, or the event as it is called. */
export function deadlineText({ text, value }: Pick<Deadline, 'text' | 'value'>): string {
  if (text !== '' && text !== value) return text;
  return isPlainDate(value) ? day(value) : value.startsWith('event:') ? value.slice(6) : sayKey(`deadline-rule.${value}`, {}, value);
}

/** Who, as the text names them; else the classes and offices chosen. */
const whoText = (person: SixClears['person']): string =>
  person.text !== '' ? person.text : [...person.classes.map((one) => sayKey(`office-class.${one.officeClass}`, {}, one.officeClass)), ...person.offices].join(', ');

/** One clear of a line in words, '' when it is empty. */
export function clearText(six: SixClears, clear: (typeof clears)[number]): string {
  switch (clear) {
    case 'person': return [whoText(six.person), six.person.post === null ? '' : postWord(six.person.post)].filter((part) => part !== '').join(' · ');
    case 'task': return six.task.text;
    case 'responsibility': return six.responsibility.text === '' ? six.responsibility.roles.map((role) => sayKey(`role.${role}`)).join(', ') : six.responsibility.text;
    case 'authority': return six.authority.text;
    case 'timeline': return six.timeline.deadlines.map(deadlineText).join('; ');
    case 'result': return [six.result.product ?? '', six.result.measure ?? '', ...six.result.targets.map((target) => `${target.min === target.max ? number(target.min) : `${number(target.min)}–${number(target.max)}`} ${target.unit ?? ''}`.trim())].filter((part) => part !== '').join('; ');
  }
}

export const taskPath = (task: { readonly province: string; readonly id: string }): string => `/nhiem-vu/${task.province}/${task.id}`;
export const directivePath = (directive: { readonly province: string; readonly id: string }): string => `/chi-dao/${directive.province}/${directive.id}`;

/** A line as a heading shows it: without the letter or number it has in the document, which the ordinal replaces. */
export const lineText = (text: string): string => sentence(text.replace(/^\s*(?:[a-zđ]{1,2}[).]|\(?[0-9]{1,2}(?:\.[0-9]{1,2})*[).]?|[-–•+*])\s+/iu, ''));
export const sentence = (text: string): string => text.slice(0, 1).toLocaleUpperCase('vi') + text.slice(1);
