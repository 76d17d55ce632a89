/** Builds the effective-dated tree of units from the data files; pure but for reading them. */
import { fold } from '#kernel/fold.ts';
import { applyChanges, settleChanges } from './changes.ts';
import { communeHistory } from './communes.ts';
import { unitId } from './ids.ts';
import type { UnitAlias, UnitLink, UnitTree, UnitVersion } from '../model.ts';
import { fullNameOf, withoutKind } from './names.ts';
import { readSources, type Sources } from './sources.ts';
import { historyBegins, reformDay } from '../schema.ts';

const provinceBasis = '202/2025/QH15';
const nationId = unitId('nation', '00', historyBegins);

const theNation: UnitVersion = {
  unitId: nationId, level: 'nation', code: '00', nameVi: 'Việt Nam', kind: 'nation', parentId: null, province: '00', districtVi: null,
  validFrom: historyBegins, validTo: null, basis: '', certainty: 'S',
};

/** Our 34 provinces must be those of the code list: the same codes under the same names. */
function checkProvinces(sources: Sources): void {
  const ours = new Map(sources.provinces.map((one) => [one.code, fold(one.nameVi)]));
  const strange = sources.listedProvinces.filter((one) => ours.get(one.code) !== fold(withoutKind(one.name)));
  if (strange.length > 0 || ours.size !== sources.listedProvinces.length)
    throw new RangeError(`provinces of the code list and of data/provinces.json differ: ${strange.map((one) => one.code).join(', ')}`);
}

/** The 63 provinces of before and the 34 of after; a province formed from itself alone goes on as the same unit. */
function provinceHistory(sources: Sources) {
  const unchanged = new Set(sources.provinces.filter((one) => one.formedFrom.length === 1 && one.formedFrom[0] === one.code).map((one) => one.code));
  const before = new Map(sources.formerProvinces.map((one) => [one.code, unitId('province', one.code, historyBegins)]));
  const after = new Map(sources.provinces.map((one) =>
    [one.code, unitId('province', one.code, unchanged.has(one.code) ? historyBegins : reformDay)]));
  const former = sources.formerProvinces.filter((one) => !unchanged.has(one.code)).map((one): UnitVersion => ({
    unitId: before.get(one.code) ?? '', level: 'province', code: one.code, nameVi: fullNameOf(one.kind, one.nameVi), kind: one.kind, parentId: nationId,
    province: one.code, districtVi: null, validFrom: historyBegins, validTo: reformDay, basis: provinceBasis, certainty: 'S',
  }));
  const current = sources.provinces.map((one): UnitVersion => ({
    unitId: after.get(one.code) ?? '', level: 'province', code: one.code, nameVi: fullNameOf(one.kind, one.nameVi), kind: one.kind, parentId: nationId,
    province: one.code, districtVi: null, validFrom: unchanged.has(one.code) ? historyBegins : reformDay, validTo: null,
    basis: unchanged.has(one.code) ? '' : provinceBasis, certainty: 'S',
  }));
  const links = sources.provinces.filter((one) => !unchanged.has(one.code)).flatMap((one) => one.formedFrom.map((from): UnitLink => ({
    from: before.get(from) ?? '', to: after.get(one.code) ?? '', on: reformDay, kind: 'merged', basis: provinceBasis, certainty: one.certainty,
  })));
  return { before, after, versions: [...former, ...current], links, aliases: provinceAliases(sources, before, after) };
}

function provinceAliases(sources: Sources, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): UnitAlias[] {
  const alias = (unit: string, text: string): UnitAlias =>
    ({ unitId: unit, kind: 'abbreviation', text, districtVi: null, provinceVi: null, certainty: 'S' });
  return [
    ...sources.provinces.flatMap((one) => [...new Set(one.aliases)].map((text) => alias(after.get(one.code) ?? '', text))),
    ...sources.formerProvinces.flatMap((one) => one.aliases.map((text) => alias(before.get(one.code) ?? '', text))),
  ];
}

/** The list of 1 July 2025 with its wrong codes put right. */
function correctedCommunes(sources: Sources): Sources['communes'] {
  return sources.communes.map((commune) => {
    const right = sources.corrections.codes.find((one) => one.level === 'commune' && one.wrong === commune.code && one.nameVi === commune.nameVi);
    return right === undefined ? commune : { ...commune, code: right.right };
  });
}

function codeAliases(sources: Sources, versions: readonly UnitVersion[]): UnitAlias[] {
  return sources.corrections.codeAliases.map((one) => {
    const unit = versions.find((version) => version.level === one.level && version.code === one.code && version.validTo === null);
    if (unit === undefined) throw new RangeError(`alias of a unit that does not exist: ${one.code}`);
    return { unitId: unit.unitId, kind: 'code', text: one.alias, districtVi: null, provinceVi: null, certainty: one.certainty };
  });
}

/** Versions of one continuing unit that differ in nothing a reader sees become one; the rest stay beside each other. */
function joinSame(versions: readonly UnitVersion[]): UnitVersion[] {
  const sorted = [...versions].sort((a, b) => (a.unitId === b.unitId ? (a.validFrom < b.validFrom ? -1 : 1) : a.unitId < b.unitId ? -1 : 1));
  const out: UnitVersion[] = [];
  for (const version of sorted) {
    const last = out.at(-1);
    const same = last !== undefined && last.unitId === version.unitId && last.validTo === version.validFrom && last.nameVi === version.nameVi
      && last.parentId === version.parentId && last.code === version.code && last.districtVi === version.districtVi;
    if (same && last !== undefined) out.splice(-1, 1, { ...last, validTo: version.validTo });
    else out.push(version);
  }
  return out;
}

/** @returns units, versions, links and aliases with stable ids, in one fixed order @throws RangeError when the data contradict themselves */
export function buildUnits(sources: Sources = readSources()): UnitTree {
  checkProvinces(sources);
  const provinces = provinceHistory(sources);
  const communes = communeHistory(sources, correctedCommunes(sources), provinces);
  const base = [theNation, ...provinces.versions, ...communes.former, ...communes.current];
  const versions = joinSame(applyChanges(base, settleChanges(sources.changes)));
  const units = new Map(versions.map((version) => [version.unitId, { id: version.unitId, level: version.level }]));
  return {
    units: [...units.values()],
    versions,
    links: [...provinces.links, ...communes.links],
    aliases: [...provinces.aliases, ...codeAliases(sources, versions), ...communes.aliases],
    account: communes.account,
  };
}
