/** What other modules may ask of the register on the server, in their words. */
import type { PlainDate } from '#kernel/day.ts';
import type { Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { openBook } from './actions.ts';
import { treeOn, unitOn, type UnitRefusal } from './book.ts';
import type { OfficeVersion, UnitVersion } from './model.ts';
import { officesIn, type OfficeScope } from './offices.ts';
import { holdsOn } from './rules.ts';
import { searchNames, type SearchOptions } from './search.ts';
import { tiles, type Office, type SearchHit, type UnitTree } from './schema.ts';
import { officeShown } from './unit-page.ts';

export { loadUnits } from './load.ts';
export { ancestorsOf, groupSets, lineage, otherCodes, registerSource, shardCodes, unitAttributes, unitsOn, unitTiers, type UnitAttribute, type UnitAttributes } from './actions/doors.ts';
export { loadGroupSets, type GroupGiven, type GroupSetGiven, type GroupSetReport, type GroupWarning } from './load/group-sets.ts';
export { loadForeignTree, type ForeignTreeOptions, type ForeignTreeReport } from './load/foreign-load.ts';
export type { ForeignUnit, TreeRefusal, TreeRowProblem } from './load/foreign.ts';
export type { TreeRowVerdict } from './load/foreign-plan.ts';
export { sayGroupWarning, sayTreeRefusal, sayTreeRow } from './load/words.ts';
export { mergeUnits } from './load/merge.ts';
export type { Merger, MergerRefusal } from './merger.ts';
export { demonstrateMerger, demonstrationMerger } from './demo/merger.ts';
export { loadSyntheticResidents, syntheticResidents } from './demo/residents.ts';
export { loadUnitAttributes, type UnitAttributeGiven } from './load/attributes.ts';
export type { UnitRow } from './days.ts';
export type { GroupSet, Names } from './group-sets.ts';
export type { Fate, Lineage } from './lineage.ts';
/** Reads the register and builds the search index before anybody waits for them; call once after the server listens. */
export const warmUnits = (db: Database): Promise<void> => db.read('system', async (tx) => { (await openBook(tx)).names(); });
export { recordProvinceCommittee } from './actions.ts';
export type { OfficeVersion, UnitVersion } from './model.ts';

/** '00' for the nation and the codes of the 34 provinces, in order; they have not changed since 1 July 2025. */
export const provinceCodes = (): string[] => ['00', ...tiles.map((tile) => tile.code).sort()];

/** The unit under a code on a day. Refused: a code that is no code, a unit that does not exist, or not on that day. */
export const getUnit = async (tx: Tx, code: string, day: PlainDate): Promise<Result<UnitVersion, UnitRefusal>> => unitOn(await openBook(tx), code, day);

/** The tree on a day: provinces with their communes as rows of code, name and kind. */
export const getTree = async (tx: Tx, day: PlainDate): Promise<UnitTree> => treeOn(await openBook(tx), day);

/**
 * Every office of a class on a day, in the order of provinces and communes: "UBND-TINH" gives 34, "UBND-XA" 3,321, "SO-NGANH" every
 * provincial department, "MINS" the ministries. Empty for a class without offices.
 */
export const officesOfClass = async (tx: Tx, classId: string, scope: OfficeScope): Promise<OfficeVersion[]> => officesIn((await openBook(tx)).offices, classId, scope);

/** One office on a day, with its posts; undefined when there is none. */
export async function findOffice(tx: Tx, id: string, day: PlainDate): Promise<Office | undefined> {
  const office = (await openBook(tx)).officesById.get(id)?.find((one) => holdsOn(one, day));
  return office === undefined ? undefined : officeShown(office);
}

/** Several offices on a day by id, with their posts; those that do not exist that day are left out. */
export async function findOffices(tx: Tx, ids: Iterable<string>, day: PlainDate): Promise<Map<string, Office>> {
  const { officesById } = await openBook(tx);
  return new Map([...new Set(ids)].flatMap((id) => {
    const office = officesById.get(id)?.find((one) => holdsOn(one, day));
    return office === undefined ? [] : [[id, officeShown(office)] as const];
  }));
}

/** Units and offices by name, old name, abbreviation or code. The first call of a process builds the index. */
export const searchUnits = async (tx: Tx, typed: string, options: SearchOptions): Promise<SearchHit[]> => searchNames((await openBook(tx)).names(), typed, options);
