/** The browser-safe door of org-units: shapes, contracts, names in both languages, the tile map. */
export * from './schema/groups-shown.ts';
export * from './schema/units.ts';
export * from './schema/committees.ts';
export * from './schema/names.ts';
export * from './schema/tiles.ts';
export * from './schema/group-sets.ts';
