/** A programme as one value: everything in force on one day. */
import type { PlainDate } from '#kernel/day.ts';
import { daysOf, type Period } from '#kernel/period.ts';
import { Day, Line, List, Nullable, Prose, shape, Type, type Static } from '#kernel/shape.ts';
import { DefinitionId, Words, type DataElement, type DataSet, type Disaggregation, type ValidationRule } from './items.ts';
import type { Indicator, PublishedFigure, Target } from './indicators.ts';

/** The head file of a programme's folder (`programme.json`). */
export const ProgrammeHead = shape({
  id: DefinitionId, name: Words,
  /** `holidays`: days off beside weekends, when every office rests; working days until a return is due leave them out. */
  calendar: shape({
    startDay: Type.Integer({ minimum: 1, maximum: 28 }),
    holidays: Type.Optional(shape({ days: List(Day, 2000), source: shape({ vi: Prose(1000), en: Prose(1000) }) })),
  }),
  firstPeriod: Line(10),
  /** Returns of periods that ended before this day stand on the map of this day (a reform after which no older commune series exists); null: each on its own day's map. */
  earliestMap: Nullable(Day),
  /** Words for the levels of the unit tree from the top, in this programme. */
  levels: List(Words, 12),
  /**
   * What the overview shows, by indicator id in order: the main ones with their targets, the steps of the treatment cascade, and the share
   * that is never shown without the ones `beside` it (SECURITY E13). `map`: the one the tile map opens with.
   */
  overview: Type.Optional(shape({
    main: List(DefinitionId, 20), cascade: List(DefinitionId, 12), share: Nullable(DefinitionId), beside: List(DefinitionId, 12), map: Nullable(DefinitionId),
  })),
});
export type ProgrammeHead = Static<typeof ProgrammeHead>;

/** The day whose unit tree a period's returns stand on: the period's last day, or the head's earliest map when that is later. */
export function treeDayOf(period: Period, head: Pick<ProgrammeHead, 'calendar' | 'earliestMap'>): PlainDate {
  const { last } = daysOf(period, head.calendar);
  return head.earliestMap !== null && last < head.earliestMap ? head.earliestMap : last;
}

/** The kinds of items, as the folders of a programme and the rows of the table name them. */
export const itemKinds = ['data-element', 'disaggregation', 'data-set', 'rule', 'indicator', 'target', 'published-figure', 'constant'] as const;
export type ItemKind = (typeof itemKinds)[number];
/** A number that formulas name: a legal threshold, a conversion. */
export const Constant = shape({ id: DefinitionId, name: Words, value: Type.Number(), validFrom: Day, validTo: Nullable(Day) });
export type Constant = Static<typeof Constant>;

export type Programme = {
  readonly edition: number;
  readonly digest: string;
  readonly head: ProgrammeHead;
  readonly elements: ReadonlyMap<string, DataElement>;
  readonly disaggregations: ReadonlyMap<string, Disaggregation>;
  readonly dataSets: ReadonlyMap<string, DataSet>;
  readonly rules: ReadonlyMap<string, ValidationRule>;
  readonly indicators: ReadonlyMap<string, Indicator>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly constants: ReadonlyMap<string, Constant>;
  readonly publishedFigures: readonly PublishedFigure[];
};

/** One place of a packed row: element and cell of its disaggregation ('' when it has none). A slot once given is never given again. */
export const Slot = shape({ slot: Type.Integer(), element: DefinitionId, cell: Type.String(), validFrom: Type.String(), validTo: Type.Union([Type.String(), Type.Null()]) });
export type Slot = Static<typeof Slot>;
