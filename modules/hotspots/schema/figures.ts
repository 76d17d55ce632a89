/** Figures of the register, and the counts the public may see. */
import { contract } from '#kernel/contract.ts';
import { CommuneCode, Day, List, Nullable, ProvinceCode, shape, someOf, Type, type Static } from '#kernel/shape.ts';
import { Kind, State } from './words.ts';

/** Share in hundredths of a percent with what it is made of; null when there is nothing to divide by. */
export const Share = shape({ numerator: Type.Integer(), denominator: Type.Integer(), percentHundredths: Nullable(Type.Integer()) });
export type Share = Static<typeof Share>;

/** A step of the survival curve: on `day` after removal, `recurred` of `atRisk` recurred; `survival` in millionths stay clean past it, with the 95 % interval (Greenwood, log-log). */
export const SurvivalStep = shape({ day: Type.Integer(), atRisk: Type.Integer(), recurred: Type.Integer(), censored: Type.Integer(), survival: Type.Integer(), lower: Type.Integer(), upper: Type.Integer() });
export type SurvivalStep = Static<typeof SurvivalStep>;
/** `marks`: the curve read at 30, 60, 90, 180, 365 days. A removed place still watched counts as long as it has been seen. */
export const Survival = shape({
  removals: Type.Integer({ description: 'times a place was removed from the list' }), recurrences: Type.Integer(), steps: List(SurvivalStep, 3000),
  marks: List(shape({ day: Type.Integer(), survival: Nullable(Type.Integer()), lower: Nullable(Type.Integer()), upper: Nullable(Type.Integer()), atRisk: Type.Integer() }), 6),
});
export type Survival = Static<typeof Survival>;

export const TimeInState = shape({ state: State, ended: Type.Integer({ description: 'stays that have ended' }), medianDays: Nullable(Type.Integer()), quarterDays: Nullable(Type.Integer()), threeQuarterDays: Nullable(Type.Integer()), running: Type.Integer(), runningOverdue: Type.Integer() });
export type TimeInState = Static<typeof TimeInState>;

export const MonthOfPlaces = shape({ period: Type.String({ description: "month of the programme's year, 2026-03" }), listed: Type.Integer(), removed: Type.Integer(), recurred: Type.Integer(), left: Type.Integer() });
export const PlaceFigures = shape({
  asOf: Day, byState: List(shape({ state: State, places: Type.Integer(), overdue: Type.Integer() }), 10), byKind: List(shape({ kind: Kind, left: Type.Integer(), inLife: Type.Integer() }), 3),
  left: Type.Integer({ description: 'on the list today' }), leftMonthBefore: Type.Integer(), overdue: Type.Integer(),
  /** Of those ever listed, resolved and removed; the target is 100 % by 2030 (Decision 7619/QĐ-BCA of 8 September 2025). */
  resolved: Share, removed: Share, targetPercent: Type.Integer(), recurrence: Share, survival: Survival, clean180: Share,
  verifiedToResolved: shape({ medianDays: Nullable(Type.Integer()), places: Type.Integer(), targetDays: Type.Integer() }), timeInState: List(TimeInState, 10), checksOnTime: Share, months: List(MonthOfPlaces, 36),
  cases: Type.Integer(), suspects: Type.Integer(), seizedMilligrams: Type.Integer(), documents: Type.Integer(),
});
export type PlaceFigures = Static<typeof PlaceFigures>;
export const getPlaceFigures = contract({
  method: 'GET', path: '/hotspots/figures', who: 'hotspots.read', impersonal: true, summary: 'Resolved and removed against 100 %, recurrence as a survival curve, time in each state, by month', query: someOf({ province: ProvinceCode, commune: CommuneCode, kind: Kind }), reply: PlaceFigures, problems: {},
});

/** A number as the public sees it: null when it is hidden because it is small or would give a small one back. */
const Shown = Nullable(Type.Integer());
/** Over the programme's year until the end of its last full month: `listed` counts recurrences too, `left` stands at that end. Nothing is told of the days since, nor below a province. */
export const PublicPlaces = shape({
  period: Type.String(), from: Day, asOf: Day, threshold: Type.Integer(),
  nation: shape({ listed: Shown, removed: Shown, left: Shown, recurred: Shown }), provinces: List(shape({ province: ProvinceCode, listed: Shown, removed: Shown, left: Shown, recurred: Shown }), 40),
});
export type PublicPlaces = Static<typeof PublicPlaces>;
export const getPublicPlaces = contract({
  method: 'GET', path: '/public/hotspots', who: 'anyone', impersonal: true, summary: 'Points removed and left, by province, as published: small counts are hidden', reply: PublicPlaces, problems: {},
});
