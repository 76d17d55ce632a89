import { number } from '#web/i18n/format.ts';
import { sayKey, t } from '#web/i18n/words.ts';
import { Legend } from '#web/kit/charts.tsx';
import { TileMap, type MapTile } from '#web/kit/tile-map.tsx';
import { tiles, type CommitteeRow } from '../schema.ts';
import { committeeStates, sayState, stateFill } from './committee-words.ts';
import { islands } from './nation-map.tsx';
import { placeName } from './words.ts';

/** A shape and a short word on the cell, so that the colour is not alone: tick, triangle with the days, diamond, ring. */
const shapes = { 'on-time': '✓', late: '▲', missing: '◆', awaited: '○' } as const;
const markOf = (row: CommitteeRow): string => `${shapes[row.state]} ${row.state === 'late' ? `+${number(row.daysLate)}` : sayKey(`org-units.tile.${row.state}`)}`;

export function CommitteeMap({ rows, onChoose }: { readonly rows: readonly CommitteeRow[]; readonly onChoose: (code: string) => void }) {
  const byCode = new Map(rows.map((row) => [row.province, row]));
  const shown = tiles.flatMap((tile): MapTile[] => {
    const row = byCode.get(tile.code);
    return row === undefined ? [] : [{ ...tile, name: `${placeName(row.provinceVi)}: ${sayState(row)}`, value: markOf(row), fill: stateFill[row.state] }];
  });
  return (
    <TileMap label={t('org-units.committee-map')} tiles={[...shown, ...islands()]} onChoose={onChoose}>
      <Legend parts={committeeStates.filter((state) => state !== 'awaited' || rows.some((row) => row.state === state)).map((state) => ({ key: state, label: `${shapes[state]} ${sayKey(`org-units.state.${state}`)}`, fill: stateFill[state] }))} />
      <p className="xs muted">{t('org-units.committee-map-note')}</p>
    </TileMap>
  );
}
