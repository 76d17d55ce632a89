/**
 * Signs that a figure may be made for the status: sentences with their figures, for the people who review. Never a score, never added up,
 * no order of merit (SECURITY E3); units only.
 */
import { contract } from '#kernel/contract.ts';
import { List, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { Standing, UnitName, UnitParam } from '#modules/indicators/schema.ts';
import { AssessmentPeriod, Sentence, verdictProblems, YearParam } from './verdict.ts';

/**
 * `zero-run`: months in a row that report nothing at all, where there was something before. `cut-off-drop`: a fall in the last month before the
 * cut-off. `detoxification-flow`: people enter facilities from a place that reports nobody. `neighbours`: neighbours report much, this place nothing.
 * `access-falls`: treatment access falls while the status rises. `tips-rise`: tips rise while the status rises. `points-differ`: the register
 * and the return disagree. `late-revision`: figures were lowered after the cut-off.
 */
export const signalKinds = ['zero-run', 'cut-off-drop', 'detoxification-flow', 'neighbours', 'access-falls', 'tips-rise', 'points-differ', 'late-revision'] as const;
export const SignalKind = oneOf(signalKinds);
export type SignalKind = Static<typeof SignalKind>;

/** `seen`: worth a question. `quiet`: looked at, nothing unusual. `no-evidence`: it cannot be looked at (no register of tips, nothing reported). */
export const Signal = shape({ kind: SignalKind, state: oneOf(['seen', 'quiet', 'no-evidence']), sentence: Sentence, months: List(Type.String(), 24) });
export type Signal = Static<typeof Signal>;
export const UnitSignals = shape({ unit: UnitName, period: AssessmentPeriod, standing: Standing, signals: List(Signal, 12) });
export type UnitSignals = Static<typeof UnitSignals>;
export const getSignals = contract({
  method: 'GET', path: '/classification/signals/:unit', who: 'classification.see-signals', impersonal: true, ownTransactions: true, summary: 'Signs against formalism for one commune, as sentences with figures',
  params: shape({ unit: UnitParam }), query: shape({ period: Type.Optional(YearParam), standing: Type.Optional(Standing) }), reply: UnitSignals, problems: verdictProblems,
});
/** Communes with at least one sign, in the order of codes: a list to look at, no ranking. */
export const SignalList = shape({
  unit: UnitName, period: AssessmentPeriod, standing: Standing, byKind: List(shape({ kind: SignalKind, communes: Type.Integer() }), 12),
  rows: List(shape({ code: Type.String(), nameVi: Type.String(), province: Type.String(), signals: List(Signal, 12) }), 200), page: Type.Integer(), pages: Type.Integer(), rowsTotal: Type.Integer(),
});
export type SignalList = Static<typeof SignalList>;
export const listSignals = contract({
  method: 'GET', path: '/classification/signals', who: 'classification.see-signals', impersonal: true, ownTransactions: true, summary: 'Communes with signs worth a question, by kind, in the order of their codes',
  query: shape({ unit: Type.Optional(UnitParam), period: Type.Optional(YearParam), standing: Type.Optional(Standing), kind: Type.Optional(SignalKind), page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
  reply: SignalList, problems: verdictProblems,
});
