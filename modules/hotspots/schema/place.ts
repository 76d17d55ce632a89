/** One place: its page, its history, what may be done with it. */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Day, List, Moment, Nullable, oneOf, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import {
  Activity, Basis, CheckDay, CheckResult, DismissalReason, DocumentNumber, ExactPlace, Kind, Measure, Move, OfficeId, PhotographStage, PlaceCode, Purpose, RemovalReason, Setting, Source, State, Step, Substance,
} from './words.ts';

export const PlaceKey = shape({ province: ProvinceCode, place: Uuid });
export type PlaceKey = Static<typeof PlaceKey>;

/** One of the four checks of the present watch. `due`: its day; `state` late when the day has passed without it. */
export const CheckSlot = shape({
  day: CheckDay, dueOn: Day, state: oneOf(['done', 'late', 'open', 'coming'], { description: 'open: may be made now; coming: too early' }), checkedOn: Nullable(Day), result: Nullable(CheckResult),
});
export type CheckSlot = Static<typeof CheckSlot>;

/** What a card, a row and a page begin with. */
export const PlaceRow = shape({
  province: ProvinceCode, id: Uuid, code: PlaceCode, commune: CommuneCode, kind: Kind, setting: Setting, source: Source, basis: Basis, state: State, version: Type.Integer(),
  cycle: Type.Integer({ description: '1, and one more at each recurrence' }), foundOn: Day, since: Day, daysInState: Type.Integer(),
  dueOn: Nullable(Day), overdueDays: Type.Integer({ description: '0 when not overdue' }), nextCheck: Nullable(CheckDay), office: OfficeId,
  checks: List(CheckSlot, 4), recurrences: Type.Integer(), recurredOnDay: Nullable(Type.Integer({ description: 'of the last recurrence: days after removal' })), updatedAt: Moment,
});
export type PlaceRow = Static<typeof PlaceRow>;

/** One time through the life of a place: from found (or recurred) to removed and closed. */
export const Cycle = shape({
  cycle: Type.Integer(), openedOn: Day, verifiedOn: Nullable(Day), listedOn: Nullable(Day), startedOn: Nullable(Day), resolvedOn: Nullable(Day), removedOn: Nullable(Day), watchedOn: Nullable(Day),
  closedOn: Nullable(Day), recurredOn: Nullable(Day),
});
export type Cycle = Static<typeof Cycle>;

export const HistoryEntry = shape({
  seq: Type.Integer(), at: Moment, onDay: Day, step: Step, cycle: Type.Integer(), fromState: Nullable(State), toState: State, office: Nullable(OfficeId), officeName: Nullable(Type.String()),
  byYou: Type.Boolean({ description: 'the reader took this step' }), late: Type.Boolean(),
  measures: List(Measure, 10), documentNumber: Nullable(DocumentNumber), documentDate: Nullable(Day), reason: Nullable(DismissalReason), duplicateOf: Nullable(PlaceCode), checkDay: Nullable(CheckDay), checkResult: Nullable(CheckResult),
});
export type HistoryEntry = Static<typeof HistoryEntry>;

export const Photograph = shape({
  id: Uuid, cycle: Type.Integer(), stage: PhotographStage, takenOn: Day, width: Type.Integer(), height: Type.Integer(), bytes: Type.Integer(), contentType: oneOf(['image/jpeg', 'image/png', 'image/webp']), byYou: Type.Boolean(), at: Moment,
});
export type Photograph = Static<typeof Photograph>;

export const Seizure = shape({ substance: Substance, milligrams: Type.Integer({ minimum: 1, maximum: 100_000_000_000 }) });
/** Numbers of cases, suspects and seizures that a document states for this place: counts with its number, never who. */
export const LinkedCount = shape({
  id: Uuid, cycle: Type.Integer(), documentNumber: DocumentNumber, documentDate: Day, cases: Type.Integer(), suspects: Type.Integer(), seizures: List(Seizure, 8), withdrawn: Type.Boolean(), at: Moment,
});
export type LinkedCount = Static<typeof LinkedCount>;

/** A step the place may take next, and what stands in the reader's way ('' nothing): the code of the refusal they would get. */
export const NextStep = shape({ move: Move, refusal: Type.String({ description: "'' when the reader may do it now; else the code of the problem" }) });
export type NextStep = Static<typeof NextStep>;

export const PlaceView = shape({
  asOf: Day, place: PlaceRow, activities: List(Activity, 4), measures: List(Measure, 10), duplicateOf: Nullable(PlaceCode), dismissalReason: Nullable(DismissalReason),
  cycles: List(Cycle, 100), history: List(HistoryEntry, 2000), photographs: List(Photograph, 200), counts: List(LinkedCount, 200),
  next: List(NextStep, 10), checkRefusal: Nullable(Type.String({ description: "null: no check belongs here; '' the reader may check now; else the code of the problem" })),
  exactRecorded: Type.Boolean(), mayOpenExact: Type.Boolean(), mayAct: Type.Boolean({ description: 'photographs, counts, corrections' }),
});
export type PlaceView = Static<typeof PlaceView>;

export const getPlace = contract({
  method: 'GET', path: '/hotspots/places/:province/:place', who: 'hotspots.read', impersonal: true, summary: 'A place with its checks, history, photographs and linked counts; never its exact place',
  params: PlaceKey, reply: PlaceView, problems: {},
});

/** `id` is made by the device, so that a place recorded offline can be spoken of before it has arrived; sent again, it makes no second place. */
export const ReportPlace = shape({
  id: Type.Optional(Uuid), province: ProvinceCode, commune: CommuneCode, kind: Kind, setting: Setting, source: Source, basis: Basis, activities: Type.Array(Activity, { minItems: 1, maxItems: 4, uniqueItems: true }), foundOn: Day,
  exact: Type.Optional(ExactPlace),
});
export type ReportPlace = Static<typeof ReportPlace>;
export const reportPlace = contract({
  method: 'POST', path: '/hotspots/places', who: 'hotspots.report', summary: 'Record a place: commune, kind, setting, day; the exact place apart, if known', body: ReportPlace, reply: PlaceView,
  problems: { 'unit-not-on-day': 422, 'unit-began-later': 422, 'unit-unknown': 422, 'not-a-commune': 422, 'day-in-future': 422, 'day-too-old': 422, 'not-your-area': 403, 'place-id-taken': 409 },
});

/** `onDay` is when it was done (today unless said): never in the future, never before the step before it. Fields a step does not use are refused. */
export const MovePlace = shape({
  move: Move, version: Type.Integer(), onDay: Type.Optional(Day), measures: Type.Optional(Type.Array(Measure, { minItems: 1, maxItems: 10, uniqueItems: true })), documentNumber: Type.Optional(DocumentNumber), documentDate: Type.Optional(Day),
  reason: Type.Optional(DismissalReason), duplicateOf: Type.Optional(PlaceCode),
});
export type MovePlace = Static<typeof MovePlace>;
const stepProblems = { 'day-in-future': 422, 'day-before-step': 422, 'not-your-area': 403, 'place-changed': 409 } as const;
export const movePlace = contract({
  method: 'POST', path: '/hotspots/places/:province/:place/moves', who: 'hotspots.work', summary: 'Take the next step of the life of a place', params: PlaceKey, body: MovePlace, reply: PlaceView,
  problems: {
    ...stepProblems, 'step-not-now': 409, 'step-not-yours': 403, 'own-report': 403, 'own-resolution': 403, 'measures-missing': 422, 'document-missing': 422, 'document-in-future': 422, 'dismissal-reason-missing': 422, 'duplicate-unknown': 422,
    'field-not-of-step': 422, 'checks-missing': 409, 'signs-open': 409,
  },
});

/** No version: a check is added beside others, so one recorded offline is not lost to a colleague's step. */
export const RecordCheck = shape({ id: Type.Optional(Uuid), day: CheckDay, checkedOn: Day, result: CheckResult });
export type RecordCheck = Static<typeof RecordCheck>;
export const recordCheck = contract({
  method: 'POST', path: '/hotspots/places/:province/:place/checks', who: 'hotspots.work', summary: 'Record a check of a removed place, by another person than who resolved it', params: PlaceKey, body: RecordCheck, reply: PlaceView,
  problems: { 'day-in-future': 422, 'day-before-step': 422, 'not-your-area': 403, 'own-resolution': 403, 'not-watched': 409, 'check-too-early': 422, 'check-already-made': 409 },
});

export const correctPlace = contract({
  method: 'PATCH', path: '/hotspots/places/:province/:place', who: 'hotspots.work', summary: 'Correct what was recorded of a place; its history keeps the step', params: PlaceKey, reply: PlaceView,
  body: shape({ version: Type.Integer(), kind: Kind, setting: Setting, basis: Basis, activities: Type.Array(Activity, { minItems: 1, maxItems: 4, uniqueItems: true }) }),
  problems: { 'place-changed': 409, 'not-your-area': 403, 'place-ended': 409, 'kind-fixed': 409 },
});

export const setExactPlace = contract({
  method: 'PUT', path: '/hotspots/places/:province/:place/exact-place', who: 'hotspots.exact', summary: 'Record where exactly a place is', params: PlaceKey, body: ExactPlace, reply: PlaceView, problems: { 'not-your-area': 403 },
});
export const openExactPlace = contract({
  method: 'GET', path: '/hotspots/places/:province/:place/exact-place', who: 'hotspots.exact', recordsRead: true, summary: 'Open the exact place for a stated purpose; the opening is written to the log',
  params: PlaceKey, query: shape({ purpose: Purpose }), reply: shape({ exact: Nullable(ExactPlace), recordedOn: Nullable(Day) }), problems: { 'not-your-area': 403 },
});

/** `noPerson`: who sends it states that no person, face or number plate is to be seen. Place, time, device and all other metadata are cut off before it is kept. */
export const addPhotograph = contract({
  method: 'POST', path: '/hotspots/places/:province/:place/photographs', who: 'hotspots.work', summary: 'Add a photograph (JPEG, PNG, WebP up to 8 MB); everything but the image itself is dropped', params: PlaceKey,
  query: shape({ stage: PhotographStage, takenOn: Day, noPerson: Type.Literal('yes') }), upload: { maxBytes: 8 * 1_048_576 }, reply: PlaceView,
  problems: { 'day-in-future': 422, 'not-your-area': 403, 'photograph-kind': 422, 'photograph-broken': 422, 'photograph-too-many': 422, 'photograph-already': 409 },
});
const PhotographKey = shape({ province: ProvinceCode, place: Uuid, photograph: Uuid });
export const openPhotograph = contract({
  method: 'GET', path: '/hotspots/places/:province/:place/photographs/:photograph', who: 'hotspots.exact', recordsRead: true, download: true, summary: 'Open a photograph for a stated purpose; the opening is written to the log',
  params: PhotographKey, query: shape({ purpose: Purpose }), reply: Type.Unknown(), problems: { 'not-your-area': 403 },
});
export const removePhotograph = contract({
  method: 'POST', path: '/hotspots/places/:province/:place/photographs/:photograph/removal', who: 'hotspots.work', summary: 'Remove a photograph and its bytes, as when a person is to be seen on it', params: PhotographKey, body: shape({ reason: RemovalReason }), reply: PlaceView,
  problems: { 'not-your-area': 403 },
});

export const linkCount = contract({
  method: 'POST', path: '/hotspots/places/:province/:place/counts', who: 'hotspots.work', summary: 'Link numbers of cases, suspects and seizures stated by a document to a resolved place', params: PlaceKey,
  body: shape({ documentNumber: DocumentNumber, documentDate: Day, cases: Type.Integer({ minimum: 0, maximum: 10_000 }), suspects: Type.Integer({ minimum: 0, maximum: 100_000 }), seizures: List(Seizure, 8) }), reply: PlaceView,
  problems: { 'not-your-area': 403, 'not-resolved': 409, 'document-in-future': 422, 'count-already': 409, 'count-empty': 422, 'substance-twice': 422 },
});
export const withdrawCount = contract({
  method: 'POST', path: '/hotspots/places/:province/:place/counts/:count/withdrawal', who: 'hotspots.work', summary: 'Withdraw linked numbers; they stay in the history', params: shape({ province: ProvinceCode, place: Uuid, count: Uuid }), body: shape({}), reply: PlaceView,
  problems: { 'not-your-area': 403 },
});
