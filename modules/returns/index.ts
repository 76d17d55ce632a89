/** What other modules may ask of returns on the server. */
export { onCommitted } from './actions/committed.ts';
export { countsOf, expectedUnder, noTally, tallyAt, tallyBelow, type Counts, type Tally } from './actions/counts.ts';
export { completenessOf } from './actions/due.ts';
export { engineOf, type Engine } from './actions/engine.ts';
export { Forms, type FormOn, type UnitMap } from './actions/forms.ts';
export { contentAt as readRevision, returnHistory } from './actions/history.ts';
export { providePrefill, type PrefillSource } from './actions/prefill.ts';
export { rebuildRollUps } from './actions/self-audit.ts';
export { submit } from './actions/submit.ts';
export { looksPersonal } from '#kernel/personal.ts';
export { seedReturns } from './demo/seed.ts';
export { readPacked, readRollUps, type PackedScope, type RollUpScope } from './store/reading.ts';
