/** What others may ask of prevention on the server. */
export { seedPrevention } from './demo/seed.ts';
