/** Explain this number: formula, terms, what lies below, the returns with their revisions and approvals, and a hash anyone may compute again. */
import type { Actor } from '#kernel/actor.ts';
import type { Instant } from '#kernel/day.ts';
import type { UnitRow } from '#modules/org-units/index.ts';
import type { DataReference } from '#modules/definitions/formula/index.ts';
import type { DataElement } from '#modules/definitions/schema.ts';
import type { Database } from '#platform/db/database.ts';
import { sha256 } from '#platform/log/sha256.ts';
import { hexOf } from '#kernel/bytes.ts';
import { opensSmallCounts } from '../rules/protect.ts';
import { hashOf, headLines, lineForm, returnLines, type Recipe, type RecipeReturn } from '../rules/recipe.ts';
import { readSlots } from '../rules/vectors.ts';
import { waysOf } from '../rules/ways.ts';
import type { Explanation, Figure, Standing } from '../schema.ts';
import { readApprovals, readReturnMarks, type ApprovalMark, type ReturnMark } from '../store/trail.ts';
import { checkedPeriod, periodInfo, readable, seenCoverage, unitFor, unitName } from './ask.ts';
import { assignedUnits, coverageOf } from './coverage.ts';
import { guardFor, shown, type Guard } from './guard.ts';
import { measureAsked, measureFigure, type MeasureAsked, type MeasureFound } from './indicator-page.ts';
import { askedOf, cellsOf, elementsOf, elementValue, spanOf, type Cells, type Span } from './measure.ts';
import { withFigures } from './answer.ts';
import type { Scene } from './scene.ts';
import { unitBlock } from './sheets.ts';

export type ExplainAsked = MeasureAsked & { readonly unit: string; readonly page?: number | undefined };
type Term = { readonly ref: string; readonly element: DataElement; readonly cells: Cells; readonly cell: string; readonly span: Span; readonly side: 'numerator' | 'denominator' | 'value' };
const pageSize = 50;
export const hashText = (text: string): string => hexOf(sha256(new TextEncoder().encode(text)));

const refText = ({ element, options }: DataReference): string => [element, ...(options.length > 0 ? [options.join('&')] : [])].join('.');

function termsOf(scene: Scene, measure: MeasureFound, span: Span): Term[] {
  if (measure.kind === 'element') {
    const cells = cellsOf(scene, measure.element.id, measure.cell === '' ? null : [measure.cell]);
    return cells === undefined ? [] : [{ ref: measure.cell === '' ? measure.element.id : `${measure.element.id}.${measure.cell}`, element: measure.element, cells, cell: measure.cell, span, side: 'value' }];
  }
  return elementsOf(scene, measure.indicator, span).flatMap(({ element, span: there, side, reference }): Term[] => {
    const named = reference.options.length === 0 ? null : reference.optionKind === 'combination' ? reference.options
      : (there.programme.disaggregations.get(element.disaggregation ?? '')?.cells ?? []).filter((cell) => reference.options.every((option) => cell.options.includes(option))).map((cell) => cell.id);
    const cells = cellsOf(scene, element.id, named);
    return cells === undefined ? [] : [{ ref: `${refText(reference)}${there.period === span.period ? '' : ` @ ${there.period}`}`, element, cells, cell: named?.join('+') ?? '', span: there, side }];
  });
}

type Frame = { readonly scene: Scene; readonly guard: Guard; readonly measure: MeasureFound; readonly unit: UnitRow; readonly span: Span; readonly standing: Standing; readonly terms: readonly Term[] };
/** All that is computed; the rows of the trail are put beside it afterwards. */
type Computed = {
  readonly body: Omit<Explanation, 'returns' | 'page' | 'pages' | 'returnsTotal' | 'hash' | 'recipe' | 'asOf'>; readonly recipe: Recipe; readonly units: ReadonlyMap<string, UnitRow>; readonly periods: readonly string[]; readonly dataSets: readonly string[];
  readonly readable: ReadonlySet<string>; readonly valuesOf: (mark: ReturnMark) => Figure[]; readonly weightOf: (mark: ReturnMark) => number;
};

function frameOf(scene: Scene, asked: ExplainAsked, actor: Actor): Frame {
  const span = spanOf(scene, checkedPeriod(asked.period));
  const tree = scene.tree(span.treeDay);
  const unit = unitFor(tree, actor, asked.unit);
  const measure = measureAsked(scene, asked, span, { units: unit.depth < 3 && tree.children.has(unit.code) });
  return { scene, guard: guardFor(scene, actor), measure, unit, span, standing: asked.standing ?? 'reported', terms: termsOf(scene, measure, span) };
}

function compute(scene: Scene, asked: ExplainAsked, actor: Actor): Computed {
  const frame = frameOf(scene, asked, actor);
  const { guard, measure, unit, span, standing, terms } = frame;
  const tree = scene.tree(span.treeDay);
  const defined = measure.kind === 'element' ? measure.element : measure.indicator;
  const want = { unit, span, standing, attribute: null };
  const sources = terms.flatMap((term) => { const vectors = askedOf(scene, term.cells.dataSet, { ...want, span: term.span }); return vectors === undefined ? [] : [{ term, vectors }]; });
  const dataSets = [...new Set(sources.map((one) => one.vectors.dataSet))].sort();
  const periods = [...new Set(sources.flatMap((one) => one.vectors.bases))].sort();
  const below = tree.rows.filter((row) => row.code === unit.code || unit.depth === 1 || (tree.ancestors.get(row.code) ?? []).includes(unit.code));
  const returnsHere = (row: UnitRow) => dataSets.map((dataSet) => coverageOf(scene, dataSet, { ...want, unit: row })).sort((a, b) => a.received / Math.max(1, a.expected) - b.received / Math.max(1, b.expected))[0] ?? { expected: 0, received: 0, inTime: 0, approved: 0 };
  const silent = silentUnits(frame, dataSets, below);
  const reader = returnReader(frame, tree.byCode);
  return {
    body: {
      unit: unitName(unit), period: periodInfo(scene, span.period), treeDay: span.treeDay, standing, figure: measureFigure({ scene, guard, span, standing }, measure, unit),
      definition: {
        kind: measure.kind, id: defined.id, name: defined.name, edition: span.programme.edition, validFrom: defined.validFrom, validTo: defined.validTo, numerator: measure.kind === 'indicator' ? measure.indicator.numerator : null,
        denominator: measure.kind === 'indicator' ? measure.indicator.denominator : null, factor: measure.kind === 'indicator' ? measure.indicator.factor : 1, decimals: measure.kind === 'indicator' ? measure.indicator.decimals : 0, source: defined.source,
      },
      terms: terms.map((term) => termSeen(frame, term)), coverage: seenCoverage(returnsHere(unit)),
      children: readable(tree, actor, tree.children.get(unit.code) ?? []).map((row) => ({ unit: unitName(row), figure: measureFigure({ scene, guard, span, standing }, measure, row), coverage: seenCoverage(returnsHere(row)) })),
      silent: silent.slice(0, 200).map(unitName), silentTotal: silent.length,
    },
    recipe: {
      kind: measure.kind, id: defined.id, cell: measure.kind === 'element' ? measure.cell : '', edition: span.programme.edition, validFrom: defined.validFrom, unit: unit.code, period: span.period, treeDay: span.treeDay, standing,
      formula: measure.kind === 'indicator' ? [`(${measure.indicator.numerator})`, `/ (${measure.indicator.denominator ?? '1'})`, `* ${measure.indicator.factor}`] : [`over-units ${waysOf(measure.element).units}`, `over-time ${waysOf(measure.element).time}`],
      slots: [...new Set(terms.flatMap((term) => term.cells.slots.map((slot) => `${term.cells.dataSet}:${slot}`)))].sort(),
    },
    units: new Map(below.map((row) => [row.code, row])), readable: new Set(readable(tree, actor, below).map((row) => row.code)), periods, dataSets, ...reader,
  };
}

function termSeen({ scene, guard, unit, standing }: Frame, { ref, element, cells, cell, span, side }: Term): Explanation['terms'][number] {
  const { value } = elementValue(scene, element, cells, { unit, span, standing, attribute: null });
  const { units, time } = waysOf(element);
  return {
    ref, element: element.id, cell, name: element.name, side, value: shown(value, guard.hides(element, unit, span, standing)), overUnits: units, overTime: time,
    coverage: seenCoverage(coverageOf(scene, cells.dataSet, { unit, span, standing, attribute: null })),
  };
}

/** Units that owed a return in any of the periods and have sent none in it. */
function silentUnits({ scene, span, terms }: Frame, dataSets: readonly string[], below: readonly UnitRow[]): UnitRow[] {
  const here = new Set(below.map((row) => row.code));
  const quiet = new Map<string, UnitRow>();
  for (const dataSet of dataSets) {
    const set = span.programme.dataSets.get(dataSet) ?? scene.latest.dataSets.get(dataSet);
    const asked = askedOf(scene, dataSet, { span, standing: 'reported', attribute: null });
    if (set === undefined || asked === undefined || !terms.some((term) => term.cells.dataSet === dataSet)) continue;
    for (const period of asked.bases) {
      const block = unitBlock(scene, { ...asked, bases: [period], treeDay: scene.treeDayOf(period) });
      for (const row of assignedUnits(scene, set, period)) if (here.has(row.code) && !block.rowOf.has(row.code)) quiet.set(row.code, row);
    }
  }
  return [...quiet.values()];
}

/** Reads the terms' cells out of one return, hidden where the reader may not see them. */
function returnReader({ scene, guard, standing, terms }: Frame, byCode: ReadonlyMap<string, UnitRow>): Pick<Computed, 'valuesOf' | 'weightOf'> {
  const raw = (mark: ReturnMark): { value: number | null; term: Term }[] => terms.map((term) => {
    if (term.cells.dataSet !== mark.dataSet) return { value: null, term };
    const block = scene.base(mark.dataSet, mark.period, true).blocks?.get(mark.attribute);
    const row = block?.rowOf.get(mark.orgUnit);
    if (block === undefined || row === undefined) return { value: null, term };
    const counts = Int32Array.from(block.values.subarray(row * block.width, (row + 1) * block.width), (value) => (Number.isNaN(value) ? 0 : 1));
    const way = waysOf(term.element).units;
    return { value: readSlots({ sums: block.values.subarray(row * block.width, (row + 1) * block.width), counts, width: block.width }, 0, term.cells.slots, way === 'none' ? 'sum' : way).value, term };
  });
  return {
    valuesOf: (mark) => raw(mark).map(({ value, term }) => {
      const unit = byCode.get(mark.orgUnit);
      return shown(value, unit === undefined ? term.element.protected : guard.hides(term.element, unit, term.span, standing));
    }),
    // what is hidden has no weight, so that the order of the list tells nothing of it
    weightOf: (mark) => raw(mark).reduce((sum, { value, term }) => { const unit = byCode.get(mark.orgUnit); return sum + (unit === undefined || guard.hides(term.element, unit, term.span, standing) ? 0 : Math.abs(value ?? 0)); }, 0),
  };
}

const standingNames = ['returned', 'sent', 'head', 'province', 'ministry'] as const;
const standingName = (standing: number): Explanation['returns'][number]['standing'] => standingNames[standing + 1] ?? 'sent';

/** Which returns count: of units at or below, on the map of the figure, in the approved sums where these are asked. */
const counting = (computed: Computed, marks: readonly ReturnMark[], standing: Standing): ReturnMark[] => marks.filter((mark) => computed.units.has(mark.orgUnit) && (standing === 'reported' || mark.approved));
const recipeReturns = (marks: readonly ReturnMark[]): RecipeReturn[] => marks.map(({ province, orgUnit, period, dataSet, attribute, rev }) => ({ province, orgUnit, period, dataSet, attribute, rev }));

async function trace(db: Database, actor: Actor, asked: ExplainAsked) {
  const computed = await withFigures(db, `explain ${JSON.stringify([actor.account, actor.grants, asked.element, asked.indicator, asked.cell, asked.unit, asked.period, asked.standing])}`, (scene) => compute(scene, asked, actor), () => false);
  const marks = await db.read('system', (tx) => readReturnMarks(tx, computed.periods, computed.dataSets));
  return { computed, marks: counting(computed, marks, asked.standing ?? 'reported') };
}

export async function explain(db: Database, actor: Actor, now: Instant, asked: ExplainAsked): Promise<Explanation> {
  const { computed, marks } = await trace(db, actor, asked);
  const open = marks.filter((mark) => computed.readable.has(mark.orgUnit));
  const pages = Math.max(1, Math.ceil(open.length / pageSize));
  const page = Math.min(asked.page ?? 1, pages);
  const seen = open.map((mark) => ({ mark, weight: computed.weightOf(mark) })).sort((a, b) => b.weight - a.weight || (a.mark.orgUnit < b.mark.orgUnit ? -1 : 1)).slice((page - 1) * pageSize, page * pageSize).map((one) => one.mark);
  const approvals = seen.length === 0 ? [] : await db.read(actor, (tx) => readApprovals(tx, computed.periods, computed.dataSets, seen.map((mark) => mark.orgUnit)));
  const lines = returnLines(recipeReturns(marks));
  return {
    ...computed.body, asOf: now, returns: seen.map((mark) => contribution(computed, mark, approvals, opensSmallCounts(actor, mark.province, mark.orgUnit))), page, pages, returnsTotal: marks.length, hash: hashOf(computed.recipe, recipeReturns(marks), hashText),
    recipe: { form: 'sauro-figure/1', head: headLines(computed.recipe), lineForm, lines: lines.length, firstLines: lines.slice(0, 5) },
  };
}

/** @param entitled the hash of a return's content is shown to those who may see all of it: from the rest of the content a small number could be guessed by it */
function contribution(computed: Computed, mark: ReturnMark, approvals: readonly ApprovalMark[], entitled: boolean): Explanation['returns'][number] {
  const unit = computed.units.get(mark.orgUnit);
  return {
    key: { province: mark.province, orgUnit: mark.orgUnit, period: mark.period, dataSet: mark.dataSet, attribute: mark.attribute }, unit: unit === undefined ? { code: mark.orgUnit, level: '', nameVi: mark.orgUnit } : unitName(unit),
    rev: mark.rev, at: mark.at, office: officeOf(mark, unit), standing: standingName(mark.standing), late: mark.late, values: computed.valuesOf(mark),
    approvals: approvals.filter((one) => one.orgUnit === mark.orgUnit && one.period === mark.period && one.dataSet === mark.dataSet && one.attribute === mark.attribute).slice(-20)
      .map(({ step, verdict, at, office, contentHash }) => ({ step, verdict, at, office, contentHash: entitled ? contentHash : null })),
  };
}

/** The office that answers for a unit's return: its People's Committee. A person is named nowhere. */
const officeOf = (mark: ReturnMark, unit: UnitRow | undefined): string | null => (unit === undefined ? null : unit.depth === 2 ? `UBND:${mark.province}` : unit.depth === 3 ? `UBND:${mark.province}:${mark.orgUnit}` : null);

/** Every line of the recipe, as text: whoever has it computes the same hash with any SHA-256. */
export async function recipeText(db: Database, actor: Actor, asked: ExplainAsked): Promise<string> {
  const { computed, marks } = await trace(db, actor, asked);
  return [...headLines(computed.recipe), ...returnLines(recipeReturns(marks))].join('\n');
}
