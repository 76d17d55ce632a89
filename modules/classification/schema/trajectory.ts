/** The way to 20 %, 50 % and 15–20 %: what is decided and proposed each year, what is committed, and how fast it would have to go. */
import { contract } from '#kernel/contract.ts';
import { List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { DefinitionId, Standing, UnitName, UnitParam, Words } from '#modules/indicators/schema.ts';
import { BesideOf, DrugFreeShare, verdictProblems, YearParam } from './verdict.ts';

export const TrajectoryTarget = shape({ id: DefinitionId, name: Words, year: Type.Integer(), low: Type.Number(), high: Nullable(Type.Number()), of: oneOf(['communes', 'provinces']), status: Type.String(), source: Type.String() });
export const TrajectoryYear = shape({
  period: YearParam, ended: Type.Boolean(), total: Type.Integer(),
  /** Counts. Null: nothing was decided yet, or the criteria were not in force. */
  decided: Nullable(Type.Integer()), proposed: Nullable(Type.Integer()), committed: Nullable(Type.Integer()),
  share: DrugFreeShare, committedShare: Nullable(Type.Number()),
  /** Where the straight way from the first target to the last would be; percent. */
  shouldBe: Nullable(Type.Number()),
});
export const TrajectoryProvince = shape({
  code: Type.String(), nameVi: Type.String(), communes: Type.Integer(), decided: Nullable(Type.Integer()), proposed: Nullable(Type.Integer()), share: DrugFreeShare,
  /** Promised share by year, with the document. */
  commitments: List(shape({ period: Type.String(), value: Type.Number(), basis: Type.String() }), 12),
  /** Percentage points a year still needed to the last target (or the own commitment when higher), and those made in the last year. */
  neededPerYear: Nullable(Type.Number()), madeLastYear: Nullable(Type.Number()), communesPerYear: Nullable(Type.Number()),
  keeps: oneOf(['ahead', 'behind', 'no-commitment', 'cannot-judge']),
});
export type TrajectoryYear = Static<typeof TrajectoryYear>;
export type TrajectoryProvince = Static<typeof TrajectoryProvince>;
export type TrajectoryTarget = Static<typeof TrajectoryTarget>;
export const Trajectory = shape({
  unit: UnitName, standing: Standing, targets: List(TrajectoryTarget, 12), years: List(TrajectoryYear, 12),
  /** Provinces decided or proposed as drug-free against 15–20 %. */
  provincesDrugFree: List(shape({ period: YearParam, decided: Nullable(Type.Integer()), proposed: Nullable(Type.Integer()), of: Type.Integer() }), 12),
  provinces: List(TrajectoryProvince, 100), besideOf: List(BesideOf, 12),
  neededPerYear: Nullable(Type.Number()), madeLastYear: Nullable(Type.Number()), communesPerYear: Nullable(Type.Number()),
  /** The sum of what provinces promised for the last year, in percent of all communes; how many promised. */
  promised: shape({ provinces: Type.Integer(), of: Type.Integer(), share: Nullable(Type.Number()), fallsShortBy: Nullable(Type.Number()) }),
});
export type Trajectory = Static<typeof Trajectory>;
export const getTrajectory = contract({
  method: 'GET', path: '/classification/trajectory', who: 'classification.read', impersonal: true, ownTransactions: true, summary: 'Drug-free communes and provinces by year against 20, 50 and 15–20 %, with commitments and the rate needed to catch up',
  query: shape({ unit: Type.Optional(UnitParam), standing: Type.Optional(Standing) }), reply: Trajectory, problems: verdictProblems,
});
