/** What other modules may ask of returns on the server. */
export { onCommitted } from './actions/committed.ts';
export { readPacked, readRollUps, type PackedScope, type RollUpScope } from './store/reading.ts';
export { seedReturns } from './demo/seed.ts';
