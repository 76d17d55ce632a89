/** Pilots: a hypothesis, an area and a comparison, a result and a lesson; and where what worked is replicated. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Moment, Nullable, oneOf, Prose, ProvinceCode, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Area, NamedArea, PilotKey, PilotResult, PilotState } from './words.ts';

/** One figure of the measure before and after, in the pilot's area and in the comparison. */
export const Measured = shape({ before: Type.Number(), after: Type.Number(), comparisonBefore: Type.Number(), comparisonAfter: Type.Number() });
export type Measured = Static<typeof Measured>;
export const Pilot = shape({
  province: ProvinceCode, id: Uuid, titleVi: Type.String(), titleEn: Type.String(), hypothesis: Type.String(), measure: Type.String(), better: oneOf(['up', 'down']), areas: List(Area, 200), comparison: List(Area, 200), startsOn: Day, endsOn: Day,
  state: PilotState, measured: Nullable(Measured), result: Nullable(PilotResult), lesson: Type.String(), model: Nullable(Uuid), office: Type.String(), version: Type.Integer(), demonstration: Type.Boolean(),
});
export type Pilot = Static<typeof Pilot>;
/** Change in the area less change in the comparison; what would have happened anyway is taken off. */
export const PilotRow = shape({ pilot: Pilot, difference: Nullable(Type.Number()), replications: Type.Integer() });
export type PilotRow = Static<typeof PilotRow>;
/** A draft or directive that carries the model to others, and how far its tasks are. */
export const Replication = shape({ id: Uuid, at: Moment, provinces: List(ProvinceCode, 40), directiveProvince: ProvinceCode, directive: Uuid, tasks: Type.Integer(), done: Type.Integer() });
export type Replication = Static<typeof Replication>;
export const PilotView = shape({
  pilot: Pilot, difference: Nullable(Type.Number()), areas: List(NamedArea, 200), comparison: List(NamedArea, 200), replications: List(Replication, 100), moves: List(oneOf(['start', 'stop', 'conclude', 'replicate']), 4),
});
export type PilotView = Static<typeof PilotView>;

export const listPilots = contract({ method: 'GET', path: '/prevention/pilots', who: 'prevention.read', summary: 'Pilots with their result, newest first', impersonal: true, reply: shape({ rows: List(PilotRow, 500), mayAdd: List(ProvinceCode, 40) }), problems: {} });
export const addPilot = contract({
  method: 'POST', path: '/prevention/pilots', who: 'prevention.manage', summary: 'Register a pilot: hypothesis, measure, area and comparison, before it begins',
  body: shape({ province: ProvinceCode, titleVi: Line(200), titleEn: Line(200), hypothesis: Line(2000), measure: Line(500), better: oneOf(['up', 'down']), areas: Type.Array(Area, { minItems: 1, maxItems: 200 }), comparison: Type.Array(Area, { minItems: 1, maxItems: 200 }), startsOn: Day, endsOn: Day, model: Nullable(Uuid) }),
  reply: Pilot, problems: { 'prevention-not-yours': 403, 'prevention-days-wrong': 422, 'prevention-areas-overlap': 422, 'prevention-area-outside': 422, 'prevention-wording': 422, 'prevention-personal': 422, 'unit-unknown': 404 },
});
export const getPilot = contract({ method: 'GET', path: '/prevention/pilots/:province/:pilot', who: 'prevention.read', summary: 'One pilot with its areas, result, lesson and replications', params: PilotKey, impersonal: true, reply: PilotView, problems: {} });
export const movePilot = contract({
  method: 'POST', path: '/prevention/pilots/:province/:pilot/moves', who: 'prevention.manage', summary: 'Start or stop a pilot', params: PilotKey, body: shape({ move: oneOf(['start', 'stop']), version: Type.Integer() }), reply: PilotView,
  problems: { 'prevention-not-yours': 403, 'prevention-stale': 409, 'prevention-move-not-now': 409 },
});
export const concludePilot = contract({
  method: 'POST', path: '/prevention/pilots/:province/:pilot/conclusion', who: 'prevention.manage', summary: 'Conclude a pilot: the four figures, the result, the lesson', params: PilotKey,
  body: shape({ version: Type.Integer(), measured: Measured, result: PilotResult, lesson: Prose(4000) }), reply: PilotView,
  problems: { 'prevention-not-yours': 403, 'prevention-stale': 409, 'prevention-move-not-now': 409, 'prevention-too-early': 409, 'prevention-result-contradicts': 422, 'prevention-lesson-missing': 422, 'prevention-wording': 422, 'prevention-personal': 422 },
});
export const replicatePilot = contract({
  method: 'POST', path: '/prevention/pilots/:province/:pilot/replications', who: 'prevention.replicate', summary: 'Draft the directive that carries what worked to other provinces or communes', params: PilotKey,
  body: shape({ provinces: List(ProvinceCode, 34), communes: Type.Boolean({ description: 'true: their communes too' }), dueOn: Day }), reply: shape({ province: ProvinceCode, directive: Uuid }),
  problems: { 'prevention-not-yours': 403, 'prevention-not-supported': 409, 'prevention-nobody': 422, 'issuer-not-held': 403, 'prevention-due-passed': 422 },
});
export const listReplications = contract({ method: 'GET', path: '/prevention/replications', who: 'prevention.read', summary: 'Everything replicated, with the tasks of the receiving units', impersonal: true, query: someOf({ scope: ProvinceCode }), reply: shape({ rows: List(shape({ pilot: Uuid, pilotProvince: ProvinceCode, titleVi: Type.String(), titleEn: Type.String(), ...Replication.properties }), 500) }), problems: {} });
