/** The matrix of six clears as rows of a workbook: the same columns out and in. */
import { displayDay } from '#kernel/day.ts';
import type { WorkbookColumn } from '#platform/documents/xlsx.ts';
import type { Assignment, Deadline } from '../schema.ts';
import type { Names } from './offices.ts';

export type Worded = { readonly names: Names; readonly say: (key: string, facts?: Readonly<Record<string, string | number>>) => string };

/** Columns a person may edit; each is one clear, in the words it is read in. */
export const editable = ['task', 'person', 'responsibility', 'authority', 'timeline', 'result'] as const;

export const matrixColumns = ({ say }: Worded): WorkbookColumn[] => [
  { key: 'ordinal', title: say('directives.print.ordinal'), type: 'text', widthChars: 9, locked: true },
  ...editable.map((key): WorkbookColumn => ({ key, title: say(`clear.${key}`), type: 'text', widthChars: key === 'task' ? 60 : 28, locked: key === 'person' })),
  { key: 'due', title: say('directives.sheet.due'), type: 'date', widthChars: 12, locked: true },
  { key: 'coordinating', title: say('directives.sheet.coordinating'), type: 'text', widthChars: 24, locked: true },
  { key: 'version', title: say('directives.sheet.version'), type: 'number', widthChars: 8, locked: true },
  { key: 'code', title: say('directives.sheet.code'), type: 'text', widthChars: 38, locked: true },
];

export const taskColumns = ({ say }: Worded): WorkbookColumn[] => [
  { key: 'ordinal', title: say('directives.print.ordinal'), type: 'text', widthChars: 9 }, { key: 'province', title: say('directives.sheet.province'), type: 'text', widthChars: 8 },
  { key: 'commune', title: say('directives.sheet.commune'), type: 'text', widthChars: 8 }, { key: 'holder', title: say('directives.sheet.holder'), type: 'text', widthChars: 40 },
  { key: 'post', title: say('directives.sheet.post'), type: 'text', widthChars: 22 }, { key: 'state', title: say('directives.sheet.state'), type: 'text', widthChars: 22 },
  { key: 'official', title: say('directives.sheet.official'), type: 'text', widthChars: 22 }, { key: 'dueFirst', title: say('directives.sheet.dueFirst'), type: 'date', widthChars: 12 },
  { key: 'dueOn', title: say('directives.sheet.due'), type: 'date', widthChars: 12 }, { key: 'percent', title: say('directives.sheet.percent'), type: 'percent', widthChars: 9 },
];

/** A deadline as it is typed back: the day as dd/mm/yyyy, anything else by its value. */
export const deadlineText = (deadline: Deadline): string => (/^\d{4}-\d{2}-\d{2}$/.test(deadline.value) ? displayDay(deadline.value) : deadline.value);

export const resultText = ({ clears: { result } }: Assignment): string =>
  [result.product, result.measure, ...result.targets.map((t) => `${t.min === t.max ? t.min : `${t.min}–${t.max}`}${t.unit === null ? '' : ` ${t.unit}`}`)].filter((part): part is string => part !== null && part !== '').join('; ');

export function matrixRow(line: Assignment, { names, say }: Worded) {
  const { person, responsibility, authority, timeline, task } = line.clears;
  const classes = person.classes.map((one) => say('directives.sheet.class', { class: one.officeClass, provinces: one.provinces?.join(' ') ?? '' }).trim());
  return {
    task: task.text, person: [...person.offices.map((id) => names.office(id)), ...classes, ...(person.offices.length + classes.length === 0 ? [person.text] : [])].filter((part) => part !== '').join('; '),
    responsibility: [...responsibility.roles.map((role) => say(`role.${role}`)), ...(responsibility.text === '' ? [] : [responsibility.text])].join('; '),
    coordinating: responsibility.coordinating.map((id) => names.office(id)).join('; '), authority: authority.text, timeline: timeline.deadlines.map(deadlineText).join('; '), result: resultText(line), due: timeline.dueOn,
  };
}
