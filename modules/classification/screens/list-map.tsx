import { lazy, Suspense, useState } from 'react';
import { number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { useQuery } from '#web/query.ts';
import { useScope } from '#web/place.ts';
import { Card } from '#web/kit/card.tsx';
import { TableTwin } from '#web/kit/charts.tsx';
import { RemoteView, Skeleton } from '#web/kit/notice.tsx';
import { Segmented } from '#web/kit/tabs.tsx';
import { ScaleKey, TileMap, type MapTile } from '#web/kit/tile-map.tsx';
import { islandTiles, tiles } from '#modules/org-units/schema.ts';
import { getVerdictMap, type ProvinceRow, type VerdictList } from '../schema/verdict.ts';
import { BesideLine, shareText } from './share-card.tsx';
import { outcomeWord, unitWord } from './words.ts';

const GeoProvinces = lazy(() => import('./geo-provinces.tsx'));
const steps = [1, 2, 3, 4, 5, 6] as const;
const bounds = [0, 10, 20, 30, 40, 50] as const;
const stepOf = (share: number): (typeof steps)[number] => steps[Math.max(0, bounds.findLastIndex((low) => share >= low))] ?? 1;
const boundWords = (): string[] => bounds.map((low, at) => { const next = bounds[at + 1]; return at === 0 ? `< ${next ?? ''}%` : next === undefined ? `≥ ${low}%` : `${low}–${next}%`; });

/** The country as tiles: the proposed share on each cell, and in the list under it what must be read beside it. */
export function StatusMap({ list }: { readonly list: VerdictList }) {
  const { choose } = useScope();
  const [view, setView] = useState<'share' | 'status' | 'geo'>('share');
  const byCode = new Map(list.provinces.map((one) => [one.code, one] as const));
  const shown = tiles.map((tile): MapTile => {
    const row = byCode.get(tile.code);
    const base = { code: tile.code, label: tile.label, row: tile.row, column: tile.column, name: row === undefined ? tile.label : unitWord(row) };
    if (row === undefined) return { ...base, value: null };
    return view !== 'status' ? shareTile(base, row) : { ...base, value: number(row.tally.drugFree + row.tally.toConclude), fill: row.outcome === 'drug-free' ? 'ok' : row.outcome === 'key-complex' ? 6 : row.outcome === 'not-key-complex' ? 2 : 'idle' };
  });
  const isles = islandTiles.map((tile): MapTile => ({ code: tile.code, label: tile.label, name: language() === 'en' ? tile.nameEn : tile.nameVi, row: tile.row, column: tile.column, span: tile.span, island: true }));
  return (
    <div className="cols">
      <Card title={t('classification.map')} say={t('classification.map-say')}>
        <div className="stack-m">
          <Segmented label={t('classification.map-kind')} value={view} onChoose={setView} choices={[{ value: 'share', label: t('classification.map-share') }, { value: 'status', label: t('classification.map-status') }, { value: 'geo', label: t('classification.map-geo') }]} />
          {view === 'geo' ? <Suspense fallback={<Skeleton lines={8} />}><GeoProvinces places={list.provinces.map((row) => ({ code: row.code, name: unitWord(row), value: shareText(row.share.proposed), fill: row.share.proposed === null ? 0 : stepOf(row.share.proposed) }))} onChoose={(code) => choose({ province: code })} /></Suspense>
            : <TileMap label={t('classification.map')} tiles={[...shown, ...isles]} onChoose={(code) => choose({ province: code })} />}
          {view !== 'status' ? <ScaleKey bounds={boundWords()} /> : <p className="small muted">{t('classification.map-status-say')}</p>}
          <TableTwin title={t('classification.map')}>
            <thead><tr><th scope="col">{t('classification.province')}</th><th scope="col" className="num">{t('classification.share-proposed')}</th><th scope="col">{t('classification.beside')}</th></tr></thead>
            <tbody>{list.provinces.map((row) => <tr key={row.code}><th scope="row">{unitWord(row)}</th><td className="num">{shareText(row.share.proposed)}</td><td><BesideLine values={row.share.beside} besideOf={list.besideOf} /></td></tr>)}</tbody>
          </TableTwin>
        </div>
      </Card>
      <CommuneCells list={list} />
    </div>
  );
}

const shareTile = (base: Omit<MapTile, 'value'>, row: ProvinceRow): MapTile => ({ ...base, value: row.share.proposed === null ? null : shareText(row.share.proposed), ...(row.share.proposed === null ? {} : { fill: stepOf(row.share.proposed) }), ...(row.outcome === 'key-complex' ? { flag: outcomeWord('key-complex') } : {}) });

const letterOutcome = { d: 'drug-free', 1: 'I', 2: 'II', 3: 'III', n: 'not-classified', c: 'to-conclude', m: 'cannot-judge' } as const;
const letters = ['d', 'c', '3', '2', '1', 'n', 'm'] as const;

/** All communes at once, one cell each in the order of their codes: a picture of the whole, with its counts in words. */
function CommuneCells({ list }: { readonly list: VerdictList }) {
  const map = useQuery(getVerdictMap, { query: { unit: list.unit.code, level: 'commune', period: list.period.id, standing: list.standing } });
  return (
    <Card title={t('classification.cells')} say={t('classification.cells-say')}>
      <RemoteView of={map} lines={6}>{(value) => {
        const counted = letters.map((letter) => ({ letter, count: [...value.proposed].filter((one) => one === letter).length }));
        return (
          <>
            <Cells proposed={value.proposed} label={counted.map(({ letter, count }) => `${outcomeWord(letterOutcome[letter])}: ${number(count)}`).join('; ')} />
            <ul className="clskey">{counted.map(({ letter, count }) => <li key={letter}><i className={`cell-${letter}`} aria-hidden="true" />{outcomeWord(letterOutcome[letter])} <b>{number(count)}</b></li>)}</ul>
          </>
        );
      }}</RemoteView>
    </Card>
  );
}

const across = 60;
/** Drawn as one path a kind, so that 3,321 cells are seven elements. */
function Cells({ proposed, label }: { readonly proposed: string; readonly label: string }) {
  const rows = Math.max(1, Math.ceil(proposed.length / across));
  const paths = letters.map((letter) => ({ letter, d: [...proposed].map((one, at) => (one === letter ? `M${(at % across) * 5} ${Math.floor(at / across) * 5}h4v4h-4z` : '')).join('') }));
  return <svg className="cells" viewBox={`0 0 ${across * 5} ${rows * 5}`} role="img" aria-label={label}>{paths.map(({ letter, d }) => <path key={letter} className={`cell-${letter}`} d={d} />)}</svg>;
}
