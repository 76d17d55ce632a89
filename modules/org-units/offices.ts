/** The offices that hold tasks: central agencies of the registry, and the same set of offices at each province and commune. */
import data from './data/offices.json' with { type: 'json' };
import { holdsOn } from './rules.ts';
import type { OfficeVersion, UnitVersion } from './model.ts';
import type { Agency } from './registry/types.ts';
import { englishName, historyBegins, reformDay, type Office } from './schema.ts';

export type OfficeClass = (typeof data.classes)[number];
export const officeClasses: readonly OfficeClass[] = data.classes;

const postTexts = new Map(Object.entries(data.posts));
const centralPosts = new Map(Object.entries(data.central));
const centralPostsById = new Map(Object.entries(data.centralById));

/** @throws RangeError for a post that data/offices.json does not name */
export function postsNamed(ids: readonly string[]): Office['posts'] {
  return ids.map((id) => {
    const post = postTexts.get(id);
    if (post === undefined) throw new RangeError(`data/offices.json: no post ${id}`);
    return { id, nameVi: post.vi, nameEn: post.en, head: post.head };
  });
}

/** Classes of central agencies, as the registry names them: "các bộ, ngành", "các đoàn thể", "các cơ quan trung ương". */
const centralClasses = ['MINS', 'MASS-ORGS', 'CENTRAL'] as const;
const centralClass = (agency: Agency): (typeof centralClasses)[number] =>
  ['ministry', 'ministerial-agency', 'government-agency'].includes(agency.kind) ? 'MINS' : agency.kind === 'mass-organisation' ? 'MASS-ORGS' : 'CENTRAL';

function centralOffice(agency: Agency, nationId: string): OfficeVersion {
  const [nameVi = agency.id, ...otherVi] = agency.vi;
  const [nameEn = nameVi, ...otherEn] = agency.en ?? [];
  return {
    id: agency.id, classId: centralClass(agency), province: '00', commune: null, unitId: nationId, nameVi, nameEn,
    aliases: [...new Set([...otherVi, ...otherEn, ...(agency.abbreviations ?? [])])],
    posts: centralPostsById.get(agency.id) ?? centralPosts.get(agency.kind) ?? data.otherPosts,
    validFrom: agency.from ?? historyBegins, validTo: agency.until ?? null,
  };
}

/** "tỉnh Cao Bằng": inside a name the word of the kind is not a capital. */
const inName = (nameVi: string): string => nameVi.charAt(0).toLowerCase() + nameVi.slice(1);

function localOffice(office: OfficeClass, unit: UnitVersion): OfficeVersion {
  const commune = office.level === 'commune' ? unit.code : null;
  return {
    id: commune === null ? `${office.id}:${unit.province}` : `${office.id}:${unit.province}:${commune}`,
    classId: office.class, province: unit.province, commune, unitId: unit.unitId,
    nameVi: office.nameVi.replace('{place}', inName(unit.nameVi)), nameEn: office.nameEn.replace('{place}', englishName(unit.nameVi, unit.kind)),
    aliases: [], posts: office.posts, validFrom: unit.validFrom < reformDay ? reformDay : unit.validFrom, validTo: unit.validTo,
  };
}

/** The offices that a province or commune has by being one. */
export const localOfficesOf = (unit: UnitVersion): OfficeVersion[] =>
  officeClasses.filter((office) => office.level === unit.level).map((office) => localOffice(office, unit));

/**
 * Every office with each name it bore since 1 July 2025; offices of former provinces and communes are not kept.
 *
 * @param agencies the registry that extraction reads too; classes ("các địa phương") and local agencies in it are not offices
 */
export function buildOffices(versions: readonly UnitVersion[], agencies: readonly Agency[]): OfficeVersion[] {
  const nation = versions.find((version) => version.level === 'nation');
  if (nation === undefined) throw new RangeError('a tree without its nation');
  const central = agencies.filter((agency) => agency.level === 'central' && agency.kind !== 'class' && (agency.until ?? '9999') > historyBegins)
    .map((agency) => centralOffice(agency, nation.unitId));
  const local = versions.filter((version) => version.level !== 'nation' && (version.validTo === null || version.validTo > reformDay))
    .flatMap(localOfficesOf);
  return [...central, ...local];
}

/** Classes that a class stands for: itself, or its members ("SO-NGANH" is every provincial department). Empty when unknown. */
export function classesOf(classId: string): string[] {
  const members = officeClasses.filter((office) => office.class === classId || office.groups.some((group) => group === classId)).map((office) => office.class);
  if (members.length > 0) return members;
  if (classId === 'CENTRAL') return [...centralClasses];
  return centralClasses.some((central) => central === classId) ? [classId] : [];
}

export type OfficeScope = { readonly asOf: string; readonly provinces?: readonly string[]; readonly communes?: readonly string[] };

const groupings = new WeakMap<readonly OfficeVersion[], ReadonlyMap<string, readonly OfficeVersion[]>>();
/** The offices of one province, in their order: a cascade asks for province after province. */
function ofProvince(offices: readonly OfficeVersion[], province: string): readonly OfficeVersion[] {
  const grouped = groupings.get(offices) ?? Map.groupBy(offices, (office) => office.province);
  groupings.set(offices, grouped);
  return grouped.get(province) ?? [];
}

/** Offices of a class on a day, within provinces and communes when given. */
export function officesIn(offices: readonly OfficeVersion[], classId: string, scope: OfficeScope): OfficeVersion[] {
  const classes = new Set(classesOf(classId));
  const provinces = scope.provinces === undefined ? null : new Set(scope.provinces);
  const communes = scope.communes === undefined ? null : new Set(scope.communes);
  const [only] = scope.provinces ?? [];
  const within = scope.provinces?.length === 1 && only !== undefined ? ofProvince(offices, only) : offices;
  return within.filter((office) => classes.has(office.classId) && holdsOn(office, scope.asOf) && (provinces === null || provinces.has(office.province))
    && (communes === null || (office.commune !== null && communes.has(office.commune))));
}
