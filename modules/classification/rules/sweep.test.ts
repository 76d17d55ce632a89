/** 100,000 made-up communes through the engine and through a second evaluator that shares no line with it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReadings, firstReading, proposeCommune } from './judge.ts';
import { judgeCommune } from './readings.ts';
import { answer, type Place } from '../testing/second-evaluator.ts';
import { criteria, exactly, nothing } from '../testing/places.ts';
import type { Evidence, Known } from './evidence.ts';

/** Mulberry32: the same communes in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Most values lie on a bound or next to it: that is where two readers of a text part. */
function aPlace(next: () => number): Place {
  const maybe = (n: number): number | undefined => (next() < 0.04 ? undefined : n);
  const residents = [1000, 2000, 3333, 10_000, 18_420, 60_001][Math.floor(next() * 6)] ?? 1000;
  const near = (...bounds: number[]): number => Math.max(0, (bounds[Math.floor(next() * bounds.length)] ?? 0) + Math.floor(next() * 3) - 1);
  const rate = (...percents: number[]): number => near(...percents.map((percent) => Math.round((percent * residents) / 100)));
  const outside = next() < 0.4 ? 0 : rate(0, 0.1, 0.5);
  const points = next() < 0.4 ? 0 : near(0, 1, 2);
  const fugitives = next() < 0.8 ? 0 : 1;
  const place: Place = {
    residents: maybe(residents), withRecords: maybe(outside + (next() < 0.5 ? 0 : rate(0, 0.1, 0.5))), outside: maybe(outside), outsideMost: undefined, points: maybe(points), pointsSeen: undefined, arrested: maybe(next() < 0.4 ? 0 : rate(0.05, 0.1)),
    plants: maybe(next() < 0.4 ? 0 : near(500, 3000)), area: maybe(next() < 0.4 ? 0 : near(125, 750)), inside: maybe(next() < 0.7 ? 0 : 1), between: maybe(next() < 0.8 ? 0 : 1), violations: maybe(next() < 0.6 ? 0 : 1), fugitives: maybe(fugitives), fugitivesMost: undefined,
  };
  place.outsideMost = place.outside === undefined ? undefined : maybe(place.outside + (next() < 0.7 ? 0 : 1));
  place.pointsSeen = place.points === undefined ? undefined : maybe(place.points + (next() < 0.7 ? 0 : 1));
  place.fugitivesMost = place.fugitives === undefined ? undefined : maybe(place.fugitives + (next() < 0.9 ? 0 : 1));
  return place;
}

const known = (n: number | undefined): Known => (n === undefined ? nothing : exactly(n));
const evidenceOf = (p: Place): Evidence => ({
  residents: known(p.residents), managed: { counted: known(p.withRecords), notCounted: known(p.outside) }, points: { closing: known(p.points), period: known(p.pointsSeen) }, offenders: known(p.arrested), plants: known(p.plants), plantArea: known(p.area),
  route: p.inside === undefined || p.between === undefined ? { value: ((p.inside ?? 0) >= 1 ? 1 : 0) | ((p.between ?? 0) >= 1 ? 2 : 0), complete: false } : exactly((p.inside >= 1 ? 1 : 0) | (p.between >= 1 ? 2 : 0)),
  using: { closing: known(p.outside), period: known(p.outsideMost) }, violations: known(p.violations), fugitives: { closing: known(p.fugitives), period: known(p.fugitivesMost) }, classed: null,
});

test('the engine agrees with a second evaluator on 100,000 communes in all eight readings', () => {
  const next = chance(28_2025);
  const seen = new Map<string, number>();
  for (let i = 0; i < 100_000; i += 1) {
    const place = aPlace(next);
    const evidence = evidenceOf(place);
    const judged = judgeCommune(criteria, evidence);
    allReadings.forEach((reading, at) => {
      const expected = answer(place, { treated: reading.people === 'counted', higher: reading.orHigher, whole: reading.window === 'whole-period' });
      const found = judged.readings[at];
      if (found !== expected) assert.fail(`commune ${i}, reading ${JSON.stringify(reading)}: ${found}, expected ${expected}: ${JSON.stringify(place)}`);
      seen.set(expected, (seen.get(expected) ?? 0) + 1);
    });
    // what is kept for the nation is what is proposed for the commune, and one of what is possible
    const alone = proposeCommune(criteria, evidence, firstReading);
    assert.deepEqual([judged.outcome, judged.possible], [alone.outcome, alone.possible]);
    assert.ok(alone.outcome === 'cannot-judge' || alone.outcome === 'to-conclude' ? alone.possible.length > 1 : alone.possible.length === 1 && alone.possible[0] === alone.outcome);
  }
  for (const outcome of ['drug-free', 'I', 'II', 'III', 'not-classified', 'cannot-judge']) assert.ok((seen.get(outcome) ?? 0) > 100, `${outcome} was hardly ever met: ${JSON.stringify([...seen])}`);
});
