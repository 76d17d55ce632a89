/** What others may ask of facilities on the server. */
export { censusOf } from './actions/census.ts';
export { provideAccessFigures, type AccessSource } from './actions/forecast.ts';
export type { AccessFigures } from './rules/access.ts';
export { demonstrationPeriods, seedFacilities } from './demo/seed.ts';
