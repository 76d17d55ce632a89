/** Definitions in the reader's language. */
import { day } from '#web/i18n/format.ts';
import { language, sayKey, t } from '#web/i18n/words.ts';
import type { StatusKind } from '#web/kit/status.tsx';
import { compareVietnamese, fold } from '#kernel/fold.ts';
import { formulaInWords, type FormulaNames } from '../rules/formula-words.ts';
import type { Dictionary, Indicator, Target, Words } from '../schema.ts';

/** Names and sentences are in both languages, whatever their length. */
export const inWords = (words: Words): string => words[language()];
export const orNull = (words: Words | null): string | null => (words === null ? null : inWords(words));

/** Does any of these contain what was typed, signs of tone and accent aside? */
export const matches = (typed: string, ...names: readonly string[]): boolean => {
  const wanted = fold(typed.trim());
  return wanted === '' || names.some((name) => fold(name).includes(wanted));
};

export const sayKind = (kind: string): string => sayKey(`definitions.kind.${kind}`);
export const sayValidity = (one: { readonly validFrom: string; readonly validTo: string | null }): string =>
  (one.validTo === null ? t('definitions.valid-from', { from: day(one.validFrom) }) : t('definitions.valid-between', { from: day(one.validFrom), to: day(one.validTo) }));

/** Names for formulas, from the dictionary of the day. */
export function namesIn(dictionary: Dictionary): FormulaNames {
  const elements = new Map(dictionary.elements.map((one) => [one.id, one]));
  const cells = new Map(dictionary.disaggregations.map((one) => [one.id, new Map(one.cells.map((cell) => [cell.id, cell.options.map((option) => optionName(one, option)).join(', ')]))]));
  const indicators = new Map(dictionary.indicators.map((one) => [one.id, inWords(one.shortName)]));
  const constants = new Map(dictionary.constants.map((one) => [one.id, inWords(one.name)]));
  const dataSets = new Map(dictionary.dataSets.map((one) => [one.id, inWords(one.name)]));
  return {
    element: (id, cell) => {
      const element = elements.get(id);
      const part = element?.disaggregation === undefined || element.disaggregation === null || cell === '' ? '' : `: ${cells.get(element.disaggregation)?.get(cell) ?? cell}`;
      return `“${element === undefined ? id : inWords(element.shortName)}${part}”`;
    },
    other: (kind, id) => `“${(kind === 'indicator' ? indicators.get(id) : kind === 'constant' ? constants.get(id) : undefined) ?? id}”`,
    rate: (dataSet, rate) => `“${sayKey(`definitions.rate.${rate}`, {}, rate)}: ${dataSets.get(dataSet) ?? dataSet}”`,
    yearToDate: t('definitions.year-to-date'),
    shifted: (count) => (count < 0 ? t('definitions.periods-before', { count: -count }) : t('definitions.periods-after', { count })),
  };
}

const optionName = (one: Dictionary['disaggregations'][number], option: string): string => {
  const found = one.axes.flatMap((axis) => axis.options).find((each) => each.id === option);
  return found === undefined ? option : inWords(found.name);
};
/** The cells of an element, in words. */
export function cellsOf(dictionary: Dictionary, disaggregation: string | null): string[] {
  const found = dictionary.disaggregations.find((one) => one.id === disaggregation);
  return found === undefined ? [] : found.cells.map((cell) => cell.options.map((option) => optionName(found, option)).join(', '));
}

/** Numerator over denominator, times the factor when that is not one. */
export function sayFormula(indicator: Pick<Indicator, 'numerator' | 'denominator' | 'factor'>, names: FormulaNames): string {
  const top = formulaInWords(indicator.numerator, names);
  const share = indicator.denominator === null ? top : `(${top}) ÷ (${formulaInWords(indicator.denominator, names)})`;
  return indicator.factor === 1 ? share : `${share} × ${String(indicator.factor).replace('.', language() === 'vi' ? ',' : '.')}`;
}

/** How binding a target is: only the first two are official. */
export const statusKind: Readonly<Record<Target['status'], StatusKind>> = {
  adopted: 'ok', pm_instruction: 'ok', provincial: 'fair', local_example: 'idle', proposal_stage_only: 'idle', working_goal: 'half', uncertain: 'warn',
};
export const sayStatus = (status: Target['status']): string => sayKey(`definitions.target-status.${status}`);

/** "at least 50% in 2030": what the target asks, as far as its source says. */
export function sayAsk(target: Target): string {
  const unit = sayKey(`definitions.target-unit.${target.unit === 'percent_per_year' && target.everyYear ? 'percent' : target.unit}`, {}, target.unit);
  const when = target.everyYear ? t('definitions.every-year') : target.year === null ? '' : t('definitions.in-year', { year: target.year });
  const ask = sayKey(`definitions.operator.${target.operator}`);
  if (target.low === null) return target.operator === 'decrease' || target.operator === 'increase' ? [ask, when].join(' ').trim() : t('definitions.no-value');
  const amount = target.high === null ? String(target.low) : `${target.low}–${target.high}`;
  return `${ask} ${amount}${unit === '%' ? '%' : ` ${unit}`} ${when}`.trim();
}

/** The most binding target of an indicator comes first. */
const rank: Readonly<Record<Target['status'], number>> = { adopted: 0, pm_instruction: 1, provincial: 2, working_goal: 3, proposal_stage_only: 4, local_example: 5, uncertain: 6 };
export const targetsOf = (dictionary: Dictionary, id: string): Target[] => dictionary.targets.filter((one) => one.indicator === id).sort((a, b) => rank[a.status] - rank[b.status]);

/** Where an element stands in forms: "01-XA, 3.2". */
export function placesOf(dictionary: Dictionary, id: string): string[] {
  return dictionary.dataSets.flatMap((set) => set.sections.flatMap((section, at) => {
    const row = section.elements.indexOf(id);
    return row < 0 ? [] : [`${set.form ?? inWords(set.name)}, ${at + 1}.${row + 1}`];
  }));
}

/** Forms by their number, elements as they stand in forms, indicators by group: as people look for them. */
export function inReadingOrder(dictionary: Dictionary): Dictionary {
  const dataSets = [...dictionary.dataSets].sort((a, b) => ((a.form ?? a.id) < (b.form ?? b.id) ? -1 : 1));
  const place = new Map(dataSets.flatMap((set) => set.sections.flatMap((section) => section.elements)).map((id, at) => [id, at]));
  const groups = [...new Set(dictionary.indicators.map((one) => one.group))];
  const groupName = new Map(groups.map((group) => [group, sayKey(`definitions.group.${group}`, {}, group)]));
  return {
    ...dictionary, dataSets,
    elements: [...dictionary.elements].sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity)),
    indicators: [...dictionary.indicators].sort((a, b) => compareVietnamese(groupName.get(a.group) ?? '', groupName.get(b.group) ?? '') || compareVietnamese(inWords(a.name), inWords(b.name))),
  };
}
