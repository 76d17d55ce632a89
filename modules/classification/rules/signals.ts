/**
 * Signs that figures may be made for the status. Each is a question with its figures; none is weighed against another, none is added to another,
 * and none changes a proposal (SECURITY E3). Thresholds are ours, written here, so that who is asked can check them.
 */
import type { Sentence, Signal, SignalKind } from '../schema.ts';
import { box } from './boxes.ts';
import { seeBox, valueAt, type Answers, type Due, type RegisterPoints } from './gather.ts';

/** Months in a row with nothing, after a month with something. */
const longRun = 4;
/** A fall of half, and of at least two, against the mean of the three months before. */
const steepFall = { share: 0.5, least: 2 };
/** Access to treatment down by ten percentage points. */
const accessFall = 10;
/** The rest of the province reports at least so much of what this place reports nothing of: the rate that marks a key-complex province (Art. 5.1), percent. */
const neighboursReport = 0.2;

export type SignalInput = {
  readonly answers: Answers; readonly due: Due; readonly months: readonly string[]; readonly register: RegisterPoints | null; readonly hidden: boolean;
  /** Managed people per 100 residents over the other communes of the province; null when it cannot be told. */
  readonly aroundRate: number | null;
  /** Months whose returns were sent again after the cut-off and its days of grace; null while the period runs. */
  readonly revisedAfter: readonly string[] | null;
};

const say = (kind: SignalKind, state: string, facts: Sentence['facts'] = {}): Sentence => ({ key: `classification.signal.${kind}.${state}`, facts });
const seen = (kind: SignalKind, facts: Sentence['facts'], months: readonly string[] = []): Signal => ({ kind, state: 'seen', sentence: say(kind, 'seen', facts), months: months.slice(0, 24) });
const quiet = (kind: SignalKind, facts: Sentence['facts'] = {}): Signal => ({ kind, state: 'quiet', sentence: say(kind, 'quiet', facts), months: [] });
const noEvidence = (kind: SignalKind): Signal => ({ kind, state: 'no-evidence', sentence: say(kind, 'no-evidence'), months: [] });

const counted = [box.outside, box.points, box.found, box.arrested, box.violations, box.fugitives] as const;

/** What a month reports of everything that could cost the status; NaN when it answered none of it. */
function monthTotal({ answers }: SignalInput, month: number): number {
  const values = counted.map((of) => valueAt(answers, month, of)).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0);
}

function zeroRun(input: SignalInput): Signal {
  const totals = input.months.map((_, month) => monthTotal(input, month));
  const last = totals.findLastIndex((total) => !Number.isNaN(total));
  if (last === -1) return noEvidence('zero-run');
  let from = last;
  while (from >= 0 && totals[from] === 0) from -= 1;
  const run = last - from;
  const before = totals.slice(0, from + 1).some((total) => total > 0);
  return run >= longRun && before ? seen('zero-run', { months: run, from: input.months[from + 1] ?? '' }, input.months.slice(from + 1, last + 1)) : quiet('zero-run', { months: run });
}

/** The last month against the mean of the three before it. */
function cutOffDrop(input: SignalInput): Signal {
  const last = input.months.findLastIndex((_, month) => !Number.isNaN(monthTotal(input, month)));
  if (last < 3) return noEvidence('cut-off-drop');
  for (const what of [box.outside, box.points, box.violations]) {
    const now = valueAt(input.answers, last, what);
    const before = [1, 2, 3].map((back) => valueAt(input.answers, last - back, what));
    if (Number.isNaN(now) || before.some(Number.isNaN)) continue;
    const mean = before.reduce((sum, value) => sum + value, 0) / 3;
    if (mean - now < steepFall.least || now > mean * steepFall.share) continue;
    const name = what === box.outside ? 'people' : what === box.points ? 'points' : 'violations';
    if (what === box.outside && input.hidden) return { kind: 'cut-off-drop', state: 'seen', sentence: say('cut-off-drop', 'seen.hidden', { month: input.months[last] ?? '' }), months: [input.months[last] ?? ''] };
    return { kind: 'cut-off-drop', state: 'seen', sentence: say('cut-off-drop', `seen.${name}`, { now, before: Math.round(mean * 10) / 10, month: input.months[last] ?? '' }), months: [input.months[last] ?? ''] };
  }
  return quiet('cut-off-drop');
}

const shareReached = ({ answers }: SignalInput, month: number): number | null => {
  const [reached, all] = [valueAt(answers, month, box.reached), valueAt(answers, month, box.addicted)];
  return Number.isNaN(reached) || Number.isNaN(all) || all === 0 ? null : (reached * 100) / all;
};

/** Fewer people reached by treatment while fewer are counted against the place. */
function accessFalls(input: SignalInput): Signal {
  const known = input.months.map((_, month) => month).filter((month) => shareReached(input, month) !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || first === last) return noEvidence('access-falls');
  const fall = (shareReached(input, first) ?? 0) - (shareReached(input, last) ?? 0);
  const fewer = valueAt(input.answers, first, box.outside) > valueAt(input.answers, last, box.outside);
  if (fall < accessFall || !fewer) return quiet('access-falls');
  const facts = { before: Math.round(shareReached(input, first) ?? 0), now: Math.round(shareReached(input, last) ?? 0) };
  return { kind: 'access-falls', state: 'seen', sentence: input.hidden ? say('access-falls', 'seen.hidden') : say('access-falls', 'seen', facts), months: [input.months[first] ?? '', input.months[last] ?? ''] };
}

/** Everything is nought all along while the places around report much. */
function neighbours(input: SignalInput): Signal {
  const totals = input.months.map((_, month) => monthTotal(input, month)).filter((total) => !Number.isNaN(total));
  if (totals.length === 0 || input.aroundRate === null) return noEvidence('neighbours');
  return totals.every((total) => total === 0) && totals.length >= longRun && input.aroundRate >= neighboursReport ? seen('neighbours', { months: totals.length, around: Math.round(input.aroundRate * 100) / 100 }) : quiet('neighbours');
}

function pointsDiffer({ answers, due, months, register }: SignalInput): Signal {
  const { closing, closingMonth } = seeBox(answers, due, box.points);
  if (register === null || closing.value === null || closingMonth === null) return noEvidence('points-differ');
  const reported = closing.value;
  return reported === register.closing ? quiet('points-differ', { points: reported }) : seen('points-differ', { reported, register: register.closing }, [months[closingMonth] ?? '']);
}

/** All signs of a commune, in a fixed order. Flows into facilities are known of provinces only, tips not at all yet: they say so. */
export const signalsOf = (input: SignalInput): Signal[] => [
  zeroRun(input), cutOffDrop(input), noEvidence('detoxification-flow'), neighbours(input), accessFalls(input), noEvidence('tips-rise'), pointsDiffer(input),
  input.revisedAfter === null ? noEvidence('late-revision') : input.revisedAfter.length > 0 ? seen('late-revision', { n: input.revisedAfter.length }, input.revisedAfter) : quiet('late-revision'),
];

/**
 * People who enter facilities from a province, against people its communes count outside the three situations: more enter than are ever
 * counted, or they enter from where nobody is counted.
 *
 * @param entered people who entered over the period; null: facilities reported nothing
 */
export function flowSignal(entered: number | null, inCommunes: number | null): Signal {
  if (entered === null || inCommunes === null) return noEvidence('detoxification-flow');
  return entered > inCommunes ? seen('detoxification-flow', { entered, counted: inCommunes }) : quiet('detoxification-flow', { entered, counted: inCommunes });
}
