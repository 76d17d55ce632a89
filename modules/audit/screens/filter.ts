import { addDays, isPlainDate, type PlainDate } from '#kernel/day.ts';
import { entryKinds, type EntryKind } from '#kernel/entry.ts';
import type { TimelineFilter } from '../schema.ts';

/** The filter as it stands in the address; days are of Việt Nam. */
export const filterKeys = { log: 'nhat-ky', from: 'tu', until: 'den', kind: 'loai', action: 'viec', unit: 'don-vi', role: 'vai-tro', actor: 'ai', target: 'doi-tuong' } as const;
export type FilterPart = keyof typeof filterKeys;
export type FilterWords = Readonly<Partial<Record<FilterPart, string>>>;

export function wordsOf(query: URLSearchParams): FilterWords {
  const words: Partial<Record<FilterPart, string>> = {};
  for (const part of ['log', 'from', 'until', 'kind', 'action', 'unit', 'role', 'actor', 'target'] as const) {
    const word = query.get(filterKeys[part])?.trim();
    if (word) words[part] = word;
  }
  return words;
}

const startOf = (day: PlainDate): string => new Date(`${day}T00:00:00+07:00`).toISOString();
const isKind = (word: string | undefined): word is EntryKind => entryKinds.some((kind) => kind === word);
const codePattern = /^[A-Za-z0-9ĐđƯưƠơ_.,:;@#+=/-]{1,160}$/u;

/** What is sent: a word that no code can be is left out rather than refused while somebody types. */
export function filterOf(words: FilterWords): TimelineFilter {
  const { log, from, until, kind, ...codes } = words;
  return {
    ...(log !== undefined && /^\d{2}$/.test(log) ? { log } : {}),
    ...(from !== undefined && isPlainDate(from) ? { from: startOf(from) } : {}),
    ...(until !== undefined && isPlainDate(until) ? { until: startOf(addDays(until, 1)) } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...Object.fromEntries(Object.entries(codes).filter(([, word]) => codePattern.test(word))),
  };
}
