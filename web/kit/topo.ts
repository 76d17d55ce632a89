/** Reads a TopoJSON of units and makes SVG paths of it. Pure. */

export type Topology = { readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] }; readonly arcs: readonly (readonly (readonly [number, number])[])[]; readonly shapes: readonly { readonly code: string; readonly polygons: readonly (readonly (readonly number[])[])[] }[] };
export type GeoShape = { readonly code: string; readonly path: string; readonly x: number; readonly y: number };
export type Drawing = { readonly width: number; readonly height: number; readonly shapes: readonly GeoShape[]; readonly place: (longitude: number, latitude: number) => readonly [number, number] };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isPair = (value: unknown): value is readonly [number, number] => Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number');
const isArc = (value: unknown): value is readonly (readonly [number, number])[] => Array.isArray(value) && value.every(isPair);
const isPolygons = (value: unknown): value is readonly (readonly (readonly number[])[])[] =>
  Array.isArray(value) && value.every((polygon) => Array.isArray(polygon) && polygon.every((ring) => Array.isArray(ring) && ring.every((at) => typeof at === 'number')));

/** @returns undefined for anything that is not a topology of units */
export function readTopology(value: unknown): Topology | undefined {
  if (!isRecord(value) || !isRecord(value['transform']) || !isRecord(value['objects']) || !Array.isArray(value['arcs'])) return undefined;
  const { scale, translate } = value['transform'];
  const units = value['objects']['units'];
  if (!isPair(scale) || !isPair(translate) || !value['arcs'].every(isArc) || !isRecord(units) || !Array.isArray(units['geometries'])) return undefined;
  const shapes = units['geometries'].flatMap((geometry: unknown) => (isRecord(geometry) && typeof geometry['id'] === 'string' && isPolygons(geometry['arcs']) ? [{ code: geometry['id'], polygons: geometry['arcs'] }] : []));
  return { transform: { scale, translate }, arcs: value['arcs'], shapes };
}

type Point = readonly [number, number];

/** Points of a ring as longitude and latitude: steps summed up, arcs joined, a negative number is its complement walked backwards. */
function ringPoints(topology: Topology, arcs: readonly number[]): Point[] {
  const { scale, translate } = topology.transform;
  return arcs.flatMap((at, order) => {
    let [x, y] = [0, 0];
    const points = (topology.arcs[at < 0 ? ~at : at] ?? []).map(([dx, dy]): Point => { x += dx; y += dy; return [x * scale[0] + translate[0], y * scale[1] + translate[1]]; });
    const walked = at < 0 ? points.reverse() : points;
    return order === 0 ? walked : walked.slice(1);
  });
}

const area = (ring: readonly Point[]): number => Math.abs(ring.reduce((sum, [x, y], at) => { const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [x, y]; return sum + x * nextY - nextX * y; }, 0)) / 2;

type Frame = { readonly west: number; readonly east: number; readonly south: number; readonly north: number };
/** The whole country always reaches from the western border to the east of Trường Sa. */
const nation: Frame = { west: 102, east: 117.6, south: 6.2, north: 23.6 };

function frameOf(rings: readonly (readonly Point[])[]): Frame {
  let [west, east, south, north] = [180, -180, 90, -90];
  for (const ring of rings) {
    for (const [x, y] of ring) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  const margin = Math.max(east - west, north - south) * 0.03;
  return west > east ? nation : { west: west - margin, east: east + margin, south: south - margin, north: north + margin };
}

/** Only these units, as large as they fit; those named `apart` (far islands) are drawn by the caller in a corner of their own. */
export type Part = { readonly codes: ReadonlySet<string>; readonly apart: ReadonlySet<string> };

/**
 * Shapes on a plane `width` wide: the whole country, or a part of it. Longitudes are shortened by the cosine of the middle
 * latitude (16°N for the country).
 */
export function draw(topology: Topology, width: number, part?: Part): Drawing {
  const shown = topology.shapes.filter(({ code }) => part === undefined || (part.codes.has(code) && !part.apart.has(code)))
    .map((shape) => ({ code: shape.code, rings: shape.polygons.flatMap((polygon) => polygon.map((ring) => ringPoints(topology, ring))) }));
  const { west, east, south, north } = part === undefined ? nation : frameOf(shown.flatMap((shape) => shape.rings));
  const shrink = Math.cos(((part === undefined ? 16 : (south + north) / 2) * Math.PI) / 180);
  const unit = width / ((east - west) * shrink);
  const place = (longitude: number, latitude: number): readonly [number, number] => [(longitude - west) * shrink * unit, (north - latitude) * unit];
  const shapes = shown.map(({ code, rings }): GeoShape => {
    const largest = rings.reduce<readonly Point[]>((best, ring) => (area(ring) > area(best) ? ring : best), []);
    const middle = (axis: 0 | 1): number => { const all = largest.map((point) => point[axis]); return (Math.min(...all) + Math.max(...all)) / 2; };
    const [x, y] = largest.length === 0 ? [0, 0] : place(middle(0), middle(1));
    return { code, x, y, path: rings.map((ring) => `M${ring.map((point) => place(...point).map((one) => one.toFixed(1)).join(' ')).join('L')}Z`).join('') };
  });
  return { width, height: (north - south) * unit, shapes, place };
}
