/** Buckets in the order of time, each in a transaction of its own: a broken run leaves whole buckets, and the next run finds them done. */
import type { Period } from '#kernel/period.ts';
import { addDays, vietnamDay } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { isLoaded, slotsOf, type Slots } from '#modules/definitions/index.ts';
import { askAcross } from '../actions/across.ts';
import { tellCommitted } from '../actions/committed.ts';
import { Forms, type FormOn } from '../actions/forms.ts';
import type { Breakdowns } from '../exchange/breakdowns.ts';
import { gather, type Gathering, type GatherRow, type Surroundings } from '../exchange/gather.ts';
import type { Mapping } from '../exchange/programme.ts';
import type { Resolver } from '../exchange/resolve.ts';
import { emptyContent } from '../rules/content.ts';
import { periodsNeeded, type History } from '../rules/validation.ts';
import { dataSetsHeld } from '../store/exchange.ts';
import { readPacked } from '../store/reading.ts';
import { replaceViolations } from '../store/violations.ts';
import { codesOf, keptRow, repeatedRow, storeBucket, type BrokenIn, type BucketOutcome } from './bucket.ts';
import type { RowReport } from './row-report.ts';
import type { Spill } from './spill.ts';

export type StoredCounts = { added: number; changed: number; same: number; violations: number };
export type Store = {
  readonly spill: Spill; readonly resolver: Resolver; readonly breakdowns: Breakdowns; readonly mapping: Mapping; readonly codes: readonly (string | undefined)[];
  readonly report: RowReport; readonly dryRun: boolean;
  readonly progress: ((done: number, of: number) => void) | undefined; readonly importId: string;
};

/** Imports have no person behind them; approvals ask that the maker is another, which anybody is. */
const nobody = '00000000-0000-0000-0000-000000000000';
const daysToExplain = 30;
const mostTries = 6;

export async function storeBuckets(db: Database, store: Store): Promise<StoredCounts> {
  const { spill, resolver } = store;
  const counts: StoredCounts = { added: 0, changed: 0, same: 0, violations: 0 };
  const periods = resolver.periods;
  const order = spill.buckets().sort((a, b) => ((periods[a.period] ?? '') < (periods[b.period] ?? '') ? -1 : (periods[a.period] ?? '') > (periods[b.period] ?? '') ? 1 : a.key - b.key));
  const forms = new Forms(db);
  const lanes = store.dryRun || (await needsHistory(db, store, forms)) ? 1 : 2;
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < order.length; at = next++) {
      const { key, period } = order[at] ?? { key: 0, period: 0 };
      const outcome = await oneBucket(db, store, forms, { period: periods[period] ?? '', rows: spill.take(key) });
      for (const row of outcome.kept) store.report.kept(row);
      for (const row of outcome.refused) store.report.refused(row.file, row.row, row.code, row.facts);
      counts.added += outcome.returnsAdded;
      counts.changed += outcome.returnsChanged;
      counts.same += outcome.returnsSame;
      counts.violations += outcome.violations;
      tellCommitted(db, outcome.committed);
      done += 1;
      store.progress?.(done, order.length);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return counts;
}

type Bucket = { readonly period: Period; readonly rows: readonly GatherRow[]; readonly again?: boolean };

/** A deadlock, a serialization failure, or a row that another process made meanwhile: the same bucket can succeed. */
const mayRetry = (error: unknown): boolean => error instanceof Error && 'code' in error && ['40P01', '40001', '23505'].includes(String(error.code));

async function oneBucket(db: Database, store: Store, forms: Forms, bucket: Bucket): Promise<BucketOutcome> {
  if (store.dryRun) return db.read('system', (tx) => preview(tx, store, bucket));
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.write('system', (tx) => keep(tx, store, forms, { ...bucket, again: tries > 1 }));
    } catch (error) {
      if (!mayRetry(error) || tries === mostTries) throw error;
    }
  }
}

const isAssigned = ({ mapping, resolver }: Store) => (row: GatherRow): boolean => mapping.assigned[row.pair]?.has(resolver.units[row.unit]?.id ?? '') ?? false;

async function keep(tx: Tx, store: Store, forms: Forms, { period, rows, again = false }: Bucket): Promise<BucketOutcome> {
  const slots = await slotsOf(tx);
  const day = store.mapping.day(period);
  const map = await forms.mapOn(tx, day);
  const around = surroundings(store, { period, day, slots, provinceOf: (code) => map.units.get(code)?.province });
  const gathering = gather(rows, around);
  const formsHere = new Map<string, FormOn>();
  for (const dataSet of new Set(gathering.returns.map((one) => one.key.dataSet))) {
    const form = await forms.on(tx, dataSet, period);
    if (form.ok) formsHere.set(dataSet, form.value);
  }
  const at = new Date().toISOString();
  // Run again, somebody else may be storing the same: then every row is looked for.
  const untouched = !again && (await dataSetsHeld(tx, period, [...formsHere.keys()])).size === 0;
  const stored = await storeBucket(tx, gathering, {
    forms: formsHere, at, by: nobody, command: newId<'Import'>(), importId: store.importId, isAssigned: isAssigned(store), history: await historyFor(tx, gathering, formsHere), untouched,
    saveBroken: (list) => saveBroken(tx, list, at),
  });
  await askAcross(tx, formsHere.values(), stored.committed, at);
  return stored;
}

type Here = { readonly period: Period; readonly day: string; readonly slots: Slots | undefined; readonly provinceOf: (code: string) => string | undefined };
function surroundings({ mapping, resolver, breakdowns, codes, dryRun }: Store, { period, day, slots, provinceOf }: Here): Surroundings {
  const units = codes.map((code) => { const province = code === undefined ? undefined : provinceOf(code); return code === undefined || province === undefined ? undefined : { code, province }; });
  // In a dry run a place that is not there yet stands beyond all that are.
  const newPlace = (element: string, at: number) => (dryRun && mapping.homes.has(element) ? { dataSet: mapping.homes.get(element) ?? '', slot: beyondAll + at } : undefined);
  const places = mapping.places.map(({ element, cell }, at) => slots?.homeOf(element, cell) ?? newPlace(element, at));
  return {
    period, day, placeOf: (pair) => places[pair], unitOn: (unit) => units[unit], unitName: (unit) => resolver.units[unit]?.id ?? '',
    attributeOf: (attribute) => breakdowns.cells[attribute]?.id ?? '', elementName: (pair) => resolver.elements[resolver.pairs[pair]?.element ?? -1]?.id ?? '',
  };
}

/** No return has so many places. */
const beyondAll = 1_000_000;

/** Earlier vectors where a rule asks for them. */
async function historyFor(tx: Tx, gathering: Gathering, forms: ReadonlyMap<string, FormOn>): Promise<Map<string, History>> {
  const found = new Map<string, Map<Period, readonly (number | null)[]>>();
  for (const [dataSet, { form }] of forms) {
    const periods = periodsNeeded(form);
    if (periods.length === 0) continue;
    const units = [...new Set(gathering.returns.flatMap((one) => (one.key.dataSet === dataSet ? [one.key.unit] : [])))];
    for (const one of await readPacked(tx, { periods, dataSets: [dataSet], units })) {
      const key = `${one.orgUnit}/${dataSet}/${one.attribute}`;
      const known = found.get(key) ?? new Map<Period, readonly (number | null)[]>();
      known.set(one.period, one.vals);
      found.set(key, known);
    }
  }
  return found;
}

async function needsHistory(db: Database, { resolver, mapping, dryRun }: Store, forms: Forms): Promise<boolean> {
  if (dryRun) return false;
  return db.read('system', async (tx) => {
    const slots = await slotsOf(tx);
    const dataSets = new Set(mapping.places.flatMap(({ element, cell }) => slots.homeOf(element, cell)?.dataSet ?? []));
    for (const dataSet of dataSets) for (const period of resolver.periods) {
      const form = await forms.on(tx, dataSet, period);
      if (form.ok && periodsNeeded(form.value.form).length > 0) return true;
      if (form.ok) break; // one period of its type tells for all
    }
    return false;
  });
}

async function saveBroken(tx: Tx, list: readonly BrokenIn[], at: string): Promise<number> {
  const checked = list.filter((one) => one.existed || one.broken.length > 0);
  const due = addDays(vietnamDay(new Date(at)), daysToExplain);
  const found = checked.flatMap(({ one, broken }) => broken.map(({ rule, left, right }) => ({
    key: one.key, kind: 'rule' as const, rule: rule.id, slot: 0, rev: one.rev, value: null, usual: null, left, right, explanation: '', due, at, id: newId<'Violation'>(),
  })));
  await replaceViolations(tx, 'rule', checked.map((one) => one.one.key), found, at);
  return found.length;
}

/** What a bucket would change, read only: against what is held, with the tree and the definitions that the files bring. */
async function preview(tx: Tx, store: Store, { period, rows }: Bucket): Promise<BucketOutcome> {
  const day = store.mapping.day(period);
  const slots = (await isLoaded(tx)) ? await slotsOf(tx) : undefined;
  const given = new Map(store.codes.map((code, at) => [code, store.resolver.units[at]]));
  const stands = (code: string): string | undefined => { const unit = given.get(code); return unit === undefined || (unit.opened !== undefined && unit.opened > day) || (unit.closed !== undefined && unit.closed < day) ? undefined : '00'; };
  const gathering = gather(rows, surroundings(store, { period, day, slots, provinceOf: stands }));
  const existing = new Map<string, { readonly vals: readonly (number | null)[]; readonly noData: readonly number[] }>();
  for (const one of await readPacked(tx, { periods: [period], dataSets: [...new Set(gathering.returns.map((each) => each.key.dataSet))] })) existing.set(`${one.orgUnit}/${one.dataSet}/${one.attribute}`, one);
  const assigned = isAssigned(store);
  const outcome = { returnsAdded: 0, returnsChanged: 0, returnsSame: 0 };
  const kept = gathering.returns.flatMap((gathered) => {
    const before = existing.get(`${gathered.key.unit}/${gathered.key.dataSet}/${gathered.key.attribute}`);
    const content = before === undefined ? emptyContent : { ...before, words: null };
    const list = gathered.rows.map((row, at) => keptRow(row, [gathered.slots[at] ?? 0, gathered.values[at]?.[1] ?? null], content, codesOf(row.flags, assigned(row))));
    if (list.every((row) => row.standing === 'same')) outcome.returnsSame += 1; else if (before === undefined) outcome.returnsAdded += 1; else outcome.returnsChanged += 1;
    return list;
  });
  const repeated = gathering.repeated.map(repeatedRow);
  return { kept: [...kept, ...repeated], refused: gathering.refused, violations: 0, committed: [], ...outcome };
}
