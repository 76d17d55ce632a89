/** Words of imports and exports in both languages. */
import en from './messages.en.json' with { type: 'json' };
import vi from './messages.vi.json' with { type: 'json' };
import type { Facts } from './report.ts';

const texts: Readonly<Record<'vi' | 'en', ReadonlyMap<string, string>>> = { vi: new Map(Object.entries(vi)), en: new Map(Object.entries(en)) };

/** @param key without its prefix `returns.exchange.` @param facts a text made elsewhere stands under `name-vi` and `name-en` */
export function words(key: string, facts: Facts, language: 'vi' | 'en'): string {
  const text = texts[language].get(`returns.exchange.${key}`) ?? key;
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(facts[name] ?? facts[`${name}-${language}`] ?? whole));
}
/** The verdict of a row in words. */
export const sentence = (code: string, facts: Facts, language: 'vi' | 'en'): string => words(`row.${code}`, facts, language);
export const objectSentence = (code: string, facts: Facts, language: 'vi' | 'en'): string => words(`object.${code}`, facts, language);
