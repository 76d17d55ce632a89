/** Words and limits of the general review: what a commune is divided into, what is offered there, what a visit found of the place. */
import { oneOf, shape, Type, Uuid, ProvinceCode, CommuneCode, type Static } from '#kernel/shape.ts';

/** Groups of homes, and establishments by type. Establishments are counted in clusters of one type, never listed by owner (SECURITY E1). */
export const placeKinds = ['residential-group', 'boarding-house', 'industrial-park', 'conditional-business', 'public-place'] as const;
export const PlaceKind = oneOf(placeKinds);
export type PlaceKind = Static<typeof PlaceKind>;

/** What may be offered on a visit; counts stand in this order. Append only. */
export const services = ['information', 'counselling', 'treatment', 'support'] as const;
export type Service = (typeof services)[number];
export const Counts = Type.Array(Type.Integer({ minimum: 0, maximum: 100_000 }), { minItems: services.length, maxItems: services.length, description: 'one count a service, in the order of `services`' });

/** Sums of such counts over an area. */
export const CountSums = Type.Array(Type.Integer(), { minItems: services.length, maxItems: services.length });

/** `due`: not reached yet. `not-applicable`: nothing of the kind stands there any more. */
export const PlaceState = oneOf(['due', 'reached', 'not-applicable']);
export type PlaceState = Static<typeof PlaceState>;
/** `closed`: somebody came and found it shut, so it stays due. */
export const Outcome = oneOf(['reached', 'closed', 'not-applicable']);
export type Outcome = Static<typeof Outcome>;
export const WithdrawReason = oneOf(['wrong-place', 'wrong-count', 'twice']);

export const CampaignState = oneOf(['running', 'closed']);
export const CampaignKey = shape({ province: ProvinceCode, campaign: Uuid });
export const DivisionKey = shape({ province: ProvinceCode, campaign: Uuid, shard: ProvinceCode, commune: CommuneCode });
export const PlaceKey = shape({ shard: ProvinceCode, place: Uuid });
export const VisitKey = shape({ shard: ProvinceCode, place: Uuid, visit: Uuid });
