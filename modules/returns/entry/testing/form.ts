import type { CellValue, FormRule, ReturnForm } from '../../schema.ts';
import type { DataElement, DataSet, Programme, ValidationRule } from '#modules/definitions/schema.ts';
import { formOf, type Form } from '../../rules/form.ts';
import type { FormElement } from '../boxes.ts';

const words = (text: string) => ({ vi: text, en: text });
export const anElement = (id: string, slots: readonly number[], more: Partial<FormElement> = {}): FormElement => ({
  id, name: words(`Số ${id}`), shortName: words(id), definition: words(''), counts: null, doesNotCount: null, example: null, source: words(''), unit: { code: 'person', vi: 'người', en: 'people' },
  valueType: 'count', aggregation: 'sum', protected: false, compulsory: false, prefilledFrom: null, elsewhere: null,
  cells: slots.map((slot, at) => ({ slot, cell: slots.length === 1 ? '' : `part${at + 1}`, name: slots.length === 1 ? null : words(`phần ${at + 1}`) })), ...more,
});
export const aRule = (id: string, left: string, operator: FormRule['operator'], right: string, more: Partial<FormRule> = {}): FormRule => ({
  id, name: words(id), instruction: words(`quy tắc ${id}`), severity: 'hard', left: { formula: left, missing: 'skip-if-all-missing' }, operator, right: { formula: right, missing: 'skip-if-all-missing' }, ...more,
});

/** A small form: section A has a, b (in two parts) and c; section B has d (a decimal) and e. Slots 1 to 6. */
export function aForm(more: Partial<ReturnForm> = {}, last: readonly CellValue[] = [34, 12, 15, 41, 1.5, 310]): ReturnForm {
  return {
    key: { province: '01', unit: '00004', period: '2026-03', dataSet: 'commune-monthly', attribute: '' }, dataSet: words('Báo cáo tháng'), formNumber: '01-XA', edition: 1, periodType: 'month', startDay: 15,
    unit: { code: '00004', nameVi: 'Phường Ba Đình', nameEn: 'Ba Đình ward', kind: 'ward', level: 'commune', province: '01' }, unitAttributes: { residents: 1000 }, constants: {},
    first: '2026-02-15', last: '2026-03-14', due: '2026-03-17', closes: null, state: 'none', rev: 0, late: false, sentAt: null, receipt: null,
    may: { enter: true, approve: [], unapprove: [] }, approval: ['head', 'province'],
    sections: [
      { id: 'A', name: words('Phần A'), nothingToReport: true, elements: [anElement('a', [1], { compulsory: true }), anElement('b', [2, 3]), anElement('c', [4])] },
      { id: 'B', name: words('Phần B'), nothingToReport: false, elements: [anElement('d', [5], { valueType: 'number' }), anElement('e', [6])] },
    ],
    rules: [], slots: [1, 2, 3, 4, 5, 6], current: [null, null, null, null, null, null], previous: { period: '2026-02', values: [...last], before: null }, yearToDate: [68, null, null, 90, null, 620],
    months: ['2025-10', '2025-11', '2025-12', '2026-01'].map((period) => ({ period, values: [...last], before: null })), notes: [], explanations: [], prefillReasons: [], prefill: [], approvals: [], violations: [], ...more,
  };
}

/** The same form as the server holds it, so that both can be asked the same. */
export function serverForm(shown: ReturnForm, rules: readonly FormRule[]): Form {
  const validity = { validFrom: '2025-01-01', validTo: null };
  const elements = shown.sections.flatMap((section) => section.elements).map((element): DataElement => ({
    id: element.id, name: element.name, shortName: element.shortName, definition: element.definition, counts: null, doesNotCount: null, example: null, unit: element.unit, valueType: element.valueType, aggregation: 'sum',
    disaggregation: element.cells.length > 1 ? `parts-of-${element.id}` : null, protected: false, prefilledFrom: null, source: element.source, ...validity,
  }));
  const parts = shown.sections.flatMap((section) => section.elements).filter((element) => element.cells.length > 1);
  const dataSet: DataSet = {
    id: shown.key.dataSet, name: shown.dataSet, form: null, periodType: 'month', assignedTo: { levels: [], kinds: [], groups: [], units: [] }, dueWorkingDays: 1, closesAfterDays: null, approval: [],
    sections: shown.sections.map((section) => ({ id: section.id, name: section.name, elements: section.elements.map((element) => element.id), nothingToReport: false })), compulsory: [], attribute: null, source: shown.dataSet, ...validity,
  };
  const programme: Programme = {
    edition: 1, digest: '', head: { id: 'p', name: shown.dataSet, calendar: { startDay: shown.startDay }, firstPeriod: '2025-01', earliestMap: null, levels: [] }, elements: new Map(elements.map((element) => [element.id, element])),
    disaggregations: new Map(parts.map((element) => [`parts-of-${element.id}`, { id: `parts-of-${element.id}`, name: element.name, axes: [], cells: element.cells.map((cell) => ({ id: cell.cell, options: [] })), ...validity }])),
    dataSets: new Map([[dataSet.id, dataSet]]), rules: new Map(rules.map((rule): [string, ValidationRule] => [rule.id, { ...rule, periodType: 'month', ...validity }])), indicators: new Map(), targets: new Map(),
    constants: new Map(Object.entries(shown.constants).map(([id, value]) => [id, { id, name: shown.dataSet, value, ...validity }])), publishedFigures: [],
  };
  const slots = shown.sections.flatMap((section) => section.elements).flatMap((element) => element.cells.map((cell) => ({ slot: cell.slot, element: element.id, cell: cell.cell, ...validity })));
  const form = formOf(programme, dataSet.id, shown.key.period, slots);
  if (!form.ok) throw new Error(form.problem.code);
  return form.value;
}
