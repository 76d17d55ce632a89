/** A programme as it is handed to the loader, what the checks say about it, and what an edition changes. */
import { Day, List, Nullable, oneOf, shape, Type, type Static } from '#kernel/shape.ts';
import { DefinitionId } from './items.ts';
import { itemKinds, type ItemKind } from './programme.ts';

/** One file's items, not checked yet. `file` is what verdicts name; `items` of the kind 'programme' is the one head. */
export type ProgrammeFile = { readonly file: string; readonly kind: ItemKind | 'programme'; readonly items: readonly unknown[] };
/** A programme as plain data: from a folder, a package, or another system's metadata. The order of files and items does not matter. */
export type ProgrammeFiles = { readonly files: readonly ProgrammeFile[] };

export const verdictKinds = [...itemKinds, 'programme', 'file'] as const;
/** One thing wrong ('error': nothing is loaded) or doubtful ('warning'), in words by `definitions.verdict.<code>` with these facts. */
export const Verdict = shape({
  severity: oneOf(['error', 'warning']), code: Type.String(), file: Type.String(), kind: oneOf(verdictKinds), item: Type.String(), field: Type.String(),
  facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
});
export type Verdict = Static<typeof Verdict>;

export const changeKinds = ['added', 'changed', 'ended', 'corrected'] as const;
export const FieldChange = shape({ field: Type.String(), before: Type.Unknown(), after: Type.Unknown() });
export type FieldChange = Static<typeof FieldChange>;
/**
 * `added`: an item that was not there. `changed`: a new version from `from`; the one before ends that day. `ended`: no longer in force from `from`.
 * `corrected`: the version that began on `from` now says something else, so periods already past are computed with the corrected text.
 */
export const Change = shape({ kind: oneOf(itemKinds), id: DefinitionId, change: oneOf(changeKinds), from: Day, fields: List(FieldChange, 100) });
export type Change = Static<typeof Change>;

export const EditionDiff = shape({
  edition: Type.Integer({ description: 'the edition that holds this; the present one when nothing changed' }), digest: Type.String(), unchanged: Type.Boolean(), dryRun: Type.Boolean(),
  added: Type.Integer(), changed: Type.Integer(), ended: Type.Integer(), corrected: Type.Integer(), headChanged: Type.Boolean(),
  changes: List(Change, 40_000), slotsAdded: Type.Integer(), slotsRetired: Type.Integer(), warnings: List(Verdict, 10_000),
});
export type EditionDiff = Static<typeof EditionDiff>;
export type ProgrammeRefused = { readonly code: 'programme-has-errors'; readonly errors: number; readonly verdicts: readonly Verdict[] };

/** One stored version of one item. `body` is without its validity, which the two days hold. */
export const ItemRow = shape({ kind: oneOf(itemKinds), id: DefinitionId, validFrom: Day, validTo: Nullable(Day), edition: Type.Integer(), digest: Type.String(), body: Type.Unknown() });
export type ItemRow = Static<typeof ItemRow>;
