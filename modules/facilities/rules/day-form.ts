/** A day as it is typed: what stands in the boxes of the daily book. A blank movement is nobody; the roll-call is never assumed. */
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { type DayFigures, type FlowKind, flowKinds, type Flows, type Regime, regimes } from '../schema.ts';

export type Typed = Readonly<Record<string, unknown>>;
export const otherBoxes = ['firstEver', 'waitedDays', 'waiting', 'absent', 'present'] as const;
export type OtherBox = (typeof otherBoxes)[number];
export const boxOf = (regime: Regime, kind: FlowKind): string => `${regime}.${kind}`;
export const boxes: readonly string[] = [...regimes.flatMap((regime) => flowKinds.map((kind) => boxOf(regime, kind))), ...otherBoxes];

const textOf = (typed: Typed, box: string): string => { const value = typed[box]; return typeof value === 'string' ? value.trim() : ''; };
/** Digits only, with the marks people put between thousands; undefined when it is no count. */
export const countOf = (text: string): number | undefined => {
  const digits = text.replace(/[\s.]/g, '');
  if (digits === '') return 0;
  return /^\d{1,6}$/.test(digits) && Number(digits) <= 100_000 ? Number(digits) : undefined;
};

/** The figures in the boxes. `box-not-a-count` names the box; `roll-call-missing` when nobody wrote what was counted. */
export function readDay(typed: Typed): Result<DayFigures, Refusal & { readonly box?: string }> {
  const wrong = boxes.find((box) => countOf(textOf(typed, box)) === undefined);
  if (wrong !== undefined) return refuse({ code: 'box-not-a-count', box: wrong });
  if (textOf(typed, 'present') === '') return refuse({ code: 'roll-call-missing', box: 'present' });
  return ok(soFar(typed));
}
/** The same while it is being typed: what is no count is nobody yet. */
export function soFar(typed: Typed): DayFigures {
  const count = (box: string): number => countOf(textOf(typed, box)) ?? 0;
  const flows = (regime: Regime): Flows => ({
    admitted: count(boxOf(regime, 'admitted')), received: count(boxOf(regime, 'received')), completed: count(boxOf(regime, 'completed')), moved: count(boxOf(regime, 'moved')), away: count(boxOf(regime, 'away')), left: count(boxOf(regime, 'left')),
    died: count(boxOf(regime, 'died')),
  });
  return { voluntary: flows('voluntary'), compulsory: flows('compulsory'), firstEver: count('firstEver'), waitedDays: count('waitedDays'), waiting: count('waiting'), absent: count('absent'), present: count('present') };
}
/** The boxes that show these figures again. */
export const typedOf = (figures: DayFigures): Record<string, string> => ({
  ...Object.fromEntries(regimes.flatMap((regime) => flowKinds.map((kind) => [boxOf(regime, kind), figures[regime][kind] === 0 ? '' : String(figures[regime][kind])]))),
  ...Object.fromEntries(otherBoxes.map((box) => [box, figures[box] === 0 && box !== 'present' ? '' : String(figures[box])])),
});
/** True once the person wrote what was counted: before that a balance is not said to be wrong. */
export const isCounted = (typed: Typed): boolean => textOf(typed, 'present') !== '';
