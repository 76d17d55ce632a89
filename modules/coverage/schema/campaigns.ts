/** Campaigns of the general review and how far each has come, by province and commune. */
import { contract } from '#kernel/contract.ts';
import { Day, Line, List, Nullable, oneOf, ProvinceCode, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { CampaignKey, CampaignState, CountSums, PlaceKind, placeKinds } from './words.ts';

export const Campaign = shape({
  province: ProvinceCode, id: Uuid, nameVi: Type.String(), nameEn: Type.String(), basis: Type.String({ description: 'number of the plan it carries out' }), startsOn: Day, endsOn: Day,
  reviewDays: List(Day, 40), kinds: List(PlaceKind, placeKinds.length), state: CampaignState, issuerOffice: Type.String(), succeeds: Nullable(Uuid), version: Type.Integer(), demonstration: Type.Boolean(),
});
export type Campaign = Static<typeof Campaign>;

/** Places and counts of one area. `size`: homes or establishments the places hold; `late`: planned for a day that has passed, not reached. */
const Progress = {
  places: Type.Integer(), notApplicable: Type.Integer(), reached: Type.Integer(), planned: Type.Integer(), late: Type.Integer(), size: Type.Integer(), sizeReached: Type.Integer(), visits: Type.Integer(),
};
export const Totals = shape(Progress);
export type Totals = Static<typeof Totals>;
export const CampaignRow = shape({ campaign: Campaign, totals: Totals });
export type CampaignRow = Static<typeof CampaignRow>;

export const KindRow = shape({ kind: PlaceKind, ...Progress });
export type KindRow = Static<typeof KindRow>;
/** A province or a commune. `communes`, `divided`: communes there are, and those that have been divided into places. */
export const AreaRow = shape({ province: ProvinceCode, code: Type.String(), nameVi: Type.String(), communes: Type.Integer(), divided: Type.Integer(), ...Progress, lastOn: Nullable(Day) });
export type AreaRow = Static<typeof AreaRow>;
export const ReviewRow = shape({ day: Day, reached: Type.Integer(), places: Type.Integer() });

export const CampaignView = shape({
  asOf: Day, campaign: Campaign, totals: Totals, kinds: List(KindRow, placeKinds.length), reviews: List(ReviewRow, 40), by: oneOf(['province', 'commune']), rows: List(AreaRow, 4000),
  offered: CountSums,
  /** Referrals accepted, of whole provinces or the nation; null where a count is 1 to 4 or the area is one commune: it would point to somebody (SECURITY section 5). */
  accepted: List(Nullable(Type.Integer()), 10),
  mayClose: Type.Boolean(),
});
export type CampaignView = Static<typeof CampaignView>;

export const listCampaigns = contract({
  method: 'GET', path: '/coverage/campaigns', who: 'coverage.read', summary: "Campaigns of the general review with their totals in the reader's places, newest first", impersonal: true,
  reply: shape({ asOf: Day, rows: List(CampaignRow, 500), mayOpen: List(ProvinceCode, 40) }), problems: {},
});
export const openCampaign = contract({
  method: 'POST', path: '/coverage/campaigns', who: 'coverage.plan', summary: 'Open a campaign for the nation or a province',
  body: shape({
    province: ProvinceCode, nameVi: Line(200), nameEn: Line(200), basis: Line(120), startsOn: Day, endsOn: Day, reviewDays: List(Day, 40), kinds: Type.Array(PlaceKind, { minItems: 1, maxItems: placeKinds.length, uniqueItems: true }),
    succeeds: Nullable(Uuid),
  }),
  reply: Campaign, problems: { 'coverage-days-wrong': 422, 'coverage-review-outside': 422, 'coverage-personal': 422, 'coverage-not-yours': 403, 'coverage-no-predecessor': 404 },
});
export const closeCampaign = contract({
  method: 'POST', path: '/coverage/campaigns/:province/:campaign/closing', who: 'coverage.plan', summary: 'Close a campaign: nothing is recorded in it any more', params: CampaignKey,
  body: shape({ version: Type.Integer() }), reply: Campaign, problems: { 'coverage-closed': 409, 'coverage-stale': 409, 'coverage-not-yours': 403 },
});
export const getCampaign = contract({
  method: 'GET', path: '/coverage/campaigns/:province/:campaign', who: 'coverage.read', summary: 'How far a campaign has come: by kind, by review day and by province or commune, gaps first', params: CampaignKey, impersonal: true,
  query: someOf({ scope: ProvinceCode, by: oneOf(['province', 'commune']) }), reply: CampaignView, problems: {},
});
/** Coverage of one unit in the campaign that runs there, for its page. */
export const getUnitCoverage = contract({
  method: 'GET', path: '/coverage/units/:shard/:code', who: 'coverage.read', summary: 'The latest campaign in a province or commune, in figures', params: shape({ shard: ProvinceCode, code: Type.String({ maxLength: 20 }) }), impersonal: true,
  reply: shape({ asOf: Day, latest: Nullable(shape({ campaign: Campaign, totals: Totals })) }), problems: {},
});
