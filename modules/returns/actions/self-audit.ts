/** The continuous recompute: every sum is made again from the returns, again and again; a difference is an incident, shown and repaired. */
import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { Now } from '#kernel/clock.ts';
import { ok, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import type { Context } from '#platform/http/bind.ts';
import { record } from '#platform/log/record.ts';
import type { Services } from '#platform/services.ts';
import { askDelivery } from '#platform/events/append.ts';
import { differencesOf, type SliceDifference } from '../rules/audit.ts';
import { mayReadSums, seesWhole } from '../rules/rights.ts';
import type { getSelfAudit } from '../schema.ts';
import { countIncidents, listIncidents, readAuditState } from '../store/views.ts';
import { insertIncident, lockSlice, noteSlice, readKept, recomputeInCode, replaceSlice, type Placement } from '../store/recompute.ts';
import { lockAllNodes, noteFirst, noteUnits, slicesInTurn, slicesSeen, slicesUnnoted, unitsOfSlice } from '../store/slices.ts';
import { unitsOn } from '#modules/org-units/index.ts';
import { engineOf } from './engine.ts';
import type { Forms, FormOn, UnitMap } from './forms.ts';

/** Every unit with the nodes it is added to, on the map of a form's period. */
export const placementsOf = ({ map }: FormOn): Placement[] =>
  [...map.units.keys()].flatMap((unit) => map.nodesOf(unit).map(({ province, node }) => ({ unit, province, node })));

/** Slices a run; a run each minute goes round 24 months of five data sets in an hour. */
const slicesARun = 3;

export async function runSelfAudit(services: Services, now: Now): Promise<void> {
  await followUnits(services, now);
  await noteMaps(services);
  const { forms } = engineOf(services.db);
  const slices = await services.db.read('system', (tx) => slicesInTurn(tx, slicesARun));
  for (const slice of slices) await services.db.write('system', (tx) => auditSlice(tx, forms, slice, now));
  await services.db.write('system', askDelivery); // events of a process that died before it asked
}

const digests = new WeakMap<UnitMap, string>();
/** What sums stand on besides returns: which units are added to which nodes. */
export function unitsDigest(on: FormOn): string {
  const known = digests.get(on.map);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const { unit, province, node } of placementsOf(on)) hash.update(`${unit} ${province} ${node}\n`);
  const made = hash.digest('hex').slice(0, 24);
  digests.set(on.map, made);
  return made;
}

/** The register of units as this process last saw it: all maps are compared at the start and after a new edition, twice, for forms are kept a second. */
const unitsSeen = new WeakMap<Database, { readonly units: unknown; readonly times: number }>();
const anyDay = '2026-01-01';

/** Makes sums anew that were added up on another map than their period has now. @returns how many */
export async function followUnits({ db }: Pick<Services, 'db'>, now: Now): Promise<number> {
  const { forms } = engineOf(db);
  const [units, slices] = await db.read('system', async (tx) => [await unitsOn(tx, anyDay), await slicesSeen(tx)] as const);
  const seen = unitsSeen.get(db);
  const times = seen?.units === units ? seen.times : 0;
  if (times >= 2) return 0;
  let made = 0;
  for (const { period, dataSet, units: before } of slices) {
    if (before === '') continue; // not compared yet: the recompute comes to it
    const moved = await db.read('system', async (tx) => { const on = await forms.on(tx, dataSet, period); return on.ok && unitsDigest(on.value) !== before; });
    if (!moved) continue;
    await db.write('system', async (tx) => {
      await rebuildRollUps(tx, forms, period, dataSet);
      await record(tx, { province: '00', at: now.at, actor: 'system', action: 'returns.sums-remade', target: { type: 'roll-up', id: `${period}/${dataSet}` } });
    });
    made += 1;
  }
  unitsSeen.set(db, { units, times: times + 1 });
  return made;
}

/** Slices nobody has compared yet: the map they are added up on is noted at once, so that a merger before their first turn is nobody's fault. */
export async function noteMaps({ db }: Pick<Services, 'db'>): Promise<void> {
  const { forms } = engineOf(db);
  const fresh = await db.read('system', async (tx) => {
    const noted: { period: string; dataSet: string; units: string }[] = [];
    for (const { period, dataSet } of await slicesUnnoted(tx, mapsARun)) {
      const on = await forms.on(tx, dataSet, period);
      if (on.ok) noted.push({ period, dataSet, units: unitsDigest(on.value) });
    }
    return noted;
  });
  if (fresh.length > 0) await db.write('system', (tx) => noteFirst(tx, fresh));
}
const mapsARun = 12;

/** Compares one period and data set; writers of it wait meanwhile. @returns what differed */
export async function auditSlice(tx: Tx, forms: Forms, { period, dataSet, version }: { readonly period: string; readonly dataSet: string; readonly version: number }, now: Now): Promise<SliceDifference[]> {
  const begun = performance.now();
  const note = (vectors: number, slots: number) => noteSlice(tx, { period, dataSet, at: now.at, version, vectors, slots, ms: performance.now() - begun });
  const on = await forms.on(tx, dataSet, period);
  if (!on.ok) { // a data set no longer in force: nothing to add up by, and its turn is over
    await note(0, 0);
    return [];
  }
  await lockAllNodes(tx, period, dataSet);
  await lockSlice(tx, period, dataSet);
  const units = unitsDigest(on.value);
  const before = await unitsOfSlice(tx, period, dataSet);
  const { map } = on.value;
  const [made, kept] = [await recomputeInCode(tx, period, dataSet, (unit) => map.nodesOf(unit)), await readKept(tx, period, dataSet)];
  const differences = differencesOf(kept, made);
  // Units moved since it was added up: the sums follow, and nobody did anything wrong.
  const found = before === '' || before === units ? differences : [];
  for (const one of found) {
    const id = newId<'Incident'>();
    await insertIncident(tx, { ...one, id, period, dataSet }, now.at);
    await record(tx, { province: one.province, at: now.at, actor: 'system', action: 'returns.sums-differ', target: { type: 'roll-up', id: `${one.node}/${period}/${dataSet}/${one.standing}` }, unit: one.node, facts: { differing: one.differing } });
  }
  if (differences.length > 0) await replaceSlice(tx, period, dataSet, made);
  await note(made.length, made.reduce((sum, row) => sum + row.sums.length, 0));
  await noteUnits(tx, period, dataSet, units);
  return found;
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
  await lockAllNodes(tx, period, dataSet);
  await lockSlice(tx, period, dataSet);
  await replaceSlice(tx, period, dataSet, await recomputeInCode(tx, period, dataSet, (unit) => on.value.map.nodesOf(unit)));
  await noteUnits(tx, period, dataSet, unitsDigest(on.value));
}
