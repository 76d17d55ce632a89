/** The browser-safe door of directives: shapes, words, contracts. */
export * from './schema/words.ts';
export * from './schema/clears.ts';
export * from './schema/drafting.ts';
export * from './schema/issuing.ts';
export * from './schema/tasks.ts';
export * from './schema/follow-up.ts';
export * from './schema/outputs.ts';
