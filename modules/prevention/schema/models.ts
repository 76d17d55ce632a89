/** Models of prevention, what of them was delivered (fidelity) and whom they reached: counts of activities, never of one pupil (SECURITY E15). */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Line, List, Nullable, oneOf, Prose, ProvinceCode, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Count, ModelKey, Month, SchoolYear, Setting } from './words.ts';

const Component = shape({ vi: Line(200), en: Line(200) });
/** `components` are what makes the model what it is; `months` when it is held in a school year; append components only, activities name them by place. */
export const Model = shape({
  province: ProvinceCode, id: Uuid, setting: Setting, nameVi: Type.String(), nameEn: Type.String(), purposeVi: Type.String(), purposeEn: Type.String(), components: List(shape({ vi: Type.String(), en: Type.String() }), 12),
  months: List(Type.Integer(), 12), state: oneOf(['in-use', 'retired']), office: Type.String(), version: Type.Integer(), demonstration: Type.Boolean(),
});
export type Model = Static<typeof Model>;

/** `fidelity`: share of the components delivered, weighted by sessions; null without a session. `sitesBase`: schools, groups or workplaces there are. */
export const Reach = shape({ communes: Type.Integer(), sessions: Type.Integer(), reached: Type.Integer(), sites: Type.Integer(), sitesBase: Type.Integer(), fidelity: Nullable(Type.Number()) });
export type Reach = Static<typeof Reach>;
export const ModelRow = shape({ model: Model, reach: Reach });
export const ReachRow = shape({ province: ProvinceCode, code: Type.String(), nameVi: Type.String(), ...Reach.properties });
export type ReachRow = Static<typeof ReachRow>;
/** One month of the school-year calendar: what is planned to be held, and in how many communes it was. */
export const CalendarCell = shape({ model: Uuid, month: Month, due: Type.Boolean(), communes: Type.Integer(), sessions: Type.Integer(), reached: Type.Integer() });
export const SchoolDate = shape({ on: Type.String(), kind: oneOf(['opens', 'first-term-ends', 'year-ends', 'action-month', 'action-day']), basis: Type.String(), certainty: oneOf(['S', 'U']) });
export type SchoolDate = Static<typeof SchoolDate>;
export const Activity = shape({ month: Month, sites: Type.Integer(), sessions: Type.Integer(), reached: Type.Integer(), components: List(Type.Integer(), 12), office: Type.String(), version: Type.Integer() });
export type Activity = Static<typeof Activity>;

export const listModels = contract({
  method: 'GET', path: '/prevention/models', who: 'prevention.read', summary: 'The catalogue of models with reach and fidelity of a school year', impersonal: true, query: someOf({ year: SchoolYear, scope: ProvinceCode }),
  reply: shape({ year: SchoolYear, years: List(SchoolYear, 20), rows: List(ModelRow, 500), mayAdd: List(ProvinceCode, 40) }), problems: { 'prevention-year-unknown': 422 },
});
export const addModel = contract({
  method: 'POST', path: '/prevention/models', who: 'prevention.manage', summary: 'Put a model into the catalogue of the nation or a province',
  body: shape({ province: ProvinceCode, setting: Setting, nameVi: Line(200), nameEn: Line(200), purposeVi: Prose(2000), purposeEn: Prose(2000), components: Type.Array(Component, { minItems: 1, maxItems: 12 }), months: Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), { maxItems: 12, uniqueItems: true }) }),
  reply: Model, problems: { 'prevention-not-yours': 403, 'prevention-wording': 422, 'prevention-personal': 422 },
});
export const retireModel = contract({
  method: 'POST', path: '/prevention/models/:province/:model/retirement', who: 'prevention.manage', summary: 'Retire a model; what was done under it stays', params: ModelKey, body: shape({ version: Type.Integer() }), reply: Model,
  problems: { 'prevention-not-yours': 403, 'prevention-stale': 409, 'prevention-retired': 409 },
});
export const getModel = contract({
  method: 'GET', path: '/prevention/models/:province/:model', who: 'prevention.read', summary: 'One model by province or commune of a school year, and what a commune recorded of it', params: ModelKey, impersonal: true,
  query: someOf({ year: SchoolYear, scope: ProvinceCode, commune: CommuneCode }),
  reply: shape({
    year: SchoolYear, years: List(SchoolYear, 20), model: Model, reach: Reach, by: oneOf(['province', 'commune']), rows: List(ReachRow, 4000), mayRetire: Type.Boolean(),
    own: Nullable(shape({ province: ProvinceCode, commune: CommuneCode, nameVi: Type.String(), base: Nullable(shape({ sites: Type.Integer(), people: Type.Integer(), version: Type.Integer() })), activities: List(Activity, 12), months: List(Month, 12), mayRecord: Type.Boolean() })),
  }),
  problems: { 'prevention-year-unknown': 422 },
});
export const getSchoolCalendar = contract({
  method: 'GET', path: '/prevention/school-calendar', who: 'prevention.read', summary: 'The calendar of a school year: its dates, and month by month what is due and what was held', impersonal: true, query: someOf({ year: SchoolYear, scope: ProvinceCode }),
  reply: shape({ year: SchoolYear, years: List(SchoolYear, 20), months: List(Month, 12), dates: List(SchoolDate, 20), models: List(Model, 500), cells: List(CalendarCell, 6000) }), problems: { 'prevention-year-unknown': 422 },
});

const ActivityKey = shape({ province: ProvinceCode, model: Uuid, shard: ProvinceCode, commune: CommuneCode, month: Month });
const recording = { 'prevention-not-yours': 403, 'unit-unknown': 404, 'prevention-stale': 409 } as const;
/** E15: a month of a model in a commune is four numbers and which components were delivered. Nothing about a pupil, a class or a test. */
export const recordActivity = contract({
  method: 'PUT', path: '/prevention/models/:province/:model/activities/:shard/:commune/:month', who: 'prevention.record', summary: 'Record what was held of a model in a month: counts only', params: ActivityKey,
  body: shape({ version: Type.Integer({ minimum: 0, description: '0 for the first time' }), sites: Count, sessions: Count, reached: Count, components: Type.Array(Type.Integer({ minimum: 0, maximum: 11 }), { maxItems: 12, uniqueItems: true }) }),
  reply: Activity, problems: { ...recording, 'prevention-month-outside': 422, 'prevention-more-than-base': 422, 'prevention-component-unknown': 422, 'prevention-counts-disagree': 422, 'prevention-retired': 409 },
});
export const recordBase = contract({
  method: 'PUT', path: '/prevention/bases/:shard/:commune/:year/:setting', who: 'prevention.record', summary: 'How many schools, residential groups or workplaces a commune has in a school year, and how many people there', params: shape({ shard: ProvinceCode, commune: CommuneCode, year: SchoolYear, setting: Setting }),
  body: shape({ version: Type.Integer({ minimum: 0 }), sites: Count, people: Count }), reply: shape({ sites: Type.Integer(), people: Type.Integer(), version: Type.Integer() }), problems: { ...recording, 'prevention-year-unknown': 422 },
});
