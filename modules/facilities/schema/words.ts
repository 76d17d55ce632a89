/** Words of the register of rehabilitation facilities. Counts and places only: no field of this module can hold a person (SECURITY E1, E3). */
import { CommuneCode, Line, Nullable, oneOf, ProvinceCode, shape, Type, type Static } from '#kernel/shape.ts';

export const ownerships = ['public', 'private'] as const;
export const Ownership = oneOf(ownerships);
export type Ownership = (typeof ownerships)[number];
/** Land each place needs by norm: 80 m² in town, 100 m² in the countryside, 120 m² in the mountains. */
export const terrains = ['urban', 'rural', 'mountain'] as const;
export const Terrain = oneOf(terrains);
export type Terrain = (typeof terrains)[number];
export const regimes = ['voluntary', 'compulsory'] as const;
export type Regime = (typeof regimes)[number];

export const FacilityCode = Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{1,19}$', description: 'code of a facility within its province' });
export const FacilityKey = shape({ province: ProvinceCode, facility: FacilityCode });
export type FacilityKey = Static<typeof FacilityKey>;
/** Up to a hundred thousand: more than any facility holds, far below what a sum can lose. */
export const Count = Type.Integer({ minimum: 0, maximum: 100_000 });
export const Office = Type.String({ minLength: 1, maxLength: 60, pattern: '^[A-Za-z0-9ĐđƯưƠơ:._-]+$' });
export const CommuneOrNone = Nullable(CommuneCode);
export const Reason = Line(300);

/** Each with its status; the words are `problem.<code>`. */
export const commonProblems = { 'not-found': 404, 'facility-personal': 422, 'revision-stale': 409 } as const;
