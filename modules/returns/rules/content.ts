/** What a return holds: values by slot, slots answered "no data", and the words beside them. */
import type { CellValue, Explanation, SlotText, SlotValue } from '../schema.ts';

/** n: notes by slot ('0' for the whole return); p: why a value differs from its register; e: explanations of rules and outliers. */
export type Words = { readonly n?: Readonly<Record<string, string>>; readonly p?: Readonly<Record<string, string>>; readonly e?: readonly Explanation[] };
export type Content = { readonly vals: readonly (number | null)[]; readonly noData: readonly number[]; readonly words: Words | null };
export const emptyContent: Content = { vals: [], noData: [], words: null };

export function valueAt(content: Content, slot: number): CellValue {
  const value = content.vals[slot - 1];
  if (value !== undefined && value !== null) return value;
  return content.noData.includes(slot) ? 'no-data' : null;
}

/** The content after these changes; `changes` by ascending slot. */
export function withChanges(content: Content, changes: readonly SlotValue[], words: Words | null = content.words): Content {
  const longest = Math.max(content.vals.length, changes.at(-1)?.[0] ?? 0);
  const vals: (number | null)[] = new Array<number | null>(longest);
  for (let i = 0; i < longest; i += 1) vals[i] = content.vals[i] ?? null;
  let noData = content.noData.length === 0 ? undefined : new Set(content.noData);
  for (const [slot, value] of changes) {
    vals[slot - 1] = typeof value === 'number' ? value : null;
    if (value === 'no-data') { noData ??= new Set(); noData.add(slot); } else noData?.delete(slot);
  }
  return { vals, noData: noData === undefined ? [] : [...noData].sort((a, b) => a - b), words };
}

/** Of the values given, those that differ from what is there, by ascending slot. */
export function changesFrom(content: Content, values: readonly SlotValue[]): SlotValue[] {
  const changes: SlotValue[] = [];
  let [last, ascending] = [0, true];
  for (const one of values) {
    const [slot, value] = one;
    if (valueAt(content, slot) === value) continue;
    if (slot <= last) ascending = false;
    last = slot;
    changes.push(one);
  }
  return ascending ? changes : changes.sort(([a], [b]) => a - b);
}

/** Slots whose answer differs between two contents, with both. */
export function differenceOf(before: Content, after: Content): { slot: number; before: CellValue; after: CellValue }[] {
  const longest = Math.max(before.vals.length, after.vals.length, ...before.noData, ...after.noData);
  const found: { slot: number; before: CellValue; after: CellValue }[] = [];
  for (let slot = 1; slot <= longest; slot += 1) {
    const [was, is] = [valueAt(before, slot), valueAt(after, slot)];
    if (was !== is) found.push({ slot, before: was, after: is });
  }
  return found;
}

/**
 * The bytes that an approval signs, by SHA-256: a text anyone can make again from the answers shown. Blank slots are left out, so
 * a data set that grows does not change what was signed.
 *
 * @param slots only these (a section); left out: all
 */
export function canonicalText(key: string, content: Content, slots?: ReadonlySet<number>): string {
  const { vals, noData } = content;
  const most = noData.length === 0 ? vals.length : Math.max(vals.length, ...noData);
  let text = `sauro-return-1\n${key}\n`;
  for (let slot = 1; slot <= most; slot += 1) {
    if (slots !== undefined && !slots.has(slot)) continue;
    const value = vals[slot - 1] ?? (noData.length > 0 && noData.includes(slot) ? 'no-data' : null);
    if (value !== null) text += `${slot}=${value}\n`;
  }
  return text;
}

const sorted = (record: Readonly<Record<string, string>> | undefined): SlotText[] =>
  Object.entries(record ?? {}).map(([slot, text]) => ({ slot: Number(slot), text })).sort((a, b) => a.slot - b.slot);
export const notesOf = (words: Words | null): SlotText[] => sorted(words?.n);
export const prefillReasonsOf = (words: Words | null): SlotText[] => sorted(words?.p);

type GivenWords = { readonly notes: readonly { slot: number; text: string }[]; readonly prefillReasons: readonly SlotText[]; readonly explanations: readonly Explanation[] };
/** The words after a submission: texts given replace those of their slot or rule, an empty note removes one. Null when none are left. */
export function withWords(words: Words | null, given: GivenWords): Words | null {
  if (given.notes.length === 0 && given.prefillReasons.length === 0 && given.explanations.length === 0) return words;
  const n = { ...words?.n };
  for (const { slot, text } of given.notes) { if (text === '') delete n[String(slot)]; else n[String(slot)] = text; }
  const p = { ...words?.p };
  for (const { slot, text } of given.prefillReasons) p[String(slot)] = text;
  const fresh = new Set(given.explanations.map(({ rule, slot }) => `${rule}/${slot}`));
  const e = [...(words?.e ?? []).filter(({ rule, slot }) => !fresh.has(`${rule}/${slot}`)), ...given.explanations];
  const made: Words = { ...(Object.keys(n).length > 0 ? { n } : {}), ...(Object.keys(p).length > 0 ? { p } : {}), ...(e.length > 0 ? { e } : {}) };
  return Object.keys(made).length === 0 ? null : made;
}
