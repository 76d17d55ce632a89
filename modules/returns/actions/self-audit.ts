/** The continuous recompute: every sum is made again from the returns, again and again; a difference is an incident, shown and repaired. */
import { newId } from '#kernel/id.ts';
import type { Now } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import type { Services } from '#platform/services.ts';
import { askDelivery } from '#platform/events/append.ts';
import { differencesOf, type SliceDifference } from '../rules/audit.ts';
import { mayReadSums, seesWhole } from '../rules/rights.ts';
import type { getSelfAudit } from '../schema.ts';
import { countIncidents, listIncidents, readAuditState } from '../store/views.ts';
import { insertIncident, lockSlice, nextSlices, noteSlice, readKept, recomputeInCode, recomputeRollUp, replaceSlice, type Placement } from '../store/recompute.ts';
import { engineOf } from './engine.ts';
import type { Forms, FormOn } from './forms.ts';

/** Every unit with the nodes it is added to, on the map of a form's period. */
export const placementsOf = ({ map }: FormOn): Placement[] =>
  [...map.units.keys()].flatMap((unit) => map.nodesOf(unit).map(({ province, node }) => ({ unit, province, node })));

/** Slices a run; a run each minute goes round 24 months of five data sets in an hour. */
const slicesARun = 3;

export async function runSelfAudit(services: Services, now: Now): Promise<void> {
  const { forms } = engineOf(services.db);
  const slices = await services.db.read('system', (tx) => nextSlices(tx, slicesARun));
  for (const slice of slices) await services.db.write('system', (tx) => auditSlice(tx, forms, slice, now));
  await services.db.write('system', askDelivery); // events of a process that died before it asked
}

/** Compares one period and data set; writers of it wait meanwhile. @returns what differed */
export async function auditSlice(tx: Tx, forms: Forms, { period, dataSet, version }: { readonly period: string; readonly dataSet: string; readonly version: number }, now: Now): Promise<SliceDifference[]> {
  const begun = performance.now();
  const on = await forms.on(tx, dataSet, period);
  if (!on.ok) return [];
  await lockSlice(tx, period, dataSet);
  const { map } = on.value;
  const [made, kept] = [await recomputeInCode(tx, period, dataSet, (unit) => map.nodesOf(unit)), await readKept(tx, period, dataSet)];
  const differences = differencesOf(kept, made);
  for (const one of differences) {
    const id = newId<'Incident'>();
    await insertIncident(tx, { ...one, id, period, dataSet }, now.at);
    await record(tx, { province: one.province, at: now.at, actor: 'system', action: 'returns.sums-differ', target: { type: 'roll-up', id: `${one.node}/${period}/${dataSet}/${one.standing}` }, unit: one.node, facts: { differing: one.differing } });
  }
  if (differences.length > 0) await replaceSlice(tx, period, dataSet, made);
  await noteSlice(tx, { period, dataSet, at: now.at, version, vectors: made.length, slots: made.reduce((sum, row) => sum + row.sums.length, 0), ms: performance.now() - begun });
  return differences;
}

/** How far it is and what it found. An example holds a sum: it is shown to those who read that unit's figures whole (SECURITY E4). */
export async function selfAuditState({ tx, actor, services, now }: Context): Promise<Result<Static<typeof getSelfAudit.reply>, never>> {
  const [state, counts, incidents] = await Promise.all([readAuditState(tx), countIncidents(tx), listIncidents(tx)]);
  const map = await engineOf(services.db).forms.mapOn(tx, now.today);
  const isShown = (node: string): boolean => { const place = map.place(node); return place !== undefined && mayReadSums(actor, place) && seesWhole(actor, place); };
  return ok({ ...state, ...counts, incidents: incidents.map((one) => (isShown(one.node) ? one : { ...one, example: null })) });
}

/** Makes the sums of a period and data set anew: after a bulk load, or when its units' map changed. */
export async function rebuildRollUps(tx: Tx, forms: Forms, period: string, dataSet: string): Promise<void> {
  const on = await forms.on(tx, dataSet, period);
  if (!on.ok) return;
  await lockSlice(tx, period, dataSet);
  await replaceSlice(tx, period, dataSet, await recomputeRollUp(tx, period, dataSet, placementsOf(on.value)));
}
