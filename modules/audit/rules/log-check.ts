import { bytesOfBase64, equalBytes, hexOf } from '#kernel/bytes.ts';
import { entryBytes } from '#kernel/entry.ts';
import { grow, joinSubtrees, leafHash, type Hash, type Hashing } from '#kernel/merkle.ts';
import type { ExportLine } from './lines.ts';
import { finding, type Finding } from './verdict.ts';

/** A root somebody vouches for: the log or the nation by signature, or the reader's own earlier checkpoint. */
export type Vouched = { readonly size: number; readonly root: Hash; readonly by: 'log' | 'nation' | 'pinned' };

type EntryLine = Extract<ExportLine, { type: 'entry' }>;
type Difference = { readonly index: number; readonly id: string; readonly detail: 'content' | 'stated-hash' | 'order' };

/**
 * Checks one log while its entries go by: two trees grow side by side, one over the entries as they are now, one over the leaf
 * hashes the export states. Where the entries miss a vouched root and the stated hashes meet it, the first entry that differs
 * from its stated hash is the altered one, exactly; where both miss it, only the stretch since the last good root is known.
 */
export class LogCheck {
  readonly log: string;
  readonly findings: Finding[] = [];
  entries = 0;
  signed = 0;
  readonly #vouched: Vouched[];
  #next = 0;
  #frontier: readonly Hash[] = [];
  #statedFrontier: readonly Hash[] = [];
  #stated: { readonly index: number; readonly hashes: Uint8Array } | undefined;
  #differences: Difference[] = [];
  #broken = false;
  #pinnedGood = 0;

  constructor(log: string, vouched: readonly Vouched[]) {
    this.log = log;
    this.#vouched = [...vouched].sort((a, b) => a.size - b.size);
  }

  *tile(index: number, hashes: string): Hashing<void> {
    yield* this.#compareRoots(); // roots of size 0
    const bytes = bytesOfBase64(hashes);
    if ((index * 256 !== this.entries || bytes === null) && !this.#broken) this.findings.push(finding('line-misplaced', { log: this.log, index: this.entries, detail: `tile-${index}` }));
    this.#stated = { index, hashes: bytes ?? new Uint8Array() };
  }

  *entry(line: EntryLine): Hashing<void> {
    const place = this.entries;
    const hash = yield* leafHash(entryBytes(line.entry));
    const stated = this.#statedHash(place) ?? hash;
    const { id } = line.entry;
    if (line.position !== place && !this.#broken) {
      // Everything after a gap is shifted, so one finding says it all.
      this.#broken = true;
      const [earlier] = this.#differences;
      if (earlier) this.#name(earlier);
      this.findings.push(finding('entry-misplaced', { log: this.log, index: place, lastIndex: place, id, detail: `position-${line.position}` }));
    }
    if (line.entry.log !== this.log) this.findings.push(finding('entry-altered', { log: this.log, index: place, lastIndex: place, id, detail: 'log' }));
    const matchesOwn = hexOf(hash) === line.hash;
    if (!equalBytes(hash, stated)) this.#differences.push({ index: place, id, detail: matchesOwn ? 'order' : 'content' });
    else if (!matchesOwn) this.#differences.push({ index: place, id, detail: 'stated-hash' });
    this.#frontier = yield* grow(this.#frontier, place, hash);
    this.#statedFrontier = yield* grow(this.#statedFrontier, place, stated);
    this.entries = place + 1;
    yield* this.#compareRoots();
  }

  *end(): Hashing<void> {
    yield* this.#compareRoots();
    const [first] = this.#differences;
    if (!this.#broken && first) this.#name(first);
    const last = this.#vouched.at(-1);
    if (last !== undefined && last.size > this.entries) {
      const code = last.by === 'pinned' ? 'older-than-pinned' : 'entries-missing';
      this.findings.push(finding(code, { log: this.log, index: this.entries, lastIndex: last.size - 1, detail: `size-${last.size}` }));
    }
  }

  #statedHash(place: number): Hash | null {
    const at = place - (this.#stated?.index ?? 0) * 256;
    const hash = this.#stated?.hashes.slice(at * 32, at * 32 + 32);
    return hash?.length === 32 ? hash : null;
  }

  #name({ index, id, detail }: Difference): void {
    this.findings.push(finding('entry-altered', { log: this.log, index, lastIndex: index, id, detail }));
  }

  *#compareRoots(): Hashing<void> {
    for (let due = this.#vouched[this.#next]; due !== undefined && due.size === this.entries; due = this.#vouched[this.#next]) {
      this.#next += 1;
      if (this.#broken) continue;
      if (equalBytes(yield* joinSubtrees(this.#frontier), due.root)) {
        this.signed = due.size;
        if (due.by === 'pinned') this.#pinnedGood = due.size;
        continue;
      }
      this.#broken = true;
      const statedMeets = equalBytes(yield* joinSubtrees(this.#statedFrontier), due.root);
      const first = this.#differences.find((each) => each.detail !== 'stated-hash');
      if (statedMeets && first) this.#name(first);
      else this.#nameStretch(due, this.#differences[0]);
    }
  }

  #nameStretch(due: Vouched, suspect: Difference | undefined): void {
    if (suspect) this.#name(suspect);
    // Against a forger who signs, only what the reader himself has seen counts as good.
    const [code, from] = due.by === 'pinned' ? (['pinned-differs', this.#pinnedGood] as const) : (['root-differs', this.signed] as const);
    const stretch = due.size === 0 ? {} : { index: Math.min(from, due.size - 1), lastIndex: due.size - 1 };
    this.findings.push(finding(code, { log: this.log, ...stretch, detail: `size-${due.size}` }));
  }
}
