/** What others may ask of legislative products on the server. */
export { seedInstruments } from './demo/seed.ts';
