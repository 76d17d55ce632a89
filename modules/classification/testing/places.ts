/** Evidence written by hand for tests: everything known and nought, unless said otherwise. */
import { readFileSync } from 'node:fs';
import { atLeast, exactly, nothing, type Evidence, type Known } from '../rules/evidence.ts';
import type { Criteria, Decree } from '../schema.ts';

const file = new URL('../../../programme/phong-chong-ma-tuy-2030/classification/decision-28-2025.json', import.meta.url);
export const decision: Decree = JSON.parse(readFileSync(file, 'utf8'));
export const criteria: Criteria = decision.criteria;

export { atLeast, exactly, nothing };
export type Given = Partial<{
  residents: number; counted: number; notCounted: number; points: number; pointsInPeriod: number; offenders: number; plants: number; plantArea: number; route: number; using: number; usingInPeriod: number; violations: number;
  fugitives: number; fugitivesInPeriod: number; classed: readonly [number, number];
}>;
/** A commune of 10,000 residents in which nothing happened. */
export function evidenceWith(given: Given = {}, more: Partial<Evidence> = {}): Evidence {
  const n = (value: number | undefined): Known => exactly(value ?? 0);
  const notCounted = given.notCounted ?? 0;
  return {
    residents: exactly(given.residents ?? 10_000), managed: { counted: n(given.counted ?? notCounted), notCounted: n(notCounted) }, points: { closing: n(given.points), period: n(given.pointsInPeriod ?? given.points) },
    offenders: n(given.offenders), plants: n(given.plants), plantArea: n(given.plantArea), route: n(given.route), using: { closing: n(given.using), period: n(given.usingInPeriod ?? given.using) }, violations: n(given.violations),
    fugitives: { closing: n(given.fugitives), period: n(given.fugitivesInPeriod ?? given.fugitives) }, classed: given.classed === undefined ? null : { of: exactly(given.classed[0]), per: exactly(given.classed[1]) }, ...more,
  };
}
