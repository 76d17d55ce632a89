/** What became of every object and every row of an import. Pure. */

export type Facts = Readonly<Record<string, string | number>>;
/** A sentence about one object, `returns.import.object.<code>` with these facts. */
export type ObjectNote = { readonly kind: string; readonly id: string; readonly name: string; readonly code: string; readonly facts: Facts };
/** One line a kind of object: how many were read, how many stand in the programme now, which were changed or refused and why. */
export type KindReport = { readonly kind: string; read: number; taken: number; ignored: number; readonly changed: ObjectNote[]; readonly refused: ObjectNote[] };

export class ObjectReport {
  readonly #kinds = new Map<string, KindReport>();

  #of(kind: string): KindReport {
    const known = this.#kinds.get(kind);
    if (known !== undefined) return known;
    const made: KindReport = { kind, read: 0, taken: 0, ignored: 0, changed: [], refused: [] };
    this.#kinds.set(kind, made);
    return made;
  }

  read(kind: string, count: number): void { this.#of(kind).read += count; }
  taken(kind: string, count = 1): void { this.#of(kind).taken += count; }
  /** Kinds that have no meaning here: dashboards, users, icons. */
  ignored(kind: string, count: number): void { this.#of(kind).ignored += count; }
  changed(kind: string, id: string, name: string, [code, facts]: readonly [string, Facts]): void { this.#of(kind).changed.push({ kind, id, name, code, facts }); }
  refused(kind: string, id: string, name: string, [code, facts]: readonly [string, Facts]): void { this.#of(kind).refused.push({ kind, id, name, code, facts }); }
  /** Takes back what was told as taken. */
  dropped(kind: string, id: string, name: string, [code, facts]: readonly [string, Facts]): void {
    this.#of(kind).taken -= 1;
    this.refused(kind, id, name, [code, facts]);
  }

  get kinds(): readonly KindReport[] { return [...this.#kinds.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1)); }
}

/** How a row came out. `kept`: stored, with something the sender should know. */
export type RowStanding = 'added' | 'changed' | 'removed' | 'same' | 'refused';
export const rowCodes = [
  'row-unreadable', 'columns-missing', 'unit-missing', 'unit-unknown', 'unit-not-on-date', 'element-missing', 'element-unknown', 'element-of-persons', 'breakdown-unknown', 'attribute-unknown', 'period-missing',
  'period-unreadable', 'period-type-not-kept', 'value-missing', 'not-a-number', 'number-too-large', 'number-ambiguous', 'formula', 'text-not-kept', 'not-yes-no',
  'not-whole', 'negative', 'percent-out-of-range', 'duplicate-same', 'duplicate-older', 'duplicate-conflict', 'number-grouped', 'minus-zero', 'number-rounded', 'not-assigned', 'comment-left', 'nothing-to-delete',
  'element-not-loaded', 'not-your-unit', 'period-closed', 'return-locked', 'cell-merged', 'cell-error', 'sheet-other-unit', 'sheet-other-period', 'sheet-unknown', 'slot-unknown', 'period-not-begun', 'note-names-person', 'rule-broken', 'refused-by-rules', 'number-guessed', 'differs-from-register',
] as const;
export type RowCode = (typeof rowCodes)[number];
