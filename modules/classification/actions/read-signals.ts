/** Signs against formalism: of one place, or the places that have one, in the order of their codes. */
import { addDays } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { readRollUps } from '#modules/returns/index.ts';
import { slotsOf } from '#modules/definitions/index.ts';
import type { Standing } from '#modules/indicators/schema.ts';
import { dataSet } from '../rules/boxes.ts';
import { flowSignal, signalsOf } from '../rules/signals.ts';
import type { Signal, SignalKind, SignalList, UnitSignals } from '../schema.ts';
import { signalKinds } from '../schema.ts';
import { readLateRevisions } from '../store/decrees.ts';
import { stop } from './frame.ts';
import { nationOf, type Year } from './nation.ts';
import { hidesCounts, unitFor, unitName } from './place.ts';
import { rowsBelow, type Use } from './read-nation.ts';
import { pointsIn } from './register.ts';

type Asked = { readonly unit?: string; readonly period?: string; readonly standing?: Standing };
/** Days after the period in which returns of its last month are still awaited. */
const graceDays = 15;

/** Months each commune sent again after the cut-off; null while the period runs. */
async function revisions(tx: Tx, { frame }: Year, units: readonly string[] | null): Promise<ReadonlyMap<string, string[]> | null> {
  if (!frame.period.ended) return null;
  const found = new Map<string, string[]>();
  for (const row of await readLateRevisions(tx, frame.months, dataSet, `${addDays(frame.period.last, graceDays)}T00:00:00+07:00`, units)) { const list = found.get(row.orgUnit); if (list === undefined) found.set(row.orgUnit, [row.period]); else list.push(row.period); }
  return found;
}

/** Managed people per 100 residents in each province, without one of its communes. */
function ratesAround({ rows, frame }: Year): (row: number) => number | null {
  const sums = new Map<string, { managed: number; residents: number }>();
  const of = (row: number): { managed: number; residents: number } | null => { const one = rows[row]?.reported.evidence; return one?.managed.counted.value == null || one.residents.value === null ? null : { managed: one.managed.counted.value, residents: one.residents.value }; };
  for (const [province, list] of frame.places.below) sums.set(province, list.map(of).reduce<{ managed: number; residents: number }>((all, one) => (one === null ? all : { managed: all.managed + one.managed, residents: all.residents + one.residents }), { managed: 0, residents: 0 }));
  return (row) => {
    const all = sums.get(frame.places.communes[row]?.parent ?? '');
    const own = of(row) ?? { managed: 0, residents: 0 };
    return all === undefined || all.residents - own.residents <= 0 ? null : ((all.managed - own.managed) * 100) / (all.residents - own.residents);
  };
}

function signalsAt(year: Year, row: number, { hidden, standing, revised, around }: { hidden: boolean; standing: Standing; revised: ReadonlyMap<string, string[]> | null; around: number | null }): Signal[] {
  const code = year.frame.places.communes[row]?.code ?? '';
  return signalsOf({
    answers: standing === 'approved' ? year.answers.approvedOnly(row) : year.answers.reported(row), due: year.frame.due, months: year.frame.months, register: pointsIn(year.register, code), hidden, aroundRate: around,
    revisedAfter: revised === null ? null : (revised.get(code) ?? []),
  });
}

/** People who entered facilities of a province over the period, by the sums of its facilities. */
async function enteredIn(tx: Tx, { frame }: Year, province: string): Promise<number | null> {
  const slots = await slotsOf(tx);
  const homes = ['tu-nguyen', 'bat-buoc'].flatMap((cell) => slots.homeOf('vao-co-so', cell) ?? []);
  const [home] = homes;
  if (home === undefined) return null;
  const rows = await readRollUps(tx, { periods: frame.months, dataSets: [home.dataSet], standing: 'reported', nodes: [province] });
  const values = rows.flatMap((row) => homes.flatMap(({ slot }) => row.sums[slot - 1] ?? []));
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

export async function readSignals(use: Use, asked: Asked & { readonly unit: string }): Promise<UnitSignals> {
  const { db } = use.services;
  const standing = asked.standing ?? 'reported';
  return db.read('system', async (tx) => {
    const year = await nationOf(db).year(tx, asked.period, use.now.today);
    const unit = unitFor(year.frame.places, use.actor, asked.unit);
    if (unit.depth === 2) {
      const inCommunes = (year.frame.places.below.get(unit.code) ?? []).reduce<number | null>((sum, at) => { const value = year.rows[at]?.[standing].evidence.using.period.value ?? null; return value === null ? sum : (sum ?? 0) + value; }, null);
      const small = inCommunes !== null && inCommunes < 10 && hidesCounts(use.actor, unit);
      return { unit: unitName(unit), period: year.frame.period, standing, signals: [small ? flowSignal(null, null) : flowSignal(await enteredIn(tx, year, unit.code), inCommunes)] };
    }
    const row = year.frame.places.rowOf.get(unit.code);
    if (row === undefined) return stop({ code: 'level-not-classified', unit: unit.code });
    const revised = await revisions(tx, year, [unit.code]);
    return { unit: unitName(unit), period: year.frame.period, standing, signals: signalsAt(year, row, { hidden: hidesCounts(use.actor, unit), standing, revised, around: ratesAround(year)(row) }) };
  });
}

const pageSize = 100;
export async function readSignalList(use: Use, asked: Asked & { readonly kind?: SignalKind; readonly page?: number }): Promise<SignalList> {
  const { db } = use.services;
  const standing = asked.standing ?? 'reported';
  const { year, revised } = await db.read('system', async (tx) => { const loaded = await nationOf(db).year(tx, asked.period, use.now.today); return { year: loaded, revised: await revisions(tx, loaded, null) }; });
  const unit = unitFor(year.frame.places, use.actor, asked.unit);
  const around = ratesAround(year);
  const all = rowsBelow({ year, unit }).flatMap((row) => {
    const place = year.frame.places.communes[row];
    if (place === undefined) return [];
    const signals = signalsAt(year, row, { hidden: hidesCounts(use.actor, place), standing, revised, around: around(row) }).filter((one) => one.state === 'seen');
    return signals.length === 0 ? [] : [{ code: place.code, nameVi: place.nameVi, province: place.province, signals }];
  });
  const wanted = asked.kind === undefined ? all : all.filter((row) => row.signals.some((one) => one.kind === asked.kind));
  const pages = Math.max(1, Math.ceil(wanted.length / pageSize));
  const page = Math.min(asked.page ?? 1, pages);
  return {
    unit: unitName(unit), period: year.frame.period, standing, byKind: signalKinds.map((kind) => ({ kind, communes: all.filter((row) => row.signals.some((one) => one.kind === kind)).length })),
    rows: wanted.slice((page - 1) * pageSize, page * pageSize), page, pages, rowsTotal: wanted.length,
  };
}
