/** What the tests of this module share: a server with all units, a programme with one element of each kind, returns put in as they stand. */
import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Database } from '#platform/db/database.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadProgramme } from '../definitions/index.ts';
import { definitions } from '../definitions/module.ts';
import type { DataElement, DataSet, Indicator, ProgrammeFiles, Target } from '../definitions/schema.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { returns } from '../returns/module.ts';
import { indicators } from './module.ts';

export const words = (text: string) => ({ vi: text, en: text });
const validity = { validFrom: '2025-01-01', validTo: null };
export const element = (id: string, more: Partial<DataElement> = {}): DataElement => ({
  id, name: words(id), shortName: words(id), definition: words(`Số ${id}`), counts: null, doesNotCount: null, example: null, unit: { code: 'case', vi: 'vụ', en: 'cases' }, valueType: 'count', aggregation: 'sum',
  disaggregation: null, protected: false, prefilledFrom: null, source: words('thử'), ...validity, ...more,
});
export const dataSet = (id: string, elements: readonly string[], more: Partial<DataSet> = {}): DataSet => ({
  id, name: words(id), form: null, periodType: 'month', assignedTo: { levels: ['commune'], kinds: [], groups: [], units: [] }, dueWorkingDays: 5, closesAfterDays: null, approval: ['head', 'province'],
  sections: [{ id: 's1', name: words('s1'), elements: [...elements], nothingToReport: true }], compulsory: [], attribute: null, source: words('thử'), ...validity, ...more,
});
export const indicator = (id: string, more: Partial<Indicator> = {}): Indicator => ({
  id, name: words(id), shortName: words(id), definition: words('Thử'), counts: null, doesNotCount: null, numerator: '#{found}', denominator: null, factor: 1, decimals: 1, unit: { code: 'phan-tram', vi: '%', en: '%' },
  polarity: 'higher', measures: 'coverage', owner: words('Bộ Thử'), source: words('Thử'), group: 'thu', ...validity, ...more,
});
export const target = (id: string, of: string, more: Partial<Target> = {}): Target => ({
  id, name: words(id), indicator: of, level: 'national', unit: 'percent', operator: '>=', low: 80, high: null, year: 2030, everyYear: false, pillar: 'demand', measures: 'coverage', status: 'adopted',
  baseline: { period: '2025-12', value: 40, source: 'thử' }, path: [], tiers: [], source: 'thử', note: null, ...validity, ...more,
});

/** Slots of `monthly`: 1 found, 2 resolved, 3 beds (last), 4 waiting (average), 5 worst (max), 6 open (average-sum), 7 incare male, 8 incare female. */
export const slots = { found: 1, resolved: 2, beds: 3, waiting: 4, worst: 5, open: 6, male: 7, female: 8 } as const;
export const elementIds = ['found', 'resolved', 'beds', 'waiting', 'worst', 'open', 'incare'] as const;
const elements = [
  element('found'), element('resolved'), element('beds', { aggregation: 'last' }), element('waiting', { aggregation: 'average', valueType: 'number' }), element('worst', { aggregation: 'max' }),
  element('open', { aggregation: 'average-sum' }), element('incare', { disaggregation: 'sex', protected: true }), element('plans'),
];
export const programme = (more: Partial<Record<'indicator' | 'target', readonly unknown[]>> = {}): ProgrammeFiles => ({ files: [
  { file: 'programme.json', kind: 'programme', items: [{
    id: 'test', name: words('thử'), calendar: { startDay: 15 }, firstPeriod: '2025-08', earliestMap: null, levels: [words('nước'), words('tỉnh'), words('xã')],
    overview: { main: ['resolved-share', 'found-cases'], cascade: ['found-cases', 'resolved-cases'], share: 'resolved-share', beside: ['in-care', 'waiting-days'], map: 'resolved-share' },
  }] },
  { file: 'disaggregations.json', kind: 'disaggregation', items: [{ id: 'sex', name: words('giới'), axes: [{ id: 'sex', name: words('giới'), options: [{ id: 'male', name: words('nam') }, { id: 'female', name: words('nữ') }] }], cells: [{ id: 'male', options: ['male'] }, { id: 'female', options: ['female'] }], ...validity }] },
  { file: 'data-elements.json', kind: 'data-element', items: elements },
  { file: 'data-sets.json', kind: 'data-set', items: [dataSet('monthly', elementIds), dataSet('quarterly', ['plans'], { periodType: 'quarter', assignedTo: { levels: ['province'], kinds: [], groups: [], units: [] } })] },
  { file: 'indicators.json', kind: 'indicator', items: more.indicator ?? [
    indicator('resolved-share', { numerator: '#{resolved}', denominator: '#{found}', factor: 100 }), indicator('found-cases', { numerator: '#{found}', polarity: 'none', measures: 'effort', decimals: 0 }),
    indicator('resolved-cases', { numerator: '#{resolved}', decimals: 0 }), indicator('in-care', { numerator: '#{incare}', polarity: 'none', decimals: 0 }), indicator('waiting-days', { numerator: '#{waiting}', polarity: 'lower' }),
  ] },
  { file: 'targets.json', kind: 'target', items: more.target ?? [target('T1', 'resolved-share')] },
] });

export async function fillSite(db: Database): Promise<void> {
  await loadUnits(db);
  const loaded = await loadProgramme(db, programme(), { note: 'thử', by: 'test', on: '2026-11-20' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts));
}
export const modules = [orgUnits, identity, definitions, returns, indicators] as const;
/** The clock stands at 18 November 2026: the last month that ended is 2026-11 (15 October to 14 November). */
export const openSite = (): Promise<TestServer> => testServer(modules, { name: `in1${editionOfFiles().slice(0, 6)}`, fill: fillSite });

export const people = {
  nation: (): Actor => actorWith(atNation('government-office', 'VPCP')),
  analyst: (): Actor => actorWith(atNation('national-analyst', 'BCA')),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  secretary: (province = '01'): Actor => actorWith(atProvince('province-secretary', province)),
  police: (province = '01'): Actor => actorWith(atProvince('province-police', province, `CA:${province}`)),
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
  head: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-leader', province, commune)),
};

type Sent = { readonly rev: number; readonly code?: string };
/** Sends a return by its unit's officer; values by slot. */
export async function send(site: TestServer, unit: string, period: string, values: Readonly<Record<number, number>>, more: { province?: string; baseRev?: number } = {}): Promise<Sent> {
  const province = more.province ?? '01';
  return expectOk(site.call<Sent>(people.officer(province, unit), 'POST', `/returns/form/${province}/${unit}/${period}/monthly/submission`, {
    attribute: '', baseRev: more.baseRev ?? 0, values: Object.entries(values).map(([slot, value]) => [Number(slot), value]), notes: [], explanations: [], prefillReasons: [], filledAt: null,
  }, { 'idempotency-key': newId() }));
}
/** Head and province approve. */
export async function approve(site: TestServer, unit: string, period: string, rev: number): Promise<void> {
  for (const [by, step] of [[people.head('01', unit), 'head'], [people.secretary('01'), 'province']] as const) {
    const answer = await expectOk(site.call<{ decided: number }>(by, 'POST', '/returns/decisions', { items: [{ key: { province: '01', unit, period, dataSet: 'monthly', attribute: '' }, rev }], step, verdict: 'approve' }));
    if (answer.decided !== 1) throw new Error(JSON.stringify(answer));
  }
}

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
