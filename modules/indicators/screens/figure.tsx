/** How a figure looks: a number, a hidden small count and a missing report are three different things in every place. */
import { number, percent } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import { StatusBadge, type StatusKind } from '#web/kit/status.tsx';
import { compactOf, type Compact, type Figure, type Grade, type GradeReason, type Judged, type JudgementStep } from '../schema.ts';

const stepKinds: Readonly<Record<JudgementStep, StatusKind>> = { good: 'ok', fair: 'fair', worrying: 'warn', bad: 'bad' };
export const stepKind = (step: JudgementStep): StatusKind => stepKinds[step];
export const sayStep = (step: JudgementStep): string => sayKey(`indicators.step.${step}`);

/** "1.234,5", "<10" or "–". */
export const sayCompact = (value: Compact, decimals = 1): string => (value === null ? '–' : value === '<' ? '<10' : number(value, decimals));
const longWords = (value: Compact): string | undefined => (value === null ? t('indicators.missing') : value === '<' ? t('indicators.suppressed') : undefined);

/** With a unit behind the number: "71,4 %" reads as one, "12 xã" as two words. */
export const withUnit = (text: string, unit: { readonly code: string; readonly vi: string; readonly en: string }): string =>
  (unit.code === 'percent' || unit.code === 'phan-tram' ? `${text}%` : `${text} ${unit[language()]}`);

/** A share that is hidden is not "<10": what is small is a count behind it. */
export function CompactText({ value, decimals = 1, suffix = '' }: { readonly value: Compact; readonly decimals?: number; readonly suffix?: string }) {
  const long = longWords(value);
  const look = value === null ? 'fig-missing' : value === '<' ? 'fig-hidden' : undefined;
  return <span className={look} {...(long === undefined ? {} : { title: long })}>{value === '<' && suffix !== '' ? t('indicators.hidden-share') : sayCompact(value, decimals)}{typeof value === 'number' ? suffix : ''}{long === undefined ? null : <span className="vh"> {long}</span>}</span>;
}
export const FigureText = ({ figure, ...rest }: { readonly figure: Figure; readonly decimals?: number; readonly suffix?: string }) => <CompactText value={compactOf(figure)} {...rest} />;

/** A judgement in shape, word and colour; none where the direction of a figure says nothing by itself. */
export function JudgedBadge({ judged, bare = true }: { readonly judged: Judged; readonly bare?: boolean }) {
  const why = sayKey(`indicators.why.${judged.reason}`);
  if (judged.step === null) return <span className="muted small" title={why}>{t('indicators.not-judged')}<span className="vh">: {why}</span></span>;
  return <span title={why}><StatusBadge kind={stepKinds[judged.step]} bare={bare}>{sayStep(judged.step)}{judged.override === null ? '' : ' *'}</StatusBadge></span>;
}
export const StepBadge = ({ step }: { readonly step: JudgementStep | null }) => (step === null ? <span className="muted small">{t('indicators.not-judged')}</span> : <StatusBadge kind={stepKinds[step]} bare>{sayStep(step)}</StatusBadge>);

/** What decided a grade: "Tỷ lệ báo cáo đúng hạn: 87%". */
export const sayReason = ({ code, value, found }: GradeReason): string => `${sayKey(`indicators.grade.${code}`)}: ${percent(value)}${found === null || found === 0 ? '' : ` (${number(found)})`}`;
/** A grade; over it, and for those who listen, what it means and what decided it. */
export function GradeMark({ grade, why = null }: { readonly grade: Grade | null; readonly why?: GradeReason | null }) {
  if (grade === null) return null;
  const said = `${sayKey(`indicators.grade-says.${grade}`)}${why === null ? '' : `. ${sayReason(why)}`}`;
  return <abbr className={`grade grade-${grade}`} title={said}>{grade}<span className="vh"> ({said})</span></abbr>;
}

export const sayUnit = (unit: { readonly nameVi: string; readonly nameEn?: string | undefined }): string => (language() === 'en' ? (unit.nameEn ?? unit.nameVi) : unit.nameVi);

/** Targets write their unit in one word; a percentage is drawn as one. */
export const sayTargetUnit = (unit: string): string => (unit === 'percent' ? '%' : ` ${unit.replaceAll('_', ' ')}`);

/** With its sign; what rounds to nothing has none. */
export function sayChange(change: number, decimals = 1): string {
  const text = number(change, decimals);
  return /[1-9]/.test(text) ? `${change > 0 ? '+' : ''}${text}` : '0';
}
export const percentOf = (unit: { readonly code: string }): string => (unit.code === 'percent' || unit.code === 'phan-tram' ? '%' : '');
/** `UBND:01:00004` is the committee of the unit its last part names; an office of another kind, or of a unit not named here, keeps its code. */
export function sayOffice(office: string, nameOf: (unit: string) => string | undefined): string {
  const [kind, province, commune] = office.split(':');
  const name = kind === 'UBND' ? nameOf(commune ?? province ?? '') : undefined;
  return name === undefined ? office : t('indicators.office-of', { unit: name });
}

const roman = ['I', 'II', 'III', 'IV'] as const;
/** "Tháng 11/2026", "Quý IV/2026", "Năm 2026". */
export function sayPeriod(period: string): string {
  const [year = '', part = ''] = period.split('-');
  if (part === '') return t('indicators.period.year', { year });
  if (part.startsWith('Q')) return t('indicators.period.quarter', { quarter: roman[Number(part.slice(1)) - 1] ?? part, year });
  if (part.startsWith('H')) return t('indicators.period.half', { half: part.slice(1), year });
  if (part.startsWith('N')) return t('indicators.period.nine', { year });
  return t('indicators.period.of-month', { month: String(Number(part)), year });
}
/** For narrow columns: "T11", "Q4". */
export const shortPeriod = (period: string): string => { const part = period.split('-')[1] ?? period; return /^\d/.test(part) && period.includes('-') ? `${language() === 'vi' ? 'T' : 'M'}${Number(part)}` : part; };
