import { useLocation } from 'wouter';
import { percent } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { useQueryState } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { ScaleKey, TileMap, type MapTile } from '#web/kit/tile-map.tsx';
import { islandTiles, tiles } from '#modules/org-units/schema.ts';
import { shareReached } from '../rules/review.ts';
import type { AreaRow } from '../schema.ts';

const bounds = [0, 0.2, 0.4, 0.6, 0.8, 0.95] as const;
const classes = [1, 2, 3, 4, 5, 6] as const;

/** Share reached of each province on the tile map; a press narrows the page to that province. */
export function Coverage({ rows }: { readonly rows: readonly AreaRow[] }) {
  const [, setQuery] = useQueryState();
  useLocation();
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const shown = tiles.map((tile): MapTile => {
    const row = byCode.get(tile.code);
    const share = row === undefined ? null : shareReached(row);
    return { ...tile, name: row?.nameVi ?? tile.label, value: share === null ? null : percent(share), ...(share === null ? {} : { fill: classes[bounds.findLastIndex((low) => share >= low)] ?? 1 }), ...(row !== undefined && row.late > 0 ? { flag: t('coverage.late-count', { count: row.late }) } : {}) };
  });
  const islands = islandTiles.map((tile): MapTile => ({ code: tile.code, label: tile.label, name: language() === 'en' ? tile.nameEn : tile.nameVi, row: tile.row, column: tile.column, span: tile.span, island: true }));
  return (
    <Card title={t('coverage.map')} say={t('coverage.map-say')}>
      <TileMap label={t('coverage.map')} tiles={[...shown, ...islands]} onChoose={(code) => setQuery({ 'pham-vi': code }, { push: true })}>
        <ScaleKey bounds={bounds.map((low, at) => `≥ ${percent(low, at === 5 ? 0 : 0)}`)} />
      </TileMap>
    </Card>
  );
}
