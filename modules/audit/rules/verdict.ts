/**
 * What a verification can find. Each is a message key `audit.finding.<code>`.
 *
 * entry-altered: content or stated hash is not what the tree holds · entry-misplaced: the numbering has a gap or a repeat ·
 * entries-missing: a signed checkpoint covers more entries than there are · root-differs: the entries do not give the signed root ·
 * checkpoint-unsigned: its signature is missing or wrong · fork: two signed roots for one size · not-cosigned: the witness refused ·
 * pinned-differs: the history before your own checkpoint was rewritten · older-than-pinned: you are shown less than you saw before ·
 * key-changed: signed by another key than yours · line-unreadable, line-misplaced, cut-short: the export itself is damaged.
 */
export const findingCodes = [
  'entry-altered', 'entry-misplaced', 'entries-missing', 'root-differs', 'checkpoint-unsigned', 'fork', 'not-cosigned',
  'pinned-differs', 'older-than-pinned', 'key-changed', 'line-unreadable', 'line-misplaced', 'cut-short',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export type Finding = {
  readonly code: FindingCode;
  readonly log: string | null;
  /** Place of the first entry concerned, counted from 0. */
  readonly index: number | null;
  /** Last place when only a range is known; equal to `index` when the entry is known exactly. */
  readonly lastIndex: number | null;
  readonly id: string | null;
  /** What differs: `content`, `stated-hash`, `order`, a size, a line number. */
  readonly detail: string | null;
};

export type Verdict = {
  readonly ok: boolean;
  readonly entries: number;
  readonly checkpoints: number;
  /** Entries covered by a signed checkpoint that agrees. */
  readonly signed: number;
  readonly logs: readonly { readonly log: string; readonly entries: number; readonly signed: number }[];
  /** The first altered entry, or the first other finding when no entry is known. */
  readonly first: Finding | null;
  readonly findings: readonly Finding[];
  /** True when the keys were the caller's own, not those the export itself names. */
  readonly keyPinned: boolean;
};

export const finding = (code: FindingCode, more: Partial<Omit<Finding, 'code'>> = {}): Finding => ({
  code, log: null, index: null, lastIndex: null, id: null, detail: null, ...more,
});

const namesEntry = (each: Finding): boolean => each.index !== null && each.index === each.lastIndex;

/** In the order of logs and places; an exactly known entry first among those of one place. */
export const inOrder = (findings: readonly Finding[]): Finding[] => [...findings].sort((a, b) =>
  (a.log ?? '').localeCompare(b.log ?? '') || (a.index ?? -1) - (b.index ?? -1) || Number(namesEntry(b)) - Number(namesEntry(a)));

export const firstOf = (findings: readonly Finding[]): Finding | null => {
  const ordered = inOrder(findings);
  return ordered.find(namesEntry) ?? ordered.find((each) => each.index !== null) ?? ordered[0] ?? null;
};
