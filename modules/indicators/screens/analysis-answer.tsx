import { useMemo, useRef, useState } from 'react';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { download } from '#web/api.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Select } from '#web/kit/field.tsx';
import { Menu } from '#web/kit/menu.tsx';
import { EmptyState, Notice, sayProblem } from '#web/kit/notice.tsx';
import { Pagination } from '#web/kit/pagination.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { toast } from '#web/kit/toast.tsx';
import { exportPivot, type PivotReply } from '../schema.ts';
import { Bars } from './analysis-bars.tsx';
import { layOut, readSort, sidesOf, sortLines, type Laid, type Line } from './analysis-cube.ts';
import { LayoutControls } from './analysis-layout.tsx';
import { Lines, SmallMultiples } from './analysis-lines.tsx';
import { AnswerKey, AnswerNotes } from './analysis-notes.tsx';
import { fitsTiles, rowsByUnit, Squares, TilesDrawing } from './analysis-places.tsx';
import { drawingKinds, type Asked, type DrawingKind, type DrawingShape } from './analysis-state.ts';
import { savePng, saveSvg } from './analysis-svg.ts';
import { PivotTable } from './analysis-table.tsx';
import { sayColumn, sayWhole, type View } from './analysis-view.ts';
import { keyOfMeasure, sayDimension, type Book } from './analysis-book.ts';

const perPage: Readonly<Record<DrawingKind, number>> = { table: Number.MAX_SAFE_INTEGER, bars: 60, lines: 12, 'small-multiples': 60, tiles: Number.MAX_SAFE_INTEGER, map: Number.MAX_SAFE_INTEGER };
const oneColumn = (kind: DrawingKind): boolean => kind === 'bars' || kind === 'tiles' || kind === 'map';

type AnswerProps = { readonly book: Book; readonly asked: Asked; readonly reply: PivotReply; readonly title: string; readonly onDrawing: (drawing: DrawingShape) => void };

/** The answer drawn in the chosen way, with its key, its notes and the ways to take it along. */
export function Answer({ book, asked, reply, title, onDrawing }: AnswerProps) {
  const { query, drawing } = asked;
  const [whole, setWhole] = useState(false);
  const laid = useMemo(() => layOut(reply, drawing, whole), [reply, drawing.rows.join(), drawing.columns.join(), drawing.kind, whole]);
  const view = useMemo((): View => ({ book, laid, query }), [book, laid, query]);
  const picture = useRef<SVGSVGElement>(null);
  const say = sayWhole(view);
  const sides = sidesOf(reply.dimensions, drawing);
  const companions = addedBy(reply, query, book);
  if (reply.values.length === 0) return <><AnswerNotes reply={reply} book={book} /><EmptyState icon="chart" title={t('indicators.answer-empty')}>{t('indicators.answer-empty-why')}</EmptyState></>;
  return (
    <>
      <AnswerNotes reply={reply} book={book} />
      {companions !== '' && <Notice><p>{t('indicators.read-with', { names: companions })}</p></Notice>}
      <Card title={title} say={say} flush tools={<span className="row tight noprint"><Tools asked={asked} title={title} say={say} picture={() => picture.current} /></span>}>
        <div className="pad-x row between noprint">
          <Segmented label={t('indicators.draw-as')} value={drawing.kind} onChoose={(kind) => onDrawing({ ...drawing, kind })} choices={drawingKinds.map((kind) => ({ value: kind, label: sayKey(`indicators.draw.${kind}`) }))} />
        </div>
        {sides.rows.length + sides.columns.length > 0 && (
          <details className="pad-x noprint layout"><summary>{t('indicators.layout', { rows: sides.rows.map((at) => nameOf(reply, at)).join(', ') || '–', columns: sides.columns.map((at) => nameOf(reply, at)).join(', ') || '–' })}</summary>
            <LayoutControls dimensions={reply.dimensions} drawing={drawing} onDrawing={onDrawing} />
          </details>
        )}
        {laid.left > 0 && <p className="pad-x small muted">{t('indicators.rows-left', { count: laid.left })} <button type="button" className="linkish" onClick={() => setWhole(true)}>{t('indicators.show-them')}</button></p>}
        {drawing.kind === 'table' ? <PivotTable view={view} caption={title} sort={drawing.sort} onSort={(sort) => onDrawing({ ...drawing, sort })} /> : <Drawn view={view} drawing={drawing} title={title} picture={picture} onDrawing={onDrawing} />}
        <div className="pad-x"><AnswerKey reply={reply} /></div>
      </Card>
    </>
  );
}
/** Measures the answer brings without being asked: what the drug-free share must be read with (SECURITY E13). */
function addedBy(reply: PivotReply, query: Asked['query'], book: Book): string {
  const asked = new Set(query.measures.map(keyOfMeasure));
  const keys = reply.dimensions.find((one) => one.kind === 'measure')?.keys ?? [];
  return keys.filter((key) => !asked.has(key)).map((key) => book.measures.get(key)?.shortName[language()] ?? key).join(', ');
}
const nameOf = (reply: PivotReply, at: number): string => { const one = reply.dimensions[at]; return one === undefined ? '' : sayDimension(one); };

/** The newest period of the first measure: what is drawn until another column is chosen. */
function firstMeasure(laid: Laid): number {
  const side = laid.columnDims.findIndex((at) => laid.dimensions[at]?.kind === 'measure');
  return side === -1 ? laid.columns.length - 1 : laid.columns.findLastIndex((column) => column.at[side] === 0);
}

type DrawnProps = { readonly view: View; readonly drawing: DrawingShape; readonly title: string; readonly picture: React.RefObject<SVGSVGElement | null>; readonly onDrawing: (drawing: DrawingShape) => void };

/** Everything but the table: which column, which page of rows, and the drawing itself. */
function Drawn({ view, drawing, title, picture, onDrawing }: DrawnProps) {
  const { kind } = drawing;
  const { laid } = view;
  const [page, setPage] = useState(1);
  const by = readSort(drawing.sort);
  const at = Math.min(by?.column ?? firstMeasure(laid), laid.columns.length - 1);
  const column = laid.columns[at];
  const rows = useMemo((): readonly Line[] => (kind === 'bars' ? sortLines(laid, { column: at, down: by?.down ?? true }) : laid.rows), [laid, kind, at, by?.down]);
  const pages = Math.ceil(rows.length / perPage[kind]);
  const now = Math.min(page, Math.max(1, pages));
  const shown = pages <= 1 ? rows : rows.slice((now - 1) * perPage[kind], now * perPage[kind]);
  const label = `${title}. ${sayKey(`indicators.draw.${kind}`)}. ${t('indicators.see-table-twin')}`;
  const units = rowsByUnit(view);
  const wrong = kind === 'tiles' && !fitsTiles(view) ? 'indicators.tiles-need' : kind === 'map' && units === undefined ? 'indicators.map-needs' : undefined;
  const kinds = new Set(rows.slice(0, 400).map((row) => laid.dimensions.findIndex((one) => one.kind === 'measure') === -1 ? '' : (row.key.match(/(?:element|indicator):[^|]+/)?.[0] ?? '')));
  return (
    <div className="pad-x drawn">
      <div className="row noprint">
        {oneColumn(kind) && laid.columns.length > 1 && <Select label={t('indicators.column-drawn')} value={String(at)} choices={laid.columns.map((one, number) => ({ value: String(number), label: sayColumn(view, one) }))} onChoose={(next) => onDrawing({ ...drawing, sort: `${next}-${by?.down === false ? 'a' : 'd'}` })} />}
        {kind === 'bars' && <Segmented label={t('indicators.order')} value={by?.down === false ? 'a' : 'd'} choices={[{ value: 'd', label: t('indicators.largest-first') }, { value: 'a', label: t('indicators.smallest-first') }]} onChoose={(order) => onDrawing({ ...drawing, sort: `${at}-${order}` })} />}
      </div>
      {oneColumn(kind) && column !== undefined && <p className="small">{sayColumn(view, column)}</p>}
      {kinds.size > 1 && <p className="xs muted">{t('indicators.own-scales')}</p>}
      {wrong !== undefined || column === undefined
        ? <Notice><p>{sayKey(wrong ?? 'indicators.answer-empty')}</p></Notice>
        : kind === 'bars' ? <Bars view={view} rows={shown} column={column} label={label} picture={picture} />
          : kind === 'lines' ? <Lines view={view} rows={shown} label={label} picture={picture} />
            : kind === 'small-multiples' ? <SmallMultiples view={view} rows={shown} label={label} picture={picture} />
              : kind === 'tiles' ? <TilesDrawing view={view} rows={rows} column={column} label={label} picture={picture} />
                : <Squares view={view} rows={rows} column={column} label={label} picture={picture} />}
      {pages > 1 && <><p className="small muted">{t('indicators.rows-paged', { from: (now - 1) * perPage[kind] + 1, to: Math.min(rows.length, now * perPage[kind]), of: rows.length })}</p><Pagination page={now} pages={pages} total={rows.length} onPage={setPage} /></>}
    </div>
  );
}

function Tools({ asked, title, say, picture }: { readonly asked: Asked; readonly title: string; readonly say: string; readonly picture: () => SVGSVGElement | null }) {
  const file = async (form: 'xlsx' | 'csv'): Promise<void> => {
    const answer = await download(exportPivot, { body: { query: asked.query, form, language: language() } });
    if (!answer.ok && answer.problem.code !== 'stopped') toast(sayProblem(answer.problem));
  };
  const draw = async (form: 'png' | 'svg'): Promise<void> => {
    const svg = picture();
    if (svg === null) { toast(t('indicators.draw-first')); return; }
    const name = title.replace(/[\\/:*?"<>|]+/g, ' ').trim().slice(0, 80);
    if (form === 'svg') saveSvg(svg, [title, say], name);
    else if (!(await savePng(svg, [title, say], name))) toast(t('indicators.png-failed'));
  };
  return (
    <>
      <Menu label={t('indicators.take-along')} button={t('indicators.take-along')} items={[
        { key: 'xlsx', label: t('indicators.as-xlsx'), icon: 'grid', run: () => void file('xlsx') }, { key: 'csv', label: t('indicators.as-csv'), icon: 'file', run: () => void file('csv') },
        { key: 'png', label: t('indicators.as-png'), icon: 'chart', run: () => void draw('png') }, { key: 'svg', label: t('indicators.as-svg'), icon: 'chart', run: () => void draw('svg') },
      ]} />
      <Button icon="print" onClick={() => window.print()}>{t('indicators.print')}</Button>
    </>
  );
}
