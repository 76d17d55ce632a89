/** What this module says to browsers and to other modules: roles, shapes, contracts. Browser-safe. */
export * from './schema/roles.ts';
export * from './schema/session.ts';
export * from './schema/factors.ts';
export * from './schema/my-account.ts';
export * from './schema/administration.ts';
export * from './schema/oversight.ts';
