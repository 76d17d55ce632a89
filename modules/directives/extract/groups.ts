import type { Mention } from './agencies.ts';

/** Agencies named side by side: "Công an tỉnh, Sở Y tế và Sở Tài chính". */
export type Group = { readonly members: readonly Mention[]; readonly start: number; readonly end: number };

const joint = /^(?:[\s,;/&]|và|and|as well as|the|các|đồng chí|all|other|hoặc|or)*$/u;

/** Whether the words between two names only join them; brackets are stepped over. */
function isJoint(gap: string): boolean {
  if (gap.length > 240) return false;
  return joint.test(gap.replace(/\([^()]{0,200}\)/gu, ''));
}

/** Groups of a piece of text. A name inside brackets right after another ("Bộ Tài chính (Kho bạc Nhà nước)") is left out. */
export function groupsOf(fold: string, mentions: readonly Mention[]): Group[] {
  const groups: { members: Mention[]; start: number; end: number }[] = [];
  for (const mention of mentions) {
    const last = groups.at(-1);
    if (last !== undefined) {
      const gap = fold.slice(last.end, mention.outer);
      const bracketed = gap.includes('(') && gap.lastIndexOf('(') > gap.lastIndexOf(')');
      if (bracketed) continue;
      if (isJoint(gap)) {
        last.members.push(mention);
        last.end = mention.end;
        continue;
      }
    }
    groups.push({ members: [mention], start: mention.outer, end: mention.end });
  }
  return groups;
}

/** The group that begins at `at`, or after a few joining words; undefined when something else stands there. */
export function groupAt(fold: string, groups: readonly Group[], at: number, between: RegExp = /^[\s:]*$/u): Group | undefined {
  for (const group of groups) {
    if (group.start >= at) return between.test(fold.slice(at, group.start)) ? group : undefined;
    const inner = group.members.findIndex((m) => m.outer >= at);
    if (inner > 0) {
      const rest = group.members.slice(inner);
      const first = rest[0];
      if (first !== undefined && between.test(fold.slice(at, first.outer))) return { members: rest, start: first.outer, end: group.end };
    }
  }
  return undefined;
}
