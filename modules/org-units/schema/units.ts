/** Shapes of units: what a unit is on a day, where it came from and what became of it. */
import { Day, List, Nullable, oneOf, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { contract } from '#kernel/contract.ts';
import { BothLanguages, Certainty, UnitGroup } from './groups-shown.ts';

/** First day the tree can be asked for. Before it we know names only, not the day they ended. */
export const historyBegins = '2025-01-01';
/** 63 provinces became 34 and the district tier ended (Resolution 202/2025/QH15; code list 19/2025/QĐ-TTg). */
export const reformDay = '2025-07-01';

/**
 * Place of a unit in the tree: the nation is depth 1, provinces 2, communes 3, and below them 'level-4', 'level-5' …
 * Row security and the shard key hang on the first three, whatever another country calls them.
 */
export type UnitLevel = 'nation' | 'province' | 'commune' | `level-${number}`;
export const UnitLevel = Type.Unsafe<UnitLevel>(Type.String({ pattern: '^(nation|province|commune|level-([4-9]|1[0-9]))$' }));

/** `township` and `island-district` ended on 1 July 2025; `unit` is any unit of an imported tree. The order is the one of `TreeRow`'s number. */
export const unitKinds = ['nation', 'city', 'province', 'commune', 'ward', 'special-zone', 'township', 'island-district', 'unit'] as const;
export const UnitKind = oneOf(unitKinds);
export type UnitKind = Static<typeof UnitKind>;

/**
 * Two digits for a province ('00' the nation), five for a commune, three for a former island district; an imported tree has the codes
 * it came with. Checked by rule, for a clear answer.
 */
export const UnitCode = Type.String({ minLength: 1, maxLength: 20 });
const AsOf = Type.Optional(Type.String({ maxLength: 10, description: 'the day asked for, YYYY-MM-DD; today when left out' }));

export const KindCounts = shape({
  provinces: Type.Integer(), provincialUnits: Type.Integer(), cities: Type.Integer(), communalUnits: Type.Integer(), communes: Type.Integer(),
  wards: Type.Integer(), specialZones: Type.Integer(), townships: Type.Integer(), islandDistricts: Type.Integer(),
  /** Units of an imported tree, which has no kinds of ours; left out when there are none. */
  units: Type.Optional(Type.Integer()),
}, { description: 'computed from the tree on a day; provincialUnits = provinces + cities' });
export type KindCounts = Static<typeof KindCounts>;

/** Code, full Vietnamese name, place of the kind in `unitKinds`: one row a unit, short because there are 3,321. */
export const TreeRow = Type.Tuple([Type.String(), Type.String(), Type.Integer()]);
export type TreeRow = Static<typeof TreeRow>;
/** A unit below the communes of an imported tree: code, name, place of its kind, code of its parent, depth. */
export const DeepRow = Type.Tuple([Type.String(), Type.String(), Type.Integer(), Type.String(), Type.Integer()]);
export type DeepRow = Static<typeof DeepRow>;
export const TreeProvince = shape({
  code: Type.String(), nameVi: Type.String(), kind: UnitKind, communes: List(TreeRow),
  /** Two characters the province's rows are kept under, where they are not its code: imported trees only. */
  shard: Type.Optional(Type.String()),
  /** Parents before children; left out when the tree ends with communes. */
  deeper: Type.Optional(List(DeepRow, 100_000)),
});
export type TreeProvince = Static<typeof TreeProvince>;
export const UnitTree = shape({
  asOf: Day, version: Type.String({ description: 'the same for every day on which the tree is the same' }), counts: KindCounts,
  /** True when the caller already has this version (`known`); the provinces are then left out. */
  unchanged: Type.Boolean(), provinces: List(TreeProvince, 2000),
});
export type UnitTree = Static<typeof UnitTree>;

const UnitRef = shape({ id: Uuid, code: Type.String(), nameVi: Type.String(), kind: UnitKind, level: UnitLevel });
export type UnitRef = Static<typeof UnitRef>;

export const UnitVersion = shape({
  code: Type.String(), nameVi: Type.String(), kind: UnitKind, parent: Nullable(UnitRef), districtVi: Nullable(Type.String()), validFrom: Day, validTo: Nullable(Day),
  basis: Type.String(), certainty: Certainty,
});
export type UnitVersion = Static<typeof UnitVersion>;

export const UnitLink = shape({
  unit: UnitRef, provinceVi: Type.String(), districtVi: Nullable(Type.String()), on: Day, kind: oneOf(['merged', 'part', 'renamed']), basis: Type.String(),
  certainty: Certainty,
});
export type UnitLink = Static<typeof UnitLink>;

export const Office = shape({
  id: Type.String(), classId: Type.String(), province: Type.String(), commune: Nullable(Type.String()), nameVi: Type.String(), nameEn: Type.String(),
  posts: List(shape({ id: Type.String(), nameVi: Type.String(), nameEn: Type.String(), head: Type.Boolean() }), 20),
});
export type Office = Static<typeof Office>;

export const UnitPage = shape({
  id: Uuid, level: UnitLevel, asOf: Day, current: UnitVersion, province: Nullable(UnitRef), versions: List(UnitVersion, 100),
  predecessors: List(UnitLink, 500), successors: List(UnitLink, 500), otherCodes: List(Type.String(), 50), shortNames: List(Type.String(), 50),
  olderNames: List(shape({ nameVi: Type.String(), districtVi: Nullable(Type.String()), provinceVi: Nullable(Type.String()) }), 500),
  /** What its tier is called, in an imported tree. */
  tier: Type.Optional(BothLanguages),
  /** What lies above it, nearest first, without the nation. */
  above: List(UnitRef, 20),
  /** The groups it counts in, one a set. */
  groups: List(UnitGroup, 500),
  counts: Nullable(KindCounts),
  /** Communes of a province; units directly below a deeper one. */
  communes: List(TreeRow), offices: List(Office, 200),
});
export type UnitPage = Static<typeof UnitPage>;

export const SearchHit = shape({
  kind: oneOf(['unit', 'office']), code: Type.String({ description: "a unit's code or an office's id" }), level: UnitLevel, nameVi: Type.String(), nameEn: Type.String(),
  /** Where it is: province (and district, for a former commune). */
  placeVi: Type.String(), unitKind: Nullable(UnitKind), validFrom: Day, validTo: Nullable(Day),
  /** For a unit that is gone: what it is today. */
  nowCodes: List(Type.String(), 100), match: oneOf(['code', 'exact', 'prefix', 'inside']),
});
export type SearchHit = Static<typeof SearchHit>;

export const ChangeEntry = shape({
  on: Day, level: UnitLevel, code: Type.String(), before: Type.String(), after: Type.String(), basis: Type.String(), certainty: Certainty,
});
export type ChangeEntry = Static<typeof ChangeEntry>;

const dayProblems = { 'day-invalid': 422, 'day-before-history': 422 } as const;

export const getUnitTree = contract({
  method: 'GET', path: '/units/tree', who: 'signed-in', impersonal: true, summary: 'The whole tree of units on a day',
  query: shape({ asOf: AsOf, known: Type.Optional(Type.String({ maxLength: 80, description: 'the version the caller has' })) }),
  reply: UnitTree, problems: dayProblems,
});
export const getUnitCounts = contract({
  method: 'GET', path: '/units/counts', who: 'signed-in', impersonal: true, summary: 'How many units of each kind there are on a day', query: shape({ asOf: AsOf }),
  reply: shape({ asOf: Day, counts: KindCounts }), problems: dayProblems,
});
export const searchUnits = contract({
  method: 'GET', path: '/units/search', who: 'signed-in', summary: 'Units and offices by name, old name, abbreviation or code',
  query: shape({
    q: Type.String({ maxLength: 200 }), asOf: AsOf, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })), former: Type.Optional(oneOf(['yes', 'no'])),
  }),
  reply: shape({ asOf: Day, hits: List(SearchHit, 100) }), problems: dayProblems,
});
export const listUnitChanges = contract({
  method: 'GET', path: '/units/changes', who: 'signed-in', impersonal: true, summary: 'Changes of name and kind and mergers of provinces between two days',
  query: shape({ from: AsOf, to: AsOf }), reply: shape({ from: Day, to: Day, changes: List(ChangeEntry) }), problems: dayProblems,
});
export const listOffices = contract({
  method: 'GET', path: '/units/offices', who: 'signed-in', impersonal: true, summary: 'Offices of a class, or of a unit',
  query: shape({ classId: Type.Optional(Type.String({ maxLength: 60 })), unit: Type.Optional(UnitCode), asOf: AsOf }),
  reply: shape({ asOf: Day, offices: List(Office) }),
  problems: { ...dayProblems, 'office-class-unknown': 404, 'unit-code-malformed': 422, 'unit-unknown': 404, 'unit-not-on-day': 404 },
});
export const getBoundaries = contract({
  method: 'GET', path: '/units/boundaries/:level', who: 'signed-in', summary: 'Imported boundaries of a level, as TopoJSON',
  params: shape({ level: oneOf(['province', 'commune']) }), reply: Type.Unknown(), download: true, problems: { 'boundaries-missing': 404 },
});
export const getUnit = contract({
  method: 'GET', path: '/units/:code', who: 'signed-in', impersonal: true, summary: 'One unit: its names over time, where it came from, what it became, its offices',
  params: shape({ code: UnitCode }), query: shape({ asOf: AsOf }), reply: UnitPage,
  problems: { ...dayProblems, 'unit-code-malformed': 422, 'unit-unknown': 404, 'unit-not-on-day': 404 },
});
