/** One bucket of an import in one transaction: returns, revisions, roll-ups, versions and the log's leaf, as a batch of submissions writes them. */
import { createHash } from 'node:crypto';
import { record } from '#platform/log/record.ts';
import type { Tx } from '#platform/db/tx.ts';
import { revisionKind } from '../actions/command.ts';
import type { FormOn } from '../actions/forms.ts';
import { deletedFlag, type Gathered, type Gathering, type RowVerdict } from '../exchange/gather.ts';
import { remarks } from '../exchange/resolve.ts';
import type { Facts, RowCode, RowStanding } from '../exchange/report.ts';
import { changesFrom, emptyContent, valueAt, withChanges, type Content } from '../rules/content.ts';
import { encodeChanges } from '../rules/delta.ts';
import { addDelta, Deltas, NodeDelta, nodeText, type NodeState } from '../rules/roll-up.ts';
import { exactSum } from '../rules/values.ts';
import { brokenRules, type Broken, type History, type UnitFacts } from '../rules/validation.ts';
import { keyText, type CellValue, type Committed, type SlotValue } from '../schema.ts';
import { insertFresh, insertNodes } from '../store/exchange.ts';
import { insertReturns, insertRevisions, lockNodes, lockReturns, saveNodes, stepVersions, updateReturns, type Locked, type NewRevision, type Saved } from '../store/batch.ts';

export type KeptRow = {
  readonly file: number; readonly row: number; readonly standing: Exclude<RowStanding, 'refused'>; readonly codes: readonly RowCode[];
  /** What stood there, where the row changes or removes it. */
  readonly was?: CellValue; readonly now?: CellValue;
  /** What the sentences of its codes name. */
  readonly facts?: Facts;
};
export type BucketOutcome = {
  readonly kept: readonly KeptRow[]; readonly refused: readonly RowVerdict[];
  readonly returnsAdded: number; readonly returnsChanged: number; readonly returnsSame: number; readonly violations: number; readonly committed: readonly Committed[];
};
export type Storing = {
  readonly forms: ReadonlyMap<string, FormOn>;
  readonly at: string; readonly by: string; readonly command: string; readonly importId: string;
  readonly isAssigned: (row: Gathered['rows'][number]) => boolean;
  readonly history: ReadonlyMap<string, History>;
  /** Nothing of the bucket's period and data sets is stored yet: there is no row to look for. */
  readonly untouched: boolean;
  readonly saveBroken: (broken: readonly BrokenIn[]) => Promise<number>;
};
export type BrokenIn = { readonly one: Saved; readonly form: FormOn; readonly broken: readonly Broken[]; readonly existed: boolean };

type Moved = { readonly gathered: Gathered; readonly before: Locked | undefined; readonly saved: Saved; readonly changes: readonly SlotValue[]; readonly bytes: Uint8Array; readonly form: FormOn; readonly broken: readonly Broken[] };

const none: readonly RowCode[] = [];
const anyRemark = Object.values(remarks).reduce((all, bit) => all | bit, 0);

/** What a row was told, in words beside its standing. */
export function codesOf(flags: number, assigned: boolean): readonly RowCode[] {
  if (assigned && (flags & anyRemark) === 0) return none;
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

/** A row that says again, or said earlier, what another one says. */
export const repeatedRow = ({ file, row, code, facts }: RowVerdict): KeptRow => ({ file, row, standing: 'same', codes: [code], facts });

/** A row that is kept, with what it changes. */
export function keptRow({ file, row }: Gathered['rows'][number], [slot, value]: SlotValue, content: Content, codes: readonly RowCode[]): KeptRow {
  const standing = standingOf(content, slot, value);
  return standing === 'changed' || standing === 'removed' ? { file, row, standing, codes, was: valueAt(content, slot), now: value } : { file, row, standing, codes };
}

export async function storeBucket(tx: Tx, { returns, refused, repeated }: Gathering, storing: Storing): Promise<BucketOutcome> {
  const kept: KeptRow[] = repeated.map(repeatedRow);
  const told: RowVerdict[] = [...refused];
  const locked = storing.untouched ? new Map<number, Locked>() : await lockReturns(tx, returns.map((one) => one.key));
  const moved: Moved[] = [];
  let same = 0;
  returns.forEach((gathered, i) => {
    const form = storing.forms.get(gathered.key.dataSet);
    if (form === undefined) { for (const row of gathered.rows) told.push({ row: row.row, file: row.file, code: 'element-not-loaded', facts: { element: gathered.key.dataSet } }); return; }
    const before = locked.get(i);
    const changes = changesFrom(before ?? emptyContent, gathered.values);
    if (changes.length > 0 && before !== undefined && before.standing > 0) { for (const row of gathered.rows) told.push({ row: row.row, file: row.file, code: 'return-locked', facts: {} }); return; }
    gathered.rows.forEach((row, at) => {
      const one = keptRow(row, [gathered.slots[at] ?? 0, gathered.values[at]?.[1] ?? null], before ?? emptyContent, codesOf(row.flags, storing.isAssigned(row)));
      const inVain = one.standing === 'same' && (row.flags & deletedFlag) !== 0;
      kept.push(inVain ? { ...one, codes: [...one.codes, 'nothing-to-delete'] } : one);
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

function moveOf({ gathered, before, changes, form }: Omit<Moved, 'saved' | 'broken' | 'bytes'>, { at, by, history }: Storing): Moved {
  const content = withChanges(before ?? emptyContent, changes);
  const saved: Saved = {
    key: gathered.key, rev: (before?.rev ?? 0) + 1, standing: 0, late: before?.late ?? false, approved: form.form.approvedFrom === 0, at, by, vals: content.vals, noData: content.noData, words: content.words,
  };
  const { unit, dataSet, attribute } = gathered.key;
  const broken = form.form.rules.length === 0 ? [] : brokenRules(form.form, content.vals, factsOf(form, unit), history.get(`${unit}/${dataSet}/${attribute}`) ?? new Map());
  return { gathered, before, saved, changes, bytes: encodeChanges(changes), form, broken };
}

const facts = new WeakMap<FormOn['map'], Map<string, UnitFacts>>();
function factsOf({ map }: FormOn, unit: string): UnitFacts {
  const known = facts.get(map) ?? new Map<string, UnitFacts>();
  facts.set(map, known);
  const made = known.get(unit) ?? map.facts(unit);
  known.set(unit, made);
  return made;
}

async function write(tx: Tx, moved: readonly Moved[], storing: Storing): Promise<number> {
  if (moved.length === 0) return 0;
  const { at, by, command, importId } = storing;
  // Sent together, answered in their order: the server works while the next statement is written.
  const isFirst = ({ before, saved }: Moved): boolean => before === undefined && saved.words === null && saved.noData.length === 0;
  const kindOf = (broken: readonly Broken[]): number => revisionKind('import', false, broken.length);
  const [first, other] = [moved.filter(isFirst), moved.filter((one) => !isFirst(one))];
  await Promise.all([
    insertFresh(tx, { period: moved[0]?.saved.key.period ?? '', at, by, command }, first.map(({ saved, bytes, broken }) => ({ saved, kind: kindOf(broken), changes: bytes }))),
    insertReturns(tx, other.filter((one) => one.before === undefined).map((one) => one.saved)),
    updateReturns(tx, other.filter((one) => one.before !== undefined).map((one) => one.saved)),
    insertRevisions(tx, other.map(({ saved: { key, rev, words }, bytes, broken }): NewRevision => ({ key, rev, at, by, command, digest: '0', kind: kindOf(broken), changes: bytes, words }))),
    moveNodes(tx, moved, storing.untouched),
  ]);
  const places = new Map(moved.map(({ saved: { key } }) => [`${key.period}/${key.dataSet}`, { period: key.period, dataSet: key.dataSet }]));
  await stepVersions(tx, [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place), at);
  const violations = await storing.saveBroken(moved.map(({ saved, form, broken, before }) => ({ one: saved, form, broken, existed: before !== undefined })));
  await record(tx, [...Map.groupBy(moved, (one) => one.saved.key.province)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([province, list]) => ({
    province, at, actor: 'system' as const, action: 'returns.imported', target: { type: 'import', id: importId },
    after: contentOf(list),
    facts: { period: list[0]?.saved.key.period ?? '', returns: list.length, values: list.reduce((sum, one) => sum + one.changes.length, 0) },
  })));
  return violations;
}

/** One digest over every return of the leaf: key, revision and what it changed. */
function contentOf(list: readonly Moved[]): string {
  const hash = createHash('sha256');
  for (const { saved: { key, rev }, bytes } of list) hash.update(`${keyText(key)} ${rev} ${bytes.length}\n`).update(bytes);
  return hash.digest('hex');
}

/** New returns of brothers are added up once before they go to every unit above: most of an import is new returns. */
type Fresh = { readonly sample: Moved; readonly sums: Float64Array; readonly counts: Int32Array; returns: number; late: number };

async function moveNodes(tx: Tx, moved: readonly Moved[], untouched: boolean): Promise<void> {
  const deltas = new Deltas();
  const longest = new Map<string, number>();
  for (const { saved: { key, vals } } of moved) longest.set(key.dataSet, Math.max(longest.get(key.dataSet) ?? 0, vals.length));
  const fresh = new Map<string, Fresh>();
  for (const one of moved) {
    const { saved: { key: { period, dataSet, attribute, unit }, vals, late, approved }, before, form } = one;
    const length = longest.get(dataSet) ?? vals.length;
    const row = form.map.units.get(unit);
    if (before !== undefined || row === undefined || form.map.isNode(unit)) {
      deltas.add({ period, dataSet, attribute, length, before, after: { vals, late, approved }, nodes: form.map.nodesOf(unit) });
      continue;
    }
    const brothers = `${row.parent ?? ''} ${dataSet} ${attribute} ${approved}`;
    const group = fresh.get(brothers) ?? { sample: one, sums: new Float64Array(length), counts: new Int32Array(length), returns: 0, late: 0 };
    fresh.set(brothers, group);
    addTo(group, vals);
    group.returns += 1;
    group.late += Number(late);
  }
  for (const group of fresh.values()) addGroup(deltas, group);
  const list = deltas.sorted();
  const states = untouched ? new Map<string, NodeState>() : await lockNodes(tx, list);
  const vectors = list.map((delta) => ({ delta, state: addDelta(states.get(nodeText(delta.key)), delta) }));
  await insertNodes(tx, vectors.filter((one) => !states.has(nodeText(one.delta.key))));
  await saveNodes(tx, vectors.filter((one) => states.has(nodeText(one.delta.key))));
}

function addTo({ sums, counts }: Pick<Fresh, 'sums' | 'counts'>, vals: readonly (number | null)[]): void {
  for (let i = 0; i < vals.length; i += 1) {
    const value = vals[i];
    if (value === null || value === undefined) continue;
    sums[i] = exactSum((sums[i] ?? 0) + value);
    counts[i] = (counts[i] ?? 0) + 1;
  }
}

function addGroup(deltas: Deltas, { sample: { saved: { key: { period, dataSet, attribute, unit }, approved }, form }, sums, counts, returns, late }: Fresh): void {
  const standings = approved ? ['reported', 'approved'] as const : ['reported'] as const;
  for (const { province, node } of form.map.nodesOf(unit)) for (const standing of standings) {
    const key = { province, node, period, dataSet, attribute, standing };
    const text = nodeText(key);
    const delta = deltas.byNode.get(text) ?? new NodeDelta(key, sums.length);
    deltas.byNode.set(text, delta);
    for (let i = 0; i < sums.length; i += 1) {
      delta.sums[i] = exactSum((delta.sums[i] ?? 0) + (sums[i] ?? 0));
      delta.counts[i] = (delta.counts[i] ?? 0) + (counts[i] ?? 0);
    }
    delta.returns += returns;
    delta.late += late;
  }
}
