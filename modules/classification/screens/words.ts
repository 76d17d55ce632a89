import { daysBetween, type PlainDate } from '#kernel/day.ts';
import { day, number, today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import { englishName, type UnitKind } from '#modules/org-units/schema.ts';
import type { Outcome, Verdict } from '../schema/criteria.ts';
import { areaStatuses, type AreaStatus, type AreaCaseMove, type CaseState } from '../schema/procedure-words.ts';
import type { UnitSeen } from '../schema/procedure.ts';
import type { Sentence } from '../schema/verdict.ts';

/** A status as the decision words it; null: the evidence does not allow an answer. */
export const statusWord = (status: Outcome | null): string => (status === null ? t('classification.cannot-be-judged') : outcomeWord(status));
/** A class is a neutral mark, never red or green: only "drug-free" and "cannot be judged" have a tone. */
export const statusKind = (status: Outcome | null): StatusKind => (status === null ? 'warn' : outcomeKind(status));
/** A proposal that is a status; what is still to be concluded or judged is none. */
export const asStatus = (outcome: Outcome): AreaStatus | null => areaStatuses.find((one) => one === outcome) ?? null;

const stateKinds: Readonly<Record<CaseState, StatusKind>> = {
  preparing: 'half', submitted: 'half', returned: 'warn', 'in-council': 'half', concluded: 'fair', 'signed-once': 'fair', decided: 'ok', published: 'done', 'in-force': 'done', dropped: 'idle',
};
export const stateKind = (state: CaseState): StatusKind => stateKinds[state];
export const stateWord = (state: CaseState): string => sayKey(`case-state.${state}`);
export const moveWord = (move: AreaCaseMove): string => sayKey(`case-move.${move}`);

export const levelStatuses = (level: UnitSeen['level']): readonly AreaStatus[] => (level === 'commune' ? ['drug-free', 'III', 'II', 'I', 'not-classified'] : ['drug-free', 'key-complex', 'not-key-complex']);

/** What the engine proposes, in words. */
export const outcomeWord = (outcome: Outcome): string => sayKey(`classification.outcome.${outcome}`);
export const outcomeKind = (outcome: Outcome): StatusKind => (outcome === 'drug-free' ? 'ok' : outcome === 'to-conclude' || outcome === 'cannot-judge' ? 'warn' : 'idle');

const verdictKinds: Readonly<Record<Verdict, StatusKind>> = { met: 'ok', 'not-met': 'bad', 'to-conclude': 'warn', 'cannot-judge': 'idle' };
export const verdictKind = (verdict: Verdict): StatusKind => verdictKinds[verdict];
export const verdictWord = (verdict: Verdict): string => sayKey(`classification.verdict.${verdict}`);

export const criterionWord = (id: string): string => sayKey(`classification.criterion.${id}`, {}, id);
/** Days and months inside a sentence as people write them: 15/12/2026, 11/2026. */
const written = (fact: string): string => fact.replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, '$3/$2/$1').replace(/\b(20\d{2})-(\d{2})\b/g, '$2/$1');
export const sayIt = (sentence: Sentence): string => sayKey(sentence.key, Object.fromEntries(Object.entries(sentence.facts).map(([name, fact]) => [name, typeof fact === 'string' ? written(fact) : fact])));
/** "Điều 4.1", "Art. 4.1"; an article that already comes in words stays as it is. */
export const articleWord = (article: string): string => (/^\d/.test(article) ? t('classification.art', { article }) : article);
/** "Quý III/2026", "11/2026", "2026": the period of a figure that stands beside. */
export function figurePeriod(period: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  return quarter === null ? written(period) : t('classification.quarter', { quarter: language() === 'vi' ? ['I', 'II', 'III', 'IV'][Number(quarter[2]) - 1] : quarter[2], year: quarter[1] });
}

const firstWords: readonly (readonly [word: string, kind: UnitKind])[] = [['Thành phố', 'city'], ['Tỉnh', 'province'], ['Phường', 'ward'], ['Xã', 'commune'], ['Đặc khu', 'special-zone'], ['Thị trấn', 'township']];
/** "Phường Cầu Tre", "Cầu Tre ward". */
export function unitWord({ nameVi, nameEn }: { readonly nameVi: string; readonly nameEn?: string }): string {
  if (language() === 'vi') return nameVi;
  const kind = firstWords.find(([word]) => nameVi.startsWith(`${word} `))?.[1];
  return nameEn ?? (kind === undefined ? nameVi : englishName(nameVi, kind));
}

/** The assessed year with its days: 15 December of the year before to 14 December. */
export const periodDays = (period: string): string => t('classification.period-days', { first: day(`${Number(period) - 1}-12-15`), last: day(`${period}-12-14`) });
export const periodOf = (on: PlainDate): string => (on.slice(5) >= '12-15' ? String(Number(on.slice(0, 4)) + 1) : on.slice(0, 4));

/** "còn 12 ngày", "quá hạn 3 ngày". */
export function leftWords(until: PlainDate): string {
  const left = daysBetween(today(), until);
  return left < 0 ? t('classification.days-over', { count: -left }) : left === 0 ? t('classification.last-day') : t('classification.days-left', { count: left });
}

/** A post of the register of offices in words; never a person's name. */
export const postWord = (post: string): string => sayKey(`post.${post}`, {}, post);
/** Tests are passed or not; a criterion of a class is there or not, which is neither good nor bad. */
export const isTest = (id: string): boolean => id.startsWith('drug-free.');
export const criterionKind = (id: string, verdict: Verdict): StatusKind => (isTest(id) ? verdictKind(verdict) : verdict === 'met' ? 'done' : 'idle');
export const criterionVerdict = (id: string, verdict: Verdict): string => (isTest(id) ? verdictWord(verdict) : verdict === 'met' ? t('classification.has') : verdict === 'not-met' ? t('classification.has-not') : verdictWord(verdict));
/** A bound as the reader writes numbers: "≥ 0,1, < 0,5", "≥ 3.000". */
export const thresholdText = (text: string): string => (text === '' ? '–' : text.replace(/\d+(\.\d+)?/g, (found) => number(Number(found), 4)));

/** The address of the assessment of a unit. */
export const assessmentPath = (unit: { readonly code: string; readonly level: string }): string => `${unit.level === 'province' ? '/tinh' : '/xa'}/${unit.code}/khong-ma-tuy`;
export const unitPath = (unit: { readonly code: string; readonly level: string }): string => `${unit.level === 'province' ? '/tinh' : '/xa'}/${unit.code}`;

export const textOf = (words: { readonly vi: string; readonly en: string }): string => (language() === 'en' && words.en !== '' ? words.en : words.vi);
