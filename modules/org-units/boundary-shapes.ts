/** GeoJSON and TopoJSON read into plain polygons; anything else, or anything broken, reads as nothing. */
export type Point = readonly [number, number];
export type Ring = readonly Point[];
/** Polygons of one feature: outer ring first, then holes. */
export type Shape = { readonly properties: Readonly<Record<string, unknown>>; readonly polygons: readonly (readonly Ring[])[] };

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isPoint = (value: unknown): value is readonly [number, number] => Array.isArray(value) && Number.isFinite(value[0]) && Number.isFinite(value[1]);

class Broken extends Error {}
const must = <T>(value: T | undefined): T => { if (value === undefined) throw new Broken(); return value; };
const listIn = (value: unknown): readonly unknown[] => { if (!Array.isArray(value)) throw new Broken(); return value; };
const numberIn = (value: unknown): number => { if (typeof value !== 'number' || !Number.isFinite(value)) throw new Broken(); return value; };

export const asRings = (shape: Shape): readonly Ring[] => shape.polygons.flat();

/** @returns every feature of the file that is an area; undefined when the text is not such a file */
export function readShapes(text: string): Shape[] | undefined {
  try {
    const file: unknown = JSON.parse(text.replace(/^\ufeff/u, ''));
    if (!isObject(file)) return undefined;
    return file['type'] === 'Topology' ? topologyShapes(file) : geoJsonShapes(file);
  } catch (error) {
    if (error instanceof Broken || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function geoJsonShapes(file: Json): Shape[] {
  if (file['type'] !== 'FeatureCollection') throw new Broken();
  return listIn(file['features']).flatMap((feature) => {
    if (!isObject(feature) || !isObject(feature['geometry'])) return [];
    const rings = (polygon: unknown): Ring[] => listIn(polygon).map((ring) => listIn(ring).map((point) => { if (!isPoint(point)) throw new Broken(); return [point[0], point[1]] as const; }));
    return shapeOf(feature['geometry'], propertiesOf(feature), 'coordinates', rings);
  });
}

/** A feature's fields; its `id` counts as one of them. */
const propertiesOf = (feature: Json): Json => ({ ...(isObject(feature['properties']) ? feature['properties'] : {}), ...(feature['id'] === undefined ? {} : { id: feature['id'] }) });

function shapeOf(geometry: Json, properties: Json, key: 'coordinates' | 'arcs', rings: (polygon: unknown) => Ring[]): Shape[] {
  switch (geometry['type']) {
    case 'Polygon':
      return [{ properties, polygons: [rings(geometry[key])] }];
    case 'MultiPolygon':
      return [{ properties, polygons: listIn(geometry[key]).map(rings) }];
    default:
      return [];
  }
}

function topologyShapes(file: Json): Shape[] {
  const transform = isObject(file['transform']) ? file['transform'] : undefined;
  const [scaleX, scaleY] = transform === undefined ? [1, 1] : listIn(transform['scale']).map(numberIn);
  const [moveX, moveY] = transform === undefined ? [0, 0] : listIn(transform['translate']).map(numberIn);
  const arcs = listIn(file['arcs']).map((arc): Point[] => {
    let [x, y] = [0, 0];
    return listIn(arc).map((at) => {
      if (!isPoint(at)) throw new Broken();
      [x, y] = transform === undefined ? [at[0], at[1]] : [x + at[0], y + at[1]];
      return [x * must(scaleX) + must(moveX), y * must(scaleY) + must(moveY)] as const;
    });
  });
  const ring = (parts: unknown): Ring => listIn(parts).flatMap((part, at) => {
    const index = numberIn(part);
    const arc = must(arcs[index < 0 ? ~index : index]);
    const turned = index < 0 ? [...arc].reverse() : arc;
    return at === 0 ? turned : turned.slice(1); // an arc begins where the last one ended
  });
  if (!isObject(file['objects'])) throw new Broken();
  return Object.values(file['objects']).flatMap((object) => (isObject(object) ? geometriesOf(object) : []))
    .flatMap((geometry) => shapeOf(geometry, propertiesOf(geometry), 'arcs', (polygon) => listIn(polygon).map(ring)));
}

const geometriesOf = (object: Json): Json[] => (object['type'] === 'GeometryCollection' ? listIn(object['geometries']).filter(isObject) : [object]);
