/** What the tests of this module share: a server with all units, a small programme, people at their offices, submissions. */
import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Database } from '#platform/db/database.ts';
import { actorWith, atCommune, atNation, atProvince, testServer, type TestServer } from '#platform/testing/test-server.ts';
import { loadProgramme } from '../definitions/index.ts';
import { definitions } from '../definitions/module.ts';
import type { DataElement, DataSet, ProgrammeFiles, ValidationRule } from '../definitions/schema.ts';
import { identity } from '../identity/module.ts';
import { editionOfFiles, loadUnits } from '../org-units/load.ts';
import { orgUnits } from '../org-units/module.ts';
import { returns } from './module.ts';
import type { Receipt, ReturnKey, SlotValue, Submission } from './schema.ts';

const words = (text: string) => ({ vi: text, en: text });
const validity = { validFrom: '2025-01-01', validTo: null };
const element = (id: string, more: Partial<DataElement> = {}): DataElement => ({
  id, name: words(id), shortName: words(id), definition: words(`Số ${id}`), counts: null, doesNotCount: null, example: null, unit: { code: 'case', vi: 'vụ', en: 'cases' }, valueType: 'count', aggregation: 'sum',
  disaggregation: null, protected: false, prefilledFrom: null, source: words('thử'), ...validity, ...more,
});
const rule = (id: string, severity: 'hard' | 'soft', left: string, operator: ValidationRule['operator'], right: string): ValidationRule => ({
  id, name: words(id), instruction: words(`${left} ${operator} ${right}`), severity, periodType: 'month', left: { formula: left, missing: 'skip-if-any-missing' }, operator, right: { formula: right, missing: 'skip-if-any-missing' }, ...validity,
});
const dataSet = (id: string, elements: readonly (readonly string[])[], more: Partial<DataSet> = {}): DataSet => ({
  id, name: words(id), form: null, periodType: 'month', assignedTo: { levels: ['commune'], kinds: [], groups: [], units: [] }, dueWorkingDays: 5, closesAfterDays: 120, approval: ['head', 'province', 'ministry'],
  sections: elements.map((list, i) => ({ id: `s${i + 1}`, name: words(`s${i + 1}`), elements: [...list], nothingToReport: true })), compulsory: [], attribute: null, source: words('thử'), ...validity, ...more,
});

/**
 * Slots of `monthly`: 1 found, 2 resolved, 3 money, 4 share, 5 incare male, 6 incare female, 7 balance. Of `quarterly`: 1 plans.
 * The police of a province fill `cases` (seized); `funded` (spent) comes once for each option of an attribute. `extra` further counts make a longer form.
 */
export const programmeFiles = (extra = 0): ProgrammeFiles => ({ files: [
  { file: 'programme.json', kind: 'programme', items: [{ id: 'test', name: words('thử'), calendar: { startDay: 15 }, firstPeriod: '2025-08', earliestMap: null, levels: [words('nước'), words('tỉnh'), words('xã')] }] },
  { file: 'disaggregations.json', kind: 'disaggregation', items: [{ id: 'sex', name: words('giới'), axes: [{ id: 'sex', name: words('giới'), options: [{ id: 'male', name: words('nam') }, { id: 'female', name: words('nữ') }] }], cells: [{ id: 'male', options: ['male'] }, { id: 'female', options: ['female'] }], ...validity }] },
  { file: 'data-elements.json', kind: 'data-element', items: [
    element('found'), element('resolved'), element('money', { valueType: 'money' }), element('share', { valueType: 'percent', aggregation: 'average' }), element('incare', { disaggregation: 'sex', protected: true }), element('balance', { valueType: 'integer' }), element('plans', { prefilledFrom: 'test-register' }), element('seized'), element('spent', { valueType: 'money' }),
    ...Array.from({ length: extra }, (_, i) => element(`x${i}`)),
  ] },
  { file: 'data-sets.json', kind: 'data-set', items: [
    dataSet('monthly', [['found', 'resolved', 'money', 'share'], ['incare', 'balance', ...Array.from({ length: extra }, (_, i) => `x${i}`)]], { compulsory: ['found'] }),
    dataSet('quarterly', [['plans']], { periodType: 'quarter', assignedTo: { levels: ['province'], kinds: [], groups: [], units: [] }, approval: ['head', 'ministry'] }),
    dataSet('cases', [['seized']], { assignedTo: { levels: ['province'], kinds: [], groups: [], units: [] }, approval: ['head', 'ministry'], enteredBy: ['province-police'] }),
    dataSet('funded', [['spent']], { attribute: 'sex', approval: ['head', 'province'] }),
  ] },
  { file: 'rules.json', kind: 'rule', items: [
    rule('resolved-of-found', 'hard', '#{resolved}', '<=', '#{found}'), rule('money-needs-cases', 'soft', '#{money}', '<=', '#{found} * 1000000'), rule('no-jump', 'soft', '#{balance}', '<=', '#{balance}.periodOffset(-1) * 3'),
    rule('held-of-balance', 'soft', '#{incare.male}', '<=', '#{balance}'),
  ] },
] });
export const slots = { found: 1, resolved: 2, money: 3, share: 4, male: 5, female: 6, balance: 7 } as const;

export async function fillSite(db: Database, extra = 0): Promise<void> {
  await loadUnits(db);
  const loaded = await loadProgramme(db, programmeFiles(extra), { note: 'thử', by: 'test', on: '2026-11-20' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts));
}
export const modules = [orgUnits, identity, definitions, returns] as const;
/** The clock stands at 18 November 2026: November 2026 runs from 15 October to 14 November and is due on the 20th. */
const mark = (extra: number): string => createHash('sha256').update(JSON.stringify(programmeFiles(extra))).digest('hex').slice(0, 8);
export const openSite = (extra = 0): Promise<TestServer> => testServer(modules, { name: `rt${mark(extra)}${editionOfFiles().slice(0, 6)}`, fill: (db) => fillSite(db, extra) });

export const people = {
  officer: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-officer', province, commune)),
  head: (province = '01', commune = '00004'): Actor => actorWith(atCommune('commune-leader', province, commune)),
  secretary: (province = '01'): Actor => actorWith(atProvince('province-secretary', province)),
  leader: (province = '01'): Actor => actorWith(atProvince('province-leader', province)),
  police: (province = '01'): Actor => actorWith(atProvince('province-police', province)),
  ministry: (): Actor => actorWith(atNation('ministry', 'BCA')),
  analyst: (): Actor => actorWith(atNation('national-analyst')),
};

export const keyOf = (more: Partial<ReturnKey> = {}): ReturnKey => ({ province: '01', unit: '00004', period: '2026-11', dataSet: 'monthly', attribute: '', ...more });
export const pathOf = ({ province, unit, period, dataSet }: ReturnKey): string => `/returns/form/${province}/${unit}/${period}/${dataSet}`;
export const bodyOf = (values: readonly (readonly [number, unknown])[], more: Partial<Submission> = {}): Submission => ({
  attribute: '', baseRev: 0, values: values as readonly SlotValue[] as SlotValue[], notes: [], explanations: [], prefillReasons: [], filledAt: null, ...more,
});
export type Refused = { readonly code: string; readonly slot?: number; readonly conflicts?: unknown; readonly rules?: { id: string }[]; readonly elements?: string[]; readonly rev?: number };
export const send = (site: TestServer, by: Actor, key: ReturnKey, body: Submission, command: string = newId()) =>
  site.call<Receipt & Refused>(by, 'POST', `${pathOf(key)}/submission`, body, { 'idempotency-key': command });

export async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
