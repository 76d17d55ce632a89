import type { Language } from '../i18n/catalogue.ts';

/** The language an address asks for: `/en/...` is English, everything else Vietnamese. */
export const languageOfAddress = (path: string): Language => (path === '/en' || path.startsWith('/en/') ? 'en' : 'vi');
export const baseOf = (language: Language): string => (language === 'en' ? '/en' : '');

/** The same page in the other language. */
export function addressIn(language: Language, path: string, search: string): string {
  const bare = languageOfAddress(path) === 'en' ? path.slice(3) : path;
  return `${baseOf(language)}${bare === '' ? '/' : bare}${search}`;
}
