/**
 * Boundaries an operator brings: GeoJSON or TopoJSON, joined to units by their official codes, checked, and made one topology.
 * Faults of the drawing are told and kept; what cannot be joined or lies elsewhere is refused.
 */
import { ok, refuse, type Result } from '#kernel/result.ts';
import { asRings, readShapes, type Point, type Shape } from './boundary-shapes.ts';

export type BoundaryLevel = 'province' | 'commune';
export type BoundaryWarning = {
  readonly code: 'missing-units' | 'unknown-codes' | 'self-intersections' | 'no-hoang-sa' | 'no-truong-sa';
  readonly count: number;
  /** At most twenty of the codes concerned. */
  readonly codes: readonly string[];
};
export type BoundaryReport = { readonly level: BoundaryLevel; readonly shapes: number; readonly joined: number; readonly points: number; readonly warnings: readonly BoundaryWarning[] };
export type ReadBoundaries = { readonly report: BoundaryReport; readonly topology: string };
export type BoundaryRefusal = { readonly code: 'boundaries-unreadable' | 'boundaries-no-codes' | 'boundaries-coordinates-strange' };

/** Codes of the day by level; what a shape may be joined to. */
export type KnownCodes = {
  readonly province: ReadonlySet<string>;
  readonly commune: ReadonlySet<string>;
  /** Other codes of units in force, to their official ones. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Units of an imported country: anywhere on earth. */
  readonly abroad?: boolean;
};

type Field = { readonly name: string; readonly level: BoundaryLevel; readonly distinct: number };

const asCode = (value: unknown): string => (typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '');
/** Spreadsheets and shapefiles lose leading zeros. */
const padded = (code: string, level: BoundaryLevel): string => (/^\d+$/u.test(code) ? code.padStart(level === 'province' ? 2 : 5, '0') : code);
const officialCode = (value: unknown, level: BoundaryLevel, known: KnownCodes): string => {
  const code = known.abroad === true ? asCode(value) : padded(asCode(value), level);
  return known[level].has(code) ? code : known.aliases.get(code) ?? code;
};

/** The field whose values are most often different official codes, so that a commune's province field is not taken for its code. */
function bestField(shapes: readonly Shape[], known: KnownCodes): Field | undefined {
  const names = new Set(shapes.flatMap((shape) => Object.keys(shape.properties)));
  const fields = [...names].flatMap((name) => (['province', 'commune'] as const).map((level): Field => {
    const values = new Set(shapes.map((shape) => officialCode(shape.properties[name], level, known)).filter((code) => known[level].has(code)));
    return { name, level, distinct: values.size };
  }));
  const best = fields.sort((a, b) => b.distinct - a.distinct)[0];
  return best !== undefined && best.distinct > 0 ? best : undefined;
}

function codeField(shapes: readonly Shape[], known: KnownCodes): Field | undefined {
  const best = bestField(shapes, known);
  return best !== undefined && best.distinct * 2 >= shapes.length ? best : undefined;
}

const inBox = ([x, y]: Point, [west, south, east, north]: readonly [number, number, number, number]): boolean => x >= west && x <= east && y >= south && y <= north;
/** Land, islands and archipelagos, with a margin. */
const vietnam = [101, 5, 119, 25] as const;
const earth = [-180, -90, 180, 90] as const;
const hoangSa = [111, 15.5, 113.2, 17.5] as const;
const truongSa = [111, 6, 117.5, 12.2] as const;

const orientation = (a: Point, b: Point, c: Point): number => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

const between = (a: Point, b: Point, c: Point): boolean =>
  Math.min(a[0], b[0]) <= c[0] && c[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= c[1] && c[1] <= Math.max(a[1], b[1]);

/** Do two sides share a point? */
function sidesMeet(a: Side, b: Side): boolean {
  const [b1, b2, a1, a2] = [orientation(a.from, a.to, b.from), orientation(a.from, a.to, b.to), orientation(b.from, b.to, a.from), orientation(b.from, b.to, a.to)];
  if (b1 * b2 < 0 && a1 * a2 < 0) return true;
  return (b1 === 0 && between(a.from, a.to, b.from)) || (b2 === 0 && between(a.from, a.to, b.to)) || (a1 === 0 && between(b.from, b.to, a.from)) || (a2 === 0 && between(b.from, b.to, a.to));
}

type Side = { readonly at: number; readonly from: Point; readonly to: Point; readonly west: number; readonly east: number };

/** True when a ring crosses or touches itself. Sides are sorted by west end, so far ones are never compared. */
export function crossesItself(ring: readonly Point[]): boolean {
  const drawn = ring.filter((point, at) => at === 0 || point[0] !== ring[at - 1]?.[0] || point[1] !== ring[at - 1]?.[1]);
  const sides = drawn.slice(1).flatMap((to, at): Side[] => {
    const from = drawn[at];
    return from === undefined ? [] : [{ at, from, to, west: Math.min(from[0], to[0]), east: Math.max(from[0], to[0]) }];
  });
  const neighbours = (a: Side, b: Side): boolean => Math.abs(a.at - b.at) === 1 || Math.abs(a.at - b.at) === sides.length - 1;
  const sorted = [...sides].sort((a, b) => a.west - b.west);
  for (const [at, a] of sorted.entries()) {
    for (let next = at + 1; next < sorted.length; next += 1) {
      const b = sorted[next];
      if (b === undefined || b.west > a.east) break;
      if (!neighbours(a, b) && sidesMeet(a, b)) return true;
    }
  }
  return false;
}

const warning = (code: BoundaryWarning['code'], codes: readonly string[], count = codes.length): BoundaryWarning[] => (count === 0 ? [] : [{ code, count, codes: codes.slice(0, 20) }]);

/**
 * Reads a file's text. @param known codes of the units in force
 * @returns the topology to store (objects.units, each geometry with its official code as id) and what was found on the way
 */
export function readBoundaries(text: string, known: KnownCodes): Result<ReadBoundaries, BoundaryRefusal> {
  const shapes = readShapes(text);
  if (shapes === undefined || shapes.length === 0) return refuse({ code: 'boundaries-unreadable' });
  return joinShapes(shapes, known);
}

/**
 * The same for a file that holds several tiers of another country side by side, as its system exports them: one answer a tier that is drawn.
 * Shapes of further tiers are passed over.
 */
export function readForeignBoundaries(text: string, known: KnownCodes): Result<readonly ReadBoundaries[], BoundaryRefusal> {
  const shapes = readShapes(text);
  if (shapes === undefined || shapes.length === 0) return refuse({ code: 'boundaries-unreadable' });
  const tiers = (['province', 'commune'] as const).map((level) => {
    const own = { ...known, abroad: true, province: new Set<string>(), commune: new Set<string>(), [level]: known[level] };
    const field = bestField(shapes, own);
    return joinShapes(field === undefined ? [] : shapes.filter((shape) => known[level].has(officialCode(shape.properties[field.name], level, own))), own);
  });
  const read = tiers.flatMap((tier) => (tier.ok ? [tier.value] : []));
  const strange = tiers.some((tier) => !tier.ok && tier.problem.code === 'boundaries-coordinates-strange');
  return read.length > 0 ? ok(read) : refuse({ code: strange ? 'boundaries-coordinates-strange' : 'boundaries-no-codes' });
}

function joinShapes(shapes: readonly Shape[], known: KnownCodes): Result<ReadBoundaries, BoundaryRefusal> {
  const field = codeField(shapes, known);
  if (field === undefined) return refuse({ code: 'boundaries-no-codes' });
  const coded = shapes.map((shape) => ({ ...shape, code: officialCode(shape.properties[field.name], field.level, known) }));
  const points = coded.flatMap((shape) => asRings(shape).flat());
  if (points.length === 0 || !points.every((point) => inBox(point, known.abroad === true ? earth : vietnam))) return refuse({ code: 'boundaries-coordinates-strange' });
  const joined = coded.filter((shape) => known[field.level].has(shape.code));
  const drawn = new Set(joined.map((shape) => shape.code));
  const islands = (box: typeof hoangSa | typeof truongSa): boolean => joined.some((shape) => asRings(shape).some((ring) => ring.every((point) => inBox(point, box))));
  return ok({
    topology: topologyOf(joined),
    report: {
      level: field.level, shapes: shapes.length, joined: drawn.size, points: points.length,
      warnings: [
        ...warning('missing-units', [...known[field.level]].filter((code) => !drawn.has(code)).sort()),
        ...warning('unknown-codes', coded.filter((shape) => !known[field.level].has(shape.code)).map((shape) => shape.code)),
        ...warning('self-intersections', joined.filter((shape) => asRings(shape).some(crossesItself)).map((shape) => shape.code)),
        ...warning('no-hoang-sa', [], known.abroad === true || islands(hoangSa) ? 0 : 1),
        ...warning('no-truong-sa', [], known.abroad === true || islands(truongSa) ? 0 : 1),
      ],
    },
  });
}

/** About 11 m a step at this scale: finer than any boundary drawn for a screen. */
const step = 0.0001;

/** TopoJSON with one arc a ring; rings that occur twice (an exclave and its hole) share their arc. */
function topologyOf(shapes: readonly (Shape & { readonly code: string })[]): string {
  const [west, south] = shapes.every((shape) => asRings(shape).every((ring) => ring.every((point) => inBox(point, vietnam)))) ? vietnam : earth;
  const arcs: number[][][] = [];
  const known = new Map<string, number>();
  const arcOf = (ring: readonly Point[]): number[] => {
    let [x, y] = [0, 0];
    const deltas = ring.flatMap((point, at): number[][] => {
      const [nextX, nextY] = [Math.round((point[0] - west) / step), Math.round((point[1] - south) / step)];
      const delta = [nextX - x, nextY - y];
      const still = at > 0 && delta[0] === 0 && delta[1] === 0;
      [x, y] = [nextX, nextY];
      return still ? [] : [delta];
    });
    const key = JSON.stringify(deltas);
    const index = known.get(key) ?? arcs.push(deltas) - 1;
    known.set(key, index);
    return [index];
  };
  const geometries = shapes.map((shape) => ({ type: 'MultiPolygon', id: shape.code, arcs: shape.polygons.map((polygon) => polygon.map(arcOf)) }));
  return JSON.stringify({ type: 'Topology', transform: { scale: [step, step], translate: [west, south] }, objects: { units: { type: 'GeometryCollection', geometries } }, arcs });
}
