/** What can be searched for, made from units, their links and aliases, and offices. */
import type { OfficeVersion, UnitAlias, UnitLink, UnitVersion } from './model.ts';
import { officeClasses } from './offices.ts';
import type { NamedVersion, SearchEntry } from './search.ts';
import { reformDay, shortName, type UnitLevel } from './schema.ts';

export type Searchable = {
  readonly versions: readonly UnitVersion[];
  readonly links: readonly UnitLink[];
  readonly aliases: readonly UnitAlias[];
  readonly offices: readonly OfficeVersion[];
};

const initialsOf = (name: string): string => name.split(/[\s-]+/u).map((word) => word.charAt(0).toUpperCase()).join('');

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** Units with all their names, names of units that were gone before our history, offices of the nation and of provinces. */
export function searchEntries(source: Searchable): SearchEntry[] {
  const byUnit = grouped(source.versions, (version) => version.unitId);
  const aliases = grouped(source.aliases.filter((alias) => alias.kind !== 'older-name'), (alias) => alias.unitId);
  const onward = grouped(source.links, (link) => link.from);
  const lastOf = (unit: string): UnitVersion | undefined => byUnit.get(unit)?.at(-1);
  const nameOfUnit = (unit: string | null): string => {
    const version = unit === null ? undefined : lastOf(unit);
    return version === undefined || version.level === 'nation' ? '' : shortName(version.nameVi, version.kind);
  };
  const nowCodes = (unit: string): string[] => {
    if (lastOf(unit)?.validTo === null) return [];
    return (onward.get(unit) ?? []).flatMap((link) => { const to = lastOf(link.to); return to === undefined ? [] : [to.code]; });
  };
  const units = [...byUnit].map(([unit, versions]): SearchEntry => {
    const last = versions.at(-1);
    const level: UnitLevel = last?.level ?? 'commune';
    const others = aliases.get(unit) ?? [];
    const initials = level === 'province' ? [initialsOf(nameOfUnit(unit))] : [];
    return {
      of: 'unit', level, versions, placeVi: [last?.districtVi, nameOfUnit(last?.parentId ?? null)].filter((part) => part !== null && part !== undefined && part !== '').join(', '),
      otherNames: [...others.filter((alias) => alias.kind === 'abbreviation').map((alias) => alias.text), ...initials],
      otherCodes: others.filter((alias) => alias.kind === 'code').map((alias) => alias.text), nowCodes: nowCodes(unit),
    };
  });
  return [...units, ...olderNames(source, lastOf), ...offices(source, nameOfUnit)];
}

/** Names of communes that ended before our history: found by name, and leading to what they are part of today. */
function olderNames(source: Searchable, lastOf: (unit: string) => UnitVersion | undefined): SearchEntry[] {
  const older = grouped(source.aliases.filter((alias) => alias.kind === 'older-name'), (alias) => `${alias.text}|${alias.districtVi}|${alias.provinceVi}`);
  return [...older.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const kind = first.text.startsWith('Phường ') ? 'ward' : first.text.startsWith('Thị trấn ') ? 'township' : 'commune';
    const version: NamedVersion = { code: '', nameVi: first.text, kind, validFrom: '1975-01-01', validTo: reformDay };
    return [{
      of: 'unit', level: 'commune', versions: [version], otherNames: [], otherCodes: [], placeVi: [first.districtVi, first.provinceVi].filter((part) => part !== null).join(', '),
      nowCodes: rows.flatMap((row) => { const to = lastOf(row.unitId); return to === undefined ? [] : [to.code]; }),
    } satisfies SearchEntry];
  });
}

/** Commune offices are left out: three a commune, found through the commune itself. */
function offices(source: Searchable, nameOfUnit: (unit: string) => string): SearchEntry[] {
  return [...grouped(source.offices.filter((office) => office.commune === null), (office) => office.id).values()].flatMap((versions) => {
    const last = versions.at(-1);
    if (last === undefined) return [];
    return [{
      of: 'office', level: last.province === '00' ? 'nation' : 'province', nameEn: last.nameEn, placeVi: last.province === '00' ? '' : nameOfUnit(last.unitId),
      versions: versions.map((office) => ({ code: office.id, nameVi: office.nameVi, kind: 'nation', validFrom: office.validFrom, validTo: office.validTo })),
      otherNames: [...last.aliases, ...shortNamesOf(last, nameOfUnit(last.unitId))], otherCodes: [], nowCodes: [],
    } satisfies SearchEntry];
  });
}

/** "Sở Y tế Hà Nội" and "SYT Hà Nội" beside "Sở Y tế thành phố Hà Nội". */
function shortNamesOf(office: OfficeVersion, place: string): string[] {
  const of = officeClasses.find((one) => one.class === office.classId);
  return of === undefined ? [] : [of.nameVi.replace('{place}', place), ...of.abbreviations.map((abbreviation) => `${abbreviation} ${place}`)];
}
