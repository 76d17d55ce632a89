import { daysBetween, type PlainDate } from '#kernel/day.ts';
import { day, number, today } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import { placeName } from '#modules/org-units/screens/words.ts';
import type { AreaStatus, CaseMove, CaseState, UnitSeen } from '../schema.ts';

/** A status as the decision words it; null: the evidence does not allow an answer. */
export const statusWord = (status: AreaStatus | null): string => (status === null ? t('classification.cannot-be-judged') : sayKey(`area-status.${status}`));
/** A class is a neutral mark, never red or green: only "drug-free" and "cannot be judged" have a tone. */
export const statusKind = (status: AreaStatus | null): StatusKind => (status === null ? 'warn' : status === 'drug-free' ? 'ok' : 'idle');

const stateKinds: Readonly<Record<CaseState, StatusKind>> = {
  preparing: 'half', submitted: 'half', returned: 'warn', 'in-council': 'half', concluded: 'fair', 'signed-once': 'fair', decided: 'ok', published: 'done', 'in-force': 'done', dropped: 'idle',
};
export const stateKind = (state: CaseState): StatusKind => stateKinds[state];
export const stateWord = (state: CaseState): string => sayKey(`case-state.${state}`);
export const moveWord = (move: CaseMove): string => sayKey(`case-move.${move}`);

export const levelStatuses = (level: UnitSeen['level']): readonly AreaStatus[] => (level === 'commune' ? ['drug-free', 'III', 'II', 'I', 'not-classified'] : ['drug-free', 'key-complex', 'not-classified']);

/** "Phường Cầu Tre", "Cầu Tre ward". */
export const unitWord = (unit: { readonly nameVi: string }): string => placeName(unit.nameVi);

/** The assessed year with its days: 15 December of the year before to 14 December. */
export const periodDays = (period: string): string => t('classification.period-days', { first: day(`${Number(period) - 1}-12-15`), last: day(`${period}-12-14`) });
export const periodOf = (on: PlainDate): string => (on.slice(5) >= '12-15' ? String(Number(on.slice(0, 4)) + 1) : on.slice(0, 4));

/** "còn 12 ngày", "quá hạn 3 ngày". */
export function leftWords(until: PlainDate): string {
  const left = daysBetween(today(), until);
  return left < 0 ? t('classification.days-over', { count: -left }) : left === 0 ? t('classification.last-day') : t('classification.days-left', { count: left });
}

/** The address of the assessment of a unit. */
export const assessmentPath = (unit: { readonly code: string; readonly level: string }): string => `${unit.level === 'province' ? '/tinh' : '/xa'}/${unit.code}/khong-ma-tuy`;
export const unitPath = (unit: { readonly code: string; readonly level: string }): string => `${unit.level === 'province' ? '/tinh' : '/xa'}/${unit.code}`;

export const figure = (value: number | null, decimals = 2): string => (value === null ? '–' : number(value, decimals));
export const textOf = (words: { readonly vi: string; readonly en: string }): string => (language() === 'en' && words.en !== '' ? words.en : words.vi);
