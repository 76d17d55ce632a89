import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../i18n/words.ts';
import { neighbour } from './tile-neighbour.ts';

export type MapTile = {
  readonly code: string;
  /** Two to four letters on the cell. */
  readonly label: string;
  /** The unit's whole name. */
  readonly name: string;
  readonly row: number;
  readonly column: number;
  readonly span?: number;
  /** The figure as it is read; null: not reported (hatched). */
  readonly value?: string | null;
  /** Class of the sequential scale 1-6, or a status fill. */
  readonly fill?: 1 | 2 | 3 | 4 | 5 | 6 | 'done' | 'ok' | 'warn' | 'bad' | 'idle';
  /** A red corner and the words that explain it. */
  readonly flag?: string;
  /** Hoàng Sa and Trường Sa: drawn on every map, not pressed. */
  readonly island?: boolean;
};

type TileMapProps = { readonly label: string; readonly tiles: readonly MapTile[]; readonly chosen?: string; readonly onChoose?: (code: string) => void; readonly children?: ReactNode };

const classOf = (tile: MapTile): string =>
  `tile${tile.fill === undefined ? ' q0' : typeof tile.fill === 'number' ? ` q${tile.fill}` : ` s-${tile.fill}`}${tile.flag === undefined ? '' : ' flag'}`;

/** 34 equal cells: a large province does not drown a small one. One stop for Tab; arrows move between provinces. */
export function TileMap({ label, tiles, chosen, onChoose, children }: TileMapProps) {
  const grid = useRef<HTMLDivElement>(null);
  const pressable = tiles.filter((tile) => tile.island !== true);
  const stop = pressable.find((tile) => tile.code === chosen) ?? pressable[0];
  const onKey = (event: KeyboardEvent): void => {
    const from = pressable.find((tile) => tile.code === (event.target instanceof HTMLElement ? event.target.dataset['code'] : undefined));
    const to = from && neighbour(pressable, from, event.key);
    if (!to) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-code="${to.code}"]`)?.focus();
  };
  const say = (tile: MapTile): string => [tile.value === null || tile.value === undefined ? t('kit.not-reported') : '', tile.name, tile.flag].filter(Boolean).join(', ');
  return (
    <>
      <div className="tiles" role="group" aria-label={label} ref={grid} onKeyDown={onKey}>
        {tiles.map((tile) => {
          const style = { gridRow: tile.row + 1, gridColumn: `${tile.column + 1} / span ${tile.span ?? 1}` };
          return tile.island === true
            ? <span key={tile.code} className="tile isle" style={style}>{tile.label}</span>
            : (
              <button
                key={tile.code} type="button" className={classOf(tile)} style={style} data-code={tile.code} title={tile.name}
                tabIndex={tile === stop ? 0 : -1} aria-current={tile.code === chosen ? 'true' : undefined} onClick={() => onChoose?.(tile.code)}
              ><b>{tile.label}</b>{tile.value ?? '–'}<span className="vh">, {say(tile)}</span></button>
            );
        })}
      </div>
      {children}
    </>
  );
}

/** The six steps of the sequential scale under a map: `bounds` are their words, low to high. */
export const ScaleKey = ({ bounds }: { readonly bounds: readonly string[] }) => (
  <ul className="key">{bounds.map((bound, index) => <li key={bound}><i className={`q${index + 1}`} aria-hidden="true" />{bound}</li>)}</ul>
);
