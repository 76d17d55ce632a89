import { number } from '#web/i18n/format.ts';
import { language, t } from '#web/i18n/words.ts';
import { Card } from '#web/kit/card.tsx';
import { Select } from '#web/kit/field.tsx';
import { A } from '#web/kit/link.tsx';
import { ScaleKey, TileMap, type MapTile } from '#web/kit/tile-map.tsx';
import { useScope, withQuery } from '#web/place.ts';
import { islandTiles, tiles } from '#modules/org-units/schema.ts';
import type { Compact, Overview } from '../schema.ts';
import { CompactText, sayCompact } from './figure.tsx';
import { explainPath } from './links.ts';

const steps = [1, 2, 3, 4, 5, 6] as const;

/** Lower ends of six classes with about equal numbers of units, so that one odd unit does not take all the colour. */
function boundsOf(values: readonly Compact[]): number[] {
  const sorted = values.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  return [...new Set(steps.map((_, at) => sorted[Math.floor((at * sorted.length) / 6)] ?? 0))];
}
const classOf = (value: number, bounds: readonly number[]): (typeof steps)[number] => steps[Math.max(0, bounds.findLastIndex((low) => value >= low))] ?? 1;

/** The children of a unit by one indicator: tiles of the 34 provinces, or a list in order where there are no tiles. */
export default function OverviewTiles({ overview, onTile }: { readonly overview: Overview; readonly onTile: (indicator: string) => void }) {
  const { choose } = useScope();
  const values = new Map(overview.children.map(([code], at) => [code, overview.tiles.values[at] ?? null] as const));
  const flags = new Map(overview.children.map(([code], at) => [code, overview.tiles.steps[at] ?? null] as const));
  const names = new Map(overview.children.map(([code, vi, en]) => [code, language() === 'en' ? en : vi] as const));
  const bounds = boundsOf([...values.values()]);
  const fits = overview.unit.code === '00' && tiles.every((tile) => names.has(tile.code));
  const chosen = overview.bullets.find((bullet) => bullet.indicator.id === overview.tiles.indicator)?.indicator;
  const judgedBy = overview.bullets.find((bullet) => bullet.indicator.id === overview.tiles.indicator)?.target;
  const suffix = chosen?.unit.code === 'phan-tram' || chosen?.unit.code === 'percent' ? '%' : '';
  const shown = tiles.map((tile): MapTile => {
    const value = values.get(tile.code) ?? null;
    return {
      code: tile.code, label: tile.label, row: tile.row, column: tile.column, name: names.get(tile.code) ?? tile.label, value: value === null ? null : sayCompact(value),
      ...(typeof value === 'number' ? { fill: classOf(value, bounds) } : {}), ...(flags.get(tile.code) === 'bad' ? { flag: t('indicators.step.bad') } : {}),
    };
  });
  const isles = islandTiles.map((tile): MapTile => ({ code: tile.code, label: tile.label, name: language() === 'en' ? tile.nameEn : tile.nameVi, row: tile.row, column: tile.column, span: tile.span, island: true }));
  return (
    <Card title={t(fits ? 'indicators.tiles-provinces' : 'indicators.tiles-units', { count: overview.children.length })} say={chosen === undefined ? undefined : `${chosen.name[language()]}${suffix === '' ? ` (${chosen.unit[language()]})` : ' (%)'}`}>
      <div className="stack-m">
        <Select label={t('indicators.choose-tile')} value={overview.tiles.indicator ?? ''} onChoose={onTile} choices={overview.bullets.map(({ indicator }) => ({ value: indicator.id, label: indicator.shortName[language()] }))} />
        {fits ? (
          <>
            <TileMap label={t('indicators.tiles-provinces', { count: overview.children.length })} tiles={[...shown, ...isles]} onChoose={(code) => choose({ province: code, commune: undefined })} />
            <ScaleKey bounds={bounds.map((low, at) => { const next = bounds[at + 1]; return next === undefined ? `≥ ${number(low)}` : at === 0 ? `< ${number(next)}` : `${number(low)}–${number(next)}`; })} />
            <p className="xs muted">{t('indicators.tiles-note')}{judgedBy === undefined || judgedBy === null ? '' : ` ${t('indicators.judged-by', { target: judgedBy.name[language()] })}.`}</p>
          </>
        ) : <Ranked overview={overview} values={values} names={names} suffix={suffix} />}
      </div>
    </Card>
  );
}

/** Units below where there are no tiles: the worst figures first, those not reported last. */
function Ranked({ overview, values, names, suffix }: { readonly overview: Overview; readonly values: ReadonlyMap<string, Compact>; readonly names: ReadonlyMap<string, string>; readonly suffix: string }) {
  const tile = overview.bullets.find((bullet) => bullet.indicator.id === overview.tiles.indicator);
  const lower = tile?.indicator.polarity === 'lower';
  const rank = (value: Compact): number => (value === null ? 2 : value === '<' ? 1 : 0);
  const rows = [...values].sort(([, a], [, b]) => (typeof a === 'number' && typeof b === 'number' ? (lower ? b - a : a - b) : rank(a) - rank(b)));
  return (
    <div className="scroll tall">
      <table className="tbl">
        <caption className="vh">{t('indicators.tiles-units', { count: rows.length })}</caption>
        <thead><tr><th scope="col">{t('indicators.place')}</th><th scope="col" className="num">{t('indicators.value')}</th></tr></thead>
        <tbody>{rows.map(([code, value]) => <tr key={code}><th scope="row"><A to={withQuery('/tong-quan', { 'pham-vi': overview.unit.code === '00' ? code : `${overview.unit.code}-${code}` })}>{names.get(code) ?? code}</A></th><td className="num">{tile === undefined ? <CompactText value={value} suffix={suffix} /> : <A to={explainPath(tile.indicator.id, code, tile.period)}><CompactText value={value} suffix={suffix} /></A>}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
