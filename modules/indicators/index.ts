/** What other modules may ask of figures on the server. */
export { explain } from './actions/explain.ts';
export { readIndicator, readOverview, readPivot } from './actions/read.ts';
export { seedVerification } from './demo/seed.ts';
export { approvesProvince, opensSmallCounts } from './rules/protect.ts';
export { readCommitments, saveCommitment } from './store/people.ts';
