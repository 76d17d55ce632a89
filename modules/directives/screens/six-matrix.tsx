import type { ReactNode } from 'react';
import { day } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Icon } from '#web/kit/icon.tsx';
import { type Assignment, clears } from '../schema.ts';
import { useRowSteps } from './row-steps.ts';
import { OfficeNames } from './office-picker.tsx';
import { clearText, clearWord, deadlineText, lineText, postWord, sentence } from './words.ts';

type Clear = (typeof clears)[number];
type MatrixProps = {
  readonly caption: string;
  readonly assignments: readonly Assignment[];
  /** Given: each cell is a button that opens the line at this clear. */
  readonly onEdit?: (assignment: Assignment, clear: Clear) => void;
  /** Given: Enter on a row, or a click on its name, chooses the line. */
  readonly onOpen?: (assignment: Assignment) => void;
  readonly lastColumn: { readonly title: string; readonly cell: (assignment: Assignment) => ReactNode };
  readonly chosen?: string | undefined;
};

/** The six-clear matrix: a row an assignment, a column a clear, hatched where a clear is missing. J and K move, Enter opens. */
export function SixMatrix({ caption, assignments, onEdit, onOpen, lastColumn, chosen }: MatrixProps) {
  const others = clears.filter((clear) => clear !== 'task');
  const body = useRowSteps(assignments.length, (at) => {
    const assignment = assignments[at];
    if (assignment !== undefined) (onOpen ?? ((line) => onEdit?.(line, 'task')))(assignment);
  });
  return (
    <div className="scroll">
      <table className="mx">
        <caption className="vh">{caption}</caption>
        <thead><tr>
          <th scope="col" className="w-task">{clearWord('task')}<span>{sayKey('directives.clear-say-task')}</span></th>
          {others.map((clear) => <th key={clear} scope="col" className={clear === 'responsibility' ? 'w-tight' : undefined}>{clearWord(clear)}<span>{sayKey(`directives.clear-say-${clear}`)}</span></th>)}
          <th scope="col" className="w-last">{lastColumn.title}</th>
        </tr></thead>
        <tbody ref={body}>
          {assignments.map((assignment) => (
            <tr key={assignment.id} id={assignment.ordinal} tabIndex={-1} className={chosen === assignment.id ? 'sel' : undefined} aria-current={chosen === assignment.id ? 'true' : undefined}>
              <th scope="row"><NameCell assignment={assignment} onEdit={onEdit} onOpen={onOpen} /></th>
              {others.map((clear) => <ClearCell key={clear} assignment={assignment} clear={clear} onEdit={onEdit} />)}
              <td data-l={lastColumn.title}><div>{lastColumn.cell(assignment)}</div></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Pen = () => <span className="pen" aria-hidden="true"><Icon name="edit" size={14} /></span>;

type NameProps = { readonly assignment: Assignment; readonly onEdit: MatrixProps['onEdit'] | undefined; readonly onOpen: MatrixProps['onOpen'] | undefined };
function NameCell({ assignment, onEdit, onOpen }: NameProps) {
  const text = lineText(assignment.clears.task.text);
  if (onOpen) return <button type="button" className="cell" onClick={() => onOpen(assignment)}><span className="id c-done">{assignment.ordinal}</span>{text}</button>;
  if (!onEdit) return <><span className="id">{assignment.ordinal}</span>{text}</>;
  return <button type="button" className="cell" onClick={() => onEdit(assignment, 'task')}><span className="id">{assignment.ordinal}</span>{text}<span className="vh">, {t('directives.change')}</span><Pen /></button>;
}

function ClearCell({ assignment, clear, onEdit }: { readonly assignment: Assignment; readonly clear: Clear; readonly onEdit: MatrixProps['onEdit'] }) {
  const verdict = assignment.verdicts.find((one) => one.clear === clear);
  const missing = verdict?.verdict === 'missing';
  const content = (
    <>
      <ClearWords assignment={assignment} clear={clear} />
      {missing && (onEdit ? <><span className="add">+ {t('directives.fill')}</span><span className="only-print">{t('directives.not-clear')}</span></> : <span className="c-bad b">{t('directives.not-clear')}</span>)}
      {verdict?.verdict === 'implicit' && <small className="c-warn">{t('directives.implicit')}</small>}
    </>
  );
  return (
    <td data-l={clearWord(clear)} className={missing ? 'gap' : verdict?.verdict === 'implicit' ? 'part' : undefined}>
      <div>{onEdit
        ? (
          <button type="button" className={missing ? 'cell fill' : 'cell'} title={missing ? sayKey(`reason.${verdict.reason}`) : undefined} onClick={() => onEdit(assignment, clear)}>
            {content}<span className="vh">, {t('directives.fill-cell', { clear: clearWord(clear), line: assignment.ordinal })}</span>{!missing && <Pen />}
          </button>)
        : content}</div>
    </td>
  );
}

/** A clear in words: the day before the words of the document, the post under the office. */
function ClearWords({ assignment, clear }: { readonly assignment: Assignment; readonly clear: Clear }) {
  const { clears: six } = assignment;
  if (clear === 'timeline' && six.timeline.dueOn !== null) {
    const said = six.timeline.deadlines.map(deadlineText).filter((text) => text !== day(six.timeline.dueOn ?? '')).join('; ');
    return <>{day(six.timeline.dueOn)}{said !== '' && <small>{said}</small>}</>;
  }
  if (clear === 'person' && six.person.text !== '') return <>{sentence(six.person.text)}{six.person.post !== null && <small>{postWord(six.person.post)}</small>}</>;
  if (clear === 'person' && six.person.classes.length === 0 && six.person.offices.length > 0) return <><OfficeNames offices={six.person.offices} />{six.person.post !== null && <small>{postWord(six.person.post)}</small>}</>;
  const { coordinating } = six.responsibility;
  return <>{sentence(clearText(six, clear))}{clear === 'responsibility' && coordinating.length > 0 && <small>{t('directives.coordinating')}: <OfficeNames offices={coordinating} /></small>}</>;
}
