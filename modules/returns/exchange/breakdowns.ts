/** Category combinations as breakdowns: axes with their options, and one cell for each combination of options. Pure. */
import type { Disaggregation } from '#modules/definitions/schema.ts';
import type { Bundle } from './bundle.ts';
import { byText, idOf, ownId, refIn, refsIn, textIn, wordsIn, type Loose } from './loose.ts';
import type { ObjectReport } from './report.ts';

/** From the beginning: metadata of the field has no days of validity. */
export const always = '1900-01-01';

export type Cell = { readonly id: string; readonly combo: string; readonly name: string };
/** Everything a row of values can name as a breakdown. Place 0 is "not broken down", whatever its id. */
export type Breakdowns = {
  readonly cells: readonly Cell[];
  readonly byId: ReadonlyMap<string, number>;
  /**
   * The place of an id that a row names. An id the metadata lacks is the default one where nothing else can be meant (`plain`: the element is
   * not broken down) and no default was given; in metadata without any combinations it is a cell of its own. Otherwise undefined.
   */
  readonly placeOf: (id: string, plain: boolean) => number | undefined;
  /** The metadata holds combinations of options at all. */
  readonly given: boolean;
  /** Whether an id the metadata lacks can only be the default one. */
  readonly mayBeDefault: (id: string) => boolean;
  /** Ids that the metadata lacks and that were understood, with how. */
  readonly understood: ReadonlyMap<string, 'default' | 'cell'>;
  /** Combinations that do not break down: the default one. */
  readonly plain: ReadonlySet<string>;
  readonly combos: ReadonlyMap<string, Disaggregation>;
  readonly cellsOf: ReadonlyMap<string, readonly number[]>;
};

const isDefaultName = (text: string): boolean => /^\(?_?default\)?$/iu.test(text);
const isDefault = (object: Loose): boolean => isDefaultName(textIn(object, 'name')) || isDefaultName(textIn(object, 'code')) || object['isDefault'] === true;
/** The ids under which installations keep their one default combination of options, and their one default combination of categories. */
const usualDefault = 'HllvX50cXC0';
const usualDefaultCombo = 'bjDvmb4bfuf';
/** More cells than any import holds: numbers made of a cell and something else stay exact. */
export const cellSpan = 1 << 20;
const mostCells = 5000;
const mostOptions = 500;
const mostAxes = 8;

export function breakdownsOf(bundle: Bundle, report: ObjectReport): Breakdowns {
  for (const kind of ['categories', 'categoryOptions', 'categoryCombos', 'categoryOptionCombos']) report.read(kind, bundle.of(kind).length);
  const given = bundle.of('categoryOptionCombos');
  const plain = new Set([usualDefaultCombo, ...bundle.of('categoryCombos').filter(isDefault).map(idOf)]);
  for (const coc of given) if (isDefault(coc) && refIn(coc, 'categoryCombo') !== '') plain.add(refIn(coc, 'categoryCombo'));
  const cells: Cell[] = [{ id: '', combo: '', name: '' }];
  const byId = new Map<string, number>([['', 0], [usualDefault, 0], ['default', 0]]);
  const cellsOf = new Map<string, number[]>();
  for (const coc of given) {
    const combo = refIn(coc, 'categoryCombo');
    if (plain.has(combo) || isDefault(coc)) { byId.set(idOf(coc), 0); report.taken('categoryOptionCombos'); continue; }
    byId.set(idOf(coc), cells.length);
    cellsOf.set(combo, [...(cellsOf.get(combo) ?? []), cells.length]);
    cells.push({ id: ownId(idOf(coc)), combo, name: textIn(coc, 'name') || textIn(coc, 'displayName') });
  }
  addCodes(given, byId);
  const combos = new Map<string, Disaggregation>();
  const maker = makerOf(bundle);
  for (const combo of bundle.of('categoryCombos')) {
    if (plain.has(idOf(combo))) { report.taken('categoryCombos'); continue; }
    const made = maker(combo, (cellsOf.get(idOf(combo)) ?? []).flatMap((at) => { const cell = cells[at]; return cell === undefined ? [] : [cell]; }), report);
    if (made !== undefined) { combos.set(idOf(combo), made); report.taken('categoryCombos'); }
  }
  report.taken('categories', bundle.of('categories').length);
  report.taken('categoryOptions', bundle.of('categoryOptions').length);
  return { cells, byId, plain, combos, cellsOf, ...unknownsOf(cells, byId, given) };
}

function unknownsOf(cells: Cell[], byId: Map<string, number>, given: readonly Loose[]): Pick<Breakdowns, 'placeOf' | 'given' | 'mayBeDefault' | 'understood'> {
  const understood = new Map<string, 'default' | 'cell'>();
  const defaultGiven = given.some(isDefault);
  const understand = (id: string, plain: boolean): number | undefined => {
    if (plain && !defaultGiven) { understood.set(id, 'default'); return 0; }
    if (given.length > 0) return undefined;
    understood.set(id, 'cell');
    byId.set(id, cells.length);
    return cells.push({ id: ownId(id), combo: '', name: id }) - 1;
  };
  return { understood, given: given.length > 0, placeOf: (id, plain) => byId.get(id) ?? understand(id, plain), mayBeDefault: (id) => !defaultGiven && !byId.has(id) };
}

/** Files may name objects by their codes; a code that two objects have names neither. */
export function addCodes(objects: readonly Loose[], byId: Map<string, number>): void {
  const seen = new Map<string, number | undefined>();
  for (const object of objects) {
    const [code, at] = [textIn(object, 'code'), byId.get(idOf(object))];
    if (code === '' || at === undefined) continue;
    seen.set(code, seen.has(code) && seen.get(code) !== at ? undefined : at);
  }
  for (const [code, at] of seen) if (at !== undefined && !byId.has(code)) byId.set(code, at);
}

type Axis = Disaggregation['axes'][number];

function makerOf(bundle: Bundle): (combo: Loose, cells: readonly Cell[], report: ObjectReport) => Disaggregation | undefined {
  const categories = new Map(bundle.of('categories').map((one) => [idOf(one), one]));
  const options = new Map(bundle.of('categoryOptions').map((one) => [idOf(one), one]));
  const optionsOfCell = new Map(bundle.of('categoryOptionCombos').map((one) => [ownId(idOf(one)), refsIn(one, 'categoryOptions')]));
  const axisOf = (id: string): Axis => {
    const category = categories.get(id);
    const listed = category === undefined ? [] : refsIn(category, 'categoryOptions');
    return {
      id: ownId(id), name: category === undefined ? { vi: id, en: id } : wordsIn(category, ['name', 'displayName', 'shortName'], 500),
      options: listed.map((option) => ({ id: ownId(option), name: nameOf(options.get(option), option) })),
    };
  };
  return (combo, cells, report) => {
    const id = idOf(combo);
    const name = wordsIn(combo, ['name', 'displayName'], 500);
    const axes = refsIn(combo, 'categories').map(axisOf);
    if (cells.length > mostCells || axes.length > mostAxes || axes.some((axis) => axis.options.length > mostOptions)) {
      report.refused('categoryCombos', id, name.en, ['too-many-cells', { cells: cells.length, axes: axes.length }]);
      return undefined;
    }
    const placed = cells.map((cell) => ({ id: cell.id, options: placeOptions(axes, (optionsOfCell.get(cell.id) ?? []).map(ownId)) }));
    // Installations hold two cells for one combination of options now and then; then only the cells themselves tell them apart.
    const alike = new Set(placed.map((cell) => cell.options?.join(' '))).size < placed.length;
    const whole = axes.length > 0 && !alike && placed.every((cell) => cell.options !== undefined);
    if (!whole) {
      report.changed('categoryCombos', id, name.en, ['axes-incomplete', { cells: cells.length }]);
      return flatBreakdown(ownId(id), name, cells);
    }
    report.taken('categoryOptionCombos', cells.length);
    const ordered = placed.map((cell) => ({ id: cell.id, options: cell.options ?? [] })).sort((a, b) => compareInAxes(axes, a, b));
    return { id: ownId(id), name, axes, cells: ordered, validFrom: always, validTo: null };
  };
}

const nameOf = (object: Loose | undefined, id: string) => (object === undefined ? { vi: id, en: id } : wordsIn(object, ['name', 'displayName', 'shortName'], 500));

/** One axis whose options are the cells themselves: when the axes are not known, or cells of several combinations stand side by side. */
export function flatBreakdown(id: string, name: Disaggregation['name'], cells: readonly Cell[]): Disaggregation {
  const sorted = [...cells].sort((a, b) => byText(a.name, b.name) || byText(a.id, b.id)).slice(0, mostOptions);
  const words = (cell: Cell) => ({ vi: (cell.name || cell.id).slice(0, 500), en: (cell.name || cell.id).slice(0, 500) });
  return {
    id, name, axes: [{ id: `${id.slice(0, 58)}_cell`, name, options: sorted.map((cell) => ({ id: cell.id, name: words(cell) })) }],
    cells: sorted.map((cell) => ({ id: cell.id, options: [cell.id] })), validFrom: always, validTo: null,
  };
}

/** The options of a cell come as a set; here they stand in the order of the axes. Undefined when an axis has none of them. */
function placeOptions(axes: readonly Axis[], given: readonly string[]): string[] | undefined {
  const place = (at: number, left: readonly string[]): string[] | undefined => {
    const axis = axes[at];
    if (axis === undefined) return [];
    for (const option of left) {
      if (!axis.options.some((one) => one.id === option)) continue;
      // An option that stands in two axes may have been given once.
      const rest = place(at + 1, given.length < axes.length ? left : left.filter((one) => one !== option));
      if (rest !== undefined) return [option, ...rest];
    }
    return undefined;
  };
  return place(0, given);
}

function compareInAxes(axes: readonly Axis[], a: { readonly id: string; readonly options: readonly string[] }, b: { readonly id: string; readonly options: readonly string[] }): number {
  for (const [at, axis] of axes.entries()) {
    const rank = (options: readonly string[]): number => axis.options.findIndex((one) => one.id === options[at]);
    const difference = rank(a.options) - rank(b.options);
    if (difference !== 0) return difference;
  }
  return byText(a.id, b.id);
}
