import type { Period } from '#kernel/period.ts';
import { number } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import type { ShownValue } from '../schema.ts';
import type { Box } from '../entry/boxes.ts';
import type { Finding } from '../entry/live-rules.ts';
import type { GridStore, TextProblem } from './grid-store.ts';

/** The text of words in the language in force. */
export const say = (words: { readonly vi: string; readonly en: string }): string => (language() === 'en' && words.en !== '' ? words.en : words.vi);

/** "Tháng 11/2025", "Quý III/2025", "Năm 2025". */
export function periodName(period: Period): string {
  const [year = '', part = ''] = period.split('-');
  if (part === '') return t('returns.period-year', { year });
  if (part === 'N9') return t('returns.period-nine', { year });
  if (part.startsWith('Q')) return t('returns.period-quarter', { quarter: ['I', 'II', 'III', 'IV'][Number(part.slice(1)) - 1] ?? '', year });
  if (part.startsWith('H')) return t('returns.period-half', { half: Number(part.slice(1)), year });
  return t('returns.period-month', { month: Number(part), year });
}
export const periodShort = (period: Period): string => (/^\d{4}-\d{2}$/.test(period) ? t('returns.period-month-short', { month: Number(period.slice(5)) }) : periodName(period));

/** Missing, hidden, "no data" and zero look different. */
export function shown(value: ShownValue): string {
  if (value === null) return '–';
  if (value === 'no-data') return t('returns.no-data-short');
  if (typeof value === 'object') return '•••';
  return number(value, 3);
}

/** The register a box is filled from, in words. */
export const registerName = ({ prefill }: Pick<Box, 'prefill'>): string => sayKey(`returns.register-${prefill?.register ?? ''}`, {}, t('returns.register'));

/** The figure of the year so far: of a stock there is none, its last state stands beside it. */
export const totalOf = (box: Pick<Box, 'element' | 'yearToDate'>): ShownValue => (box.element.aggregation === 'last' ? null : box.yearToDate);

/** A finding as a sentence: what stands against what. */
export function sayFinding(finding: Finding, store: GridStore): string {
  const box = store.boxOf(finding.slot);
  if (finding.kind === 'rule') {
    const sides = finding.left === null || finding.right === null ? '' : ` ${t('returns.sides', { left: number(finding.left, 3), right: number(finding.right, 3) })}`;
    return `${say(finding.words)}${sides}`;
  }
  const last = box?.last;
  const [value, usual] = [finding.left ?? 0, finding.right ?? 0];
  if (typeof last === 'number' && last > 0 && value >= last * 2) return t('returns.times-last', { times: number(value / last, 1) });
  return t('returns.unusual', { usual: number(usual, 1) });
}
/** A part is named with the whole it is a part of. */
export const fullName = (box: Pick<Box, 'part' | 'name' | 'element'>): string => (box.part ? `${say(box.element.name)}: ${say(box.name)}` : say(box.name));
export const lineOf = (store: GridStore, slot: number): string => store.boxOf(slot)?.number ?? '';
/** Why a text in a box is no figure yet. */
export const sayText = (store: GridStore, slot: number, problem: TextProblem): string =>
  t('returns.line-says', { line: lineOf(store, slot), says: problem.code === 'ask' ? t('returns.ask-number', { text: problem.text }) : sayKey(`typed.${problem.code}`, { text: problem.text }) });
/** A figure that was changed from its register's and says not why. */
export const sayUnreasoned = (box: Box): string => t('returns.line-says', { line: box.number, says: t('returns.prefill-unreasoned', { register: registerName(box), value: shown(box.prefill?.value ?? null) }) });
