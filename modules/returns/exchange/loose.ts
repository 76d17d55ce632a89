/** Objects of another system's metadata, read without trusting their shape. Pure. */

export type Loose = Readonly<Record<string, unknown>>;
export const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text or number under a key; '' when there is none. */
export function textIn(object: Loose, key: string): string {
  const value = object[key];
  if (typeof value === 'string') return value.normalize('NFC').trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}
export function numberIn(object: Loose, key: string): number | undefined {
  const text = textIn(object, key);
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
export const listIn = (object: Loose, key: string): Loose[] => (Array.isArray(object[key]) ? object[key].filter(isLoose) : []);
export const idOf = (object: Loose): string => textIn(object, 'id') || textIn(object, 'uid');

/** The id another object is named by: `{ "id": … }` or the id alone; '' when there is none. */
export function refIn(object: Loose, key: string): string {
  const value = object[key];
  return isLoose(value) ? idOf(value) : textIn(object, key);
}
export function refsIn(object: Loose, key: string): string[] {
  const value = object[key];
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) => (isLoose(one) ? idOf(one) : typeof one === 'string' ? one : '')).filter((id) => id !== '');
}

/** Calendar day at the beginning of a timestamp, whatever follows it; undefined for anything else. */
export function dayIn(object: Loose, key: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})/u.exec(textIn(object, key))?.[1];
  return day !== undefined && !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) ? day : undefined;
}

const cut = (text: string, length: number): string => (text.length <= length ? text : text.slice(0, length).toWellFormed());

export type Words = { readonly vi: string; readonly en: string };
/** A text in both languages: translations of the object where it has them, otherwise the same text twice. */
export function wordsIn(object: Loose, keys: readonly string[], longest: number): Words {
  const plain = keys.map((key) => textIn(object, key)).find((text) => text !== '') ?? '';
  const translated = (locale: string): string => {
    const wanted = (keys[0] ?? '').replaceAll(/[A-Z]/gu, (letter) => `_${letter}`).toUpperCase();
    const found = listIn(object, 'translations').find((one) => textIn(one, 'locale').toLowerCase().startsWith(locale) && textIn(one, 'property').toUpperCase() === wanted);
    return found === undefined ? '' : textIn(found, 'value');
  };
  return { vi: cut(translated('vi') || plain, longest), en: cut(translated('en') || plain, longest) };
}

/** An id our definitions take: stable for the same text. */
export function ownId(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,62}$/u.test(text)) return text;
  const plain = text.normalize('NFD').replace(/[\u0300-\u036f]/gu, '').replace(/[đĐ]/gu, 'd').replace(/[^A-Za-z0-9_-]+/gu, '_');
  return cut(/^[A-Za-z]/u.test(plain) ? plain : `x${plain}`, 63);
}

/** Equal for equal content, whatever the order of keys. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isLoose(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner)) ?? '';
}
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
