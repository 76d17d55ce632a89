/** Lines of a draft: add, edit, split, merge, remove, put back, reorder. Two editors of one line see both values. */
import { newId } from '#kernel/id.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import { mergeClears, sixClearsOf, splitText } from '../rules/edit.ts';
import { judge } from '../rules/verdicts.ts';
import { clears as clearNames, type ClearVerdict, type SixClears, type SixClearsInput } from '../schema.ts';
import { insertAssignments, listAssignments, lockAssignment, numberAssignments, removeAssignment, saveAssignment, type AssignmentStored } from '../store/assignments.ts';
import { lockDirective, touchDraft, type DirectiveStored } from '../store/directives.ts';
import { classifyActors } from './offices.ts';
import { derivedOf, mostLines } from './propose.ts';
import { byOf, eventDays, log, notFound, type UseCase } from './use-case.ts';
import { assignmentView } from './views.ts';

export type DraftKey = { readonly province: string; readonly directive: string };
export type LineKey = DraftKey & { readonly assignment: string };

async function openDraft(use: UseCase, { province, directive: id }: DraftKey): Promise<Result<DirectiveStored, Refusal>> {
  const directive = await lockDirective(byOf(use), province, id);
  if (directive === undefined || directive.origin !== province) return notFound();
  return directive.state === 'drafting' ? ok(directive) : refuse({ code: 'already-issued' });
}

async function openLine(use: UseCase, key: LineKey, version?: number): Promise<Result<{ directive: DirectiveStored; line: AssignmentStored }, Refusal>> {
  const draft = await openDraft(use, key);
  if (!draft.ok) return draft;
  const line = await lockAssignment(use.tx, key.province, key.directive, key.assignment);
  if (line === undefined) return notFound();
  if (version !== undefined && line.version !== version) return refuse({ code: 'revision-stale', version: line.version, theirs: assignmentView(line) });
  return ok({ directive: draft.value, line });
}

/** What was written, as six clears of known offices and existing days. */
async function checked(use: UseCase, directive: DirectiveStored, input: SixClearsInput): Promise<Result<SixClears, Refusal>> {
  const day = use.now.today;
  const { person, responsibility } = input;
  const { offices } = await classifyActors(use.tx, [...person.offices, ...responsibility.coordinating], day);
  const unknown = [...person.offices, ...responsibility.coordinating].find((id) => !offices.has(id));
  if (unknown !== undefined) return refuse({ code: 'office-unknown', office: unknown });
  const { classes } = await classifyActors(use.tx, person.classes.map((one) => one.officeClass), day);
  const unknownClass = person.classes.find((one) => !classes.has(one.officeClass));
  if (unknownClass !== undefined) return refuse({ code: 'office-class-unknown', officeClass: unknownClass.officeClass });
  return sixClearsOf(input, directive.issuedOn ?? day, await eventDays(use.tx));
}

const touched = async (use: UseCase, key: LineKey | DraftKey, what: 'added' | 'edited' | 'split' | 'merged' | 'removed' | 'restored' | 'ordered', before?: unknown, after?: unknown): Promise<void> => {
  await touchDraft(use.tx, key.province, key.directive, use.now.at);
  const line = 'assignment' in key ? key.assignment : null;
  await log(use, { province: key.province, action: `directives.line-${what}`, target: { type: 'directive', id: key.directive }, before, after, facts: { line } });
};

const renumber = async ({ tx }: UseCase, { province, directive }: DraftKey, order?: readonly string[]): Promise<void> => {
  await numberAssignments(tx, province, directive, order ?? (await listAssignments(tx, province, directive)).map((line) => line.id));
};

const newLine = (clears: SixClears, from?: Pick<AssignmentStored, 'readVerdicts' | 'spanStart' | 'spanEnd' | 'quote'>) => ({
  id: newId<'Assignment'>(), position: mostLines * 2, ordinal: '', clears, readVerdicts: from?.readVerdicts ?? [], verdicts: judge(clears, from?.readVerdicts), spanStart: from?.spanStart ?? null,
  spanEnd: from?.spanEnd ?? null, quote: from?.quote ?? null, ...derivedOf(clears),
});

const orderWith = (lines: readonly AssignmentStored[], after: string | undefined, id: string): string[] => {
  const ids = lines.map((line) => line.id).filter((one) => one !== id);
  const at = after === undefined ? -1 : ids.indexOf(after);
  return at < 0 ? [...ids, id] : [...ids.slice(0, at + 1), id, ...ids.slice(at + 1)];
};

async function insertAfter(use: UseCase, key: DraftKey, line: ReturnType<typeof newLine>, after: string | undefined): Promise<void> {
  const lines = await listAssignments(use.tx, key.province, key.directive);
  await insertAssignments(use.tx, key.province, key.directive, [line]);
  await renumber(use, key, orderWith(lines, after, line.id));
}

export async function addLine(use: UseCase, key: DraftKey, input: { readonly clears: SixClearsInput; readonly after?: string }): Promise<Result<string, Refusal>> {
  const draft = await openDraft(use, key);
  if (!draft.ok) return draft;
  if (draft.value.assignmentCount >= mostLines) return refuse({ code: 'too-many-lines', most: mostLines });
  const clears = await checked(use, draft.value, input.clears);
  if (!clears.ok) return clears;
  const line = newLine(clears.value);
  await insertAfter(use, key, line, input.after);
  await touched(use, { ...key, assignment: line.id }, 'added', undefined, clears.value);
  return ok(line.id);
}

/** A reading holds on for the cells nobody changed. */
const stillRead = (before: SixClears, after: SixClears, read: readonly ClearVerdict[]): ClearVerdict[] =>
  read.filter(({ clear }) => clearNames.includes(clear) && JSON.stringify(before[clear]) === JSON.stringify(after[clear]));

export async function editLine(use: UseCase, key: LineKey, input: { readonly version: number; readonly clears: SixClearsInput }): Promise<Result<SixClears, Refusal>> {
  const opened = await openLine(use, key, input.version);
  if (!opened.ok) return opened.problem.code === 'revision-stale' ? refuse({ ...opened.problem, yours: input.clears }) : opened;
  const { line, directive } = opened.value;
  const clears = await checked(use, directive, input.clears);
  if (!clears.ok) return clears;
  await saveAssignment(use.tx, key.province, line.id, { clears: clears.value, verdicts: judge(clears.value, stillRead(line.clears, clears.value, line.readVerdicts)), ...derivedOf(clears.value) });
  await touched(use, key, 'edited', line.clears, clears.value);
  return clears;
}

export async function setRemoved(use: UseCase, key: LineKey, removed: boolean): Promise<Result<true, Refusal>> {
  const opened = await openLine(use, key);
  if (!opened.ok) return opened;
  if (opened.value.line.removed !== removed) {
    await removeAssignment(use.tx, key.province, key.assignment, removed ? use.now.at : null);
    await renumber(use, key);
    await touched(use, key, removed ? 'removed' : 'restored');
  }
  return ok(true);
}

export async function splitLine(use: UseCase, key: LineKey, input: { readonly version: number; readonly at: number }): Promise<Result<true, Refusal>> {
  const opened = await openLine(use, key, input.version);
  if (!opened.ok) return opened;
  const { line, directive } = opened.value;
  if (directive.assignmentCount >= mostLines) return refuse({ code: 'too-many-lines', most: mostLines });
  const parts = splitText(line.clears.task.text, input.at);
  if (!parts.ok) return parts;
  const [first, second] = parts.value;
  const kept = { ...line.clears, task: { text: first } };
  await saveAssignment(use.tx, key.province, line.id, { clears: kept, verdicts: judge(kept, line.readVerdicts), ...derivedOf(kept) });
  await insertAfter(use, key, newLine({ ...line.clears, task: { text: second } }, line), line.id);
  await touched(use, key, 'split', line.clears);
  return ok(true);
}

export async function mergeLines(use: UseCase, key: LineKey, input: { readonly version: number; readonly other: string }): Promise<Result<true, Refusal>> {
  const opened = await openLine(use, key, input.version);
  if (!opened.ok) return opened;
  const other = await openLine(use, { ...key, assignment: input.other });
  if (!other.ok || input.other === key.assignment) return other.ok ? notFound() : other;
  const { line } = opened.value;
  const merged = mergeClears(line.clears, other.value.line.clears);
  if (merged.task.text.length > 6000) return refuse({ code: 'input-invalid', field: 'body/clears/task/text', reason: 'too long' });
  await saveAssignment(use.tx, key.province, line.id, { clears: merged, verdicts: judge(merged), ...derivedOf(merged) });
  await removeAssignment(use.tx, key.province, input.other, use.now.at);
  await renumber(use, key);
  await touched(use, key, 'merged', line.clears, merged);
  return ok(true);
}

export async function orderLines(use: UseCase, key: DraftKey, input: { readonly version: number; readonly order: readonly string[] }): Promise<Result<true, Refusal>> {
  const draft = await openDraft(use, key);
  if (!draft.ok) return draft;
  if (draft.value.version !== input.version) return refuse({ code: 'revision-stale', version: draft.value.version });
  const ids = new Set((await listAssignments(use.tx, key.province, key.directive)).filter((line) => !line.removed).map((line) => line.id));
  if (new Set(input.order).size !== ids.size || !input.order.every((id) => ids.has(id))) return refuse({ code: 'order-incomplete' });
  await renumber(use, key, input.order);
  await touched(use, key, 'ordered');
  return ok(true);
}
