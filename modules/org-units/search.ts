/**
 * Search over all names: units of today and of before, offices, codes, abbreviations. A plain scan: 15,000 folded names take a few
 * milliseconds, and a scan has no index to fall out of step.
 */
import type { PlainDate } from '#kernel/day.ts';
import { compareVietnamese, fold, foldKeepingAccents, hasAccents } from '#kernel/fold.ts';
import { depthOf, holdsOn } from './rules.ts';
import { shortName, unitName, type SearchHit, type UnitKind, type UnitLevel } from './schema.ts';

export type NamedVersion = { readonly code: string; readonly nameVi: string; readonly kind: UnitKind; readonly validFrom: PlainDate; readonly validTo: PlainDate | null };

/** One thing that can be found. `versions` in time order; an office has one version a name it bore. */
export type SearchEntry = {
  readonly of: 'unit' | 'office';
  readonly level: UnitLevel;
  readonly versions: readonly NamedVersion[];
  /** Other names, abbreviations and codes. */
  readonly otherNames: readonly string[];
  readonly otherCodes: readonly string[];
  /** English names, where they are not made from the Vietnamese one. */
  readonly nameEn?: string;
  /** Where it lies: "Hà Nội", or "Quận Gò Vấp, Hồ Chí Minh" for a former ward. */
  readonly placeVi: string;
  /** Codes of what became of it. */
  readonly nowCodes: readonly string[];
};

type FoldedName = { readonly entry: SearchEntry; readonly name: string; readonly plain: string; readonly placed: string; readonly joined: string; readonly own: boolean };
export type SearchIndex = { readonly names: readonly FoldedName[]; readonly codes: ReadonlyMap<string, readonly SearchEntry[]>; readonly entries: readonly SearchEntry[] };
export type SearchOptions = { readonly asOf: PlainDate; readonly limit?: number; readonly former?: boolean };

const kindWords = /^(?:thanh pho|tinh|phuong|xa|thi tran|dac khu|huyen|quan|thi xa|tp|tt|dk|[pxqt])(?: (?=\S)|(?=\d))/u;

/** "tp hcm" and "P. Ba Đình, TP. Hà Nội" without the words that only tell the kind of unit. */
const withoutKinds = (text: string): string =>
  text.split(',').map((part) => fold(part)).filter((part) => part !== '').map((part) => part.replace(kindWords, '')).join(' ');

function namesOf(entry: SearchEntry): { name: string; own: boolean }[] {
  const own = new Set<string>();
  for (const version of entry.versions) own.add(entry.of === 'unit' ? shortName(version.nameVi, version.kind) : version.nameVi);
  const others = [...entry.otherNames, ...(entry.nameEn === undefined ? [] : [entry.nameEn])];
  return [...[...own].map((name) => ({ name, own: true })), ...others.map((name) => ({ name, own: false }))];
}

/** Folds every name once. @param entries see `SearchEntry`; about 15,000 fold in a quarter of a second */
export function indexNames(entries: readonly SearchEntry[]): SearchIndex {
  const names: FoldedName[] = [];
  const codes = new Map<string, SearchEntry[]>();
  const places = new Map<string, string>();
  for (const entry of entries) {
    const place = places.get(entry.placeVi) ?? withoutKinds(entry.placeVi);
    places.set(entry.placeVi, place);
    for (const code of new Set([...entry.versions.map((version) => version.code), ...entry.otherCodes])) {
      const known = codes.get(fold(code));
      if (known === undefined) codes.set(fold(code), [entry]);
      else known.push(entry);
    }
    for (const { name, own } of namesOf(entry)) {
      const plain = fold(name);
      names.push({ entry, name, plain, placed: `${plain} ${place}`, joined: plain.replaceAll(' ', ''), own });
    }
  }
  return { names, codes, entries };
}

/** Typed text in the forms it is compared in. `asTyped` keeps kind words ("phuong 1"), `plain` drops them. */
type Query = { readonly plain: string; readonly asTyped: string; readonly accented: string | null; readonly joined: string; readonly parts: readonly string[]; readonly kind: UnitKind | null };

const kindAsked: readonly (readonly [RegExp, UnitKind])[] = [
  [/^(?:phuong|p)\b/u, 'ward'], [/^(?:xa|x)\b/u, 'commune'], [/^tinh\b/u, 'province'], [/^(?:thanh pho|tp)\b/u, 'city'], [/^(?:dac khu|dk)\b/u, 'special-zone'],
  [/^(?:thi tran|tt)\b/u, 'township'],
];

function queryOf(typed: string): Query {
  const text = typed.slice(0, 200);
  const asTyped = fold(text);
  const plain = withoutKinds(text);
  const kind = kindAsked.find(([word]) => word.test(asTyped))?.[1] ?? null;
  const keptWords = plain.split(' ').length;
  const accented = hasAccents(text) ? foldKeepingAccents(text).split(' ').slice(-keptWords).join(' ') : null;
  return { plain, asTyped, accented, joined: plain.replaceAll(' ', ''), parts: plain.split(' '), kind };
}

/** How well a name answers: lower is better, 9 is not at all. Syllables are whole words: "hoa" begins "hoang" but is not it. */
function gradeOf(name: FoldedName, query: Query): number {
  if (name.plain === query.plain || name.plain === query.asTyped || name.joined === query.joined) return 1;
  if (query.plain.length > name.plain.length && name.placed.startsWith(query.plain) && query.plain.startsWith(`${name.plain} `)) return 2;
  const at = ` ${name.plain}`.indexOf(` ${query.plain}`);
  if (at >= 0) {
    const whole = name.plain.length === at + query.plain.length || name.plain[at + query.plain.length] === ' ';
    return (at === 0 ? 3 : 5) + (whole ? 0 : 1);
  }
  if (query.parts.length > 1 && beginsSyllables(name.plain, query.parts)) return 7;
  return query.joined.length > 2 && name.joined.includes(query.joined) ? 8 : 9;
}

/** "tr sa" finds "Trường Sa": each typed part begins the syllable in its place. */
function beginsSyllables(plain: string, parts: readonly string[]): boolean {
  const syllables = plain.split(' ');
  return syllables.some((_, start) => parts.every((part, at) => syllables[start + at]?.startsWith(part) === true));
}

const levelRank = (level: UnitLevel): number => Math.max(0, depthOf(level) - 2);
type Found = { readonly entry: SearchEntry; readonly grade: number; readonly order: number };

function orderOf(name: FoldedName, query: Query, grade: number, asOf: PlainDate): number {
  const { entry } = name;
  const current = entry.versions.find((version) => holdsOn(version, asOf));
  const otherAccents = query.accented !== null && !` ${foldKeepingAccents(name.name)}`.includes(` ${query.accented}`.replace(/\d$/u, ''));
  const otherKind = query.kind !== null && (current ?? entry.versions.at(-1))?.kind !== query.kind;
  return grade * 100 + (otherAccents ? 60 : 0) + (otherKind ? 30 : 0) + (current === undefined ? 15 : 0) + (entry.of === 'office' ? 8 : 0) + levelRank(entry.level) * 4 + (name.own ? 0 : 2);
}

/**
 * Units and offices that answer what was typed, best first: exact before prefix before inside, provinces before communes, today's before
 * former ones; typed accents are believed, missing ones forgiven.
 */
export function searchNames(index: SearchIndex, typed: string, options: SearchOptions): SearchHit[] {
  const hits = scan(index, queryOf(typed), options);
  const place = typed.match(officeWords)?.[1];
  if (place === undefined || hits.some((hit) => hit.match === 'exact')) return hits;
  const known = new Set(hits.map((hit) => hit.code));
  const units = scan(index, queryOf(place), options).filter((hit) => hit.kind === 'unit' && !known.has(hit.code));
  return [...hits, ...units].slice(0, options.limit ?? 20);
}

/** "UBND phường Ba Đình": offices of communes are reached through the commune. */
const officeWords = /^\s*(?:ubnd|uỷ ban nhân dân|ủy ban nhân dân|uy ban nhan dan|công an|cong an|ca|trạm y tế|tram y te|tyt)\s+(.+)$/iu;

function scan(index: SearchIndex, query: Query, options: SearchOptions): SearchHit[] {
  if (query.asTyped === '') return [];
  const best = new Map<SearchEntry, Found>();
  for (const entry of index.codes.get(query.asTyped) ?? []) best.set(entry, { entry, grade: 0, order: entry.versions.some((one) => holdsOn(one, options.asOf)) ? 0 : 1 });
  for (const name of index.names) {
    const grade = gradeOf(name, query);
    if (grade > 8) continue;
    const order = orderOf(name, query, grade, options.asOf);
    const known = best.get(name.entry);
    if (known === undefined || order < known.order) best.set(name.entry, { entry: name.entry, grade, order });
  }
  const found = [...best.values()].filter(({ entry }) => options.former !== false || entry.versions.some((version) => holdsOn(version, options.asOf)));
  return bestOf(found, options.limit ?? 20).map((one) => hitOf(one, options.asOf));
}

/** Sorted by order; names are compared only within the few that can still be shown, because that is the slow part. */
function bestOf(found: readonly Found[], limit: number): Found[] {
  const byOrder = [...found].sort((a, b) => a.order - b.order);
  const last = byOrder[limit - 1]?.order ?? Number.POSITIVE_INFINITY;
  return byOrder.filter((one) => one.order <= last).sort((a, b) => a.order - b.order || compareVietnamese(titleOf(a.entry), titleOf(b.entry)) || compareVietnamese(a.entry.placeVi, b.entry.placeVi)).slice(0, limit);
}

const titleOf = (entry: SearchEntry): string => entry.versions.at(-1)?.nameVi ?? '';
const matchOf = (grade: number): SearchHit['match'] => (grade === 0 ? 'code' : grade <= 2 ? 'exact' : grade <= 4 ? 'prefix' : 'inside');

function hitOf({ entry, grade }: Found, asOf: PlainDate): SearchHit {
  const [first] = entry.versions;
  const version = entry.versions.find((one) => holdsOn(one, asOf)) ?? entry.versions.at(-1) ?? first;
  if (version === undefined) throw new RangeError('an entry without a version');
  return {
    kind: entry.of, code: version.code, level: entry.level, nameVi: version.nameVi, nameEn: entry.nameEn ?? unitName(version, 'en'), placeVi: entry.placeVi,
    unitKind: entry.of === 'unit' ? version.kind : null, validFrom: version.validFrom, validTo: version.validTo, nowCodes: [...entry.nowCodes], match: matchOf(grade),
  };
}
