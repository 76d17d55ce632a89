/**
 * What other modules may ask. Writing an entry is not among it: a change records itself with `record` of platform/log, in its
 * own transaction.
 */
export { recordRead } from '#platform/log/record.ts';
export { exportLog } from './actions/export.ts';
export { verifyExport, UnreadableExport, type VerifyOptions } from './rules/verify-export.ts';
export type { Finding, Verdict } from './rules/verdict.ts';
