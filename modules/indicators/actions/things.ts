/** Candidates for the three things to know, each with its facts, the units it speaks of and where it leads. */
import { dueDayOf } from '#modules/definitions/schema.ts';
import { chooseThings, returnsStep, type Candidate } from '../rules/things.ts';
import { numberIn, type Link, type Overview } from '../schema.ts';
import { unitName } from './ask.ts';
import { coverageOf } from './coverage.ts';
import type { ChildValue, Frame } from './overview.ts';
import { daysBetween } from '#kernel/day.ts';

type Thing = Overview['things'][number];
type Found = Thing & Candidate;

const linkTo = (screen: Link['screen'], { unit, period }: Frame, more: Partial<Link> = {}): Link => ({ screen, unit: unit.code, period, indicator: null, dataSet: null, ...more });

function missingReturns(frame: Frame): Found[] {
  const { scene, dataSet, returns, children, span, period, today } = frame;
  if (dataSet === undefined || returns.expected === 0) return [];
  const dueOn = dueDayOf(dataSet, period, scene.head.calendar);
  const missing = Math.max(0, returns.expected - returns.received);
  const facts = { missing, expected: returns.expected, received: returns.received, daysLate: Math.max(0, daysBetween(dueOn, today)) };
  if (missing === 0) return [{ rule: 'all-received', step: 'good', weight: 0.5, facts, indicator: null, units: [], links: [linkTo('returns-calendar', frame, { dataSet: dataSet.id })] }];
  const below = children.map((row) => { const one = coverageOf(scene, dataSet.id, { unit: row, span, standing: 'reported', attribute: null }); return { row, missing: one.expected - one.received }; });
  const most = below.filter((one) => one.missing > 0).sort((a, b) => b.missing - a.missing || (a.row.code < b.row.code ? -1 : 1)).slice(0, 3);
  const share = missing === 0 ? 0 : most.reduce((sum, one) => sum + one.missing, 0) / missing;
  const due = today > dueOn;
  return [{
    rule: 'returns-missing', step: due ? returnsStep(returns.received, returns.expected) : null, weight: missing / returns.expected, facts: { ...facts, sharePercent: Math.round(share * 100) }, indicator: null,
    units: most.map((one) => unitName(one.row)), links: [linkTo('returns-calendar', frame, { dataSet: dataSet.id })],
  }];
}

function waitingApprovals(frame: Frame): Found[] {
  const { returns, dataSet } = frame;
  const waiting = returns.received - returns.approved;
  if (dataSet === undefined || waiting <= 0 || returns.received === 0) return [];
  return [{
    rule: 'approval-waiting', step: waiting / returns.received > 0.5 ? 'worrying' : 'fair', weight: (waiting / returns.received) * 0.5, facts: { waiting, received: returns.received, approved: returns.approved }, indicator: null, units: [],
    links: [linkTo('approval-queue', frame, { dataSet: dataSet.id })],
  }];
}

function indicatorsAgainstPath(frame: Frame): Found[] {
  return frame.mains.flatMap(({ indicator, worth, held }): Found[] => {
    const { gap, shouldBe, step } = held.judged;
    const value = numberIn(worth.figure);
    if (gap === null || shouldBe === null || step === null || value === null) return [];
    const facts = { value, shouldBe, gapPercent: Math.round(gap * 1000) / 10, ...(held.target?.low === null || held.target === undefined ? {} : { target: held.target.low }), ...(held.target?.year === null || held.target === undefined ? {} : { year: held.target.year }) };
    return [{ rule: gap >= 0 ? 'furthest-ahead' : 'furthest-behind', step, weight: Math.min(1, Math.abs(gap)), facts, indicator: indicator.id, units: [], links: [linkTo('indicator', frame, { indicator: indicator.id })] }];
  });
}

/** Units below whose judgement is the worst; only where more is said to be better or worse (a fall alone colours nothing). */
function worstBelow(frame: Frame, values: readonly ChildValue[] | undefined): Found[] {
  const bad = (values ?? []).filter((one) => one.held.judged.step === 'bad').sort((a, b) => (a.held.judged.gap ?? 0) - (b.held.judged.gap ?? 0));
  const [indicator] = frame.mains.filter((main) => main.held.target?.id === bad[0]?.held.target?.id).map((main) => main.indicator.id);
  if (bad.length === 0 || values === undefined || indicator === undefined) return [];
  return [{
    rule: 'units-behind', step: bad.length / values.length > 0.25 ? 'bad' : 'worrying', weight: bad.length / values.length, facts: { behind: bad.length, of: values.length }, indicator,
    units: bad.slice(0, 3).map((one) => unitName(one.row)), links: [linkTo('indicator', frame, { indicator })],
  }];
}

export function thingsOf(frame: Frame, values: readonly ChildValue[] | undefined): Thing[] {
  return chooseThings([...missingReturns(frame), ...indicatorsAgainstPath(frame), ...waitingApprovals(frame), ...worstBelow(frame, values)]).map(({ rule, step, facts, indicator, units, links }) => ({ rule, step, facts, indicator, units, links }));
}
