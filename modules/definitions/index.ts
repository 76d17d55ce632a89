/** What other modules may ask of the definitions on the server. Shapes and duties are in `schema.ts`, formulas in `formula/`. */
export { isLoaded, latestProgramme, programmeOn, slotsOf, type Slots } from './actions.ts';
export { loadBuiltIn, loadProgramme, type LoadOptions } from './load.ts';
export { builtInFolder, builtInProgramme, readProgrammeFolder } from './load/folder.ts';
export { loadAtStart, ProgrammeWrong } from './load/start.ts';
export { say as sayDefinition } from './load/words.ts';
