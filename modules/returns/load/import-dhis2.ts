/** `sauro import dhis2`: a foreign system's tree, definitions and values in one pass; the order of files and rows does not matter. */
import { basename } from 'node:path';
import { newId } from '#kernel/id.ts';
import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import { isLoaded, latestProgramme, loadProgramme } from '#modules/definitions/index.ts';
import type { EditionDiff, Programme, ProgrammeFiles } from '#modules/definitions/schema.ts';
import { loadForeignTree, loadGroupSets, unitsOn, type ForeignTreeReport, type GroupSetReport } from '#modules/org-units/index.ts';
import { breakdownsOf } from '../exchange/breakdowns.ts';
import { bundleOf, type Bundle } from '../exchange/bundle.ts';
import { mapProgramme, type Mapping } from '../exchange/programme.ts';
import { ObjectReport, type KindReport } from '../exchange/report.ts';
import { Resolver } from '../exchange/resolve.ts';
import { groupSetsOf, levelsOf, unitsOf, type GroupSetRead, type UnitGiven } from '../exchange/units.ts';
import { hasReturns } from '../store/exchange.ts';
import { documentOf } from './files.ts';
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
  readonly definitions: Omit<EditionDiff, 'changes' | 'warnings'> | null; readonly objects: readonly KindReport[];
  readonly rows: RowCounts; readonly returns: StoredCounts; readonly examples: RowReport['examples']; readonly fileProblems: readonly FileProblem[];
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
  const units = unitsOf(bundle, objects);
  const given = units.length > 0 ? units : await heldUnits(db);
  if (given.length === 0) return refuse({ code: 'import-no-units' });
  const breakdowns = breakdownsOf(bundle, objects);
  const resolver = new Resolver(bundle, breakdowns, given);
  if (resolver.elements.length === 0) return refuse({ code: 'import-no-elements' });
  const rows = new RowReport(asked.report, asked.values.map((path) => basename(path)));
  const spill = new Spill();
  try {
    const fileProblems = await readValues(asked.values, { resolver, spill, report: rows });
    const laid = await layGround(db, { asked, bundle, units, given, resolver, breakdowns, objects });
    if (!laid.ok) return laid;
    const { tree, groups, diff, mapping, codes } = laid.value;
    const storeStarted = performance.now();
    const returns = await storeBuckets(db, { spill, resolver, breakdowns, mapping, codes, report: rows, dryRun: asked.dryRun, fresh: tree?.stored === true || diff.unchanged === false, progress: asked.progress, importId: newId<'Import'>() });
    const { changes: _changes, warnings: _warnings, ...definitions } = diff;
    return ok({
      dryRun: asked.dryRun, tree: tree === null ? null : { counts: tree.counts, depth: tree.depth, stored: tree.stored }, groups, definitions, objects: objects.kinds,
      rows: rows.counts, returns, examples: rows.examples, fileProblems, seconds: (performance.now() - started) / 1000, storeSeconds: (performance.now() - storeStarted) / 1000,
    });
  } finally {
    rows.close();
    spill.close();
  }
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
  readonly tree: ForeignTreeReport | null; readonly groups: ImportReport['groups']; readonly diff: EditionDiff; readonly mapping: Mapping;
  /** Code here of each unit of the resolver, in its order; undefined: not in the tree. */
  readonly codes: readonly (string | undefined)[];
};

/** Tree, groups and definitions, before the first value. */
async function layGround(db: Database, { asked: { dryRun }, bundle, units, given, resolver, breakdowns, objects }: Ground): Promise<Result<Laid, Refusal>> {
  const held = await db.read('system', async (tx) => ({ programme: (await isLoaded(tx)) ? await latestProgramme(tx) : undefined, returns: await hasReturns(tx) }));
  const ours = held.programme?.head.id === 'dhis2' ? held.programme : undefined;
  if (held.returns && held.programme !== undefined && ours === undefined) return refuse({ code: 'import-other-programme', programme: held.programme.head.id });
  const levels = levelsOf(bundle);
  const tree = units.length === 0 ? null : await loadForeignTree(db, units.map((unit) => ({ id: unit.id, code: unit.code, name: unit.name, parent: unit.parent, openingDate: unit.opened, closedDate: unit.closed })), { basis: 'DHIS2', dryRun, ...(levels.length > 0 ? { tiers: levels } : {}) });
  if (tree !== null && !tree.ok) return refuse({ ...tree.problem, code: 'import-tree', problem: tree.problem.code });
  if (tree !== null) tellTree(tree.value, objects);
  const codeOf = (id: string): string | undefined => (tree === null ? id : tree.value.codes.get(id));
  const sets = groupSetsOf(bundle, objects);
  const groups = sets.length === 0 ? null : await takeGroups(db, sets, { dryRun: dryRun || tree === null, tree: tree?.value, objects });
  const mapping = mapProgramme({
    bundle, breakdowns, resolver, levels, unitCode: codeOf, held: ours, unitGroups: new Set(sets.flatMap((set) => set.groups.map((group) => group.id))), units: new Set(given.flatMap((unit) => codeOf(unit.id) ?? [])),
  }, objects);
  const loaded = await loadWithout(db, mapping.files, { dryRun, held: held.programme, objects });
  if (!loaded.ok) return loaded;
  return ok({ tree: tree?.value ?? null, groups, diff: loaded.value, mapping, codes: given.map((unit) => codeOf(unit.id)) });
}

function tellTree(tree: ForeignTreeReport, objects: ObjectReport): void {
  objects.taken('organisationUnits', tree.counts.new + tree.counts.changed + tree.counts.same);
  for (const row of tree.rows) if (row.problem !== undefined) objects.refused('organisationUnits', row.id, row.name, ['tree-row', { problem: row.problem.code }]);
}

/** In a dry run members are looked up in the tree that is there, so only the count is told. */
async function takeGroups(db: Database, sets: readonly GroupSetRead[], { dryRun, tree, objects }: { readonly dryRun: boolean; readonly tree: ForeignTreeReport | undefined; readonly objects: ObjectReport }): Promise<ImportReport['groups']> {
  const here = sets.map((set) => ({ ...set, basis: 'DHIS2', groups: set.groups.map((group) => ({ ...group, units: group.units.map((unit) => tree?.codes.get(unit) ?? unit) })) }));
  const report = await (dryRun ? db.read('system', (tx) => loadGroupSets(tx, here, { dryRun: true })) : db.write('system', (tx) => loadGroupSets(tx, here)));
  if (!dryRun) for (const warning of report.warnings) objects.changed('organisationUnitGroupSets', warning.set, '', ['group-member', { problem: warning.code, unit: 'unit' in warning ? warning.unit : '' }]);
  return { sets: report.sets, groups: report.groups, members: report.members, changed: report.changed };
}

const mostTries = 6;
const kindNames: Readonly<Record<string, string>> = { 'data-element': 'dataElements', disaggregation: 'categoryCombos', 'data-set': 'dataSets', rule: 'validationRules', indicator: 'indicators', constant: 'constants' };

/** Loads what the check of definitions lets through; an item it refuses is left out and told, the rest is loaded. */
async function loadWithout(db: Database, files: ProgrammeFiles, { dryRun, held, objects }: { readonly dryRun: boolean; readonly held: Programme | undefined; readonly objects: ObjectReport }): Promise<Result<EditionDiff, Refusal>> {
  let left = files;
  for (let tries = 1; ; tries += 1) {
    // Another programme without returns gives way whole: as if it had never been.
    const loaded = await loadProgramme(db, left, { note: 'DHIS2', by: 'import', dryRun, ...(held !== undefined && held.head.id !== 'dhis2' ? { on: '1900-01-01' } : {}) });
    if (loaded.ok) return loaded;
    const wrong = loaded.problem.verdicts.filter((one) => one.severity === 'error' && one.kind in kindNames && one.item !== '');
    if (wrong.length === 0 || tries === mostTries) return refuse({ code: 'programme-has-errors', errors: loaded.problem.errors, first: JSON.stringify(loaded.problem.verdicts.filter((one) => one.severity === 'error').slice(0, 3)) });
    const out = new Set(wrong.map((one) => `${one.kind} ${one.item}`));
    for (const one of new Map(wrong.map((each) => [`${each.kind} ${each.item}`, each])).values()) objects.dropped(kindNames[one.kind] ?? one.kind, one.item, '', ['definition-refused', { problem: one.code, field: one.field }]);
    left = { files: left.files.map((file) => ({ ...file, items: file.items.filter((item) => !out.has(`${file.kind} ${nameOf(item)}`)) })) };
  }
}
const nameOf = (item: unknown): string => (typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : '');
