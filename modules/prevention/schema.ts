/** Shapes and contracts of prevention: the door for screens and other modules. */
export * from './schema/words.ts';
export * from './schema/models.ts';
export * from './schema/pilots.ts';
export * from './schema/drives.ts';
