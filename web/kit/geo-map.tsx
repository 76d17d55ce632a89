import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Answer, Problem } from '../api.ts';
import { TableTwin } from './charts.tsx';
import { ProblemNotice, Skeleton } from './notice.tsx';
import { draw, readTopology, type Drawing, type GeoShape, type Topology } from './topo.ts';

/** `value`: the figure as it is read; `fill`: class of the sequential scale 1-6 (0: nothing reported, hatched by its own look). */
export type GeoPlace = { readonly code: string; readonly name: string; readonly value: string; readonly fill: number };
/** A name that stands on the map whatever the imported file holds. */
export type GeoMark = { readonly key: string; readonly name: string; readonly at: readonly [longitude: number, latitude: number] };

type GeoMapProps = {
  readonly title: string;
  /** Headings of the table of the same figures. */
  readonly headings: readonly [unit: string, value: string];
  readonly load: (signal: AbortSignal) => Promise<Answer<{ readonly file: Blob }>>;
  readonly places: readonly GeoPlace[];
  readonly onChoose: (code: string) => void;
  readonly marks: readonly GeoMark[];
  /** Shown when the operator imported no boundaries. */
  readonly missing: ReactNode;
  /** Left out: the whole country. Else only the units of `places`; those far off stand by name in a corner. */
  readonly part?: { readonly apart: readonly string[] };
};
type Loaded = { readonly topology?: Topology; readonly problem?: Problem };

async function loadTopology(load: GeoMapProps['load'], signal: AbortSignal): Promise<Loaded> {
  const answer = await load(signal);
  if (!answer.ok) return { problem: answer.problem };
  try {
    const topology = readTopology(JSON.parse(await answer.value.file.text()));
    return topology === undefined ? { problem: { code: 'boundaries-unreadable' } } : { topology };
  } catch {
    return { problem: { code: 'boundaries-unreadable' } };
  }
}

/** The shape an arrow key leads to: the nearest whose middle lies that way. */
function towards(shapes: readonly GeoShape[], from: GeoShape, key: string): GeoShape | undefined {
  const [dx, dy] = key === 'ArrowRight' ? [1, 0] : key === 'ArrowLeft' ? [-1, 0] : key === 'ArrowDown' ? [0, 1] : key === 'ArrowUp' ? [0, -1] : [0, 0];
  if (dx === 0 && dy === 0) return undefined;
  const cost = (shape: GeoShape): number => {
    const [x, y] = [shape.x - from.x, shape.y - from.y];
    const along = x * dx + y * dy;
    return along <= 0 ? Infinity : along + 2 * Math.abs(x * dy - y * dx);
  };
  const best = shapes.filter((shape) => shape !== from).reduce<GeoShape | undefined>((near, shape) => (near === undefined || cost(shape) < cost(near) ? shape : near), undefined);
  return best !== undefined && cost(best) < Infinity ? best : undefined;
}

/** Units as their imported boundaries draw them; fetched only when asked for. One stop for Tab; arrows move to the nearest unit that way. */
export function GeoMap({ title, headings, load, places, onChoose, marks, missing, part }: GeoMapProps) {
  const [loaded, setLoaded] = useState<Loaded>();
  const asked = useRef(load);
  asked.current = load;
  useEffect(() => {
    const stop = new AbortController();
    void loadTopology(asked.current, stop.signal).then((next) => { if (!stop.signal.aborted) setLoaded(next); });
    return () => stop.abort();
  }, []);
  const codes = places.map((place) => place.code).join();
  const apart = part?.apart.join();
  const drawing = useMemo(() => {
    if (loaded?.topology === undefined) return undefined;
    return apart === undefined ? draw(loaded.topology, 340) : draw(loaded.topology, 640, { codes: new Set(codes.split(',')), apart: new Set(apart.split(',')) });
  }, [loaded, codes, apart]);
  if (loaded === undefined) return <Skeleton lines={8} />;
  if (loaded.problem?.code === 'boundaries-missing') return <>{missing}</>;
  if (drawing === undefined) return <ProblemNotice problem={loaded.problem} />;
  return (
    <>
      <Shapes title={title} drawing={drawing} places={places} onChoose={onChoose} thin={part !== undefined}>
        {part === undefined && marks.map((mark) => <Mark key={mark.key} mark={mark} drawing={drawing} />)}
      </Shapes>
      {part !== undefined && <ul className="chips">{places.filter((place) => part.apart.includes(place.code)).map((place) => (
        <li key={place.code}><button type="button" className="chip" onClick={() => onChoose(place.code)}>{place.name}: {place.value}</button></li>
      ))}</ul>}
      <TableTwin title={title}>
        <thead><tr><th scope="col">{headings[0]}</th><th scope="col" className="num">{headings[1]}</th></tr></thead>
        <tbody>{places.map((place) => <tr key={place.code}><th scope="row">{place.name}</th><td className="num">{place.value}</td></tr>)}</tbody>
      </TableTwin>
    </>
  );
}

type ShapesProps = { readonly title: string; readonly drawing: Drawing; readonly places: readonly GeoPlace[]; readonly onChoose: (code: string) => void; readonly thin: boolean; readonly children: ReactNode };
function Shapes({ title, drawing, places, onChoose, thin, children }: ShapesProps) {
  const box = useRef<SVGSVGElement>(null);
  const byCode = new Map(places.map((place) => [place.code, place]));
  const shapes = drawing.shapes.filter((shape) => byCode.has(shape.code));
  const onKey = (event: KeyboardEvent): void => {
    const from = shapes.find((shape) => shape.code === (event.target instanceof Element ? event.target.getAttribute('data-code') : undefined));
    const to = from && towards(shapes, from, event.key);
    if (to === undefined) return;
    event.preventDefault();
    box.current?.querySelector<SVGAElement>(`[data-code="${to.code}"]`)?.focus();
  };
  return (
    <svg ref={box} viewBox={`0 0 ${drawing.width} ${drawing.height.toFixed(0)}`} role="group" aria-label={title} style={{ width: '100%', height: 'auto', maxHeight: '78vh' }} onKeyDown={onKey}>
      {shapes.map((shape, at) => {
        const place = byCode.get(shape.code);
        return place && (
          <a key={shape.code} href={`#${shape.code}`} data-code={shape.code} tabIndex={at === 0 ? 0 : -1} aria-label={`${place.name}, ${place.value}`} onClick={(event) => { event.preventDefault(); onChoose(shape.code); }}>
            <title>{`${place.name}: ${place.value}`}</title>
            <path d={shape.path} fillRule="evenodd" style={{ fill: place.fill === 0 ? 'var(--sunk)' : `var(--seq-${place.fill})`, stroke: 'var(--line-strong)', strokeWidth: thin ? 0.8 : 0.6 }} />
          </a>
        );
      })}
      {children}
    </svg>
  );
}

function Mark({ mark, drawing }: { readonly mark: GeoMark; readonly drawing: Drawing }) {
  const [x, y] = drawing.place(mark.at[0], mark.at[1]);
  return (
    <g style={{ fill: 'var(--ink)' }}>
      <circle cx={x} cy={y - 4} r={1.6} /><circle cx={x + 5} cy={y - 7} r={1.2} /><circle cx={x - 4} cy={y - 8} r={1.2} />
      <text x={x} y={y + 9} textAnchor="middle" style={{ fontSize: '10px' }}>{mark.name}</text>
    </g>
  );
}
