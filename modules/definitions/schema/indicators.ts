/** What figures mean and what they are held against: indicators, targets, and real figures published elsewhere. */
import { periodTypes } from '#kernel/period.ts';
import { Day, Line, List, Nullable, oneOf, Prose, shape, Type, type Static } from '#kernel/shape.ts';
import { DefinitionId, Words } from './items.ts';

const Sentences = shape({ vi: Prose(4000), en: Prose(4000) });
export const measureKinds = ['outcome', 'effort', 'coverage', 'capacity'] as const;

/**
 * numerator / denominator × factor. `polarity` says which way is better; an indicator whose fall may mean less work as well as less harm
 * (cases found, people recorded) has 'none' and is never coloured without naming the target it serves.
 */
export const Indicator = shape({
  id: DefinitionId, name: Words, shortName: Words, definition: Sentences, counts: Nullable(Sentences), doesNotCount: Nullable(Sentences),
  numerator: Prose(4000), denominator: Nullable(Prose(4000)), factor: Type.Number({ exclusiveMinimum: 0 }), decimals: Type.Integer({ minimum: 0, maximum: 6 }),
  unit: shape({ code: DefinitionId, vi: Line(60), en: Line(60) }),
  polarity: oneOf(['higher', 'lower', 'none']), measures: oneOf(measureKinds),
  owner: Words, source: Sentences, group: DefinitionId, validFrom: Day, validTo: Nullable(Day),
  /** The one period type its formula is written for: `periodOffset(-12)` means a year in months only. Left out: any. */
  periodType: Type.Optional(oneOf(periodTypes)),
});
export type Indicator = Static<typeof Indicator>;

export const targetStatuses = ['adopted', 'pm_instruction', 'proposal_stage_only', 'provincial', 'local_example', 'uncertain', 'working_goal'] as const;
/** One target. `value` null: the source gives none, so nothing is ever judged against it. `path`: where one should be at the end of which period. */
export const Target = shape({
  id: DefinitionId, name: Words, indicator: Nullable(DefinitionId), level: Line(60), unit: Line(60), operator: oneOf(['>=', '>', '=', '<', '<=', 'decrease', 'increase', 'exists']),
  low: Nullable(Type.Number()), high: Nullable(Type.Number()), year: Nullable(Type.Integer()), everyYear: Type.Boolean(),
  pillar: oneOf(['supply', 'demand', 'harm', 'governance']), measures: oneOf(measureKinds), status: oneOf(targetStatuses),
  baseline: Nullable(shape({ period: Line(10), value: Type.Number(), source: Prose(1000) })),
  path: List(shape({ period: Line(10), value: Type.Number() }), 60),
  tiers: List(shape({ group: Line(130), low: Type.Number(), note: Sentences }), 60),
  source: Prose(2000), note: Nullable(Prose(2000)), validFrom: Day, validTo: Nullable(Day),
});
export type Target = Static<typeof Target>;

/**
 * A figure somebody published, as published: qualifier, wording of the period, source; conflicts are kept, never reconciled.
 *
 * @property metric what it counts, as one word for rows of one series; `name`, `placeName` and `unitName` say it to people
 * @property from first and last day of the period, where the source lets one tell; a figure of a moment has `from` its period's first day too
 * @property conflicts other figures it cannot be true together with, or that do not add up with it
 */
export const PublishedFigure = shape({
  id: DefinitionId, metric: Line(200), name: Words, group: DefinitionId, place: Line(200), placeName: Words, period: Line(120), from: Nullable(Day), to: Nullable(Day), value: Nullable(Type.Number()), unit: Line(80), unitName: Words,
  qualifier: oneOf(['as_stated', 'over', 'nearly', 'about']), detail: Nullable(Sentences), source: Prose(2000), note: Nullable(Sentences), conflicts: List(DefinitionId, 20),
  indicator: Nullable(DefinitionId),
});
export type PublishedFigure = Static<typeof PublishedFigure>;
