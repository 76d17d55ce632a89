/** What others may ask of directives on the server. */
export { seedDirectives } from './demo/seed.ts';
export { overdueRatesOf } from './actions/progress.ts';
export { countDueInTime } from './store/tasks.ts';
export { draftOfLines } from './actions/draft-lines.ts';
export { workerOf } from './actions/lists.ts';
/** Which days are worked, with the days given in exchange that were decided: what other deadlines count by. */
export { calendarInForce } from './actions/personal.ts';
