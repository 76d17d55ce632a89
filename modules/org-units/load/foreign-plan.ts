/** What an imported tree changes in the register: new, changed, same and closed units, effective-dated. Pure. */
import { hash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Book } from '../book.ts';
import type { UnitAlias, UnitVersion } from '../model.ts';
import type { UnitLevel } from '../schema.ts';
import { levelOf, placeForeign, shardsOf, type ForeignTree, type ForeignUnit, type Placed, type TreeRefusal, type TreeRowProblem } from './foreign.ts';
import { foreignUnitId } from './ids.ts';

/**
 * One row's verdict. `changed`: name, place or days differ from the register; `closed`: open until now, with a last day from now on, or
 * no longer given; `refused`: left out, `problem` says why, and what the register held of it stays.
 */
export type TreeRowVerdict = {
  readonly id: string; readonly name: string; readonly verdict: 'new' | 'changed' | 'same' | 'closed' | 'refused';
  readonly changes?: readonly ('name' | 'place' | 'days')[]; readonly problem?: TreeRowProblem;
};
export type TreeCounts = { readonly given: number; readonly new: number; readonly changed: number; readonly same: number; readonly closed: number; readonly refused: number };
export type ForeignPlan = {
  readonly digest: string; readonly rows: readonly TreeRowVerdict[]; readonly counts: TreeCounts; readonly depth: number;
  /** The code units bear here, by the id they came with: the same, but '00' for the root. */
  readonly codes: ReadonlyMap<string, string>;
  readonly shards: readonly { readonly shard: string; readonly code: string; readonly name: string }[];
  readonly units: readonly { readonly id: string; readonly level: UnitLevel }[]; readonly versions: readonly UnitVersion[]; readonly aliases: readonly UnitAlias[];
};

/** `on`: the day from which a unit has another place, or is closed because it is no longer given. */
export type PlanOptions = { readonly on: PlainDate; readonly basis: string };

/** Ids the root is known by; it may have a code of its own beside the id it came with. */
const rootIdsOf = (book: Book): string[] => {
  const nation = book.versions.find((version) => version.level === 'nation');
  return book.aliases.flatMap((alias) => (alias.unitId === nation?.unitId && alias.kind === 'code' ? [alias.text] : []));
};

/** @param held the register, when it holds an imported tree already */
export function planForeign(units: readonly ForeignUnit[], held: Book | undefined, options: PlanOptions): Result<ForeignPlan, TreeRefusal> {
  const found = placeForeign(units);
  if (!found.ok) return found;
  const tree = found.value;
  if (held !== undefined && !rootIdsOf(held).includes(tree.root.unit.id)) return refuse({ code: 'tree-other-root', root: tree.root.unit.id, held: rootIdsOf(held)[0] ?? '' });
  const shards = shardsOf(tree, new Map(held?.versions.flatMap((version) => (version.level === 'province' ? [[version.code, version.province] as const] : [])) ?? []));
  if (!shards.ok) return shards;
  const plans = tree.placed.map((one) => planUnit(one, held, shards.value, options));
  const gone = goneUnits(tree, held, options.on);
  const versions = [...plans.flatMap((plan) => plan.versions), ...gone.flatMap((one) => one.versions)];
  const aliases = [...tree.placed.flatMap((one) => aliasesOf(one, shards.value)), ...gone.flatMap((one) => held?.aliasesOf.get(one.id) ?? [])];
  const rows: TreeRowVerdict[] = [
    ...[...plans.map((plan) => ({ at: plan.at, row: plan.row })), ...tree.refused.map(({ at, unit, problem }) => ({ at, row: { id: unit.id, name: unit.name, verdict: 'refused' as const, problem } }))]
      .sort((a, b) => a.at - b.at).map(({ row }) => row),
    ...gone.flatMap((one) => (one.row === undefined ? [] : [one.row])),
  ];
  return ok({
    digest: `imported-${hash('sha256', JSON.stringify([sorted(versions), sorted(aliases)])).slice(0, 24)}`, rows, counts: countsOf(rows, units.length),
    depth: Math.max(...tree.placed.map((one) => one.depth)), codes: new Map(tree.placed.map((one) => [one.unit.id, codeOf(one)])),
    shards: tree.root.children.map((one) => ({ shard: shards.value.get(one.unit.id) ?? '', code: one.unit.id, name: one.unit.name })).sort((a, b) => (a.shard < b.shard ? -1 : 1)),
    units: [...new Map(versions.map((version) => [version.unitId, { id: version.unitId, level: version.level }])).values()], versions, aliases,
  });
}

const sorted = <T>(rows: readonly T[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
const countsOf = (rows: readonly TreeRowVerdict[], given: number): TreeCounts => {
  const count = (verdict: TreeRowVerdict['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  return { given, new: count('new'), changed: count('changed'), same: count('same'), closed: count('closed'), refused: count('refused') };
};

const codeOf = (one: Placed): string => (one.parent === undefined ? '00' : one.unit.id);

function versionOf(one: Placed, shards: ReadonlyMap<string, string>, basis: string): UnitVersion {
  return {
    unitId: foreignUnitId(one.unit.id), level: levelOf(one), code: codeOf(one), nameVi: one.unit.name.normalize('NFC').trim(), kind: one.parent === undefined ? 'nation' : 'unit',
    parentId: one.parent === undefined ? null : foreignUnitId(one.parent.unit.id), province: one.second === undefined ? '00' : shards.get(one.second) ?? '00', districtVi: null,
    validFrom: one.validFrom, validTo: one.validTo, basis, certainty: 'S',
  };
}

type UnitPlan = { readonly at: number; readonly row: TreeRowVerdict; readonly versions: readonly UnitVersion[] };

function planUnit(one: Placed, held: Book | undefined, shards: ReadonlyMap<string, string>, { on, basis }: PlanOptions): UnitPlan {
  const now = versionOf(one, shards, basis);
  const before = held?.byUnit.get(now.unitId) ?? [];
  const [began, last] = [before[0], before.at(-1)];
  const said = { id: one.unit.id, name: now.nameVi };
  if (began === undefined || last === undefined) return { at: one.at, row: { ...said, verdict: 'new' }, versions: [now] };
  const moved = last.parentId !== now.parentId || last.province !== now.province || last.level !== now.level;
  const changes = [
    ...(last.nameVi === now.nameVi ? [] : ['name' as const]), ...(moved ? ['place' as const] : []),
    ...(began.validFrom === now.validFrom && last.validTo === now.validTo ? [] : ['days' as const]),
  ];
  if (changes.length === 0) return { at: one.at, row: { ...said, verdict: 'same' }, versions: before };
  // A name is put right for all its time; a new place holds from a day, because what was counted before was counted in the old one.
  const later = moved && on > last.validFrom && (now.validTo === null || on < now.validTo);
  const kept = later ? [...before.slice(0, -1), { ...last, validTo: on }] : before.slice(0, -1);
  const ended = later ? { ...now, validFrom: on } : { ...now, validFrom: kept.length === 0 ? now.validFrom : last.validFrom };
  const versions = [...kept, ended].map((version, at) => (at === 0 && now.validFrom < (kept[1] ?? ended).validFrom ? { ...version, validFrom: now.validFrom } : version));
  const closed = changes.length === 1 && changes[0] === 'days' && last.validTo === null && now.validTo !== null;
  return { at: one.at, row: { ...said, verdict: closed ? 'closed' : 'changed', changes }, versions };
}

type Gone = { readonly id: string; readonly versions: readonly UnitVersion[]; readonly row?: TreeRowVerdict };

/** Units the register holds and the bundle does not give: closed from the day, never removed, because figures point to them. */
function goneUnits(tree: ForeignTree, held: Book | undefined, on: PlainDate): Gone[] {
  if (held === undefined) return [];
  const placed = new Set(tree.placed.map((one) => foreignUnitId(one.unit.id)));
  const stay = new Set<string>(); // refused rows keep what the register held, and so does all above them
  for (const { unit } of tree.refused) {
    for (let id: string | null | undefined = foreignUnitId(unit.id); id !== null && id !== undefined && !stay.has(id); id = held.byUnit.get(id)?.at(-1)?.parentId) stay.add(id);
  }
  return [...held.byUnit].filter(([id]) => !placed.has(id)).map(([id, versions]): Gone => {
    const last = versions.at(-1);
    if (last === undefined || last.validTo !== null || stay.has(id) || on <= last.validFrom) return { id, versions };
    return { id, versions: [...versions.slice(0, -1), { ...last, validTo: on }], row: { id: last.code, name: last.nameVi, verdict: 'closed' } };
  });
}

function aliasesOf(one: Placed, shards: ReadonlyMap<string, string>): UnitAlias[] {
  const { unit } = one;
  const alias = (kind: UnitAlias['kind'], text: string): UnitAlias => ({ unitId: foreignUnitId(unit.id), kind, text, districtVi: null, provinceVi: null, certainty: 'S' });
  const own = unit.code?.trim() ?? '';
  const codes = [one.parent === undefined ? unit.id : '', one.depth === 2 ? shards.get(unit.id) ?? '' : '', own.length > 2 ? own : ''].filter((code) => code !== '' && code !== codeOf(one));
  // Two characters lead to a shard; a code of two characters of another unit is found by search only.
  const names = [unit.shortName?.trim() ?? '', own.length > 2 ? '' : own].filter((name) => name !== '' && name !== unit.name.trim() && !codes.includes(name));
  return [...[...new Set(codes)].map((code) => alias('code', code)), ...[...new Set(names)].map((name) => alias('abbreviation', name))];
}
