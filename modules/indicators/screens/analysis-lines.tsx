import type { Ref } from 'react';
import { number } from '#web/i18n/format.ts';
import { t } from '#web/i18n/words.ts';
import { roundUp, valueIn, type Line } from './analysis-cube.ts';
import { sayValue } from './analysis-book.ts';
import { lookOf, useWidth, wrapWords } from './analysis-svg.ts';
import { shortPeriod } from './figure.tsx';
import { factsAt, mostOf, sayColumn, sayRow, type View } from './analysis-view.ts';

type DrawingProps = { readonly view: View; readonly rows: readonly Line[]; readonly label: string; readonly picture: Ref<SVGSVGElement> };
type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The foot of a drawing: the word of a column, short where it is a period. */
const footOf = (view: View, column: Line): string => {
  const [only] = view.laid.columnDims;
  return view.laid.columnDims.length === 1 && only !== undefined && view.laid.dimensions[only]?.kind === 'period' ? shortPeriod(view.laid.dimensions[only].keys[column.at[0] ?? 0] ?? '') : sayColumn(view, column);
};

/** One way over the columns inside a box; a missing value leaves a gap, a hidden one too, with its mark at the foot. */
function Way({ view, row, box, most, look }: { readonly view: View; readonly row: Line; readonly box: Box; readonly most: number; readonly look: { readonly stroke: string; readonly dash: string } }) {
  const { columns } = view.laid;
  const x = (at: number): number => box.x + (columns.length === 1 ? box.width / 2 : (at * box.width) / (columns.length - 1));
  const y = (value: number): number => box.y + (1 - Math.max(0, value) / most) * box.height;
  const values = columns.map((column) => valueIn(view.laid, row, column));
  const drawn = (at: number): number | undefined => { const value = values[at]; return typeof value === 'number' ? value : undefined; };
  const path = values.map((value, at) => (typeof value === 'number' ? `${drawn(at - 1) === undefined ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}` : '')).join('');
  return (
    <g>
      <path d={path} fill="none" stroke={look.stroke} strokeWidth="2" strokeDasharray={look.dash === '' ? undefined : look.dash} />
      {values.map((value, at) => {
        const column = columns[at];
        if (column === undefined) return null;
        const said = `${sayRow(view, row)}, ${sayColumn(view, column)}: ${value === null ? t('indicators.missing') : sayValue(value, factsAt(view, row, column))}`;
        if (typeof value === 'number') return <circle key={column.key} cx={x(at)} cy={y(value)} r={drawn(at - 1) === undefined && drawn(at + 1) === undefined ? 3 : 2} fill={look.stroke}><title>{said}</title></circle>;
        return value === '<' ? <text key={column.key} x={x(at)} y={box.y + box.height - 3} textAnchor="middle" className="tiny">{'<10'}<title>{said}</title></text> : null;
      })}
    </g>
  );
}

const Frame = ({ box, most, decimals }: { readonly box: Box; readonly most: number; readonly decimals: number }) => (
  <g>{[0, 0.5, 1].map((share) => <g key={share}><path d={`M${box.x} ${box.y + box.height * (1 - share)}H${box.x + box.width}`} className="grid" /><text x={box.x - 5} y={box.y + box.height * (1 - share) + 4} textAnchor="end" className="tiny">{number(most * share, decimals)}</text></g>)}</g>
);

/** Where the number of each line stands: at its end, pushed apart so that none covers another. */
function marksOf(view: View, rows: readonly { readonly row: Line; readonly at: number }[], box: Box, most: number): { at: number; x: number; y: number }[] {
  const { columns } = view.laid;
  const ends = rows.flatMap(({ row, at }) => {
    const last = columns.findLastIndex((column) => typeof valueIn(view.laid, row, column) === 'number');
    const column = columns[last];
    const value = column === undefined ? null : valueIn(view.laid, row, column);
    if (typeof value !== 'number') return [];
    return [{ at, x: (columns.length === 1 ? box.x + box.width / 2 : box.x + (last * box.width) / (columns.length - 1)) + 5, y: box.y + (1 - Math.max(0, value) / most) * box.height + 4 }];
  }).sort((a, b) => a.y - b.y);
  for (let at = 1; at < ends.length; at += 1) { const [above, here] = [ends[at - 1], ends[at]]; if (above !== undefined && here !== undefined && here.y < above.y + 12) here.y = above.y + 12; }
  // What was pushed below the frame goes up again, from the lowest on.
  const foot = box.y + box.height + 4;
  for (let at = ends.length - 1; at >= 0; at -= 1) { const [here, below] = [ends[at], ends[at + 1]]; if (here !== undefined) here.y = Math.min(here.y, below === undefined ? foot : below.y - 12); }
  return ends;
}

/** All rows on one frame; told apart by colour, dash and number, named below. Measures of different kinds have frames of their own. */
export function Lines({ view, rows, label, picture }: DrawingProps) {
  const [holder, width] = useWidth();
  const kinds = [...new Set(rows.map((row) => factsAt(view, row, view.laid.columns[0])?.key ?? ''))];
  const most = mostOf(view, rows, view.laid.columns);
  const frame = 260;
  const across = Math.max(1, Math.min(rows.length, Math.floor(width / 300)));
  const cell = Math.floor(width / across);
  const deep = Math.ceil(rows.length / across);
  const names = rows.map((row) => wrapWords(sayRow(view, row), Math.floor((cell - 60) / 6.9)));
  const feet = kinds.length * (frame + 34);
  const heightOf = (line: number): number => Math.max(...names.filter((_, at) => at % deep === line).map((said) => said.length)) * 17 + 4;
  const tops = Array.from({ length: deep + 1 }, (_, line) => feet + 14 + Array.from({ length: line }, (__, above) => heightOf(above)).reduce((sum, one) => sum + one, 0));
  const height = (tops.at(-1) ?? feet) + 4;
  const every = Math.max(1, Math.ceil((view.laid.columns.length * 62) / Math.max(1, width - 80)));
  return (
    <div ref={holder} className="drawing">
      <svg ref={picture} role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {kinds.map((kind, number) => {
          const box = { x: 58, y: number * (frame + 34) + 14, width: width - 58 - 30, height: frame - 30 };
          const end = roundUp(most.get(kind) ?? 0);
          return (
            <g key={kind}>
              <Frame box={box} most={end} decimals={end < 5 ? 2 : 0} />
              {view.laid.columns.map((column, at) => (at % every === 0 ? <text key={column.key} x={box.x + (view.laid.columns.length === 1 ? box.width / 2 : (at * box.width) / (view.laid.columns.length - 1))} y={box.y + box.height + 18} textAnchor="middle" className="tiny">{footOf(view, column)}</text> : null))}
              {rows.map((row, at) => (factsAt(view, row, view.laid.columns[0])?.key === kind || kinds.length === 1 ? <Way key={row.key} view={view} row={row} box={box} most={end} look={lookOf(at)} /> : null))}
              {marksOf(view, rows.map((row, at) => ({ row, at })).filter(({ row }) => kinds.length === 1 || factsAt(view, row, view.laid.columns[0])?.key === kind), box, end).map(({ at, x, y }) => <text key={at} x={x} y={y} className="tiny">{at + 1}</text>)}
            </g>
          );
        })}
        {names.map((said, at) => {
          const look = lookOf(at);
          const [x, y] = [Math.floor(at / deep) * cell, tops[at % deep] ?? 0];
          return <g key={rows[at]?.key ?? at}><path d={`M${x + 8} ${y - 4}H${x + 38}`} stroke={look.stroke} strokeWidth="2.4" strokeDasharray={look.dash === '' ? undefined : look.dash} />{said.map((line, part) => <text key={part} x={x + 46} y={y + part * 17}>{part === 0 ? `${at + 1}. ${line}` : line}</text>)}</g>;
        })}
      </svg>
    </div>
  );
}

/** A small frame for every row, all of one measure on one scale, so that sizes can be compared at a glance. */
export function SmallMultiples({ view, rows, label, picture }: DrawingProps) {
  const [holder, width] = useWidth();
  const across = Math.max(1, Math.floor(width / 190));
  const cell = Math.floor(width / across);
  const most = mostOf(view, view.laid.rows, view.laid.columns);
  const names = rows.map((row) => wrapWords(sayRow(view, row), Math.floor((cell - 14) / 6.9)));
  const lineOf = (at: number): number => Math.floor(at / across);
  const heads = Array.from({ length: lineOf(Math.max(0, rows.length - 1)) + 1 }, (_, line) => Math.max(1, ...names.filter((__, at) => lineOf(at) === line).map((said) => said.length)) * 17);
  const tops = heads.map((_, line) => heads.slice(0, line).reduce((sum, head) => sum + head + 112, 0));
  const height = heads.reduce((sum, head) => sum + head + 112, 0) + 6;
  const [first, last] = [view.laid.columns[0], view.laid.columns.at(-1)];
  return (
    <div ref={holder} className="drawing">
      <svg ref={picture} role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        {rows.map((row, at) => {
          const [x, y, head] = [(at % across) * cell, tops[lineOf(at)] ?? 0, heads[lineOf(at)] ?? 17];
          const box = { x: x + 46, y: y + head + 10, width: cell - 64, height: 62 };
          const end = roundUp(most.get(factsAt(view, row, first)?.key ?? '') ?? 0);
          return (
            <g key={row.key}>
              {(names[at] ?? []).map((line, part) => <text key={part} x={x + 8} y={y + 14 + part * 17} className="name">{line}</text>)}
              <Frame box={box} most={end} decimals={end < 5 ? 2 : 0} />
              <Way view={view} row={row} box={box} most={end} look={lookOf(0)} />
              {first !== undefined && <text x={box.x} y={box.y + 80} className="tiny">{footOf(view, first)}</text>}
              {last !== undefined && last !== first && <text x={box.x + box.width} y={box.y + 80} textAnchor="end" className="tiny">{footOf(view, last)}</text>}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
