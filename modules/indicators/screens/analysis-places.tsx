import type { Ref } from 'react';
import { language, t } from '#web/i18n/words.ts';
import { islandTiles, tileGrid, tiles } from '#modules/org-units/schema.ts';
import { classBounds, classIn, valueIn, type Line } from './analysis-cube.ts';
import { sayValue } from './analysis-book.ts';
import { Hatch } from './analysis-bars.tsx';
import { useWidth } from './analysis-svg.ts';
import { factsAt, sayRow, type View } from './analysis-view.ts';

type PlacesProps = { readonly view: View; readonly rows: readonly Line[]; readonly column: Line; readonly label: string; readonly picture: Ref<SVGSVGElement> };
const light = (step: number): string => (step >= 5 ? 'var(--seq-ink-2)' : 'var(--seq-ink)');

/** Units of the rows by code; only where the rows are nothing but units. */
export function rowsByUnit({ laid }: View): ReadonlyMap<string, Line> | undefined {
  const [only] = laid.rowDims;
  const dimension = only === undefined || laid.rowDims.length !== 1 ? undefined : laid.dimensions[only];
  return dimension?.kind === 'unit' ? new Map(laid.rows.map((row) => [dimension.keys[row.at[0] ?? 0] ?? '', row])) : undefined;
}
export const fitsTiles = (view: View): boolean => { const units = rowsByUnit(view); return units !== undefined && tiles.every((tile) => units.has(tile.code)); };

/** Lower ends of the classes under a drawing, and the two looks of what is no number. */
function Scale({ bounds, y, width, facts }: { readonly bounds: readonly number[]; readonly y: number; readonly width: number; readonly facts: ReturnType<typeof factsAt> }) {
  const across = Math.max(1, Math.min(bounds.length + 2, Math.floor(width / 104)));
  const cell = width / across;
  const said = [...bounds.map((low, at) => { const next = bounds[at + 1]; return next === undefined ? `≥ ${sayValue(low, facts)}` : at === 0 ? `< ${sayValue(next, facts)}` : `${sayValue(low, facts)}–${sayValue(next, facts)}`; }), t('indicators.missing'), '<10'];
  return <g>{said.map((text, at) => {
    const [x, top] = [(at % across) * cell, y + Math.floor(at / across) * 40];
    const miss = at === bounds.length;
    return <g key={text + String(at)}><rect x={x} y={top} width={cell - 4} height="12" fill={miss ? 'url(#hatch)' : at > bounds.length ? 'none' : `var(--seq-${at + 1})`} className={miss || at > bounds.length ? 'edge' : undefined} /><text x={x} y={top + 27} className="tiny">{text}</text></g>;
  })}</g>;
}
const scaleHeight = (bounds: readonly number[], width: number): number => Math.ceil((bounds.length + 2) / Math.max(1, Math.min(bounds.length + 2, Math.floor(width / 104)))) * 40;

/** The 34 provinces as equal cells; the two archipelagos stand on every map of Việt Nam. */
export function TilesDrawing({ view, column, label, picture }: PlacesProps) {
  const [holder, wide] = useWidth();
  const width = Math.min(wide, 560);
  const units = rowsByUnit(view) ?? new Map<string, Line>();
  const bounds = classBounds(view.laid.rows.map((row) => valueIn(view.laid, row, column)));
  const facts = factsAt(view, view.laid.rows[0], column);
  const [cellWidth, cellHeight] = [width / tileGrid.columns, 44];
  const foot = tileGrid.rows * cellHeight + 10;
  const height = foot + scaleHeight(bounds, width);
  return (
    <div ref={holder} className="drawing">
      <svg ref={picture} role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Hatch />
        {tiles.map((tile) => {
          const row = units.get(tile.code);
          const value = row === undefined ? null : valueIn(view.laid, row, column);
          const step = typeof value === 'number' ? classIn(value, bounds) : 0;
          const [x, y] = [tile.column * cellWidth, tile.row * cellHeight];
          return (
            <g key={tile.code}>
              <title>{`${row === undefined ? tile.label : sayRow(view, row)}: ${value === null ? t('indicators.missing') : sayValue(value, facts)}`}</title>
              <rect x={x + 1} y={y + 1} width={cellWidth - 3} height={cellHeight - 3} rx="4" fill={step > 0 ? `var(--seq-${step})` : value === '<' ? 'none' : 'url(#hatch)'} className={step > 0 ? undefined : 'edge'} />
              {step === 0 && value !== '<' && <rect x={x + cellWidth / 2 - 17} y={y + 6} width="34" height={cellHeight - 13} rx="3" className="paper" />}
              <text x={x + cellWidth / 2 - 0.5} y={y + 18} textAnchor="middle" className="name" style={step > 0 ? { fill: light(step) } : undefined}>{tile.label}</text>
              <text x={x + cellWidth / 2 - 0.5} y={y + 34} textAnchor="middle" className="tiny" style={step > 0 ? { fill: light(step) } : undefined}>{value === null ? '–' : sayValue(value, facts)}</text>
            </g>
          );
        })}
        {islandTiles.map((tile) => <g key={tile.code}><title>{language() === 'en' ? tile.nameEn : tile.nameVi}</title><rect x={tile.column * cellWidth + 1} y={tile.row * cellHeight + 1} width={cellWidth * tile.span - 3} height={cellHeight - 3} rx="4" className="isle-edge" /><text x={tile.column * cellWidth + (cellWidth * tile.span) / 2} y={tile.row * cellHeight + 27} textAnchor="middle" className="tiny">{tile.label}</text></g>)}
        <Scale bounds={bounds} y={foot} width={width} facts={facts} />
      </svg>
    </div>
  );
}

/** Every unit of the answer as a small square in the order of the tree, coloured by its class: thousands of communes at once. */
export function Squares({ view, column, label, picture }: PlacesProps) {
  const [holder, width] = useWidth();
  const { rows } = view.laid;
  const bounds = classBounds(rows.map((row) => valueIn(view.laid, row, column)));
  const facts = factsAt(view, rows[0], column);
  const side = rows.length > 1200 ? 14 : rows.length > 200 ? 20 : 32;
  const across = Math.max(1, Math.floor(width / side));
  const foot = Math.ceil(rows.length / across) * side + 10;
  const height = foot + scaleHeight(bounds, width);
  return (
    <div ref={holder} className="drawing">
      <svg ref={picture} role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
        <Hatch />
        {rows.map((row, at) => {
          const value = valueIn(view.laid, row, column);
          const step = typeof value === 'number' ? classIn(value, bounds) : 0;
          return <rect key={row.key} x={(at % across) * side} y={Math.floor(at / across) * side} width={side - 2} height={side - 2} fill={step > 0 ? `var(--seq-${step})` : value === '<' ? 'none' : 'url(#hatch)'} className={step > 0 ? undefined : 'edge'}><title>{`${sayRow(view, row)}: ${value === null ? t('indicators.missing') : sayValue(value, facts)}`}</title></rect>;
        })}
        <Scale bounds={bounds} y={foot} width={width} facts={facts} />
      </svg>
    </div>
  );
}
