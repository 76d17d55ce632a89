/** What the audit says to browsers and to other modules. Browser-safe. */
import { contract } from '#kernel/contract.ts';
import { entryKinds } from '#kernel/entry.ts';
import { List, Moment, Nullable, oneOf, ProvinceCode, shape, Type, Uuid, type Static } from '#kernel/shape.ts';

const Code = Type.String({ minLength: 1, maxLength: 160, pattern: '^[A-Za-z0-9ĐđƯưƠơ_.,:;@#+=/-]+$' });
const HexHash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 as hexadecimal' });
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' });
const Count = Type.Integer({ minimum: 0 });
const Note = Type.String({ description: 'a checkpoint as a C2SP signed note' });
/** A whole number as it stands in a query. */
const Digits = Type.String({ pattern: '^[0-9]{1,15}$' });

export const Entry = shape({
  log: ProvinceCode, id: Uuid, at: Moment, kind: oneOf(entryKinds), action: Type.String(), actor: Nullable(Type.String()), role: Nullable(Type.String()),
  unit: Nullable(Type.String()), targetType: Type.String(), target: Type.String(), before: Nullable(Type.String()), after: Nullable(Type.String()),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
});
export const PlacedEntry = shape({ entry: Entry, hash: HexHash, position: Nullable(Count) });
export type PlacedEntry = Static<typeof PlacedEntry>;

/** Where an entry stands in a signed tree: the path of hashes (base64) from its leaf to the root the note signs. */
export const Inclusion = shape({ index: Count, size: Count, path: List(Base64, 64), note: Note });
export type Inclusion = Static<typeof Inclusion>;

export const CheckpointView = shape({ log: ProvinceCode, number: Count, size: Count, root: Base64, note: Note, signedAt: Moment });
export type CheckpointView = Static<typeof CheckpointView>;
export const PublishedKeys = shape({ log: Type.String(), witness: Type.String() });

const Filter = {
  log: Type.Optional(ProvinceCode), from: Type.Optional(Moment), until: Type.Optional(Moment), kind: Type.Optional(oneOf(entryKinds)), action: Type.Optional(Code),
  unit: Type.Optional(Code), role: Type.Optional(Code), actor: Type.Optional(Code), targetType: Type.Optional(Code), target: Type.Optional(Code),
};
const Page = { before: Type.Optional(Type.String({ pattern: '^[0-9TZ:.-]{20,30}_[0-9a-f-]{36}$', description: 'last entry of the page before' })), limit: Type.Optional(Digits) };
export const TimelineFilter = shape(Filter);
export type TimelineFilter = Static<typeof TimelineFilter>;
export const Timeline = shape({ entries: List(PlacedEntry, 200), next: Nullable(Type.String()) });

export const listEntries = contract({
  method: 'GET', path: '/audit/entries', who: 'audit.read', summary: 'The timeline: what was changed and what protected things were read, newest first',
  query: shape({ ...Filter, ...Page }), reply: Timeline, problems: {}, recordsRead: true,
});
export const listMyEntries = contract({
  method: 'GET', path: '/audit/my-entries', who: 'signed-in', summary: 'What the log holds of my own account',
  query: shape(Page), reply: Timeline, problems: {},
});
const InLog = shape({ log: ProvinceCode });
export const readEntry = contract({
  method: 'GET', path: '/audit/logs/:log/entries/:id', who: 'audit.read', summary: 'One entry with the proof that it is in the signed tree',
  params: shape({ log: ProvinceCode, id: Uuid }), reply: shape({ placed: PlacedEntry, inclusion: Nullable(Inclusion) }), problems: { 'not-found': 404 },
});
export const proveLeaf = contract({
  method: 'GET', path: '/audit/logs/:log/leaves/:hash', who: 'signed-in', summary: 'The proof that the entry promised in a reply (x-sauro-leaf) is in the tree; shows no content',
  params: shape({ log: ProvinceCode, hash: HexHash }), reply: shape({ placed: Type.Boolean(), inclusion: Nullable(Inclusion) }), problems: { 'not-found': 404 },
});
export const listCheckpoints = contract({
  method: 'GET', path: '/audit/logs/:log/checkpoints', who: 'signed-in', summary: 'Signed checkpoints of a log, newest first', params: InLog,
  query: shape({ before: Type.Optional(Digits) }), reply: shape({ keys: PublishedKeys, checkpoints: List(CheckpointView, 100) }), problems: {},
});
export const readConsistency = contract({
  method: 'GET', path: '/audit/logs/:log/consistency', who: 'signed-in', summary: 'The proof that a later tree continues an earlier one', params: InLog,
  query: shape({ from: Digits, to: Digits }), reply: shape({ path: List(Base64, 128) }), problems: { 'not-found': 404, 'tree-not-continued': 409 },
});
export const readTile = contract({
  method: 'GET', path: '/audit/logs/:log/tile/:level/:index', who: 'signed-in', summary: 'A tile of up to 256 hashes of the tree (C2SP tlog-tiles), as bytes',
  params: shape({ log: ProvinceCode, level: Digits, index: Digits }), reply: Type.Unknown(), problems: { 'not-found': 404 }, download: true,
});
export const Alarm = shape({
  log: ProvinceCode, at: Moment, code: oneOf(['leaf-late', 'leaf-missing', 'leaf-altered', 'witness-refused'] as const),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export const LogState = shape({ log: ProvinceCode, size: Count, signed: Count });
export const readState = contract({
  method: 'GET', path: '/audit/state', who: 'audit.read', summary: 'The logs, their sizes, the latest checkpoint of the nation and the alarms',
  reply: shape({ keys: PublishedKeys, logs: List(LogState, 100), latest: Nullable(CheckpointView), alarms: List(Alarm, 100) }), problems: {},
});
export const exportEntries = contract({
  method: 'GET', path: '/audit/logs/:log/export', who: 'audit.read', summary: 'One log whole, as lines of JSON that `sauro audit verify` checks offline', params: InLog,
  reply: Type.Unknown(), problems: { 'not-found': 404, 'export-too-large': 413 }, download: true, recordsRead: true,
});
