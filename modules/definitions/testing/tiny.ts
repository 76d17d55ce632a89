/** A programme as small as tests need: three elements of one monthly return, one of a quarterly, a rule, an indicator, a target. */
import type { DataElement, DataSet, Indicator, ProgrammeFile, ProgrammeFiles, ProgrammeHead } from '../schema.ts';

const said = (vi: string, en = vi) => ({ vi, en });
const from = { validFrom: '2024-12-15', validTo: null } as const;

export const tinyHead: ProgrammeHead = {
  id: 'tiny', name: said('Chương trình thử', 'Test programme'), calendar: { startDay: 15 }, firstPeriod: '2025-01', earliestMap: '2025-07-01',
  levels: [said('Cả nước', 'Nation'), said('Tỉnh', 'Province'), said('Xã', 'Commune')],
};
export const tinyElement = (id: string, changes: Partial<DataElement> = {}): DataElement => ({
  id, name: said(`Số ${id}`, `Number ${id}`), shortName: said(id), definition: said(`Định nghĩa ${id}`, `Definition of ${id}`), counts: null, doesNotCount: null, example: null,
  unit: { code: 'nguoi', vi: 'người', en: 'people' }, valueType: 'count', aggregation: 'sum', disaggregation: null, protected: false, prefilledFrom: null, source: said('Thử', 'Test'), ...from, ...changes,
});
export const tinyDataSet = (id: string, elements: readonly string[], changes: Partial<DataSet> = {}): DataSet => ({
  id, name: said(`Báo cáo ${id}`, `Return ${id}`), form: null, periodType: 'month', assignedTo: { levels: ['commune'], kinds: [], groups: [], units: [] }, dueWorkingDays: 2, closesAfterDays: null,
  approval: ['head', 'province'], sections: [{ id: 'mot', name: said('Phần một', 'Section one'), elements: [...elements], nothingToReport: true }], compulsory: [], attribute: null, source: said('Thử', 'Test'), ...from, ...changes,
});
export const tinyIndicator = (id: string, changes: Partial<Indicator> = {}): Indicator => ({
  id, name: said(`Chỉ tiêu ${id}`, `Indicator ${id}`), shortName: said(id), definition: said('Thử', 'Test'), counts: null, doesNotCount: null, numerator: '#{served}', denominator: '#{known}', factor: 100, decimals: 1,
  unit: { code: 'phan-tram', vi: '%', en: '%' }, polarity: 'higher', measures: 'coverage', owner: said('Bộ Thử', 'Test Ministry'), source: said('Thử', 'Test'), group: 'thu', ...from, ...changes,
});

/** Files by kind, each replaceable. */
export function tinyFiles(changes: Partial<Record<ProgrammeFile['kind'], readonly unknown[]>> = {}): ProgrammeFiles {
  const items: Record<string, readonly unknown[]> = {
    programme: [tinyHead],
    'data-element': [tinyElement('known', { aggregation: 'last' }), tinyElement('served'), tinyElement('spent', { unit: { code: 'dong', vi: 'đồng', en: 'dong' }, valueType: 'money' }), tinyElement('plans')],
    'data-set': [tinyDataSet('thang', ['known', 'served', 'spent']), tinyDataSet('quy', ['plans'], { periodType: 'quarter', assignedTo: { levels: ['province'], kinds: [], groups: [], units: [] } })],
    rule: [{ id: 'served-known', name: said('Được phục vụ không quá số biết', 'Served at most known'), instruction: said('Xem lại', 'Look again'), severity: 'hard', periodType: 'month',
      left: { formula: '#{served}', missing: 'skip-if-any-missing' }, operator: '<=', right: { formula: '#{known}', missing: 'skip-if-any-missing' }, ...from }],
    indicator: [tinyIndicator('coverage')],
    target: [{ id: 'T1', name: said('Mục tiêu', 'Target'), indicator: 'coverage', level: 'national', unit: 'percent', operator: '>=', low: 50, high: null, year: 2030, everyYear: false, pillar: 'demand', measures: 'coverage',
      status: 'adopted', baseline: null, path: [], tiers: [], source: 'Test', note: null, ...from }],
    ...changes,
  };
  return { files: Object.entries(items).map(([kind, list]) => ({ file: kind === 'programme' ? 'programme.json' : `${kind}s.json`, kind: kind as ProgrammeFile['kind'], items: list })) }; // keys are kinds, by the type above
}
