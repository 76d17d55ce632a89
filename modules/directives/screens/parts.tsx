import type { ReactNode } from 'react';
import { day, number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { type Part, StackedBar } from '#web/kit/charts.tsx';
import { A } from '#web/kit/link.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import type { Column } from '#web/kit/table.tsx';
import type { Tally, TaskRow } from '../schema.ts';
import { lineText, officialWord, statusKind, stateWord, taskPath } from './words.ts';

/** "còn 12 ngày", "quá hạn 18 ngày", "hôm nay"; nothing while the day is unknown or the task is done. */
export function Left({ row }: { readonly row: Pick<TaskRow, 'dueOn' | 'daysLeft' | 'official'> }): ReactNode {
  if (row.dueOn === null) return <span className="muted">{t('directives.due-unknown')}</span>;
  const open = row.official === 'open-within' || row.official === 'open-overdue';
  const left = row.daysLeft ?? 0;
  const words = !open ? '' : left < 0 ? t('directives.days-over', { count: -left }) : left === 0 ? t('directives.due-today') : t('directives.days-left', { count: left });
  return <>{day(row.dueOn)}{words !== '' && <span className={left < 0 ? 'c-bad small' : 'muted small'}> ({words})</span>}</>;
}

export const TaskStatus = ({ row, bare = true }: { readonly row: Pick<TaskRow, 'state' | 'official' | 'extensionAskedFor'>; readonly bare?: boolean }) => (
  <StatusBadge kind={statusKind(row)} bare={bare}>
    {row.official === 'open-overdue' ? `${t('directives.overdue')} · ${stateWord(row.state)}` : stateWord(row.state)}
    {row.extensionAskedFor === null ? '' : ` · ${t('directives.extension-pending')}`}
  </StatusBadge>
);

/**
 * Columns that every list of tasks has. `holder` says who holds it, for those above; `ofOne` is a list below one task, where text and
 * document are the same in every row and the holder names it.
 */
export function taskColumns(holder: boolean, ofOne = false): Column<TaskRow>[] {
  const columns: Column<TaskRow>[] = ofOne ? [
    { key: 'holder', header: t('directives.holder'), rowHeader: true, cell: (row) => <><A to={taskPath(row)}>{row.holderName}</A>{row.holderPost !== null && <small>{row.holderPost}</small>}</> },
  ] : [
    { key: 'task', header: t('directives.task'), rowHeader: true, cell: (row) => <><A to={taskPath(row)} className="clip"><span className="b">{row.ordinal}</span> {lineText(row.text)}</A>{row.period !== '' && <small>{row.period}</small>}</> },
    { key: 'directive', header: t('directives.directive'), cell: (row) => <span className="small">{row.directiveNumber ?? row.directiveTitle}</span> },
  ];
  if (holder && !ofOne) columns.push({ key: 'holder', header: t('directives.holder'), cell: (row) => <>{row.holderName}{row.holderPost !== null && <small>{row.holderPost}</small>}</> });
  columns.push(
    { key: 'due', header: t('directives.due'), cell: (row) => <Left row={row} /> },
    { key: 'percent', header: t('directives.progress'), numeric: true, cell: (row) => `${number(row.percent)}%` },
    { key: 'state', header: t('directives.state'), cell: (row) => <TaskStatus row={row} /> },
  );
  return columns;
}

/** The keys of the matrix, said under it. */
export const KeysLine = ({ remind }: { readonly remind: boolean }) => (
  <span className="keys-line only-l">{t('directives.keys')} <kbd>J</kbd><kbd>K</kbd> {t('directives.keys-line')} <kbd>Enter</kbd> {t('directives.keys-open')} {remind && <><kbd>N</kbd> {t('directives.keys-remind')}</>} <kbd>?</kbd> {t('directives.keys-all')}</span>
);

export const tallyParts = (tally: Tally): Part[] => [
  { key: 'done-on-time', label: officialWord('done-on-time'), count: tally.doneOnTime, fill: 'done' },
  { key: 'done-late', label: officialWord('done-late'), count: tally.doneLate, fill: 'warn' },
  { key: 'open-within', label: officialWord('open-within'), count: tally.openWithin, fill: 'idle' },
  { key: 'open-overdue', label: officialWord('open-overdue'), count: tally.openOverdue, fill: 'bad' },
];
export const tallyTotal = (tally: Tally): number => tally.doneOnTime + tally.doneLate + tally.openWithin + tally.openOverdue;
export const tallyDone = (tally: Tally): number => tally.doneOnTime + tally.doneLate;

type TallyBarProps = { readonly title: string; readonly tally: Tally; readonly thin?: boolean; readonly legend?: boolean; readonly twin?: boolean };
export const TallyBar = ({ title, tally, thin = false, legend = true, twin = true }: TallyBarProps) => (
  <StackedBar title={title} parts={tallyParts(tally)} thin={thin} legend={legend} twin={twin} />
);
