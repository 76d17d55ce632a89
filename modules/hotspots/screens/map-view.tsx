import { fetchFile } from '#web/api.ts';
import { number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { GeoMap } from '#web/kit/geo-map.tsx';
import { EmptyState, Notice, RemoteView } from '#web/kit/notice.tsx';
import { Table } from '#web/kit/table.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { ScaleKey, TileMap, type MapTile } from '#web/kit/tile-map.tsx';
import { useQueryState, useScope } from '#web/place.ts';
import { useQuery } from '#web/query.ts';
import { archipelagos, getBoundaries, islandTiles, tiles } from '#modules/org-units/schema.ts';
import { getPlaceMap, type Kind, type MapArea } from '../schema.ts';
import type { Units, Where } from './units.ts';
import { sayKind } from './words.ts';

type Fill = 1 | 2 | 3 | 4 | 5 | 6;
const fills: readonly Fill[] = [1, 2, 3, 4, 5, 6];
type Drawn = { readonly code: string; readonly name: string; readonly count: number; readonly area: MapArea | undefined };

/** Lower ends of the six classes: equal shares of the areas that have any, so that one bad area does not hide the rest. */
function boundsOf(counts: readonly number[]): readonly number[] {
  const some = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const at = (share: number): number => some[Math.floor(share * (some.length - 1))] ?? 1;
  const cuts = [0, 1, ...[0.25, 0.5, 0.75, 0.95].map((share) => at(share) + 1)];
  const most = some[some.length - 1] ?? 1;
  return cuts.reduce<number[]>((kept, cut) => [...kept, Math.max(cut, (kept[kept.length - 1] ?? -1) + 1)], []).filter((cut) => cut <= most);
}
const fillOf = (count: number, bounds: readonly number[]): Fill => fills[bounds.filter((low) => count >= low).length - 1] ?? 1;
const wordsOf = (bounds: readonly number[]): string[] => bounds.map((low, at) => { const next = bounds[at + 1]; return next === undefined ? `≥ ${low}` : next - 1 === low ? `${low}` : `${low}–${next - 1}`; });

/** Points of the law count on the map; of another kind only when it was asked for, and never added to points. */
const countOf = (area: MapArea | undefined, kind: Kind | undefined): number => (area === undefined ? 0 : kind === 'hotspot' ? area.hotspots : kind === 'risk-point' ? area.riskPoints : area.left);

/** Where points are: by province for the country, by commune within one; as equal tiles, or as imported boundaries draw them. */
export default function MapView({ where, kind, units }: { readonly where: Where; readonly kind: Kind | undefined; readonly units: Units | undefined }) {
  const [query, setQuery] = useQueryState();
  const { choose } = useScope();
  const found = useQuery(getPlaceMap, { query: { ...(where.province === undefined ? {} : { province: where.province }), ...(kind === undefined ? {} : { kind }) } });
  const geo = query.get('ve') === 'ranh-gioi';
  const province = units?.tree.provinces.find((one) => one.code === where.province);
  const open = (code: string): void => {
    if (where.province === undefined) choose({ province: code });
    else { choose({ province: where.province, commune: code }); setQuery({ xem: 'danh-sach' }); }
  };
  return (
    <Card title={t(where.province === undefined ? 'hotspots.map-nation' : 'hotspots.map-province', { kind: sayKind(kind ?? 'point').toLowerCase() })} say={t('hotspots.map-say')}
      tools={<Segmented label={t('hotspots.map-kind')} value={geo ? 'ranh-gioi' : 'o'} onChoose={(next) => setQuery({ ve: next === 'o' ? undefined : next })} choices={[{ value: 'o', label: t('hotspots.map-tiles') }, { value: 'ranh-gioi', label: t('hotspots.map-geo') }]} />}>
      <RemoteView of={found} lines={10}>
        {(value) => {
          if (units === undefined) return null;
          const areas = new Map(value.areas.map((area) => [area.commune ?? area.province, area]));
          const codes = province === undefined ? units.tree.provinces.map((one) => one.code) : province.communes.map(([code]) => code);
          const drawn = codes.map((code): Drawn => ({ code, name: units.nameOf(code), area: areas.get(code), count: countOf(areas.get(code), kind) }));
          return <div className="cols"><Drawing drawn={drawn} province={where.province} geo={geo} onChoose={open} /><Worst drawn={drawn} onChoose={open} /></div>;
        }}
      </RemoteView>
    </Card>
  );
}

const sayArea = ({ name, count, area }: Drawn): string => [name, t('hotspots.left-count', { count }), ...(area !== undefined && area.overdue > 0 ? [t('hotspots.overdue-count', { count: area.overdue })] : []), ...(area !== undefined && area.recurred > 0 ? [t('hotspots.recurred-count', { count: area.recurred })] : [])].join(', ');

function Drawing({ drawn, province, geo, onChoose }: { readonly drawn: readonly Drawn[]; readonly province: string | undefined; readonly geo: boolean; readonly onChoose: (code: string) => void }) {
  const bounds = boundsOf(drawn.map(({ count }) => count));
  const title = t('hotspots.map-label');
  const apart = islandTiles.filter((tile) => tile.province === province).map((tile) => tile.code);
  const fitsTiles = tiles.every((tile) => drawn.some((one) => one.code === tile.code));
  const byCode = new Map(drawn.map((one) => [one.code, one]));
  const shown = tiles.flatMap((tile): MapTile[] => { const one = byCode.get(tile.code); return one === undefined ? [] : [{ ...tile, name: sayArea(one), value: number(one.count), fill: fillOf(one.count, bounds) }]; });
  const islands = islandTiles.map((tile): MapTile => ({ code: tile.code, label: tile.label, name: language() === 'en' ? tile.nameEn : tile.nameVi, row: tile.row, column: tile.column, span: tile.span, island: true }));
  return (
    <div className="stack-m">
      {geo ? (
        <GeoMap key={province ?? ''} title={title} headings={[t('hotspots.area'), t('hotspots.left')]} places={drawn.map((one) => ({ code: one.code, name: one.name, value: number(one.count), fill: fillOf(one.count, bounds) }))} onChoose={onChoose}
          load={(signal) => fetchFile(getBoundaries, { params: { level: province === undefined ? 'province' : 'commune' } }, { signal })}
          marks={archipelagos.map((one) => ({ key: one.key, at: one.at, name: t(one.key) }))} {...(province === undefined ? {} : { part: { apart } })}
          missing={<EmptyState icon="pin" title={t('org-units.no-boundaries')}>{t('org-units.no-boundaries-say')}</EmptyState>} />
      ) : province === undefined ? (fitsTiles ? <TileMap label={title} tiles={[...shown, ...islands]} onChoose={onChoose} /> : <Notice><p>{t('hotspots.map-other-day')}</p></Notice>)
        : <CommuneTiles drawn={drawn} bounds={bounds} onChoose={onChoose} />}
      <ScaleKey bounds={wordsOf(bounds)} />
      <p className="xs muted">{t('hotspots.map-note')}</p>
    </div>
  );
}

const worstAtMost = 12;
/** The areas with most, beside the map: worst first, and said so. */
function Worst({ drawn, onChoose }: { readonly drawn: readonly Drawn[]; readonly onChoose: (code: string) => void }) {
  const rows = [...drawn].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count).slice(0, worstAtMost);
  return (
    <Table caption={t('hotspots.worst', { count: rows.length })} rows={rows} rowKey={(row) => row.code} empty={<p className="muted">{t('hotspots.unit-none')}</p>} columns={[
      { key: 'area', header: t('hotspots.area'), rowHeader: true, cell: (row) => <button type="button" className="linkish" onClick={() => onChoose(row.code)}>{row.name}</button> },
      { key: 'left', header: t('hotspots.left'), numeric: true, cell: (row) => number(row.count) },
      { key: 'overdue', header: t('hotspots.running-overdue'), numeric: true, cell: (row) => <span className={(row.area?.overdue ?? 0) > 0 ? 'c-bad b' : undefined}>{number(row.area?.overdue ?? 0)}</span> },
      { key: 'recurred', header: t('hotspots.month-recurred'), numeric: true, cell: (row) => number(row.area?.recurred ?? 0) },
    ]} />
  );
}

type TilesProps = { readonly drawn: readonly Drawn[]; readonly bounds: readonly number[]; readonly onChoose: (code: string) => void };
/** Communes as equal tiles, most points first; those without any are folded away. */
function CommuneTiles({ drawn, bounds, onChoose }: TilesProps) {
  const ordered = [...drawn].sort((a, b) => b.count - a.count || (b.area?.overdue ?? 0) - (a.area?.overdue ?? 0) || (a.name < b.name ? -1 : 1));
  const some = ordered.filter(({ count }) => count > 0);
  const none = ordered.slice(some.length);
  return (
    <>
      {some.length > 0 && <Tiles drawn={some} bounds={bounds} onChoose={onChoose} />}
      {none.length > 0 && <details open={some.length === 0}><summary>{t('hotspots.communes-none', { count: number(none.length) })}</summary><Tiles drawn={none} bounds={bounds} onChoose={onChoose} /></details>}
    </>
  );
}
const Tiles = ({ drawn, bounds, onChoose }: TilesProps) => (
  <div className="ctiles" role="group" aria-label={t('hotspots.map-label')}>
    {drawn.map((one) => (
      <button key={one.code} type="button" className={`q${fillOf(one.count, bounds)}`} onClick={() => onChoose(one.code)} title={sayArea(one)}><b>{number(one.count)}</b>{one.name}{one.area !== undefined && one.area.overdue > 0 && <span>, {t('hotspots.overdue-count', { count: one.area.overdue })}</span>}</button>
    ))}
  </div>
);
