/** Units of another system's tree. Pure. */
import type { Bundle } from './bundle.ts';
import { byText, dayIn, idOf, isLoose, listIn, numberIn, refIn, refsIn, textIn, wordsIn, type Loose, type Words } from './loose.ts';
import type { ObjectReport } from './report.ts';

/** `opened` and `closed` are calendar days; `closed` is the last day on which it stood. */
export type UnitGiven = {
  readonly id: string; readonly code: string; readonly name: string; readonly parent: string | null; readonly level: number | undefined;
  readonly opened: string | undefined; readonly closed: string | undefined;
};

/** The parent may stand as a reference, as an id, in a CSV column, or as the last step but one of the path. */
function parentOf(unit: Loose): string | null {
  const named = refIn(unit, 'parent') || textIn(unit, 'parentId') || textIn(unit, 'parentid');
  if (named !== '') return named;
  const steps = textIn(unit, 'path').split('/').filter((step) => step !== '');
  return steps.length > 1 ? steps.at(-2) ?? null : null;
}

export function unitsOf(bundle: Bundle, report: ObjectReport): UnitGiven[] {
  const given = bundle.of('organisationUnits');
  const units: UnitGiven[] = [];
  report.read('organisationUnits', given.length);
  for (const unit of given) {
    const name = textIn(unit, 'name') || textIn(unit, 'displayName') || textIn(unit, 'shortName');
    const id = idOf(unit);
    if (name === '' && parentOf(unit) === null && textIn(unit, 'path') === '') { report.refused('organisationUnits', id, '', ['only-a-reference', {}]); continue; }
    units.push({
      id, code: textIn(unit, 'code'), name: name || id, parent: parentOf(unit), level: numberIn(unit, 'level'),
      opened: dayIn(unit, 'openingDate') ?? dayIn(unit, 'openingdate'), closed: dayIn(unit, 'closedDate') ?? dayIn(unit, 'closeddate'),
    });
    if (textIn(unit, 'geometry') !== '' || isLoose(unit['geometry']) || textIn(unit, 'coordinates') !== '') report.changed('organisationUnits', id, name, ['geometry-left', {}]);
  }
  return withOneRoot(units, report);
}

/** Above trees that have no common root of their own. */
export const commonRoot = 'imported_root';

/**
 * One tree: a part of a country's tree begins with the units whose parents lie outside the files, and several trees stand side by side
 * under a unit made for it.
 */
function withOneRoot(units: readonly UnitGiven[], report: ObjectReport): UnitGiven[] {
  const ids = new Set(units.map((unit) => unit.id));
  const whole = units.some((unit) => unit.parent === null);
  const isTop = ({ parent }: UnitGiven): boolean => parent === null || (!whole && !ids.has(parent));
  const tops = units.filter(isTop);
  if (!whole) for (const unit of tops) report.changed('organisationUnits', unit.id, unit.name, ['parent-outside', { parent: unit.parent ?? '' }]);
  const several = tops.length > 1;
  if (several) for (const unit of tops) report.changed('organisationUnits', unit.id, unit.name, ['under-common-root', {}]);
  const placed = units.map((unit) => (isTop(unit) ? { ...unit, parent: several ? commonRoot : null } : unit));
  return several ? [{ id: commonRoot, code: '', name: 'Toàn bộ · All', parent: null, level: undefined, opened: undefined, closed: undefined }, ...placed] : placed;
}

export type GroupSetRead = { readonly id: string; readonly name: Words; readonly inherits: boolean; readonly groups: readonly { readonly id: string; readonly name: Words; readonly units: readonly string[] }[]; readonly lone: boolean };

/**
 * Group sets with their groups and members. A group that stands in no set becomes a set of its own. Whether what lies below a member
 * counts with it is the other system's own flag; where the bundle does not say, it does when every member has units below it.
 */
export function groupSetsOf(bundle: Bundle, report: ObjectReport): GroupSetRead[] {
  const parents = new Set(bundle.of('organisationUnits').map(parentOf));
  const groups = new Map(bundle.of('organisationUnitGroups').map((group) => [idOf(group), group]));
  const members = membersOf(bundle);
  const named = (group: Loose) => ({ id: idOf(group), name: wordsIn(group, ['name', 'displayName', 'shortName'], 300), units: [...(members.get(idOf(group)) ?? [])].sort(byText) });
  const sets: GroupSetRead[] = [];
  const inSets = new Set<string>();
  report.read('organisationUnitGroupSets', bundle.of('organisationUnitGroupSets').length);
  report.read('organisationUnitGroups', groups.size);
  for (const set of bundle.of('organisationUnitGroupSets')) {
    const held = refsIn(set, 'organisationUnitGroups').flatMap((id) => { const group = groups.get(id); return group === undefined ? [] : [named(group)]; });
    const nested = listIn(set, 'organisationUnitGroups').filter((group) => !groups.has(idOf(group)) && textIn(group, 'name') !== '').map(named);
    const all = [...held, ...nested].sort((a, b) => byText(a.name.en, b.name.en) || byText(a.id, b.id));
    for (const group of all) inSets.add(group.id);
    const units = all.flatMap((group) => group.units);
    const flag = set['includeSubhierarchyInAnalytics'];
    const inherits = typeof flag === 'boolean' ? flag : units.length > 0 && units.every((unit) => parents.has(unit));
    const name = wordsIn(set, ['name', 'displayName', 'shortName'], 300);
    if (typeof flag !== 'boolean' && inherits) report.changed('organisationUnitGroupSets', idOf(set), name.en, ['group-set-inherits', {}]);
    sets.push({ id: idOf(set), name, inherits, groups: all, lone: false });
    report.taken('organisationUnitGroupSets');
  }
  for (const group of groups.values()) {
    report.taken('organisationUnitGroups');
    if (inSets.has(idOf(group))) continue;
    const alone = named(group);
    sets.push({ id: `g_${alone.id}`, name: alone.name, inherits: false, groups: [alone], lone: true });
    report.changed('organisationUnitGroups', alone.id, alone.name.en, ['group-alone', {}]);
  }
  return sets;
}

/** Membership may stand with the group or with the unit. */
function membersOf(bundle: Bundle): Map<string, Set<string>> {
  const members = new Map<string, Set<string>>();
  const add = (group: string, unit: string): void => { members.set(group, (members.get(group) ?? new Set()).add(unit)); };
  const everyGroup = [...bundle.of('organisationUnitGroups'), ...bundle.of('organisationUnitGroupSets').flatMap((set) => listIn(set, 'organisationUnitGroups'))];
  for (const group of everyGroup) for (const unit of refsIn(group, 'organisationUnits')) add(idOf(group), unit);
  for (const unit of bundle.of('organisationUnits')) for (const group of refsIn(unit, 'organisationUnitGroups')) add(group, idOf(unit));
  return members;
}

export function levelsOf(bundle: Bundle, units: readonly UnitGiven[]): Words[] {
  const above = units.some((unit) => unit.id === commonRoot) ? [{ vi: 'Toàn bộ', en: 'All' }] : [];
  const own = [...bundle.of('organisationUnitLevels')].sort((a, b) => (numberIn(a, 'level') ?? 0) - (numberIn(b, 'level') ?? 0))
    .map((level) => wordsIn(level, ['name', 'displayName'], 300)).filter((words) => words.en !== '');
  return own.length === 0 ? [] : [...above, ...own].slice(0, 12);
}
