/** Laws, decrees, decisions and guidance of the programme as tracked products: stages with their real days, and how late. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nullable, oneOf, Prose, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';

export const instrumentKinds = ['law', 'resolution', 'decree', 'decision', 'circular', 'guidance', 'plan'] as const;
export const InstrumentKind = oneOf(instrumentKinds);
export type InstrumentKind = Static<typeof InstrumentKind>;
/** In this order. A stage may be missing where its day is not known; it never stands before one that comes earlier. */
export const stageNames = ['draft', 'comment', 'submitted', 'passed', 'in-force'] as const;
export const StageName = oneOf(stageNames);
export type StageName = Static<typeof StageName>;
/** The three enhancements of the programme. */
export const enhancements = ['law', 'investment', 'smart-management'] as const;
export const Enhancement = oneOf(enhancements);

export const Stage = shape({ stage: StageName, on: Day, number: Type.String(), source: Type.String() });
export type Stage = Static<typeof Stage>;
/** A line of a directive this product answers, with what became of its tasks as far as the reader sees them. */
export const InstrumentLink = shape({ directiveProvince: ProvinceCode, directive: Uuid, assignment: Uuid, tasks: Type.Integer(), done: Type.Integer(), dueOn: Nullable(Day) });

/** `dueOn`: the day by which `dueStage` was to be reached; where a deadline waits for an event, the event's day once directives know it. */
export const Instrument = shape({
  province: ProvinceCode, id: Uuid, kind: InstrumentKind, titleVi: Type.String(), titleEn: Type.String(), leadOffice: Type.String(), basis: Type.String(), enhancement: Nullable(Enhancement), dueStage: StageName, dueOn: Nullable(Day), dueText: Type.String(), dueEvent: Nullable(Type.String()),
  note: Type.String(), stages: List(Stage, stageNames.length), link: Nullable(InstrumentLink), version: Type.Integer(), demonstration: Type.Boolean(),
});
export type Instrument = Static<typeof Instrument>;

/**
 * Where it stands: the last stage that has come; days late (above 0) or early (below 0) against the due day, counted to the stage it was due
 * for, else to the first later stage whose day is known (`exact` false: at most so late), else to today while it is overdue.
 */
export const Standing = shape({ stage: Nullable(StageName), lateDays: Nullable(Type.Integer()), exact: Type.Boolean(), met: Type.Boolean() });
export type Standing = Static<typeof Standing>;
export const InstrumentRow = shape({ instrument: Instrument, leadName: shape({ vi: Type.String(), en: Type.String() }), standing: Standing, mayEdit: Type.Boolean() });
export type InstrumentRow = Static<typeof InstrumentRow>;

const Key = shape({ province: ProvinceCode, instrument: Uuid });
const Words = { kind: InstrumentKind, titleVi: Line(300), titleEn: Line(300), leadOffice: Line(60), basis: Prose(200), enhancement: Nullable(Enhancement), dueStage: StageName, dueOn: Nullable(Day), dueText: Prose(200), dueEvent: Nullable(Line(120)), note: Prose(1000) };
const writing = { 'instrument-not-yours': 403, 'instrument-stale': 409, 'instrument-personal': 422 } as const;

export const listInstruments = contract({
  method: 'GET', path: '/instruments', who: 'instruments.read', summary: 'Legislative and guidance products with stages and lateness', impersonal: true, reply: shape({ asOf: Day, rows: List(InstrumentRow, 1000), mayAdd: List(shape({ province: ProvinceCode, office: Type.String() }), 60) }), problems: {},
});
export const getInstrument = contract({ method: 'GET', path: '/instruments/:province/:instrument', who: 'instruments.read', summary: 'One product with its stages', params: Key, impersonal: true, reply: shape({ asOf: Day, row: InstrumentRow }), problems: {} });
export const addInstrument = contract({
  method: 'POST', path: '/instruments', who: 'instruments.manage', summary: 'Track a product', body: shape({ province: ProvinceCode, ...Words }), reply: InstrumentRow, problems: { ...writing, 'instrument-office-unknown': 422, 'instrument-due-missing': 422 },
});
export const setStage = contract({
  method: 'PUT', path: '/instruments/:province/:instrument/stages/:stage', who: 'instruments.manage', summary: 'Record the day of a stage, or put it right', params: shape({ ...Key.properties, stage: StageName }),
  body: shape({ version: Type.Integer(), on: Day, number: Prose(120), source: Prose(300) }), reply: InstrumentRow, problems: { ...writing, 'instrument-order': 422, 'instrument-ahead': 422, 'instrument-number-needed': 422, 'instrument-not-passed': 409 },
});
export const removeStage = contract({
  method: 'POST', path: '/instruments/:province/:instrument/stages/:stage/removal', who: 'instruments.manage', summary: 'Take out a stage recorded by mistake; the log keeps it', params: shape({ ...Key.properties, stage: StageName }), body: shape({ version: Type.Integer() }), reply: InstrumentRow,
  problems: { ...writing, 'instrument-not-passed': 409 },
});
export const linkInstrument = contract({
  method: 'PUT', path: '/instruments/:province/:instrument/link', who: 'instruments.manage', summary: 'Tie a product to the line of a directive it answers (null: untie)', params: Key,
  body: shape({ version: Type.Integer(), link: Nullable(shape({ directiveProvince: ProvinceCode, directive: Uuid, assignment: Uuid })) }), reply: InstrumentRow, problems: { ...writing, 'instrument-line-unknown': 404 },
});
