import { useMemo, useState } from 'react';
import { t } from '#web/i18n/words.ts';
import { A } from '#web/kit/link.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Table, type Column } from '#web/kit/table.tsx';
import { readSort, sortLines, valueIn, type Line } from './analysis-cube.ts';
import { isPercent, sayDimension, sayKeyOf } from './analysis-book.ts';
import { explainPath, factsAt, sayColumn, type View } from './analysis-view.ts';
import { CompactText } from './figure.tsx';

const columnsAtOnce = 48;

/** The answer as a table: a column for each dimension of the rows, then the values. Wide answers are turned over like pages, and say so. */
export function PivotTable({ view, caption, sort, onSort }: { readonly view: View; readonly caption: string; readonly sort: string | null; readonly onSort: (sort: string | null) => void }) {
  const { laid } = view;
  const [page, setPage] = useState(1);
  const pages = Math.ceil(laid.columns.length / columnsAtOnce);
  const first = (Math.min(page, pages) - 1) * columnsAtOnce;
  const by = readSort(sort);
  const rows = useMemo(() => sortLines(laid, by), [laid, sort]);
  const columns = useMemo((): readonly Column<Line>[] => [
    ...laid.rowDims.map((number, at): Column<Line> => ({
      key: `d${number}`, header: nameOf(view, number), rowHeader: at === 0, cell: (row) => sayKeyOf(view.book, laid.dimensions[number], row.at[at] ?? 0),
    })),
    ...(laid.rowDims.length === 0 ? [{ key: 'all', header: t('indicators.value'), rowHeader: true, cell: () => t('indicators.value') }] : []),
    ...laid.columns.slice(Math.max(0, first), first + columnsAtOnce).map((column, at): Column<Line> => ({
      key: String(first + at), header: sayColumn(view, column), label: sayColumn(view, column), numeric: true, compare: () => 0,
      cell: (row) => <Value view={view} row={row} column={column} />,
    })),
  ], [view, laid, first]);
  return (
    <>
      {pages > 1 && <p className="small muted pad-x">{t('indicators.columns-paged', { from: first + 1, to: Math.min(laid.columns.length, first + columnsAtOnce), of: laid.columns.length })}</p>}
      <Table caption={caption} hideCaption columns={columns} rows={rows} rowKey={(row) => row.key} sort={{ key: by === undefined ? '' : String(by.column), down: by?.down ?? true }} onSort={({ key, down }) => onSort(`${key}-${down ? 'd' : 'a'}`)} />
      {pages > 1 && <div className="pad-x"><Pagination page={Math.min(page, pages)} pages={pages} total={laid.columns.length} onPage={setPage} /></div>}
      {laid.rows.length > 150 && <p className="only-print">{t('indicators.print-part')}</p>}
    </>
  );
}

const nameOf = (view: View, number: number): string => { const one = view.laid.dimensions[number]; return one === undefined ? '' : sayDimension(one); };

function Value({ view, row, column }: { readonly view: View; readonly row: Line; readonly column: Line }) {
  const value = valueIn(view.laid, row, column);
  const facts = factsAt(view, row, column);
  const text = <CompactText value={value} decimals={facts?.decimals ?? 1} suffix={facts !== undefined && isPercent(facts) ? '%' : ''} />;
  const to = value === null ? undefined : explainPath(view, row, column);
  const counts = view.laid.counts?.[row.offset + column.offset] ?? 0;
  return <>{to === undefined ? text : <A to={to}>{text}</A>}{counts > 0 && <small>{t('indicators.from-units', { count: counts })}</small>}</>;
}
