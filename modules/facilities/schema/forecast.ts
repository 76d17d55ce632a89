/** Discharges to come, and access to treatment for all by 2027: need, places and gap by province, with an interval and what is assumed. */
import { contract } from '#kernel/contract.ts';
import { Day, List, Nullable, ProvinceCode, shape, someOf, Type, type Static } from '#kernel/shape.ts';

/** Mean and the interval in which four of five futures fall, should the assumptions hold. */
export const Spread = shape({ mean: Type.Number(), low: Type.Number(), high: Type.Number() });
export type Spread = Static<typeof Spread>;
/** `value` in `unit`; its words are `facilities.assumption.<key>`. `given`: changed by the reader. */
export const Assumption = shape({ key: Type.String(), value: Type.Number(), unit: Type.String(), given: Type.Boolean() });
export type Assumption = Static<typeof Assumption>;
export const MonthAhead = shape({ month: Type.String(), admissions: Spread, discharges: Spread, there: Spread });
export type MonthAhead = Static<typeof MonthAhead>;
export const ProvinceForecast = shape({
  province: ProvinceCode, facilities: Type.Integer(), thereNow: Type.Integer(), places: Type.Integer(), normPlaces: Type.Integer(), monthsOfBook: Type.Integer(),
  admissionsMonthly: Nullable(Spread), dischargesMonthly: Nullable(Spread), thereThen: Nullable(Spread), shortPlaces: Nullable(Spread),
  need: Nullable(Spread), substitution: Nullable(Type.Integer()), home: Nullable(Type.Integer()), gap: Nullable(Spread), figuresOf: Nullable(Type.String()),
  /** Why a part is not there: `no-book`, `no-return`. */
  missing: List(Type.String(), 4),
});
export type ProvinceForecast = Static<typeof ProvinceForecast>;
export const Forecast = shape({
  asOf: Day, until: Day, horizonMonths: Type.Integer(), coverage: Type.Number(), assumptions: List(Assumption, 20), nation: ProvinceForecast, rows: List(ProvinceForecast, 64), path: List(MonthAhead, 60),
});
export type Forecast = Static<typeof Forecast>;
export const getForecast = contract({
  method: 'GET', path: '/facility-forecast', who: 'facilities.forecast', summary: 'Forecast of discharges and of access to treatment; the assumptions may be changed', impersonal: true,
  query: someOf({ province: ProvinceCode, needGrowthPercent: Type.Number({ minimum: -50, maximum: 50 }), needErrorPercent: Type.Number({ minimum: 0, maximum: 100 }), termMonths: Type.Integer({ minimum: 12, maximum: 36 }) }),
  reply: Forecast, problems: {},
});
