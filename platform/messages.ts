import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sentence } from './http/problem.ts';

export type Messages = Readonly<Record<'vi' | 'en', Readonly<Record<string, string>>>>;

/** The words of the server: every `messages.*.json` below the folders, merged. Keys carry their module's prefix or are `problem.*`. */
export function readMessages(folders: readonly string[]): Messages {
  const merged: Record<'vi' | 'en', Record<string, string>> = { vi: {}, en: {} };
  for (const folder of folders) {
    for (const language of ['vi', 'en'] as const) Object.assign(merged[language], readFlat(join(folder, `messages.${language}.json`)));
  }
  return merged;
}

function readFlat(path: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>; // the message check proves the files flat
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/** Folders of `modules/` and `platform/` that may hold words. */
export const messageFolders = (root: string): string[] => [
  join(root, 'web'),
  join(root, 'platform'),
  ...['platform', 'modules'].flatMap((tier) => readdirSync(join(root, tier), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(root, tier, entry.name))),
];

/** The sentence of a refusal in the asked language; the code itself when a sentence is missing, so that nothing is hidden. */
export const sentenceOf = (messages: Messages): Sentence => (code, facts, language) => {
  const text = messages[language][`problem.${code}`] ?? code;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (facts[name] === undefined ? whole : String(facts[name])));
};
