/** `sauro import dhis2`: a foreign system's tree, definitions and values in one pass; the order of files and rows does not matter. */
import { basename } from 'node:path';
import { newId } from '#kernel/id.ts';
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import { isLoaded, latestProgramme, sayDefinition } from '#modules/definitions/index.ts';
import type { EditionDiff } from '#modules/definitions/schema.ts';
import { loadForeignTree, loadGroupSets, sayGroupWarning, sayTreeRefusal, sayTreeRow, unitsOn, type ForeignTreeReport, type GroupSetReport, type GroupWarning } from '#modules/org-units/index.ts';
import { breakdownsOf } from '../exchange/breakdowns.ts';
import { bundleOf, type Bundle } from '../exchange/bundle.ts';
import { mapProgramme, type Mapping } from '../exchange/programme.ts';
import type { Words } from '../exchange/loose.ts';
import { ObjectReport, type Facts, type KindReport } from '../exchange/report.ts';
import { Resolver } from '../exchange/resolve.ts';
import { commonRoot, groupSetsOf, levelsOf, unitsOf, type GroupSetRead, type UnitGiven } from '../exchange/units.ts';
import { hasReturns } from '../store/exchange.ts';
import { documentOf } from './files.ts';
import { loadDefinitions } from './load-definitions.ts';
import { readValues, type FileProblem } from './read-values.ts';
import { RowReport, type RowCounts } from './row-report.ts';
import { Spill } from './spill.ts';
import { storeBuckets, type StoredCounts } from './store-buckets.ts';

export type ImportAsked = {
  readonly units: readonly string[]; readonly metadata: readonly string[]; readonly values: readonly string[];
  readonly dryRun: boolean;
  /** Where the verdict of every row is written; undefined: only counted. */
  readonly report: string | undefined;
  /** Told after each bucket is committed. */
  readonly progress?: (done: number, of: number) => void;
};
export type ImportReport = {
  readonly dryRun: boolean; readonly tree: Pick<ForeignTreeReport, 'counts' | 'depth' | 'stored'> | null; readonly groups: Pick<GroupSetReport, 'sets' | 'groups' | 'members' | 'changed'> | null;
  readonly definitions: Omit<EditionDiff, 'warnings'> | null; readonly objects: readonly KindReport[];
  readonly rows: RowCounts; readonly returns: StoredCounts; readonly examples: RowReport['examples']; readonly firstFacts: RowReport['firstFacts']; readonly fileProblems: readonly FileProblem[];
  readonly seconds: number; readonly storeSeconds: number;
};

/** Nothing was changed: no figure, no definition, no unit. */
export const changedNothing = ({ tree, groups, definitions, rows }: ImportReport): boolean =>
  tree?.stored !== true && groups?.changed !== true && definitions?.unchanged !== false && rows.added + rows.changed + rows.removed === 0;

/** @throws FileFault when a file cannot be read at all */
export async function importDhis2(db: Database, asked: ImportAsked): Promise<Result<ImportReport, Refusal>> {
  const started = performance.now();
  const objects = new ObjectReport();
  const bundle = await readBundle(asked);
  for (const { kind, id } of bundle.twice) objects.changed(kind, id, '', ['given-twice', {}]);
  for (const [kind, count] of bundle.withoutId) { objects.read(kind, count); for (let n = 0; n < count; n += 1) objects.refused(kind, '', '', ['without-id', {}]); }
  const units = unitsOf(bundle, objects);
  if (units.length === 0 && asked.units.length > 0) return refuse({ code: 'import-units-empty', files: asked.units.map((path) => basename(path)).join(', ') });
  const given = units.length > 0 ? units : await heldUnits(db);
  if (given.length === 0) return refuse({ code: 'import-no-units' });
  const breakdowns = breakdownsOf(bundle, objects);
  const resolver = new Resolver(bundle, breakdowns, given);
  if (resolver.elements.length === 0 && (asked.values.length > 0 || units.length === 0)) return refuse({ code: 'import-no-elements' });
  const rows = new RowReport(asked.report, asked.values.map((path) => basename(path)));
  const spill = new Spill();
  try {
    const fileProblems = await readValues(asked.values, { resolver, spill, report: rows });
    const laid = await layGround(db, { asked, bundle, units, given, resolver, breakdowns, objects });
    if (!laid.ok) return laid;
    const { tree, groups, defined, codes } = laid.value;
    for (const [id, how] of breakdowns.understood) objects.changed('categoryOptionCombos', id, '', [how === 'default' ? 'understood-as-default' : 'understood-as-cell', {}]);
    const storeStarted = performance.now();
    const returns = defined === undefined ? { added: 0, changed: 0, same: 0, violations: 0 }
      : await storeBuckets(db, { spill, resolver, breakdowns, mapping: defined.mapping, codes, report: rows, dryRun: asked.dryRun, progress: asked.progress, importId: newId<'Import'>() });
    return ok({
      dryRun: asked.dryRun, tree: tree === null ? null : { counts: tree.counts, depth: tree.depth, stored: tree.stored }, groups, definitions: definitionsOf(defined?.diff), objects: objects.kinds,
      rows: rows.counts, returns, examples: rows.examples, firstFacts: rows.firstFacts, fileProblems, seconds: (performance.now() - started) / 1000, storeSeconds: (performance.now() - storeStarted) / 1000,
    });
  } finally {
    rows.close();
    spill.close();
  }
}

function definitionsOf(diff: EditionDiff | undefined): ImportReport['definitions'] {
  if (diff === undefined) return null;
  const { warnings: _warnings, ...told } = diff;
  return told;
}

async function readBundle({ units, metadata }: ImportAsked): Promise<Bundle> {
  const documents: { document: unknown; alone: string }[] = [];
  for (const path of units) documents.push({ document: await documentOf(path), alone: 'organisationUnits' });
  for (const path of metadata) documents.push({ document: await documentOf(path), alone: 'dataElements' });
  return bundleOf(documents);
}

/** Units the register holds, when no file of units is given: values for a tree that was imported before. */
const heldUnits = (db: Database): Promise<UnitGiven[]> => db.read('system', async (tx) =>
  (await unitsOn(tx, '9999-12-31')).map((unit) => ({ id: unit.code, code: '', name: unit.nameVi, parent: unit.parent, level: unit.depth, opened: undefined, closed: undefined })));

type Ground = {
  readonly asked: ImportAsked; readonly bundle: Bundle; readonly units: readonly UnitGiven[]; readonly given: readonly UnitGiven[]; readonly resolver: Resolver;
  readonly breakdowns: ReturnType<typeof breakdownsOf>; readonly objects: ObjectReport;
};
type Laid = {
  readonly tree: ForeignTreeReport | null; readonly groups: ImportReport['groups'];
  /** Undefined when the files hold units only. */
  readonly defined: { readonly diff: EditionDiff; readonly mapping: Mapping } | undefined;
  /** Code here of each unit of the resolver, in its order; undefined: not in the tree. */
  readonly codes: readonly (string | undefined)[];
};

/** Tree, groups and definitions, before the first value. */
async function layGround(db: Database, { asked: { dryRun }, bundle, units, given, resolver, breakdowns, objects }: Ground): Promise<Result<Laid, Refusal>> {
  const held = await db.read('system', async (tx) => ({ programme: (await isLoaded(tx)) ? await latestProgramme(tx) : undefined, returns: await hasReturns(tx) }));
  const ours = held.programme?.head.id === 'dhis2' ? held.programme : undefined;
  if (held.returns && held.programme !== undefined && ours === undefined) return refuse({ code: 'import-other-programme', programme: held.programme.head.id });
  const levels = levelsOf(bundle, units);
  const tree = units.length === 0 ? null : await loadForeignTree(db, units.map((unit) => ({ id: unit.id, code: unit.code, name: unit.name, parent: unit.parent, openingDate: unit.opened, closedDate: unit.closed })), { basis: 'DHIS2', dryRun, ...(levels.length > 0 ? { tiers: levels } : {}) });
  if (tree !== null && !tree.ok) return refuse({ ...tree.problem, ...saysOf(sayTreeRefusal(tree.problem)), code: 'import-tree', problem: tree.problem.code });
  if (tree !== null) tellTree(tree.value, units, objects);
  const codeOf = (id: string): string | undefined => (tree === null ? id : tree.value.codes.get(id));
  const sets = groupSetsOf(bundle, objects);
  const groups = sets.length === 0 ? null : await takeGroups(db, sets, { dryRun, tree: tree?.value, objects });
  const codes = given.map((unit) => codeOf(unit.id));
  if (resolver.elements.length === 0) return ok({ tree: tree?.value ?? null, groups, defined: undefined, codes });
  const mapping = mapProgramme({
    bundle, breakdowns, resolver, levels, unitCode: codeOf, held: ours, unitGroups: new Set(sets.flatMap((set) => set.groups.map((group) => group.id))), units: new Set(codes.flatMap((code) => code ?? [])),
    sayFormula: ({ code, facts }) => saysOf({ vi: sayDefinition(`formula.${code}`, facts, 'vi'), en: sayDefinition(`formula.${code}`, facts, 'en') }),
  }, objects);
  const loaded = await loadDefinitions(db, mapping.files, { dryRun, held: held.programme, objects });
  if (!loaded.ok) return loaded;
  return ok({ tree: tree?.value ?? null, groups, defined: { diff: loaded.value, mapping }, codes });
}

function tellTree(tree: ForeignTreeReport, units: readonly UnitGiven[], objects: ObjectReport): void {
  const wrong = tree.rows.filter((row) => row.problem !== undefined);
  objects.taken('organisationUnits', units.filter((unit) => unit.id !== commonRoot).length - wrong.length);
  for (const row of wrong) if (row.problem !== undefined) objects.refused('organisationUnits', row.id, row.name, ['tree-row', saysOf(sayTreeRow(row.problem))]);
}

/** Words that another module made, as facts of a sentence of ours. */
const saysOf = ({ vi, en }: Words): Facts => ({ 'says-vi': vi, 'says-en': en });

type Grouping = { readonly dryRun: boolean; readonly tree: ForeignTreeReport | undefined; readonly objects: ObjectReport };

/** Without a tree in the files, members are codes of the units held. */
async function takeGroups(db: Database, sets: readonly GroupSetRead[], { dryRun, tree, objects }: Grouping): Promise<ImportReport['groups']> {
  const here = sets.map((set) => ({ ...set, basis: 'DHIS2', groups: set.groups.map((group) => ({ ...group, units: group.units.map((unit) => tree?.codes.get(unit) ?? unit) })) }));
  const report = await (dryRun ? db.read('system', (tx) => loadGroupSets(tx, here, { dryRun: true, coming: new Set(tree?.codes.values()) })) : db.write('system', (tx) => loadGroupSets(tx, here)));
  const names = new Map(sets.flatMap((set) => [[set.id, set.name.en] as const, ...set.groups.map((group) => [group.id, group.name.en] as const)]));
  const named = (warning: GroupWarning): GroupWarning => Object.fromEntries(Object.entries(warning).map(([key, value]) => [key, key === 'code' || key === 'unit' ? value : names.get(value) ?? value])) as GroupWarning; // the same keys, all texts
  for (const warning of report.warnings) objects.changed('organisationUnitGroupSets', warning.set, names.get(warning.set) ?? '', ['group-member', saysOf(sayGroupWarning(named(warning)))]);
  return { sets: report.sets, groups: report.groups, members: report.members, changed: report.changed };
}
