/** What the builder makes from the data files: the effective-dated tree, before it is stored. */
import type { PlainDate } from '#kernel/day.ts';
import type { Certainty, UnitKind, UnitLevel } from './schema.ts';

export type Unit = { readonly id: string; readonly level: UnitLevel };

/** One unit as it stood from `validFrom` until the day before `validTo`. */
export type UnitVersion = {
  readonly unitId: string;
  readonly level: UnitLevel;
  readonly code: string;
  /** Official name with its kind: "Phường Ba Đình". */
  readonly nameVi: string;
  readonly kind: UnitKind;
  readonly parentId: string | null;
  /** Code of the province the unit lies in that day (its own for a province, '00' for the nation). */
  readonly province: string;
  /** District of a former commune; tells "Phường 1" from another "Phường 1". */
  readonly districtVi: string | null;
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
  readonly basis: string;
  readonly certainty: Certainty;
};

export type LinkKind = 'merged' | 'part' | 'renamed';

/** Unit `from` went into unit `to` on a day. `part`: some of its area; the share is not in the source. */
export type UnitLink = {
  readonly from: string;
  readonly to: string;
  readonly on: PlainDate;
  readonly kind: LinkKind;
  readonly basis: string;
  readonly certainty: Certainty;
};

/** Another code or name that leads to a unit. `older-name`: a unit already gone before our history begins. */
export type UnitAlias = {
  readonly unitId: string;
  readonly kind: 'code' | 'abbreviation' | 'older-name';
  readonly text: string;
  readonly districtVi: string | null;
  readonly provinceVi: string | null;
  readonly certainty: Certainty;
};

/** What became of each row of the old-to-new list, so that none is lost in silence. */
export type MappingAccount = {
  readonly read: number;
  readonly communes: number;
  readonly parts: number;
  readonly olderNames: number;
  readonly repeated: number;
  readonly withoutName: number;
  /** Rows whose successor cannot be told (two units of that name and no usable code); listed, never guessed. */
  readonly unclear: readonly string[];
};

export type UnitTree = {
  readonly units: readonly Unit[];
  readonly versions: readonly UnitVersion[];
  readonly links: readonly UnitLink[];
  readonly aliases: readonly UnitAlias[];
  readonly account: MappingAccount;
};

/** An office under the name it bore from a day until another. `aliases` are other names and abbreviations. */
export type OfficeVersion = {
  readonly id: string;
  readonly classId: string;
  readonly province: string;
  readonly commune: string | null;
  readonly unitId: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly aliases: readonly string[];
  /** Post ids, the head's first. */
  readonly posts: readonly string[];
  readonly validFrom: PlainDate;
  readonly validTo: PlainDate | null;
};
