/** A data set in a period with the units of its map: what every command and every screen asks first. Kept for a moment, asked once a batch. */
import type { PlainDate } from '#kernel/day.ts';
import { daysOf, isPeriod, type Period } from '#kernel/period.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { programmeOn, latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { isAssigned } from '#modules/definitions/schema.ts';
import { ancestorsOf, groupSets, unitAttributes, unitsOn, type UnitRow } from '#modules/org-units/index.ts';
import { formOf, type Form, type FormRefusal } from '../rules/form.ts';
import type { UnitPlace } from '../rules/rights.ts';
import type { UnitFacts } from '../rules/validation.ts';
import type { UnitShown } from '../schema.ts';

/** How long an answer is used again without asking whether definitions or units changed. */
const freshMs = 1000;
const mostKept = 400;

export type NodePlace = { readonly province: string; readonly node: string };
/** Units of one day with what returns need to know of them. */
export class UnitMap {
  readonly units: ReadonlyMap<string, UnitRow>;
  readonly children: ReadonlyMap<string, readonly UnitRow[]>;
  readonly #ancestors: ReadonlyMap<string, readonly string[]>;
  readonly #groups: readonly { readonly id: string; readonly groupOf: ReadonlyMap<string, string> }[];
  readonly #attributes: ReadonlyMap<string, Readonly<Record<string, { readonly value: number }>>>;
  readonly #nodes = new Map<string, readonly NodePlace[]>();
  readonly #places = new Map<string, UnitPlace>();
  /** Which nodes are kept; every one but in measurements. */
  keeps: (node: string) => boolean = () => true;
  constructor(rows: readonly UnitRow[], ancestors: ReadonlyMap<string, readonly string[]>, groups: readonly { id: string; groupOf: ReadonlyMap<string, string> }[], attributes: ReadonlyMap<string, Readonly<Record<string, { readonly value: number }>>>) {
    this.units = new Map(rows.map((row) => [row.code, row]));
    this.children = Map.groupBy(rows, (row) => row.parent ?? '');
    this.#ancestors = ancestors;
    this.#groups = groups;
    this.#attributes = attributes;
  }

  ancestors(code: string): readonly string[] {
    return this.#ancestors.get(code) ?? [];
  }

  /** Whether sums are kept for the unit itself: for the nation, provinces and whatever has units below it, so that its own return is among them. */
  isNode(code: string): boolean {
    return (this.units.get(code)?.depth ?? 9) <= 2 || this.children.has(code);
  }

  /** Where a return of this unit is added: every unit above it, and itself where sums are kept for it. */
  nodesOf(code: string): readonly NodePlace[] {
    const known = this.#nodes.get(code);
    if (known !== undefined) return known;
    const nodes = [...(this.isNode(code) ? [code] : []), ...this.ancestors(code)].filter((node) => this.keeps(node)).map((node) => ({ node, province: this.units.get(node)?.province ?? '00' }));
    this.#nodes.set(code, nodes);
    return nodes;
  }

  place(code: string): UnitPlace | undefined {
    const unit = this.units.get(code);
    if (unit === undefined) return undefined;
    const known = this.#places.get(code);
    if (known !== undefined) return known;
    const commune = unit.depth === 3 ? unit.code : [...this.ancestors(code)].find((above) => this.units.get(above)?.depth === 3) ?? null;
    const made = { code, province: unit.province, depth: unit.depth, commune };
    this.#places.set(code, made);
    return made;
  }

  isAssigned(dataSet: Form['dataSet'], unit: UnitRow): boolean {
    return isAssigned(dataSet, unit, (set) => this.#groups.find((one) => one.id === set)?.groupOf.get(unit.code));
  }

  facts(code: string): UnitFacts {
    const attributes = Object.fromEntries(Object.entries(this.#attributes.get(code) ?? {}).map(([id, one]) => [id, one.value]));
    const groups = this.#groups.flatMap(({ groupOf }) => { const group = groupOf.get(code); return group === undefined ? [] : [group]; });
    return { attributes, ancestors: this.ancestors(code), groups };
  }

  /** Units of a group at or below one. */
  countIn(code: string, group: string): number {
    return this.#groups.reduce((sum, { groupOf }) => sum + [...groupOf].filter(([unit, of]) => of === group && (unit === code || this.ancestors(unit).includes(code))).length, 0);
  }

  shown(code: string): UnitShown {
    const unit = this.units.get(code);
    if (unit === undefined) return { code, nameVi: code, nameEn: code, kind: 'unit', level: '', province: '' };
    return { code, nameVi: unit.nameVi, nameEn: unit.nameEn ?? unit.nameVi, kind: unit.kind, level: unit.level, province: unit.province };
  }
}
export type FormOn = { readonly form: Form; readonly map: UnitMap };

/** What everything kept was made of: the same objects come back as long as neither definitions nor units changed. */
type Marks = readonly unknown[];
class Store {
  readonly forms = new Map<string, Result<FormOn, FormRefusal>>();
  readonly maps = new Map<PlainDate, UnitMap>();
  readonly rows = new Map<PlainDate, readonly UnitRow[]>();
  marks: Marks = [];
  until = 0;
}
/** A day whose tree, groups and numbers stand for all: each edition makes new ones. */
const markDay = '2026-01-01';
const stores = new WeakMap<Database, Store>();

/** Reads definitions and units; one per process and database. */
export class Forms {
  readonly #store: Store;
  readonly #keeps: ((node: string) => boolean) | undefined;
  constructor(db: Database, keeps?: (node: string) => boolean) {
    this.#keeps = keeps;
    this.#store = stores.get(db) ?? new Store();
    stores.set(db, this.#store);
  }

  /** The data set as it is in force on the period's last day; its units on the day of the period's map. */
  async on(tx: Tx, dataSet: string, period: Period): Promise<Result<FormOn, FormRefusal>> {
    await this.#refresh(tx);
    const key = `${dataSet}/${period}`;
    const kept = this.#store.forms.get(key);
    if (kept !== undefined) return kept;
    const made = await this.#make(tx, dataSet, period);
    if (this.#store.forms.size >= mostKept) this.#store.forms.clear();
    if (made.ok) this.#store.forms.set(key, made);
    return made;
  }

  /** What is kept already, as of the last time anybody asked. */
  kept(dataSet: string, period: Period): Result<FormOn, FormRefusal> | undefined {
    return this.#store.forms.get(`${dataSet}/${period}`);
  }

  /** Once a moment: whether anything changed; if so, all is made anew. */
  async #refresh(tx: Tx): Promise<void> {
    const store = this.#store;
    if (store.until > Date.now()) return;
    const marks = await Promise.all([latestProgramme(tx), unitsOn(tx, markDay), groupSets(tx, markDay), unitAttributes(tx, markDay)]);
    if (marks.some((mark, i) => mark !== store.marks[i])) {
      store.forms.clear();
      store.maps.clear();
      store.rows.clear();
      store.marks = marks;
    }
    store.until = Date.now() + freshMs;
  }

  async #make(tx: Tx, dataSet: string, period: Period): Promise<Result<FormOn, FormRefusal>> {
    const latest = await latestProgramme(tx);
    const programme = isPeriod(period) ? await programmeOn(tx, daysOf(period, latest.head.calendar).last) : latest;
    const form = formOf(programme, dataSet, period, (await slotsOf(tx)).of(dataSet));
    return form.ok ? ok({ form: form.value, map: await this.mapOn(tx, form.value.treeDay) }) : form;
  }

  /** The units of a day; days on which none changed share one list. */
  async rowsOn(tx: Tx, day: PlainDate): Promise<readonly UnitRow[]> {
    await this.#refresh(tx);
    const kept = this.#store.rows.get(day) ?? await unitsOn(tx, day);
    if (this.#store.rows.size >= mostKept) this.#store.rows.clear();
    this.#store.rows.set(day, kept);
    return kept;
  }

  async mapOn(tx: Tx, day: PlainDate): Promise<UnitMap> {
    await this.#refresh(tx);
    const kept = this.#store.maps.get(day);
    if (kept !== undefined) return kept;
    const map = new UnitMap(await unitsOn(tx, day), await ancestorsOf(tx, day), await groupSets(tx, day), await unitAttributes(tx, day));
    if (this.#keeps !== undefined) map.keeps = this.#keeps;
    if (this.#store.maps.size >= 64) this.#store.maps.clear();
    this.#store.maps.set(day, map);
    return map;
  }
}
