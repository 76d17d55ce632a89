/** The door of facilities for browsers and other modules. Browser-safe. */
export * from './schema/words.ts';
export * from './schema/register.ts';
export * from './schema/book.ts';
export * from './schema/life.ts';
export * from './schema/oversight.ts';
export * from './schema/forecast.ts';
