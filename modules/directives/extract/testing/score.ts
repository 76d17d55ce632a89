import { clears, type Clear } from '../types.ts';

type Agency = { readonly id?: string; readonly text?: string };

/** An annotated document: what a careful reader says the text assigns. Offsets as in the text file beside it. */
export type GoldDocument = {
  readonly id: string;
  readonly assignments: readonly {
    readonly id: string;
    readonly span: readonly [number, number] | readonly number[];
    readonly lead: readonly Agency[];
    readonly coordinating: readonly string[];
    readonly deadlines: readonly { readonly type: string; readonly value: string }[];
    readonly sixClears: Readonly<Record<string, boolean>>;
  }[];
};

/** What the engine printed for it; the shape of `predictionOf`. */
export type PredictedDocument = {
  readonly assignments: readonly {
    readonly span: readonly [number, number] | readonly number[];
    readonly text: string;
    readonly lead: readonly Agency[];
    readonly coordinating: readonly Agency[];
    readonly deadlines: readonly { readonly type: string; readonly value: string }[];
    readonly sixClears: Readonly<Record<string, boolean>>;
  }[];
};

/** Shares between 0 and 1. `record`: span, lead and deadlines all right. `faults` name each disagreement. */
export type Score = { readonly detection: number; readonly record: number; readonly lead: number; readonly coordinating: number; readonly deadlines: number; readonly allSix: number; readonly faults: readonly string[] };

type Count = { right: number; said: number; wanted: number };
const f1 = ({ right, said, wanted }: Count): number => (said + wanted === 0 ? 1 : (2 * right) / (said + wanted));

function overlap(a: readonly number[], b: readonly number[]): number {
  const [a0 = 0, a1 = 0] = a;
  const [b0 = 0, b1 = 0] = b;
  const shared = Math.max(0, Math.min(a1, b1) - Math.max(a0, b0));
  return shared / (a1 - a0 + (b1 - b0) - shared || 1);
}

/** Pairs of annotated and found assignments that overlap by at least half, best first, each used once. */
function pairs(gold: GoldDocument, found: PredictedDocument): Map<number, number> {
  const close = gold.assignments.flatMap((g, i) => found.assignments.map((p, j) => ({ i, j, share: overlap(g.span, p.span) }))).filter((one) => one.share >= 0.5);
  close.sort((a, b) => b.share - a.share || a.i - b.i || a.j - b.j);
  const taken = new Set<number>();
  const matched = new Map<number, number>();
  for (const { i, j } of close) {
    if (matched.has(i) || taken.has(j)) continue;
    matched.set(i, j);
    taken.add(j);
  }
  return matched;
}

const names = (agencies: readonly Agency[]): string => [...new Set(agencies.map((one) => one.id ?? one.text?.toLowerCase() ?? ''))].sort().join('+');
const dues = (deadlines: readonly { type: string; value: string }[]): string[] => deadlines.map((one) => `${one.type} ${one.value}`).sort();

function shared(a: readonly string[], b: readonly string[]): number {
  const rest = [...b];
  return a.filter((one) => {
    const at = rest.indexOf(one);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
}

/** Scores documents against their annotation, all assignments counted alike. */
export function score(documents: readonly { readonly gold: GoldDocument; readonly found: PredictedDocument }[]): Score {
  const detection: Count = { right: 0, said: 0, wanted: 0 };
  const record: Count = { right: 0, said: 0, wanted: 0 };
  const deadline: Count = { right: 0, said: 0, wanted: 0 };
  const coordinating: Count = { right: 0, said: 0, wanted: 0 };
  const faults: string[] = [];
  let [leadRight, sixRight, matchedAll] = [0, 0, 0];
  for (const { gold, found } of documents) {
    const matched = pairs(gold, found);
    matchedAll += matched.size;
    for (const count of [detection, record]) {
      count.said += found.assignments.length;
      count.wanted += gold.assignments.length;
    }
    detection.right += matched.size;
    const used = new Set(matched.values());
    found.assignments.forEach((p, j) => {
      deadline.said += p.deadlines.length;
      if (!used.has(j)) faults.push(`${gold.id} found besides: ${p.text.slice(0, 80)}`);
    });
    gold.assignments.forEach((g, i) => {
      deadline.wanted += g.deadlines.length;
      const p = found.assignments[matched.get(i) ?? -1];
      if (p === undefined) {
        faults.push(`${g.id} missed`);
        return;
      }
      const sameLead = names(g.lead) === names(p.lead);
      const sameDue = dues(g.deadlines).join() === dues(p.deadlines).join();
      const with_ = p.coordinating.map((one) => one.id ?? one.text ?? '');
      const wrong = clears.filter((clear: Clear) => g.sixClears[clear] !== p.sixClears[clear]);
      deadline.right += shared(dues(g.deadlines), dues(p.deadlines));
      coordinating.right += shared(g.coordinating, with_);
      coordinating.said += with_.length;
      coordinating.wanted += g.coordinating.length;
      if (sameLead) leadRight++;
      if (sameLead && sameDue) record.right++;
      if (wrong.length === 0) sixRight++;
      if (!sameLead) faults.push(`${g.id} lead ${names(g.lead)} not ${names(p.lead)}`);
      if (!sameDue) faults.push(`${g.id} deadline ${dues(g.deadlines).join(', ')} not ${dues(p.deadlines).join(', ')}`);
      if (wrong.length > 0) faults.push(`${g.id} verdict of ${wrong.join(', ')}`);
    });
  }
  return { detection: f1(detection), record: f1(record), lead: leadRight / (matchedAll || 1), coordinating: f1(coordinating), deadlines: f1(deadline), allSix: sixRight / (matchedAll || 1), faults };
}
