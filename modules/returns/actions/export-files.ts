/** A form as a workbook to fill, and figures as CSV, workbook or dataValueSets. */
import { shiftPeriod } from '#kernel/period.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Context, Download } from '#platform/http/bind.ts';
import { writeWorkbook, type WorkbookColumn } from '#platform/documents/xlsx.ts';
import { csvLine } from '#kernel/csv-rows.ts';
import { foreignPeriod } from '../exchange/periods.ts';
import { codeOf, markOf } from '../exchange/sheet.ts';
import { words } from '../exchange/words.ts';
import type { Content } from '../rules/content.ts';
import type { Form, SlotDefinition } from '../rules/form.ts';
import { mayEnter, mayImport, mayRead, mayReadSums, seesWhole } from '../rules/rights.ts';
import type { ReturnKey, ShownValue } from '../schema.ts';
import { readRollUps } from '../store/reading.ts';
import { findReturn, listReturns } from '../store/views.ts';
import { periodsNamed, type LeftOut } from './due.ts';
import { engineOf } from './engine.ts';
import { openForm, shownValues } from './form-view.ts';
import type { UnitMap } from './forms.ts';
import { pastOf } from './past-shown.ts';
import { registerFigures } from './prefill.ts';

type Language = 'vi' | 'en';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const blank: Content = { vals: [], noData: [], words: null };
const boxName = (form: Form, { element, cell }: SlotDefinition, language: Language): string =>
  (cell === '' ? '' : form.programme.disaggregations.get(element.disaggregation ?? '')?.cells.find((one) => one.id === cell)?.options
    .map((option, axis) => form.programme.disaggregations.get(element.disaggregation ?? '')?.axes[axis]?.options.find((one) => one.id === option)?.name[language] ?? option).join(', ') ?? cell);
const text = (value: ShownValue | undefined, language: Language): string | number | null => {
  if (value === null || value === undefined) return null;
  if (value === 'no-data') return words('sheet.no-data', {}, language);
  return typeof value === 'number' ? value : words('sheet.suppressed', {}, language);
};

/** Codes are locked and the line that names the return stands over the table, so that a filled sheet is known again. */
export async function templateFile(context: Context, key: ReturnKey): Promise<Result<Download, Refusal>> {
  const opened = await openForm(context, key);
  if (!opened.ok) return opened;
  const { form, map } = opened.value;
  const { tx, actor, language } = context;
  const place = map.place(key.unit);
  const whole = place !== undefined && seesWhole(actor, place);
  const [current, [previous]] = await Promise.all([findReturn(tx, key), context.services.db.read('system', (system) => pastOf(system, context, opened.value, key, [shiftPeriod(key.period, -1)]))]);
  const mayFill = place !== undefined && (mayEnter(actor, place, form.dataSet) || mayImport(actor, place, form.dataSet));
  const figures = mayFill && current === undefined ? await registerFigures({ db: context.services.db, forms: engineOf(context.services.db).forms }, key) : new Map<number, number>();
  const [now, before] = [shownValues(form, current ?? blank, whole), shownValues(form, previous?.content ?? blank, whole)];
  const title = (name: string): string => words(`sheet.${name}`, {}, language);
  const columns: WorkbookColumn[] = [
    { key: 'code', title: title('code'), type: 'text', locked: true, widthChars: 26 }, { key: 'element', title: title('element'), type: 'text', locked: true, widthChars: 60 }, { key: 'cell', title: title('cell'), type: 'text', locked: true, widthChars: 22 },
    { key: 'unit', title: title('unit'), type: 'text', locked: true, widthChars: 12 }, { key: 'previous', title: title('previous'), type: 'text', locked: true, widthChars: 14 },
    { key: 'value', title: title('value'), type: 'text', widthChars: 16, locked: !mayFill }, { key: 'note', title: title('note'), type: 'text', widthChars: 30, locked: !mayFill },
  ];
  const shown = (value: ShownValue | undefined): string | null => { const said = text(value, language); return said === null ? null : String(said); };
  const rows = [...form.slots.values()].map((box) => ({
    code: codeOf(box), element: box.element.name[language], cell: boxName(form, box, language), unit: box.element.unit[language], previous: shown(before[box.slot - 1]), value: shown(now[box.slot - 1] ?? figures.get(box.slot) ?? null),
    note: whole || !form.protectedSlots.has(box.slot) ? current?.words?.n?.[String(box.slot)] ?? null : null,
  }));
  const unit = map.shown(key.unit);
  const bytes = await writeWorkbook({
    title: form.dataSet.name[language],
    sheets: [{ name: `${key.unit} ${key.period}`, above: [form.dataSet.name[language], `${language === 'vi' ? unit.nameVi : unit.nameEn} · ${key.period}`, `${markOf(key, current?.rev ?? 0)}  (${title('do-not-edit')})`], columns, rows }],
    definitions: { name: title('definitions'), titles: [title('element'), title('meaning')], rows: [...new Map([...form.slots.values()].map((box) => [box.element.id, box.element])).values()].map((element) => [element.name[language], element.definition[language]]) },
  });
  return ok({ bytes, fileName: `${key.unit}-${key.period}-${key.dataSet}.xlsx`, contentType: xlsx });
}

export type ExportQuery = { readonly format: 'csv' | 'xlsx' | 'dhis2'; readonly dataSet: string; readonly periods: string; readonly node: string; readonly sums?: boolean };
type Line = { readonly unit: string; readonly period: string; readonly attribute: string; readonly box: SlotDefinition; readonly value: ShownValue; readonly state: string };

/**
 * Each return below a unit, or with `sums` what the units above them add up to. Protected boxes stay hidden in every format (SECURITY E4).
 * A period that cannot be told keeps the others: its line says why.
 */
export async function exportFile(context: Context, query: ExportQuery): Promise<Result<Download, Refusal>> {
  const periods = periodsNamed(query.periods);
  if (!periods.ok) return periods;
  const lines: Line[] = [];
  const left: LeftOut[] = [];
  let refused: Result<never, Refusal> = refuse({ code: 'period-type-wrong', dataSet: query.dataSet });
  let opened: Opened | undefined;
  for (const period of periods.value) {
    const on = await engineOf(context.services.db).forms.on(context.tx, query.dataSet, period);
    const node = on.ok ? on.value.map.place(query.node) : undefined;
    if (!on.ok) refused = on;
    else if (node === undefined) refused = refuse({ code: 'unit-not-on-date', unit: query.node, day: on.value.form.treeDay });
    else if (!mayReadSums(context.actor, node)) return refuse({ code: 'not-found' });
    else {
      opened = on.value;
      lines.push(...await (query.sums === true ? sumsBelow(context, on.value, query) : returnsBelow(context, on.value, query)));
      continue;
    }
    left.push({ period, code: refused.ok ? '' : refused.problem.code });
  }
  if (opened === undefined) return refused;
  const name = `${query.dataSet}-${query.node}-${periods.value[0] ?? ''}`;
  if (query.format === 'dhis2') return ok({ bytes: Buffer.from(foreignJson(lines)), fileName: `${name}.json`, contentType: 'application/json' });
  const rows = [...lines.map((line) => cellsOf(line, opened, context.language)), ...left.map(({ period, code }): Cells => [query.node, '', period, query.dataSet, '', '', '', null, code])];
  return query.format === 'csv' ? ok({ bytes: Buffer.from(`\ufeff${csvOf(rows)}`), fileName: `${name}.csv`, contentType: 'text/csv; charset=utf-8' })
    : ok({ bytes: await bookOf(rows, lines, context.language), fileName: `${name}.xlsx`, contentType: xlsx });
}

type Opened = { readonly form: Form; readonly map: UnitMap };

async function returnsBelow({ tx, actor }: Context, { form, map }: Opened, { node, dataSet }: ExportQuery): Promise<Line[]> {
  const below = (code: string): boolean => code === node || map.ancestors(code).includes(node);
  const stored = (await listReturns(tx, { periods: [form.period], dataSets: [dataSet] })).filter((one) => below(one.key.unit));
  const readable = stored.filter((one) => { const place = map.place(one.key.unit); return place !== undefined && mayRead(actor, place, form.dataSet); });
  const boxes = [...form.slots.values()];
  const values = readable.map((one) => { const place = map.place(one.key.unit); return shownValues(form, one, place !== undefined && seesWhole(actor, place)); });
  return readable.flatMap((one, i) => boxes.flatMap((box): Line[] => {
    const value = values[i]?.[box.slot - 1] ?? null;
    return value === null ? [] : [{ unit: one.key.unit, period: form.period, attribute: one.key.attribute, box, value, state: one.approved ? 'approved' : 'reported' }];
  }));
}

async function sumsBelow({ tx, actor }: Context, { form, map }: Opened, { node, dataSet }: ExportQuery): Promise<Line[]> {
  const nodes = [node, ...[...map.units.keys()].filter((code) => map.ancestors(code).includes(node))];
  const rows = (await readRollUps(tx, { periods: [form.period], dataSets: [dataSet], standing: 'reported', nodes })).filter((one) => { const place = map.place(one.node); return place !== undefined && mayReadSums(actor, place); });
  const boxes = [...form.slots.values()].filter(({ element }) => element.aggregation !== 'none' && element.aggregation !== 'min' && element.aggregation !== 'max');
  return rows.flatMap((one) => boxes.flatMap((box): Line[] => {
    const [sum, count] = [one.sums[box.slot - 1] ?? null, one.counts[box.slot - 1] ?? 0];
    const place = map.place(one.node);
    const secret = form.protectedSlots.has(box.slot) && (place === undefined || !seesWhole(actor, place));
    if (!secret && (sum === null || count === 0)) return [];
    return [{ unit: one.node, period: form.period, attribute: one.attribute, box, value: secret ? { suppressed: true } : box.element.aggregation === 'average' ? Math.round(((sum ?? 0) / count) * 1000) / 1000 : sum, state: `${one.returns}` }];
  }));
}

const headings = ['unit', 'name', 'period', 'data-set', 'element-code', 'cell-code', 'attribute', 'value', 'state'] as const;
const headingOf = (name: (typeof headings)[number], language: Language): string => (name === 'value' ? words('sheet.value', {}, language) : words(`export.${name}`, {}, language));
type Cells = (string | number | null)[];
const cellsOf = (line: Line, { form, map }: Opened, language: Language): Cells => {
  const unit = map.shown(line.unit);
  return [line.unit, language === 'vi' ? unit.nameVi : unit.nameEn, line.period, form.dataSet.id, line.box.element.id, line.box.cell, line.attribute, text(line.value, language), line.state];
};
const csvOf = (rows: readonly Cells[]): string => [csvLine(['orgunit', 'name', 'period', 'dataset', 'dataelement', 'categoryoptioncombo', 'attributeoptioncombo', 'value', 'state']), ...rows.map((cells) => csvLine(cells))].join('');

function bookOf(told: readonly Cells[], lines: readonly Line[], language: Language): Promise<Uint8Array> {
  const columns = headings.map((key): WorkbookColumn => ({ key, title: headingOf(key, language), type: key === 'value' ? 'number' : 'text', ...(key === 'value' ? { decimals: 0 } : {}) }));
  const rows = told.map((cells) => Object.fromEntries(cells.map((cell, i): [string, string | number | null] => [headings[i] ?? '', cell])));
  const elements = [...new Map(lines.map((line) => [line.box.element.id, line.box.element])).values()];
  return writeWorkbook({
    sheets: [{ name: words('export.sheet', {}, language), columns, rows }],
    definitions: { name: words('sheet.definitions', {}, language), titles: [words('sheet.element', {}, language), words('sheet.meaning', {}, language)], rows: elements.map((one) => [`${one.id} · ${one.name[language]}`, one.definition[language]]) },
  });
}

/** Hidden values are absent, never 0. */
const foreignJson = (lines: readonly Line[]): string => `${JSON.stringify({ dataValues: lines.flatMap(({ unit, period, attribute, box, value }) => (typeof value !== 'number' ? [] : [{
  dataElement: box.element.id, period: foreignPeriod(period) ?? period, orgUnit: unit, categoryOptionCombo: box.cell || 'default', attributeOptionCombo: attribute || 'default', value: String(value),
}])) })}\n`;
