/** The browser-safe door of hotspots: shapes, words, contracts. */
export * from './schema/words.ts';
export * from './schema/place.ts';
export * from './schema/views.ts';
export * from './schema/figures.ts';
export * from './schema/import.ts';
