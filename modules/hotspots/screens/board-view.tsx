import { useRef, useState, type KeyboardEvent } from 'react';
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { useKeys } from '#web/kit/keys.ts';
import { A } from '#web/kit/link.tsx';
import { useQueryState } from '#web/place.ts';
import { useMay } from '#web/session.tsx';
import { boardColumns, type Board, type BoardColumn, type Move, type PlaceRow } from '../schema.ts';
import { columnStates, life, movesFrom, type Transition } from '../rules/life.ts';
import { boardPath } from './addresses.ts';
import { PlaceCard } from './place-card.tsx';
import { StepDialog } from './step-dialog.tsx';
import type { Units } from './units.ts';
import { sayColumn } from './words.ts';

const columnOf = (row: PlaceRow): BoardColumn | undefined => boardColumns.find((column) => columnStates[column].includes(row.state));
/** The step that takes a card into a column, if its life has one. */
const moveInto = (row: PlaceRow, column: BoardColumn): Move | undefined => movesFrom(row.state).find((move) => columnStates[column].includes((life[move] satisfies Transition).to) && columnOf(row) !== column);

type Moving = { readonly row: PlaceRow; readonly wanted: Move | undefined };

/** Five columns of the life of a place. Cards are moved by their button, by M, by Shift and an arrow, or by drag; each way opens the same question. */
export function BoardView({ board, units, onMore, reload, onBusy }: { readonly board: Board; readonly units: Units | undefined; readonly onMore: (() => void) | undefined; readonly reload: () => void; readonly onBusy: (busy: boolean) => void }) {
  const may = useMay();
  const [query, setQuery] = useQueryState();
  const [moving, setMovingTo] = useState<Moving>();
  const [dragged, setDragged] = useState<PlaceRow>();
  const box = useRef<HTMLDivElement>(null);
  const setMoving = (next: Moving | undefined): void => { setMovingTo(next); onBusy(next !== undefined); };
  const rows = new Map(board.columns.flatMap(({ cards }) => cards.map((row) => [row.id, row] as const)));
  const mayMove = (row: PlaceRow): boolean => may('hotspots.work', row) || may('hotspots.decide', row);
  const focused = (): PlaceRow | undefined => rows.get(document.activeElement?.closest('[data-card]')?.getAttribute('data-card') ?? '');
  const focusCard = (id: string | null | undefined): void => { if (id) box.current?.querySelector<HTMLElement>(`[data-card="${id}"] b a`)?.focus(); };
  const step = (by: number): void => {
    const cards = [...(box.current?.querySelectorAll('[data-card]') ?? [])];
    const now = cards.findIndex((card) => card.contains(document.activeElement));
    focusCard(cards[Math.max(0, Math.min(cards.length - 1, now + by))]?.getAttribute('data-card'));
  };
  useKeys([
    { key: 'j', labelKey: 'hotspots.key-next', run: () => step(1) },
    { key: 'k', labelKey: 'hotspots.key-previous', run: () => step(-1) },
    { key: 'm', labelKey: 'hotspots.key-move', run: () => { const row = focused(); if (row && mayMove(row)) setMoving({ row, wanted: undefined }); } },
  ]);
  const onKey = (event: KeyboardEvent): void => {
    const row = focused();
    if (row === undefined || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    const sideways = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.shiftKey && sideways !== 0) {
      const from = boardColumns.findIndex((column) => column === columnOf(row));
      const there = boardColumns.filter((_, at) => Math.sign(at - from) === sideways);
      const wanted = (sideways > 0 ? there : there.toReversed()).map((column) => moveInto(row, column)).find((move) => move !== undefined);
      if (mayMove(row)) setMoving({ row, wanted });
      return;
    }
    const lane = board.columns.findIndex(({ cards }) => cards.some((card) => card.id === row.id));
    const at = board.columns[lane]?.cards.findIndex((card) => card.id === row.id) ?? 0;
    if (sideways === 0) focusCard(board.columns[lane]?.cards[at + (event.key === 'ArrowDown' ? 1 : -1)]?.id);
    else {
      const next = (sideways > 0 ? board.columns.slice(lane + 1) : board.columns.slice(0, lane).toReversed()).find(({ cards }) => cards.length > 0);
      focusCard(next?.cards[Math.min(at, next.cards.length - 1)]?.id);
    }
  };
  const shown = boardColumns.find((column) => column === query.get('cot')) ?? board.columns.find((column) => column.total > 0)?.column ?? 'received';
  return (
    <>
      <div className="lanetabs" role="group" aria-label={t('hotspots.columns')}>
        {board.columns.map(({ column, total }) => <button key={column} type="button" className="chip" aria-pressed={column === shown} onClick={() => setQuery({ cot: column })}>{sayColumn(column)} {number(total)}</button>)}
      </div>
      <div className="board" ref={box} onKeyDown={onKey}>
        {board.columns.map((lane) => (
          <Lane key={lane.column} lane={lane} now={lane.column === shown} target={dragged === undefined ? undefined : moveInto(dragged, lane.column)} onMore={onMore}
            onDrop={(wanted) => { if (dragged) setMoving({ row: dragged, wanted }); setDragged(undefined); }}>
            {lane.cards.map((row) => (
              <li key={row.id}><PlaceCard row={row} asOf={board.asOf} commune={units?.nameOf(row.commune) ?? row.commune} {...(mayMove(row) ? { onMove: () => setMoving({ row, wanted: undefined }), onDrag: (on: boolean) => setDragged(on ? row : undefined) } : {})} /></li>
            ))}
          </Lane>
        ))}
      </div>
      {moving && <StepDialog key={moving.row.id} row={moving.row} wanted={moving.wanted} commune={units?.nameOf(moving.row.commune) ?? moving.row.commune} onClose={() => setMoving(undefined)} onDone={() => { setMoving(undefined); reload(); }} />}
    </>
  );
}

type LaneProps = { readonly lane: Board['columns'][number]; readonly now: boolean; readonly target: Move | undefined; readonly onMore: (() => void) | undefined; readonly onDrop: (move: Move) => void; readonly children: React.ReactNode };
function Lane({ lane, now, target, onMore, onDrop, children }: LaneProps) {
  const [over, setOver] = useState(false);
  const left = lane.total - lane.cards.length;
  return (
    <section className={`lane${lane.column === 'recurred' ? ' again' : ''}${now ? ' now' : ''}${over && target !== undefined ? ' over' : ''}`} aria-labelledby={`cot-${lane.column}`}
      onDragOver={(event) => { if (target !== undefined) { event.preventDefault(); setOver(true); } }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); if (target !== undefined) onDrop(target); }}>
      <header><h2 id={`cot-${lane.column}`}>{sayColumn(lane.column)}<span>{number(lane.total)}</span></h2>{t(`hotspots.column-${lane.column}-say`)}</header>
      {lane.cards.length === 0 ? <p className="none">{t('hotspots.lane-empty')}</p> : <ul>{children}</ul>}
      {left > 0 && <p className="more">{onMore ? <button type="button" className="linkish" onClick={onMore}>{t('hotspots.more', { count: number(left) })}<span className="vh"> {sayColumn(lane.column)}</span></button>
        : <A to={boardPath} query={{ xem: 'danh-sach', cot: lane.column }}>{t('hotspots.more-in-list', { count: number(left) })}<span className="vh"> {sayColumn(lane.column)}</span></A>}</p>}
    </section>
  );
}
