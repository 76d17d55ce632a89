/** What every start does with the definitions, in words for the operator when they are wrong. */
import type { Database } from '#platform/db/database.ts';
import { loadBuiltIn } from '../load.ts';
import { builtInFolder, readProgrammeFolder } from './folder.ts';
import { verdictLines } from './words.ts';

/** The programme's folder has errors. `message` says which, in both languages; leave with 3. */
export class ProgrammeWrong extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ProgrammeWrong';
  }
}

/**
 * Loads the folder given, or the one delivered, when nothing is loaded yet or when it is newer than what an earlier start loaded.
 *
 * @param say called with the number of definitions after they were loaded
 * @throws ProgrammeWrong
 */
export async function loadAtStart(db: Database, folder: string | undefined, say: (items: number) => void = () => undefined): Promise<void> {
  const read = await readProgrammeFolder(folder ?? builtInFolder);
  const loaded = read.ok ? await loadBuiltIn(db, read.value, folder === undefined ? 'start' : 'SAURO_PROGRAMME') : read;
  if (!loaded.ok) throw new ProgrammeWrong([`${folder ?? builtInFolder}:`, ...verdictLines(loaded.problem.verdicts.slice(0, 20), undefined)]);
  if (loaded.value !== undefined) say(loaded.value.added + loaded.value.changed + loaded.value.corrected);
}
