/** Board, list, map, checks that come due: reads at commune precision. */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Day, List, Moment, Nullable, oneOf, ProvinceCode, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { PlaceRow } from './place.ts';
import { Kind, Setting, State } from './words.ts';

/** What narrows every view; nothing given is all the reader may see. */
const narrowing = {
  province: ProvinceCode, commune: CommuneCode, kind: Kind, setting: Setting,
  only: oneOf(['overdue', 'mine', 'check-this-week', 'open', 'recurred'], { description: 'overdue: a step past its day; mine: held by an office of mine; check-this-week: a check falls due within 7 days or is late; open: not yet removed' }),
};
export type Narrowing = { province?: string; commune?: string; kind?: Kind; setting?: Setting; only?: 'overdue' | 'mine' | 'check-this-week' | 'open' | 'recurred' };

/** The five columns of the board; `states` of each stand in rules/life.ts. */
export const boardColumns = ['received', 'verified', 'resolving', 'watch', 'recurred'] as const;
export const BoardColumn = oneOf(boardColumns);
export type BoardColumn = Static<typeof BoardColumn>;

/** Counts over the same narrowing but for `only`, for the chips above the board. */
export const Tallies = shape({ inLife: Type.Integer(), open: Type.Integer(), overdue: Type.Integer(), mine: Type.Integer(), checkThisWeek: Type.Integer(), recurred: Type.Integer(), closed: Type.Integer(), dismissed: Type.Integer() });
export type Tallies = Static<typeof Tallies>;
export const Board = shape({
  asOf: Day, version: Type.Integer({ description: 'rises with every change of what the reader sees' }), tallies: Tallies,
  columns: List(shape({ column: BoardColumn, total: Type.Integer(), overdue: Type.Integer(), cards: List(PlaceRow, 50) }), 5),
});
export type Board = Static<typeof Board>;
export const getBoard = contract({
  method: 'GET', path: '/hotspots/board', who: 'hotspots.read', impersonal: true, summary: 'Places in life by stage, the most urgent first, up to `cards` a column', query: someOf({ ...narrowing, cards: Type.Integer({ minimum: 1, maximum: 50 }) }), reply: Board, problems: {},
});

export const sorts = ['urgency', 'code', 'found', 'updated', 'commune'] as const;
export const PlacePage = shape({ asOf: Day, rows: List(PlaceRow, 200), total: Type.Integer(), page: Type.Integer(), pageSize: Type.Integer(), tallies: Tallies });
export type PlacePage = Static<typeof PlacePage>;
export const listPlaces = contract({
  method: 'GET', path: '/hotspots/places', who: 'hotspots.read', impersonal: true, summary: 'Places the reader may see, page by page', reply: PlacePage, problems: {},
  query: someOf({
    ...narrowing, state: State, column: BoardColumn, code: Type.String({ maxLength: 20, pattern: '^[ĐđDdNn0-9A-Za-z-]*$', description: 'a code or its end' }), sort: oneOf(sorts), page: Type.Integer({ minimum: 1, maximum: 10_000 }),
  }),
});
export const exportPlaces = contract({
  method: 'GET', path: '/hotspots/places.xlsx', who: 'hotspots.read', download: true, summary: 'The same list as a workbook, at commune precision', query: someOf({ ...narrowing, state: State }), reply: Type.Unknown(), problems: { 'too-many-places': 422 },
});

/** One area of the map. `left`: points of the law still on the list; the other two kinds stand beside, never added. */
export const MapArea = shape({
  province: ProvinceCode, commune: Nullable(CommuneCode), left: Type.Integer(), hotspots: Type.Integer(), riskPoints: Type.Integer(), overdue: Type.Integer(), watched: Type.Integer(), recurred: Type.Integer(), inLife: Type.Integer(),
});
export type MapArea = Static<typeof MapArea>;
export const PlaceMap = shape({ asOf: Day, version: Type.Integer(), level: oneOf(['province', 'commune']), areas: List(MapArea, 4000) });
export type PlaceMap = Static<typeof PlaceMap>;
export const getPlaceMap = contract({
  method: 'GET', path: '/hotspots/map', who: 'hotspots.read', impersonal: true, summary: 'Counts by province, or by commune (of one province, or of all with level=commune); areas without a place are left out',
  query: someOf({ province: ProvinceCode, kind: Kind, level: oneOf(['province', 'commune']) }), reply: PlaceMap, problems: {},
});

export const DueCheck = shape({ place: PlaceRow, mayCheck: Type.Boolean({ description: 'false: the reader resolved it' }) });
export type DueCheck = Static<typeof DueCheck>;
/** What a phone keeps before it goes where there is no network: the places whose checks are late or come due. */
export const listDueChecks = contract({
  method: 'GET', path: '/hotspots/due-checks', who: 'hotspots.work', impersonal: true, summary: 'Checks late or due within so many days, the latest first', query: someOf({ province: ProvinceCode, commune: CommuneCode, within: Type.Integer({ minimum: 0, maximum: 90 }) }),
  reply: shape({ asOf: Day, rows: List(DueCheck, 500), total: Type.Integer() }), problems: {},
});

/** `data:` of a server-sent event: places that changed, by unit. Ids are told only to those who may read them. */
export const PlaceChange = shape({ seq: Type.Integer(), at: Moment, provinces: List(ProvinceCode, 40), communes: List(CommuneCode, 500), places: List(Type.String(), 200) });
export type PlaceChange = Static<typeof PlaceChange>;
export const followPlaces = contract({
  method: 'GET', path: '/hotspots/changes', who: 'hotspots.read', summary: 'Server-sent events: which places changed, at most one message a second', reply: PlaceChange, problems: {}, stream: true, ownTransactions: true,
});

/** Payload of the event `hotspots.changed`: a place took a step. */
export type PlaceChanged = { readonly place: string; readonly commune: string; readonly kind: Kind; readonly state: State; readonly step: string; readonly cycle: number; readonly version: number };
