/** The files of a programme's folder as JSON Schema, for editors and for whoever writes a programme elsewhere. */
import { List, shape, Type, type TSchema } from '#kernel/shape.ts';
import { Indicator, PublishedFigure, Target } from './indicators.ts';
import { DataElement, DataSet, Disaggregation, ValidationRule } from './items.ts';
import { Constant, ProgrammeHead, type ItemKind } from './programme.ts';

export const itemShapes = {
  'data-element': DataElement, disaggregation: Disaggregation, 'data-set': DataSet, rule: ValidationRule, indicator: Indicator, target: Target,
  'published-figure': PublishedFigure, constant: Constant,
} as const satisfies Record<ItemKind, TSchema>;

const named = Type.Optional(Type.String());

/** By file name without `.schema.json`: the head, and a list of items for each kind. */
export function publishedSchemas(): Record<string, unknown> {
  const header = (title: string): object => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', title });
  const lists = Object.entries(itemShapes).map(([kind, item]) => [kind, { ...header(`Sáu Rõ programme: ${kind}`), ...shape({ $schema: named, items: List(item, 20_000) }) }]);
  return { programme: { ...header('Sáu Rõ programme: head'), ...shape({ $schema: named, ...ProgrammeHead.properties }) }, ...Object.fromEntries(lists) };
}
