/** What the page of one unit shows, and the log of changes: made from the book, pure. */
import type { PlainDate } from '#kernel/day.ts';
import { compareVietnamese } from '#kernel/fold.ts';
import { treeRow, type Book } from './book.ts';
import { groupsOfUnit, type GroupSet } from './group-sets.ts';
import type { OfficeVersion, UnitLink, UnitVersion } from './model.ts';
import { officeClasses, postsNamed } from './offices.ts';
import { countKinds, depthOf, holdsOn } from './rules.ts';
import { reformDay, shortName, type ChangeEntry, type Office, type UnitLink as LinkShown, type UnitPage, type UnitRef, type UnitVersion as VersionShown } from './schema.ts';

const refTo = (version: UnitVersion): UnitRef => ({ id: version.unitId, code: version.code, nameVi: version.nameVi, kind: version.kind, level: version.level });

/** A unit's version on a day, or its nearest one: a link across the reform points to a unit that is not there on that day. */
function versionNear(book: Book, unit: string, day: PlainDate): UnitVersion | undefined {
  const versions = book.byUnit.get(unit) ?? [];
  return versions.find((version) => holdsOn(version, day)) ?? versions.at(-1);
}

function parentOf(book: Book, version: UnitVersion): UnitVersion | undefined {
  return version.parentId === null ? undefined : versionNear(book, version.parentId, version.validFrom);
}

function versionShown(book: Book, version: UnitVersion): VersionShown {
  const parent = parentOf(book, version);
  return {
    code: version.code, nameVi: version.nameVi, kind: version.kind, parent: parent === undefined ? null : refTo(parent), districtVi: version.districtVi,
    validFrom: version.validFrom, validTo: version.validTo, basis: version.basis, certainty: version.certainty,
  };
}

function linkShown(book: Book, link: UnitLink, to: string, side: 'before' | 'after'): LinkShown[] {
  const versions = book.byUnit.get(to) ?? [];
  const version = (side === 'before' ? versions.findLast((one) => one.validFrom < link.on) : versions.find((one) => one.validFrom >= link.on)) ?? versions.at(0);
  if (version === undefined) return [];
  const parent = parentOf(book, version);
  return [{
    unit: refTo(version), provinceVi: parent === undefined || parent.level === 'nation' ? '' : parent.nameVi, districtVi: version.districtVi, on: link.on, kind: link.kind,
    basis: link.basis, certainty: link.certainty,
  }];
}

const classOrder = new Map(officeClasses.map((office, at) => [office.class, at]));

export const officeShown = (office: OfficeVersion): Office => ({
  id: office.id, classId: office.classId, province: office.province, commune: office.commune, nameVi: office.nameVi, nameEn: office.nameEn, posts: postsNamed(office.posts),
});

/** What lies above a unit on a day, nearest first, without the nation. */
function aboveOf(book: Book, unit: UnitVersion, day: PlainDate): UnitVersion[] {
  const above: UnitVersion[] = [];
  for (let one = parentOf(book, { ...unit, validFrom: day }); one !== undefined && one.level !== 'nation'; one = parentOf(book, { ...one, validFrom: day })) above.push(one);
  return above;
}

/** One unit on a day, with everything known of it before and after. */
export function unitPageOf(book: Book, unit: UnitVersion, day: PlainDate, sets: readonly GroupSet[] = []): UnitPage {
  const above = aboveOf(book, unit, day);
  const province = above.at(-1);
  const aliases = book.aliasesOf.get(unit.unitId) ?? [];
  const inside = unit.level === 'province' ? book.versions.filter((version) => version.level === 'commune' && version.province === unit.province && holdsOn(version, day))
    : depthOf(unit.level) > 2 && book.source === 'imported' ? book.versions.filter((version) => version.parentId === unit.unitId && holdsOn(version, day)) : [];
  const counted = unit.level === 'nation' ? book.versions.filter((version) => holdsOn(version, day)) : inside;
  const offices = (book.officesAt.get(unit.unitId) ?? []).filter((office) => holdsOn(office, day));
  return {
    id: unit.unitId, level: unit.level, asOf: day, current: versionShown(book, unit), province: province === undefined ? null : refTo(province),
    versions: (book.byUnit.get(unit.unitId) ?? []).map((version) => versionShown(book, version)),
    predecessors: (book.linksTo.get(unit.unitId) ?? []).flatMap((link) => linkShown(book, link, link.from, 'before')).sort((a, b) => compareVietnamese(a.unit.nameVi, b.unit.nameVi)),
    successors: (book.linksFrom.get(unit.unitId) ?? []).flatMap((link) => linkShown(book, link, link.to, 'after')).sort((a, b) => compareVietnamese(a.unit.nameVi, b.unit.nameVi)),
    otherCodes: aliases.filter((alias) => alias.kind === 'code').map((alias) => alias.text),
    shortNames: aliases.filter((alias) => alias.kind === 'abbreviation').map((alias) => alias.text),
    olderNames: aliases.filter((alias) => alias.kind === 'older-name').map((alias) => ({ nameVi: alias.text, districtVi: alias.districtVi, provinceVi: alias.provinceVi })),
    above: above.map(refTo), groups: groupsOfUnit(sets, above.map((one) => one.code), unit.code),
    counts: depthOf(unit.level) > 2 ? null : countKinds(counted.map((version) => version.kind)),
    communes: inside.sort((a, b) => compareVietnamese(shortName(a.nameVi, a.kind), shortName(b.nameVi, b.kind))).map(treeRow),
    offices: offices.sort((a, b) => (classOrder.get(a.classId) ?? -1) - (classOrder.get(b.classId) ?? -1)).map(officeShown),
  };
}

/** Changes of name and kind, and mergers (of communes those since the reform, which merged nearly all), that took effect between two days (both included), in time order. */
export function changesBetween(book: Book, from: PlainDate, to: PlainDate): ChangeEntry[] {
  const renamed = [...book.byUnit.values()].flatMap((versions) => versions.flatMap((version, at): ChangeEntry[] => {
    const last = versions[at - 1];
    if (last === undefined || last.nameVi === version.nameVi || version.validFrom < from || version.validFrom > to) return [];
    return [{ on: version.validFrom, level: version.level, code: version.code, before: last.nameVi, after: version.nameVi, basis: version.basis, certainty: version.certainty }];
  }));
  const merged = book.links.flatMap((link): ChangeEntry[] => {
    const [old, now] = [book.byUnit.get(link.from)?.at(-1), book.byUnit.get(link.to)?.at(0)];
    if (old === undefined || now === undefined || (old.level !== 'province' && (link.on === reformDay || link.kind !== 'merged')) || link.on < from || link.on > to) return [];
    return [{ on: link.on, level: old.level, code: now.code, before: old.nameVi, after: now.nameVi, basis: link.basis, certainty: link.certainty }];
  });
  return [...merged, ...renamed].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : depthOf(a.level) - depthOf(b.level) || (a.code < b.code ? -1 : 1)));
}
