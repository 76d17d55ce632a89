/** Shapes and contracts of the general review: the door for screens and other modules. */
export * from './schema/words.ts';
export * from './schema/campaigns.ts';
export * from './schema/places.ts';
