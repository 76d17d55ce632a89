import type { ReactNode } from 'react';
import { sayKey, t } from '#web/i18n/words.ts';
import { type Assignment, clears } from '../schema.ts';
import { clearText, clearWord } from './words.ts';

type MatrixProps = {
  readonly caption: string;
  readonly assignments: readonly Assignment[];
  /** Given: each cell is a button that opens the line at this clear. */
  readonly onEdit?: (assignment: Assignment, clear: (typeof clears)[number]) => void;
  readonly lastColumn: { readonly title: string; readonly cell: (assignment: Assignment) => ReactNode };
  readonly chosen?: string | undefined;
  readonly rowHead?: (assignment: Assignment) => ReactNode;
};

/** The six-clear matrix: a row an assignment, a column a clear, hatched where a clear is missing. */
export function SixMatrix({ caption, assignments, onEdit, lastColumn, chosen, rowHead }: MatrixProps) {
  const others = clears.filter((clear) => clear !== 'task');
  return (
    <div className="scroll">
      <table className="mx">
        <caption className="vh">{caption}</caption>
        <thead><tr>
          <th scope="col">{clearWord('task')}<span>{sayKey('directives.clear-say-task')}</span></th>
          {others.map((clear) => <th key={clear} scope="col">{clearWord(clear)}<span>{sayKey(`directives.clear-say-${clear}`)}</span></th>)}
          <th scope="col">{lastColumn.title}</th>
        </tr></thead>
        <tbody>
          {assignments.map((assignment) => (
            <tr key={assignment.id} id={assignment.ordinal} className={chosen === assignment.id ? 'sel' : undefined}>
              <th scope="row">{rowHead?.(assignment) ?? <><span className="id">{assignment.ordinal}</span>{assignment.clears.task.text}</>}</th>
              {others.map((clear) => <ClearCell key={clear} assignment={assignment} clear={clear} onEdit={onEdit} />)}
              <td data-l={lastColumn.title}><div>{lastColumn.cell(assignment)}</div></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ClearCell({ assignment, clear, onEdit }: { readonly assignment: Assignment; readonly clear: (typeof clears)[number]; readonly onEdit: MatrixProps['onEdit'] }) {
  const verdict = assignment.verdicts.find((one) => one.clear === clear);
  const text = clearText(assignment.clears, clear);
  const missing = verdict?.verdict === 'missing';
  const label = t('directives.fill-cell', { clear: clearWord(clear), line: assignment.ordinal });
  return (
    <td data-l={clearWord(clear)} className={missing ? 'gap' : verdict?.verdict === 'implicit' ? 'part' : undefined}>
      <div>
        {missing && text === '' ? null : text}
        {missing && (onEdit ? <button type="button" aria-label={label} title={sayKey(`reason.${verdict.reason}`)} onClick={() => onEdit(assignment, clear)}>+ {t('directives.fill')}</button> : <span className="c-bad b">{t('directives.not-clear')}</span>)}
        {verdict?.verdict === 'implicit' && <span className="small c-warn"> {t('directives.implicit')}</span>}
        {!missing && onEdit && <button type="button" className="linkish small noprint" aria-label={label} onClick={() => onEdit(assignment, clear)}>{t('directives.change')}</button>}
      </div>
    </td>
  );
}
