/** The programme of one day out of all versions of all items. */
import type { PlainDate } from '#kernel/day.ts';
import { itemKinds, type ItemKind, type Programme, type ProgrammeHead } from '../schema/programme.ts';
import { isOf, itemOf, type ItemOf, type Version } from './read-items.ts';

export type Stored = Omit<Version, 'file'>;
export type Book = { readonly edition: number; readonly digest: string; readonly head: ProgrammeHead; readonly versions: readonly Stored[]; readonly days: readonly PlainDate[]; readonly views: Map<PlainDate, Programme> };

/** @param versions every version of every item */
export function bookOf(edition: number, digest: string, head: ProgrammeHead, versions: readonly Stored[]): Book {
  const days = [...new Set(versions.flatMap((one) => (one.validTo === null ? [one.validFrom] : [one.validFrom, one.validTo])))].sort();
  return { edition, digest, head, versions, days, views: new Map() };
}

export const holdsOn = (one: { readonly validFrom: PlainDate; readonly validTo: PlainDate | null }, day: PlainDate): boolean => one.validFrom <= day && (one.validTo === null || day < one.validTo);

/** In force on a day. Days between two changes share one value, so it can be a key of what is computed from it. */
export function viewOn(book: Book, day: PlainDate): Programme {
  const since = book.days.findLast((one) => one <= day) ?? '';
  const known = book.views.get(since);
  if (known !== undefined) return known;
  const made = programmeOf(book, book.versions.filter((one) => holdsOn(one, since === '' ? '0000-01-01' : since)));
  book.views.set(since, made);
  return made;
}

function programmeOf({ edition, digest, head }: Book, versions: readonly Stored[]): Programme {
  const map = <K extends ItemKind>(kind: K): ReadonlyMap<string, ItemOf<K>> =>
    new Map(versions.filter((one) => isOf({ ...one, file: '' }, kind)).map((one) => [one.id, itemOf<K>({ ...one, kind })]));
  return {
    edition, digest, head, elements: map('data-element'), disaggregations: map('disaggregation'), dataSets: map('data-set'), rules: map('rule'), indicators: map('indicator'),
    targets: map('target'), constants: map('constant'), publishedFigures: [...map('published-figure').values()],
  };
}

/** The last version of each item that is not ended for good; what "as now defined" means. */
export const endOfTime: PlainDate = '9999-12-31';
export const isItemKind = (text: string): text is ItemKind => itemKinds.some((kind) => kind === text);
