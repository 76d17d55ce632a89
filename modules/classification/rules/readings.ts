/** The eight readings of one place, computed only where they can differ. */
import type { Criteria, Outcome } from '../schema.ts';
import type { Evidence, Known } from './evidence.ts';
import { allReadings, proposeCommune, proposeProvince } from './judge.ts';

const same = (a: Known, b: Known): boolean => a.value === b.value && a.complete === b.complete;

/** Outcomes in the order of `allReadings`. A reading that looks at the same numbers as another has its outcome. */
export function outcomesOfReadings(criteria: Criteria, evidence: Evidence, level: 'commune' | 'province', classedIn?: (at: number) => Evidence): Outcome[] {
  const windowsSame = same(evidence.points.closing, evidence.points.period) && same(evidence.using.closing, evidence.using.period) && same(evidence.fugitives.closing, evidence.fugitives.period);
  const peopleSame = same(evidence.managed.counted, evidence.managed.notCounted);
  const propose = level === 'commune' ? proposeCommune : proposeProvince;
  const found: Outcome[] = [];
  allReadings.forEach((reading, at) => {
    const like = allReadings.findIndex((other, i) => i < at && level === 'commune' && other.orHigher === reading.orHigher
      && (windowsSame || other.window === reading.window) && (peopleSame || other.people === reading.people));
    const known = like === -1 ? undefined : found[like];
    found.push(known ?? propose(criteria, classedIn?.(at) ?? evidence, reading, reading.window).outcome);
  });
  return found;
}
