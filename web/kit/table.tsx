import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from 'react';
import { t } from '../i18n/words.ts';
import { Icon } from './icon.tsx';
import { useKeys } from './keys.ts';
import { useRowWindow } from './use-window.ts';

export type Column<Row> = {
  readonly key: string;
  readonly header: ReactNode;
  /** Label of the value on phones, where a row is a card; the header when it is text. */
  readonly label?: string;
  readonly cell: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Given: the heading sorts by it. */
  readonly compare?: (a: Row, b: Row) => number;
  /** The cell that names the row. The first column when none says so. */
  readonly rowHeader?: boolean;
  readonly className?: string;
};

export type Sort = { readonly key: string; readonly down: boolean };
export type Selection = { readonly chosen: ReadonlySet<string>; readonly onChoose: (chosen: ReadonlySet<string>) => void };

type TableProps<Row> = {
  readonly caption: ReactNode;
  readonly hideCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Name of a row for its checkbox. */
  readonly rowName?: (row: Row) => string;
  /** Enter (or a click beside the links) on a row. J and K move when this is given. */
  readonly onOpen?: (row: Row) => void;
  readonly sort?: Sort;
  /** Given: the caller sorts (on the server, or in the address). */
  readonly onSort?: (sort: Sort) => void;
  readonly selection?: Selection;
  readonly totals?: ReactNode;
  readonly empty?: ReactNode;
};

function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | undefined): readonly Row[] {
  const compare = columns.find((column) => column.key === sort?.key)?.compare;
  if (!compare || !sort) return rows;
  return [...rows].sort((a, b) => (sort.down ? -compare(a, b) : compare(a, b)));
}

/**
 * A table with its caption, first column kept in sight, sortable headings, J/K/Enter, cards on phones.
 * Above 150 rows only those in the window are drawn.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, hideCaption = false, columns, rows, rowKey, onOpen, onSort, selection, totals, empty } = props;
  const [ownSort, setOwnSort] = useState(props.sort);
  const sort = onSort === undefined ? ownSort : props.sort;
  const ordered = useMemo(() => (onSort === undefined ? sorted(rows, columns, sort) : rows), [rows, columns, sort, onSort]);
  const body = useRef<HTMLTableSectionElement>(null);
  const seen = useRowWindow(ordered.length, body);
  const [active, setActive] = useRowKeys({ count: ordered.length, body, rowHeight: seen.rowHeight, enabled: onOpen !== undefined, open: (at) => { const row = ordered[at]; if (row !== undefined) onOpen?.(row); } });
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const nameColumn = columns.find((column) => column.rowHeader === true) ?? columns[0];
  const width = columns.length + (selection ? 1 : 0);
  return (
    <div className="scroll">
      <table className="tbl stick cards" aria-rowcount={ordered.length > 150 ? ordered.length + 1 : undefined}>
        <caption className={hideCaption ? 'vh' : undefined}>{caption}</caption>
        <thead><tr>
          {selection && <th scope="col" className="sel"><SelectAll rows={ordered} rowKey={rowKey} selection={selection} /></th>}
          {columns.map((column) => <Heading key={column.key} column={column} sort={sort} onSort={onSort ?? setOwnSort} />)}
        </tr></thead>
        <tbody ref={body}>
          {totals}
          {seen.before > 0 && <tr className="gapfill" aria-hidden="true"><td colSpan={width} className="nolabel" style={{ height: `${seen.before}px` }} /></tr>}
          {ordered.slice(seen.from, seen.to).map((row, offset) => {
            const at = seen.from + offset;
            const key = rowKey(row);
            return (
              <tr
                key={key} data-row={at} aria-rowindex={ordered.length > 150 ? at + 2 : undefined} className={at === active ? 'on' : undefined} tabIndex={onOpen ? -1 : undefined}
                onFocus={() => { if (onOpen) setActive(at); }}
                onClick={(event) => { if (onOpen && event.target instanceof Element && !event.target.closest('a,button,input,label,select,summary')) onOpen(row); }}
              >
                {selection && <td className="sel nolabel"><input type="checkbox" aria-label={t('kit.choose-row', { name: props.rowName?.(row) ?? key })} checked={selection.chosen.has(key)} onChange={() => selection.onChoose(toggled(selection.chosen, key))} /></td>}
                {columns.map((column) => <Cell key={column.key} column={column} row={row} names={column === nameColumn} />)}
              </tr>
            );
          })}
          {seen.after > 0 && <tr className="gapfill" aria-hidden="true"><td colSpan={width} className="nolabel" style={{ height: `${seen.after}px` }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}

const toggled = (chosen: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
};

function SelectAll<Row>({ rows, rowKey, selection }: { readonly rows: readonly Row[]; readonly rowKey: (row: Row) => string; readonly selection: Selection }) {
  const all = rows.length > 0 && rows.every((row) => selection.chosen.has(rowKey(row)));
  return <input type="checkbox" aria-label={t('kit.choose-all')} checked={all} onChange={() => selection.onChoose(all ? new Set() : new Set(rows.map(rowKey)))} />;
}

function Heading<Row>({ column, sort, onSort }: { readonly column: Column<Row>; readonly sort: Sort | undefined; readonly onSort: (sort: Sort) => void }) {
  const mine = sort?.key === column.key;
  const className = [column.numeric === true ? 'num' : '', column.className ?? ''].join(' ').trim() || undefined;
  if (!column.compare) return <th scope="col" className={className}>{column.header}</th>;
  return (
    <th scope="col" className={className} aria-sort={mine ? (sort.down ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="sort" onClick={() => onSort({ key: column.key, down: mine ? !sort.down : column.numeric === true })}>
        {column.header}<Icon name={mine ? (sort.down ? 'down' : 'up') : 'sort'} size={12} />
      </button>
    </th>
  );
}

function Cell<Row>({ column, row, names }: { readonly column: Column<Row>; readonly row: Row; readonly names: boolean }) {
  const className = [column.numeric === true ? 'num' : '', column.className ?? ''].join(' ').trim() || undefined;
  if (names) return <th scope="row" className={className}>{column.cell(row)}</th>;
  return <td className={className} data-l={column.label ?? (typeof column.header === 'string' ? column.header : '')}><span>{column.cell(row)}</span></td>;
}

type RowKeys = { readonly count: number; readonly body: RefObject<HTMLTableSectionElement | null>; readonly rowHeight: number; readonly enabled: boolean; readonly open: (at: number) => void };

/** J and K move a row mark, also to rows not drawn yet; Enter opens. */
function useRowKeys({ count, body, rowHeight, enabled, open }: RowKeys): readonly [number, (at: number) => void] {
  const [active, setActive] = useState(-1);
  const wanted = useRef(-1);
  const move = (step: number): void => {
    const next = Math.max(0, Math.min(count - 1, active + step));
    wanted.current = next;
    setActive(next);
    const row = body.current?.querySelector(`tr[data-row="${next}"]`);
    const top = body.current?.getBoundingClientRect().top ?? 0;
    if (!row) window.scrollTo({ top: window.scrollY + top + next * rowHeight - window.innerHeight / 2 });
  };
  useEffect(() => {
    if (wanted.current < 0) return;
    const row = body.current?.querySelector<HTMLElement>(`tr[data-row="${wanted.current}"]`);
    if (!row) return;
    wanted.current = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  });
  const near = (): boolean => body.current?.contains(document.activeElement) === true;
  useKeys(enabled ? [
    { key: 'j', labelKey: 'kit.key-next', near, run: () => move(1) },
    { key: 'k', labelKey: 'kit.key-previous', near, run: () => move(-1) },
    { key: 'Enter', labelKey: 'kit.key-open', near, run: () => { if (active >= 0) open(active); } },
  ] : []);
  return [active, setActive];
}
