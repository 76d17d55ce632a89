/**
 * What the demonstration shows of random verification: samples drawn and counted anew in three provinces, an earlier one in the first of
 * them, and one announced whose units nobody knows yet. Synthetic and the same every time.
 */
import { hash } from 'node:crypto';
import type { Now } from '#kernel/clock.ts';
import { addDays } from '#kernel/day.ts';
import { daysOf, periodAt, shiftPeriod, type Period } from '#kernel/period.ts';
import type { Tx } from '#platform/db/tx.ts';
import { latestProgramme, slotsOf } from '#modules/definitions/index.ts';
import { demonstrationAccountId } from '#modules/identity/index.ts';
import { getTree } from '#modules/org-units/index.ts';
import { drawUnits, frameDigestOf, seedDigestOf } from '../rules/draw.ts';
import { insertCounts, insertSample, keepSeed, publishDraw, type CountRow, type SampleRow } from '../store/samples.ts';
import { readUnitVectors } from '../store/vectors.ts';

const sha = (text: string): string => hash('sha256', text);
const dataSet = 'xa-thang';
const elements = ['buoi-truyen-thong', 'luot-truyen-thong', 'truong-mo-hinh'];
const size = 10;

type Plan = { readonly province: string; readonly period: Period; readonly announcedDaysAgo: number; readonly visitInDays: number; /** Of what was reported, about this share was found where less was found. */ readonly found: number };

export async function seedVerification(tx: Tx, now: Now): Promise<void> {
  const { head, dataSets } = await latestProgramme(tx);
  if (!dataSets.has(dataSet)) return; // another programme than the delivered one
  const last = shiftPeriod(periodAt(now.today, 'month', head.calendar), -1);
  const plans: Plan[] = [
    { province: '01', period: last, announcedDaysAgo: 6, visitInDays: -2, found: 0.9 }, { province: '20', period: last, announcedDaysAgo: 6, visitInDays: -2, found: 0.96 },
    { province: '40', period: last, announcedDaysAgo: 5, visitInDays: -1, found: 0.55 }, { province: '01', period: shiftPeriod(last, -3), announcedDaysAgo: 92, visitInDays: -85, found: 0.7 },
    { province: '48', period: last, announcedDaysAgo: 1, visitInDays: 6, found: 1 },
  ];
  const { last: mapDay } = daysOf(last, head.calendar);
  const tree = await getTree(tx, mapDay);
  for (const plan of plans) await seedSample(tx, now, plan, (tree.provinces.find((one) => one.code === plan.province)?.communes ?? []).map(([commune]) => commune).sort());
}

async function seedSample(tx: Tx, now: Now, plan: Plan, frame: readonly string[]): Promise<void> {
  const { province, period } = plan;
  if (frame.length < size) return;
  const name = `verification ${province} ${period}`;
  const seed = sha(name);
  const [id, by, office] = [idOf(name), demonstrationAccountId(`tinh${province}.thuky`), `UBND:${province}`];
  const at = (daysAgo: number): string => `${addDays(now.today, -daysAgo)}T02:00:00.000Z`;
  const row: SampleRow = {
    id, province, dataSet, period, size, elements, visitFrom: addDays(now.today, plan.visitInDays), frame: [...frame], frameDigest: frameDigestOf(frame, sha), seedDigest: seedDigestOf(seed, sha), seed: null,
    announcedAt: at(plan.announcedDaysAgo), drawnAt: null, units: [], office,
  };
  await insertSample(tx, { ...row, by });
  await keepSeed(tx, province, id, seed);
  if (plan.visitInDays > 0) return;
  const units = drawUnits(frame, size, seed, sha);
  await publishDraw(tx, { ...row, seed, drawnAt: at(-plan.visitInDays), units });
  const slots = await slotsOf(tx);
  const reported = new Map((await readUnitVectors(tx, period, dataSet, units)).map((one) => [one.orgUnit, one.vals.split(',')]));
  const counts = units.flatMap((unit) => elements.flatMap((element): CountRow[] => {
    const text = reported.get(unit)?.[(slots.homeOf(element, '')?.slot ?? 0) - 1] ?? '';
    if (text === '') return []; // nothing was sent to count against
    const chance = Number.parseInt(sha(`${name} ${unit} ${element}`).slice(0, 4), 16) / 65_536;
    return [{ sample: id, province, unit, element, cell: '', reported: Number(text), counted: chance < 0.25 ? Math.round(Number(text) * plan.found) : Number(text), office, at: at(-plan.visitInDays) }];
  }));
  if (counts.length > 0) await insertCounts(tx, counts, '', by);
}

/** The same id every time, in the form of a version 4 one. */
function idOf(name: string): string {
  const hex = sha(`id ${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
