/**
 * How many returns are expected and how they stand, by unit: the one way of counting, for calendars, completeness and indicators. A unit
 * counts once, however many options of an attribute it reports; only units that owe the data set on the period's map count at all, so
 * nothing is ever more than whole.
 */
import type { PlainDate } from '#kernel/day.ts';
import { daysOf } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Form } from '../rules/form.ts';
import { countUnits, readVersions, type UnitCount } from '../store/views.ts';
import type { FormOn, UnitMap } from './forms.ts';

/** `onTime`: all it sent came in time; `approved`: all it sent is in the approved sums; `returned`: some of it was given back. */
export type Tally = { readonly expected: number; readonly received: number; readonly onTime: number; readonly approved: number; readonly returned: number };
/** Of one data set and period: what lies below each unit, and how each unit that owes it stands. */
export type Counts = { readonly below: ReadonlyMap<string, Tally>; readonly own: ReadonlyMap<string, Tally> };
export const noTally: Tally = { expected: 0, received: 0, onTime: 0, approved: 0, returned: 0 };
const nothing: Counts = { below: new Map(), own: new Map() };

const expectedOf = new WeakMap<UnitMap, Map<string, ReadonlyMap<string, readonly string[]>>>();
/** Codes of the units that owe a data set, by the code of each unit above them, and by their own where they have units below. */
export function expectedUnder({ form, map }: FormOn): ReadonlyMap<string, readonly string[]> {
  const known = expectedOf.get(map) ?? new Map<string, ReadonlyMap<string, readonly string[]>>();
  expectedOf.set(map, known);
  const text = `${form.dataSet.id}/${form.programme.edition}/${form.dataSet.validFrom}`;
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const made = new Map<string, string[]>();
  for (const unit of map.units.values()) {
    if (!map.isAssigned(form.dataSet, unit)) continue;
    for (const { node } of map.nodesOf(unit.code)) { const list = made.get(node); if (list === undefined) made.set(node, [unit.code]); else list.push(unit.code); }
  }
  known.set(text, made);
  return made;
}

/** Nothing is expected before a period begins, nor of periods before the programme's first. */
export const isExpected = ({ programme: { head }, first, last }: Form, today: PlainDate): boolean => today >= first && last >= daysOf(head.firstPeriod, head.calendar).first;

const kept = new WeakMap<Form, Map<string, { readonly version: number; readonly counts: Counts }>>();

/**
 * Counts of forms in one query for those that changed since they were asked last.
 *
 * @param system a transaction of the system: counts are no figures, and who reads them only by units cannot see each return. The caller
 *   shows them of units whose sums the reader may see (`mayReadSums`).
 * @param province only units of this one; null: all
 * @returns in the order of `forms`
 */
export async function countsOf(system: Tx, forms: readonly FormOn[], today: PlainDate, province: string | null = null): Promise<Counts[]> {
  const asked = forms.filter(({ form }) => isExpected(form, today));
  const versions = new Map((await readVersions(system, periodsOf(asked), dataSetsOf(asked))).map((one) => [`${one.period}/${one.dataSet}`, one.version]));
  const versionOf = ({ form }: FormOn): number => versions.get(`${form.period}/${form.dataSet.id}`) ?? 0;
  const fresh = (on: FormOn): Counts | undefined => [province ?? '', ''].map((place) => kept.get(on.form)?.get(place)).find((one) => one?.version === versionOf(on))?.counts;
  const stale = asked.filter((on) => fresh(on) === undefined);
  const rows = stale.length === 0 ? [] : await countUnits(system, periodsOf(stale), dataSetsOf(stale), province);
  const byForm = Map.groupBy(rows, (row) => `${row.period}/${row.dataSet}`);
  for (const on of stale) {
    const places = kept.get(on.form) ?? new Map<string, { version: number; counts: Counts }>();
    kept.set(on.form, places);
    places.set(province ?? '', { version: versionOf(on), counts: countForm(on, byForm.get(`${on.form.period}/${on.form.dataSet.id}`) ?? [], province) });
  }
  return forms.map((on) => (isExpected(on.form, today) ? fresh(on) ?? nothing : nothing));
}
const periodsOf = (forms: readonly FormOn[]): string[] => [...new Set(forms.map(({ form }) => form.period))];
const dataSetsOf = (forms: readonly FormOn[]): string[] => [...new Set(forms.map(({ form }) => form.dataSet.id))];

function countForm({ form, map }: FormOn, rows: readonly UnitCount[], province: string | null): Counts {
  const sent = new Map(rows.map((row) => [row.orgUnit, row]));
  const own = new Map<string, Tally>();
  const below = new Map<string, Tally>();
  for (const unit of map.units.values()) {
    if ((province !== null && unit.province !== province) || !map.isAssigned(form.dataSet, unit)) continue;
    const row = sent.get(unit.code);
    const tally = row === undefined ? missing : standingOf(row);
    own.set(unit.code, tally);
    for (const node of map.ancestors(unit.code)) below.set(node, plus(below.get(node) ?? noTally, tally));
  }
  return { own, below };
}
const missing: Tally = { ...noTally, expected: 1 };
const standingOf = ({ late, approved, returned }: UnitCount): Tally => ({ expected: 1, received: 1, onTime: late ? 0 : 1, approved: approved ? 1 : 0, returned: returned ? 1 : 0 });
export const plus = (a: Tally, b: Tally): Tally => ({
  expected: a.expected + b.expected, received: a.received + b.received, onTime: a.onTime + b.onTime, approved: a.approved + b.approved, returned: a.returned + b.returned,
});

/** What lies below a unit, without its own return. */
export const tallyBelow = ({ below }: Counts, unit: string): Tally => below.get(unit) ?? noTally;
/** A unit with all that lies below it. */
export const tallyAt = (counts: Counts, unit: string): Tally => plus(tallyBelow(counts, unit), counts.own.get(unit) ?? noTally);
