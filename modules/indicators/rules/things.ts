/** Three things to know: candidates from different sides, each with the rule that chose it, the gravest first, one of good news when there is any. */
import type { JudgementStep } from '../schema.ts';

export type Candidate = {
  readonly rule: 'returns-missing' | 'furthest-behind' | 'furthest-ahead' | 'approval-waiting' | 'units-behind' | 'all-received';
  readonly step: JudgementStep | null;
  /** 0 to 1: how much of the whole it touches, or how far it is from where it should be. */
  readonly weight: number;
};

const gravity: Readonly<Record<JudgementStep, number>> = { bad: 3, worrying: 2, fair: 1, good: 0 };
const isGood = (one: Candidate): boolean => one.step === 'good';

/**
 * @returns at most three, at most two of one rule: the gravest; the last place goes to good news when some is there and three worries are not all "bad"
 */
export function chooseThings<C extends Candidate>(candidates: readonly C[]): C[] {
  const worries = candidates.filter((one) => !isGood(one)).sort((a, b) => gravity[b.step ?? 'fair'] - gravity[a.step ?? 'fair'] || b.weight - a.weight);
  const chosen: C[] = [];
  for (const one of worries) {
    if (chosen.length < 3 && chosen.filter((other) => other.rule === one.rule).length < 2) chosen.push(one);
  }
  const good = candidates.filter(isGood).sort((a, b) => b.weight - a.weight)[0];
  if (good !== undefined && (chosen.length < 3 || chosen.some((one) => one.step !== 'bad'))) chosen.splice(2, 1, good);
  return chosen.slice(0, 3);
}

/** Judgement of how many returns are in, against those expected by now. */
export const returnsStep = (received: number, expected: number): JudgementStep => {
  const share = expected === 0 ? 1 : received / expected;
  return share >= 0.98 ? 'good' : share >= 0.95 ? 'fair' : share >= 0.9 ? 'worrying' : 'bad';
};
