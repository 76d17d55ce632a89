/** The browser-safe door of definitions: what is counted, when, by whom, and what it is for. */
export * from './schema/items.ts';
export * from './schema/indicators.ts';
export * from './schema/programme.ts';
export * from './schema/contracts.ts';
export * from './schema/files.ts';
export * from './schema/duties.ts';
export * from './schema/published.ts';
