import { useMemo } from 'react';
import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { A } from '#web/kit/link.tsx';
import { EmptyState, RemoteView } from '#web/kit/notice.tsx';
import { StatusBadge } from '#web/kit/status.tsx';
import { Table } from '#web/kit/table.tsx';
import { cellOf } from '../rules/cell.ts';
import { getMatrix, type Matrix } from '../schema.ts';
import { useUnitNames } from './unit-names.ts';
import { statusKind } from './words.ts';

type Row = { readonly province: string; readonly commune: string; readonly cells: readonly string[] };

/** Each commune with its state in every line: 3,321 rows from one answer, late ones first. */
export function CommuneMatrix({ directive }: { readonly directive: string }) {
  const { province } = useScope();
  const matrix = useQuery(getMatrix, { query: { directive, ...(province === undefined ? {} : { province }) } });
  return <RemoteView of={matrix}>{(value) => <Cells matrix={value} />}</RemoteView>;
}

const lateLetter = (letter: string): boolean => cellOf(letter)?.official === 'open-overdue';

function Cells({ matrix }: { readonly matrix: Matrix }) {
  const nameOf = useUnitNames();
  const rows = useMemo(() => rowsOf(matrix), [matrix]);
  if (rows.length === 0) return <EmptyState title={t('directives.matrix-empty')} />;
  return (
    <Table caption={t('directives.matrix-rows', { count: rows.length })} rows={rows} rowKey={(row) => row.commune} columns={[
      { key: 'commune', header: t('directives.commune'), rowHeader: true, cell: (row) => <A to={`/xa/${row.commune}`}>{nameOf(row.commune)}</A> },
      { key: 'province', header: t('directives.province'), cell: (row) => nameOf(row.province) },
      ...matrix.rows.map((line, at) => ({ key: line.label, header: `${line.label} (${number(line.tally.openOverdue)})`, label: line.label, cell: (row: Row) => wordOf(row.cells[at] ?? '-') })),
    ]} />
  );
}

function wordOf(letter: string) {
  const cell = cellOf(letter);
  if (cell === undefined) return <span className="muted">–</span>;
  const state = sayKey(`task-state.${cell.state}`);
  return <StatusBadge kind={statusKind(cell)} bare>{cell.official === 'open-overdue' ? t('directives.cell-overdue', { state }) : state}</StatusBadge>;
}

function rowsOf(matrix: Matrix): Row[] {
  const rows: Row[] = [];
  let at = 0;
  for (const column of matrix.columns) {
    for (const commune of column.communes) {
      const cells = matrix.rows.map((row) => row.cells[at] ?? '-');
      if (cells.some((cell) => cell !== '-')) rows.push({ province: column.province, commune, cells });
      at += 1;
    }
  }
  const late = (row: Row): number => row.cells.filter(lateLetter).length;
  return rows.sort((a, b) => late(b) - late(a));
}
