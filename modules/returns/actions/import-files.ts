/** Taking in what a file says: each return is submitted by itself, as its bringer, through the same door as a form. */
import { createHash } from 'node:crypto';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Context, UploadedFile } from '#platform/http/bind.ts';
import { changesFrom, emptyContent } from '../rules/content.ts';
import type { Facts, RowCode } from '../exchange/report.ts';
import { rowCodes } from '../exchange/report.ts';
import { withoutTwins, type Candidate, type IncomingReturn, type RefusedCandidate } from '../exchange/sheet.ts';
import { sentence } from '../exchange/words.ts';
import { looksPersonal } from '#kernel/personal.ts';
import { mayEnter, mayImport } from '../rules/rights.ts';
import { decodeChanges } from '../rules/delta.ts';
import { periodsNeeded } from '../rules/validation.ts';
import { keyText, type ImportAnswer, type ImportedReturn, type ImportRow, type ReturnKey, type Submission } from '../schema.ts';
import { changesAfter } from '../store/batch.ts';
import { findReturn } from '../store/views.ts';
import { decideSubmit } from './decide-submission.ts';
import { engineOf } from './engine.ts';
import { readUpload } from './import-read.ts';
import { historiesOf } from './past.ts';
import { Plan } from './plan.ts';
import { registerFigures } from './prefill.ts';
import { submit } from './submit.ts';

type Asked = { readonly dryRun?: boolean; readonly unit?: string; readonly period?: string };
type Standing = ReturnType<typeof findReturn> extends Promise<infer S> ? S : never;
type Ready = { readonly incoming: IncomingReturn; readonly submission: Submission; readonly current: Standing; readonly changes: number; readonly commandId: string };

/** The same file under the same command id makes the same ids, so a repeat answers the same receipts. */
function idFor(commandId: string, key: ReturnKey): string {
  const hex = createHash('sha256').update(`${commandId} ${keyText(key)}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export async function importFile(context: Context, { dryRun = false, unit, period }: Asked, file: UploadedFile): Promise<Result<ImportAnswer, Refusal>> {
  const { actor, services, commandId } = context;
  if (commandId === '' && !dryRun) return refuse({ code: 'command-id-missing' });
  const { forms } = engineOf(services.db);
  const only = { ...(unit === undefined ? {} : { unit }), ...(period === undefined ? {} : { period }) };
  const upload = await services.db.read(actor, (tx) => readUpload({ tx, forms, only }, file));
  if (!upload.ok) return upload;
  const rows: ImportRow[] = [];
  const tell = (one: RefusedCandidate, outcome: ImportRow['outcome']): void => { rows.push(rowOf(one, outcome)); };
  for (const one of upload.value.refused) tell(one, 'refused');
  const ready: Ready[] = [];
  for (const incoming of upload.value.returns) {
    // One note with somebody's number would refuse the whole return: it refuses its row.
    const named = incoming.boxes.filter((one) => looksPersonal(one.note));
    for (const { place, row } of named) tell({ place, row, code: 'note-names-person', facts: {} }, 'refused');
    const { boxes, refused, repeated } = withoutTwins(incoming.boxes.filter((one) => !named.includes(one)));
    for (const one of refused) tell(one, 'refused');
    for (const one of repeated) tell(one, 'same');
    const figures = upload.value.kind === 'workbook' ? await figuresFor(context, incoming.key) : noFigures;
    const one = await readyOf(context, { ...incoming, boxes }, figures);
    const silent = boxes.filter(({ slot, value, note }) => note === '' && value !== null && figures.has(slot) && figures.get(slot) !== value && one.current?.words?.p?.[String(slot)] === undefined && changesFrom(one.current ?? emptyContent, [[slot, value]]).length > 0);
    for (const { place, row, slot } of silent) tell({ place, row, code: 'differs-from-register', facts: { value: figures.get(slot) ?? 0 } }, 'refused');
    const explained = boxes.filter((box) => !silent.includes(box));
    if (explained.length > 0) ready.push(silent.length === 0 ? one : await readyOf(context, { ...incoming, boxes: explained }, figures));
  }
  const returns = [...await Promise.all(ready.map((one) => (dryRun ? wouldTake(context, one, rows) : take(context, one, rows))))];
  for (const { row, key, commandId: own, submission } of upload.value.sent) {
    const one: Ready = { incoming: { key, rev: submission.baseRev, boxes: [{ place: '', row, slot: 0, value: null, note: '', remark: undefined, facts: {} }] }, submission, current: await services.db.read(actor, (tx) => findReturn(tx, key)), changes: submission.values.length, commandId: own };
    returns.push(await (dryRun ? wouldTake(context, one, rows) : take(context, one, rows))); // in order: later entries of a return build on earlier ones
  }
  rows.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.row - b.row));
  const count = (outcome: ImportRow['outcome']): number => rows.filter((row) => row.outcome === outcome).length;
  return ok({ dryRun, kind: upload.value.kind, read: upload.value.read, taken: count('taken'), same: count('same'), refused: count('refused'), returns, rows });
}

const noFigures: ReadonlyMap<number, number> = new Map();
/** What registers say, for who may bring this return: nobody else learns it from a verdict. */
async function figuresFor({ services: { db }, actor }: Context, key: ReturnKey): Promise<ReadonlyMap<number, number>> {
  const { forms } = engineOf(db);
  const on = await db.read(actor, (tx) => forms.on(tx, key.dataSet, key.period));
  const place = on.ok ? on.value.map.place(key.unit) : undefined;
  const mine = on.ok && place !== undefined && place.province === key.province && (mayEnter(actor, place, on.value.form.dataSet) || mayImport(actor, place, on.value.form.dataSet));
  return mine ? registerFigures({ db, forms }, key) : noFigures;
}

/** @param figures what registers say: the note beside another figure is its reason */
async function readyOf({ services, actor, commandId }: Context, incoming: IncomingReturn, figures: ReadonlyMap<number, number>): Promise<Ready> {
  const current = await services.db.read(actor, (tx) => findReturn(tx, incoming.key));
  const values = incoming.boxes.map(({ slot, value }): Submission['values'][number] => [slot, value]);
  const isReason = ({ slot, value }: Candidate): boolean => value !== null && figures.has(slot) && figures.get(slot) !== value;
  const rev = Math.min(incoming.rev ?? current?.rev ?? 0, current?.rev ?? incoming.rev ?? 0);
  return {
    incoming, current, changes: changesFrom(current ?? emptyContent, values).length, commandId: idFor(commandId, incoming.key),
    submission: { attribute: incoming.key.attribute, baseRev: rev, values, notes: notesOf(incoming.boxes.filter((box) => !isReason(box))), explanations: [], prefillReasons: notesOf(incoming.boxes.filter(isReason)), filledAt: null },
  };
}

const notesOf = (boxes: readonly Candidate[]): Submission['notes'] => boxes.flatMap(({ slot, note }) => (note === '' ? [] : [{ slot, text: note }])).slice(0, 500);

async function take(context: Context, one: Ready, rows: ImportRow[]): Promise<ImportedReturn> {
  const { result, leaf } = await submit({ ...context, commandId: one.commandId }, one.incoming.key, one.submission, 'import');
  if (leaf !== undefined) context.tx.leaves.push(leaf);
  if (!result.ok) return refusedReturn(one, result.problem, rows);
  const { rev, receiptCode } = result.value;
  const changed = rev !== (one.current?.rev ?? 0);
  tellBoxes(one, rows);
  return { key: one.incoming.key, outcome: changed ? 'received' : 'same', changes: changed ? one.changes : 0, rev, receiptCode, problem: null };
}

/** The same questions as the door asks, without going through it: a batch's own decision, and what it would write thrown away. */
async function wouldTake({ services, actor, now }: Context, one: Ready, rows: ImportRow[]): Promise<ImportedReturn> {
  const { key } = one.incoming;
  const { submission, current, commandId } = one;
  const { forms } = engineOf(services.db);
  const decided = await services.db.read('system', async (tx): Promise<Result<unknown, Refusal>> => {
    const on = await forms.on(tx, key.dataSet, key.period);
    if (!on.ok) return on;
    const later = current !== undefined && submission.baseRev < current.rev ? await changesAfter(tx, key, submission.baseRev) : [];
    const periods = periodsNeeded(on.value.form);
    const histories = periods.length === 0 ? undefined : await historiesOf(tx, forms, [{ key, on: on.value, periods }]);
    return decideSubmit(new Plan(), {
      command: { kind: 'submit', key, actor, now, commandId, submission, source: 'import' }, place: 0, on: on.value, locked: current, given: undefined,
      changedSince: new Set(later.flatMap((bytes) => decodeChanges(bytes).map(([slot]) => slot))), history: histories?.get(keyText(key)) ?? new Map(),
    });
  });
  if (!decided.ok) return refusedReturn(one, decided.problem, rows);
  tellBoxes(one, rows);
  return { key, outcome: one.changes === 0 ? 'same' : 'would-take', changes: one.changes, rev: one.current?.rev ?? 0, receiptCode: '', problem: null };
}

function tellBoxes({ incoming, current }: Ready, rows: ImportRow[]): void {
  for (const { place, row, slot, value, remark, facts } of incoming.boxes) {
    const same = slot > 0 && changesFrom(current ?? emptyContent, [[slot, value]]).length === 0;
    rows.push({ place, row, outcome: same ? 'same' : 'taken', code: remark ?? '', vi: remark === undefined ? '' : sentence(remark, facts, 'vi'), en: remark === undefined ? '' : sentence(remark, facts, 'en') });
  }
}

const known: ReadonlySet<string> = new Set(rowCodes);
const asRow: Readonly<Record<string, RowCode>> = { 'not-your-return': 'not-your-unit', 'not-found': 'not-your-unit' };

/** A return that is refused refuses its rows; the others of the file are taken all the same. */
function refusedReturn({ incoming, changes, current }: Ready, problem: Refusal, rows: ImportRow[]): ImportedReturn {
  const code = asRow[problem.code] ?? problem.code;
  const facts = (language: 'vi' | 'en'): Facts => ({ unit: incoming.key.unit, period: incoming.key.period, problem: problem.code, ...plainFacts(problem, language) });
  const told = isRowCode(code) && code !== 'not-assigned' ? code : 'refused-by-rules';
  for (const { place, row } of incoming.boxes) rows.push({ place, row, outcome: 'refused', code: told, vi: sentence(told, facts('vi'), 'vi'), en: sentence(told, facts('en'), 'en') });
  return { key: incoming.key, outcome: 'refused', changes, rev: current?.rev ?? 0, receiptCode: '', problem: problem.code };
}
const isRowCode = (code: string): code is RowCode => known.has(code);
/** Rules by their names, as the refusal brings them. */
function plainFacts(problem: Refusal, language: 'vi' | 'en'): Facts {
  const facts = Object.entries(problem).flatMap(([key, value]): [string, string | number][] => (key === 'code' ? [] : typeof value === 'string' || typeof value === 'number' ? [[key, value]] : []));
  const rules = 'rules' in problem && Array.isArray(problem.rules) ? problem.rules.flatMap((rule: unknown) => (typeof rule === 'object' && rule !== null && 'name' in rule && typeof rule.name === 'object' && rule.name !== null ? [String(Object.entries(rule.name).find(([key]) => key === language)?.[1] ?? '')] : [])) : [];
  return Object.fromEntries([...facts, ...(rules.length > 0 ? [['rules', rules.join(', ')] as const] : [])]);
}

const rowOf = ({ place, row, code, facts }: RefusedCandidate, outcome: ImportRow['outcome']): ImportRow => ({ place, row, outcome, code, vi: sentence(code, facts, 'vi'), en: sentence(code, facts, 'en') });
