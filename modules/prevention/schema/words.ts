/** Words of prevention: where a model is held, what a campaign speaks through, how a pilot ends. */
import { CommuneCode, oneOf, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';

export const settings = ['school', 'residential', 'workplace'] as const;
export const Setting = oneOf(settings);
export type Setting = Static<typeof Setting>;
export const Month = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$' });
/** '2025-2026': September to August. */
export const SchoolYear = Type.String({ pattern: '^20[0-9]{2}-20[0-9]{2}$' });
export const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
export const channels = ['meeting', 'loudspeaker', 'broadcast', 'online', 'print', 'door-sign'] as const;
export const Channel = oneOf(channels);
export type Channel = Static<typeof Channel>;
export const PilotState = oneOf(['planned', 'running', 'concluded', 'stopped']);
export type PilotState = Static<typeof PilotState>;
export const PilotResult = oneOf(['supported', 'not-supported', 'unclear']);
export type PilotResult = Static<typeof PilotResult>;
/** A commune, with the province it lies in. */
export const Area = shape({ province: ProvinceCode, commune: CommuneCode });
export type Area = Static<typeof Area>;
export const NamedArea = shape({ ...Area.properties, nameVi: Type.String() });
export const ModelKey = shape({ province: ProvinceCode, model: Uuid });
export const PilotKey = shape({ province: ProvinceCode, pilot: Uuid });
export const DriveKey = shape({ province: ProvinceCode, drive: Uuid });
