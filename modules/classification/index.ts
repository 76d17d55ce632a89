/** What other modules may ask of classification on the server. */
export { permissions } from './rules/permissions.ts';
