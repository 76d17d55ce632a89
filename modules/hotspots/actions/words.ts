/** The module's words on the server: for workbooks and lists. The screens read the same files. */
import { join } from 'node:path';
import { readMessages, type Messages } from '#platform/messages.ts';
import { plainWord, type Lexicon } from '../rules/sheet.ts';
import { activities, bases, kinds, settings, sources } from '../schema.ts';

let read: Messages | undefined;

/** The text of a key in a language, with its placeholders filled; the key itself when it is missing, so that nothing is hidden. */
export function say(language: 'vi' | 'en', key: string, facts: Readonly<Record<string, string | number>> = {}): string {
  read ??= readMessages([join(import.meta.dirname, '..')]);
  return (read[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}

const wordsOf = (group: string, codes: readonly string[]): ReadonlyMap<string, string> =>
  new Map(codes.flatMap((code) => [[plainWord(code), code] as const, ...(['vi', 'en'] as const).map((language) => [plainWord(say(language, `hotspots.${group}.${code}`)), code] as const)]));

let lexicon: Lexicon | undefined;
/** Codes and the words of both languages: a list is read whatever language it was filled in. */
export function lexiconOfSheet(): Lexicon {
  lexicon ??= { kind: wordsOf('kind', kinds), setting: wordsOf('setting', settings), source: wordsOf('source', sources), basis: wordsOf('basis', bases), activity: wordsOf('activity', activities) };
  return lexicon;
}
