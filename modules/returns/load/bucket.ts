/** One bucket of an import in one transaction: returns, revisions, roll-ups, versions and the log's leaf, as a batch of submissions writes them. */
import { sha256 } from '#platform/log/sha256.ts';
import { hexOf, utf8 } from '#kernel/bytes.ts';
import { record } from '#platform/log/record.ts';
import type { Tx } from '#platform/db/tx.ts';
import { revisionKind } from '../actions/command.ts';
import type { FormOn } from '../actions/forms.ts';
import { deletedFlag, type Gathered, type Gathering, type RowVerdict } from '../exchange/gather.ts';
import { remarks } from '../exchange/resolve.ts';
import type { RowCode, RowStanding } from '../exchange/report.ts';
import { changesFrom, emptyContent, valueAt, withChanges, type Content } from '../rules/content.ts';
import { encodeChanges } from '../rules/delta.ts';
import { addDelta, Deltas, nodeText } from '../rules/roll-up.ts';
import { brokenRules, type Broken, type History } from '../rules/validation.ts';
import { keyText, type Committed, type SlotValue } from '../schema.ts';
import { insertReturns, insertRevisions, lockNodes, lockReturns, saveNodes, stepVersions, updateReturns, type Locked, type NewRevision, type Saved } from '../store/batch.ts';

export type KeptRow = { readonly file: number; readonly row: number; readonly standing: Exclude<RowStanding, 'refused'>; readonly codes: readonly RowCode[] };
export type BucketOutcome = {
  readonly kept: readonly KeptRow[]; readonly refused: readonly RowVerdict[];
  readonly returnsAdded: number; readonly returnsChanged: number; readonly returnsSame: number; readonly violations: number; readonly committed: readonly Committed[];
};
export type Storing = {
  readonly forms: ReadonlyMap<string, FormOn>;
  readonly at: string; readonly by: string; readonly command: string; readonly importId: string;
  readonly isAssigned: (row: Gathered['rows'][number]) => boolean;
  readonly history: ReadonlyMap<string, History>;
  readonly saveBroken: (broken: readonly BrokenIn[]) => Promise<number>;
};
export type BrokenIn = { readonly one: Saved; readonly form: FormOn; readonly broken: readonly Broken[]; readonly existed: boolean };

type Moved = { readonly gathered: Gathered; readonly before: Locked | undefined; readonly saved: Saved; readonly changes: readonly SlotValue[]; readonly form: FormOn; readonly broken: readonly Broken[] };

/** What a row was told, in words beside its standing. */
export function codesOf(flags: number, assigned: boolean): RowCode[] {
  const codes: RowCode[] = [];
  if ((flags & remarks.grouped) !== 0) codes.push('number-grouped');
  if ((flags & remarks.minusZero) !== 0) codes.push('minus-zero');
  if ((flags & remarks.rounded) !== 0) codes.push('number-rounded');
  if ((flags & remarks.commentLeft) !== 0) codes.push('comment-left');
  if (!assigned) codes.push('not-assigned');
  return codes;
}

/** How a row changes what stood: the standing of its place before and after. */
export function standingOf(content: Content, slot: number, value: SlotValue[1]): KeptRow['standing'] {
  const before = valueAt(content, slot);
  if (before === value) return 'same';
  return value === null ? 'removed' : before === null ? 'added' : 'changed';
}

export async function storeBucket(tx: Tx, { returns, refused, repeated }: Gathering, storing: Storing): Promise<BucketOutcome> {
  const kept: KeptRow[] = repeated.map((one) => ({ file: one.file, row: one.row, standing: 'same', codes: [one.code] }));
  const told: RowVerdict[] = [...refused];
  const locked = await lockReturns(tx, returns.map((one) => one.key));
  const moved: Moved[] = [];
  let same = 0;
  returns.forEach((gathered, i) => {
    const form = storing.forms.get(gathered.key.dataSet);
    if (form === undefined) { for (const row of gathered.rows) told.push({ row: row.row, file: row.file, code: 'element-not-loaded', facts: { element: gathered.key.dataSet } }); return; }
    const before = locked.get(i);
    const changes = changesFrom(before ?? emptyContent, gathered.values);
    if (changes.length > 0 && before !== undefined && before.standing > 0) { for (const row of gathered.rows) told.push({ row: row.row, file: row.file, code: 'return-locked', facts: {} }); return; }
    gathered.rows.forEach((row, at) => {
      const value = gathered.values[at]?.[1] ?? null;
      const standing = standingOf(before ?? emptyContent, gathered.slots[at] ?? 0, value);
      const codes = codesOf(row.flags, storing.isAssigned(row));
      if (standing === 'same' && (row.flags & deletedFlag) !== 0) codes.push('nothing-to-delete');
      kept.push({ file: row.file, row: row.row, standing, codes });
    });
    if (changes.length === 0) { same += 1; return; }
    moved.push(moveOf({ gathered, before, changes, form }, storing));
  });
  const violations = await write(tx, moved, storing);
  return {
    kept, refused: told, violations, returnsSame: same, returnsAdded: moved.filter((one) => one.before === undefined).length, returnsChanged: moved.filter((one) => one.before !== undefined).length,
    committed: moved.map(({ saved: { key, rev, standing, approved, late, vals, noData } }) => ({ ...key, rev, standing, approved, late, vals, noData })),
  };
}

function moveOf({ gathered, before, changes, form }: Omit<Moved, 'saved' | 'broken'>, { at, by, history }: Storing): Moved {
  const content = withChanges(before ?? emptyContent, changes);
  const saved: Saved = {
    key: gathered.key, rev: (before?.rev ?? 0) + 1, standing: 0, late: before?.late ?? false, approved: form.form.approvedFrom === 0, at, by, vals: content.vals, noData: content.noData, words: content.words,
  };
  const { unit, dataSet, attribute } = gathered.key;
  const broken = brokenRules(form.form, content.vals, form.map.facts(unit), history.get(`${unit}/${dataSet}/${attribute}`) ?? new Map());
  return { gathered, before, saved, changes, form, broken };
}

async function write(tx: Tx, moved: readonly Moved[], storing: Storing): Promise<number> {
  if (moved.length === 0) return 0;
  const { at, by, command, importId } = storing;
  await insertReturns(tx, moved.filter((one) => one.before === undefined).map((one) => one.saved));
  await updateReturns(tx, moved.filter((one) => one.before !== undefined).map((one) => one.saved));
  await insertRevisions(tx, moved.map(({ saved: { key, rev, words }, changes, broken }): NewRevision => ({
    key, rev, at, by, command, digest: '0', kind: revisionKind('import', false, broken.length), changes: encodeChanges(changes), words,
  })));
  await moveNodes(tx, moved);
  const places = new Map(moved.map(({ saved: { key } }) => [`${key.period}/${key.dataSet}`, { period: key.period, dataSet: key.dataSet }]));
  await stepVersions(tx, [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place), at);
  const violations = await storing.saveBroken(moved.map(({ saved, form, broken, before }) => ({ one: saved, form, broken, existed: before !== undefined })));
  await record(tx, [...Map.groupBy(moved, (one) => one.saved.key.province)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([province, list]) => ({
    province, at, actor: 'system' as const, action: 'returns.imported', target: { type: 'import', id: importId },
    after: hexOf(sha256(utf8(list.map(({ saved: { key, rev }, changes }) => `${keyText(key)} ${rev} ${hexOf(encodeChanges(changes))}`).join('\n')))),
    facts: { period: list[0]?.saved.key.period ?? '', returns: list.length, values: list.reduce((sum, one) => sum + one.changes.length, 0) },
  })));
  return violations;
}

async function moveNodes(tx: Tx, moved: readonly Moved[]): Promise<void> {
  const deltas = new Deltas();
  const longest = new Map<string, number>();
  for (const { saved: { key, vals } } of moved) longest.set(key.dataSet, Math.max(longest.get(key.dataSet) ?? 0, vals.length));
  for (const { saved: { key, vals, late, approved }, before, form } of moved) {
    const { period, dataSet, attribute, unit } = key;
    deltas.add({ period, dataSet, attribute, length: longest.get(dataSet) ?? vals.length, before, after: { vals, late, approved }, nodes: form.map.nodesOf(unit) });
  }
  const list = deltas.sorted();
  const states = await lockNodes(tx, list);
  const vectors = list.map((delta) => ({ delta, state: addDelta(states.get(nodeText(delta.key)), delta) }));
  await saveNodes(tx, vectors.filter((one) => !states.has(nodeText(one.delta.key))), true);
  await saveNodes(tx, vectors.filter((one) => states.has(nodeText(one.delta.key))), false);
}
