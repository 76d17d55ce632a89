import { useEffect, useMemo, useState } from 'react';
import { fetchFile, type Problem } from '#web/api.ts';
import { t } from '#web/i18n/words.ts';
import { EmptyState, ProblemNotice, Skeleton } from '#web/kit/notice.tsx';
import { TableTwin } from '#web/kit/charts.tsx';
import { getBoundaries } from '../schema.ts';
import { draw, readTopology, type Topology } from './topo.ts';

type Place = { readonly code: string; readonly name: string; readonly value: string; readonly fill: number };
type GeoMapProps = { readonly places: readonly Place[]; readonly onChoose: (code: string) => void };
type Loaded = { readonly topology?: Topology; readonly problem?: Problem };

/** Middle of each archipelago, so that its name stands on the map whatever the imported file holds. */
const archipelagos = [{ key: 'org-units.hoang-sa', at: [112, 16.5] }, { key: 'org-units.truong-sa', at: [114.2, 9.6] }] as const;

async function loadTopology(signal: AbortSignal): Promise<Loaded> {
  const answer = await fetchFile(getBoundaries, { params: { level: 'province' } }, { signal });
  if (!answer.ok) return { problem: answer.problem };
  try {
    const topology = readTopology(JSON.parse(await answer.value.file.text()));
    return topology === undefined ? { problem: { code: 'boundaries-unreadable' } } : { topology };
  } catch {
    return { problem: { code: 'boundaries-unreadable' } };
  }
}

/** The provinces as their imported boundaries draw them. Fetched only when asked for. */
export default function GeoMap({ places, onChoose }: GeoMapProps) {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    const stop = new AbortController();
    void loadTopology(stop.signal).then((next) => { if (!stop.signal.aborted) setLoaded(next); });
    return () => stop.abort();
  }, []);
  const drawing = useMemo(() => (loaded?.topology === undefined ? undefined : draw(loaded.topology, 340)), [loaded]);
  if (loaded === undefined) return <Skeleton lines={8} />;
  if (loaded.problem?.code === 'boundaries-missing') return <EmptyState icon="pin" title={t('org-units.no-boundaries')}>{t('org-units.no-boundaries-say')}</EmptyState>;
  if (drawing === undefined) return <ProblemNotice problem={loaded.problem} />;
  const byCode = new Map(places.map((place) => [place.code, place]));
  return (
    <>
      <svg viewBox={`0 0 ${drawing.width} ${drawing.height.toFixed(0)}`} role="group" aria-label={t('org-units.map-title')} style={{ width: '100%', height: 'auto' }}>
        {drawing.shapes.map((shape) => {
          const place = byCode.get(shape.code);
          if (place === undefined) return null;
          return (
            <a key={shape.code} href={`#${shape.code}`} aria-label={`${place.name}, ${place.value}`} onClick={(event) => { event.preventDefault(); onChoose(shape.code); }}>
              <title>{`${place.name}: ${place.value}`}</title>
              <path d={shape.path} fillRule="evenodd" style={{ fill: `var(--seq-${place.fill})`, stroke: 'var(--line-strong)', strokeWidth: 0.6 }} />
            </a>
          );
        })}
        {archipelagos.map((one) => {
          const [x, y] = drawing.place(one.at[0], one.at[1]);
          return (
            <g key={one.key} style={{ fill: 'var(--ink)' }}>
              <circle cx={x} cy={y - 4} r={1.6} /><circle cx={x + 5} cy={y - 7} r={1.2} /><circle cx={x - 4} cy={y - 8} r={1.2} />
              <text x={x} y={y + 9} textAnchor="middle" style={{ fontSize: '10px' }}>{t(one.key)}</text>
            </g>
          );
        })}
      </svg>
      <TableTwin title={t('org-units.map-title')}>
        <thead><tr><th scope="col">{t('org-units.province')}</th><th scope="col" className="num">{t('org-units.count.communal')}</th></tr></thead>
        <tbody>{places.map((place) => <tr key={place.code}><th scope="row">{place.name}</th><td className="num">{place.value}</td></tr>)}</tbody>
      </TableTwin>
    </>
  );
}
