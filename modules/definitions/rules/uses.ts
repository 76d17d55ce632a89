/** What names what: used to check references and to show where a definition is used. */
import type { ItemKind } from '../schema/programme.ts';
import { isOf, itemOf, type Version } from './read-items.ts';

export type Reference = { readonly kind: ItemKind; readonly id: string; readonly field: string };

/** `#{element}`, `#{element.cell}`, `C{constant}`, `N{indicator}`, `R{dataSet.RATE}` in a formula's text. */
const named = /([#CNIR])\{([A-Za-z][\w-]*)(?:\.[^}]*)?\}/gu;
const kinds: Readonly<Record<string, ItemKind>> = { '#': 'data-element', C: 'constant', N: 'indicator', I: 'indicator', R: 'data-set' };

const namedIn = (formula: string, field: string): Reference[] =>
  [...formula.matchAll(named)].flatMap(([, sign = '', id = '']) => { const kind = kinds[sign]; return kind === undefined ? [] : [{ kind, id, field }]; });

/** Everything a version names, with the field that names it. */
export function referencesOf(version: Omit<Version, 'file'>): Reference[] {
  const one: Version = { ...version, file: '' };
  if (isOf(one, 'data-element')) {
    const { disaggregation } = itemOf(one);
    return disaggregation === null ? [] : [{ kind: 'disaggregation', id: disaggregation, field: 'disaggregation' }];
  }
  if (isOf(one, 'data-set')) {
    const { sections, compulsory, attribute } = itemOf(one);
    return [
      ...sections.flatMap((section) => section.elements.map((id): Reference => ({ kind: 'data-element', id, field: `sections.${section.id}` }))),
      ...compulsory.map((id): Reference => ({ kind: 'data-element', id, field: 'compulsory' })),
      ...(attribute === null ? [] : [{ kind: 'disaggregation' as const, id: attribute, field: 'attribute' }]),
    ];
  }
  if (isOf(one, 'rule')) { const { left, right } = itemOf(one); return [...namedIn(left.formula, 'left'), ...namedIn(right.formula, 'right')]; }
  if (isOf(one, 'indicator')) { const { numerator, denominator } = itemOf(one); return [...namedIn(numerator, 'numerator'), ...namedIn(denominator ?? '', 'denominator')]; }
  if (isOf(one, 'target') || isOf(one, 'published-figure')) {
    const { indicator } = itemOf(one);
    const conflicts = isOf(one, 'published-figure') ? itemOf(one).conflicts : [];
    return [...(indicator === null ? [] : [{ kind: 'indicator' as const, id: indicator, field: 'indicator' }]), ...conflicts.map((id): Reference => ({ kind: 'published-figure', id, field: 'conflicts' }))];
  }
  return [];
}

/** Items with a version that names this one, each once. */
export function usersOf(versions: readonly Omit<Version, 'file'>[], kind: ItemKind, id: string): { kind: ItemKind; id: string }[] {
  const found = new Map<string, { kind: ItemKind; id: string }>();
  for (const one of versions) if (referencesOf(one).some((named) => named.kind === kind && named.id === id)) found.set(`${one.kind}/${one.id}`, { kind: one.kind, id: one.id });
  return [...found.values()];
}
