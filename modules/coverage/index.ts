/** What others may ask of the general review on the server. */
export { seedCoverage } from './demo/seed.ts';
