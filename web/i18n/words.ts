import type { ReactNode } from 'react';
import type { Facts, Language, LoadWords, MessageKey, Words } from './catalogue.ts';
import { number } from './format.ts';

let current: Language = 'vi';
let pseudo = false;
const words = new Map<string, string>();
const loaded = new Map<LoadWords, Language>();

export const language = (): Language => current;

/** Names the language in force; every module's words are loaded anew in it when they are next asked for. */
export function setLanguage(next: Language, options: { readonly pseudo?: boolean } = {}): void {
  if (next !== current) words.clear();
  if (next !== current) loaded.clear();
  current = next;
  pseudo = options.pseudo ?? pseudo;
  document.documentElement.lang = next;
}

/** Makes the words of these modules ready in the language in force; loads each once. */
export async function needWords(sources: readonly LoadWords[]): Promise<void> {
  await Promise.all(sources.filter((source) => loaded.get(source) !== current).map(async (source) => {
    const asked = current;
    const file = await source[asked]();
    if (asked !== current) return;
    loaded.set(source, asked);
    addWords(file.default);
  }));
}

export function addWords(more: Words): void {
  for (const [key, text] of Object.entries(more)) words.set(key, text);
}

const plurals = new Map<Language, Intl.PluralRules>();
const pluralOf = (count: number): Intl.LDMLPluralRule => {
  const rules = plurals.get(current) ?? new Intl.PluralRules(current);
  plurals.set(current, rules);
  return rules.select(count);
};

/** `{name}` or, for a count that changes a word, `{count|task|tasks}`: the first form is for one, the second for the rest. */
const hole = /\{(\w+)(?:\|([^{}|]*)\|([^{}]*))?\}/g;

const shown = (value: string | number | null | undefined): string => (typeof value === 'number' ? number(value) : (value ?? ''));

function fill(name: string, one: string | undefined, other: string | undefined, facts: Facts): string {
  const value = facts[name];
  if (one !== undefined && other !== undefined) return typeof value === 'number' && pluralOf(value) === 'one' ? one : other;
  return shown(value);
}

const lengthen = (text: string): string =>
  `⟦${text.replace(/\{[^}]*\}|[aeiouy]/gi, (part) => (part.startsWith('{') ? part : part + part))}${'~'.repeat(Math.ceil(text.length * 0.15))}⟧`;

const template = (key: string): string => {
  const text = words.get(key) ?? key;
  return pseudo ? lengthen(text) : text;
};

/** The text of a key in the language in force, with its facts filled in. Numbers are written the way the language writes them. */
export const t = (key: MessageKey, facts: Facts = {}): string => sayKey(key, facts);

/** Like `t` for a key made at run time (`problem.<code>`, `state.<state>`); `fallback` is said when no module has the key. */
export function sayKey(key: string, facts: Facts = {}, fallback?: string): string {
  if (fallback !== undefined && !words.has(key)) return fallback;
  return template(key).replace(hole, (_whole, name: string, one?: string, other?: string) => fill(name, one, other, facts));
}

export const hasWords = (key: string): boolean => words.has(key);

/** Like `t` with elements as facts (a link inside a sentence). */
export function rich(key: MessageKey, facts: Readonly<Record<string, ReactNode>>): ReactNode[] {
  const text = template(key);
  const parts: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(hole)) {
    const [whole, name = ''] = found;
    parts.push(text.slice(from, found.index));
    const value = facts[name];
    parts.push(typeof value === 'number' ? number(value) : value);
    from = found.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Chooses the Vietnamese or the English text of a thing that carries both (a unit's or an office's name). */
export const named = (thing: { readonly nameVi: string; readonly nameEn?: string | null }): string =>
  current === 'en' && thing.nameEn ? thing.nameEn : thing.nameVi;
