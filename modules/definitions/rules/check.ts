/** Everything that can be wrong between the items of a programme, each with a verdict that says where and what to do. */
import type { Verdict } from '../schema/files.ts';
import type { ProgrammeHead } from '../schema/programme.ts';
import type { PlannedVersion } from './versions.ts';

export function checkProgramme(_versions: readonly PlannedVersion[], _head: ProgrammeHead): Verdict[] {
  return [];
}
