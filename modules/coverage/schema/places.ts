/** How a commune is divided, and the record that a place was reached: places, days, offices and counts, nothing else (SECURITY E1, E3, E7). */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Day, List, Moment, Nothing, Nullable, oneOf, Prose, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Campaign, Totals } from './campaigns.ts';
import { Counts, CountSums, DivisionKey, Outcome, PlaceKey, PlaceKind, PlaceState, VisitKey, WithdrawReason } from './words.ts';

const OfficeId = Type.String({ maxLength: 60 });
const Size = Type.Integer({ minimum: 0, maximum: 20_000, description: 'homes of a residential group, or establishments of a cluster' });
export const Place = shape({
  shard: ProvinceCode, id: Uuid, campaign: Uuid, commune: CommuneCode, kind: PlaceKind, number: Type.Integer(), name: Type.String({ description: "name of a residential group; '' for establishments" }), size: Size, sizeReached: Type.Integer(),
  plannedOn: Nullable(Day), plannedOffice: Nullable(OfficeId), plannedOfficeName: Nullable(Type.String()), state: PlaceState, reachedOn: Nullable(Day), lastOn: Nullable(Day), visits: Type.Integer(), version: Type.Integer(),
});
export type Place = Static<typeof Place>;
export const OfficeChoice = shape({ id: OfficeId, nameVi: Type.String(), nameEn: Type.String() });
export const DivisionView = shape({
  asOf: Day, campaign: Campaign, commune: CommuneCode, nameVi: Type.String(), shard: ProvinceCode, totals: Totals, places: List(Place, 2000),
  /** Shown to the commune itself; null to readers above it, who get the totals of a province. */
  offered: Nullable(CountSums), accepted: Nullable(CountSums), offices: List(OfficeChoice, 60), mayDivide: Type.Boolean(), mayRecord: Type.Boolean(), predecessor: Nullable(shape({ id: Uuid, places: Type.Integer() })),
});
export type DivisionView = Static<typeof DivisionView>;

export const Visit = shape({
  id: Uuid, visitedOn: Day, outcome: Outcome, sizeReached: Type.Integer(), offered: Nullable(Counts), accepted: Nullable(Counts), office: OfficeId, officeName: Type.String(), post: Type.String(), recordedAt: Moment,
  withdrawn: Nullable(WithdrawReason),
});
export type Visit = Static<typeof Visit>;

const writing = { 'coverage-closed': 409, 'coverage-not-yours': 403, 'unit-unknown': 404 } as const;
export const getDivision = contract({
  method: 'GET', path: '/coverage/campaigns/:province/:campaign/communes/:shard/:commune', who: 'coverage.read', summary: 'The places of a commune in a campaign, those not reached first', params: DivisionKey, impersonal: true,
  reply: DivisionView, problems: { 'unit-unknown': 404 },
});
const Plan = { size: Size, plannedOn: Nullable(Day), plannedOffice: Nullable(OfficeId) };
export const addPlaces = contract({
  method: 'POST', path: '/coverage/campaigns/:province/:campaign/communes/:shard/:commune/places', who: 'coverage.divide', summary: 'Add places to the division of a commune', params: DivisionKey,
  body: shape({ places: Type.Array(shape({ kind: PlaceKind, name: Prose(80), ...Plan }), { minItems: 1, maxItems: 300 }) }), reply: shape({ added: List(Uuid, 300) }),
  problems: { ...writing, 'coverage-personal': 422, 'coverage-name-needed': 422, 'coverage-name-not-taken': 422, 'coverage-name-twice': 409, 'coverage-kind-not-in-campaign': 422, 'coverage-plan-outside': 422, 'coverage-office-unknown': 422, 'coverage-too-many': 409 },
});
export const takeOverDivision = contract({
  method: 'POST', path: '/coverage/campaigns/:province/:campaign/communes/:shard/:commune/division', who: 'coverage.divide', summary: 'Take over how the commune was divided in the campaign before', params: DivisionKey, body: Nothing,
  reply: shape({ added: Type.Integer() }), problems: { ...writing, 'coverage-no-predecessor': 404, 'coverage-divided-already': 409 },
});
export const planPlace = contract({
  method: 'PUT', path: '/coverage/places/:shard/:place', who: 'coverage.divide', summary: 'Change the size of a place, when it is to be reached and by which office', params: PlaceKey,
  body: shape({ version: Type.Integer(), ...Plan }), reply: Place, problems: { ...writing, 'coverage-stale': 409, 'coverage-plan-outside': 422, 'coverage-office-unknown': 422, 'coverage-size-below-reached': 422 },
});
export const removePlace = contract({
  method: 'DELETE', path: '/coverage/places/:shard/:place', who: 'coverage.divide', summary: 'Take a place that nobody has visited out of the division', params: PlaceKey, reply: Nothing, problems: { ...writing, 'coverage-visited': 409 },
});
export const recordVisit = contract({
  method: 'POST', path: '/coverage/places/:shard/:place/visits', who: 'coverage.record', summary: 'Record that a place was reached: day, office, counts', params: PlaceKey,
  body: shape({ visitedOn: Day, outcome: Outcome, sizeReached: Size, offered: Counts, accepted: Counts }), reply: Place,
  problems: { ...writing, 'coverage-visit-in-future': 422, 'coverage-visit-outside': 422, 'coverage-more-than-size': 422, 'coverage-more-than-offered': 422, 'coverage-counts-without-reach': 422 },
});
export const listVisits = contract({
  method: 'GET', path: '/coverage/places/:shard/:place/visits', who: 'coverage.read', summary: 'The visits of a place, newest first', params: PlaceKey, impersonal: true, reply: shape({ place: Place, visits: List(Visit, 500) }), problems: {},
});
export const withdrawVisit = contract({
  method: 'POST', path: '/coverage/places/:shard/:place/visits/:visit/withdrawal', who: 'coverage.record', summary: 'Withdraw a visit recorded by mistake; it stays in the history', params: VisitKey,
  body: shape({ reason: oneOf(['wrong-place', 'wrong-count', 'twice']) }), reply: Place, problems: { ...writing, 'coverage-withdrawn-already': 409 },
});
