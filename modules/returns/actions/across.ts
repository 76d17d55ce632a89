/** Rules over several returns (rules/across.ts): judged after returns came, whichever came last; what is broken is a work item of the unit's own return. */
import { addDays, daysBetween } from '#kernel/day.ts';
import { daysOf, type Period } from '#kernel/period.ts';
import { newId } from '#kernel/id.ts';
import type { Now } from '#kernel/clock.ts';
import type { Tx } from '#platform/db/tx.ts';
import { publish, type StoredEvent } from '#platform/events/publish.ts';
import type { Services } from '#platform/services.ts';
import { slotsOf, type Slots } from '#modules/definitions/index.ts';
import { calendarFactOf, reportingRateOf, type CompiledRule, type DataReference, type Reference, type Value } from '#modules/definitions/formula/index.ts';
import type { DataElement, DataSet, Programme } from '#modules/definitions/schema.ts';
import { acrossRulesOf, ofBelow, overPeriods, partsAt, periodOfRule, periodsAsked, periodsWithin, type AcrossRule, type Part } from '../rules/across.ts';
import { compiledOf, isSampled, isUnitOf, samplePeriods, slotFinder, sumAt } from '../rules/validation.ts';
import type { ReturnKey } from '../schema.ts';
import { readRollUps } from '../store/reading.ts';
import { listReturns, type Stored } from '../store/views.ts';
import { replaceViolations, type NewViolation } from '../store/violations.ts';
import { countsOf, noTally, plus, tallyAt, tallyBelow, type Tally } from './counts.ts';
import { engineOf } from './engine.ts';
import type { FormOn, Forms, UnitMap } from './forms.ts';

/** Days in which what is broken is to be explained or put right. */
const daysToExplain = 7;
/** @property rules by the data sets they ask for */
type Ready = { readonly rules: readonly { readonly across: AcrossRule; readonly compiled: CompiledRule }[]; readonly byDataSet: ReadonlyMap<string, readonly AcrossRule[]> };
const kept = new WeakMap<Programme, { readonly slots: Slots; readonly ready: Ready }>();

function readyOf(programme: Programme, slots: Slots): Ready {
  const known = kept.get(programme);
  if (known?.slots === slots) return known.ready;
  const homes = new Map([...programme.dataSets.keys()].flatMap((dataSet) => slots.of(dataSet).map((slot) => [slot.element, dataSet] as const)));
  const rules = acrossRulesOf(programme, (element) => homes.get(element)).flatMap((across) => { const compiled = compiledOf(across.rule); return compiled.ok ? [{ across, compiled: compiled.value }] : []; });
  const byDataSet = Map.groupBy(rules.flatMap(({ across }) => across.dataSets.map((dataSet) => ({ across, dataSet: dataSet.id }))), (one) => one.dataSet);
  const ready: Ready = { rules, byDataSet: new Map([...byDataSet].map(([dataSet, list]) => [dataSet, list.map((one) => one.across)])) };
  kept.set(programme, { slots, ready });
  return ready;
}
type Judging = { readonly tx: Tx; readonly forms: Forms; readonly now: Now; readonly slots: Slots };
/** Where a rule over several returns is judged. */
type Seat = { readonly unit: string; readonly period: Period; readonly dataSet: string };

/** After returns came in. A programme without such rules costs one look. */
export async function judgeAcross(tx: Tx, event: StoredEvent, now: Now, services: Services): Promise<void> {
  const keys = (event.payload['keys'] ?? []) as readonly ReturnKey[]; // our own event
  const judging: Judging = { tx, forms: engineOf(services.db).forms, now, slots: await slotsOf(tx) };
  const seats = new Map<string, Seat>();
  for (const key of keys) for (const seat of await seatsOf(judging, key)) seats.set(`${seat.unit}/${seat.period}/${seat.dataSet}`, seat);
  for (const seat of seats.values()) await judgeSeat(judging, seat);
}

const keysAnEvent = 500;
/** After an import, which tells nobody of single returns: asks for the rules over several returns, when there are any about these. */
export async function askAcross(tx: Tx, forms: Iterable<FormOn>, keys: readonly ReturnKey[], at: string): Promise<void> {
  const slots = await slotsOf(tx);
  const touched = new Set([...forms].flatMap(({ form: { programme, dataSet } }) => (readyOf(programme, slots).byDataSet.has(dataSet.id) ? [dataSet.id] : [])));
  const asked = Map.groupBy(keys.filter((key) => touched.has(key.dataSet)), (key) => key.province);
  await publish(tx, at, [...asked].flatMap(([province, list]) => Array.from({ length: Math.ceil(list.length / keysAnEvent) }, (_, i) => ({
    province, type: 'returns.imported', payload: { keys: list.slice(i * keysAnEvent, (i + 1) * keysAnEvent).map(({ unit, period, dataSet, attribute }) => ({ province, unit, period, dataSet, attribute })) },
  }))));
}

/** Returns that stand for a rule which asks for this one: of the unit itself, and of the units above it. */
async function seatsOf({ tx, forms, slots }: Judging, key: ReturnKey): Promise<Seat[]> {
  const on = await forms.on(tx, key.dataSet, key.period);
  if (!on.ok) return [];
  const { form: { programme }, map } = on.value;
  return (readyOf(programme, slots).byDataSet.get(key.dataSet) ?? []).flatMap((across) => {
    const period = periodOfRule(key.period, across.rule.periodType);
    return period === undefined ? [] : [key.unit, ...map.ancestors(key.unit)].flatMap((unit): Seat[] => {
      const [seat] = partsOf(across, map, unit) ?? [];
      const last = seat && periodsWithin(period, seat.dataSet.periodType).at(-1);
      return seat === undefined || last === undefined ? [] : [{ unit, period: last, dataSet: seat.dataSet.id }];
    });
  });
}

function partsOf(across: AcrossRule, map: UnitMap, code: string): readonly [Part, ...Part[]] | undefined {
  const unit = map.units.get(code);
  if (unit === undefined) return undefined;
  return partsAt(across, (dataSet) => map.isAssigned(dataSet, unit), (dataSet) => fillsBelow(map, dataSet).has(code));
}
const fillers = new WeakMap<UnitMap, WeakMap<DataSet, ReadonlySet<string>>>();
/** Units that have others below them which fill a data set. */
function fillsBelow(map: UnitMap, dataSet: DataSet): ReadonlySet<string> {
  const known = fillers.get(map) ?? new WeakMap<DataSet, ReadonlySet<string>>();
  fillers.set(map, known);
  const found = known.get(dataSet) ?? new Set([...map.units.values()].filter((unit) => map.isAssigned(dataSet, unit)).flatMap((unit) => [...map.ancestors(unit.code)]));
  known.set(dataSet, found);
  return found;
}

/** All rules whose work items stand at one return, so that what holds again is closed. */
async function judgeSeat(judging: Judging, seat: Seat): Promise<void> {
  const { tx, forms, slots, now } = judging;
  const on = await forms.on(tx, seat.dataSet, seat.period);
  if (!on.ok) return;
  const { form: { programme }, map } = on.value;
  const province = map.units.get(seat.unit)?.province ?? '';
  const stored = await listReturns(tx, { periods: [seat.period], dataSets: [seat.dataSet], units: [seat.unit], province });
  const [own] = stored;
  if (own === undefined) return;
  const found: NewViolation[] = [];
  for (const { across, compiled } of readyOf(programme, slots).rules) {
    const parts = partsOf(across, map, seat.unit);
    const period = periodOfRule(seat.period, across.rule.periodType);
    if (parts?.[0].dataSet.id !== seat.dataSet || period === undefined || periodsWithin(period, parts[0].dataSet.periodType).at(-1) !== seat.period) continue;
    const sources = await sourcesOf(judging, { unit: seat.unit, province, period, parts, references: compiled.references, shifts: isSampled(across.rule) ? [0, ...samplePeriods] : [0], programme });
    if (sources === undefined) continue;
    const { verdict, left, right } = compiled.evaluate({ samplePeriods, read: sources });
    const explanation = own.words?.e?.find((one) => one.rule === across.rule.id)?.text ?? '';
    if (verdict === 'broken') found.push({ key: own.key, kind: 'across', rule: across.rule.id, slot: 0, rev: own.rev, value: null, usual: null, left, right, explanation, due: addDays(now.today, daysToExplain), at: now.at, id: newId() });
  }
  await replaceViolations(tx, 'across', [own.key], found, now.at);
}

type Asked = { readonly unit: string; readonly province: string; readonly period: Period; readonly parts: readonly Part[]; readonly references: readonly Reference[]; readonly shifts: readonly number[]; readonly programme: Programme };
type Vector = { readonly vals: readonly (number | null)[]; readonly counts: readonly number[] };
/** One data set in one period, as the unit comes by it. */
type Place = { readonly on: FormOn; readonly tally: Tally; readonly vector: Vector | undefined };

/** How the references are answered; undefined while a return that the rule asks for has not come. */
async function sourcesOf(judging: Judging, asked: Asked): Promise<((reference: Reference, shift: number) => Value) | undefined> {
  const { unit, period, parts, references, shifts, programme } = asked;
  const { calendar } = programme.head;
  const periods = [...new Set([period, ...references.flatMap((one) => (one.kind === 'data' || one.kind === 'reporting-rate' ? shifts.flatMap((shift) => periodsAsked(period, one.period, shift, calendar)) : []))])];
  const places = new Map<string, Place>();
  for (const part of parts) for (const [text, place] of await placesOf(judging, asked, part, periods)) places.set(text, place);
  const rates = new Set(references.flatMap((one) => (one.kind === 'reporting-rate' ? [one.dataSet] : [])));
  for (const id of rates) { // of whom it is asked how many reported, its return is not waited for
    const dataSet = programme.dataSets.get(id);
    if (dataSet !== undefined && !parts.some((part) => part.dataSet.id === id)) for (const [text, place] of await placesOf(judging, asked, { dataSet, whose: 'below' }, periods)) places.set(text, place);
  }
  const now = parts.flatMap(({ dataSet, whose }) => periodsWithin(period, dataSet.periodType).map((one) => ({ whose, place: places.get(`${dataSet.id}/${one}`) })));
  if (now.some(({ whose, place }) => place === undefined || (whose === 'own' ? place.vector === undefined : place.tally.expected === 0 || place.tally.received < place.tally.expected))) return undefined;
  const here = now[0]?.place?.on;
  if (here === undefined) return undefined;
  const { first, last } = daysOf(period, calendar);
  return (reference, shift) => {
    switch (reference.kind) {
      case 'data': return figureOf(reference, periodsAsked(period, reference.period, shift, calendar), parts, places);
      case 'constant': return programme.constants.get(reference.id)?.value ?? null;
      case 'attribute': return here.map.facts(unit).attributes[reference.id] ?? null;
      case 'calendar': return calendarFactOf(reference.fact, period, daysBetween(first, last) + 1);
      case 'unit-test': return reference.test === 'dataSet' ? reference.ids.some((id) => parts.some((part) => part.whose === 'own' && part.dataSet.id === id)) : isUnitOf(reference, here.map.facts(unit));
      case 'unit-count': return here.map.countIn(unit, reference.id);
      case 'reporting-rate': {
        const tallies = periodsAsked(period, reference.period, shift, calendar).flatMap((one) => places.get(`${reference.dataSet}/${one}`)?.tally ?? []);
        if (tallies.length === 0) return null;
        const { expected, received, onTime } = tallies.reduce(plus, noTally);
        return reportingRateOf(reference.rate, { expected, received, inTime: onTime });
      }
      default: return null;
    }
  };
}

const slotsIn = new WeakMap<FormOn['form'], ReturnType<typeof slotFinder>>();
function figureOf(reference: DataReference, periods: readonly Period[], parts: readonly Part[], places: ReadonlyMap<string, Place>): number | null {
  const values: (number | null)[] = [];
  let element: DataElement | undefined;
  for (const { dataSet, whose } of parts) for (const period of periods.flatMap((one) => periodsWithin(one, dataSet.periodType))) {
    const place = places.get(`${dataSet.id}/${period}`);
    if (place === undefined) continue;
    const { form } = place.on;
    const find = slotsIn.get(form) ?? slotFinder(form);
    slotsIn.set(form, find);
    const slots = find(reference);
    const defined = form.slots.get(slots[0] ?? 0)?.element;
    if (defined === undefined) continue; // the other data set's
    element = defined;
    const sum = sumAt(place.vector?.vals, slots);
    values.push(whose === 'own' ? sum : ofBelow(defined, sum, Math.max(0, ...slots.map((slot) => place.vector?.counts[slot - 1] ?? 0))));
  }
  return element === undefined ? null : overPeriods(values, element, reference);
}

async function placesOf({ tx, forms, now }: Judging, { unit, province }: Asked, { dataSet, whose }: Part, periods: readonly Period[]): Promise<[string, Place][]> {
  const wanted = [...new Set(periods.flatMap((one) => periodsWithin(one, dataSet.periodType)))];
  const placed: FormOn[] = [];
  for (const period of wanted) { const on = await forms.on(tx, dataSet.id, period); if (on.ok) placed.push(on.value); }
  const counts = await countsOf(tx, placed, now.today, province === '00' ? null : province);
  const vectors = await (whose === 'own' ? ownVectors(tx, unit, province, dataSet.id, wanted) : vectorsBelow(tx, unit, dataSet.id, wanted));
  return placed.map((on, at) => {
    const counted = counts[at] ?? { own: new Map(), below: new Map() };
    return [`${dataSet.id}/${on.form.period}`, { on, vector: vectors.get(on.form.period), tally: whose === 'own' ? tallyAt(counted, unit) : tallyBelow(counted, unit) }];
  });
}

/** Of a data set with a further dimension the sum of all its options. */
function added(list: readonly Vector[]): Vector {
  const length = Math.max(0, ...list.map((one) => one.vals.length));
  return {
    vals: Array.from({ length }, (_, i) => sumAt(list.map((one) => one.vals[i] ?? null), list.map((_one, at) => at + 1))),
    counts: Array.from({ length }, (_, i) => list.reduce((sum, one) => sum + (one.counts[i] ?? 0), 0)),
  };
}
async function ownVectors(tx: Tx, unit: string, province: string, dataSet: string, periods: readonly Period[]): Promise<Map<Period, Vector>> {
  const stored = Map.groupBy<Period, Stored>(await listReturns(tx, { periods, dataSets: [dataSet], units: [unit], province }), (one) => one.key.period);
  return new Map([...stored].map(([period, list]) => [period, added(list.map(({ vals }) => ({ vals, counts: [] })))]));
}
async function vectorsBelow(tx: Tx, unit: string, dataSet: string, periods: readonly Period[]): Promise<Map<Period, Vector>> {
  const sums = Map.groupBy(await readRollUps(tx, { nodes: [unit], periods, dataSets: [dataSet], standing: 'reported' }), (one) => one.period);
  return new Map([...sums].map(([period, list]) => [period, added(list.map((one) => ({ vals: one.sums, counts: one.counts })))]));
}
