/** The door of the module on both sides. */
export * from './schema/criteria.ts';
export * from './schema/verdict.ts';
export * from './schema/what-if.ts';
export * from './schema/trajectory.ts';
export * from './schema/signals.ts';
export * from './schema/procedure-words.ts';
export * from './schema/procedure.ts';
export * from './schema/notices.ts';
