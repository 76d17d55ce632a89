import { lazy, Suspense, useState } from 'react';
import { number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { Notice, Skeleton } from '#web/kit/notice.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { ScaleKey, TileMap, type MapTile } from '#web/kit/tile-map.tsx';
import { islandTiles, tiles, type UnitTree } from '../schema.ts';
import { useGo } from './go.ts';
import { nameOf, placeName } from './words.ts';

const GeoMap = lazy(() => import('./geo-map.tsx'));
/** Lower ends of the classes of the scale, communes a province. */
const bounds = [0, 60, 80, 100, 120, 150] as const;
const classes = [1, 2, 3, 4, 5, 6] as const;
const classOf = (count: number): (typeof classes)[number] => classes[bounds.findLastIndex((low) => count >= low)] ?? 1;
const boundWords = (): string[] => bounds.map((low, at) => {
  const next = bounds[at + 1];
  return at === 0 ? `< ${next ?? ''}` : next === undefined ? `≥ ${low}` : `${low}–${next - 1}`;
});

/** Tiles of Hoàng Sa and Trường Sa: on every map of the country. */
export const islands = (): MapTile[] => islandTiles.map((tile) => ({
  code: tile.code, label: tile.label, name: language() === 'en' ? tile.nameEn : tile.nameVi, row: tile.row, column: tile.column, span: tile.span, island: true,
}));

/** The country as tiles, or as an operator's boundaries when they were imported. Colour: units of commune level. */
export function NationMap({ tree }: { readonly tree: UnitTree }) {
  const go = useGo();
  const [view, setView] = useState<'tiles' | 'map'>('tiles');
  const byCode = new Map(tree.provinces.map((province) => [province.code, province]));
  const fits = tiles.every((tile) => byCode.has(tile.code)) && tree.provinces.length === tiles.length;
  const shown = tiles.flatMap((tile): MapTile[] => {
    const province = byCode.get(tile.code);
    return province === undefined ? [] : [{ ...tile, name: `${nameOf(province)}, ${t('org-units.communal-count', { count: province.communes.length })}`, value: number(province.communes.length), fill: classOf(province.communes.length) }];
  });
  return (
    <Card title={t('org-units.map-title')} say={t('org-units.map-say')}>
      {!fits ? <Notice><p>{t('org-units.map-other-day', { count: tree.provinces.length })}</p></Notice> : (
        <div className="stack-m">
          <Segmented label={t('org-units.map-kind')} value={view} onChoose={setView} choices={[{ value: 'tiles', label: t('org-units.map-tiles') }, { value: 'map', label: t('org-units.map-geo') }]} />
          {view === 'tiles' ? <TileMap label={t('org-units.map-title')} tiles={[...shown, ...islands()]} onChoose={(code) => go(`/tinh/${code}`)} />
            : <Suspense fallback={<Skeleton lines={8} />}><GeoMap places={shown.map((tile) => ({ code: tile.code, name: placeName(byCode.get(tile.code)?.nameVi ?? ''), value: tile.value ?? '', fill: Number(tile.fill) }))} onChoose={(code) => go(`/tinh/${code}`)} /></Suspense>}
          <ScaleKey bounds={boundWords()} />
          <p className="xs muted">{view === 'tiles' ? t('org-units.map-note') : t('org-units.map-geo-note')}</p>
        </div>
      )}
    </Card>
  );
}
