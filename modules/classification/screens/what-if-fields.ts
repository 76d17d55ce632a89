import { sayKey, t } from '#web/i18n/words.ts';
import type { Criteria, Threshold } from '../schema/criteria.ts';
import type { ThresholdChange } from '../schema/what-if.ts';

export type Group = 'drug-free' | 'I' | 'II' | 'III' | 'province';
/** One number of a decision that can be tried otherwise. */
export type Field = { readonly key: string; readonly group: Group; readonly value: number; readonly label: () => string; readonly change: (value: number) => ThresholdChange };

const bounds = ['atLeast', 'below', 'equals'] as const;
const classGroups = ['I', 'II', 'III', 'province'] as const;
const textOf = (criteria: Criteria, group: (typeof classGroups)[number]): Criteria['province'] => (group === 'province' ? criteria.province : criteria.classes[group]);

const boundsOf = (group: (typeof classGroups)[number], letter: string, threshold: Threshold): Field[] => bounds.flatMap((bound) => {
  const value = threshold[bound];
  if (value === null) return [];
  return [{
    key: `${group} ${letter} ${threshold.quantity} ${bound}`, group, value,
    label: () => `${letter}) ${sayKey(`classification.quantity.${threshold.quantity}`)}: ${t(`classification.bound.${bound}`)}`,
    change: (next) => ({ group, letter, quantity: threshold.quantity, bound, value: next }),
  }];
});

/** Every number of a decision, in the order of its text: bounds, how many criteria make a class, the three tests. */
export function thresholdsOf(criteria: Criteria): readonly Field[] {
  const tests = criteria.drugFree.tests.flatMap((test) => test.all.map((one): Field => ({
    key: `drug-free ${test.letter} ${one.quantity}`, group: 'drug-free', value: one.equals,
    label: () => `${test.letter}. ${sayKey(`classification.quantity.${one.quantity}`)}: ${t('classification.bound.atMost')}`, change: (value) => ({ group: 'drug-free', quantity: one.quantity, equals: value }),
  })));
  const classes = classGroups.flatMap((group) => {
    const text = textOf(criteria, group);
    const numbers = text.criteria.flatMap((criterion) => ('any' in criterion ? criterion.any.flatMap((threshold) => boundsOf(group, criterion.letter, threshold)) : []));
    const needed: Field = { key: `${group} needed`, group, value: text.atLeast, label: () => t('classification.needed-criteria', { of: text.criteria.length }), change: (value) => ({ group, needed: Math.round(value) }) };
    return [...numbers, needed];
  });
  return [...tests, ...classes];
}
