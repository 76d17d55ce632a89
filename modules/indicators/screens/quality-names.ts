/** Names of elements, cells, rules and data sets as the dictionary gives them; ids until it is there. */
import { language } from '#web/i18n/words.ts';
import type { Dictionary } from '#modules/definitions/schema.ts';

export type QualityNames = {
  readonly element: (id: string, cell: string) => string; readonly rule: (id: string) => string; readonly dataSet: (id: string) => string; readonly decimals: (element: string) => number;
  /** Elements of a data set a sample may ask about: counted things that are not protected. */
  readonly countable: (dataSet: string) => readonly { readonly value: string; readonly label: string }[];
};

export function namesIn(dictionary: Dictionary | undefined): QualityNames {
  const elements = new Map(dictionary?.elements.map((one) => [one.id, one]));
  const breakdowns = new Map(dictionary?.disaggregations.map((one) => [one.id, one]));
  const rules = new Map(dictionary?.rules.map((one) => [one.id, one]));
  const sets = new Map(dictionary?.dataSets.map((one) => [one.id, one]));
  const sayCell = (element: string, cell: string): string => {
    const breakdown = breakdowns.get(elements.get(element)?.disaggregation ?? '');
    const options = breakdown?.cells.find((one) => one.id === cell)?.options ?? [];
    return options.map((option, at) => breakdown?.axes[at]?.options.find((one) => one.id === option)?.name[language()] ?? option).join(', ') || cell;
  };
  return {
    element: (id, cell) => `${elements.get(id)?.shortName[language()] ?? id}${cell === '' ? '' : ` (${sayCell(id, cell)})`}`,
    rule: (id) => rules.get(id)?.name[language()] ?? id, dataSet: (id) => sets.get(id)?.name[language()] ?? id,
    decimals: (id) => (['number', 'percent'].includes(elements.get(id)?.valueType ?? '') ? 2 : 0),
    countable: (id) => (sets.get(id)?.sections ?? []).flatMap((section) => section.elements).flatMap((one) => { const element = elements.get(one); return element !== undefined && !element.protected && element.valueType === 'count' ? [{ value: one, label: element.shortName[language()] }] : []; }),
  };
}
