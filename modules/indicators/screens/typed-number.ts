/**
 * A number as it is typed in a language: "1.234,5" in Vietnamese, "1,234.5" in English. Thousands must stand in threes, so that a sign used
 * the other way round is refused and never read as a number a thousand times as large.
 *
 * @returns undefined for anything else
 */
export function readNumber(text: string, language: 'vi' | 'en'): number | undefined {
  const [thousands, decimal] = language === 'vi' ? ['.', ','] : [',', '.'];
  const plain = text.trim().replace(/%$/, '').trim();
  const [whole = '', fraction, ...rest] = plain.split(decimal ?? ',');
  if (rest.length > 0 || (fraction !== undefined && !/^\d{1,9}$/.test(fraction))) return undefined;
  const sign = whole.startsWith('-') ? -1 : 1;
  const groups = whole.replace(/^-/, '').split(thousands ?? '.');
  const good = groups.length === 1 ? /^\d{1,15}$/.test(groups[0] ?? '') : groups.every((group, at) => (at === 0 ? /^[1-9]\d{0,2}$/ : /^\d{3}$/).test(group)) && groups.length <= 5;
  return good ? sign * Number(`${groups.join('')}.${fraction ?? '0'}`) : undefined;
}
