/** Communication campaigns: what is said, through which channels, how many people it reached and what it cost. */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Day, Line, List, Nullable, oneOf, ProvinceCode, shape, someOf, Type, Uuid, type Static } from '#kernel/shape.ts';
import { Channel, channels, Count, DriveKey, Month } from './words.ts';

export const Drive = shape({
  province: ProvinceCode, id: Uuid, nameVi: Type.String(), nameEn: Type.String(), messageVi: Type.String(), messageEn: Type.String(), channels: List(Channel, channels.length), startsOn: Day, endsOn: Day, state: oneOf(['running', 'closed']),
  office: Type.String(), version: Type.Integer(), demonstration: Type.Boolean(),
});
export type Drive = Static<typeof Drive>;
const Told = { communes: Type.Integer(), activities: Type.Integer(), reached: Type.Integer(), costVnd: Type.Integer() };
export const DriveTotals = shape(Told);
export type DriveTotals = Static<typeof DriveTotals>;
export const DriveAreaRow = shape({ province: ProvinceCode, code: Type.String(), nameVi: Type.String(), allCommunes: Type.Integer(), ...Told });
export type DriveAreaRow = Static<typeof DriveAreaRow>;
export const ChannelRow = shape({ channel: Channel, activities: Type.Integer(), reached: Type.Integer(), costVnd: Type.Integer() });
export const DriveCount = shape({ month: Month, channel: Channel, activities: Type.Integer(), reached: Type.Integer(), costVnd: Type.Integer(), version: Type.Integer() });
export type DriveCount = Static<typeof DriveCount>;

export const listDrives = contract({ method: 'GET', path: '/prevention/drives', who: 'prevention.read', summary: 'Communication campaigns with their reach', impersonal: true, reply: shape({ rows: List(shape({ drive: Drive, totals: DriveTotals }), 500), mayAdd: List(ProvinceCode, 40) }), problems: {} });
export const addDrive = contract({
  method: 'POST', path: '/prevention/drives', who: 'prevention.manage', summary: 'Begin a communication campaign; its words are checked against the plain-language list',
  body: shape({ province: ProvinceCode, nameVi: Line(200), nameEn: Line(200), messageVi: Line(2000), messageEn: Line(2000), channels: Type.Array(Channel, { minItems: 1, maxItems: channels.length, uniqueItems: true }), startsOn: Day, endsOn: Day }),
  reply: Drive, problems: { 'prevention-not-yours': 403, 'prevention-days-wrong': 422, 'prevention-wording': 422, 'prevention-personal': 422 },
});
export const getDrive = contract({
  method: 'GET', path: '/prevention/drives/:province/:drive', who: 'prevention.read', summary: 'A communication campaign by channel and by province or commune', params: DriveKey, impersonal: true, query: someOf({ scope: ProvinceCode, commune: CommuneCode }),
  reply: shape({ drive: Drive, totals: DriveTotals, channels: List(ChannelRow, channels.length), by: oneOf(['province', 'commune']), rows: List(DriveAreaRow, 4000),
    own: Nullable(shape({ province: ProvinceCode, commune: CommuneCode, nameVi: Type.String(), counts: List(DriveCount, 400), mayRecord: Type.Boolean() })) }), problems: {},
});
export const recordDrive = contract({
  method: 'PUT', path: '/prevention/drives/:province/:drive/counts/:shard/:commune/:month/:channel', who: 'prevention.record', summary: 'What a commune did in a month through a channel: activities, people reached, cost',
  params: shape({ province: ProvinceCode, drive: Uuid, shard: ProvinceCode, commune: CommuneCode, month: Month, channel: Channel }),
  body: shape({ version: Type.Integer({ minimum: 0 }), activities: Count, reached: Count, costVnd: Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 }) }), reply: DriveCount,
  problems: { 'prevention-not-yours': 403, 'unit-unknown': 404, 'prevention-stale': 409, 'prevention-month-outside': 422, 'prevention-channel-not-in-campaign': 422, 'prevention-counts-disagree': 422 },
});
