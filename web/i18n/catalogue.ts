import type webWords from '../messages.vi.json';

/**
 * Every message key, gathered from the modules by declaration: `app/web-words.ts` adds one line a module.
 * The web tier itself knows only its own words.
 */
export interface Catalogue {
  web: typeof webWords;
}

/** A key of any module's `messages.*.json`. */
export type MessageKey = { [Module in keyof Catalogue]: keyof Catalogue[Module] & string }[keyof Catalogue];
export type Language = 'vi' | 'en';
export type Words = Readonly<Record<string, string>>;
/** Loads one module's words in a language; each is a chunk of its own, so that the other language is never fetched. */
export type LoadWords = Readonly<Record<Language, () => Promise<{ readonly default: Words }>>>;
export type Facts = Readonly<Record<string, string | number | null | undefined>>;
