/** The dictionary over HTTP: what is in force on a day, every version of one item, and what each edition changed. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, oneOf, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { Indicator, PublishedFigure, Target } from './indicators.ts';
import { Change } from './files.ts';
import { DataElement, DataSet, DefinitionId, Disaggregation, ValidationRule } from './items.ts';
import { Constant, itemKinds, ProgrammeHead } from './programme.ts';

export const Dictionary = shape({
  edition: Type.Integer(), digest: Type.String(), on: Day, head: ProgrammeHead,
  elements: List(DataElement, 20_000), disaggregations: List(Disaggregation, 5000), dataSets: List(DataSet, 2000), rules: List(ValidationRule, 20_000),
  indicators: List(Indicator, 10_000), targets: List(Target, 2000), constants: List(Constant, 1000),
});
export type Dictionary = Static<typeof Dictionary>;
export const getDictionary = contract({
  method: 'GET', path: '/definitions', who: 'signed-in', summary: 'Every definition in force on a day (today unless said)', query: someOf({ on: Type.String({ maxLength: 10, description: 'YYYY-MM-DD' }) }), reply: Dictionary, problems: { 'definitions-day-invalid': 400 }, impersonal: true,
});

const ItemVersion = shape({ validFrom: Day, validTo: Nullable(Day), edition: Type.Integer(), digest: Type.String(), body: Type.Unknown() });
export type ItemVersion = Static<typeof ItemVersion>;
export const ItemPage = shape({ kind: oneOf(itemKinds), id: DefinitionId, versions: List(ItemVersion, 500), usedBy: List(shape({ kind: oneOf(itemKinds), id: DefinitionId }), 5000) });
export type ItemPage = Static<typeof ItemPage>;
export const getDefinition = contract({
  method: 'GET', path: '/definitions/items/:kind/:id', who: 'signed-in', summary: 'One item with all its versions, newest first, and what uses it',
  params: shape({ kind: oneOf(itemKinds), id: DefinitionId }),
  reply: ItemPage,
  problems: { 'definition-not-found': 404 }, impersonal: true,
});

export const EditionRow = shape({ edition: Type.Integer(), digest: Type.String(), loadedAt: Type.String(), loadedBy: Type.String(), note: Type.String(), added: Type.Integer(), changed: Type.Integer(), ended: Type.Integer(), corrected: Type.Integer() });
export type EditionRow = Static<typeof EditionRow>;
export const listEditions = contract({
  method: 'GET', path: '/definitions/editions', who: 'signed-in', summary: 'Editions of the definitions, newest first', reply: shape({ rows: List(EditionRow, 1000) }), problems: {}, impersonal: true,
});
export const getEdition = contract({
  method: 'GET', path: '/definitions/editions/:edition', who: 'signed-in', summary: 'What one edition changed', params: shape({ edition: Type.String({ pattern: '^[1-9][0-9]{0,5}$' }) }),
  reply: shape({ row: EditionRow, changes: List(Change, 40_000) }), problems: { 'definition-not-found': 404 }, impersonal: true,
});
export const listPublishedFigures = contract({
  method: 'GET', path: '/definitions/published-figures', who: 'signed-in', summary: 'Figures published elsewhere, as published, with their sources', query: someOf({ indicator: DefinitionId }),
  reply: shape({ rows: List(PublishedFigure, 10_000) }), problems: {}, impersonal: true,
});
