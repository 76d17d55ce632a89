/** Inspections: every line answered, every shortcoming put right by the facility and seen by somebody else. */
import { compareDays } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Static } from '#kernel/shape.ts';
import { checkAnswers, fallsShort } from '../rules/follow-up.ts';
import { checklistOf } from '../rules/checklist.ts';
import { roleAt } from '../rules/rights.ts';
import type { FacilityKey, Inspection, recordInspection } from '../schema.ts';
import { findAnswer, insertAnswers, insertInspection, type InspectionStored, listAnswers, listInspections, setConfirmed, setRemedied } from '../store/oversight.ts';
import { facilityFor, impersonal, log, notFound, type UseCase } from './use-case.ts';

async function viewsOf(use: UseCase, key: FacilityKey, rows: readonly InspectionStored[]): Promise<Inspection[]> {
  const answers = Map.groupBy(await listAnswers(use.tx, key.province, key.facility, rows.map((one) => one.id)), (one) => one.inspection);
  return rows.map((row) => {
    const order = new Map((checklistOf(row.checklist)?.items ?? []).map((item, i) => [item.id, i]));
    const own = (answers.get(row.id) ?? []).map(({ inspection: _, ...answer }) => answer);
    return { ...row, answers: own.sort((a, b) => (order.get(a.item) ?? 999) - (order.get(b.item) ?? 999)) };
  });
}
async function one(use: UseCase, key: FacilityKey, id: string): Promise<Result<Inspection, Refusal>> {
  const [view] = await viewsOf(use, key, await listInspections(use.tx, key.province, key.facility, id));
  return view === undefined ? notFound() : ok(view);
}
export async function inspectionsOf(use: UseCase, key: FacilityKey): Promise<Result<{ inspections: Inspection[] }, Refusal>> {
  const found = await facilityFor(use, key, 'facilities.read-book');
  return found.ok ? ok({ inspections: await viewsOf(use, key, await listInspections(use.tx, key.province, key.facility)) }) : found;
}

type Given = Static<NonNullable<(typeof recordInspection)['body']>>;
/** `external` follows from the role, it is not claimed: an inspection by the police that run public facilities is none from outside. */
export async function recordOneInspection(use: UseCase, key: FacilityKey, body: Given): Promise<Result<Inspection, Refusal>> {
  const { tx, now, actor } = use;
  const found = await facilityFor(use, key, 'facilities.inspect');
  if (!found.ok) return found;
  const checklist = checklistOf(body.checklist);
  if (checklist === undefined) return refuse({ code: 'checklist-unknown', checklist: body.checklist });
  if (compareDays(body.onDay, now.today) > 0) return refuse({ code: 'facility-day-in-future', day: body.onDay, today: now.today });
  if (compareDays(body.onDay, found.value.openedOn) < 0) return refuse({ code: 'before-opening', day: body.onDay, openedOn: found.value.openedOn });
  const words = impersonal(body.summary, ...body.answers.map((answer) => answer.note));
  if (!words.ok) return words;
  const checked = checkAnswers(checklist, body.answers, body.onDay);
  if (!checked.ok) return checked;
  const role = roleAt(actor, 'facilities.inspect', found.value);
  const id = newId<'Inspection'>();
  const office = actor.grants.find((grant) => grant.role === role)?.office ?? '';
  await insertInspection(tx, key.province, key.facility, { id, onDay: body.onDay, external: role === 'facility-inspector', office, account: actor.account, checklist: body.checklist, summary: body.summary, recordedAt: now.at });
  await insertAnswers(tx, key.province, key.facility, body.answers.map((answer) => ({ ...answer, inspection: id, dueOn: fallsShort(answer) ? answer.dueOn : null, state: fallsShort(answer) ? 'open' as const : 'none' as const })));
  await log(use, { key, action: 'facilities.inspected', target: { type: 'inspection', id }, role, after: body, facts: { findings: body.answers.filter(fallsShort).length, external: role === 'facility-inspector' } });
  return one(use, key, id);
}

type FindingKey = FacilityKey & { readonly inspection: string; readonly item: string };
async function findingFor(use: UseCase, key: FindingKey, asked: { readonly rev: number; readonly text: string; readonly permission: 'facilities.record' | 'facilities.settle' }) {
  const found = await facilityFor(use, key, asked.permission);
  if (!found.ok) return found;
  const words = impersonal(asked.text);
  if (!words.ok) return words;
  const answer = await findAnswer(use.tx, key.province, key.facility, key.inspection, key.item);
  if (answer === undefined) return notFound();
  return answer.rev === asked.rev ? ok({ ...answer, role: roleAt(use.actor, asked.permission, found.value) }) : refuse({ code: 'revision-stale', rev: answer.rev });
}
const targetOf = (key: FindingKey) => ({ type: 'finding', id: `${key.inspection}/${key.item}` });

export async function remedyOne(use: UseCase, key: FindingKey, { rev, remedy }: { readonly rev: number; readonly remedy: string }): Promise<Result<Inspection, Refusal>> {
  const found = await findingFor(use, key, { rev, text: remedy, permission: 'facilities.record' });
  if (!found.ok) return found;
  if (found.value.state !== 'open') return refuse({ code: 'facility-move-not-allowed', state: found.value.state });
  await setRemedied(use.tx, key, remedy, use.actor.account, use.now.today);
  await log(use, { key, action: 'facilities.finding-remedied', target: targetOf(key), role: found.value.role, after: remedy });
  return one(use, key, key.inspection);
}

export async function confirmOne(use: UseCase, key: FindingKey, { rev, seen, note }: { readonly rev: number; readonly seen: boolean; readonly note: string }): Promise<Result<Inspection, Refusal>> {
  const found = await findingFor(use, key, { rev, text: note, permission: 'facilities.settle' });
  if (!found.ok) return found;
  if (found.value.state !== 'remedied') return refuse({ code: 'facility-move-not-allowed', state: found.value.state });
  if (found.value.remediedBy === use.actor.account) return refuse({ code: 'not-who-answered' });
  await setConfirmed(use.tx, key, seen, note, use.now.today);
  await log(use, { key, action: seen ? 'facilities.finding-confirmed' : 'facilities.finding-reopened', target: targetOf(key), role: found.value.role, after: note });
  return one(use, key, key.inspection);
}
