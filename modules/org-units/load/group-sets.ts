/** Takes group sets from plain data: a programme's own file, or a bundle of another system. */
import { hash } from 'node:crypto';
import type { PlainDate } from '#kernel/day.ts';
import type { Tx } from '#platform/db/tx.ts';
import { record } from '#platform/log/record.ts';
import { openBook, openEdition } from '../actions.ts';
import type { Book } from '../book.ts';
import type { Names } from '../group-sets.ts';
import type { Certainty } from '../schema.ts';
import { replaceGroupSets, saveGroupsDigest, type GroupSetOwner, type GroupSetSaved, type MemberRow } from '../store/groups.ts';

/** A member: a unit's code or any other code that leads to it, for all time or for some days (`to` is the first day it no longer counts). */
export type GroupMemberGiven = string | { readonly code: string; readonly from?: PlainDate; readonly to?: PlainDate };
export type GroupGiven = { readonly id: string; readonly name: Names; readonly units: readonly GroupMemberGiven[] };
/**
 * A set with its groups in order. `inherits`: what lies below a member counts with it (off unless said). `lone`: made for one group
 * that stands in no set; give each such group a set of its own.
 */
export type GroupSetGiven = {
  readonly id: string; readonly name: Names; readonly inherits?: boolean; readonly lone?: boolean; readonly basis?: string; readonly certainty?: Certainty;
  readonly groups: readonly GroupGiven[];
};

/** What could not be taken as given; message keys `org-units.group-warning.<code>`. The rest is kept. */
export type GroupWarning =
  /** The unit is in two groups of one set on one day: it counts in the one listed first. */
  | { readonly code: 'unit-in-two-groups'; readonly set: string; readonly unit: string; readonly kept: string; readonly left: string }
  | { readonly code: 'group-member-unknown'; readonly set: string; readonly group: string; readonly unit: string }
  | { readonly code: 'group-twice'; readonly set: string; readonly group: string }
  | { readonly code: 'group-set-twice'; readonly set: string }
  | { readonly code: 'group-days-reversed'; readonly set: string; readonly group: string; readonly unit: string };
export type GroupSetReport = {
  readonly sets: number; readonly groups: number; readonly members: number; readonly warnings: readonly GroupWarning[];
  /** False when the same sets were there already. */
  readonly changed: boolean; readonly digest: string;
};

const firstDay: PlainDate = '0001-01-01';
const overlap = (a: MemberRow, b: MemberRow): boolean => (a.validTo === null || b.validFrom < a.validTo) && (b.validTo === null || a.validFrom < b.validTo);

function codeIn({ book, coming }: Pick<Taking, 'book' | 'coming'>, given: string): string | undefined {
  if (book.byCode.has(given) || coming?.has(given) === true) return given;
  const unit = book.byOtherCode.get(given);
  return unit === undefined ? undefined : book.byUnit.get(unit)?.at(-1)?.code;
}

/** Checks sets against the register. Pure. @param coming codes of units that a dry run would bring */
export function checkGroupSets(book: Book, given: readonly GroupSetGiven[], coming?: ReadonlySet<string>): GroupSetSaved & { readonly warnings: readonly GroupWarning[] } {
  const saved = { sets: [] as GroupSetSaved['sets'][number][], groups: [] as GroupSetSaved['groups'][number][], members: [] as MemberRow[] };
  const warnings: GroupWarning[] = [];
  for (const set of given) {
    if (saved.sets.some((one) => one.id === set.id)) { warnings.push({ code: 'group-set-twice', set: set.id }); continue; }
    saved.sets.push({ id: set.id, nameVi: set.name.vi, nameEn: set.name.en, inherits: set.inherits ?? false, lone: set.lone ?? false, basis: set.basis ?? '', certainty: set.certainty ?? 'S' });
    const groups = new Set<string>();
    const held = new Map<string, MemberRow[]>();
    for (const group of set.groups) {
      if (groups.has(group.id)) { warnings.push({ code: 'group-twice', set: set.id, group: group.id }); continue; }
      groups.add(group.id);
      saved.groups.push({ setId: set.id, id: group.id, nameVi: group.name.vi, nameEn: group.name.en });
      for (const member of group.units) takeMember({ book, coming, set: set.id, group: group.id, held, warnings }, member);
    }
    for (const rows of held.values()) saved.members.push(...rows);
  }
  return { ...saved, warnings };
}

type Taking = { readonly book: Book; readonly coming: ReadonlySet<string> | undefined; readonly set: string; readonly group: string; readonly held: Map<string, MemberRow[]>; readonly warnings: GroupWarning[] };

function takeMember({ book, coming, set, group, held, warnings }: Taking, member: GroupMemberGiven): void {
  const { code: given, from = firstDay, to = null } = typeof member === 'string' ? { code: member } : member;
  const code = codeIn({ book, coming }, given);
  if (code === undefined) { warnings.push({ code: 'group-member-unknown', set, group, unit: given }); return; }
  if (to !== null && to <= from) { warnings.push({ code: 'group-days-reversed', set, group, unit: given }); return; }
  const row: MemberRow = { setId: set, unitCode: code, groupId: group, validFrom: from, validTo: to };
  const rows = held.get(code) ?? [];
  const other = rows.find((one) => overlap(one, row));
  if (other === undefined) held.set(code, [...rows, row]);
  else if (other.groupId !== group) warnings.push({ code: 'unit-in-two-groups', set, unit: code, kept: other.groupId, left: group });
}

/**
 * Puts these group sets in place of the former ones of the same owner; the same sets again change nothing. What cannot be taken is told
 * in `warnings` and left out, the rest is kept. With `dryRun` nothing is written; `coming` are then codes of units that would be there.
 */
export async function loadGroupSets(tx: Tx, sets: readonly GroupSetGiven[], options: { readonly owner?: GroupSetOwner; readonly dryRun?: boolean; readonly coming?: ReadonlySet<string>; readonly at?: string } = {}): Promise<GroupSetReport> {
  const { owner = 'imported', dryRun = false, at = new Date().toISOString() } = options;
  const { warnings, ...saved } = checkGroupSets(await openBook(tx), sets, dryRun ? options.coming : undefined);
  const own = hash('sha256', JSON.stringify(saved)).slice(0, 16);
  const digests = new Map((await openEdition(tx)).groupsDigest.split(' ').flatMap((part) => { const [name, digest] = part.split('='); return name === undefined || digest === undefined ? [] : [[name, digest] as const]; }));
  const changed = digests.get(owner) !== own;
  if (changed && !dryRun) {
    await replaceGroupSets(tx, owner, saved);
    digests.set(owner, own);
    await saveGroupsDigest(tx, [...digests].map(([name, digest]) => `${name}=${digest}`).join(' '));
    await record(tx, {
      province: '00', at, actor: 'system', action: 'org-units.groups-loaded', target: { type: 'group-sets', id: owner },
      facts: { sets: saved.sets.length, groups: saved.groups.length, members: saved.members.length, digest: own },
    });
  }
  return { sets: saved.sets.length, groups: saved.groups.length, members: saved.members.length, warnings, changed, digest: own };
}
