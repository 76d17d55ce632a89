/** What other modules may ask of classification on the server. */
export { permissions } from './rules/permissions.ts';
export { seedClassification } from './demo/seed.ts';
