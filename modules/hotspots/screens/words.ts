import { sayKey, t } from '#web/i18n/words.ts';
import type { ButtonProps } from '#web/kit/button.tsx';
import type { StatusKind } from '#web/kit/status.tsx';
import type { Activity, Basis, BoardColumn, CheckResult, DismissalReason, Kind, Measure, Move, PlaceRow, Purpose, Setting, Source, State, Step, Substance } from '../schema.ts';

export const sayKind = (kind: Kind): string => sayKey(`hotspots.kind.${kind}`);
export const saySetting = (setting: Setting): string => sayKey(`hotspots.setting.${setting}`);
export const saySource = (source: Source): string => sayKey(`hotspots.source.${source}`);
export const sayBasis = (basis: Basis): string => sayKey(`hotspots.basis.${basis}`);
/** A first letter as inside a sentence; words that begin with several capitals keep them. */
const small = (text: string): string => (/^\p{Lu}(?!\p{Lu})/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);
export const sayActivity = (activity: Activity): string => small(sayKey(`hotspots.activity.${activity}`));
export const sayState = (state: State): string => sayKey(`hotspots.state.${state}`);
export const sayMove = (move: Move): string => sayKey(`hotspots.move.${move}`);
export const sayStep = (step: Step): string => sayKey(`hotspots.step.${step}`);
export const sayMeasure = (measure: Measure): string => small(sayKey(`hotspots.measure.${measure}`));
export const sayDismissal = (reason: DismissalReason): string => small(sayKey(`hotspots.dismissal.${reason}`));
export const sayResult = (result: CheckResult): string => small(sayKey(`hotspots.check-result.${result}`));
export const sayPurpose = (purpose: Purpose): string => sayKey(`hotspots.purpose.${purpose}`);
export const saySubstance = (substance: Substance): string => sayKey(`hotspots.substance.${substance}`);
export const sayColumn = (column: BoardColumn): string => sayKey(`hotspots.column.${column}`);

/** "Điểm, khu nhà trọ"; while it is only suspected: "Nghi điểm, khu nhà trọ". */
export const titleOf = ({ kind, setting, basis }: Pick<PlaceRow, 'kind' | 'setting' | 'basis'>): string =>
  t(basis === 'suspected' ? 'hotspots.title-suspected' : 'hotspots.title-of', { kind: basis === 'suspected' ? sayKind(kind).toLowerCase() : sayKind(kind), setting: saySetting(setting) });

/** A first letter in capital, for a list of its own. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const stateKinds: Readonly<Record<State, StatusKind>> = {
  reported: 'idle', verified: 'half', listed: 'warn', resolving: 'half', resolved: 'fair', removed: 'ok', watched: 'ok', closed: 'done', recurred: 'bad', dismissed: 'idle',
};

/** A day of check, 0 being one between the four. */
export const sayCheckDay = (checkDay: number): string => (checkDay === 0 ? t('hotspots.check-between') : t('hotspots.check-day', { day: checkDay }));

export type Look = NonNullable<ButtonProps['look']>;
