/** Fills an empty installation with three issued directives and fourteen months of life: a dozen statements a directive. */
import type { Now } from '#kernel/clock.ts';
import { formatUuid } from '#kernel/id.ts';
import { createHash } from 'node:crypto';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { provinceCodes } from '#modules/org-units/index.ts';
import { newTaskOf, noticesOf } from '../actions/cascade.ts';
import { recipientsBy } from '../actions/offices.ts';
import { derivedOf } from '../actions/propose.ts';
import { byMachinery } from '../actions/use-case.ts';
import { cellBytes, packCell } from '../rules/cell.ts';
import { planProvince, type PlannedTask } from '../rules/cascade.ts';
import { judge, ordinalOf } from '../rules/verdicts.ts';
import { insertAssignments, listAssignments, type AssignmentStored } from '../store/assignments.ts';
import { findDirective, insertDraft, setState, touchDraft, type DirectiveStored } from '../store/directives.ts';
import { insertNotices } from '../store/notices.ts';
import { allSeats, insertVectors } from '../store/vectors.ts';
import { demoDirectives, type DemoDirective } from './lines.ts';
import { insertLived, insertSeats, insertStory, placeEverywhere, type LivedTask, type PlacedTask } from './story.ts';
import { chance, livedSo } from './states.ts';

type Say = (line: { readonly vi: string; readonly en: string }) => void;
const seed = 'sauro-demonstration-1';
const idOf = (...parts: readonly string[]): string => formatUuid(createHash('sha256').update([seed, ...parts].join('\n')).digest());
const moment = (day: string): string => `${day}T02:30:00.000Z`;

/** Loads the demonstration's directives inside the caller's transaction. Deterministic by seed and day; everything is marked synthetic. */
export async function seedDirectives(tx: Tx, now: Now, say: Say = () => undefined): Promise<{ tasks: number }> {
  let tasks = 0;
  for (const one of demoDirectives(now.today)) tasks += await seedOne(tx, one, now);
  say({ vi: `Nạp dữ liệu trình diễn: 3 văn bản chỉ đạo, ${tasks} nhiệm vụ`, en: `Loading demonstration data: 3 directives, ${tasks} tasks` });
  return { tasks };
}

async function draftOf(tx: Tx, one: DemoDirective): Promise<{ directive: DirectiveStored; lines: AssignmentStored[] }> {
  const id = idOf('directive', one.number);
  const at = moment(one.issuedOn);
  const text = one.lines.map((line) => line.clears.task.text).join('\n');
  await insertDraft(tx, {
    province: '00', id, issuerOffice: one.issuerOffice, account: idOf('account'), at, text, original: null, reading: { isDirective: true, proposed: one.lines.length, notes: [], milliseconds: 0 },
    head: { kind: one.kind, title: one.title, number: one.number, issuedOn: one.issuedOn, signer: one.signer, signerPost: one.signerPost, legalBasis: one.legalBasis, secrecy: 'ordinary', tags: [...one.tags] },
  });
  await insertAssignments(tx, '00', id, one.lines.map((line, position) => ({
    id: idOf('line', one.number, String(position)), position, ordinal: ordinalOf(position), clears: line.clears, verdicts: judge(line.clears), readVerdicts: [], spanStart: null, spanEnd: null, quote: null,
    ...derivedOf(line.clears),
  })));
  await touchDraft(tx, '00', id, at);
  await setState(tx, { province: '00', id }, 'issuing', at);
  const directive = await findDirective(byMachinery(tx), '00', id);
  if (directive === undefined) throw new Error('the demonstration directive is not there');
  return { directive, lines: await listAssignments(tx, '00', id) };
}

async function seedOne(tx: Tx, one: DemoDirective, now: Now): Promise<number> {
  const { directive, lines } = await draftOf(tx, one);
  const recipientsOf = await recipientsBy(tx, lines.map((line) => line.clears), now.today);
  const at = moment(one.issuedOn);
  const plans = provinceCodes().map((province) => ({ province, planned: planProvince(lines, recipientsOf(province), one.issuerOffice) })).filter((plan) => plan.planned.length > 0);
  await placeEverywhere(tx, directive.id, at, new Map(plans.map((plan) => [plan.province, plan.planned.length])));
  const placed = plans.flatMap(({ province, planned }) => planned.map((task) => ({ ...livedTask(task, one, province, planned, now), province })));
  await insertLived(tx, directive.id, at, placed);
  await insertStory(tx, placed, one.issuedOn);
  await seedCells(tx, directive.id, placed);
  if (one.number.startsWith('03')) await insertNotices(tx, at, plans.flatMap(({ province, planned }) => noticesOf(directive.id, province, planned.map(newTaskOf))));
  await record(tx, plans.map(({ province, planned }) => ({
    province, at: now.at, actor: 'system' as const, action: 'directives.reached', target: { type: 'directive', id: directive.id }, unit: province === '00' ? null : province, facts: { tasks: planned.length, demonstration: true },
  })));
  return placed.length;
}

const diligenceOf = (directive: string, province: string): number => chance(seed, directive, province, 'diligence');

/** A province is done only when its communes are: its own task follows theirs. */
function livedTask(task: PlannedTask, one: DemoDirective, province: string, planned: readonly PlannedTask[], now: Now): LivedTask {
  const diligence = diligenceOf(one.number, province);
  const dueOn = task.dueOn ?? now.today;
  const own = livedSo({ key: `${seed}|${one.number}|${task.assignment}|${task.holderOffice}`, issuedOn: one.issuedOn, dueOn, today: now.today, diligence });
  const above = task.commune === null && province !== '00' && planned.some((other) => other.parentOffice === task.holderOffice && other.assignment === task.assignment);
  const complete = now.today > dueOn && diligence > 0.55;
  const lived = above && !complete ? { state: 'in-progress' as const, submittedOn: null, percent: Math.round(40 + 50 * diligence), extensionAskedFor: null } : own;
  return { ...newTaskOf(task), ...lived, dueOn };
}

async function seedCells(tx: Tx, directive: string, tasks: readonly PlacedTask[]): Promise<void> {
  const communal = Map.groupBy(tasks.filter((task) => task.commune !== null), (task) => task.province);
  await insertSeats(tx, [...communal].flatMap(([province, own]) => [...new Set(own.map((task) => task.commune ?? ''))].sort().map((commune, seat) => ({ province, commune, seat }))));
  const seats = Map.groupBy(await allSeats(tx, null), (seat) => seat.province);
  await insertVectors(tx, [...communal].flatMap(([province, own]) => {
    const seatOf = new Map((seats.get(province) ?? []).map(({ commune, seat }) => [commune, seat]));
    return [...Map.groupBy(own, (task) => task.assignment)].map(([assignment, held]) => {
      const cells = new Uint8Array(seatOf.size * cellBytes);
      for (const task of held) cells.set(packCell(task), (seatOf.get(task.commune ?? '') ?? 0) * cellBytes);
      return { province, directive, assignment, root: assignment, cells };
    });
  }));
}
