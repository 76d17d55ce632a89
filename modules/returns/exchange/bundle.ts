/** A metadata bundle: documents of one or several files as objects by kind, each id once, in one order whatever the order of the files. Pure. */
import { byText, idOf, isLoose, listIn, refIn, stableText, textIn, type Loose } from './loose.ts';

export type Bundle = {
  readonly of: (kind: string) => readonly Loose[];
  readonly kinds: readonly string[];
  /** Objects that stood there twice with different content: the one with more content was taken. */
  readonly twice: readonly { readonly kind: string; readonly id: string }[];
  readonly withoutId: ReadonlyMap<string, number>;
};

/** Lists that are no objects of the programme: who may do what, how the other system is set up. */
const notKinds = new Set(['system', 'date', 'pager', 'typeReports', 'stats']);

/** @param alone the kind of the objects of a document that is a bare list */
export function bundleOf(documents: readonly { readonly document: unknown; readonly alone: string }[]): Bundle {
  const found = new Map<string, Map<string, Loose>>();
  const twice: { kind: string; id: string }[] = [];
  const withoutId = new Map<string, number>();
  const add = (kind: string, object: Loose): void => {
    const id = idOf(object);
    if (id === '') { withoutId.set(kind, (withoutId.get(kind) ?? 0) + 1); return; }
    const kept = found.get(kind) ?? new Map<string, Loose>();
    found.set(kind, kept);
    const other = kept.get(id);
    if (other === undefined) { kept.set(id, object); return; }
    const [mine, theirs] = [stableText(object), stableText(other)];
    if (mine === theirs) return;
    if (stands(other)) twice.push({ kind, id });
    if (mine.length > theirs.length || (mine.length === theirs.length && mine < theirs)) kept.set(id, object);
  };
  for (const { document, alone } of documents) for (const [kind, object] of objectsOf(document, alone)) add(kind, object);
  const sorted = new Map([...found].map(([kind, objects]) => [kind, [...objects.values()].sort((a, b) => byText(idOf(a), idOf(b)))]));
  return { of: (kind) => sorted.get(kind) ?? [], kinds: [...sorted.keys()].sort(), twice, withoutId };
}

/** A mere reference to an object that stands elsewhere in full says nothing against it. */
const stands = (object: Loose): boolean => Object.keys(object).length > 3;

function* objectsOf(document: unknown, alone: string): Generator<readonly [string, Loose]> {
  if (Array.isArray(document)) {
    for (const object of document) if (isLoose(object)) yield* withChildren(alone, object);
    return;
  }
  if (!isLoose(document)) return;
  if (idOf(document) !== '' && textIn(document, 'name') !== '') { yield* withChildren(alone, document); return; }
  for (const [kind, value] of Object.entries(document)) {
    if (notKinds.has(kind)) continue;
    if (Array.isArray(value)) for (const object of value) { if (isLoose(object)) yield* withChildren(kind, object); }
    else if (isLoose(value) && (kind === 'metadata' || kind === 'metaData')) yield* objectsOf(value, alone);
  }
}

/** Units may stand inside one another; then the outer one is the parent. */
function* withChildren(kind: string, object: Loose): Generator<readonly [string, Loose]> {
  yield [kind, object];
  if (kind !== 'organisationUnits') return;
  for (const child of listIn(object, 'children')) {
    if (textIn(child, 'name') === '') continue; // a reference: the unit stands elsewhere
    yield* withChildren(kind, refIn(child, 'parent') === '' ? { ...child, parent: { id: idOf(object) } } : child);
  }
}
