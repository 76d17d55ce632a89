/** The eight readings of one place, computed only where they can differ. */
import type { Criteria, Outcome, Verdict } from '../schema.ts';
import type { Evidence, Known } from './evidence.ts';
import { allReadings, communeClass, drugFreeVerdict, firstReading, proposeCommune, proposeProvince, testVerdict } from './judge.ts';
import { both } from './meets.ts';

const same = (a: Known, b: Known): boolean => a.value === b.value && a.complete === b.complete;

/** The class under Art. 4 in each reading, asked for only where it is needed, and once for readings that look at the same numbers. */
function classesOf(criteria: Criteria, evidence: Evidence): (at: number) => Outcome {
  const pointsSame = same(evidence.points.closing, evidence.points.period);
  const peopleSame = same(evidence.managed.counted, evidence.managed.notCounted);
  const found: (Outcome | undefined)[] = [];
  return (at) => {
    // places of readings: people 0 and 4, or-higher 0 and 2, window 0 and 1
    const like = at & (peopleSame ? 3 : 7) & (pointsSame ? 6 : 7);
    const reading = allReadings[like];
    if (reading === undefined) return 'cannot-judge';
    const known = found[like] ?? communeClass(criteria, evidence, reading).outcome;
    found[like] = known;
    return known;
  };
}

export type JudgedCommune = { readonly outcome: Outcome; readonly possible: readonly Outcome[]; readonly classed: Outcome; readonly tests: readonly Verdict[]; readonly readings: readonly Outcome[] };
/** The proposal of a commune with its eight readings: what `proposeCommune` says in each, without asking the same thing twice. */
export function judgeCommune(criteria: Criteria, evidence: Evidence): JudgedCommune {
  const tests = criteria.drugFree.tests.map((test) => testVerdict(test, evidence));
  const drugFree = [drugFreeVerdict(criteria, evidence, 'closing-day'), drugFreeVerdict(criteria, evidence, 'whole-period')];
  const classIn = classesOf(criteria, evidence);
  const readings = allReadings.map((_, at): Outcome => { const verdict = drugFree[at & 1]; return verdict === 'met' ? 'drug-free' : verdict === 'not-met' ? classIn(at) : 'cannot-judge'; });
  const all = tests.reduce<Verdict>(both, 'met');
  const certain = all === 'met' ? 'drug-free' : all === 'not-met' && classIn(0) !== 'cannot-judge' ? classIn(0) : undefined;
  return { ...(certain === undefined ? proposeCommune(criteria, evidence, firstReading) : { outcome: certain, possible: [certain] }), classed: classIn(0), tests, readings };
}

/** Outcomes of a province in the order of `allReadings`. @param classedIn its evidence in a reading: communes are of other classes in other readings */
export const provinceReadings = (criteria: Criteria, classedIn: (at: number) => Evidence): Outcome[] =>
  allReadings.map((reading, at) => proposeProvince(criteria, classedIn(at), reading, reading.window).outcome);
