/** Effective-dated versions: what is stored once these items are loaded, and what that changes. */
import type { PlainDate } from '#kernel/day.ts';
import type { Change, FieldChange, Verdict } from '../schema/files.ts';
import { error, warning, type Version } from './read-items.ts';
import { canonical, isRecord } from './text.ts';

export type StoredVersion = Omit<Version, 'file'> & { readonly edition: number };
/** `edition` undefined: written by this load. */
export type PlannedVersion = Version & { readonly edition: number | undefined };
export type Plan = { readonly versions: readonly PlannedVersion[]; readonly changes: readonly Change[]; readonly verdicts: readonly Verdict[]; readonly dropped: readonly StoredVersion[] };
/** `partial`: items not named are left as they are; otherwise they end `on` this day. */
export type PlanOptions = { readonly on: PlainDate; readonly partial: boolean };

const keyOf = (one: { readonly kind: string; readonly id: string }): string => `${one.kind}/${one.id}`;
const inTime = (a: { readonly validFrom: PlainDate }, b: { readonly validFrom: PlainDate }): number => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0);

function groupBy<T extends { readonly kind: string; readonly id: string }>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]); else group.push(one);
  }
  return groups;
}

/**
 * Versions of one item in order, each open one ending where the next begins.
 * Wrong: two that begin on the same day; one that says it ends after the next began; one that ends before it begins.
 */
function inSequence(versions: readonly Version[], verdicts: Verdict[]): Version[] {
  const sorted = [...versions].sort(inTime);
  return sorted.flatMap((one, index) => {
    const at = { file: one.file, kind: one.kind, item: one.id };
    const next = sorted[index + 1];
    if (one.validTo !== null && one.validTo <= one.validFrom) { verdicts.push(error(at, 'ends-before-it-begins', 'validTo', { from: one.validFrom, to: one.validTo })); return []; }
    if (next === undefined) return [one];
    if (next.validFrom === one.validFrom) { verdicts.push(error({ ...at, file: next.file }, 'duplicate-id', 'id', { other: one.file, day: one.validFrom })); return []; }
    if (one.validTo !== null && one.validTo > next.validFrom) { verdicts.push(error({ ...at, file: next.file }, 'versions-overlap', 'validFrom', { from: next.validFrom, to: one.validTo })); return []; }
    return [one.validTo === null ? { ...one, validTo: next.validFrom } : one];
  });
}

/** What differs between two texts of one item, field by field (words by language). */
export function differencesOf(before: unknown, after: unknown): FieldChange[] {
  const left = isRecord(before) ? before : {};
  const right = isRecord(after) ? after : {};
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter((field) => canonical(left[field] ?? null) !== canonical(right[field] ?? null))
    .map((field) => ({ field, before: left[field] ?? null, after: right[field] ?? null })).slice(0, 100);
}

export function planVersions(wanted: readonly Version[], stored: readonly StoredVersion[], options: PlanOptions): Plan {
  const verdicts: Verdict[] = [];
  const have = groupBy(stored);
  const want = groupBy(wanted);
  const versions: PlannedVersion[] = [];
  const changes: Change[] = [];
  const dropped: StoredVersion[] = [];
  for (const [key, list] of want) {
    const planned = planItem(inSequence(list, verdicts), (have.get(key) ?? []).sort(inTime), verdicts, options);
    versions.push(...planned.versions);
    changes.push(...planned.changes);
    dropped.push(...planned.dropped);
  }
  for (const [key, list] of have) {
    if (want.has(key)) continue;
    const kept = options.partial ? { versions: list.map(withoutFile), changes: [], dropped: [] } : endItem(list, options.on);
    versions.push(...kept.versions);
    changes.push(...kept.changes);
    dropped.push(...kept.dropped);
  }
  return { versions, changes, verdicts, dropped };
}

const withoutFile = (one: StoredVersion): PlannedVersion => ({ ...one, file: '' });

/** An item the files no longer hold: in force until the day before; versions that had not begun never come. */
function endItem(stored: readonly StoredVersion[], on: PlainDate): Omit<Plan, 'verdicts'> {
  const kept = stored.filter((one) => one.validFrom < on).map((one): PlannedVersion => (one.validTo === null || one.validTo > on ? { ...one, validTo: on, edition: undefined, file: '' } : withoutFile(one)));
  const dropped = stored.filter((one) => one.validFrom >= on);
  const [first] = stored;
  const ends = kept.some((one) => one.edition === undefined) || dropped.length > 0;
  return { versions: kept, dropped, changes: first === undefined || !ends ? [] : [{ kind: first.kind, id: first.id, change: 'ended', from: on, fields: [] }] };
}

/** The stored versions before the first one named stay (the last of them ends there); from then on the files alone say what there is. */
function planItem(wanted: readonly Version[], stored: readonly StoredVersion[], verdicts: Verdict[], { on }: PlanOptions): Omit<Plan, 'verdicts'> {
  const [first] = wanted;
  if (first === undefined) return { versions: stored.map(withoutFile), changes: [], dropped: [] };
  const changes: Change[] = [];
  const earlier = stored.filter((one) => one.validFrom < first.validFrom)
    .map((one): PlannedVersion => (one.validTo === null || one.validTo > first.validFrom ? { ...one, validTo: first.validFrom, edition: undefined, file: '' } : withoutFile(one)));
  let before: { readonly body: unknown } | undefined = earlier.at(-1);
  const later = wanted.map((one): PlannedVersion => {
    const same = stored.find((other) => other.validFrom === one.validFrom);
    const fields = differencesOf((same ?? before)?.body, one.body);
    const change = changeOf({ one, same, before, existed: stored.length > 0 }, fields);
    if (change !== undefined) changes.push(change);
    if (change?.change === 'corrected' && one.validFrom < on) verdicts.push(warning({ file: one.file, kind: one.kind, item: one.id }, 'past-corrected', fields[0]?.field ?? '', { from: one.validFrom }));
    before = one;
    return { ...one, edition: same !== undefined && fields.length === 0 && same.validTo === one.validTo ? same.edition : undefined };
  });
  const dropped = stored.filter((one) => one.validFrom > first.validFrom && !wanted.some((other) => other.validFrom === one.validFrom));
  if (dropped.length > 0 && changes.length === 0) changes.push({ kind: first.kind, id: first.id, change: 'corrected', from: first.validFrom, fields: [] });
  return { versions: [...earlier, ...later], changes, dropped };
}

type Compared = { readonly one: Version; readonly same: StoredVersion | undefined; readonly before: { readonly body: unknown } | undefined; readonly existed: boolean };

function changeOf({ one, same, before, existed }: Compared, fields: readonly FieldChange[]): Change | undefined {
  const change = (kind: Change['change'], changed = fields): Change => ({ kind: one.kind, id: one.id, change: kind, from: one.validFrom, fields: [...changed] });
  if (same === undefined && before === undefined) return existed ? change('corrected', [{ field: 'validFrom', before: null, after: one.validFrom }]) : change('added', []);
  if (same === undefined) return fields.length > 0 ? change('changed') : undefined;
  if (fields.length > 0) return change('corrected');
  if (same.validTo === one.validTo) return undefined;
  const ends = one.validTo !== null && (same.validTo === null || one.validTo < same.validTo);
  return ends ? { ...change('ended', []), from: one.validTo ?? one.validFrom } : change('changed', [{ field: 'validTo', before: same.validTo, after: one.validTo }]);
}
