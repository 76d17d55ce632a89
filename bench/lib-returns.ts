/** The product's side of the measurement of returns: a durable server of its own, a programme of long forms, clerks who send. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.ts';
import { nowOf } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { periodRange } from '#kernel/period.ts';
import type { Database } from '#platform/db/database.ts';
import { newLogKeys } from '#platform/log/keys.ts';
import { useLogKeys } from '#platform/log/record.ts';
import { actorWith, atCommune } from '#platform/testing/test-server.ts';
import { openBase, root, type Base } from '#app/start.ts';
import { configOf } from '#platform/config.ts';
import { loadProgramme } from '#modules/definitions/index.ts';
import type { DataElement, DataSet, ProgrammeFiles } from '#modules/definitions/schema.ts';
import { unitsOn } from '#modules/org-units/index.ts';
import { engineOf, type Engine } from '#modules/returns/index.ts';
import type { SlotValue } from '#modules/returns/schema.ts';

const said = (text: string) => ({ vi: text, en: text });
const validity = { validFrom: '2025-01-01', validTo: null } as const;
const element = (id: string): DataElement => ({
  id, name: said(id), shortName: said(id), definition: said(id), counts: null, doesNotCount: null, example: null, unit: { code: 'case', vi: 'vụ', en: 'cases' }, valueType: 'count', aggregation: 'sum', disaggregation: 'benchOptions', protected: false,
  prefilledFrom: null, source: said('đo'), ...validity,
});
const dataSet = (id: string, elements: readonly string[]): DataSet => ({
  id, name: said(id), form: null, periodType: 'month', assignedTo: { levels: ['commune'], kinds: [], groups: [], units: [] }, dueWorkingDays: 5, closesAfterDays: null, approval: ['head', 'province'],
  sections: [{ id: 'all', name: said('tất cả'), elements: [...elements], nothingToReport: true }], compulsory: [], attribute: null, source: said('đo'), ...validity,
});
/** Elements of four options each: 200 slots are 50 elements. */
export const lengths = [200, 52, 240, 600] as const;
const idsOf = (length: number): string[] => Array.from({ length: length / 4 }, (_, i) => `b${length}e${i}`);
const programme: ProgrammeFiles = { files: [
  { file: 'disaggregations.json', kind: 'disaggregation', items: [{ id: 'benchOptions', name: said('bốn'), axes: [{ id: 'four', name: said('bốn'), options: [1, 2, 3, 4].map((n) => ({ id: `o${n}`, name: said(String(n)) })) }], cells: [1, 2, 3, 4].map((n) => ({ id: `o${n}`, options: [`o${n}`] })), ...validity }] },
  { file: 'data-elements.json', kind: 'data-element', items: lengths.flatMap(idsOf).map(element) },
  { file: 'data-sets.json', kind: 'data-set', items: lengths.map((length) => dataSet(`bench${length}`, idsOf(length))) },
] };

export type Commune = { readonly code: string; readonly province: string; readonly actor: Actor };
export type Site = { readonly base: Base; readonly communes: readonly Commune[]; readonly periods: readonly string[]; readonly dataDir: string; close(): Promise<void> };
export const now = nowOf(new Date('2027-08-01T03:00:00.000Z'));
export const periodsOf = (months: number): string[] => periodRange('2025-08', '2027-07').slice(0, months);

/** A server with fsync on, in a folder of its own that is removed afterwards. */
export async function openSite(months: number): Promise<Site> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sauro-bench-'));
  const config = configOf({ SAURO_DATA: dataDir, PORT: '0' }, root);
  if (!config.ok) throw new Error(config.problem.name);
  const base = await openBase(config.value, () => undefined, 'silent');
  const loaded = await loadProgramme(base.services.db, programme, { note: 'đo', by: 'bench', partial: true, on: '2025-01-01' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problem.verdicts[0]));
  return { base, communes: await communesOf(base.services.db), periods: periodsOf(months), dataDir, close: async () => { await base.stop(); await rm(dataDir, { recursive: true, force: true }); } };
}

export const communesOf = async (db: Database): Promise<Commune[]> => (await db.read('system', (tx) => unitsOn(tx, '2027-07-14')))
  .filter((unit) => unit.depth === 3).map(({ code, province }) => ({ code, province, actor: actorWith(atCommune('commune-officer', province, code)) }));

const revisions = new WeakMap<Engine, Map<string, number>>();
/** One return of one commune, as a clerk's device sends it; on the revision it saw last. */
export async function sendReturn(db: Database, ...[commune, period, dataSetId, values]: readonly [Commune, string, string, SlotValue[]]): Promise<void> {
  const engine = engineOf(db);
  const known = revisions.get(engine) ?? new Map<string, number>();
  revisions.set(engine, known);
  const text = `${commune.code}/${period}/${dataSetId}`;
  const answer = await engine.batches.send({
    kind: 'submit', key: { province: commune.province, unit: commune.code, period, dataSet: dataSetId, attribute: '' }, actor: commune.actor, now, commandId: newId(), source: 'form',
    submission: { attribute: '', baseRev: known.get(text) ?? 0, values, notes: [], explanations: [], prefillReasons: [], filledAt: null },
  });
  if (answer.kind !== 'submit') throw new Error('not a submission');
  if (answer.result.ok) { known.set(text, answer.result.value.rev); return; }
  const { problem } = answer.result;
  if (problem.code === 'revision-stale' && 'rev' in problem) {
    known.set(text, Number(problem.rev)); // an earlier contestant wrote it: sent again on what is there now
    return sendReturn(db, commune, period, dataSetId, values);
  }
  throw new Error(JSON.stringify(problem));
}
/** Another process of the product on the same database. */
export const prepareProcess = (): void => useLogKeys(newLogKeys());

/** A form filled whole; no two rounds alike. */
export const formValues = (length: number, seed: number): SlotValue[] => Array.from({ length }, (_, i): SlotValue => [i + 1, (Math.imul(seed + 1, 2_654_435_761) + Math.imul(i, 40_503) >>> 7) & 1023]);
