/** Random verification: announce the digest of the seed, publish the seed and the units on the day of the visit, record what was counted. */
import { randomBytes } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import type { Now } from '#kernel/clock.ts';
import { hexOf } from '#kernel/bytes.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { ok, refuse, type Result } from '#kernel/result.ts';
import type { Database } from '#platform/db/database.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { drawUnits, frameDigestOf, seedDigestOf, verificationFactor } from '../rules/draw.ts';
import type { Sample } from '../schema.ts';
import { findSeed, insertCounts, insertSample, keepSeed, lockSample, publishDraw, readCounts, readSamples, type CountRow, type SampleRow } from '../store/samples.ts';
import { checkedPeriod, stop, unitName } from './ask.ts';
import { assignedUnits } from './coverage.ts';
import { hashText } from './explain.ts';
import { guardFor, shown } from './guard.ts';
import { forgetMarks } from './marks.ts';
import { cellsOf, elementValue, spanOf } from './measure.ts';
import { withFigures } from './answer.ts';
import type { Scene } from './scene.ts';
import type { UnitRow } from '#modules/org-units/index.ts';

export type Use = { readonly tx: Tx; readonly actor: Actor; readonly now: Now; readonly services: { readonly db: Database }; readonly may: (permission: string, place?: { province: string; commune?: string | null }) => boolean; readonly commandId: string };
export type Announced = { readonly id: string; readonly province: string; readonly dataSet: string; readonly period: string; readonly size: number; readonly elements: readonly string[]; readonly visitFrom: string };

const officeOf = (actor: Actor): string => actor.grants[0]?.office ?? '';

/** The units that owed the data set in the province, on the map of the period; the elements must be of the data set and not protected. */
function frameIn(scene: Scene, asked: Announced): string[] {
  const span = spanOf(scene, checkedPeriod(asked.period));
  const dataSet = span.programme.dataSets.get(asked.dataSet) ?? stop({ code: 'data-set-unknown', dataSet: asked.dataSet });
  for (const id of asked.elements) if (cellsOf(scene, id, null)?.dataSet !== dataSet.id) stop({ code: 'element-unknown', element: id });
  return assignedUnits(scene, dataSet, asked.period).filter((row) => row.province === asked.province && row.depth > 2).map((row) => row.code).sort();
}

export async function announce(use: Use, asked: Announced): Promise<Result<Sample>> {
  const { tx, actor, now } = use;
  if (!use.may('indicators.verify', { province: asked.province })) return refuse({ code: 'unit-not-yours', unit: asked.province });
  if (asked.visitFrom <= now.today) return refuse({ code: 'visit-too-soon', visitFrom: asked.visitFrom });
  const frame = await withFigures(use.services.db, `frame ${JSON.stringify(asked)}`, (scene) => frameIn(scene, asked), () => false);
  if (asked.size > frame.length) return refuse({ code: 'sample-larger-than-frame', size: asked.size, frame: frame.length });
  const seed = hexOf(randomBytes(32));
  const row: SampleRow = {
    ...asked, elements: [...asked.elements], frame, frameDigest: frameDigestOf(frame, hashText), seedDigest: seedDigestOf(seed, hashText), seed: null, announcedAt: now.at, drawnAt: null, units: [], office: officeOf(actor),
  };
  if ((await insertSample(tx, { ...row, by: actor.account })) === 0) return refuse({ code: 'sample-exists' });
  await keepSeed(tx, row.province, row.id, seed);
  await record(tx, { province: row.province, at: now.at, actor, action: 'indicators.sample-announced', target: { type: 'sample', id: row.id }, after: { seedDigest: row.seedDigest, frameDigest: row.frameDigest }, facts: { size: row.size, frame: frame.length } });
  return ok(await seen(use, row, []));
}

/** Publishes the seed; from the first day of visits, so that nobody can tidy up the drawn units beforehand. */
export async function draw(use: Use, id: string): Promise<Result<Sample>> {
  const { tx, actor, now } = use;
  const row = await lockSample(tx, id);
  if (row === undefined || !use.may('indicators.verify', { province: row.province })) return refuse({ code: 'sample-not-found' });
  if (row.drawnAt !== null) return refuse({ code: 'sample-drawn' });
  if (now.today < row.visitFrom) return refuse({ code: 'sample-not-yet', visitFrom: row.visitFrom });
  const seed = await use.services.db.read('system', (system) => findSeed(system, row.province, id));
  if (seed === undefined || seedDigestOf(seed, hashText) !== row.seedDigest) throw new Error('a sample has no seed, or another than was announced');
  const drawn: SampleRow = { ...row, seed, drawnAt: now.at, units: drawUnits(row.frame, row.size, seed, hashText) };
  await publishDraw(tx, drawn);
  await record(tx, { province: row.province, at: now.at, actor, action: 'indicators.sample-drawn', target: { type: 'sample', id }, after: { seed, units: drawn.units }, facts: { units: drawn.units.length } });
  return ok(await seen(use, drawn, []));
}

export type Counted = { readonly unit: string; readonly counts: readonly { readonly element: string; readonly cell: string; readonly counted: number }[]; readonly note: string };
/** What was found at a drawn unit, beside what the unit had reported by then. Never by the office that reported it. */
export async function count(use: Use, id: string, body: Counted): Promise<Result<Sample>> {
  const { tx, actor, now } = use;
  if (looksPersonal(body.note)) return refuse({ code: 'words-name-person' });
  const row = await lockSample(tx, id);
  if (row === undefined || !use.may('indicators.verify', { province: row.province })) return refuse({ code: 'sample-not-found' });
  if (row.drawnAt === null) return refuse({ code: 'sample-not-drawn' });
  if (!row.units.includes(body.unit)) return refuse({ code: 'unit-not-in-sample', unit: body.unit });
  if (officeOf(actor) === `UBND:${row.province}:${body.unit}`) return refuse({ code: 'count-own-return' });
  const wrong = body.counts.find((one) => !row.elements.includes(one.element));
  if (wrong !== undefined) return refuse({ code: 'element-unknown', element: wrong.element });
  const before = (await readCounts(tx, [id])).filter((one) => one.unit === body.unit);
  const again = body.counts.find((one, at) => before.some((held) => sameCell(held, one)) || body.counts.findIndex((other) => sameCell(other, one)) !== at);
  if (again !== undefined) return refuse({ code: 'count-exists', element: again.element }); // a count is evidence: it stands as it was made
  const reported = await withFigures(use.services.db, `count ${id} ${JSON.stringify(body)}`, (scene) => body.counts.map((one) => reportedBy(scene, row, body.unit, one)), () => false);
  const rows = body.counts.map((one, i): CountRow => ({ sample: id, province: row.province, unit: body.unit, element: one.element, cell: one.cell, reported: reported[i] ?? null, counted: one.counted, office: officeOf(actor), at: now.at }));
  await insertCounts(tx, rows, body.note, actor.account);
  forgetMarks(use.services.db);
  await record(tx, { province: row.province, at: now.at, actor, action: 'indicators.sample-counted', unit: body.unit, target: { type: 'sample', id }, after: rows, facts: { counts: rows.length } });
  return ok(await seen(use, row, await readCounts(tx, [id])));
}

const sameCell = (a: { readonly element: string; readonly cell: string }, b: { readonly element: string; readonly cell: string }): boolean => a.element === b.element && a.cell === b.cell;

function reportedBy(scene: Scene, row: SampleRow, unit: string, { element: id, cell }: { readonly element: string; readonly cell: string }): number | null {
  const span = spanOf(scene, row.period);
  const here = scene.tree(span.treeDay).byCode.get(unit);
  const element = scene.latest.elements.get(id);
  const cells = cellsOf(scene, id, cell === '' ? null : [cell]);
  return here === undefined || element === undefined || cells === undefined ? null : elementValue(scene, element, cells, { unit: here, span, standing: 'reported', attribute: null }).value;
}

async function seen(use: Pick<Use, 'actor' | 'services'>, row: SampleRow, counts: readonly CountRow[]): Promise<Sample> {
  return withFigures(use.services.db, `sample ${row.id} ${use.actor.account} ${row.drawnAt ?? ''} ${counts.length}`, (scene) => sampleSeen(scene, use.actor, row, counts), () => false);
}

function sampleSeen(scene: Scene, actor: Actor, row: SampleRow, counts: readonly CountRow[]): Sample {
  const span = spanOf(scene, row.period);
  const guard = guardFor(scene, actor);
  const tree = scene.tree(span.treeDay);
  const own = counts.filter((one) => one.sample === row.id);
  const hidden = (unit: UnitRow, id: string): boolean => { const element = scene.latest.elements.get(id); return element?.protected === true && guard.hides(element, unit, span, 'reported'); };
  return {
    id: row.id, province: row.province, dataSet: row.dataSet, period: row.period, size: row.size, elements: row.elements, visitFrom: row.visitFrom, frame: row.frame.length, frameDigest: row.frameDigest, seedDigest: row.seedDigest, seed: row.seed,
    announcedAt: row.announcedAt, drawnAt: row.drawnAt, office: row.office,
    units: row.units.flatMap((code) => {
      const unit = tree.byCode.get(code);
      return unit === undefined ? [] : [{ unit: unitName(unit), counts: own.filter((one) => one.unit === code).map((one) => ({ element: one.element, cell: one.cell, reported: shown(one.reported, hidden(unit, one.element)), counted: shown(one.counted, hidden(unit, one.element)), office: one.office, at: one.at })) }];
    }),
    factors: row.elements.map((element) => { const list = own.filter((one) => one.element === element); return { element, factor: list.some((one) => { const unit = tree.byCode.get(one.unit); return unit !== undefined && hidden(unit, element); }) ? null : verificationFactor(list), units: new Set(list.map((one) => one.unit)).size }; }),
  };
}

/** In transactions of its own, one after the other, so that no connection is held while vectors are loaded. */
export async function samples(db: Database, actor: Actor, asked: { readonly province?: string | undefined; readonly period?: string | undefined; readonly dataSet?: string | undefined }): Promise<{ rows: Sample[] }> {
  const { rows, counts } = await db.read(actor, async (tx) => {
    const found = await readSamples(tx, asked.province ?? null, asked.period ?? null, asked.dataSet ?? null);
    return { rows: found, counts: await readCounts(tx, found.map((row) => row.id)) };
  });
  return withFigures(db, `samples ${actor.account}`, (scene) => ({ rows: rows.map((row) => sampleSeen(scene, actor, row, counts)) }), () => false);
}
